"""Code 128 (ISO/IEC 15417): a code as bars, with character sets B and C and the check symbol.

Own code, because the one maintained library that gives bars as data lost a leading ``99`` of what it was given
(python-barcode 0.16.1): a label that reads as another thing's code is worse than none.
"""

from __future__ import annotations

from typing import Final

from botui.models.errors import Refused

START_B: Final = 104
START_C: Final = 105
TO_C: Final = 99
"""In set B: what follows are pairs of digits."""
TO_B: Final = 100
"""In set C: what follows are single characters."""
QUIET: Final = 10
"""Modules that must stay blank before and after the bars."""
_STOP: Final = "2331112"
_TABLE: Final = """
212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222
123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321
232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121
313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224
111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111
111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113
114311 411113 411311 113141 114131 311141 411131 211412 211214 211232
"""
_WIDTHS: Final = tuple(_TABLE.split())
"""Widths of bar, gap, bar, gap, bar, gap of the values 0 to 105, in modules: the standard's table."""


def encode(text: str) -> list[int]:
    """Return the values of the shortest symbol for a text: start, data with its switches of set, check.

    Raises:
        Refused: the text is empty, or has a character that is not printable ASCII.
    """
    if not text or not text.isascii() or not text.isprintable():
        raise Refused("A bar code holds letters without accents, digits and signs; this code has something else.")
    single, paired = _costs(text)
    in_pairs = paired[0] <= single[0]
    values = [START_C if in_pairs else START_B]
    at = 0
    while at < len(text):
        here, other = (paired, single) if in_pairs else (single, paired)
        if here[at] > 1 + other[at]:
            in_pairs = not in_pairs
            values.append(TO_C if in_pairs else TO_B)
        values.append(int(text[at : at + 2]) if in_pairs else ord(text[at]) - 32)
        at += 2 if in_pairs else 1
    values.append((values[0] + sum(place * value for place, value in enumerate(values))) % 103)
    return values


def _costs(text: str) -> tuple[list[int], list[int]]:
    """Return how many values the rest from each place on takes when its first is in set B, and when in set C."""
    end = len(text)
    impossible = 2 * end + 2
    single, paired = [0] * (end + 1), [0] * (end + 1)
    for at in range(end - 1, -1, -1):
        single[at] = 1 + min(single[at + 1], 1 + paired[at + 1])
        two = text[at : at + 2]
        paired[at] = impossible
        if len(two) == 2 and two.isdigit():
            paired[at] = 1 + min(paired[at + 2], 1 + single[at + 2])
    return single, paired


def modules(text: str) -> str:
    """Return the bars of a text, without the quiet zones: ``1`` for every black module, ``0`` for every white one.

    Raises:
        Refused: as `encode`.
    """
    widths = "".join(_WIDTHS[value] for value in encode(text)) + _STOP
    return "".join(("1", "0")[place % 2] * int(width) for place, width in enumerate(widths))
