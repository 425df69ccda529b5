"""The brush: turns changed cells into the fewest bytes, one frame at a time.

Only what every terminal in use understands is sent: CUP, CUF, CR LF, EL, SGR, and for blocks that move DECSTBM with
LF and RI. At the start of a frame nothing is taken for granted about the cursor, at its end the pen is plain again, so
that a message from elsewhere, or our death, does little harm.
"""

from __future__ import annotations

from typing import Final

from botui.driver.cells import doubtful
from botui.driver.pens import PLAIN, Pen, change, for_blank, on_blank
from botui.driver.rows import Row, Scroll

_MOVE_LENGTH: Final = 8
"""The longest cursor move in bytes: a gap that takes more cells than this is never written over."""


class Brush:
    """Paints one frame.

    Attributes:
        out: the pieces of the frame so far; empty = nothing changed.
    """

    def __init__(self) -> None:
        self.out: list[str] = []
        self._at: tuple[int, int] | None = None
        self._pen = PLAIN

    def clear(self) -> None:
        """Start from an empty screen."""
        self.out.append("\x1b[r\x1b[m\x1b[H\x1b[2J")
        self._at = (0, 0)

    def scroll(self, scroll: Scroll) -> None:
        """Let the terminal move a block of lines by itself."""
        first = scroll.bottom if scroll.lines > 0 else scroll.top
        step = "\n" if scroll.lines > 0 else "\x1bM"
        self.out.append(f"\x1b[{scroll.top + 1};{scroll.bottom + 1}r\x1b[{first + 1}H")
        self.out.append(step * abs(scroll.lines) + "\x1b[r")

    def row(self, y: int, shown: Row, wanted: Row) -> None:
        """Paint what differs in one line."""
        text, pens, width = wanted.text, wanted.pens, len(wanted.text)
        filled = _filled(wanted)
        spoilt = False
        x = 0
        while x < width:
            if not spoilt and text[x] == shown.text[x] and pens[x] == shown.pens[x]:
                x += 1
                continue
            if x >= filled and width - x > 3:
                self._go(x, y, wanted, PLAIN)
                self._use(PLAIN)
                self.out.append("\x1b[K")
                return
            self._go(x, y, wanted, pens[x])
            cells = 2 if x + 1 < width and text[x + 1] == "" else 1
            if doubtful(text[x]):
                self._draw_doubtful(x, y, text[x], pens[x], cells)
                spoilt = True
            else:
                self._draw(text[x], pens[x])
                self._at = (x + cells, y)
            x += cells

    def finish(self, x: int, y: int) -> str:
        """The frame as one string, the pen plain again and the (hidden) cursor where input methods look for it."""
        self._use(PLAIN)
        if self._at != (x, y):
            self.out.append(_position(x, y))
        return "".join(self.out)

    def _use(self, pen: Pen) -> None:
        self.out.append(change(self._pen, pen))
        self._pen = pen

    def _draw(self, text: str, pen: Pen) -> None:
        if text != " ":
            self._use(pen)
        elif on_blank(self._pen) != pen:
            self._use(for_blank(self._pen, pen))
        self.out.append(text)

    def _draw_doubtful(self, x: int, y: int, text: str, pen: Pen, cells: int) -> None:
        """Draw what may come out wider or narrower than planned, so that the mistake stays within its cells.

        The cells are blanked first, the cursor is placed absolutely afterwards, and the caller draws the rest of the
        line again.
        """
        self._use(pen)
        self.out.append(" " * cells + _position(x, y) + text)
        self._at = None

    def _go(self, x: int, y: int, wanted: Row, pen: Pen) -> None:
        """Bring the cursor to a cell that is to be drawn with a pen, by moving or by writing over what is there."""
        if self._at == (x, y):
            return
        moves = [_position(x, y)]
        if self._at is not None:
            column, line = self._at
            forward = f"\x1b[{x}C" if x > 1 else "\x1b[C" * x
            if line == y and column < x:
                moves.append(f"\x1b[{x - column}C" if x - column > 1 else "\x1b[C")
                if self._write_over(column, x, wanted, pen, len(min(moves, key=len))):
                    return
            elif line == y:
                moves.append("\r" + forward)
            elif line + 1 == y:
                moves.append("\r\n" + forward)
        self.out.append(min(moves, key=len))

    def _write_over(self, start: int, end: int, wanted: Row, pen: Pen, budget: int) -> bool:
        """Write the unchanged cells of a gap if that costs no more than moving over it."""
        if end - start > _MOVE_LENGTH or any(map(doubtful, wanted.text[start:end])):
            return False
        trial = Brush()
        trial._pen = self._pen
        for x in range(start, end):
            trial._draw(wanted.text[x], wanted.pens[x])
        written = "".join(trial.out)
        after, before = change(trial._pen, pen), change(self._pen, pen)
        if len(written.encode()) + len(after) > budget + len(before):
            return False
        self.out.append(written)
        self._pen = trial._pen
        return True


def _position(x: int, y: int) -> str:
    """CUP with the parameters that say nothing left out."""
    if x:
        return f"\x1b[{y + 1};{x + 1}H"
    return f"\x1b[{y + 1}H" if y else "\x1b[H"


def _filled(row: Row) -> int:
    """Where the blanks of the terminal's own background at the end of a row begin."""
    end = len(row.text)
    while end and row.text[end - 1] == " " and row.pens[end - 1] == PLAIN:
        end -= 1
    return end
