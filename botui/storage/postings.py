"""Where in a closed journal each document was touched: a cache beside it, so that one history needs no scan.

Never needed and never trusted for content: whoever is given a place in the journal reads the line there and looks
whether it is the right one. A cache that is missing, out of date, damaged or cannot be written costs a scan.
"""

from __future__ import annotations

import os
import re
import struct
import sys
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import orjson

from ..models.errors import StoreDamaged
from .files import Handle, Paths, sweep, write_beside

_PAGE: Final = 4096
_HALF: Final = _PAGE // 16 - 1
"""Places that a page has room for: their numbers, then their offsets, how many there are, and a checksum."""
_DIGITS: Final = 18
"""Longer numbers do not fit 64 bits: whoever looks for one of those scans."""
_HEAD: Final = struct.Struct("<8sqqqII")
_MAGIC: Final = b"BOTUIX1" + sys.byteorder[:1].encode()
OPS: Final = re.compile(rb'\{"t":("(?:[^"\\]|\\.)*"),"i":(-?\d+|null),')
"""An op, or what looks like one within a document."""
_NAMED: Final = re.compile(rb'"of":\[((?:\["[a-z_]+",\d+\],?)+)\]')
"""Records that a header names; what looks like them within a document does no harm either."""


class Postings:
    """The cache of one closed journal, opened.

    Raises:
        ValueError, LookupError, struct.error: it is damaged, or of another version or journal.
    """

    def __init__(self, path: Path, journal: os.stat_result) -> None:
        self._handle = Handle(path, os.O_RDONLY)
        first = os.pread(self._handle.fd, _PAGE, 0)
        magic, *state, size, sum_ = _HEAD.unpack_from(first)
        if magic != _MAGIC or state != _state(journal):
            raise ValueError("it is of another journal")
        rest = first[_HEAD.size : _HEAD.size + size]
        if len(rest) < size:
            rest = os.pread(self._handle.fd, size, _HEAD.size)
        if crc32(first[: _HEAD.size - 4] + rest) != sum_:
            raise ValueError("it is damaged")
        self._tables: dict[str, list[Any]] = orjson.loads(rest)

    def find(self, table: str, number: int) -> list[int]:
        """Return where the lines begin that may touch a document, ascending; raises as opening does."""
        first, pages, whole = self._tables.get(table, (0, 0, ()))
        low, high = first, first + pages
        while low < high:
            middle = (low + high) // 2
            numbers, _ = self._page(middle)
            low, high = (middle + 1, high) if numbers[-1] < number else (low, middle)
        return sorted({*whole, *self._from(low, first + pages, number)})

    def _from(self, page: int, end: int, number: int) -> Iterator[int]:
        while page < end:
            numbers, offsets = self._page(page)
            at = bisect_left(numbers, number)
            while at < len(numbers) and numbers[at] == number:
                yield offsets[at]
                at += 1
            if at < len(numbers):
                return
            page += 1

    def _page(self, page: int) -> tuple[Sequence[int], Sequence[int]]:
        data = os.pread(self._handle.fd, _PAGE, page * _PAGE)
        slots = memoryview(data).cast("q")
        if crc32(data[:-8]) != slots[-1] or not 0 < slots[-2] <= _HALF:
            raise ValueError("it is damaged")
        return slots[: slots[-2]], slots[_HALF : _HALF + slots[-2]]


def find(paths: Paths, generation: int, table: str, number: int) -> list[int] | None:
    """Return where in a closed journal the lines begin that may touch a document; None = no cache says so."""
    if len(str(number)) > _DIGITS:
        return None
    with suppress(OSError, ValueError, LookupError, TypeError, struct.error):
        return Postings(paths.index(generation), os.stat(paths.closed(generation))).find(table, number)
    return None


def write(paths: Paths, generation: int) -> None:
    """Read a closed journal and write its cache; where that cannot be, there is none."""
    path = paths.index(generation)
    with suppress(OSError, OverflowError, StoreDamaged):
        past = Handle(paths.closed(generation), os.O_RDONLY)
        data = _encode(past, os.fstat(past.fd))
        sweep(path)  # what a crash left; whoever is writing the same one just now goes without
        # no flush of the folder: a cache that a crash took away is written again
        os.replace(write_beside(path, data), path)


def _state(journal: os.stat_result) -> list[int]:
    """Return what tells a journal from one put in its place: a purge makes lines shorter and the file a new one."""
    return [journal.st_size, journal.st_mtime_ns, journal.st_ino]


class _Places:
    """Where one table was touched: numbers of documents beside offsets of lines; ``whole`` = the table as a whole."""

    def __init__(self) -> None:
        self.numbers = array("q")
        self.offsets = array("q")
        self.whole: list[int] = []

    def add(self, number: bytes, offset: int) -> None:
        if number == b"null":
            self.whole.append(offset)
        elif len(number) <= _DIGITS:
            self.numbers.append(int(number))
            self.offsets.append(offset)


def _collect(handle: Handle) -> dict[bytes, _Places]:
    found: defaultdict[bytes, _Places] = defaultdict(_Places)
    for place, data in handle.pieces(0, handle.size()):
        for start, op in by_line(data, OPS):
            table, number = op.groups()
            found[table].add(number, place + start)
        for start, named in by_line(data, _NAMED):
            for table, number in orjson.loads(b"[%s]" % named[1].rstrip(b",")):
                found[orjson.dumps(table)].add(b"%d" % number, place + start)
    return found


def by_line(data: bytes, pattern: re.Pattern[bytes]) -> Iterator[tuple[int, re.Match[bytes]]]:
    """Give what fits, with where its line begins; each byte is looked at once, however long the line."""
    start = end = 0
    for found in pattern.finditer(data):
        if found.start() >= end:
            start = data.rfind(b"\n", end, found.start()) + 1 or end
            end = data.find(b"\n", found.start()) + 1 or len(data)
        yield start, found


def _encode(handle: Handle, journal: os.stat_result) -> bytes:
    found = _collect(handle)
    tables: dict[bytes, list[Any]] = {
        name: [0, -(-len(one.numbers) // _HALF), one.whole] for name, one in found.items()
    }
    # with its page numbers filled in the directory is a little longer: room for that, too
    room = _HEAD.size + len(b"".join(tables)) + sum(len(orjson.dumps(one)) + 32 for one in tables.values())
    pages = page = -(-room // _PAGE)
    for entry in tables.values():
        entry[0] = page
        page += entry[1]
    directory = b"{%s}" % b",".join(b"%s:%s" % (name, orjson.dumps(one)) for name, one in tables.items())
    head = _HEAD.pack(_MAGIC, *_state(journal), len(directory), 0)[:-4]
    first = head + struct.pack("<I", crc32(head + directory)) + directory
    bodies = (one for name in found for one in _pages(found[name]))
    return b"".join((first.ljust(pages * _PAGE, b"\0"), *bodies))


def _pages(places: _Places) -> Iterator[bytes]:
    order = sorted(range(len(places.numbers)), key=places.numbers.__getitem__)
    for start in range(0, len(order), _HALF):
        part = order[start : start + _HALF]
        gap = [0] * (_HALF - len(part))
        columns = ([column[at] for at in part] + gap for column in (places.numbers, places.offsets))
        page = array("q", [slot for column in columns for slot in column] + [len(part)]).tobytes()
        yield page + array("q", [crc32(page)]).tobytes()
