"""What follows from leave that is approved, cancelled or cut short: who is away when, and who stands in."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, TypeVar

from botui.models.base import Between, Change, Record, Refused
from botui.models.hr.leave import Absence, Leave, Part, State
from botui.models.office import Context, Person, Presence, StandIn
from botui.models.office.pending import ahead
from botui.models.office.standins import ComeBack, back_at, come_back, refuse_unfit

R = TypeVar("R", bound=Record)
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
    for name, number in [*change.puts]:
        if name == Absence.COLLECTION:
            _presence(ctx, change, number)


def days_of(leave: Leave) -> tuple[date, date] | None:
    """Return the first and the last day on which somebody is away by a leave; None = on none."""
    if leave.state not in _HOLDS and (leave.state is not State.CANCELLED or leave.cut is None):
        return None
    return (leave.starts, leave.until) if leave.starts <= leave.until else None


def _absence(ctx: Context, change: Change, number: int, leave: Leave | None, days: tuple[date, date] | None) -> None:
    if any(one.leave == number for one in _put(ctx, change, Absence)):
        return  # an undo has put it back already, or taken it away
    there = next(iter(ctx.data.find(Absence, leave=number)), None)
    if leave is None or leave.person is None or days is None:
        if there is not None:
            change.remove(there)
        return
    values: dict[str, Any] = {
        "person": leave.person,
        "starts": days[0],
        "ends": days[1],
        "part": leave.part,
        "hours": leave.hours,
    }
    if there is None:
        change.add(Absence(id=ctx.data.new_id(Absence), leave=number, **values))
    else:
        change.set(there, **values)


def _stand_in(ctx: Context, change: Change, leave: Leave, days: tuple[date, date] | None) -> None:
    """Let whoever was named stand in on all days of it, where nobody does yet and they can."""
    if any(one.person == leave.person and one.starts == leave.starts for one in _put(ctx, change, StandIn)):
        return
    there = _there(ctx, leave)
    if days is None or leave.stand_in is None:
        if there is not None:
            _end(ctx, change, there)
    elif there is not None:
        change.set(there, ends=days[1])
    elif days[1] >= ctx.today and leave.part is Part.WHOLE and leave.hours is None:
        new = StandIn(id=0, person=leave.person or 0, starts=days[0], ends=days[1], stand_in=leave.stand_in)
        try:
            _refuse_away(ctx, new)
            refuse_unfit(ctx, new)
        except Refused as error:
            change.said += f" Nobody stands in: {error}"
        else:
            change.add(new.model_copy(update={"id": ctx.data.new_id(StandIn)}))


def _refuse_away(ctx: Context, new: StandIn) -> None:
    """Refuse a stand-in who has leave on one of these days; who stands in for whom is looked at with it.

    Raises:
        Refused: they have.
    """
    last = Between(low=new.starts.isoformat())
    there = ctx.data.find(Absence, person=new.stand_in, ends=last)
    if any(one.all_day and one.starts <= new.ends for one in there):
        raise Refused(f"{ctx.person(new.stand_in)} is away then, too.")


def _end(ctx: Context, change: Change, there: StandIn) -> None:
    """Let a stand-in end; of one that has begun what was handed over comes back."""
    back = come_back(ctx, there, ComeBack()) if there.begun_at is not None else None
    if back is not None and change.puts.keys().isdisjoint(back.puts):
        change.join(back)
    else:
        change.set(there, ended_at=ctx.now)


def _presence(ctx: Context, change: Change, number: int) -> None:
    """Let the directory say of whoever is away by an absence, and now is not or not so long, when they are in again."""
    was, now = ctx.data.get(Absence, number), ahead(ctx, change, Absence, number)
    if was is None or was.begun_at is None or was.ended_at is not None or (now is not None and now.ends == was.ends):
        return
    person = ahead(ctx, change, Person, was.person)
    if person is None or person.presence is not Presence.AWAY or person.back_at != back_at(ctx, was.ends):
        return
    if now is None or now.ends < ctx.today:
        change.set(person, presence=Presence.IN, back_at=None)
    else:
        change.set(person, back_at=back_at(ctx, now.ends))


def _there(ctx: Context, leave: Leave) -> StandIn | None:
    """Return the stand-in that was filed with a leave, where it has not ended."""
    found = ctx.data.find(StandIn, person=leave.person, starts=leave.starts.isoformat(), ended_at=None)
    return next((one for one in found if one.stand_in == leave.stand_in), None)


def _put(ctx: Context, change: Change, kind: type[R]) -> list[R]:
    """Return the records of a kind that a change touches, as they will be, or as they were where they go."""
    numbers = [number for name, number in change.puts if name == kind.COLLECTION]
    found = (ahead(ctx, change, kind, number) or ctx.data.get(kind, number) for number in numbers)
    return [one for one in found if one is not None]
