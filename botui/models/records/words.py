"""Words of sentences about papers and money: the party that is named, and the amount."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, Final

from botui.models.base import fold
from botui.models.base.figure import with_point

Look = Callable[[str], Iterable[Any]]
"""Gives the records in use of a collection that whoever types may look at."""
Said = tuple[str, dict[str, Any]]
"""A collection, and what the fields of its form are to hold."""
_FIGURE: Final = re.compile(r"[0-9][0-9.,']{0,13}(?<=[0-9])", re.ASCII)
_AMOUNT_MAX: Final = Decimal("9999999.99")


def party_in(folded: Sequence[str], look: Look) -> tuple[Any | None, int]:
    """Return the one party that the first words name, and how many those are: its whole name, else a word of it."""
    parties = [(fold(one.name).split(), one) for one in look("parties")]
    whole = [(len(name), one) for name, one in parties if name and list(folded[: len(name)]) == name]
    if whole:
        longest = max(count for count, _ in whole)
        found = [one for count, one in whole if count == longest]
        return (found[0], longest) if len(found) == 1 else (None, 0)
    near = [one for name, one in parties if folded and folded[0] in name]
    return (near[0], 1) if len(near) == 1 else (None, 0)


def amount_in(word: str) -> Decimal | None:
    """Return the amount that a word is; None = it is none, or could be two."""
    digits = word.strip("€$£")
    if not _FIGURE.fullmatch(digits):
        return None
    found = {Decimal(one) for mark in ".," if (one := with_point(digits, mark)) is not None}
    amount = found.pop() if len(found) == 1 else Decimal(0)
    return amount if 0 < amount <= _AMOUNT_MAX and amount == round(amount, 2) else None
