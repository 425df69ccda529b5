"""Past commits, read back from closed journals and the present one."""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterator

import orjson

from ..models.errors import StoreDamaged
from .files import Handle, Paths
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
    """
    for closed in (one for one in paths.generations() if one < generation):
        past = Handle(paths.closed(closed), os.O_RDONLY)
        yield from _search(past, past.size(), table, number, str(paths.closed(closed)))
    if handle is not None:
        yield from _search(handle, end, table, number, str(paths.journal))


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
            try:
                entry = decode_line(data[start : position - 1], None)
            except ValueError as error:
                raise StoreDamaged(f"{name} is damaged after byte {start}: {error}.") from error
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
