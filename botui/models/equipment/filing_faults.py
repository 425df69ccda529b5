"""Correcting what was typed of a fault, and what follows from it; guides as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Change, Refused
from botui.models.equipment import in_step
from botui.models.equipment.asset import Asset, Category
from botui.models.equipment.fault import Fault, Guide, State, Work
from botui.models.equipment.instead import place_of
from botui.models.equipment.moves import move
from botui.models.equipment.register import Register
from botui.models.equipment.reporting import refuse_gone, under_warranty
from botui.models.equipment.severity import Severity
from botui.models.office import Context
from botui.models.tickets.deadlines import due_after, dues
from botui.models.tickets.shape import STEPS_MAX, steps

_TYPED: Final = ("what", "asset", "place", "body", "severity", "stops", "requester", "vendor")


def revise(ctx: Context, before: Fault, after: Fault) -> Change:
    """Change what was typed of a fault; how bad it is says anew by when, also its tickets.

    Raises:
        Refused: it was joined with another, or it is to be of another asset although something was done already.
    """
    if before.state is State.JOINED:
        raise Refused(f"{before.ref} was joined with another: change that one.")
    changed = {name: getattr(after, name) for name in _TYPED if getattr(after, name) != getattr(before, name)}
    fixed(ctx, before, changed)
    change = Change("faults.edit", f"{before.ref} is changed.")
    register = Register(ctx, change)
    asset = register.get(Asset, after.asset) if after.asset else None
    if "asset" in changed:
        refuse_gone(asset)
        changed["under_warranty"] = under_warranty(ctx, asset)
        if asset and before.place == after.place:
            changed["place"] = place_of(ctx, asset)
    if after.severity is None:
        category = ctx.data.get(Category, asset.category) if asset and asset.category else None
        changed["severity"] = category.severity if category else Severity.S3
    fault = move(ctx, register, before, **changed)
    if fault.severity is not before.severity:
        fault = _by_severity(ctx, change, register, fault)
    if fault.requester != before.requester:
        said = [one for one in in_step.tickets_of(ctx, fault, change) if one.requester == before.requester]
        # of guests' tickets, which are nobody's, the first is the report: the others are other people's
        for one in said if before.requester else said[:1]:
            change.set(one, requester=fault.requester)
    return register.close()


def _by_severity(ctx: Context, change: Change, register: Register, fault: Fault) -> Fault:
    """Let a fault be due as bad as it is now, reckoned from when it was reported, and its tickets, too."""
    if fault.severity is None:
        return fault
    for one in in_step.tickets_of(ctx, fault, change):
        if one.is_active:
            worse = one.model_copy(update={"priority": fault.severity.priority})
            change.set(one, priority=worse.priority, **dues(ctx, worse))
    span = ctx.settings.deadlines(fault.severity.priority)[1]
    return register.set(fault, due=due_after(ctx.settings, fault.created_at or ctx.now, span))


def fixed(ctx: Context, fault: Fault, values: Mapping[str, Any]) -> None:
    """Do nothing unless a fault is to be of another asset although its log says already what was done with this one.

    Raises:
        Refused: it is.
    """
    if "asset" in values and values["asset"] != fault.asset and ctx.data.find(Work, fault=fault.id):
        said = f"{fault.ref} has a log of work on its asset: report the other one anew, and join or close this one."
        raise Refused(said, {"asset": "This stays: work was done."})


def create_guide(_: Context, guide: Guide) -> Change:
    """File a guide.

    Raises:
        Refused: it has too many steps.
    """
    _refuse_many(guide)
    return Change("guides.add", f"{guide.ref} {guide.name} is filed.").add(guide)


def revise_guide(_: Context, before: Guide, after: Guide) -> Change:
    """Change a guide; faults that go by it already keep the steps they have.

    Raises:
        Refused: it has too many steps.
    """
    _refuse_many(after)
    changed = {name: value for name, value in after if value != getattr(before, name)}
    return Change("guides.edit", f"{before.ref} is changed.").set(before, **changed)


def _refuse_many(guide: Guide) -> None:
    lines = [one for one in guide.steps.splitlines() if one.strip()]
    if len(lines) > len(steps(guide.steps)):
        raise Refused(f"A guide has at most {STEPS_MAX} steps.", {"steps": "These are too many."})
