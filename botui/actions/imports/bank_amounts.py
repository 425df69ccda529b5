"""Amounts as banks write them: ``(400.00)``, ``400,00-``, ``1.234,50 EUR``, ``12.00 DR``, ``1'234.50 H``.

An amount of money has two decimals at most, so a single mark before three digits always parts thousands; nothing is
guessed but which mark a file parts its decimals by, and only as far as its figures show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from botui.actions.imports.values import filled
from botui.models.base import Refused
from botui.models.base.figure import with_point

LARGEST: Final = Decimal("9999999.99")
"""The largest amount that a line may have, as everywhere in the records."""
_CENT: Final = Decimal("0.01")
_PLAIN: Final = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2019": "'", "\u2212": "-", "\u2013": "-"}
)
_MONEY: Final = r"[A-Za-z]{3}|[$€£¥₹]"
_AMOUNT: Final = re.compile(
    rf"(?P<open>\()?\s*(?P<before>[-+])?\s*(?P<code>{_MONEY})?\s*(?P<between>[-+])?\s*"
    rf"(?P<digits>[0-9.,' ]*[0-9])(?:[.,]-)?\s*(?P<behind>[-+])?\s*(?P<word>{_MONEY})?\s*(?P<close>\))?"
    r"\s*(?P<side>CR|DR|C|D|H|S)?\.?",
    re.IGNORECASE,
)
"""Brackets, a sign in one of three places, a currency before or behind, and on which side of the account it stands."""
_SIGNS: Final = {"€": "EUR", "£": "GBP"}
_SHOWN: Final = re.compile(r"[0-9]([.,])[0-9]{1,2}(?![0-9.,' ]*[0-9])")
OUT: Final = frozenset({"d", "dr", "debit", "dbit", "s", "soll", "-", "out", "withdrawal", "belastung", "lastschrift"})
"""What says that money went out; the opposite is in ``IN``."""
IN: Final = frozenset({"c", "cr", "credit", "crdt", "h", "haben", "+", "in", "deposit", "gutschrift"})


@dataclass(frozen=True, slots=True)
class Amounts:
    """Reads the amounts of one file.

    Attributes:
        mark: what parts the decimals in it, ``.`` or ``,``; empty = no figure shows it.
        currency: the office's; an amount in another one is refused.
    """

    mark: str
    currency: str

    def read(self, text: str, what: str) -> Decimal | None:
        """Return an amount with its sign, or None for an empty cell.

        Raises:
            Refused: it is none, has fractions of a cent, is beyond any measure or in another currency.
        """
        plain = filled(text.translate(_PLAIN))
        if not plain or plain == "+":
            return None
        found = _AMOUNT.fullmatch(plain) if len(plain) <= 40 else None
        digits = None if found is None else with_point(found["digits"].strip(), self.mark)
        if found is None or digits is None or bool(found["open"]) != bool(found["close"]):
            raise Refused(f"{what}: '{plain[:40]}' is not an amount")
        for code in filter(None, (found["code"], found["word"])):
            self.refuse_other_currency(code, what)
        value = Decimal(digits)
        if value != value.quantize(_CENT):
            raise Refused(f"{what}: '{plain[:40]}' has fractions of a cent")
        if value > LARGEST:
            raise Refused(f"{what}: '{plain[:40]}' is not an amount that can be")
        return _signed(found, value.quantize(_CENT), plain, what)

    def refuse_other_currency(self, text: str, what: str) -> None:
        """Do nothing if a cell says the office's currency, or none.

        Raises:
            Refused: it says another one.
        """
        code = _SIGNS.get(filled(text), filled(text).upper())
        if len(code) == 3 and code.isalpha() and code != self.currency.upper():
            raise Refused(f"{what} is in {code[:3]}; the books here are in {self.currency}")


def _signed(found: re.Match[str], value: Decimal, plain: str, what: str) -> Decimal:
    """Return the amount below zero where its cell says so, once and in one way."""
    signs = [one for one in (found["before"], found["between"], found["behind"]) if one]
    side = (found["side"] or "").casefold()
    if len(signs) + bool(found["open"]) > 1:
        raise Refused(f"{what}: '{plain[:40]}' has two signs")
    minus = signs == ["-"] or bool(found["open"])
    if side in IN and minus:
        raise Refused(f"{what}: '{plain[:40]}' says that it came in, and that it went out")
    return -value if value and (minus or side in OUT) else value


def amounts_of(samples: Iterable[str], mark: str, currency: str) -> Amounts:
    """Return how the amounts of a file are to be read.

    Args:
        samples: the cells in which amounts stand.
        mark: what the map file says; empty = nothing, the figures show it.
        currency: the office's.

    Raises:
        Refused: one figure shows a point before its cents, and another one a comma.
    """
    if mark:
        return Amounts(mark, currency)
    shown: dict[str, str] = {}
    for sample in samples:
        if found := _SHOWN.search(sample):
            shown.setdefault(found[1], sample.strip()[:40])
    if len(shown) > 1:
        both = " and ".join(f"'{one}'" for one in shown.values())
        raise Refused(f"Amounts are written in two ways, {both}: name the mark before the cents in the map file.")
    return Amounts(next(iter(shown), ""), currency)
