"""A sorted list of records that follows the changes: the outcome of one view."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any, Final

from botui.models.base import Where, fold

Row = tuple[Any, ...]
"""The values at hand of one record."""
Tests = list[tuple[int, Callable[[Any], bool]]]
"""Places in a row with what the value there must meet."""
WHOLE_ROW: Final = -1
"""In place of a place: the row itself must meet it."""
Guard = Callable[[], AbstractContextManager[None]]
"""Holds the lock of the rows."""


def _sortable(value: Any, down: bool) -> tuple[bool, Any]:
    """No value sorts last, also where the largest is first; capital letters do not matter."""
    if value is None or value == "":
        return (not down, "")
    return (down, fold(value) if isinstance(value, str) else value)


class Listing:
    """The numbers of the records of one view, in order, kept up to date.

    Until its numbers are asked for it only counts: a menu shows many counts for every list that is opened.

    Attributes:
        where: the conditions it was made for.
    """

    def __init__(self, where: Where, tests: Tests, position: int, down: bool, guard: Guard) -> None:
        self.where = where
        self._guarded = guard
        self._tests = tests
        self._position = position
        self._down = down
        self._rows: Mapping[int, Row] = {}
        self._count = 0
        self._entries: list[Any] | None = None
        self._order: list[int] = []
        self._ids: list[int] | None = None

    def __len__(self) -> int:
        return self._count

    def fill(self, rows: Mapping[int, Row]) -> None:
        """Begin with these rows, all there are; they are looked at again when the numbers are asked for."""
        self._rows = rows
        self._count = sum(1 for _ in met(self._tests, rows, rows))

    def _entry(self, number: int, row: Row) -> Any:
        """Return what is sorted: the number alone, or the value with the number last."""
        return number if self._position < 0 else (*_sortable(row[self._position], self._down), number)

    def move(self, number: int, old: Row | None, new: Row | None) -> None:
        """Take in that a record changed from one row to another (None = not there)."""
        before = self._entry(number, old) if old is not None and meets(self._tests, old) else None
        after = self._entry(number, new) if new is not None and meets(self._tests, new) else None
        if before == after:
            return
        self._count += (after is not None) - (before is not None)
        if self._entries is None:
            return
        if before is not None:
            place = bisect_left(self._entries, before)
            if place < len(self._entries) and self._entries[place] == before:
                del self._entries[place], self._order[place]
        if after is not None:
            place = bisect_left(self._entries, after)
            self._entries.insert(place, after)
            self._order.insert(place, number)
        self._ids = None

    def ids(self) -> list[int]:
        """Return the numbers in order; not to be changed by the caller."""
        with self._guarded():
            if self._entries is None:
                found = met(self._tests, self._rows, self._rows)
                self._entries = sorted(self._entry(number, self._rows[number]) for number in found)
                self._order = self._entries[:] if self._position < 0 else [entry[-1] for entry in self._entries]
            if self._ids is None:
                # a copy: a screen goes on showing the one it was given
                self._ids = self._order[::-1] if self._down else self._order[:]
            return self._ids


def meets(tests: Tests, row: Row) -> bool:
    """Return whether a row meets all tests."""
    return all(matches(row if place == WHOLE_ROW else row[place]) for place, matches in tests)


def met(tests: Tests, rows: Mapping[int, Row], among: Iterable[int]) -> Iterable[int]:
    """Return the numbers of those rows that meet all tests: test by test, much faster than row by row.

    Args:
        tests: what they must meet.
        rows: all there are.
        among: the numbers of those that are looked at, as they are asked for.
    """
    for place, matches in tests:
        among = _passed(place, matches, rows, among)
    return among


def _passed(place: int, matches: Callable[[Any], bool], rows: Mapping[int, Row], among: Iterable[int]) -> Iterable[int]:
    if place == WHOLE_ROW:
        return (number for number in among if matches(rows[number]))
    return (number for number in among if matches(rows[number][place]))
