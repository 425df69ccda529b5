"""Business hours: how much of the time between two moments the office was open.

A span of hours is a stretch of the office's wall clock: it begins the first time the clock reaches the
opening time and ends the first time it reaches the closing time, and what counts is the real time between. So
08:00-17:00 is nine hours on every day; 00:00-24:00 is 23 or 25 where the clock is changed; an opening time that
the change skips is the moment of the change. Spans that meet on the clock meet in time, so nothing counts twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from botui.models.calendar.basics import WEEKDAYS, YEARS, find_zone, to_utc

MIDNIGHT: Final = 24 * 60
"""The minute that ends a day."""

_DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)
_LONGEST_CLOSED: Final = timedelta(days=2 * 366)
"""An office that does not open for so long has mistaken hours or holidays."""
_TOO_LATE: Final = f"That is later than the year {YEARS[-1]}."


def _never_open(since: date, until: date) -> str:
    """Say that a search for an opening found none."""
    return f"The office does not open between {since} and {until}. Look at its hours and holidays."


class Span(NamedTuple):
    """One stretch of opening hours within a day, in minutes of the wall clock since midnight."""

    opens: int
    """0 to 1439."""
    closes: int
    """After `opens`; 1440 is midnight at the end of the day."""


Week = tuple[tuple[Span, ...], ...]
"""The spans of seven days, indexed as ``date.weekday()`` counts; in order of time, not overlapping."""


@dataclass(frozen=True, slots=True)
class BusinessHours:
    """When the office is open. Moments go in aware and come out in UTC.

    A span belongs to one date; a shift through the night is two spans that meet at midnight. So a holiday takes
    out exactly its own date, from midnight to midnight.

    Attributes:
        zone: the IANA name of the office's time zone.
        week: the opening hours of the seven weekdays, Monday first; see `parse_week`.
        holidays: dates on which the office stays closed.

    Raises:
        ValueError: the zone is unknown, or the spans of a day overlap, are empty or leave the day.
    """

    zone: str
    week: Week
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        find_zone(self.zone)
        if len(self.week) != 7:
            raise ValueError("Opening hours need seven days, Monday first.")
        for name, spans in zip(WEEKDAYS, self.week, strict=True):
            edges = [minute for span in spans for minute in span]
            if edges != sorted(edges) or any(opens == closes for opens, closes in spans):
                raise ValueError(f"The opening hours of {name} overlap or close before they open.")
            if edges and not 0 <= edges[0] < edges[-1] <= MIDNIGHT:
                raise ValueError(f"The opening hours of {name} leave the day.")

    @property
    def day_length(self) -> timedelta:
        """Mean open time of a working day, by the clock; zero for an office that never opens."""
        minutes = [sum(closes - opens for opens, closes in spans) for spans in self.week if spans]
        return timedelta(minutes=sum(minutes)) / max(len(minutes), 1)

    def is_working_day(self, day: date) -> bool:
        """Tell whether the office opens at all on that date."""
        return next(self._on(day), None) is not None

    def is_open(self, at: datetime) -> bool:
        """Tell whether the office is open; at the closing time it is closed."""
        at = to_utc(at)
        today = at.astimezone(find_zone(self.zone)).date()
        # Tomorrow: a clock set back over midnight shows yesterday's date again, but that day has ended.
        return any(opens <= at < closes for day in (today, today + _DAY) for opens, closes in self._on(day))

    def next_opening(self, at: datetime) -> datetime:
        """Give *at* itself when the office is open then, else the moment it opens next.

        Raises:
            ValueError: it does not open within two years.
        """
        opens, _ = next(self._open_from(to_utc(at)))
        return opens

    def add(self, start: datetime, business: timedelta) -> datetime:
        """Give the first moment by which the office has been open for *business* since *start*.

        What ends with the closing time is due at the closing time, not at the next opening. No time at all is
        over at once, whether open or not.

        Raises:
            ValueError: *business* is negative, or the office does not open for two years on the way, or the
                moment is beyond the calendar.
        """
        start = to_utc(start)
        if business < timedelta(0):
            raise ValueError("Business hours can only be counted forward.")
        if not business:
            return start
        if self._always_open:
            return to_utc(start + min(business, timedelta(days=366 * len(YEARS))))
        stretches = self._open_from(start)
        left = business
        while True:
            opens, closes = next(stretches)
            if left <= closes - opens:
                return opens + left
            left -= closes - opens

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Give the time the office was open between two moments; negative when *end* is before *start*."""
        start, end = to_utc(start), to_utc(end)
        if end < start:
            return -self.between(end, start)
        if self._always_open:
            return end - start
        zone = find_zone(self.zone)
        day, last = start.astimezone(zone).date(), end.astimezone(zone).date() + _DAY
        total = timedelta(0)
        while day <= last:
            for opens, closes in self._on(day):
                if opens < end and closes > start:
                    total += min(closes, end) - max(opens, start)
            day += _DAY
        return total

    def add_days(self, start: datetime, days: int) -> datetime:
        """Give the moment *days* working days later, at the same time of day.

        A start outside the hours counts as the next opening, so that nobody gets a shorter day for asking at
        night. Where the day arrived at is not open at that time: before its hours or in a pause, the next opening
        of that day; after them, its last closing, so that the promised date is kept.

        Raises:
            ValueError: *days* is negative, or the office does not open for two years on the way.
        """
        if days < 0:
            raise ValueError("Working days can only be counted forward.")
        begin = self.next_opening(start)
        local = begin.astimezone(find_zone(self.zone))
        day = local.date()
        for _ in range(days):
            day = self._next_working_day(day)
        if not days:
            return begin
        wanted = _first_moment(datetime.combine(day, local.time()), find_zone(self.zone))
        for opens, closes in self._on(day):
            if wanted < closes:
                return max(opens, wanted)
        return closes

    @property
    def _always_open(self) -> bool:
        """Whether open time is simply time."""
        return not self.holidays and all(spans == (Span(0, MIDNIGHT),) for spans in self.week)

    def _spans(self, day: date) -> tuple[Span, ...]:
        """The spans of one date."""
        return () if day in self.holidays else self.week[day.weekday()]

    def _on(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The open stretches of one date in UTC; one that the clock change swallows is left out."""
        spans = self._spans(day)
        if not spans:
            return
        zone = find_zone(self.zone)
        begin = datetime(day.year, day.month, day.day)
        offset = begin.replace(tzinfo=zone).utcoffset() or timedelta(0)
        # Two conversions tell that the clock is not changed on most days; then every span is simply minutes.
        changed = (begin + _DAY).replace(tzinfo=zone, fold=1).utcoffset() != offset
        midnight = begin.replace(tzinfo=UTC) - offset
        for span in spans:
            since, until = timedelta(minutes=span.opens), timedelta(minutes=span.closes)
            if not changed:
                yield midnight + since, midnight + until
                continue
            opens, closes = _first_moment(begin + since, zone), _first_moment(begin + until, zone)
            if opens < closes:
                yield opens, closes

    def _open_from(self, since: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The open stretches after *since*, in order, the first cut to begin there; ends only by raising."""
        day = since.astimezone(find_zone(self.zone)).date()
        closed_since = day
        while day - closed_since <= _LONGEST_CLOSED:
            if day.year not in YEARS:
                raise ValueError(_TOO_LATE)
            for opens, closes in self._on(day):
                if closes > since:
                    yield max(opens, since), closes
                closed_since = day
            day += _DAY
        raise ValueError(_never_open(closed_since, day))

    def _next_working_day(self, day: date) -> date:
        """The first date after *day* with an open stretch."""
        for ahead in range(1, _LONGEST_CLOSED.days):
            later = day + ahead * _DAY
            if later.year not in YEARS:
                raise ValueError(_TOO_LATE)
            if self.is_working_day(later):
                return later
        raise ValueError(_never_open(day, later))


def _first_moment(wall: datetime, zone: ZoneInfo) -> datetime:
    """Give the first moment (UTC) at which the zone's clock has come to *wall*."""
    before = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    after = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if before <= after:
        return before
    # The clock is set forward over this time: look for the moment of the change between the two readings.
    while before - after > _SECOND:
        middle = after + (before - after) // 2
        if middle.astimezone(zone).replace(tzinfo=None) < wall:
            after = middle
        else:
            before = middle
    return before.replace(microsecond=0)
