"""Which days a leave takes, and how much each of them: the person's own working days without the office's holidays."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from botui.models.hr.leave import Leave, Part, Unit
from botui.models.hr.person_file import PersonFile, weekdays
from botui.models.hr.reporting_lines import file_of
from botui.models.office import Context

DAY_HOURS: Final = Decimal(8)
"""Hours of a day of which neither the person's file nor the office's hours say how long it is."""
_HALF: Final = Decimal("0.5")
_CENT: Final = Decimal("0.01")
_HOUR: Final = 60


@dataclass(frozen=True, slots=True)
class Workdays:
    """On which days somebody works, and how long.

    Attributes:
        hours: by the day of the week on which they work (Monday is 0), how many hours.
        holidays: dates on which the office is closed.
    """

    hours: dict[int, Decimal]
    holidays: Collection[date]

    def between(self, first: date, last: date) -> list[date]:
        """Return the days between two dates, both counted in, on which they work."""
        days = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
        return [day for day in days if day.weekday() in self.hours and day not in self.holidays]


def workdays(ctx: Context, person: int | None, file: PersonFile | None = None) -> Workdays:
    """Return on which days somebody works: as their file says, else as the office does.

    Args:
        ctx: what may be known.
        person: who.
        file: theirs, where it is at hand.
    """
    office = ctx.settings.business_hours()
    file = file or file_of(ctx, person)
    own = weekdays(file.week_days) if file else frozenset[int]()
    own = own or frozenset(day for day, spans in enumerate(office.week) if spans)
    agreed = file.week_hours / len(own) if file and file.week_hours and own else None
    hours: dict[int, Decimal] = {}
    for day in sorted(own):
        open_ = Decimal(sum(span.closes - span.opens for span in office.week[day])) / _HOUR
        hours[day] = (agreed or open_ or DAY_HOURS).quantize(_CENT, ROUND_HALF_UP)
    return Workdays(hours, office.holidays)


def share_of_week(ctx: Context, file: PersonFile) -> Decimal:
    """Return which part of the office's days of the week somebody works, at most all of them."""
    own = weekdays(file.week_days)
    office = sum(bool(spans) for spans in ctx.settings.business_hours().week)
    return min(Decimal(len(own)) / office, Decimal(1)) if own and office else Decimal(1)


def shares(ctx: Context, leave: Leave, unit: Unit) -> dict[date, Decimal]:
    """Return what each working day of a leave takes, in the unit of its type, until they are really back."""
    return taken(workdays(ctx, leave.person), leave, unit)


def taken(days: Workdays, leave: Leave, unit: Unit) -> dict[date, Decimal]:
    """Return what each of somebody's working days in a leave takes: all of it, half of it, or so many hours."""
    found: dict[date, Decimal] = {}
    for day in days.between(leave.starts, leave.until):
        whole = days.hours[day.weekday()] if unit is Unit.HOURS else Decimal(1)
        part = whole if leave.part is Part.WHOLE else (whole * _HALF).quantize(_CENT, ROUND_HALF_UP)
        found[day] = part if leave.hours is None or unit is Unit.DAYS else min(leave.hours, whole)
    return found


def of_a_day(days: Workdays, leave: Leave, day: date) -> Decimal:
    """Return which part of one's working day a leave takes, at most all of it."""
    if leave.hours is not None:
        return min(leave.hours / days.hours.get(day.weekday(), DAY_HOURS), Decimal(1))
    return Decimal(1) if leave.part is Part.WHOLE else _HALF
