"""What a list shows: its columns, where its rows come from, and how they are laid out on a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from botui.text import fit

WIDE = 80
"""Cells: a column marked wide is shown only on lists wider than this, the width screens are designed for."""
_READABLE = 8
"""Cells that a flexible column keeps when there is too little room."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list.

    Attributes:
        key: the field it shows; what a request to sort names.
        label: its heading.
        width: cells it takes; of a flexible column the least.
        wide: show it only where the list is wider than 80 cells.
        flex: give it the cells that are left; several share them.
        right: put its text at the right end, as figures are.
        telling: it says in words why a row is late or soon due: it alone is emphasised, and the rest of the row can
            be read in peace. Without one the whole row is.
    """

    key: str
    label: str
    width: int
    wide: bool = False
    flex: bool = False
    right: bool = False
    telling: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A column that is on the screen.

    Attributes:
        index: which of the cells of a row it shows.
        column: the column.
        start: its first cell, counted from the first column.
        width: cells it has here.
    """

    index: int
    column: Column
    start: int
    width: int


class RowSource(Protocol):
    """Where a table's rows come from: a snapshot, given anew to `RecordTable.show` when it changes."""

    def ids(self) -> Sequence[int]:
        """Return the ids of all rows, in order."""
        ...

    def cells(self, record_id: int, /) -> Sequence[str]:
        """Return the texts of a row, one for each column; asked for rows on the screen only."""
        ...

    def style(self, record_id: int, /) -> str:
        """Return ``late``, ``soon``, ``done`` or nothing: an emphasis, never the only sign of what it means."""
        ...


class NoRows:
    """A source of no rows: what a table shows before it is given one."""

    def ids(self) -> Sequence[int]:
        """Return no ids."""
        return ()

    def cells(self, record_id: int, /) -> Sequence[str]:
        """Return no texts."""
        return ()

    def style(self, record_id: int, /) -> str:
        """Return no emphasis."""
        return ""


def layout(columns: Sequence[Column], width: int) -> list[Place]:
    """Place columns on a line of ``width`` cells, one cell between them.

    Wide columns are shown as far as there is room beside all others; flexible columns share what is left, or what is
    lacking, as far as they can be read. Where there is not room even so, the last that fits is clipped and those behind
    it are left out.
    """
    shown = _shown(columns, width)
    left = width - sum(max(column.width, 1) + 1 for _, column in shown) + 1
    sharing = sum(column.flex for _, column in shown)
    spare = sum(_spare(column) for _, column in shown)
    places: list[Place] = []
    start = 0
    for index, column in shown:
        cells = max(column.width, 1)
        if column.flex:
            spare -= _spare(column)
            share = max(min(left // sharing, left + spare), -_spare(column))
            cells, left, sharing = cells + share, left - share, sharing - 1
        cells = min(cells, width - start)
        if cells <= 0:
            break
        places.append(Place(index, column, start, cells))
        start += cells + 1
    return places


def _spare(column: Column) -> int:
    """Return the cells that a column can do without."""
    return max(column.width - _READABLE, 0) if column.flex else 0


def _shown(columns: Sequence[Column], width: int) -> list[tuple[int, Column]]:
    room = width - sum(max(column.width, 1) + 1 for column in columns if not column.wide) + 1
    found = []
    for index, column in enumerate(columns):
        if column.wide:
            room -= max(column.width, 1) + 1
        if not column.wide or (width > WIDE and room >= 0):
            found.append((index, column))
    return found


def line(places: Sequence[Place], cells: Sequence[str], width: int) -> str:
    """Return one row as exactly ``width`` cells, each text literal and clipped to its column."""
    return fit(" ".join(_cell(place, cells) for place in places), width)


def heading(places: Sequence[Place], width: int, sort_key: str | None, reverse: bool) -> str:
    """Return the line of headings; the sorted column ends in ``^`` (smallest first) or ``v`` (largest first)."""
    labels = []
    for place in places:
        if place.column.key == sort_key:
            mark = " v" if reverse else " ^"
            label = fit(place.column.label, max(place.width - 2, 0)).rstrip() + mark
        else:
            label = place.column.label
        labels.append(fit(label, place.width, right=place.column.right, mark=""))
    return fit(" ".join(labels), width)


def _cell(place: Place, cells: Sequence[str]) -> str:
    return fit(cells[place.index], place.width, right=place.column.right)
