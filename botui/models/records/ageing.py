"""How late bills are: what is open of each on a day, and in which band of age it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from botui.models.records.bill import Bill, Direction, Payment, is_booked

BANDS: Final = ("not due", "1-30 days", "31-60 days", "61-90 days", "over 90 days")
"""Bands of age, as accountants cut them: by whole days since a bill was due."""
_UPPER: Final = (0, 30, 60, 90)
USUAL_DAYS: Final = 30
"""Days to pay where nobody agreed on any (Directive 2011/7/EU, article 3)."""


@dataclass(frozen=True, slots=True)
class Aged:
    """What is open of one bill on a day.

    Attributes:
        balance: what is still to be paid; of a credit note below zero.
        days: days since it was due; zero or less = it is not due yet.
    """

    bill: Bill
    balance: Decimal
    days: int

    @property
    def band(self) -> int:
        """The place of its band in ``BANDS``."""
        return band_of(self.days)


def band_of(days: int) -> int:
    """Return the place in ``BANDS`` of what was due so many days ago."""
    return sum(days > upper for upper in _UPPER)


def due_of(bill: Bill, today: date) -> date:
    """Return when a bill is due; one that does not say so is due after the usual days."""
    return bill.due or (bill.dated or today) + timedelta(days=USUAL_DAYS)


def paid_by(payments: Iterable[Payment], on: date) -> dict[int, Decimal]:
    """Return what was paid of each bill by the end of a day, with the sign of the bill: what was taken back is not.

    Args:
        payments: of bills of either direction; what we pay goes out, so that the sign of the bill is the other one.
        on: the day.
    """
    found: defaultdict[int, Decimal] = defaultdict(Decimal)
    for one in payments:
        if one.bill is not None and one.on <= on and (one.reversed_on is None or one.reversed_on > on):
            found[one.bill] += one.amount
    return found


def stood(bill: Bill, on: date) -> bool:
    """Return whether a bill stood in the books as a day ended, which it may have left since."""
    return is_booked(bill) or (bill.voided_on is not None and bill.voided_on > on)


def aged(bills: Iterable[Bill], payments: Iterable[Payment], on: date) -> Iterator[Aged]:
    """Yield what was open on a day, of every bill that stood in the books with a date on it up to then.

    Args:
        bills: those to look at.
        payments: of these bills.
        on: the day, as it ended.
    """
    paid = paid_by(payments, on)
    for bill in bills:
        if bill.dated is None or bill.dated > on or not stood(bill, on):
            continue
        moved = paid.get(bill.id, Decimal(0))
        balance = bill.amount - (moved if bill.direction is Direction.OWED else -moved)
        if balance:
            yield Aged(bill, balance, (on - due_of(bill, on)).days)


def sums(found: Collection[Aged]) -> Mapping[tuple[Direction, int], tuple[Decimal, ...]]:
    """Return for each direction and party what is open in each band."""
    rows: defaultdict[tuple[Direction, int], list[Decimal]] = defaultdict(lambda: [Decimal(0)] * len(BANDS))
    for one in found:
        rows[one.bill.direction, one.bill.party][one.band] += one.balance
    return {key: tuple(row) for key, row in rows.items()}


def late_words(days: int) -> str:
    """Return how late something is in words; nothing if it is not."""
    return "" if days <= 0 else "1 day late" if days == 1 else f"{days:,} days late"
