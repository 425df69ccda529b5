"""A label as lines of text, its bars drawn with block characters: two modules a column."""

from __future__ import annotations

from typing import Final

from botui.actions.labels.code128 import QUIET, modules
from botui.actions.labels.label import Label
from botui.models.base import clean
from botui.models.errors import Refused

BLOCKS: Final = {"00": " ", "10": "\N{LEFT HALF BLOCK}", "01": "\N{RIGHT HALF BLOCK}", "11": "\N{FULL BLOCK}"}
COLUMN_MM: Final = 2.54
"""Width of a column of a line printer: ten to the inch, what CUPS prints text with unless it is told otherwise."""
SHEET_MM: Final = 200
"""A sheet of A4, less what printers leave blank at its edges."""
_ROWS: Final = 4


def as_text(label: Label, *, width: int = SHEET_MM) -> str:
    """Return a label as text.

    Args:
        label: what stands on it.
        width: how wide the paper is, in millimetres.

    Raises:
        Refused: a code that Code 128 does not hold, or that is too long for the paper.
    """
    blank = "0" * QUIET
    drawn = blank + modules(label.code) + blank
    drawn += "0" * (len(drawn) % 2)
    columns = int(width / COLUMN_MM)
    bars = "".join(BLOCKS[drawn[at : at + 2]] for at in range(0, len(drawn), 2))
    if len(bars) > columns:
        raise Refused(
            f"This code takes {len(bars)} columns as text, and {width} mm of paper has {columns}: "
            "take wider paper (--width), a shorter code, or a label printer (--zpl)."
        )
    margin = " " * (QUIET // 2)
    words = [clean(label.title), clean(label.small), *[bars.rstrip()] * _ROWS, label.code if label.shown else ""]
    lines = [one if one.startswith(margin) else margin + one[: columns - len(margin)] for one in words if one]
    return "\n".join(lines) + "\n"
