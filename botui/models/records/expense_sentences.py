"""The short sentence about money that somebody paid for the office: ``expense 12.50 taxi``, ``claim taxi 12,50``.

It reads the words of a sentence and answers what the form of a line is to hold, or None where it is none of its;
nothing is ever filed here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from botui.models.base import clean, fold
from botui.models.office.spoken import stem
from botui.models.records.words import amount_in

_FIRST: Final = frozenset({"expense", "claim", "spent"})
"""Words by which it begins, without an s."""
_LITTLE: Final = frozenset({"for", "on", "eur", "usd", "gbp", "chf", "€", "$", "£"})
"""Words that stand beside the amount and say nothing."""
_MOST: Final = 80
"""Characters that fit in what a line is for."""


def spent(words: Sequence[str], look: Callable[[str], Iterable[Any]]) -> tuple[str, dict[str, Any]] | None:
    """Read what was paid and for what, and under which category where its name is one of the words.

    Of two numbers nobody knows which one is the amount, unless one of them has cents.
    """
    if len(words) < 2 or stem(fold(words[0])) not in _FIRST:
        return None
    rest = [word for word in words[1:] if fold(word) not in _LITTLE]
    amounts = {at: amount for at, word in enumerate(rest) if (amount := amount_in(word)) is not None}
    exact = [at for at in amounts if any(sign in rest[at] for sign in ".,")]
    sure = exact if len(exact) == 1 else [*amounts]
    if len(sure) != 1:
        return None
    what = [word for at, word in enumerate(rest) if at != sure[0]]
    said = {stem(word) for word in what}
    values: dict[str, Any] = {"amount": amounts[sure[0]]}
    if what:
        values["what"] = clean(" ".join(what))[:_MOST]
    fits = [one.id for one in look("chart") if said & {stem(word) for word in one.name.split()} and _out(one)]
    if len(fits) == 1:
        values["category"] = fits[0]
    return "outlays", values


def _out(category: Any) -> bool:
    return bool(category.active and category.side == "expense")
