"""What becomes of a fault, step by step: the values of each, for its own verbs and for those of its tickets."""

from __future__ import annotations

from typing import Any

from botui.models.equipment.downtime import clock
from botui.models.equipment.fault import Fault, State
from botui.models.equipment.register import Register
from botui.models.office import Context


def move(ctx: Context, register: Register, fault: Fault, **values: Any) -> Fault:
    """Give a fault fields; its clock runs or stands still as it is then."""
    moved = register.set(fault, **values)
    return register.set(moved, **clock(ctx, moved))


def looked_at(ctx: Context, fault: Fault, owner: int | None) -> dict[str, Any]:
    """Return the values of a fault that somebody looks at now; that nobody has, it is as it was reported."""
    state = State.REPORTED if owner is None else State.LOOKING
    seen = fault.looked_at or (None if owner is None else ctx.now)
    return {"state": state, "owner": owner, "looked_at": seen, "waiting_for": None, "waiting_until": None}


def given(ctx: Context, fault: Fault, owner: int | None) -> dict[str, Any]:
    """Return the values of a fault that somebody else has now, wherever it is."""
    if fault.state in (State.REPORTED, State.LOOKING):
        return looked_at(ctx, fault, owner)
    return {"owner": owner}


def over(ctx: Context, state: State, outcome: str) -> dict[str, Any]:
    """Return the values of a fault that is over now."""
    return {"state": state, "outcome": outcome, "closed_at": ctx.now, "waiting_for": None, "waiting_until": None}


def again(ctx: Context, fault: Fault) -> dict[str, Any]:
    """Return the values of a fault that is open again: whoever had it has it."""
    back = {"closed_at": None, "outcome": "", "by_guide": False, "reopened": fault.reopened + 1}
    return {**looked_at(ctx, fault, fault.owner), **back}
