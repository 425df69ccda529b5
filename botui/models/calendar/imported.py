"""Times in the exports of other systems: read strictly, because a wrong guess would date a thousand rows wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

from botui.models.calendar.basics import (
    MONTHS,
    Order,
    find_zone,
    full_year,
    make_date,
    month_of,
    read_time,
    shown,
    weekday_of,
)

_LONGEST: Final = 60
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_COUNT: Final = r"(?a)(\d{10})(?:\.(\d{1,9}))?|(\d{13})|(\d{16})"
"""Seconds, milliseconds, microseconds since 1970: ten digits are seconds from 2001 to 2286."""
_COMPACT: Final = r"(?a)((?:19|20|21)\d\d)(\d\d)(\d\d)(?=$|[Tt ]|\d{4}(?:\d\d)?$)"
_DIGITS: Final = r"(?a)(\d{4}|\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{1,2})(?!\d)"
_DAY_NAME: Final = r"(?a)(\d{1,2})(?:st|nd|rd|th)?\.?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4}|\d\d)(?!\d)"
_NAME_DAY: Final = r"(?a)([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)"
_WEEKDAY: Final = r"(?a)([A-Za-z]{3,9})\.?,? "
_JOINT: Final = r"(?ai)^(?:T|,? at |,? ?)"
_COMPACT_TIME: Final = r"(?a)(\d\d)(\d\d)(\d\d)?"
_OFFSET: Final = r"(?ai) ?(?:(?:UTC|GMT)?([+-])(\d\d):?([0-5]\d)?(?: (?:UTC|GMT))?|Z|UTC|GMT)(?: \([A-Za-z ]+\))?$"
_WIDEST_OFFSET: Final = timedelta(hours=14)
"""Kiribati; no clock is further from UTC."""
_FORM: Final = "Understood are 2026-02-01 15:04, 01.02.2026, 01/02/2026 3:04 PM, 1-Feb-2026, Feb 1, 2026 and the like."
_FIRST: Final[dict[Order, str]] = {"dmy": "day", "mdy": "month", "ymd": "year"}


def parse_import_time(text: str, zone: str, order: Order | None = None) -> datetime:
    """Read a moment from another system's export; give it in UTC.

    Read are ISO 8601 with ``T`` or a space, with or without seconds, fractions, ``Z`` or an offset; dates in digits
    with a time of 24 or 12 hours; months as words; seconds, milliseconds or microseconds since 1970. A date alone
    is its midnight. A time that the clock change skips is taken as if it had not been changed yet, one that comes
    twice is the first.

    A date in digits with the year in front is year, month, day; with dots, day first. Any other needs *order*, save
    where only one order makes it a date; one that *order* cannot make a date is refused, never turned round.

    Args:
        text: the cell.
        zone: what the clock of the other system showed where the text does not say: an IANA name.
        order: the order of dates in the whole column; see `guess_order`.

    Raises:
        ValueError: it is no moment, or does not say which one; says why.
    """
    plain = " ".join(text.split()) if len(text) <= _LONGEST else ""
    if found := re.fullmatch(_COUNT, plain):
        return _counted(found)
    day, rest = _read_date(plain, order)
    clock, offset = _read_clock(rest)
    if day is None or clock is None:
        raise ValueError(f"I cannot read {shown(text.strip())} as a date and time. {_FORM}")
    moment = datetime.combine(day, clock, offset or find_zone(zone))
    return moment.astimezone(UTC)


def guess_order(samples: Iterable[str]) -> Order | None:
    """Find the order of a column's dates.

    Cells that no order makes a date, and cells that every order reads alike, say nothing. A column that only has
    the year in front is ``ymd``.

    Returns:
        None when nothing decides, or when cells contradict each other.
    """
    possible = set(_FIRST)
    seen_year_first = False
    for sample in samples:
        found = re.match(_DIGITS, sample.strip()[:_LONGEST])
        if not found:
            continue
        if len(found[1]) == 4:
            seen_year_first = True
        elif readings := _readings(found):
            possible &= set(readings)
    if len(possible) == 1:
        return possible.pop()
    return "ymd" if seen_year_first and len(possible) == len(_FIRST) else None


def _counted(found: re.Match[str]) -> datetime:
    """Turn a count since 1970 into a moment."""
    seconds, fraction, milliseconds, microseconds = found.groups(default="0")
    moment = _EPOCH + timedelta(
        seconds=int(seconds),
        milliseconds=int(milliseconds),
        microseconds=int(microseconds) + int(fraction.ljust(6, "0")[:6]),
    )
    make_date(moment.year, moment.month, moment.day)
    return moment


def _read_date(plain: str, order: Order | None) -> tuple[date | None, str]:
    """Read the date that *plain* begins with, and give what follows it."""
    if (found := re.match(_WEEKDAY, plain)) and weekday_of(found[1]) is not None:
        plain = plain[found.end() :]
    if found := re.match(_COMPACT, plain):
        return make_date(int(found[1]), int(found[2]), int(found[3])), plain[found.end() :]
    if found := re.match(_DIGITS, plain):
        return _in_order(found, order), plain[found.end() :]
    if found := re.match(_DAY_NAME, plain):
        day, name, year = found.groups()
    elif found := re.match(_NAME_DAY, plain):
        name, day, year = found.groups()
    else:
        return None, plain
    month = month_of(name)
    return make_date(full_year(year), month, int(day)) if month else None, plain[found.end() :]


def _read_clock(rest: str) -> tuple[time | None, timezone | None]:
    """Read what follows the date: a time of day, midnight if there is none, and an offset if there is one."""
    rest = re.sub(_JOINT, "", rest)
    offset = None
    if found := re.search(_OFFSET, rest):
        rest = rest[: found.start()]
        ahead = timedelta(hours=int(found[2] or 0), minutes=int(found[3] or 0))
        if ahead > _WIDEST_OFFSET:
            raise ValueError(f"No clock is {found[0].strip()} from UTC.")
        offset = timezone(-ahead if found[1] == "-" else ahead)
    if found := re.fullmatch(_COMPACT_TIME, rest):
        rest = ":".join(part for part in found.groups() if part)
    return (read_time(rest) if rest else time(0)), offset


def _readings(found: re.Match[str]) -> dict[Order, date]:
    """Every order that makes a date of three numbers, the first not a whole year, with that date."""
    first, mark, second, third = found.groups()
    parts: dict[Order, tuple[str, str, str]] = {"dmy": (third, second, first)}
    if mark != ".":
        parts["mdy"] = (third, first, second)
        if len(third) < 3:
            parts["ymd"] = (first, second, third)
    dates: dict[Order, date] = {}
    for order, (year, month, day) in parts.items():
        with suppress(ValueError):
            dates[order] = make_date(full_year(year), int(month), int(day))
    return dates


def _in_order(found: re.Match[str], order: Order | None) -> date:
    """Make the one date that three numbers can mean, or refuse."""
    first, mark, second, third = found.groups()
    if len(first) == 4:
        return make_date(int(first), int(second), int(third))
    if mark == ".":
        return make_date(full_year(third), int(second), int(first))
    dates = _readings(found)
    if order:
        if order not in dates:
            raise ValueError(f"{found[0]} is no date with the {_FIRST[order]} first.")
        return dates[order]
    if not dates:
        raise ValueError(f"{found[0]} is no date, whichever part comes first.")
    if len(set(dates.values())) > 1:
        either = " or ".join(f"{day.day} {MONTHS[day.month - 1].title()} {day.year}" for day in dates.values())
        raise ValueError(f"{found[0]} can be {either}; say whether day or month comes first.")
    return next(iter(dates.values()))
