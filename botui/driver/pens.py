"""Pens: what a cell looks like besides its character, and the cheapest way from one look to the next.

A pen is what a run of SGR parameters amounts to (ECMA-48, 8.3.117; colours 38/48 as in ITU-T T.416).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple


class Pen(NamedTuple):
    """The look of a cell.

    Attributes:
        flags: the SGR codes that are on (1 bold, 2 dim, 3 italic, 4 underline, 7 reverse, ...), sorted.
        fore: SGR parameters of the foreground, such as ``"31"`` or ``"38;5;12"``; empty = the terminal's own.
        back: the same for the background.
    """

    flags: tuple[int, ...] = ()
    fore: str = ""
    back: str = ""


PLAIN: Final = Pen()

_CLEARED_BY: Final = {
    **{1: 22, 2: 22, 3: 23, 4: 24, 21: 24, 5: 25, 6: 25, 7: 27, 8: 28, 9: 29},
    **{51: 54, 52: 54, 53: 55},
}
_SEEN_ON_BLANKS: Final = frozenset({4, 7, 9, 21, 51, 52, 53})
_REVERSE: Final = 7
_INTENSITY: Final = {1, 2}
_EXTENDED: Final = {"5": 3, "2": 5}
_MAX_PARAMETERS: Final = 32


@lru_cache(maxsize=4096)
def select(pen: Pen, parameters: str) -> Pen:
    """The pen after ``ESC [ parameters m``; what is unknown changes nothing."""
    flags, fore, back = set(pen.flags), pen.fore, pen.back
    codes = parameters.split(";")[:_MAX_PARAMETERS]
    at = 0
    while at < len(codes):
        length = _EXTENDED.get(codes[at + 1], 1) if codes[at] in ("38", "48") and at + 1 < len(codes) else 1
        group, code = ";".join(codes[at : at + length]), int(codes[at] or 0)
        complete = at + length <= len(codes) and (code not in (38, 48) or length > 1)
        at += length
        if code == 0:
            flags, fore, back = set(), "", ""
        elif code in _CLEARED_BY:
            flags.add(code)
        elif 22 <= code <= 29 or code in (54, 55):
            flags = {flag for flag in flags if _CLEARED_BY[flag] != code}
        elif 30 <= code <= 39 or 90 <= code <= 97:
            fore = "" if code == 39 else group if complete else fore
        elif 40 <= code <= 49 or 100 <= code <= 107:
            back = "" if code == 49 else group if complete else back
    return Pen(tuple(sorted(flags)), fore, back)


@lru_cache(maxsize=4096)
def on_blank(pen: Pen) -> Pen:
    """What of a pen can be seen on a space: all looks that show the same become one."""
    seen = _SEEN_ON_BLANKS.intersection(pen.flags)
    if seen == {_REVERSE} and pen.fore and not _INTENSITY.intersection(pen.flags):
        code, _, rest = pen.fore.partition(";")
        return Pen((), "", f"{int(code) + 10};{rest}" if rest else str(int(code) + 10))
    return pen if seen else Pen((), "", pen.back)


@lru_cache(maxsize=4096)
def for_blank(current: Pen, blank: Pen) -> Pen:
    """The pen nearest to the current one that draws a space looking like ``blank``."""
    if blank.flags:
        return blank
    return Pen(tuple(flag for flag in current.flags if flag not in _SEEN_ON_BLANKS), current.fore, blank.back)


@lru_cache(maxsize=4096)
def change(current: Pen, wanted: Pen) -> str:
    """The shortest sequence that turns one pen into the other."""
    if current == wanted:
        return ""
    if wanted == PLAIN:
        return "\x1b[m"
    kept = set(current.flags) & set(wanted.flags)
    cleared = {_CLEARED_BY[flag] for flag in current.flags if flag not in kept}
    kept = {flag for flag in kept if _CLEARED_BY[flag] not in cleared}
    steps = [str(code) for code in sorted(cleared)]
    steps += [str(flag) for flag in wanted.flags if flag not in kept]
    if current.fore != wanted.fore:
        steps.append(wanted.fore or "39")
    if current.back != wanted.back:
        steps.append(wanted.back or "49")
    anew = ["0", *map(str, wanted.flags), *filter(None, (wanted.fore, wanted.back))]
    return f"\x1b[{min(';'.join(steps), ';'.join(anew), key=len)}m"
