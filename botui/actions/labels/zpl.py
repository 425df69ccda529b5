"""A label as ZPL II, the language of most label printers; the printer draws the bars itself."""

from __future__ import annotations

from typing import Final

from botui.actions.labels.code128 import QUIET, START_C, TO_B, TO_C, encode, modules
from botui.actions.labels.label import Label
from botui.models.base import clean
from botui.models.errors import Refused

LABEL_MM: Final = 50
"""Width of the label that most offices have: 50 by 25 mm."""
DOTS_PER_MM: Final = 8
"""203 dots to the inch, what most label printers have."""
_NARROWEST, _WIDEST = 2, 4
"""Dots of a module: 0.25 mm is what handheld scanners read with ease, beyond half a millimetre nothing is gained."""
_MARGIN: Final = 16
_BIG, _SMALL, _BARS = 32, 24, 80
"""Heights in dots: title, small line, bars; with their margins they fill a label 25 mm high."""
_NAMED: Final = {">": ">0", "^": "><", "~": ">="}
"""Characters that ZPL wants by another name in the data of a Code 128."""


def as_zpl(label: Label, *, width: int = LABEL_MM) -> str:
    """Return a label in ZPL.

    Args:
        label: what stands on it.
        width: how wide the label is, in millimetres.

    Raises:
        Refused: a code that Code 128 does not hold, or that is too long for the label.
    """
    dots = width * DOTS_PER_MM
    wide = len(modules(label.code)) + 2 * QUIET
    module = min(_WIDEST, dots // wide)
    if module < _NARROWEST:
        raise Refused(
            f"This code takes {-(-wide * _NARROWEST // DOTS_PER_MM)} mm as bars, and the label has {width}: "
            "take wider labels (--width) or a shorter code."
        )
    fields, y = [], _MARGIN
    for words, height in ((clean(label.title), _BIG), (clean(label.small), _SMALL)):
        if words:
            fields.append(f"^FO{_MARGIN},{y}^A0N,{height}^FH^FD{_escaped(words[: 2 * dots // height])}^FS")
            y += height + _MARGIN // 2
    clear = "Y" if label.shown else "N"
    fields.append(f"^FO{QUIET * module},{y}^BY{module}^BCN,{_BARS},{clear},N,N,N^FD{_data(label.code)}^FS")
    return "\n".join(["^XA", "^CI28", f"^PW{dots}", "^LH0,0", *fields, "^XZ", ""])


def _escaped(words: str) -> str:
    """Return words in which nothing is a command: ``_5E`` is the ^ of a field that begins with ``^FH``."""
    return "".join(f"_{ord(one):02X}" if one in "^~_" else one for one in words)


def _data(code: str) -> str:
    """Return a code as the data of ``^BC``, with the start and the switches of set that make it shortest."""
    start, *values = encode(code)[:-1]
    in_pairs = start == START_C
    parts = [">;" if in_pairs else ">:"]
    for value in values:
        if value == (TO_B if in_pairs else TO_C):
            parts.append(">6" if in_pairs else ">5")
            in_pairs = not in_pairs
        elif in_pairs:
            parts.append(f"{value:02}")
        else:
            parts.append(_NAMED.get(chr(value + 32), chr(value + 32)))
    return "".join(parts)
