"""A statement that a supplier or customer sends, held against our bills and payments: what agrees, what does not."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from botui.models.records.bill import OPEN, Bill, Payment, State
from botui.models.records.doubles import plain_number

_NEAR: Final = timedelta(days=14)
"""Days by which their date of a payment may differ from ours: money is on its way, and is booked when somebody can."""


@dataclass(frozen=True, slots=True)
class Theirs:
    """One line of their statement.

    Attributes:
        amount: what it says is billed; below zero what is credited or paid.
        where: where it stands in their file, for the sentence.
    """

    number: str
    on: date | None
    amount: Decimal
    where: str


@dataclass(frozen=True, slots=True)
class Compared:
    """How their statement and our books go together.

    Attributes:
        agreed: our bills that stand on it with the same amount.
        differ: in words, what stands on both with different amounts.
        theirs: in words, what stands on theirs alone.
        ours: in words, our open bills that do not stand on it.
    """

    agreed: tuple[Bill, ...]
    differ: tuple[str, ...]
    theirs: tuple[str, ...]
    ours: tuple[str, ...]


def compare(lines: Collection[Theirs], bills: Collection[Bill], payments: Collection[Payment]) -> Compared:
    """Hold their statement against what we have of them.

    A line is a bill of ours by its number, else by amount and date; its amount may be that of the whole bill or what is
    open of it. What is below zero may be a payment.
    """
    there = [one for one in bills if one.state is not State.VOID]
    left, paid = list(there), [one for one in payments if one.reversed_at is None]
    agreed, differ, theirs = [], [], []
    for line in lines:
        bill = _bill_of(line, left)
        if bill is not None:
            left.remove(bill)
            if line.amount in (bill.amount, bill.balance):
                agreed.append(bill)
            else:
                differ.append(
                    f"{_named(line)}: {line.amount:,.2f}, {bill.ref} says {bill.amount:,.2f}{_open_words(bill)}"
                )
        elif (payment := _payment_of(line, paid)) is not None:
            paid.remove(payment)
        else:
            theirs.append(f"{_named(line)}: {line.amount:,.2f} ({line.where})")
    last = max((line.on for line in lines if line.on), default=date.max)
    return Compared(tuple(agreed), tuple(differ), tuple(theirs), tuple(_missing(left, last)))


def _named(line: Theirs) -> str:
    return " ".join(filter(None, (line.number or "without a number", f"of {line.on}" if line.on else "")))


def _open_words(bill: Bill) -> str:
    return f", {bill.balance:,.2f} open" if bill.paid and bill.balance else ""


def _bill_of(line: Theirs, bills: Collection[Bill]) -> Bill | None:
    """Return the bill of ours that a line is: by its number, else the only one of this amount and date."""
    wanted = plain_number(line.number)
    if wanted:
        return next((one for one in bills if wanted in (plain_number(one.number), plain_number(one.ref))), None)
    same = [one for one in bills if one.amount == line.amount and one.dated == line.on]
    return same[0] if len(same) == 1 else None


def _payment_of(line: Theirs, payments: Collection[Payment]) -> Payment | None:
    """Return the payment of ours that a line is: of the same amount, the one nearest to its day."""
    fits = [one for one in payments if abs(one.amount) == abs(line.amount) and _near(one.on, line.on)]
    return min(fits, key=lambda one: (abs((one.on - (line.on or one.on)).days), one.id), default=None)


def _near(ours: date, theirs: date | None) -> bool:
    return theirs is None or abs(ours - theirs) <= _NEAR


def _missing(bills: Collection[Bill], last: date) -> Iterator[str]:
    for one in sorted(bills, key=lambda bill: (bill.dated or date.max, bill.id)):
        if one.state in OPEN - {State.DRAFT} and one.balance and (one.dated or date.max) <= last:
            yield f"{one.number or 'without a number'} of {one.dated}: {one.balance:,.2f} open ({one.ref})"
