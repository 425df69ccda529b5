"""What of bills waits for a person: to approve, to check, to pay, to send, and who has not paid us."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from botui.models.base import Between, Waiting, and_more
from botui.models.office import Context
from botui.models.records.ageing import late_words
from botui.models.records.bill import DUE, Bill, Direction, State
from botui.models.records.billing import money, party_name

_PAYERS: Final = frozenset({"clerk", "finance"})
"""Who works on bills."""
_SOON_DAYS: Final = 7


def waiting(ctx: Context) -> Iterator[Waiting]:
    """Yield what of bills waits for whoever acts: to approve, refused, and of what all see to, the most pressing."""
    for one in ctx.data.find(Bill, state=State.CHECKED.value, approver=ctx.by):
        yield _waits(ctx, one, f"to approve: {money(ctx, one.amount)}", verb="approve", blocking=True)
    if not _PAYERS & ctx.roles:
        return
    received = ctx.data.find(Bill, state=State.RECEIVED.value)
    for one in received:
        if one.reason and ctx.by in (one.created_by, one.checked_by):
            yield _waits(ctx, one, f"not approved: {one.reason}", verb="check", active=True)
    yield from _first(ctx, [one for one in received if not one.reason], "to check", "check")
    soon = (ctx.today + timedelta(days=_SOON_DAYS)).isoformat()
    due = [one for state in sorted(DUE) for one in ctx.data.find(Bill, state=state.value, due=Between(high=soon))]
    yield from _first(ctx, [one for one in due if one.direction is Direction.OWE], "to pay", "pay")
    late = [one for one in due if one.direction is Direction.OWED and one.due is not None and one.due < ctx.today]
    yield from _first(ctx, late, "they have not paid", "write")
    yield from _first(ctx, ctx.data.find(Bill, state=State.DRAFT.value), "to send", "send")


def _first(ctx: Context, bills: Sequence[Bill], why: str, verb: str) -> Iterator[Waiting]:
    """Yield the bill that is due first, and say how many more there are."""
    for one in sorted(bills, key=lambda bill: (bill.due or date.max, bill.id))[:1]:
        late = late_words((ctx.today - one.due).days) if one.due else ""
        yield _waits(ctx, one, f"{why}{f', {late}' if late else ''}{and_more(bills)}", verb=verb)


def _waits(ctx: Context, one: Bill, why: str, *, verb: str, blocking: bool = False, active: bool = False) -> Waiting:
    return Waiting(
        collection="bills",
        number=one.id,
        what=f"Bill {one.number or one.ref}, {party_name(ctx, one.party)}",
        why=why,
        verb=verb,
        blocking=blocking,
        active=active,
        due=ctx.end_of(one.due) if one.due else None,
        since=one.created_at,
    )
