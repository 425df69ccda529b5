"""What may stand in a cell: text without controls, as wide as Textual laid it out, in ASCII where asked for.

The last line of defence: models clean text on the way in, widgets wrap it on the way out, and what comes this far
is still taken apart here, so that no control, no bidi mark and no half of a surrogate reaches a terminal as text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from rich.cells import split_graphemes
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from botui.driver.glyphs import ASCII_GLYPHS

_JOINERS: Final = "\u200c\u200d"
_MAX_CODE_POINTS: Final = 12
"""A cell with more marks than this is a prank; the longest emoji in use (families) has 11 code points."""


_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


class TextOnly(LineFilter):
    """Takes controls out of the text of segments, before Textual puts its own sequences around it.

    None of them has a width, so nothing moves; what is left of a sequence shows as the text it is.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments without controls in their text."""
        if not any(_CONTROL.search(segment.text) for segment in segments):
            return segments
        return [
            segment if segment.control else Segment(_CONTROL.sub("", segment.text), segment.style)
            for segment in segments
        ]


def split(text: str, *, ascii_only: bool) -> tuple[list[str], str]:
    """Cut a run of text into cells.

    Args:
        text: what Textual wrote between two sequences.
        ascii_only: only ASCII may come out, in the same number of cells.

    Returns:
        The cells, a wide one followed by an empty string for its second half; and marks at the very start that belong
        to the cell before the run.
    """
    if text.isascii() and text.isprintable():
        return list(text), ""
    cells: list[str] = []
    marks = ""
    for start, end, width in split_graphemes(text)[0]:
        if width:
            cells += _cells(text[start:end], width, ascii_only)
        elif not cells and not ascii_only:
            marks += clean(text[start:end])
    return cells, marks


@lru_cache(maxsize=8192)
def _cells(grapheme: str, width: int, ascii_only: bool) -> tuple[str, ...]:
    """One grapheme as ``width`` cells."""
    cleaned = clean(grapheme)
    if ascii_only:
        near = _to_ascii(cleaned)
        return tuple(near[:width].ljust(width, "?" if near == "?" else " "))
    if not cleaned:
        return (" ",) * width
    return (cleaned, *("",) * (width - 1))


def clean(text: str) -> str:
    """Text in composed form without anything that a terminal could take for an order.

    Controls and format characters (bidi marks, tags) go, but for the joiners that scripts and emoji need; half a
    surrogate becomes U+FFFD, a soft hyphen a hyphen.
    """
    kept = "".join(map(_keep, unicodedata.normalize("NFC", text[:_MAX_CODE_POINTS])))
    return kept if kept.strip(_JOINERS) else ""


def _keep(character: str) -> str:
    if character == "\xad":
        return "-"
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    return "" if category in ("Cc", "Cf", "Zl", "Zp") and character not in _JOINERS else character


def _to_ascii(text: str) -> str:
    """The nearest ASCII of one grapheme; a question mark where there is none."""
    if not text or text[0].isascii():
        return text[:1]
    if known := ASCII_GLYPHS.get(text[0]):
        return known
    near = "".join(filter(str.isascii, unicodedata.normalize("NFKD", text[0])))
    return near if near.isprintable() and near.strip() else " " if text[0].isspace() else "?"


@lru_cache(maxsize=8192)
def doubtful(cell: str) -> bool:
    """Whether terminals disagree on how many columns this cell's text takes.

    All agree on single characters that were there long ago with a width Unicode states (East Asian Width). They
    disagree on marks that do not compose, joined and modified emoji, flags, and on all emoji by their age.
    """
    if cell.isascii():
        return False
    if len(cell) > 1 or ord(cell) >= 0x1F000:
        return True
    wide = unicodedata.east_asian_width(cell) in "WF"
    category = unicodedata.category(cell)
    return category[0] in "CM" or (wide and category == "So") or wide != (split_graphemes(cell)[1] == 2)
