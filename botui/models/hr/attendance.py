"""How long somebody was at work, by what they punched, and what of it is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from botui.models.base import Between, stamp
from botui.models.hr.punch import LONGEST, Punch, Way
from botui.models.office import Context
from botui.models.office.reports import span

_HOUR: Final = Decimal(3600)
_HUNDREDTH: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Somebody was at work from one punch to the other.

    Attributes:
        person: who.
        came, went: when, UTC; None = that was not punched.
        running: they are still at work.
    """

    person: int
    came: datetime | None
    went: datetime | None
    running: bool = False

    @property
    def missing(self) -> bool:
        """Whether one of the two is missing, and will not come any more."""
        return not self.running and (self.came is None or self.went is None)

    @property
    def length(self) -> timedelta:
        """How long it was; nothing as long as that is not known."""
        return self.went - self.came if self.came and self.went else timedelta()

    @property
    def begin(self) -> datetime:
        """When it began, as far as that is known."""
        found = self.came or self.went
        assert found is not None
        return found


@dataclass
class Week:
    """What somebody worked in a week of the office, Monday first.

    Attributes:
        days: on how many days; ``worked``: how long; ``missing``: how often one half is missing.
    """

    days: set[date] = field(default_factory=set)
    worked: timedelta = timedelta()
    missing: int = 0


def stretches(ctx: Context, first: date, last: date, person: int | None = None) -> Iterator[Stretch]:
    """Yield when people were at work on some days, both included: a stretch is of the day on which it began.

    Args:
        ctx: what may be known.
        first: the first day, in the office's zone.
        last: the last day.
        person: only this one's; None = all.
    """
    start, end = span(ctx.settings, first, last)
    around = Between(low=stamp(start), high=stamp(end + LONGEST))
    whose = {} if person is None else {"person": person}
    ordered = sorted(ctx.data.find(Punch, corrected_at=None, at=around, **whose), key=lambda one: (one.at, one.id))
    by_number = {one.id: one for one in ordered}
    newest = {one.person: one.id for one in ordered}
    for one in ordered:
        other = by_number.get(one.pair or 0)
        if one.at >= end:
            return
        if one.way is Way.IN:
            running = other is None and newest[one.person] == one.id and ctx.now - one.at <= LONGEST
            yield Stretch(one.person, one.at, other.at if other else None, running)
        elif one.pair is None:
            yield Stretch(one.person, None, one.at)


def hours(ctx: Context, person: int, first: date, last: date) -> Decimal:
    """Return how many hours somebody punched on some days, both included, in hundredths; halves are forgotten."""
    return as_hours(sum((one.length for one in stretches(ctx, first, last, person)), timedelta()))


def weeks(ctx: Context, first: date, last: date, person: int | None = None) -> dict[tuple[int, date], Week]:
    """Return what people worked on some days, by person and the Monday of each week; a week may be cut at the ends."""
    found: defaultdict[tuple[int, date], Week] = defaultdict(Week)
    for one in stretches(ctx, first, last, person):
        day = ctx.settings.local(one.begin).date()
        week = found[one.person, day - timedelta(days=day.weekday())]
        week.days.add(day)
        week.worked += one.length
        week.missing += one.missing
    return found


def as_hours(length: timedelta) -> Decimal:
    """Return a length of time in hours, in hundredths, halves up."""
    return (Decimal(int(length.total_seconds())) / _HOUR).quantize(_HUNDREDTH, ROUND_HALF_UP)
