"""The documents of one table: those of the snapshot stay in its file, those written since are in memory.

A session holds a few bytes for each document instead of the document, and all sessions of a machine share what the
system keeps of the file. Read, not mapped: a program that cuts a mapped file short would kill the process.
"""

from __future__ import annotations

import json
import os
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Final

from ..models.errors import StoreDamaged
from .files import PIECE, Handle
from .format import encode_document

CHANGED: Final = "Another program changed the snapshot of the store while it was in use."
"""What a reader is told that finds something else where a document was."""

_OPENS, _CLOSES = b"{}"
_LINE: Final = re.compile(rb'"([0-9]{1,18})":(\{.*\}),?\n')
"""One document in our own layout: number and JSON."""


class Block:
    """Where the documents of a table stand in a snapshot of our own layout: one a line, by ascending number.

    Args:
        file: the snapshot, held open: what it says stays even when another takes its place.
        start: where the first line begins.
        end: where the last line has ended.

    Raises:
        ValueError: it is another layout.
    """

    __slots__ = ("_ends", "_file", "_starts", "numbers")

    def __init__(self, file: Handle, start: int, end: int) -> None:
        self._file = file
        self.numbers = array("q")
        self._starts = array("q")
        self._ends = array("q")
        for place, data in file.pieces(start, end):
            self._note(data, place)

    def _note(self, data: bytes, start: int) -> None:
        """Note where the documents stand in whole lines, which begin at ``start`` in the file."""
        done = 0
        last = self.numbers[-1] if self.numbers else 0
        for line in _LINE.finditer(data):
            number, (begin, end) = int(line[1]), line.span(2)
            if line.start() != done or number <= last:
                raise ValueError("another layout")
            self.numbers.append(number)
            self._starts.append(start + begin)
            self._ends.append(start + end)
            done, last = line.end(), number
        if done != len(data):
            raise ValueError("another layout")

    def read(self, number: int) -> bytes | None:
        """Return a document, or None."""
        numbers = self.numbers
        # numbers have few gaps: most are found at once
        place = number - numbers[0] if numbers else 0
        if not (0 <= place < len(numbers) and numbers[place] == number):
            place = bisect_left(numbers, number)
            if place == len(numbers) or numbers[place] != number:
                return None
        start, end = self._starts[place], self._ends[place]
        return _checked(os.pread(self._file.fd, end - start, start), end - start)

    def pieces(self) -> Iterator[dict[int, bytes]]:
        """Return all documents, ascending, some at a time."""
        first = 0
        while first < len(self.numbers):
            begin = self._starts[first]
            last = max(first + 1, bisect_right(self._ends, begin + PIECE, first))
            size = self._ends[last - 1] - begin
            data = _checked(os.pread(self._file.fd, size, begin), size)
            places = zip(self._starts[first:last], self._ends[first:last], strict=True)
            docs = [data[start - begin : end - begin] for start, end in places]
            if not all(doc[0] == _OPENS and doc[-1] == _CLOSES for doc in docs):
                raise StoreDamaged(CHANGED)
            yield dict(zip(self.numbers[first:last], docs, strict=True))
            first = last


class Parsed:
    """What ``Block`` is, for a table in a layout that is not ours: held in memory.

    Args:
        lines: the inside of a table's JSON.

    Raises:
        ValueError: it is not a table.
    """

    __slots__ = ("_docs", "numbers")

    def __init__(self, lines: bytes) -> None:
        whole = {int(number): doc for number, doc in json.loads(b"{%s}" % lines).items()}
        self._docs = {number: encode_document(whole[number]) for number in sorted(whole)}
        self.numbers = list(self._docs)

    def read(self, number: int) -> bytes | None:
        """Return a document, or None."""
        return self._docs.get(number)

    def pieces(self) -> Iterator[dict[int, bytes]]:
        """Return all documents, ascending, some at a time."""
        return iter([dict(self._docs)])


class Docs:
    """The documents of one table, by number; those of the snapshot are looked for when the first is asked for.

    Args:
        file: the snapshot they stand in; None = there are none yet.
        start: where their lines begin in it.
        end: where they have ended.
    """

    __slots__ = ("_block", "_place", "_since")

    def __init__(self, file: Handle | None = None, start: int = 0, end: int = 0) -> None:
        self._place = None if file is None or start == end else (file, start, end)
        self._block: Block | Parsed | None = None
        self._since: dict[int, bytes | None] = {}

    def snapshot(self) -> Block | Parsed | None:
        """Return the documents of the snapshot; several threads may do so at once.

        Raises:
            ValueError: there is something else.
        """
        if self._block is None and self._place is not None:
            file, start, end = self._place
            try:
                self._block = Block(file, start, end)
            except ValueError:
                self._block = Parsed(os.pread(file.fd, end - start, start))
        return self._block

    def check(self) -> int:
        """Look at every document of the snapshot, of which nobody knows who wrote it; return the highest number.

        Raises:
            ValueError, TypeError: one is not a document, or holds what this store cannot.
        """
        block = self.snapshot()
        try:
            for piece in block.pieces() if block is not None else ():
                for data in piece.values():
                    encode_document(json.loads(data))
        except json.JSONDecodeError:
            # a line that only looks like one of ours: two documents on it, say
            assert self._place is not None
            file, start, end = self._place
            block = self._block = Parsed(os.pread(file.fd, end - start, start))
        return max(block.numbers, default=0) if block is not None else 0

    def get(self, number: int) -> bytes | None:
        """Return a document, or None."""
        if number in self._since:
            return self._since[number]
        block = self._block or self.snapshot()
        return None if block is None else block.read(number)

    def __contains__(self, number: int) -> bool:
        return self.get(number) is not None

    def __len__(self) -> int:
        block = self.snapshot()
        there = (block.read(number) if block is not None else None for number in self._since)
        changed = zip(self._since.values(), there, strict=True)
        more = sum((data is not None) - (before is not None) for data, before in changed)
        return more + (0 if block is None else len(block.numbers))

    def __iter__(self) -> Iterator[int]:
        block = self.snapshot()
        there = () if block is None else block.numbers
        if not self._since:
            return iter(there)
        return iter(sorted({*there, *self._since} - {one for one, data in self._since.items() if data is None}))

    def pairs(self, over: Mapping[int, bytes | None] | None = None) -> Iterator[tuple[int, bytes]]:
        """Return all documents as they are now, ascending.

        Args:
            over: documents that lie over these; None = taken away.
        """
        block = self.snapshot()
        return chain.from_iterable(_merged(() if block is None else block.pieces(), {**self._since, **(over or {})}))

    def put(self, number: int, data: bytes | None) -> None:
        """Hold a document, or take it away (None)."""
        self._since[number] = data


def _merged(
    pieces: Iterable[dict[int, bytes]], changes: Mapping[int, bytes | None]
) -> Iterator[Iterable[tuple[int, bytes]]]:
    """Lay changes over pieces; one in which nothing changed passes as it is, at the speed of a loop over a dict."""
    numbers, done = sorted(changes), 0
    for piece in pieces:
        upto = bisect_right(numbers, next(reversed(piece)), done)
        if upto > done:
            whole = {**piece, **{number: changes[number] for number in numbers[done:upto]}}
            yield [(number, data) for number in sorted(whole) if (data := whole[number]) is not None]
            done = upto
        else:
            yield piece.items()
    yield [(number, data) for number in numbers[done:] if (data := changes[number]) is not None]


def _checked(data: bytes, size: int) -> bytes:
    if len(data) != size or data[:1] != b"{" or data[-1:] != b"}":
        raise StoreDamaged(CHANGED)
    return data
