"""What becomes of an expense claim: submitted, approved by somebody else, in part where need be, refused, cancelled."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import Field

from botui.models.base import Arguments, Change, Line, Refused, Ui, plural
from botui.models.office import Context, Money, Person, may_approve_for
from botui.models.office.approving import SPENDS, find_approver, usual_approver
from botui.models.records.expense import Expense, Outlay, State
from botui.models.records.expense_filing import cannot_write, lines_of, money, refuse_unfit

_UNDECIDED: Final[dict[str, Any]] = {"approved_by": None, "approved_for": None, "approved_at": None, "granted": None}


class Submit(Arguments):
    """Who is asked to approve it."""

    to: Annotated[int | None, Ui(label="Who approves", ref="people", help="Empty = your manager.")] = None


class Approve(Arguments):
    """A word with the approval."""

    note: Annotated[Line, Ui(label="Note", help="Whoever claims it sees it.")] = ""


class Refuse(Arguments):
    """Why it is not approved."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="Reason", help="The one who claims it sees it.")]


class ApproveLess(Arguments):
    """How much of a line is paid, and why not all of it."""

    amount: Annotated[Money, Ui(label="Approved", help="What is paid of it; 0 = nothing.")]
    reason: Annotated[Line, Field(min_length=1), Ui(label="Why", help="The one who claims it sees it.")]


class CancelClaim(Arguments):
    """Why it is not claimed any more."""

    reason: Annotated[Line, Ui(label="Why")] = ""


# --- submitting -------------------------------------------------------------------------------------------------------


def not_to_submit(ctx: Context, expense: Expense) -> str | None:
    """Guard of submit: nothing is on it, or it is somebody else's."""
    return cannot_write(ctx, expense) or (None if expense.lines else "Nothing is on it: n adds what was paid.")


def submit(ctx: Context, expense: Expense, args: Submit) -> Change:
    """Ask for the money: somebody who may say yes is asked, and what is claimed stands from now on.

    Raises:
        Refused: nobody can be asked, or a line cannot stay as it is since its category has another limit.
    """
    lines = lines_of(ctx, expense)
    for line in lines:
        try:
            refuse_unfit(ctx, line)
        except Refused as error:
            raise Refused(f"{line.what}: {error}") from error
    approver = _approver(ctx, expense, args.to)
    change = Change("expenses.submit")
    for line in lines:
        change.set(line, approver=approver.id, allowed=None, cut="")
    bare = sum(one.receipt is None for one in lines)
    without = f" {plural(bare, 'line')} without a receipt." if bare else ""
    many = plural(len(lines), "line")
    change.said = f"{expense.ref}, {many}, {money(ctx, expense.amount)}: {approver.name} is asked.{without}"
    asked = {"state": State.SUBMITTED, "submitted_at": ctx.now, "submitted_by": ctx.by, "approver": approver.id}
    return change.set(expense, **asked, reason="", **_UNDECIDED)


def _approver(ctx: Context, expense: Expense, to: int | None) -> Person:
    """Return who is asked: who is named, else who was before, else the manager, else the only one who works as one.

    Raises:
        Refused: nobody is, or it is somebody who may not approve it.
    """
    own = (expense.person, expense.created_by, ctx.by)
    wanted = to or expense.approver or usual_approver(ctx, expense.person, "expenses", own)
    return find_approver(ctx, wanted, "expenses", own, one="claim")


# --- saying yes or no -------------------------------------------------------------------------------------------------


def not_own(ctx: Context, expense: Expense) -> str | None:
    """Guard of approve and refuse: whose it is, or who wrote or submitted it, says neither; nor who has no say now."""
    if ctx.by in (expense.person, expense.created_by, expense.submitted_by):
        return "Nobody approves their own claim."
    approver = ctx.data.get(Person, expense.approver or 0)
    if approver is not None and SPENDS.isdisjoint(approver.roles):
        return f"{approver.name} approves no claims any more: cancel it (C) and claim anew."
    return None


def approve(ctx: Context, expense: Expense, args: Approve) -> Change:
    """Say yes: it is to be paid, as far as its lines are approved.

    Raises:
        Refused: nothing of it is.
    """
    granted = sum((one.granted for one in lines_of(ctx, expense)), Decimal("0.00"))
    if not granted:
        raise Refused(f"Nothing of {expense.ref} is approved: refuse it (B) and say why.")
    less = f" of {money(ctx, expense.amount)}" if granted != expense.amount else ""
    said = f"{expense.ref} is approved: {money(ctx, granted)}{less} for {ctx.person(expense.person)} is to be paid."
    stands_for = expense.approver if expense.approver != ctx.by else None
    done = {"approved_by": ctx.by, "approved_for": stands_for, "approved_at": ctx.now, "granted": granted}
    return Change("expenses.approve", said, note=args.note).set(expense, state=State.APPROVED, reason="", **done)


def refuse(ctx: Context, expense: Expense, args: Refuse) -> Change:
    """Say no, and why: whoever claims it can change it and submit it anew."""
    said = f"{expense.ref} is refused; {ctx.person(expense.person)} sees why."
    done = {"state": State.REFUSED, "reason": args.reason}
    return Change("expenses.refuse", said, note=args.reason).set(expense, **done, **_UNDECIDED)


def not_to_cut(ctx: Context, outlay: Outlay) -> str | None:
    """Guard of approving less of a line: its claim is not to be approved, or not by whoever acts."""
    claim = ctx.data.get(Expense, outlay.expense or 0)
    if claim is None:
        return "Its claim is gone."
    if claim.state is not State.SUBMITTED:
        return f"{claim.ref} is {claim.state.label}."
    if claim.approver != ctx.by and not (claim.approver and may_approve_for(ctx, claim.approver, "expenses")):
        return f"{ctx.person(claim.approver)} is asked to approve it."
    return not_own(ctx, claim)


def approve_less(ctx: Context, outlay: Outlay, args: ApproveLess) -> Change:
    """Let less be paid of a line than is claimed; the claim itself is still to be approved.

    Raises:
        Refused: it is not less.
    """
    if args.amount >= outlay.amount:
        said = f"{outlay.what}: {money(ctx, outlay.amount)} is claimed."
        raise Refused(said, {"amount": f"Less than {outlay.amount:,.2f}, please."})
    said = f"{outlay.what}: {money(ctx, args.amount)} of {outlay.amount:,.2f}; V approves the claim."
    return Change("outlays.correct", said, note=args.reason).set(outlay, allowed=args.amount, cut=args.reason)


def cancel(ctx: Context, expense: Expense, args: CancelClaim) -> Change:
    """Give a claim up that is not paid."""
    change = Change("expenses.cancel", f"{expense.ref} is cancelled: nothing is paid.", note=args.reason)
    on = ctx.today if expense.state is State.APPROVED else None
    return change.set(expense, state=State.CANCELLED, reason=args.reason, cancelled_on=on)


def not_to_cancel(ctx: Context, expense: Expense) -> str | None:
    """Guard of cancel: it is somebody else's, such as of the one who is asked to approve it."""
    if ctx.by in (expense.person, expense.created_by) or ctx.roles & {"clerk", "finance", "system"}:
        return None
    return f"Only {ctx.person(expense.person)} or a clerk cancels it; B refuses it."
