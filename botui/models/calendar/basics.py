"""What the rest of the calendar stands on: names of days and months, month arithmetic, clock times, zones.

Everything here is English on purpose: the terminal's locale must not change what is stored or understood.
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, time
from typing import Final, Literal
from zoneinfo import ZoneInfo

Order = Literal["dmy", "mdy", "ymd"]
"""Which part of a date written in digits comes first, second, third."""

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Short names, indexed as ``date.weekday()`` counts."""

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""Short names; January has index 0."""

YEARS: Final = range(1900, 2200)
"""Years an office deals in. Anything else is a slip of the pen, and the bound ends every search by day."""

_WEEKDAY_NAMES: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH_NAMES: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_TIME: Final = r"(?ai)(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(?:([ap])\.?m\.?)?"
_CENTURY_TURN: Final = 70
"""Years of two digits from here on belong to the last century (POSIX ``strptime`` turns at 69)."""


def _index_of(text: str, names: tuple[str, ...]) -> int | None:
    """Find the name that *text* shortens to three letters or more."""
    wanted = text.strip().rstrip(".").casefold()
    if len(wanted) < 3:
        return None
    return next((index for index, name in enumerate(names) if name.startswith(wanted)), None)


def weekday_of(text: str) -> int | None:
    """Read a weekday's name, whole or cut to three letters or more; 0 is Monday, None is no weekday."""
    return _index_of(text, _WEEKDAY_NAMES)


def month_of(text: str) -> int | None:
    """Read a month's name, whole or cut to three letters or more; 1 is January, None is no month."""
    index = _index_of("sep" if text.strip(". ").casefold() == "sept" else text, _MONTH_NAMES)
    return None if index is None else index + 1


def full_year(digits: str) -> int:
    """Read a year of two or four digits; of two digits, 70 to 99 belong to the last century."""
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (1900 if year >= _CENTURY_TURN else 2000)


def make_date(year: int, month: int, day: int) -> date:
    """Make a date of its parts.

    Raises:
        ValueError: there is no such date, or its year is outside `YEARS`; says so in words.
    """
    if not 1 <= month <= 12:
        raise ValueError(f"There is no month {month}.")
    if year not in YEARS:
        raise ValueError(f"The year {year} is not between {YEARS[0]} and {YEARS[-1]}.")
    if not 1 <= day <= last_day(year, month):
        raise ValueError(f"There is no {day} {_MONTH_NAMES[month - 1].title()} {year}.")
    return date(year, month, day)


def last_day(year: int, month: int) -> int:
    """Give the number of the month's last day, 28 to 31."""
    return calendar.monthrange(year, month)[1]


def month_end(day: date) -> date:
    """Give the last day of the month that *day* is in."""
    return day.replace(day=last_day(day.year, day.month))


def add_months(day: date, months: int) -> date:
    """Move *day* by *months*; a day the month does not have becomes its last (31 January + 1 = 28 February).

    Raises:
        ValueError: the year is outside `YEARS`.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if year not in YEARS:
        raise ValueError(f"The year {year} is not between {YEARS[0]} and {YEARS[-1]}.")
    return date(year, month, min(day.day, last_day(year, month)))


def read_time(text: str) -> time | None:
    """Read a time of day: ``14:30``, ``9``, ``9am``, ``3:04 PM``, ``15:04:05.25``; None if it is none.

    Fractions finer than a microsecond are cut off.

    Raises:
        ValueError: it is written as a time, but no clock shows it (``25:00``, ``13 PM``).
    """
    found = re.fullmatch(_TIME, text.strip())
    if not found:
        return None
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    microsecond = int((found[4] or "0").ljust(6, "0")[:6])
    half = (found[5] or "").casefold()
    if hour > (12 if half else 23) or (half and hour == 0) or minute > 59 or second > 59:
        raise ValueError(f"There is no time {text.strip()}.")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute, second, microsecond)


def find_zone(name: str) -> ZoneInfo:
    """Look up a time zone by its IANA name, such as ``Europe/Berlin``.

    Raises:
        ValueError: there is no such zone on this machine.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(
            f"The time zone {shown(name)} is not known here. Write it like Europe/Berlin or America/New_York."
        ) from error


def to_utc(moment: datetime) -> datetime:
    """Bring an aware moment to UTC.

    Raises:
        ValueError: it has no zone, or its year is outside `YEARS`.
    """
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone cannot be reckoned with.")
    if moment.year not in YEARS:
        raise ValueError(f"The year {moment.year} is not between {YEARS[0]} and {YEARS[-1]}.")
    return moment.astimezone(UTC)


def shown(text: str) -> str:
    """Quote what somebody typed for a message: printable, on one line, cut to 30 characters."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in text[:31])
    return f"'{plain[:30]}…'" if len(text) > 30 else f"'{plain}'"
