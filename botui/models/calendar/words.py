"""Moments in words: how long is left, which day, what the clock shows. English, whatever the machine speaks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from botui.models.calendar.basics import MONTHS, WEEKDAYS, find_zone, to_utc
from botui.models.calendar.hours import BusinessHours

_TWO_YEARS: Final = 2 * 365
_YEAR_UNNAMED: Final = timedelta(days=182)
"""So near, a day and month can only be of one year: half a year either way."""


def until(moment: datetime, now: datetime, hours: BusinessHours | None = None) -> str:
    """Say how long there is: ``2 h 10 min left``, ``35 min late``, ``3 days left``; all rounded down.

    Args:
        moment: what is waited for.
        now: the present.
        hours: count only the time the office is open, and its working days as days.

    Raises:
        ValueError: a moment has no zone.
    """
    days, clock_hours, minutes, word = _parts(moment, now, hours)
    if days >= _TWO_YEARS:
        return f"{days // 365} years {word}"
    if days:
        return f"{days} days {word}"
    if clock_hours:
        return f"{clock_hours} h {minutes} min {word}" if minutes else f"{clock_hours} h {word}"
    return f"{minutes} min {word}" if minutes else f"under 1 min {word}"


def until_short(moment: datetime, now: datetime, hours: BusinessHours | None = None) -> str:
    """Say the same as `until` in 12 characters or fewer: ``2h10 left``, ``35m late``, ``3d left``."""
    days, clock_hours, minutes, word = _parts(moment, now, hours)
    if days >= _TWO_YEARS:
        return f"{days // 365}y {word}"
    if days:
        return f"{days}d {word}"
    if clock_hours:
        return f"{clock_hours}h{minutes:02} {word}" if minutes else f"{clock_hours}h {word}"
    return f"{minutes or '<1'}m {word}"


def day_words(day: date, today: date) -> str:
    """Name a day: ``today``, ``yesterday``, ``tomorrow``, ``Fri 27 Nov``; half a year away, ``27 Nov 2025``."""
    near = {0: "today", -1: "yesterday", 1: "tomorrow"}.get((day - today).days)
    if near:
        return near
    named = f"{day.day} {MONTHS[day.month - 1].title()}"
    if abs(day - today) <= _YEAR_UNNAMED:
        return f"{WEEKDAYS[day.weekday()].title()} {named}"
    return f"{named} {day.year}"


def clock(moment: datetime, zone: str) -> str:
    """Give the time of day in a zone: ``10:14``.

    Raises:
        ValueError: the moment has no zone of its own, or *zone* is unknown.
    """
    local = to_utc(moment).astimezone(find_zone(zone))
    return f"{local:%H:%M}"


def _parts(moment: datetime, now: datetime, hours: BusinessHours | None) -> tuple[int, int, int, str]:
    """Part the time between into days or, below two days, hours and minutes; and say on which side it is."""
    moment, now = to_utc(moment), to_utc(now)
    word = "left" if moment > now else "late"
    span = abs(hours.between(now, moment) if hours else moment - now)
    day = (hours.day_length if hours else None) or timedelta(days=1)
    if span >= 2 * day:
        return span // day, 0, 0, word
    minutes = span // timedelta(minutes=1)
    return 0, minutes // 60, minutes % 60, word
