"""The short sentence about a bill: ``bill Meyer 119.00 R-77``, ``bill to Meyer 50``.

It reads the words of a sentence and answers what the form of a bill is to hold, or None where it is none of its;
nothing is ever filed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from botui.models.base import fold
from botui.models.records.bill import Direction
from botui.models.records.words import Look, Said, amount_in, party_in

_FIRST: Final = frozenset({"bill", "invoice"})
_LITTLE: Final = frozenset({"eur", "usd", "gbp", "chf", "\u20ac", "$", "\u00a3", "no", "no.", "number", "over", "of"})
"""Words that stand between and say nothing."""
_NUMBER_MAX: Final = 40


def billed(words: Sequence[str], look: Look) -> Said | None:
    """Read ``bill [from|to] NAME [AMOUNT] [NUMBER]``: NAME is a customer or supplier; to = they owe us.

    The first word after the name that can be an amount is it; what else is said is its number.
    """
    plain = [fold(word) for word in words]
    if len(words) < 2 or plain[0] not in _FIRST:
        return None
    led = plain[1] in ("from", "to")
    rest = words[1 + led :]
    party, count = party_in(plain[1 + led :], look)
    if party is None:
        return None
    values: dict[str, Any] = {"party": party.id}
    if plain[1] == "to":
        values["direction"] = Direction.OWED
    said = [word for word in rest[count:] if fold(word) not in _LITTLE]
    at = next((at for at, word in enumerate(said) if amount_in(word) is not None), None)
    if at is not None:
        values["amount"] = amount_in(said.pop(at))
    if said:
        values["number"] = " ".join(said)[:_NUMBER_MAX]
    return "bills", values
