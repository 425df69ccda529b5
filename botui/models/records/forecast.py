"""What money will be at hand: what there is, what is due to come in, and what is due to go out, week by week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from botui.models import calendar
from botui.models.office import Context, Party
from botui.models.records.ageing import due_of
from botui.models.records.bill import DUE, Bill, Direction, State
from botui.models.records.billing import days_to_pay
from botui.models.records.books import books
from botui.models.records.expense import Expense
from botui.models.records.expense import State as Claim
from botui.models.records.naming import BANK, CASH, CHEQUES, UNDER_WAY
from botui.models.records.posted import balances, is_under
from botui.models.records.standing import Standing

WEEKS: Final = 13
"""Weeks that are looked ahead: a quarter, as is usual for a forecast of cash."""
AT_HAND: Final = (BANK, CASH, UNDER_WAY, CHEQUES)
"""Accounts whose money is at hand, or on its way to it."""
_WE_PAY: Final = DUE | {State.RECEIVED, State.CHECKED, State.DISPUTED}
"""What we owe is reckoned with from the day it comes, be it approved or not; what is owed to us once it is sent."""
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Flow:
    """Money that is to move: above zero it comes in."""

    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Week:
    """What a week brings, and what is at hand at its end."""

    since: date
    comes: Decimal
    goes: Decimal
    left: Decimal


def at_hand(ctx: Context, until: date) -> Decimal:
    """Return what is at hand at the end of a day, as the books have it."""
    sums = balances(books(ctx, until))
    return sum((one for name, one in sums.items() if any(is_under(name, root) for root in AT_HAND)), Decimal(0))


def flows(ctx: Context, until: date) -> Iterator[Flow]:
    """Give what is to move, so far as it is known: bills by their due dates, recurring ones to come, claims at once.

    Args:
        ctx: what may be known.
        until: the last day on which a recurring bill is looked for.
    """
    for state in sorted(_WE_PAY):
        for bill in ctx.data.find(Bill, state=state.value):
            ours = bill.direction is Direction.OWE
            yield Flow(due_of(bill, ctx.today), -bill.balance if ours else bill.balance)
    for standing in ctx.data.find(Standing, active=True):
        yield from _to_come(ctx, standing, until)
    for waits in (Claim.SUBMITTED, Claim.APPROVED):
        for claim in ctx.data.find(Expense, state=waits.value):
            yield Flow(ctx.today, -(claim.amount if claim.granted is None else claim.granted))


def _to_come(ctx: Context, standing: Standing, until: date) -> Iterator[Flow]:
    """Give the bills of a recurring one that are not filed yet, by the days on which they will be due."""
    days = days_to_pay(ctx.data.get(Party, standing.party)) if standing.days is None else standing.days
    ours, rule = standing.direction is Direction.OWE, calendar.Recurrence.parse(standing.rule)
    day, left = standing.next_on, standing.left
    while day is not None and day <= until and left != 0:
        yield Flow(day + timedelta(days=days), -standing.amount if ours else standing.amount)
        day, left = rule.next(day), None if left is None else left - 1


def weeks(start: Decimal, moves: list[Flow], since: date, until: date) -> Iterator[Week]:
    """Give the weeks between two days; what was due before them is in the first.

    Args:
        start: what is at hand when they begin.
        moves: what is to move.
        since: the first day.
        until: the last day.
    """
    left, day = start, since
    while day <= until:
        end = min(day + _WEEK - timedelta(days=1), until)
        here = [one.amount for one in moves if (one.on <= end if day == since else day <= one.on <= end)]
        comes = sum((one for one in here if one > 0), Decimal(0))
        goes = -sum((one for one in here if one < 0), Decimal(0))
        left += comes - goes
        yield Week(day, comes, goes, left)
        day += _WEEK
