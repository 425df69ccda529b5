"""Dates and times as people type them into a field: ``fri``, ``+3d``, ``1412``, ``mon..fri``, ``tomorrow 14:30``.

A date in digits goes by the office's order, day first or month first. With dots it is day first everywhere, with
the year in front it is year, month, day everywhere. A date without a year is the first such date from half a
year ago on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal

from botui.models.calendar.basics import (
    add_months,
    full_year,
    last_day,
    make_date,
    month_end,
    month_of,
    read_time,
    shown,
    weekday_of,
)
from botui.models.calendar.duration import parse_duration

EntryOrder = Literal["dmy", "mdy"]
"""Whether the office writes the day or the month first."""

_LONGEST: Final = 60
_NEAR: Final = {"today": 0, "now": 0, "tomorrow": 1, "tom": 1, "yesterday": -1}
_MONTH_ENDS: Final = frozenset({"eom", "month end", "end of month"})
_OFFSET: Final = (
    r"(?a)(?:([+-])\s*(\d{1,4})\s*(d(?:ays?)?|w(?:eeks?)?|m(?:onths?)?|y(?:ears?)?)?"
    r"|in (\d{1,4})\s*(d(?:ays?)?|w(?:eeks?)?|months?|y(?:ears?)?))"
)
_YEAR_FIRST: Final = r"(?a)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})"
_BARE: Final = r"(?a)(\d\d)(\d\d)(\d{4}|\d\d)?"
_PARTED: Final = r"(?a)(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d\d)?)?"
_NAMED_AFTER: Final = r"(?a)(\d{1,2})\.?[ -]?([a-z]{3,9})\.?(?:[ -](\d{4})|-(\d\d))?"
"""Two digits after a space would be an hour."""
_NAMED_BEFORE: Final = r"(?a)([a-z]{3,9})\.? (\d{1,2})(?:,? (\d{4}))?"
_SOON: Final = r"(?a)(?:in|\+) ?(\d[\d.,]* ?h.*|\d+ ?min.*)|in (\d+ ?m)"
_DATE_AND_TIME: Final = r"(?a)(.+?)(?: at | |(?<=\d)t(?=\d))(\d{1,2}(?::\d\d)?(?: ?[ap]\.?m\.?)?|\d{4})"
_CLOCK_DIGITS: Final = r"(?a)([01]\d|2[0-3])([0-5]\d)"
_TIME_FORM: Final = "A time is written 14:30, 1430, 9, 9am, in 2h or +2h; with a date, fri 14:30."


def parse_date(text: str, today: date, order: EntryOrder = "dmy") -> date:
    """Read a date.

    Understood: ``today``, ``tomorrow``, ``yesterday``; a weekday, which is the coming one and today itself if
    today is that day; ``+3d``, ``-1w``, ``+1m``, ``+1y`` from today (``+3`` is days, and a month counted from
    the 31st ends with its last day); ``eom`` or ``month end``; in digits ``1412``, ``141226``, ``14122026``,
    ``14.12.``, ``14.12.2026``, ``14/12/2026``, ``2026-12-14``; ``14 Dec`` and ``Dec 14, 2026``.

    Raises:
        ValueError: it is no date, or one that does not exist; names the forms understood.
    """
    return _Reader(order, today, base=today, since=today, earliest=add_months(today, -6)).read(text)


def parse_range(text: str, today: date, order: EntryOrder = "dmy") -> tuple[date, date]:
    """Read first and last date, ``mon..fri`` or ``today..+1w``; a single date is both.

    A weekday or a date without a year at the end is the first one from the start on. An offset at the end counts
    from the start (``14.12...+2w``), unless the start is itself counted from today (``-1w..+1w``).

    Raises:
        ValueError: one of them is no date, or the end is before the start; names the forms understood.
    """
    # From the right: the dot that ends a date may touch the two that part the range.
    first, dots, last = text.rpartition("..")
    if not dots:
        day = parse_date(text, today, order)
        return day, day
    start = parse_date(first, today, order)
    counted = _tidy(first) in _NEAR or re.fullmatch(_OFFSET, _tidy(first))
    base = today if counted else start
    end = _Reader(order, today, base, since=start, earliest=start).read(last)
    if end < start:
        raise ValueError(f"{end} is before {start}. Write the earlier date first, like mon..fri or today..+1w.")
    return start, end


def parse_when(text: str, now_local: datetime, order: EntryOrder = "dmy", default: time = time(0)) -> datetime:
    """Read a date, a time, or both: ``fri``, ``14:30``, ``tomorrow 9``, ``1412 1430``, ``in 2h``.

    A time alone is today's, even when it has passed. Four digits alone are a date where there is such a date,
    else a time; after a date they are a time. ``+1m`` is a month, as in every date; minutes are ``+30min`` or
    ``in 30m``.

    Args:
        text: what was typed.
        now_local: the present on the office's clock. If it has a zone, so has the result, a length of time from
            now is real time, and a time that the clock change skips is moved past it.
        order: how the office writes dates in digits.
        default: the time of day of a date without one.

    Raises:
        ValueError: it cannot be read; names the forms understood.
    """
    plain = _tidy(text)
    if plain == "now":
        return now_local
    try:
        if soon := re.fullmatch(_SOON, plain):
            return _settled(now_local, parse_duration(soon[1] or soon[2]))
        day, clock = _parted(plain or text, now_local.date(), order)
    except ValueError as error:
        raise ValueError(f"{error} {_TIME_FORM}") from error
    moment = datetime.combine(day, default if clock is None else clock, now_local.tzinfo)
    return _settled(moment, timedelta(0))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one date; the fields say what the relative forms are relative to."""

    order: EntryOrder
    today: date
    """What ``today`` and ``tomorrow`` mean."""
    base: date
    """What ``+3d`` counts from."""
    since: date
    """Weekdays and the month's end are the first from here on."""
    earliest: date
    """Dates without a year are the first from here on."""

    def read(self, text: str) -> date:
        """Read a date or raise ValueError with the forms understood."""
        plain = _tidy(text)
        try:
            found = self._relative(plain) or self._digits(plain) or self._named(plain)
        except ValueError as error:
            raise ValueError(f"{error} {_form(self.order)}") from error
        if found is None:
            raise ValueError(f"I cannot read {shown(text.strip())} as a date. {_form(self.order)}")
        return found

    def _relative(self, plain: str) -> date | None:
        """Read a word or an offset."""
        if plain in _NEAR:
            return self.today + timedelta(days=_NEAR[plain])
        if plain in _MONTH_ENDS:
            return month_end(self.since)
        weekday = weekday_of(plain)
        if weekday is not None:
            return self.since + timedelta(days=(weekday - self.since.weekday()) % 7)
        found = re.fullmatch(_OFFSET, plain)
        if not found:
            return None
        count = int(found[2] or found[4]) * (-1 if found[1] == "-" else 1)
        match (found[3] or found[5] or "d")[0]:
            case "d":
                moved = self.base + timedelta(days=count)
            case "w":
                moved = self.base + timedelta(weeks=count)
            case "m":
                moved = add_months(self.base, count)
            case _:
                moved = add_months(self.base, 12 * count)
        return make_date(moved.year, moved.month, moved.day)

    def _digits(self, plain: str) -> date | None:
        """Read a date written in digits."""
        if found := re.fullmatch(_YEAR_FIRST, plain):
            return make_date(int(found[1]), int(found[3]), int(found[4]))
        if found := re.fullmatch(_PARTED, plain):
            return self._ordered(found[1], found[3], found[4], day_first=found[2] == ".")
        if not (found := re.fullmatch(_BARE, plain)):
            return None
        # Eight digits: a year in front shows by the month after it; of a year behind, 19 to 21 stand there.
        if len(plain) == 8 and 1 <= int(plain[4:6]) <= 12:
            return make_date(int(plain[:4]), int(plain[4:6]), int(plain[6:]))
        return self._ordered(found[1], found[2], found[3])

    def _named(self, plain: str) -> date | None:
        """Read a date with the month as a word."""
        if found := re.fullmatch(_NAMED_AFTER, plain):
            day, name, year = found[1], found[2], found[3] or found[4]
        elif found := re.fullmatch(_NAMED_BEFORE, plain):
            day, name, year = found[2], found[1], found[3]
        else:
            return None
        month = month_of(name)
        return None if month is None else self._complete(int(day), month, year)

    def _ordered(self, first: str, second: str, year: str | None, day_first: bool = False) -> date:
        """Take two numbers as day and month in the office's order."""
        day, month = (first, second) if day_first or self.order == "dmy" else (second, first)
        return self._complete(int(day), int(month), year)

    def _complete(self, day: int, month: int, year: str | None) -> date:
        """Make the date, with the nearest year if none was written."""
        if year:
            return make_date(full_year(year), month, day)
        this = self.earliest.year
        if 1 <= month <= 12 and 1 <= day <= last_day(this, month):
            found = date(this, month, day)
            if found >= self.earliest:
                return found
        return make_date(this + 1, month, day)


