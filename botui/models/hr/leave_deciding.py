"""What becomes of leave that is asked for: approved by one or two, refused, cancelled, cut short; its paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from botui.models.base import Arguments, Change, Line, Refused, Ui
from botui.models.hr.leave import Leave, LeaveType, State
from botui.models.hr.leave_asking import hr_of, use
from botui.models.hr.leave_days import shares
from botui.models.hr.leave_fit import refuse_too_much
from botui.models.hr.leave_ledger import Ledger
from botui.models.office import Context, Person, Role


class Refuse(Arguments):
    """Why it is not approved."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="Reason", help="Whose leave it is sees it.")]


class Cancel(Arguments):
    """From when on it is not taken."""

    back: Annotated[
        date | None, Ui(label="First day back", help="Empty = all of it; of leave that has begun: today.")
    ] = None


class Attach(Arguments):
    """The paper that shows it."""

    document: Annotated[int, Ui(label="Paper", ref="documents", help="A document, such as a doctor's note.")]


class AskInstead(Arguments):
    """Who decides instead."""

    to: Annotated[int, Ui(label="Who approves", ref="people", help="A manager, or somebody of HR.")]


def kind_of(ctx: Context, leave: Leave) -> LeaveType:
    """Return the type of a leave.

    Raises:
        Refused: it is gone.
    """
    found = ctx.data.get(LeaveType, leave.type)
    if found is None:
        raise Refused("Its type is gone: run botui check.")
    return found


# --- yes and no -------------------------------------------------------------------------------------------------------


def not_own(ctx: Context, leave: Leave) -> str | None:
    """Guard of approve and refuse: not of one's own, and who agreed before HR does not decide once more for HR."""
    if ctx.by == leave.person:
        return "Nobody approves their own leave."
    return f"You agreed; {ctx.person(leave.approver)} of HR decides." if ctx.by == leave.agreed_by else None


def approve(ctx: Context, leave: Leave, _: object) -> Change:
    """Say yes; where HR has to as well, HR is asked then. The last yes takes it off the balance.

    Raises:
        Refused: there is not enough left any more.
    """
    kind, name = kind_of(ctx, leave), ctx.person(leave.person)
    days = shares(ctx, leave, kind.unit)
    refuse_too_much(ctx, leave, kind, days)
    change = Change("leave.approve")
    if leave.hr_too and leave.agreed_by is None and Role.HR not in ctx.roles:
        second = hr_of(ctx, leave.model_copy(update={"agreed_by": ctx.by}))
        if second is not None:
            change.said = f"{leave.ref} of {name}: agreed; {ctx.person(second)} of HR approves it."
            return change.set(leave, agreed_by=ctx.by, approver=second)
    change.said = f"{leave.ref} of {name} is approved."
    approved = {**_decided(ctx, leave), "state": State.APPROVED, "amount": sum(days.values(), Decimal(0))}
    return use(ctx, change.set(leave, **approved), leave, kind)


def refuse(ctx: Context, leave: Leave, args: Refuse) -> Change:
    """Say no, and why."""
    change = Change("leave.refuse", f"{leave.ref} is refused; {ctx.person(leave.person)} sees why.")
    return change.set(leave, state=State.REFUSED, answer=args.reason, **_decided(ctx, leave))


def _decided(ctx: Context, leave: Leave) -> dict[str, Any]:
    stands_for = leave.approver if leave.approver != ctx.by else None
    return {"decided_by": ctx.by, "decided_for": stands_for, "decided_at": ctx.now}


def not_to_hand_over(ctx: Context, leave: Leave) -> str | None:
    """Guard of handing over: it is for who is asked, or HR."""
    if ctx.by == leave.approver or not ctx.roles.isdisjoint({"hr", "system"}):
        return None
    return f"{ctx.person(leave.approver)} is asked to approve it."


def hand_over(ctx: Context, leave: Leave, args: AskInstead) -> Change:
    """Let somebody else decide.

    Raises:
        Refused: they may not.
    """
    person = ctx.data.get(Person, args.to)
    if person is None or not person.active or {Role.MANAGER, Role.HR}.isdisjoint(person.roles):
        raise Refused("A manager decides about leave, or HR.", {"to": "A manager, or somebody of HR."})
    if person.id in (leave.person, leave.approver, leave.agreed_by):
        raise Refused(f"{person.name} does not decide about it instead.", {"to": "Somebody else, please."})
    return Change("leave.handover", f"{person.name} is asked about {leave.ref}.").set(leave, approver=person.id)


# --- not taken --------------------------------------------------------------------------------------------------------


def not_to_cancel(ctx: Context, leave: Leave) -> str | None:
    """Guard of cancel: it is for whose leave it is, or HR; what is over only for HR."""
    if not ctx.roles.isdisjoint({"hr", "system"}):
        return None
    if ctx.by != leave.person:
        return f"Only {ctx.person(leave.person)} or HR cancels it."
    return "It is over: HR can correct it." if leave.state is State.TAKEN else None


def cancel(ctx: Context, leave: Leave, args: Cancel) -> Change:
    """Give leave up, or the rest of it: what is not taken comes back to the balance.

    Raises:
        Refused: the day back is after its end, or of leave that is over it is not said.
    """
    change = Change("leave.cancel")
    if leave.state is State.ASKED:
        change.said = f"{leave.ref} is cancelled."
        return change.set(leave, state=State.CANCELLED, amount=Decimal(0))
    back = args.back or (leave.starts if leave.starts >= ctx.today else ctx.today)
    if args.back is None and leave.state is State.TAKEN:
        raise Refused("From which day on were they back?", {"back": f"Such as {leave.starts:%d.%m.%Y}, for all of it."})
    if back > leave.until:
        raise Refused("It ends before that day.", {"back": f"{leave.until:%d.%m.%Y} or earlier."})
    if args.back is not None and back < ctx.today and ctx.by == leave.person and leave.starts < ctx.today:
        raise Refused("That day has passed: HR can enter it.", {"back": "Today or later."})
    kind = kind_of(ctx, leave)
    before = shares(ctx, leave, kind.unit)
    kept = sum((amount for day, amount in before.items() if day < back), Decimal(0))
    whole = back <= leave.starts or not kept
    more = max(leave.amount - kept, Decimal(0))
    if kind.counted:
        ledger = Ledger(ctx, change)
        more = ledger.give_back(leave, before, None if whole else back)
        ledger.close()
    left: dict[str, Any] = {"amount": leave.amount - more, "cut": back}
    if whole:
        left = {"state": State.CANCELLED, "amount": Decimal(0), "cut": leave.starts}
    change.set(leave, **left)
    rest = "is cancelled" if whole else f"ends early: back on {back:%d.%m.%Y}"
    change.said = f"{leave.ref} of {ctx.person(leave.person)} {rest}."
    return change


# --- its paper --------------------------------------------------------------------------------------------------------


def not_to_attach(ctx: Context, leave: Leave) -> str | None:
    """Guard of attach: it is for whose leave it is, or HR."""
    if ctx.by == leave.person or not ctx.roles.isdisjoint({"hr", "system"}):
        return None
    return f"Only {ctx.person(leave.person)} or HR attaches its paper."


def attach(ctx: Context, leave: Leave, args: Attach) -> Change:
    """Keep which document shows it."""
    return Change("leave.attach", f"{leave.ref} has its paper.").set(leave, document=args.document)
