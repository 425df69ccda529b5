"""What stands in the books: transactions whose legs come to nothing, and what the accounts come to.

An account is a path of names with colons between, as plain-text accounting writes it: ``expenses:Travel``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from botui.models.base import clean

ROOTS: Final[Mapping[str, str]] = {
    "assets": "A",
    "liabilities": "L",
    "equity": "E",
    "income": "R",
    "expenses": "X",
}
"""The five roots of the books, and the letters by which plain-text accounting knows what they are."""
_PARTS: Final = re.compile(r"[:;|\s]+")
"""What a name of an account has none of: these end it, or part it from the next."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One side of a transaction: above zero it goes into the account (debit), below zero it comes out (credit)."""

    account: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Proof:
    """A balance that somebody else says: what an account must come to right after what was posted before it."""

    account: str
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Posted:
    """A transaction in the books.

    Attributes:
        on: its day.
        ref: the record that it follows from, such as ``B-12``.
        text: what it is for; ``who``: from or to whom, in words.
        legs: at least two, or none and a proof; their sum is nothing.
        proof: a balance that is proved here.
        place: its place among those of one day.
    """

    on: date
    ref: str
    text: str
    legs: tuple[Leg, ...] = ()
    who: str = ""
    proof: Proof | None = None
    place: tuple[int, ...] = (0,)


def posted(on: date, ref: str, text: str, legs: Iterable[tuple[str, Decimal]], who: str = "") -> Posted | None:
    """Return a transaction of accounts and amounts, those of one account together; None where nothing moves."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for account, amount in legs:
        sums[account] += amount
    kept = tuple(Leg(account, amount) for account, amount in sums.items() if amount)
    return Posted(on, ref, text, kept, who) if kept else None


def opposite(one: Posted, on: date, why: str) -> Posted:
    """Return what takes a transaction back, on a day."""
    legs = tuple(Leg(leg.account, -leg.amount) for leg in one.legs)
    return replace(one, on=on, text=f"{one.text} {why}", legs=legs)


def named(root: str, *names: str) -> str:
    """Return the account of these names under a root: ``expenses:Travel``."""
    return ":".join((root, *(_PARTS.sub(" ", clean(name)).strip() or "?" for name in names)))


def balances(books: Iterable[Posted]) -> dict[str, Decimal]:
    """Return what each account comes to, by its name in order."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for one in books:
        for leg in one.legs:
            sums[leg.account] += leg.amount
    return dict(sorted(sums.items()))


def is_under(account: str, root: str) -> bool:
    """Return whether an account is this one or under it."""
    return account == root or account.startswith(f"{root}:")
