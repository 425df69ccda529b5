"""All tables of a store, and the snapshot that keeps them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import orjson

from .docs import Docs
from .files import Handle
from .format import Op, encode_document


class Tables:
    """All documents by table and number, and the next free number of each table.

    Documents are bytes, not dicts: nothing handed out aliases the store.

    Attributes:
        docs: the documents by table.
        marks: table -> next free number; only ever raised, but for a table cleared or dropped as a whole.
    """

    __slots__ = ("docs", "marks")

    def __init__(self) -> None:
        self.docs: dict[str, Docs] = {}
        self.marks: dict[str, int] = {}

    def raise_mark(self, table: str, mark: int) -> None:
        """See that no number below ``mark`` is given out in ``table`` again."""
        if mark > self.marks.get(table, 1):
            self.marks[table] = mark

    def put(self, table: str, number: int, data: bytes | None) -> None:
        """Hold a document, or take it away (None)."""
        docs = self.docs.get(table)
        if docs is None:
            docs = Docs()
            if data is not None:
                self.docs[table] = docs
        docs.put(number, data)
        if number >= self.marks.get(table, 1):
            self.marks[table] = number + 1

    def apply(self, op: Op) -> None:
        """Do what an op says; it is absolute, so doing it twice is doing it once."""
        if op.id is not None and op.doc is not None:
            # A copy: orjson gives out its own buffer, which holds some 4 kB more than a document of 400 bytes needs.
            self.put(op.table, op.id, bytes(bytearray(orjson.dumps(op.doc))))
        elif op.id is not None:
            self.put(op.table, op.id, None)
        else:
            self.marks.pop(op.table, None)
            self.docs.pop(op.table, None)
            if op.doc is not None:
                self.docs[op.table] = Docs()

    def held(self, table: str) -> Docs:
        """Return the documents of a table; there may be none."""
        return self.docs[table] if table in self.docs else Docs()

    def raw(self, table: str, number: int) -> bytes | None:
        """Return a document, or None."""
        docs = self.docs.get(table)
        return None if docs is None else docs.get(number)

    def encode(self) -> bytes:
        """Return the snapshot: JSON as stock TinyDB reads it, one document a line; one state, one spelling."""
        blocks = []
        for table in sorted(self.docs):
            lines = b",\n".join(b'"%d":%s' % item for item in self.docs[table].pairs())
            blocks.append(b"%s:{\n%s}" % (orjson.dumps(table), lines + b"\n" if lines else b""))
        inner = b",\n".join(blocks)
        return b"{\n%s}\n" % (inner + b"\n" if inner else b"")


def decode_snapshot(data: bytes, file: Handle) -> Tables:
    """Read a snapshot, ours or one written by stock TinyDB.

    Of our own layout only the tables are found; their documents are when they are asked for.

    Args:
        data: all of its bytes.
        file: the file they were read from.

    Raises:
        ValueError, TypeError: it is not a TinyDB file, or holds what this store cannot.
    """
    tables = Tables()
    try:
        for table, start, end in _blocks(data):
            tables.docs[table] = Docs(file, start, end)
            if start < end:
                last = data[data.rfind(b"\n", start - 1, end - 1) + 1 : end]
                tables.raise_mark(table, int(last[1 : last.find(b'":')]) + 1)
    except ValueError:
        return _by_parsing(data)
    return tables


def _blocks(data: bytes) -> Iterator[tuple[str, int, int]]:
    """Find the tables in our own layout: name, where the lines of documents begin and have ended."""
    position = 2
    if not data.startswith(b"{\n") or not data.endswith(b"}\n"):
        raise ValueError("another layout")
    while position < len(data) - 2:
        start = data.find(b"\n", position) + 1
        # within a document there is no newline: a brace after one ends the table
        end = data.find(b"\n}", start - 1) + 1
        after = data.find(b"\n", end) + 1
        comma = b"," if after < len(data) - 2 else b""
        if data[start - 4 : start] != b'":{\n' or end < start or data[end:after] != b"}%s\n" % comma:
            raise ValueError("another layout")
        yield orjson.loads(data[position : start - 3]), start, end
        position = after
    if position != len(data) - 2:
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
        tables.docs[table] = Docs()
        for number, doc in docs.items():
            tables.put(table, int(number), encode_document(doc))
    return tables
