"""Past commits, read back from closed journals and the present one."""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterator
from itertools import chain

import orjson

from ..models.errors import StoreDamaged
from .files import Handle, Paths, disk_errors
from .format import Entry, decode_line


def entries_of(
    paths: Paths, generation: int, handle: Handle | None, end: int, table: str | None, number: int | None
) -> Iterator[Entry]:
    """Give past commits, oldest first.

    Args:
        paths: where the store is.
        generation: of the present journal.
        handle: the present journal, None if there is none.
        end: how far it has been read.
        table: only commits that touched this table; None = all.
        number: only those that touched this document.

    Raises:
        StoreDamaged: a line is not one of ours.
        StoreFull: the disk does not give it.
    """
    with disk_errors():
        for closed in (one for one in paths.generations() if one < generation):
            past = Handle(paths.closed(closed), os.O_RDONLY)
            yield from _search(past, past.size(), table, number, str(paths.closed(closed)))
        if handle is not None:
            yield from _search(handle, end, table, number, str(paths.journal))


def recent_entries(paths: Paths, generation: int, handle: Handle | None, end: int, since: str) -> Iterator[Entry]:
    """Give past commits, newest first, as far back as ``since`` (a time as headers have it).

    The arguments and errors are those of ``entries_of``; what is older is not read.
    """
    closed = (one for one in reversed(list(paths.generations())) if one < generation)
    sources = ((Handle(paths.closed(one), os.O_RDONLY), None, str(paths.closed(one))) for one in closed)
    present = [] if handle is None else [(handle, end, str(paths.journal))]
    with disk_errors():
        for source, stop, name in chain(present, sources):
            for entry in _backwards(source, source.size() if stop is None else stop, name):
                if entry.header["at"] < since:
                    return
                if "seal" not in entry.header:
                    yield entry


def _backwards(handle: Handle, end: int, name: str) -> Iterator[Entry]:
    with mmap.mmap(handle.fd, 0, prot=mmap.PROT_READ) as data:
        first = data.find(b"\n", 0, end) + 1
        while end > first:
            start = data.rfind(b"\n", first, end - 1) + 1 or first
            yield _decoded(data, start, end - 1, name)
            end = start


def _decoded(data: mmap.mmap, start: int, end: int, name: str) -> Entry:
    try:
        return decode_line(data[start:end], None)
    except ValueError as error:
        raise StoreDamaged(f"{name} is damaged after byte {start}: {error}.") from error


def _search(handle: Handle, end: int, table: str | None, number: int | None, name: str) -> Iterator[Entry]:
    needles = _needles(table, number)
    with mmap.mmap(handle.fd, 0, prot=mmap.PROT_READ) as data:
        # the first line begins the journal; no commit is in it
        position = data.find(b"\n", 0, end) + 1
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
            entry = _decoded(data, start, position - 1, name)
            if "seal" not in entry.header and _touches(entry, table, number):
                yield entry


def _needles(table: str | None, number: int | None) -> list[bytes]:
    """What a line must hold to be worth parsing; text inside documents may hold it too."""
    if table is None:
        return [b"["]
    op = b'{"t":%s,"i":' % orjson.dumps(table)
    return [op] if number is None else [b"%s%d," % (op, number), op + b"null,"]


def _touches(entry: Entry, table: str | None, number: int | None) -> bool:
    if table is None:
        return True
    return any(op.table == table and (number is None or op.id in (number, None)) for op in entry.ops)
