"""Who is away when: what all who work here may know, by leave and by who stands in for whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from botui.models import calendar
from botui.models.base import Between
from botui.models.hr.leave import Absence, Part
from botui.models.office import Context, Person, Presence, StandIn


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody is away on some days.

    Attributes:
        first, last: the days, both included.
        part: which part of a day; ``hours``: whether it is only some hours of it.
    """

    person: int
    first: date
    last: date
    part: Part = Part.WHOLE
    hours: bool = False

    @property
    def all_day(self) -> bool:
        """Whether they are away all day."""
        return self.part is Part.WHOLE and not self.hours


def between(ctx: Context, first: date, last: date) -> list[Away]:
    """Return who is away on some of these days, each once for each absence: of leave, or because somebody stands in.

    A stand-in of days on which there is leave is the same absence. So is what the directory says; who is away by it
    alone is so until the day before they are back.
    """
    found = [
        Away(one.person, one.starts, one.ends, one.part, one.hours is not None)
        for one in _touching(ctx, Absence, first, last)
        if isinstance(one, Absence)
    ]
    for one in _touching(ctx, StandIn, first, last, ended_at=None):
        if not any(other.person == one.person and _overlap(other, one) for other in found):
            found.append(Away(one.person, one.starts, one.ends))
    for person in ctx.data.find(Person, presence=Presence.AWAY.value, active=True):
        back = ctx.settings.local(person.back_at).date() if person.back_at else ctx.today
        said = Away(person.id, ctx.today, max(back - timedelta(days=1), ctx.today))
        known = any(one.person == person.id and one.first <= said.last and said.first <= one.last for one in found)
        if not known and said.first <= last and first <= said.last:
            found.append(said)
    return sorted(found, key=lambda one: (one.first, one.last, one.person))


def _touching(
    ctx: Context, kind: type[Absence] | type[StandIn], first: date, last: date, **equal: object
) -> Iterator[Absence | StandIn]:
    low, high = first.isoformat(), (last + timedelta(days=1)).isoformat()
    yield from ctx.data.find(kind, starts=Between(high=high), ends=Between(low=low), **equal)


def _overlap(one: Away, other: Absence | StandIn) -> bool:
    return one.first <= other.ends and other.starts <= one.last


def on_day(ctx: Context, day: date) -> list[Away]:
    """Return who is away on a day."""
    return between(ctx, day, day)


def others(ctx: Context, person: int, first: date, last: date) -> list[Away]:
    """Return who else is away on some days: of somebody's department, or of all where they are in none."""
    me = ctx.data.get(Person, person)
    found = [one for one in between(ctx, first, last) if one.person != person]
    if me is None or me.department is None:
        return found
    team = {one.id for one in ctx.data.find(Person, department=me.department)}
    return [one for one in found if one.person in team]


def words(ctx: Context, one: Away) -> str:
    """Return in words who is away and when: ``Bob Baker, Mon 23 Nov to Wed 25 Nov``; never why."""
    days = calendar.day_words(one.first, ctx.today)
    if one.last != one.first:
        days += f" to {calendar.day_words(one.last, ctx.today)}"
    part = "" if one.all_day else " (some hours)" if one.hours else f" ({one.part.label})"
    return f"{ctx.person(one.person)}, {days}{part}"


def named(ctx: Context, found: Iterable[Away], most: int = 3) -> str:
    """Return in one line who is away: the first by their names, of the others how many."""
    people = list(dict.fromkeys(one.person for one in found))
    said = ", ".join(ctx.person(one) for one in people[:most])
    return f"{said} and {len(people) - most} more" if len(people) > most else said or "nobody"
