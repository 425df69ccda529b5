"""One unit of work: what a writer sees and says while it holds the lock."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from .docs import Docs
from .format import Entry, Op, encode_document, parse_line
from .tables import Tables


class Delta:
    """What catching up brought; each commit of others is brought once to each ``Journal``.

    Args:
        entries: commits, oldest first, that are now in memory.
        reloaded: everything was read anew and may differ; there are no entries then.
        lines: more of them, after those, as lines of the journal that were checked: parsed when they are asked for.
    """

    __slots__ = ("_entries", "_lines", "reloaded")

    def __init__(self, entries: Iterable[Entry] = (), reloaded: bool = False, lines: Iterable[bytes] = ()) -> None:
        self._entries = tuple(entries)
        self._lines = tuple(lines)
        self.reloaded = reloaded

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The commits, oldest first, that are now in memory."""
        if self._lines:
            self._entries += tuple(parse_line(line) for line in self._lines)
            self._lines = ()
        return self._entries

    def __bool__(self) -> bool:
        return self.reloaded or bool(self._entries or self._lines)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Delta) and (self.entries, self.reloaded) == (other.entries, other.reloaded)

    __hash__ = None  # type: ignore[assignment]

    def and_lines(self, lines: Iterable[bytes]) -> Delta:
        """Return this with more lines; after everything was read anew they say nothing new."""
        return self if self.reloaded else Delta(self._entries, lines=(*self._lines, *lines))


NOTHING: Final = Delta()
"""What catching up brings when nothing came."""


_PLAIN: Final = frozenset({str, int, bool, type(None)})
"""Types of which equal values are the same JSON."""


@dataclass(slots=True)
class _Pending:
    """What is to become of one table; ``base`` is the operation on the table as a whole, if any."""

    base: str = ""
    docs: dict[int, bytes | None] = field(default_factory=dict)


