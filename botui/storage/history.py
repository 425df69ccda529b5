"""Past commits, read back from closed journals and the present one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

import orjson

from ..models.errors import StoreDamaged
from . import postings
from .files import Handle, Paths, disk_errors
from .format import Entry, decode_line

NOBODY: Final = 0
"""Stands for "by nobody" where a person's number is asked for: the clock and the owner's back door."""
_BUILT_AT_ONCE: Final = 64 << 20
"""Bytes of closed journals, at least, after which one look-up scans the rest and leaves their caches to the next."""
_STATED: Final = 34
"""Bytes at the beginning of a line up to the end of its digest."""


@dataclass(frozen=True, slots=True)
class Past:
    """The journals of a store as far as they have been read.

    Attributes:
        paths: where the store is.
        generation: of the present journal.
        handle: the present journal, None if there is none.
        end: how far it has been read.
        keeps: whether caches may be written beside closed journals.
    """

    paths: Paths
    generation: int
    handle: Handle | None
    end: int
    keeps: bool

    def closed(self) -> list[int]:
        """Return the generations before the present one, oldest first."""
        return [one for one in self.paths.generations() if one < self.generation]

    def opened(self, generation: int) -> tuple[Handle, int]:
        """Return a closed journal, and how long it is.

        Raises:
            StoreDamaged: it is empty.
        """
        handle = Handle(self.paths.closed(generation), os.O_RDONLY)
        if not (size := handle.size()):
            raise StoreDamaged(f"{handle.path} is empty. To see all, run: botui check")
        return handle, size

    def present(self) -> list[tuple[Handle, int]]:
        """Return the present journal likewise, if there is one."""
        return [] if self.handle is None else [(self.handle, self.end)]


def entries_of(past: Past, table: str | None, number: int | None) -> Iterator[Entry]:
    """Give past commits, oldest first.

    Args:
        past: the journals.
        table: only commits that touched this table; None = all.
        number: only those that touched this document, or whose header says that they are about it.

    Raises:
        StoreDamaged: a line is not one of ours.
        StoreFull: the disk does not give it.
    """
    needles = _needles(table, number)

    def touches(entry: Entry) -> bool:
        return "seal" not in entry.header and _touches(entry, table, number)

    left = _BUILT_AT_ONCE if past.keeps else 0
    with disk_errors():
        for generation in past.closed():
            found = None
            if table is not None and number is not None:
                found = postings.find(past.paths, generation, table, number)
                if found is None and left > 0:
                    left -= past.paths.closed(generation).stat().st_size
                    postings.write(past.paths, generation)
                    found = postings.find(past.paths, generation, table, number)
            entries = None if found is None else _read(past, generation, found)
            yield from filter(touches, _search(*past.opened(generation), needles) if entries is None else entries)
        for one in past.present():
            yield from filter(touches, _search(*one, needles))


def recent_entries(past: Past, since: str) -> Iterator[Entry]:
    """Give past commits, newest first, as far back as ``since`` (a time as headers have it).

    The errors are those of ``entries_of``; what is older is not read.
    """
    with disk_errors():
        for one in chain(past.present(), map(past.opened, reversed(past.closed()))):
            for entry in _backwards(*one):
                if entry.header["at"] < since:
                    return
                if "seal" not in entry.header:
                    yield entry


def entries_between(past: Past, since: str, until: str, by: int | None) -> Iterator[Entry]:
    """Give past commits from ``since`` on and before ``until`` (times as headers have them), oldest first.

    The errors are those of ``entries_of``; what is older is not read.

    Args:
        past: the journals.
        since: the first moment.
        until: the first moment after; empty = no end.
        by: only those of this person; ``NOBODY`` = of nobody; None = of all.
    """
    needle = b"[" if by is None else b'"by":null' if by == NOBODY else b'"by":%d' % by
    with disk_errors():
        for handle, end in _since(past, since):
            for entry in _search(handle, end, [needle], since):
                header = entry.header
                if until and header["at"] >= until:
                    return
                if "seal" not in header and (by is None or (header.get("by") or NOBODY) == by):
                    yield entry


def _since(past: Past, since: str) -> Iterator[tuple[Handle, int]]:
    """Give the journals that may hold commits from a time on, oldest first."""
    wanted: list[int] = []
    present = past.present()
    if not present or _begun(present[0][0]) > since:
        for generation in reversed(past.closed()):
            wanted.append(generation)
            if _begun(past.opened(generation)[0]) <= since:
                break
    yield from map(past.opened, reversed(wanted))
    yield from present


def _begun(handle: Handle) -> str:
    return str(_entry(handle, 0).header["at"])


def _backwards(handle: Handle, end: int) -> Iterator[Entry]:
    first = len(handle.line())
    while end > first:
        end = handle.line_start(end - 1)
        yield _entry(handle, end)


def _entry(handle: Handle, start: int) -> Entry:
    """Return the line that begins at this place, checked against the one before it."""
    before = os.pread(handle.fd, _STATED, handle.line_start(start - 1)) if start else None
    return _decoded(handle.line(start).removesuffix(b"\n"), before, handle, start)


def _decoded(line: bytes, before: bytes | None, handle: Handle, start: int) -> Entry:
    """Return what a line says; ``before`` is how the one before it begins, with its digest."""
    try:
        return decode_line(line, None if before is None else before[2:_STATED].decode("latin-1"))
    except ValueError as error:
        raise StoreDamaged(f"{handle.path} is damaged after byte {start}: {error}.") from error


def _read(past: Past, generation: int, offsets: list[int]) -> list[Entry] | None:
    """Return the commits at these places of a closed journal; None = that is not where lines begin."""
    handle, _ = past.opened(generation)
    with suppress(StoreDamaged):
        return [_entry(handle, start) for start in offsets]
    return None


def _search(handle: Handle, end: int, needles: list[bytes], since: str = "") -> Iterator[Entry]:
    """Give the commits whose lines hold one of the needles, oldest first."""
    # the first line begins the journal; no commit is in it
    first = _first_since(handle, len(handle.line()), end, since)
    for place, data in handle.pieces(first, end):
        for start, stop in _hits(data, needles):
            if start:
                before = data.rfind(b"\n", 0, start - 1) + 1
                yield _decoded(data[start:stop], data[before : before + _STATED], handle, place + start)
            else:
                yield _entry(handle, place)


def _hits(data: bytes, needles: list[bytes]) -> Iterator[tuple[int, int]]:
    """Return where the lines begin and end that hold one of the needles."""
    position = 0
    hits = dict.fromkeys(needles, -1)
    while position < len(data):
        for needle, hit in hits.items():
            if hit < position:
                found = data.find(needle, position)
                hits[needle] = len(data) if found < 0 else found
        nearest = min(hits.values())
        if nearest == len(data):
            return
        start = data.rfind(b"\n", position, nearest) + 1 or position
        position = (data.find(b"\n", nearest) + 1) or len(data) + 1
        yield start, position - 1


def _first_since(handle: Handle, low: int, high: int, since: str) -> int:
    """Return where the first line from a time on begins: times never go back."""
    while since and low < high:
        start = handle.line_start((low + high) // 2)
        if _entry(handle, start).header["at"] < since:
            low = start + len(handle.line(start))
        else:
            high = start
    return low


def _needles(table: str | None, number: int | None) -> list[bytes]:
    """What a line must hold to be worth parsing; text inside documents may hold it too."""
    if table is None:
        return [b"["]
    name = orjson.dumps(table)
    op = b'{"t":%s,"i":' % name
    return [op] if number is None else [b"%s%d," % (op, number), op + b"null,", b"[%s,%d]" % (name, number)]


def _touches(entry: Entry, table: str | None, number: int | None) -> bool:
    if table is None:
        return True
    if number is not None and [table, number] in _about(entry.header):
        return True
    return any(op.table == table and (number is None or op.id in (number, None)) for op in entry.ops)


def _about(header: dict[str, Any]) -> list[Any]:
    about = header.get("of")
    return about if isinstance(about, list) else []
