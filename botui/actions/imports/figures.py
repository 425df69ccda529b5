"""Figures as other systems and spreadsheets write them: ``1.234,50``, ``EUR 3.20``, ``12 pcs``, ``1,200``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from botui.actions.imports.values import filled
from botui.models.base import Refused
from botui.models.base.figure import with_point
from botui.models.supplies.item import QUANTITY_MAX

_FIGURE: Final = re.compile(
    r"(?:[^\W\d_]{1,4}\.?|[$€£¥₹])?\s*(?P<sign>[-+]?)\s*(?P<digits>[0-9.,' ]*[0-9])(?:[.,]-)?\s*"
    r"(?P<word>[^\W\d_]*|[$€£¥₹])\.?"
)
"""A currency, a sign, digits with their marks, and a currency or what is counted: ``EUR 1.200,-``, ``12 pcs.``."""
_PLAIN: Final = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2019": "'", "\u2212": "-"})
_SIGNS: Final = {"€": "EUR", "£": "GBP"}
_CURRENCY: Final = re.compile(r"\b[A-Z]{3}\b|[€£]")
_OTHER: Final = {".": ",", ",": "."}
_WEEKS: Final = frozenset({"w", "wk", "wks", "week", "weeks"})
_DAYS: Final = frozenset({"d", "day", "days", "workday", "workdays"})
_PIECES: Final = frozenset(
    {"pc", "pcs", "pce", "piece", "pieces", "ea", "each", "unit", "units", "no", "nos", "qty", "x", "item", "items"}
    | {"st", "stk", "stck", "stück", "stueck"}
)
"""Words behind a figure that say no more than that single things are counted."""
_PRICE_MAX: Final = Decimal("999999.9999")
_CENT: Final = Decimal("0.01")
_TINY: Final = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Figures:
    """Reads the figures of one file.

    Attributes:
        mark: what parts the decimals in it, ``.`` or ``,``; empty = no figure shows it.
        currency: the office's; an amount in another one is refused.
    """

    mark: str = ""
    currency: str = ""

    def whole(self, text: str, what: str, packs: Callable[[], Mapping[str, int]] = dict) -> int | None:
        """Return how many single things a cell says, or None for an empty one.

        Args:
            text: the cell.
            what: what it says, for the sentence.
            packs: gives the words that may stand behind the figure, each with how many single things it is.

        Raises:
            Refused: it is no number, not whole, below nothing, or says boxes of which nobody knows the content.
        """
        found = self._read(text, what)
        if found is None:
            return None
        value, word = found
        if word:
            value *= self._units(text, what, word, packs())
        if value != value.to_integral_value():
            raise Refused(f"{what}: '{_cell(text)}' is not a whole number")
        if not 0 <= value <= QUANTITY_MAX:
            raise Refused(f"{what}: '{_cell(text)}' is not a number that can be")
        return int(value)

    def days(self, text: str, what: str) -> int | None:
        """Return how many days a cell says, such as ``5``, ``5 days`` or ``2 weeks``; None for an empty one.

        Raises:
            Refused: it is no number of days.
        """
        return self.whole(text, what, lambda: {**dict.fromkeys(_DAYS, 1), **dict.fromkeys(_WEEKS, 7)})

    def price(self, text: str, what: str) -> Decimal | None:
        """Return an amount, to a hundredth of a cent, or None for an empty cell.

        Raises:
            Refused: it is none, below nothing, beyond any measure, or in another currency.
        """
        if currency := _CURRENCY.search(text):
            self.refuse_other_currency(currency[0], what)
        found = self._read(text, what)
        if found is None:
            return None
        if not 0 <= found[0] <= _PRICE_MAX:
            raise Refused(f"{what}: '{_cell(text)}' is not an amount that can be")
        value = found[0].quantize(_TINY)
        cents = value.quantize(_CENT)
        return cents if cents == value else value.normalize()

    def refuse_other_currency(self, text: str, what: str) -> None:
        """Do nothing if a cell says the office's currency, or none.

        Raises:
            Refused: it says another one.
        """
        code = _SIGNS.get(filled(text), filled(text).upper())
        if code and self.currency and code != self.currency.upper():
            raise Refused(f"{what} is in {_cell(code)}; prices here are in {self.currency}")

    def _read(self, text: str, what: str) -> tuple[Decimal, str] | None:
        """Return the figure of a cell and the word behind it."""
        if text.isascii() and text.isdigit() and len(text) <= 12:
            return Decimal(text), ""
        plain = filled(text.translate(_PLAIN))
        if not plain.strip(" ,"):
            return None
        found = _FIGURE.fullmatch(plain)
        digits = None if found is None or len(plain) > 40 else with_point(found["digits"].strip(), self.mark or ".")
        if found is None or digits is None:
            raise Refused(f"{what}: '{_cell(text)}' is not a number")
        value = Decimal(digits)
        return (-value if found["sign"] == "-" else value), found["word"].casefold()

    def _units(self, text: str, what: str, word: str, packs: Mapping[str, int]) -> int:
        """Return of how many single things one is counted: by the word behind the figure."""
        known = {one.casefold(): many for one, many in packs.items()}
        for one in (word, word.removesuffix("s"), word.removesuffix("es"), f"{word}s"):
            if one in known:
                return known[one]
        if word in _PIECES:
            return 1
        raise Refused(f"{what}: '{_cell(text)}' does not say how many single ones: write the number alone")


def figures_of(samples: Iterable[str], mark: str, currency: str, notes: list[str]) -> Figures:
    """Return how the figures of a file are to be read: as the map file says, else as they show.

    Args:
        samples: the cells in which figures stand.
        mark: what the map file says; empty = nothing.
        currency: the office's.
        notes: where it is said that it was a guess.
    """
    if mark:
        return Figures(mark, currency)
    shown: set[str] = set()
    open_to_both = ""
    for sample in samples:
        marks = [one for one in sample if one in _OTHER]
        if not marks:
            continue
        grouped = re.search(r"(?<![0-9])[1-9][0-9]{0,2}[.,][0-9]{3}(?![0-9])", sample)
        if len({*marks}) > 1:
            shown.add(marks[-1])
        elif len(marks) > 1:
            shown.add(_OTHER[marks[0]])
        elif not grouped:
            shown.add(marks[0])
        else:
            open_to_both = open_to_both or sample.strip()
    if len(shown) == 1:
        return Figures(shown.pop(), currency)
    if open_to_both:
        said = "a thousand" if "," in open_to_both else "a fraction"
        notes.append(f"No figure shows what parts the decimals: '{_cell(open_to_both)}' is read with {said}.")
    return Figures("", currency)


def _cell(text: str) -> str:
    return text.strip()[:40]