class Transaction:
    """Reads and writes of one commit; sees its own writes.

    Attributes:
        delta: what catching up brought, to be taken in before anything is decided.
        header: the header to be written: ``at`` is set, the rest may be changed until the end.
        entry: the commit, once it is one; stays None if nothing changed.
        bare: it is one also if nothing changed: its header says all.
    """

    def __init__(self, tables: Tables, delta: Delta, header: dict[str, Any]) -> None:
        self.delta = delta
        self.header = header
        self.entry: Entry | None = None
        self.bare = False
        self.process = os.getpid()
        self._tables = tables
        self._read: dict[tuple[str, int], bytes | None] = {}
        self._pending: dict[str, _Pending] = {}
        self._marks: dict[str, int] = {}
        self._renewed: set[tuple[str, int]] = set()

    def raw(self, table: str, id: int) -> bytes | None:  # noqa: A002 - the field's name everywhere
        """Return a document as the bytes of its JSON, or None."""
        pending = self._pending.get(table)
        if pending is not None and (pending.base or id in pending.docs):
            return pending.docs.get(id)
        # kept, to be compared with what it becomes: a document of the snapshot is read from the disk
        data = self._read[table, id] = self._tables.raw(table, id)
        return data

    def get(self, table: str, id: int) -> dict[str, Any] | None:  # noqa: A002
        """Return a document, or None; changing it changes nothing until it is ``put``."""
        return _parsed(self.raw(table, id))

    def exists(self, table: str, id: int) -> bool:  # noqa: A002
        """Say whether there is such a document."""
        return self.raw(table, id) is not None

    def has(self, table: str) -> bool:
        """Say whether there is such a table, with documents or without."""
        return table in self._tables.docs or table in self._pending

    def ids(self, table: str) -> list[int]:
        """Return the numbers of a table's documents, ascending."""
        pending = self._pending.get(table, _Pending())
        found = set() if pending.base else set(self._tables.held(table))
        for number, data in pending.docs.items():
            (found.discard if data is None else found.add)(number)
        return sorted(found)

    def items(self, table: str) -> Iterator[tuple[int, bytes]]:
        """Return all documents of a table as they are now, ascending."""
        pending = self._pending.get(table, _Pending())
        return (Docs() if pending.base else self._tables.held(table)).pairs(pending.docs)

    def next_id(self, table: str) -> int:
        """Reserve and return a number that no document of the table has ever had."""
        number = self._mark(table)
        self._marks[table] = number + 1
        return number

    def put(self, table: str, id: int, doc: dict[str, Any]) -> None:  # noqa: A002
        """Write a document, new or not.

        Raises:
            ValueError: NaN or an infinity.
            TypeError: anything else JSON or 64 bits cannot hold, or a number that is none.
        """
        if type(id) is not int:
            raise TypeError(f"A document's number is an integer, not {id!r}.")
        orjson.dumps([table, id + 1])  # the next number must be writable too
        self._touch(table).docs[id] = encode_document(doc)
        self._marks[table] = max(self._mark(table), id + 1)

    def remove(self, table: str, id: int) -> None:  # noqa: A002
        """Take a document away.

        Raises:
            KeyError: there is none.
        """
        if not self.exists(table, id):
            raise KeyError(f"There is no {id} in {table}.")
        self._touch(table).docs[id] = None

    def renew(self, table: str, id: int, doc: dict[str, Any]) -> None:  # noqa: A002
        """Put another document in the place of one that is erased for good, so that nothing of it is what was.

        Raises:
            KeyError: there is none.
            ValueError, TypeError: as ``put``.
        """
        if not self.exists(table, id):
            raise KeyError(f"There is no {id} in {table}.")
        self.put(table, id, doc)
        self._renewed.add((table, id))

    def clear(self, table: str) -> None:
        """Take away all documents of a table, or make it, empty; its numbers start again at 1."""
        self._replace(table, "clear")

    def drop(self, table: str) -> None:
        """Take away a table; its numbers start again at 1."""
        self._replace(table, "drop")

    def ops(self) -> list[Op]:
        """Return what has changed since the beginning, compared with the documents as they were."""
        return [op for table, pending in self._pending.items() for op in self._table_ops(table, pending)]

    def marks(self, ops: list[Op]) -> dict[str, int]:
        """Return the next free numbers that ``ops`` do not show: reserved, and then not used."""
        shown = dict(self._tables.marks)
        for op in ops:
            if op.id is None:
                shown.pop(op.table, None)
            else:
                shown[op.table] = max(shown.get(op.table, 1), op.id + 1)
        return {table: mark for table, mark in self._marks.items() if mark > shown.get(table, 1)}

    def _mark(self, table: str) -> int:
        return self._marks.get(table) or self._tables.marks.get(table, 1)

    def _touch(self, table: str) -> _Pending:
        return self._pending.setdefault(table, _Pending())

    def _replace(self, table: str, base: str) -> None:
        orjson.dumps(table)
        self._pending[table] = _Pending(base)
        self._marks[table] = 1

    def _table_ops(self, table: str, pending: _Pending) -> Iterator[Op]:
        held = self._tables.docs.get(table)
        if pending.base and (held or (held is None) == (pending.base == "clear")):
            docs = None if held is None else {str(number): _parse(data) for number, data in held.pairs()}
            yield Op(table, None, {} if pending.base == "clear" else None, docs, _salt())
        for number, data in pending.docs.items():
            before = None
            if held is not None and not pending.base:
                before = self._read[table, number] if (table, number) in self._read else held.get(number)
            if before is not None and data is not None and (table, number) in self._renewed:
                # two ops: the one that takes away what was can be purged, and the other says all there is
                yield Op(table, number, None, _parse(before), _salt())
                before = None
            op = _document_op(table, number, before, data)
            if op is not None:
                yield op


def _document_op(table: str, number: int, old: bytes | None, new: bytes | None) -> Op | None:
    if old == new:
        return None
    if old is None or new is None:
        return Op(table, number, _parsed(new), _parsed(old), _salt())
    was, now = _parse(old), _parse(new)
    changed = {name: value for name, value in was.items() if name not in now or not _same(value, now[name])}
    return Op(table, number, now, changed, _salt(), tuple(name for name in now if name not in was))


def _same(value: Any, other: Any) -> bool:
    """Say whether two values are the same JSON: to Python 1, 1.0 and True are equal."""
    if type(value) is type(other) and type(value) in _PLAIN:
        return bool(value == other)
    return orjson.dumps(value) == orjson.dumps(other)


def _parse(data: bytes) -> dict[str, Any]:
    doc: dict[str, Any] = orjson.loads(data)
    return doc


def _parsed(data: bytes | None) -> dict[str, Any] | None:
    return None if data is None else _parse(data)


def _salt() -> str:
    return os.urandom(8).hex()
