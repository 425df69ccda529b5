"""The canvas: what Textual wants on the screen, what the terminal shows, and the bytes between the two."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from botui.driver.cells import clean, split
from botui.driver.paint import Brush
from botui.driver.pens import PLAIN, Pen, on_blank, select
from botui.driver.rows import Row, blank_rows, find_scroll

_SEQUENCE: Final = re.compile(
    r"\x1b\[(?P<parameters>[0-9;]*)(?P<final>[mH])"
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?"
    r"|\x1b\[[0-?]*[ -/]*[@-~]?"
    r"|\x1b.?|[\x00-\x1f\x7f]",
    re.DOTALL,
)
"""The two sequences Textual draws with, then all that is thrown away: OSC, other CSI, other escapes, controls."""


@dataclass
class Canvas:
    """Two pictures of the screen, in cells: the one wanted and the one shown.

    Attributes:
        width: columns.
        height: rows.
        ascii_only: whatever is drawn is turned into ASCII.
    """

    width: int
    height: int
    ascii_only: bool = False

    def __post_init__(self) -> None:
        self._wanted = blank_rows(self.width, self.height)
        self._shown: list[Row] | None = None
        self._x = self._y = 0
        self._joined = False
        self._cursor = (-1, -1)

    def forget(self) -> None:
        """Take nothing for granted of what the terminal shows: the next frame is painted whole."""
        self._shown = None

    def resize(self, width: int, height: int) -> None:
        """The terminal has another size; what still fits stays wanted, nothing counts as shown."""
        kept = [row.fitted(width) for row in self._wanted[:height]]
        self._wanted = kept + blank_rows(width, height - len(kept))
        self.width, self.height = width, height
        self._x, self._y = min(self._x, width), min(self._y, height - 1)
        self.forget()

    def feed(self, data: str) -> None:
        """Take in what Textual draws; nothing is sent before `frame`."""
        pen, end = PLAIN, 0
        for match in _SEQUENCE.finditer(data):
            if match.start() > end:
                self._put(data[end : match.start()], pen)
            end = match.end()
            parameters = match["parameters"]
            if match["final"] == "m":
                pen = select(pen, parameters) if len(parameters) < 100 else pen
            elif match["final"] == "H":
                self._move(parameters)
        if end < len(data):
            self._put(data[end:], pen)

    def frame(self) -> str:
        """What must be sent so that the terminal shows what is wanted; empty when it does already."""
        brush = Brush()
        if self._shown is None:
            self._shown = blank_rows(self.width, self.height)
            brush.clear()
        elif scroll := find_scroll(self._shown, self._wanted):
            brush.scroll(scroll)
            scroll.apply(self._shown)
        for y, (shown, wanted) in enumerate(zip(self._shown, self._wanted, strict=True)):
            if shown != wanted:
                brush.row(y, shown, wanted)
                shown.copy_from(wanted)
        cursor = (min(self._x, self.width - 1), self._y)
        if not brush.out and cursor == self._cursor:
            return ""
        self._cursor = cursor
        return brush.finish(*cursor)

    def _move(self, parameters: str) -> None:
        row, _, column = parameters.partition(";")
        self._x = min(max(_number(column), 1), self.width + 1) - 1
        self._y = min(max(_number(row), 1), self.height) - 1
        self._joined = False

    def _put(self, text: str, pen: Pen) -> None:
        cells, marks = split(text, ascii_only=self.ascii_only)
        row = self._wanted[self._y]
        if marks and self._joined and self._x:
            at = row.base(self._x - 1)
            row.text[at] = clean(row.text[at] + marks)
        room = self.width - self._x
        if room < len(cells) and room and cells[room] == "":
            cells[room - 1] = " "
        cells = cells[:room]
        blank = on_blank(pen)
        row.put(self._x, cells, [blank if cell == " " else pen for cell in cells])
        self._x += len(cells)
        self._joined = True


def _number(text: str) -> int:
    """A parameter of a sequence; absurd ones count as large."""
    return 9999 if len(text) > 4 else int(text.partition(";")[0] or 1)
