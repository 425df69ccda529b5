"""The team's calendar of a month: who is away on which day, and on which the office is closed; never why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from botui.models import calendar
from botui.models.base import fold
from botui.models.hr.away import Away, between
from botui.models.hr.leave import Part
from botui.models.office import Context, Person

OPEN, CLOSED, AWAY, MORNING, AFTERNOON, HOURS = ". ", "  ", "##", "# ", " #", "h "
"""What stands in a day, two cells wide, in signs that every terminal has."""
LEGEND: Final = "## away   #_ first half   _# second half   h some hours   . here   blank: closed"
_PARTS: Final = {Part.MORNING: MORNING, Part.AFTERNOON: AFTERNOON}


@dataclass(frozen=True, slots=True)
class Month:
    """A month of some people.

    Attributes:
        days: all of its days.
        closed: those on which the office is closed.
        people: number, name and what stands in each day, by name.
    """

    days: tuple[date, ...]
    closed: frozenset[date]
    people: tuple[tuple[int, str, tuple[str, ...]], ...]


def month(ctx: Context, day: date, department: int | None = None) -> Month:
    """Return the month in which a day lies, of the people of a department, or of all."""
    first = day.replace(day=1)
    days = tuple(first + timedelta(days=ahead) for ahead in range(calendar.month_end(first).day))
    hours = ctx.settings.business_hours()
    closed = frozenset(one for one in days if not hours.is_working_day(one))
    away: defaultdict[int, list[Away]] = defaultdict(list)
    for one in between(ctx, days[0], days[-1]):
        away[one.person].append(one)
    team = {} if department is None else {"department": department}
    people = sorted(ctx.data.find(Person, active=True, **team), key=lambda one: (fold(one.name), one.id))
    return Month(days, closed, tuple((one.id, one.name, tuple(_marks(days, closed, away[one.id]))) for one in people))


def _marks(days: Sequence[date], closed: frozenset[date], theirs: Sequence[Away]) -> list[str]:
    return [CLOSED if day in closed else _mark(day, theirs) for day in days]


def _mark(day: date, theirs: Sequence[Away]) -> str:
    on_it = [one for one in theirs if one.first <= day <= one.last]
    if any(one.all_day for one in on_it) or {one.part for one in on_it} >= set(_PARTS):
        return AWAY
    for one in on_it:
        return HOURS if one.hours else _PARTS[one.part]
    return OPEN
