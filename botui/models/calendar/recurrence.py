"""What comes back by the calendar: ``daily``, ``weekly on mon,thu``, ``monthly on first mon``, ``yearly on 03-31``."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from typing import ClassVar, Final

from botui.models.calendar.basics import WEEKDAYS, YEARS, last_day, make_date, shown, weekday_of

LAST_DAY: Final = 31
"""As the day of a month: its last. Every day is cut at the end of its month, so no second sign is needed."""

_EPOCH: Final = date(2001, 1, 1)
"""A Monday and the first of a year: without a start, every second week or month is counted from here."""
_EARLIEST: Final = date(YEARS[0], 1, 1)
_MOST: Final = 1000
_MOST_OFTEN: Final = 999
_NTH: Final = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
_NTH_READ: Final = {word: nth for nth, word in _NTH.items()} | {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_RULE: Final = (
    r"(?a)(?:(?P<adverb>daily|weekly|monthly|yearly)|every (?:(?P<every>\d{1,9}) )?(?P<unit>day|week|month|year)s?)"
    r"(?: on (?:the )?(?P<on>.+?))?(?: from (?P<start>\d{4}-\d\d-\d\d))?"
)
_SAID_SHORT: Final = (
    (rf"(?:every )?(?:the )?((?:{'|'.join(_NTH_READ)}) (?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)", r"monthly on \1"),
    (r"every ((?:mon|tue|wed|thu|fri|sat|sun)[a-z]*(?:, ?[a-z]+)*)", r"weekly on \1"),
)
"""What people say for short, and what it stands for: ``first monday``, ``every mon``."""
_DAY_OF_MONTH: Final = r"(?a)(\d{1,2})(?:st|nd|rd|th)?"
_NTH_WEEKDAY: Final = r"(?a)(\w+) ([a-z]+)"
_DAY_OF_YEAR: Final = r"(?a)(\d{1,2})-(\d{1,2})"
_LONGEST: Final = 100
_FORM: Final = (
    "Write for example daily, weekly on mon,thu, every 2 weeks on fri, monthly on 15, monthly on last day, "
    "monthly on first mon, every 3 months on 1 or yearly on 03-31."
)


@dataclass(frozen=True, slots=True)
class Daily:
    """Every day."""

    unit: ClassVar[str] = "day"
    adverb: ClassVar[str] = "daily"

    def __str__(self) -> str:
        return ""

    def turn(self, day: date) -> int:
        """Number the days without a gap."""
        return day.toordinal()

    def dates(self, turn: int) -> list[date]:
        """Give the one day of that number."""
        return [date.fromordinal(turn)]


@dataclass(frozen=True, slots=True)
class Weekly:
    """Some days of the week.

    Attributes:
        weekdays: 0 is Monday; at least one, in order.

    Raises:
        ValueError: no weekday, or not in order.
    """

    weekdays: tuple[int, ...]
    unit: ClassVar[str] = "week"
    adverb: ClassVar[str] = "weekly"

    def __post_init__(self) -> None:
        if not self.weekdays or self.weekdays != tuple(sorted(set(self.weekdays) & set(range(7)))):
            raise ValueError(f"Say on which weekdays. {_FORM}")

    def __str__(self) -> str:
        return ",".join(WEEKDAYS[day] for day in self.weekdays)

    def turn(self, day: date) -> int:
        """Number the weeks, Monday first."""
        return (day.toordinal() - 1) // 7

    def dates(self, turn: int) -> list[date]:
        """Give those days of that week."""
        return [date.fromordinal(turn * 7 + 1 + day) for day in self.weekdays]


@dataclass(frozen=True, slots=True)
class MonthlyDay:
    """A day of the month by number; in a shorter month, its last.

    Attributes:
        day: 1 to 31; `LAST_DAY` is the last day of every month.

    Raises:
        ValueError: no month has such a day.
    """

    day: int
    unit: ClassVar[str] = "month"
    adverb: ClassVar[str] = "monthly"

    def __post_init__(self) -> None:
        if not 1 <= self.day <= LAST_DAY:
            raise ValueError(f"No month has a day {self.day}. {_FORM}")

    def __str__(self) -> str:
        return "last day" if self.day == LAST_DAY else str(self.day)

    def turn(self, day: date) -> int:
        """Number the months."""
        return day.year * 12 + day.month - 1

    def dates(self, turn: int) -> list[date]:
        """Give the one day of that month."""
        year, month = turn // 12, turn % 12 + 1
        return [date(year, month, min(self.day, last_day(year, month)))]


@dataclass(frozen=True, slots=True)
class MonthlyWeekday:
    """A weekday of the month, such as the first Monday.

    Attributes:
        nth: 1 to 4, or -1 for the last; a fifth is not in every month.
        weekday: 0 is Monday.

    Raises:
        ValueError: there is no such weekday in every month.
    """

    nth: int
    weekday: int
    unit: ClassVar[str] = "month"
    adverb: ClassVar[str] = "monthly"

    def __post_init__(self) -> None:
        if self.nth not in _NTH or self.weekday not in range(7):
            raise ValueError(f"Not every month has such a weekday. {_FORM}")

    def __str__(self) -> str:
        return f"{_NTH[self.nth]} {WEEKDAYS[self.weekday]}"

    def turn(self, day: date) -> int:
        """Number the months."""
        return day.year * 12 + day.month - 1

    def dates(self, turn: int) -> list[date]:
        """Give the one day of that month."""
        year, month = turn // 12, turn % 12 + 1
        # The latest date the nth such weekday can have: the 7th, 14th, 21st, 28th or the month's last.
        latest = date(year, month, last_day(year, month) if self.nth < 0 else 7 * self.nth)
        return [latest - timedelta(days=(latest.weekday() - self.weekday) % 7)]


@dataclass(frozen=True, slots=True)
class Yearly:
    """A date of the year; 29 February is the 28th in other years.

    Attributes:
        month: 1 to 12.
        day: 1 to the month's last day in a leap year.

    Raises:
        ValueError: no year has such a date.
    """

    month: int
    day: int
    unit: ClassVar[str] = "year"
    adverb: ClassVar[str] = "yearly"

    def __post_init__(self) -> None:
        make_date(2000, self.month, self.day)

    def __str__(self) -> str:
        return f"{self.month:02}-{self.day:02}"

    def turn(self, day: date) -> int:
        """Number the years."""
        return day.year

    def dates(self, turn: int) -> list[date]:
        """Give the one day of that year."""
        return [date(turn, self.month, min(self.day, last_day(turn, self.month)))]


Pattern = Daily | Weekly | MonthlyDay | MonthlyWeekday | Yearly
"""Which days of its turn (a day, a week, a month, a year) a recurrence takes."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule that gives dates without end; ``str()`` writes it as `parse` reads it.

    Attributes:
        on: the days taken of each turn.
        every: 1 takes every turn, 2 every second, up to 999. Turns are counted from the one `start` is in, or
            without a start from the one that has Monday 1 January 2001.
        start: no date before this one; None for no bound.

    Raises:
        ValueError: `every` is out of bounds.
    """

    on: Pattern
    every: int = 1
    start: date | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.every <= _MOST_OFTEN:
            raise ValueError(f"It can come back every 1 to {_MOST_OFTEN} {self.on.unit}s. {_FORM}")

    @classmethod
    def parse(cls, text: str) -> Recurrence:
        """Read a rule, such as ``every 2 weeks on fri from 2026-11-27``.

        Raises:
            ValueError: it is no such rule; says how to write one.
        """
        plain = " ".join(text[: _LONGEST + 1].casefold().split())
        for said, meant in _SAID_SHORT:
            plain = re.sub(rf"(?a)^{said}(?= from |$)", meant, plain)
        found = None if len(text) > _LONGEST else re.fullmatch(_RULE, plain)
        if not found:
            raise ValueError(f"I cannot read {shown(text)} as something that comes back. {_FORM}")
        start = found["start"] and make_date(*map(int, found["start"].split("-")))
        unit = found["unit"] or next(kind.unit for kind in _KINDS if kind.adverb == found["adverb"])
        return cls(_pattern(unit, found["on"] or ""), int(found["every"] or 1), start or None)

    def __str__(self) -> str:
        often = self.on.adverb if self.every == 1 else f"every {self.every} {self.on.unit}s"
        on = f" on {self.on}" if str(self.on) else ""
        return f"{often}{on}" + (f" from {self.start}" if self.start else "")

    def next(self, after: date) -> date:
        """Give the first date of the rule strictly after *after* (and not before 1900).

        Raises:
            ValueError: it would be later than the year 9999.
        """
        base = self.on.turn(self.start or _EPOCH)
        after = max(after, (self.start or _EARLIEST) - timedelta(days=1))
        turn = self.on.turn(after)
        turn -= (turn - base) % self.every
        try:
            # The turn that *after* is in may have a date left; the one that follows has.
            return next(day for step in (0, self.every) for day in self.on.dates(turn + step) if day > after)
        except (ValueError, OverflowError) as error:
            raise ValueError(f"The calendar has no date after {after} for: {self}.") from error

    def due(self, since: date, until: date) -> list[date]:
        """Give the dates after *since* up to and with *until*, in order: of very many, the latest thousand."""
        return list(deque(takewhile(lambda day: day <= until, self._after(since)), maxlen=_MOST))

    def _after(self, day: date) -> Iterator[date]:
        """The dates of the rule after *day*, one by one."""
        while True:
            day = self.next(day)
            yield day


_KINDS: Final = (Daily, Weekly, MonthlyDay, Yearly)


def _pattern(unit: str, on: str) -> Pattern:
    """Read the days named after ``on`` for a rule that counts in *unit*."""
    if unit == "day" and not on:
        return Daily()
    if unit == "week":
        days = {weekday_of(name) for name in re.split(r"[, ]+", on)}
        return Weekly(tuple(sorted(day for day in days if day is not None)) if None not in days else ())
    if unit == "month":
        if on == "last day":
            return MonthlyDay(LAST_DAY)
        if found := re.fullmatch(_DAY_OF_MONTH, on):
            return MonthlyDay(int(found[1]))
        if (found := re.fullmatch(_NTH_WEEKDAY, on)) and found[1] in _NTH_READ:
            weekday = weekday_of(found[2])
            return MonthlyWeekday(_NTH_READ[found[1]], -1 if weekday is None else weekday)
    if unit == "year" and (found := re.fullmatch(_DAY_OF_YEAR, on)):
        return Yearly(int(found[1]), int(found[2]))
    raise ValueError(f"Say on which day of the {unit}. {_FORM}" if unit != "day" else f"Daily has no days. {_FORM}")