def _parted(plain: str, today: date, order: EntryOrder) -> tuple[date, time | None]:
    """Part what was typed into a date and a time of day."""
    if clock := read_time(plain):
        return today, clock
    try:
        return parse_date(plain, today, order), None
    except ValueError:
        if found := re.fullmatch(_CLOCK_DIGITS, plain):
            return today, time(int(found[1]), int(found[2]))
        found = re.fullmatch(_DATE_AND_TIME, plain)
        if not found:
            raise
    digits = re.fullmatch(_CLOCK_DIGITS, found[2])
    clock = time(int(digits[1]), int(digits[2])) if digits else read_time(found[2])
    if clock is None:
        raise ValueError(f"There is no time {found[2]}.")
    return parse_date(found[1], today, order), clock


def _settled(moment: datetime, span: timedelta) -> datetime:
    """Add real time, and bring a time that no clock shows to one that it does."""
    if moment.tzinfo is None:
        return moment + span
    return (moment.astimezone(UTC) + span).astimezone(moment.tzinfo)


def _tidy(text: str) -> str:
    """Lower-case, single-spaced; too long for any date becomes nothing."""
    return " ".join(text.casefold().split()) if len(text) <= _LONGEST else ""


def _form(order: EntryOrder) -> str:
    """Name the forms of a date."""
    digits = "1412, 14.12.2026" if order == "dmy" else "1214, 12/14/2026"
    return f"Write for example today, fri, +3d, -1w, {digits} or 2026-12-14."
