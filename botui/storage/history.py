"""Past commits, read back from closed journals and the present one."""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterator
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

    def opened(self, generation: int) -> tuple[Handle, int, str]:
        """Return a closed journal, how long it is, and its name."""
        path = self.paths.closed(generation)
        handle = Handle(path, os.O_RDONLY)
        return handle, handle.size(), str(path)

    def present(self) -> list[tuple[Handle, int, str]]:
        """Return the present journal likewise, if there is one."""
        return [] if self.handle is None else [(self.handle, self.end, str(self.paths.journal))]


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
        for handle, end, name in _since(past, since):
            for entry in _search(handle, end, name, [needle], since):
                header = entry.header
                if until and header["at"] >= until:
                    return
                if "seal" not in header and (by is None or (header.get("by") or NOBODY) == by):
                    yield entry


def _since(past: Past, since: str) -> Iterator[tuple[Handle, int, str]]:
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
    return str(orjson.loads(handle.first_line())[1]["at"])


def _backwards(handle: Handle, end: int, name: str) -> Iterator[Entry]:
    with mmap.mmap(handle.fd, 0, prot=mmap.PROT_READ) as data:
        first = data.find(b"\n", 0, end) + 1
        while end > first:
            start = data.rfind(b"\n", first, end - 1) + 1 or first
            yield _decoded(data[start : end - 1], start, name)
            end = start


def _decoded(line: bytes, start: int, name: str) -> Entry:
    try:
        return decode_line(line, None)
    except ValueError as error:
        raise StoreDamaged(f"{name} is damaged after byte {start}: {error}.") from error


def _read(past: Past, generation: int, offsets: list[int]) -> list[Entry] | None:
    """Return the commits at these places of a closed journal; None = that is not where lines begin."""
    if not offsets:
        return []
    handle, end, _ = past.opened(generation)
    with mmap.mmap(handle.fd, 0, prot=mmap.PROT_READ) as data:
        lines = (data[start : data.find(b"\n", start, end)] for start in offsets)
        try:
            return [decode_line(line, None) for line in lines]
        except (ValueError, TypeError):
            return None


def _search(handle: Handle, end: int, name: str, needles: list[bytes], since: str = "") -> Iterator[Entry]:
    """Give the commits whose lines hold one of the needles, oldest first."""
    with mmap.mmap(handle.fd, 0, prot=mmap.PROT_READ) as data:
        # the first line begins the journal; no commit is in it
        position = _first_since(data, data.find(b"\n", 0, end) + 1, end, since, name)
        hits = dict.fromkeys(needles, -1)
        while position < end:
            for needle, hit in hits.items():
                if hit < position:
                    found = data.find(needle, position, end)
                    hits[needle] = end if found < 0 else found
            nearest = min(hits.values())
            if nearest == end:
                return
            start = data.rfind(b"\n", position, nearest) + 1 or position
            position = (data.find(b"\n", nearest, end) + 1) or end + 1
            yield _decoded(data[start : position - 1], start, name)


def _first_since(data: mmap.mmap, low: int, high: int, since: str, name: str) -> int:
    """Return where the first line from a time on begins: times never go back."""
    while since and low < high:
        start = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = data.find(b"\n", start, high)
        if _decoded(data[start:end], start, name).header["at"] < since:
            low = end + 1
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
