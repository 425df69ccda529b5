"""A bill that we owe, from the post to the list of what is to be paid: checked, approved, refused.

What agrees with an order and with what came needs no second yes: the order had its own. Nor does what is within the
limit of whoever checks it. All else is approved by somebody else.
"""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import Field

from botui.models.base import Arguments, Change, Line, Refused, Ui
from botui.models.office import Context, Person, manager_of
from botui.models.office.approving import SPENDS, find_approver
from botui.models.records import on_order
from botui.models.records.agreeing import Agreement, agreement
from botui.models.records.approvers import limit_of
from botui.models.records.bill import Bill, State
from botui.models.records.bill_cost import spend
from botui.models.records.billing import due_words, money

_NOBODY: Final[dict[str, Any]] = {
    "approver": None,
    "approved_by": None,
    "approved_for": None,
    "approved_at": None,
}
_UNCHECKED: Final[dict[str, Any]] = {"checked_at": None, "checked_by": None, "differences": "", "on_order": None}


class Check(Arguments):
    """Why it is right although it differs, and who approves it, if somebody has to."""

    reason: Annotated[Line, Ui(label="Why it is right", help="If it is not as ordered or not as it came.")] = ""
    to: Annotated[int | None, Ui(label="Who approves", ref="people", help="If need be; empty = your manager.")] = None


class Approve(Arguments):
    """A word with the approval."""

    note: Annotated[Line, Ui(label="Note", help="Whoever checked it sees it.")] = ""


class Refuse(Arguments):
    """Why it is not approved."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="Reason", help="Whoever checked it sees it.")]


def nothing_to_check(ctx: Context, bill: Bill) -> str | None:
    """Guard of check: it comes to nothing yet."""
    return None if bill.amount else "It comes to nothing yet: how much is it (e), or what is on it (n)?"


def check(ctx: Context, bill: Bill, args: Check) -> Change:
    """Say that a bill is right; it is to be paid then, or goes to whoever approves it, or to somebody else than before.

    Raises:
        Refused: it differs and nobody says why it is right, or nobody is there to approve it.
    """
    agreed = agreement(ctx, bill)
    if agreed is not None and agreed.differences and not args.reason:
        said = f"{agreed.said} Say why it is right even so, or dispute it (D)."
        raise Refused(said, {"reason": "Such as: price was raised, agreed by phone."})
    change = Change("bills.check", note=args.reason)
    values: dict[str, Any] = {
        "checked_at": ctx.now,
        "checked_by": ctx.by,
        "differences": "\n".join(agreed.differences) if agreed else "",
        "on_order": bill.on_order if bill.state is State.CHECKED else on_order.note(ctx, change, bill),
        "reason": args.reason,
    }
    if why := _no_second(ctx, bill, agreed):
        said = _approved(ctx, change, bill, values)
        change.said = f"{bill.ref} is checked{' and to be paid' if bill.amount > 0 else ''}: {why}.{said}"
        return change
    limit = limit_of(ctx)
    asked = f"{money(ctx, bill.amount)} is more than the {limit:,.2f} that need nobody else."
    own = (ctx.by, bill.created_by)
    approver = find_approver(ctx, args.to or manager_of(ctx, ctx.by), bill.COLLECTION, own, why=asked)
    change.said = f"{bill.ref} is checked; {approver.name} approves it."
    return change.set(bill, **values, **_NOBODY | {"approver": approver.id, "state": State.CHECKED})


def _no_second(ctx: Context, bill: Bill, agreed: Agreement | None) -> str:
    """Return why nobody else has to approve a bill; nothing if somebody has to."""
    if bill.amount < 0:
        return "it is a credit note, J sets it against a bill"
    if agreed is not None and not agreed.differences:
        return f"it is as ordered ({agreed.order.ref}) and as it came"
    limit = limit_of(ctx)
    if limit is None:
        return "the office sets no limit"
    return f"it is within {money(ctx, limit)}" if bill.amount <= limit else ""


def _approved(ctx: Context, change: Change, bill: Bill, values: dict[str, Any]) -> str:
    """Let a bill be to be paid, with what follows from it; return what more there is to say."""
    entry, said = spend(ctx, change, bill)
    done = {"state": State.APPROVED, "approved_by": ctx.by, "approved_at": ctx.now, "cost": entry}
    change.set(bill, **_NOBODY | done | values)
    return said


def not_own(ctx: Context, bill: Bill) -> str | None:
    """Guard of approve and refuse: who took it in or checked it says neither, nor who approves nothing any more."""
    if ctx.by in (bill.created_by, bill.checked_by):
        return "Nobody approves what they took in or checked."
    approver = ctx.data.get(Person, bill.approver or 0)
    if approver is not None and SPENDS.isdisjoint(approver.roles):
        return f"{approver.name} approves no bills any more: whoever checked it asks somebody else (c)."
    return None


def approve(ctx: Context, bill: Bill, args: Approve) -> Change:
    """Say yes: it is to be paid."""
    change = Change("bills.approve", note=args.note)
    stands_for = bill.approver if bill.approver != ctx.by else None
    said = _approved(ctx, change, bill, {"approver": bill.approver, "approved_for": stands_for})
    change.said = f"{bill.ref} is approved: {money(ctx, bill.amount)} are to be paid{due_words(ctx, bill)}.{said}"
    return change


def refuse(ctx: Context, bill: Bill, args: Refuse) -> Change:
    """Say no, and why: it is to be checked again."""
    change = Change("bills.refuse")
    on_order.take_off(ctx, change, bill)
    change.said = f"{bill.ref} is to be checked again; {ctx.person(bill.checked_by)} sees why."
    return change.set(bill, state=State.RECEIVED, reason=args.reason, **_NOBODY | _UNCHECKED)
