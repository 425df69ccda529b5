"""What of claims, cash boxes and cheques waits for a person, what they claimed, and what they can claim."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Final

from botui.models.base import Asked, Between, Offer, Waiting, and_more, plural
from botui.models.office import Context
from botui.models.records.cashbox import Box
from botui.models.records.cheque import Cheque
from botui.models.records.cheque import State as ChequeState
from botui.models.records.expense import Expense, State
from botui.models.records.expense_filing import money

OFFERS: Final = (Offer(label="Money I paid for the office", collection="outlays"),)
PAID_FOR: Final = timedelta(days=14)
"""How long whoever claimed it is told that it was paid."""
COUNT_DAYS: Final = 31
"""Days after which a box with cash in it is to be counted again: once a month, as the books are closed."""
_LOW: Final = Decimal("0.25")
"""Of its float: below it a box is to be topped up."""


def waiting(ctx: Context) -> Iterator[Waiting]:
    """Yield what of claims, boxes and cheques waits for whoever acts."""
    yield from _claims(ctx)
    if ctx.roles & {"clerk", "finance"}:
        yield from _to_pay(ctx)
        yield from _boxes(ctx)
        yield from _cheques(ctx)


def _claims(ctx: Context) -> Iterator[Waiting]:
    """Yield the claims that somebody is asked to approve, and their own that they have not submitted."""
    for one in ctx.data.find(Expense, approver=ctx.by, state=State.SUBMITTED.value):
        why = f"to approve: {money(ctx, one.amount)}, {ctx.person(one.person)}"
        yield _claim(ctx, one, why, "approve", blocking=True)
    for state in (State.REFUSED, State.DRAFT):
        for one in ctx.data.find(Expense, person=ctx.by, state=state.value):
            sum_ = f"{plural(one.lines, 'line')}, {money(ctx, one.amount)}"
            why = f"not approved: {one.reason}" if state is State.REFUSED else f"not submitted: {sum_}"
            yield _claim(ctx, one, why, "submit", active=True)


def _to_pay(ctx: Context) -> Iterator[Waiting]:
    """Yield the claim that was submitted first of those to pay."""
    found = sorted(ctx.data.find(Expense, state=State.APPROVED.value), key=lambda one: (one.submitted_at, one.id))
    for one in found[:1]:
        granted = money(ctx, one.granted or Decimal(0))
        yield _claim(ctx, one, f"to pay: {granted} to {ctx.person(one.person)}{and_more(found)}", "pay")


def _claim(ctx: Context, one: Expense, why: str, verb: str, *, blocking: bool = False, active: bool = False) -> Waiting:
    return Waiting(
        collection="expenses",
        number=one.id,
        what=one.what or one.ref,
        why=why,
        since=one.submitted_at or one.created_at,
        verb=verb,
        blocking=blocking,
        active=active,
    )


def _boxes(ctx: Context) -> Iterator[Waiting]:
    """Yield the boxes that whoever acts keeps, where cash runs out; and those that a second person is to count."""
    for box in ctx.data.find(Box, active=True):
        half = box.off is not None
        if (half and box.first_by != ctx.by) or (not half and box.keeper == ctx.by):
            if why := to_count(ctx, box):
                yield _box(box, why, "count")
            elif box.balance < box.imprest * _LOW:
                yield _box(box, f"only {money(ctx, box.balance)} left: put some in", "receive")


def to_count(ctx: Context, box: Box) -> str:
    """Return why a box is to be counted, in words; empty = it need not be."""
    if box.off is not None:
        return f"counted by {ctx.person(box.first_by)}, a second count is needed"
    if not box.active or not box.balance:
        return ""
    if box.counted_at is None:
        return "never counted yet"
    days = (ctx.today - ctx.settings.local(box.counted_at).date()).days
    return f"counted {plural(days, 'day')} ago" if days > COUNT_DAYS else ""


def _box(box: Box, why: str, verb: str) -> Waiting:
    return Waiting(collection="boxes", number=box.id, what=box.name, why=why, verb=verb, since=box.first_at)


def _cheques(ctx: Context) -> Iterator[Waiting]:
    """Yield the cheque that is to be banked first, and the first one that is too old."""
    tomorrow = (ctx.today + timedelta(days=1)).isoformat()
    in_hand = ctx.data.find(Cheque, state=ChequeState.HELD.value, dated=Between(high=tomorrow))
    stale = ctx.data.find(Cheque, state=ChequeState.STALE.value)
    for found, why, verb in ((in_hand, "in hand: bank it", "bank"), (stale, "too old for the bank", "cancel")):
        for one in sorted(found, key=lambda one: (one.dated, one.id))[:1]:
            yield Waiting(
                collection="cheques",
                number=one.id,
                what=f"Cheque {one.number}, {money(ctx, one.worth)}",
                why=f"{why}{and_more(found)}",
                since=one.created_at,
                verb=verb,
            )


# --- what was claimed -------------------------------------------------------------------------------------------------


def asked(ctx: Context) -> Iterator[Asked]:
    """Yield what whoever acts has claimed, as long as it is not paid, and a while after that."""
    if ctx.by is None:
        return
    for state in (State.SUBMITTED, State.APPROVED, State.PAID):
        for one in ctx.data.find(Expense, person=ctx.by, state=state.value):
            lately = one.paid_on is None or one.paid_on > ctx.today - PAID_FOR
            if lately:
                yield Asked(
                    collection="expenses",
                    number=one.id,
                    what=one.what or one.ref,
                    state=_stands(ctx, one),
                    owner=one.approver if state is State.SUBMITTED else None,
                    since=one.submitted_at,
                )


def _stands(ctx: Context, one: Expense) -> str:
    granted = one.granted if one.granted is not None else one.amount
    less = f" of {one.amount:,.2f}" if granted != one.amount else ""
    return f"{one.state.label}: {money(ctx, granted)}{less}"
