"""Office time as a line: every moment of the last year is so many seconds of open office from its beginning."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

from botui.models.calendar import BusinessHours
from botui.models.office import Settings

_DAY: Final = timedelta(days=1)
_YEAR: Final = timedelta(days=365)


class OfficeTime:
    """The last year of an office, counted in seconds that it was open.

    On this line "two hours of office time before" is a subtraction, whatever nights and holidays lie between. An
    office that never opens is given the usual hours, so that something can have happened in it.

    Attributes:
        now: the present, in seconds.
        day: the mean length of a working day, in seconds.
    """

    def __init__(self, settings: Settings, now: datetime) -> None:
        self._lay(settings, settings.business_hours(), now)
        if not self.now:
            self._lay(settings, Settings(zone=settings.zone).business_hours(), now)

    def at(self, second: int) -> datetime:
        """Return the moment of a second; one outside the year is the nearest in it."""
        second = min(max(second, 1), self.now)
        place = bisect_left(self._before, second) - 1
        return self._hours.add(self._starts[place], timedelta(seconds=second - self._before[place]))

    def days(self) -> list[tuple[int, int]]:
        """Return the first and the last second of each day on which it was open, the present day's until now."""
        return [(before + 1, after) for before, after in pairwise([*self._before, self.now])]

    def _lay(self, settings: Settings, hours: BusinessHours, now: datetime) -> None:
        self._hours = hours
        self._starts: list[datetime] = []
        self._before: list[int] = []
        self.day = int(hours.day_length.total_seconds())
        self.now = 0
        today = settings.local(now).date()
        day = today - _YEAR
        while day <= today:
            start, end = _midnight(settings, day), min(_midnight(settings, day + _DAY), now)
            if start < end and (length := int(hours.between(start, end).total_seconds())):
                self._starts.append(start)
                self._before.append(self.now)
                self.now += length
            day += _DAY


def _midnight(settings: Settings, day: date) -> datetime:
    return datetime.combine(day, time(0), settings.tz).astimezone(UTC)
