"""Rows of cells, and how a block of rows that merely moved is found again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from botui.driver.pens import PLAIN, Pen

_WORTH_IT = 24
"""Cells a scroll must save before it pays: its own sequences are 17 to 25 bytes."""


@dataclass
class Row:
    """One line of the screen.

    Attributes:
        text: the text of each cell; empty for the second half of a wide one.
        pens: the look of each cell, on blanks reduced to what can be seen of it.
    """

    text: list[str]
    pens: list[Pen]

    def put(self, x: int, text: list[str], pens: list[Pen]) -> None:
        """Write cells that fit the row; a wide character that loses a half on either side becomes a blank."""
        if not text:
            return
        end = x + len(text)
        if self.text[x] == "":
            self.text[x - 1] = " "
        if end < len(self.text) and self.text[end] == "":
            self.text[end] = " "
        self.text[x:end] = text
        self.pens[x:end] = pens

    def base(self, x: int) -> int:
        """Where the character that covers this cell begins."""
        return x - 1 if self.text[x] == "" else x

    def fitted(self, width: int) -> Row:
        """The same row, cut or filled up to a width."""
        extra = max(0, width - len(self.text))
        row = Row(self.text[:width] + [" "] * extra, self.pens[:width] + [PLAIN] * extra)
        if width < len(self.text) and self.text[width] == "":
            row.text[-1] = " "
        return row

    def copy_from(self, other: Row) -> None:
        """Become equal to another row."""
        self.text[:] = other.text
        self.pens[:] = other.pens

    def distance(self, other: Row) -> int:
        """How many cells differ."""
        if self == other:
            return 0
        texts = map(str.__ne__, self.text, other.text)
        looks = map(Pen.__ne__, self.pens, other.pens)
        return sum(map(bool, map(int.__or__, texts, looks)))


def blank_rows(width: int, count: int) -> list[Row]:
    """Rows as a cleared screen has them."""
    return [Row([" "] * width, [PLAIN] * width) for _ in range(count)]


@dataclass(frozen=True)
class Scroll:
    """A block of lines that moves.

    Attributes:
        top: the first line of the block.
        bottom: its last line.
        lines: how far its content goes up; down when negative.
    """

    top: int
    bottom: int
    lines: int

    def apply(self, rows: list[Row]) -> None:
        """Do to the rows what a terminal does to its lines."""
        block = rows[self.top : self.bottom + 1]
        blank = blank_rows(len(rows[0].text), abs(self.lines))
        moved = block[self.lines :] + blank if self.lines > 0 else blank + block[: self.lines]
        rows[self.top : self.bottom + 1] = moved


def find_scroll(shown: list[Row], wanted: list[Row]) -> Scroll | None:
    """The block whose move saves most of the painting, if any does.

    Lines that are there once only and now stand elsewhere vote for a distance; looks do not count in the vote, for the
    line under the cursor changes its look as it moves.
    """
    before = ["".join(row.text) for row in shown]
    after = ["".join(row.text) for row in wanted]
    if sum(map(str.__ne__, before, after)) < 2:
        return None
    often = Counter(before)
    places = {line: y for y, line in enumerate(before) if often[line] == 1 and not line.isspace()}
    moves = [(places[line] - y, y) for y, line in enumerate(after) if places.get(line, y) != y]
    if not moves:
        return None
    lines = Counter(distance for distance, _ in moves).most_common(1)[0][0]
    ends = [end for distance, y in moves if distance == lines for end in (y, y + lines)]
    scroll = Scroll(min(ends), max(ends), lines)
    moved = list(shown)
    scroll.apply(moved)
    saved = sum(map(Row.distance, shown, wanted)) - sum(map(Row.distance, moved, wanted))
    return scroll if saved >= _WORTH_IT else None
