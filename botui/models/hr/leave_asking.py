"""Asking for leave: for whom, what it takes, and who says yes to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from botui.models.base import Change, Refused
from botui.models.hr.leave import Chain, Leave, LeaveType, State
from botui.models.hr.leave_days import shares
from botui.models.hr.leave_fit import refuse_unfit
from botui.models.hr.leave_ledger import Ledger
from botui.models.hr.reporting_lines import manager
from botui.models.office import Context, Person, Role
from botui.models.office.approving import may_be_asked

_TYPED: Final = ("type", "starts", "ends", "part", "hours", "stand_in", "reason", "person")
_MANAGERS: Final = frozenset({Role.MANAGER})
_HR: Final = frozenset({Role.HR})


def create(ctx: Context, leave: Leave) -> Change:
    """Ask for leave; what nobody has to approve is approved at once.

    Raises:
        Refused: it is for somebody for whom whoever acts does not ask, cannot be, or nobody can approve it.
    """
    new = leave.model_copy(update={"person": leave.person or ctx.by})
    _refuse_others(ctx, new)
    new, kind = _reckoned(ctx, new)
    change = Change("leave.add")
    asked = {"created_at": ctx.now, "created_by": ctx.by}
    if kind.chain is Chain.NONE:
        new = new.model_copy(update={**asked, "state": State.APPROVED, "decided_at": ctx.now})
        change.add(new)
        paper = ": a paper is wanted (a)" if new.proof and not new.document else ""
        change.said = f"{new.ref} is entered for {ctx.person(new.person)}{paper}."
        return use(ctx, change, new, kind)
    new = new.model_copy(update={**asked, **chain(ctx, new, kind)})
    change.said = f"{new.ref} is asked for; {ctx.person(new.approver)} approves it."
    return change.add(new)


def use(ctx: Context, change: Change, leave: Leave, kind: LeaveType) -> Change:
    """Book what a leave takes, where its type has a balance."""
    if kind.counted:
        ledger = Ledger(ctx, change)
        ledger.use(leave, shares(ctx, leave, kind.unit))
        ledger.close()
    return change


def revise(ctx: Context, before: Leave, after: Leave) -> Change:
    """Change what is asked for; it is approved anew.

    Raises:
        Refused: it is decided already, is somebody else's, or cannot be as it is then.
    """
    changed = {name for name in _TYPED if getattr(before, name) != getattr(after, name)}
    refuse_fixed(ctx, before, dict.fromkeys(changed))
    new = after.model_copy(update={"person": after.person or before.person})
    if ctx.by not in (before.person, before.created_by):
        _refuse_others(ctx, before)
    _refuse_others(ctx, new)
    new, kind = _reckoned(ctx, new)
    values = {name: getattr(new, name) for name in (*_TYPED, "amount", "proof")} | chain(ctx, new, kind)
    change = Change("leave.edit", f"{before.ref} is changed; {ctx.person(values['approver'])} approves it.")
    return change.set(before, **values)


def refuse_fixed(_: Context, leave: Leave, values: Mapping[str, Any]) -> None:
    """Do nothing unless what was decided on is changed after that.

    Raises:
        Refused: it is.
    """
    fixed = {"type", "starts", "ends", "part", "hours", "person"}.intersection(values)
    if leave.state is not State.ASKED and "state" not in values and fixed:
        said = f"{leave.ref} is {leave.state.label}: cancel it (C) and ask anew."
        raise Refused(said, dict.fromkeys(fixed, "This was decided on."))


def _refuse_others(ctx: Context, leave: Leave) -> None:
    """Refuse to ask for somebody else's leave, but for HR and their manager."""
    if leave.person is None:
        raise Refused("Whose leave is it?", {"person": "Somebody who works here, please."})
    hr = not ctx.roles.isdisjoint({"hr", "system"})
    if not hr and ctx.by != leave.person and manager(ctx, leave.person) != ctx.by:
        raise Refused("Only they themselves, their manager or HR ask for it.", {"person": "Not yours to ask for."})


def _reckoned(ctx: Context, leave: Leave) -> tuple[Leave, LeaveType]:
    """Return a leave as it is filed, with what it takes, and its type."""
    kind = ctx.data.get(LeaveType, leave.type)
    if kind is None:
        raise Refused("There is no such type of leave.", {"type": "One of the list, please (F4)."})
    typed = {name: getattr(leave, name) for name in _TYPED}
    new = Leave(id=leave.id, **{**typed, "ends": leave.last})
    amount = refuse_unfit(ctx, new, kind)
    days = len(shares(ctx, new, kind.unit))
    proof = kind.proof_from is not None and days >= kind.proof_from
    return new.model_copy(update={"amount": amount, "proof": proof, "document": leave.document}), kind


# --- who says yes -----------------------------------------------------------------------------------------------------


def chain(ctx: Context, leave: Leave, kind: LeaveType) -> dict[str, Any]:
    """Return who approves a leave first, and whether HR does after them.

    Raises:
        Refused: nobody can.
    """
    by_hr = hr_of(ctx, leave)
    own = (leave.person,)
    asks = replace(ctx, by=leave.person)
    managers = may_be_asked(asks, "leave", own, _MANAGERS)
    first = manager(ctx, leave.person) or (managers[0].id if len(managers) == 1 else by_hr)
    if first is None:
        raise Refused("Nobody can approve it: HR says in their file who manages them.")
    person = ctx.data.get(Person, first)
    too = kind.chain is Chain.BOTH and by_hr is not None and not (person and Role.HR in person.roles)
    return {"approver": first, "hr_too": too, "agreed_by": None}


def hr_of(ctx: Context, leave: Leave) -> int | None:
    """Return who of HR decides about somebody's leave: one who is here before one who is away; None = nobody can."""
    asks = replace(ctx, by=leave.person)
    found = may_be_asked(asks, "leave", (leave.person, leave.agreed_by), _HR)
    found.sort(key=lambda one: (one.presence == "away", one.id))
    return found[0].id if found else None
