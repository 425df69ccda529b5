"""What follows from leave that is approved, cancelled or cut short: who is away when, and who stands in."""

from __future__ import annotations

from datetime import date
from typing import Final

from botui.models.base import Change, Refused
from botui.models.hr.leave import Absence, Leave, Part, State
from botui.models.office import Context, StandIn
from botui.models.office.pending import ahead
from botui.models.office.standins import refuse_unfit

_HOLDS: Final = frozenset({State.APPROVED, State.TAKEN})
"""States of a leave in which somebody is away by it."""


def follow(ctx: Context, change: Change) -> None:
    """Let absences and stand-ins be those of the leave that a change touches."""
    for name, number in [*change.puts]:
        if name == Leave.COLLECTION:
            leave = ahead(ctx, change, Leave, number)
            days = None if leave is None else days_of(leave)
            _absence(ctx, change, number, leave, days)
            if leave is not None:
                _stand_in(ctx, change, leave, days)


def days_of(leave: Leave) -> tuple[date, date] | None:
    """Return the first and the last day on which somebody is away by a leave; None = on none."""
    if leave.state not in _HOLDS and (leave.state is not State.CANCELLED or leave.cut is None):
        return None
    return (leave.starts, leave.until) if leave.starts <= leave.until else None


def _absence(ctx: Context, change: Change, number: int, leave: Leave | None, days: tuple[date, date] | None) -> None:
    there = next(iter(ctx.data.find(Absence, leave=number)), None)
    if there is not None and (Absence.COLLECTION, there.id) in change.puts:
        return  # an undo has put it back already
    if leave is None or leave.person is None or days is None:
        if there is not None:
            change.remove(there)
        return
    first, last = days
    if there is None:
        new = ctx.data.new_id(Absence)
        change.add(
            Absence(
                id=new,
                person=leave.person,
                starts=first,
                ends=last,
                part=leave.part,
                hours=leave.hours,
                leave=number,
            )
        )
    else:
        change.set(there, person=leave.person, starts=first, ends=last, part=leave.part, hours=leave.hours)


def _stand_in(ctx: Context, change: Change, leave: Leave, days: tuple[date, date] | None) -> None:
    """Let whoever was named stand in on all days of it, where nobody does yet and they can."""
    there = _there(ctx, leave)
    if there is not None and (there.COLLECTION, there.id) in change.puts:
        return
    if days is None or leave.stand_in is None:
        if there is not None and there.begun_at is None:
            change.set(there, ended_at=ctx.now)
    elif there is not None:
        if there.ends != days[1]:
            change.set(there, ends=days[1])
    elif days[1] >= ctx.today and leave.part is Part.WHOLE and leave.hours is None and not _filed(change, leave):
        new = StandIn(id=0, person=leave.person or 0, starts=days[0], ends=days[1], stand_in=leave.stand_in)
        try:
            refuse_unfit(ctx, new)
        except Refused as error:
            change.said += f" Nobody stands in: {error}"
            return
        change.add(new.model_copy(update={"id": ctx.data.new_id(StandIn)}))


def _there(ctx: Context, leave: Leave) -> StandIn | None:
    """Return the stand-in that was filed with a leave, where it has not ended."""
    found = ctx.data.find(StandIn, person=leave.person, starts=leave.starts.isoformat(), ended_at=None)
    return next((one for one in found if one.stand_in == leave.stand_in), None)


def _filed(change: Change, leave: Leave) -> bool:
    """Return whether this very change files who stands in."""
    wanted = {"person": leave.person, "starts": leave.starts.isoformat()}
    return any(
        name == StandIn.COLLECTION and wanted.items() <= put.fields.items() for (name, _), put in change.puts.items()
    )
