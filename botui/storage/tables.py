"""The documents in memory, as the bytes of their JSON, and the snapshot that keeps them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import orjson

from .format import Op, encode_document


class Tables:
    """All documents by table and number, and the next free number of each table.

    Bytes, not dicts: 443 bytes a document instead of 1,600, and nothing handed out aliases the store.

    Attributes:
        docs: table -> number -> JSON of the document.
        marks: table -> next free number; only ever raised, but for a table cleared or dropped as a whole.
    """

    __slots__ = ("_mixed", "docs", "marks")

    def __init__(self) -> None:
        self.docs: dict[str, dict[int, bytes]] = {}
        self.marks: dict[str, int] = {}
        self._mixed: set[str] = set()

    def raise_mark(self, table: str, mark: int) -> None:
        """See that no number below ``mark`` is given out in ``table`` again."""
        if mark > self.marks.get(table, 1):
            self.marks[table] = mark

    def put(self, table: str, number: int, data: bytes) -> None:
        """Hold a document."""
        docs = self.docs.get(table)
        if docs is None:
            docs = self.docs[table] = {}
        if docs and number not in docs and number < next(reversed(docs)):
            self._mixed.add(table)
        docs[number] = data
        if number >= self.marks.get(table, 1):
            self.marks[table] = number + 1

    def apply(self, op: Op) -> None:
        """Do what an op says; it is absolute, so doing it twice is doing it once."""
        if op.id is not None and op.doc is not None:
            # A copy: orjson gives out its own buffer, which holds some 4 kB more than a document of 400 bytes needs.
            self.put(op.table, op.id, bytes(bytearray(orjson.dumps(op.doc))))
        elif op.id is not None:
            self.docs.get(op.table, {}).pop(op.id, None)
            self.raise_mark(op.table, op.id + 1)
        else:
            self.marks.pop(op.table, None)
            self.docs.pop(op.table, None)
            if op.doc is not None:
                self.docs[op.table] = {}

    def ordered(self, table: str) -> dict[int, bytes]:
        """Return the documents of a table, ascending; the caller copies what it keeps."""
        if table in self._mixed:
            self._mixed.discard(table)
            self.docs[table] = dict(sorted(self.docs[table].items()))
        return self.docs.get(table, {})

    def encode(self) -> bytes:
        """Return the snapshot: JSON as stock TinyDB reads it, one document a line; one state, one spelling."""
        blocks = []
        for table in sorted(self.docs):
            lines = b",\n".join(b'"%d":%s' % item for item in self.ordered(table).items())
            blocks.append(b"%s:{\n%s}" % (orjson.dumps(table), lines + b"\n" if lines else b""))
        inner = b",\n".join(blocks)
        return b"{\n%s}\n" % (inner + b"\n" if inner else b"")


def decode_snapshot(data: bytes) -> Tables:
    """Read a snapshot, ours or one written by stock TinyDB.

    Raises:
        ValueError, TypeError: it is not a TinyDB file, or holds what this store cannot.
    """
    tables = Tables()
    try:
        for table, number, doc in _by_line(data):
            tables.docs.setdefault(table, {})
            if doc:
                tables.put(table, number, doc)
    except ValueError:
        return _by_parsing(data)
    return tables


def _by_line(data: bytes) -> Iterator[tuple[str, int, bytes]]:
    """Read our own layout without parsing a document; a table that starts gives an empty document."""
    lines = data.split(b"\n")
    if lines[:1] != [b"{"] or lines[-2:] != [b"}", b""]:
        raise ValueError("another layout")
    table: str | None = None
    for line in lines[1:-2]:
        if table is None:
            if not line.endswith(b'":{'):
                raise ValueError("another layout")
            table = orjson.loads(line[:-2])
            yield table, 0, b""
        elif line in (b"}", b"},"):
            table = None
        else:
            number, _, doc = line.removesuffix(b",").partition(b'":')
            if number[:1] != b'"' or doc[:1] != b"{" or doc[-1:] != b"}" or len(doc) < 2:
                raise ValueError("another layout")
            yield table, int(number[1:]), doc
    if table is not None:
        raise ValueError("another layout")


def _by_parsing(data: bytes) -> Tables:
    """Read any layout; the standard parser keeps integers that orjson would turn into fractions."""
    tables = Tables()
    whole: Any = json.loads(data) if data.strip() else {}
    if not isinstance(whole, dict):
        raise ValueError("it is not a TinyDB file")
    for table, docs in whole.items():
        if not isinstance(docs, dict) or not all(isinstance(doc, dict) for doc in docs.values()):
            raise ValueError(f"{table!r} is not a table")
        tables.docs[table] = {}
        for number, doc in docs.items():
            tables.put(table, int(number), encode_document(doc))
    return tables
