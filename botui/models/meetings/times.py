"""When a meeting begins and ends, as people type it and read it, on the office's clock.

A length of days is days of the calendar: a meeting of two days ends at the same time of day, also where the clocks
change in between. A length of hours is real time.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from botui.models import calendar
from botui.models.calendar.basics import read_time, shown
from botui.models.office import Context, Settings

WHOLE_DAY: Final = timedelta(days=1)
USUAL: Final = timedelta(hours=1)
"""How long a meeting takes where nobody says."""
LONGEST: Final = timedelta(days=60)
"""What takes longer is no meeting, but a slip in a date."""
_OVERNIGHT: Final = timedelta(hours=12)
"""So long a meeting may go on into the next day where only the time of its end is typed; else that is a slip."""
_DAYS: Final = r"(?a)(\d{1,3}) ?(d(?:ays?)?|w(?:eeks?)?)"
_CLOCK: Final = r"(?ai)(?:[01]?\d|2[0-4])(?::[0-5]\d)?(?: ?[ap]\.?m\.?)?|[01]\d[0-5]\d|2[0-3][0-5]\d"
_MIDNIGHT: Final = r"(?a)24(?::00)?"
_NO_LENGTH: Final = r"(?a)\d{4,}|\d+:\d+"
"""Digits of a date, and a time of day: as a length of time they would be months and days."""
_FORM: Final = "Write when it ends (15:30, sat 12:00) or how long it takes (45m, 1h 30m, 2d)."


def read_length(text: str) -> timedelta:
    """Read a length of time; whole days are days of the calendar.

    Raises:
        ValueError: it is none, or none of a meeting; says so in words.
    """
    found = re.fullmatch(_DAYS, text.strip().casefold())
    span = int(found[1]) * (7 if found[2][0] == "w" else 1) * WHOLE_DAY if found else calendar.parse_duration(text)
    span = timedelta(minutes=span // timedelta(minutes=1))
    if span <= timedelta(0):
        raise ValueError("It must take some time.")
    if span > LONGEST:
        raise ValueError(f"That is longer than {LONGEST.days} days: file it in parts.")
    return span


def length_words(span: timedelta) -> str:
    """Return a length as ``read_length`` reads it: ``45m``, ``1h 30m``, ``2d``."""
    if span % WHOLE_DAY == timedelta(0):
        return f"{span.days}d"
    hours, minutes = divmod(span // timedelta(minutes=1), 60)
    return " ".join(word for word in (f"{hours}h" if hours else "", f"{minutes}m" if minutes else "") if word)


def is_all_day(settings: Settings, start: datetime, end: datetime) -> bool:
    """Return whether it takes whole days."""
    return all(settings.local(one).time() == time.min for one in (start, end))


def until_words(settings: Settings, start: datetime, end: datetime) -> str:
    """Return how long a meeting takes, so that it ends at the same moment when that is read again."""
    first, last = (settings.local(one).replace(tzinfo=None) for one in (start, end))
    if (last - first) % WHOLE_DAY == timedelta(0) and last > first:
        return f"{(last - first).days}d"
    span = end - start
    if span % WHOLE_DAY == timedelta(0):
        return f"{span // timedelta(hours=1)}h"
    return length_words(span)


def end_of(settings: Settings, start: datetime, text: str, usual: str = "") -> datetime:
    """Return when a meeting ends.

    Args:
        settings: the office's: its zone and how it writes dates.
        start: when it begins; at midnight it is one of whole days, where nothing else is said.
        text: what was typed: a time (of the same day, or of the night that follows), a day (with all of it), both,
            or a length.
        usual: how long it takes where nothing was typed; empty = an hour, or the whole day.

    Raises:
        ValueError: it cannot be read, ends before it begins, or takes too long; says so in words.
    """
    local = settings.local(start)
    plain = " ".join(text.split()) or usual or ("1d" if local.time() == time.min else length_words(USUAL))
    end = _typed_end(settings, local, plain).astimezone(UTC)
    if end <= start:
        raise ValueError(f"It would end before it begins ({settings.local(start):%H:%M}). {_FORM}")
    if end - start > LONGEST + WHOLE_DAY:
        raise ValueError(f"That is longer than {LONGEST.days} days: file it in parts.")
    return end


def _typed_end(settings: Settings, local: datetime, plain: str) -> datetime:
    if re.fullmatch(_MIDNIGHT, plain):
        return _at(settings, local.date() + WHOLE_DAY, time.min)
    if re.fullmatch(_CLOCK, plain):
        clock = time(int(plain[:2]), int(plain[2:])) if re.fullmatch(r"(?a)\d{4}", plain) else read_time(plain)
        return _by_clock(settings, local, clock or time.min)
    if re.fullmatch(_DAYS, plain.casefold()):
        return _at(settings, local.date() + read_length(plain), local.time())
    if _is_length(plain):
        return local.astimezone(UTC) + read_length(plain)
    try:
        return _at(settings, calendar.parse_date(plain, local.date(), settings.order) + WHOLE_DAY, time.min)
    except ValueError:
        pass
    try:
        return calendar.parse_when(plain, local, settings.order)
    except ValueError as error:
        raise ValueError(f"I cannot read {shown(plain)} as the end of a meeting. {_FORM}") from error


def _is_length(plain: str) -> bool:
    if re.fullmatch(_NO_LENGTH, plain):
        return False
    try:
        return bool(calendar.parse_duration(plain))
    except ValueError:
        return False


def _by_clock(settings: Settings, local: datetime, clock: time) -> datetime:
    """Return the next moment at which clocks show this, if that is not half a day away; else the one before."""
    end = _at(settings, local.date(), clock)
    if end.astimezone(UTC) <= local.astimezone(UTC):
        second = end.replace(fold=1)  # the hour that comes twice when summer time ends
        if second.astimezone(UTC) > local.astimezone(UTC):
            return second
        following = _at(settings, local.date() + WHOLE_DAY, clock)
        if following.astimezone(UTC) - local.astimezone(UTC) <= _OVERNIGHT:
            return following
    return end


def _at(settings: Settings, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock.replace(tzinfo=None, fold=0), settings.tz)


def midnight(settings: Settings, day: date) -> datetime:
    """Return when a day of the office begins, UTC."""
    return _at(settings, day, time.min).astimezone(UTC)


def overlap(start: datetime, end: datetime, other_start: datetime, other_end: datetime) -> bool:
    """Return whether two spans of time have a moment in common; where one ends as the other begins, they have none."""
    return start < other_end and other_start < end


def span_words(ctx: Context, start: datetime, end: datetime) -> str:
    """Return a span in the office's words: ``Fri 27 Nov 14:00-15:00``, ``today, all day``, ``Fri 27 Nov - Sun 29 Nov``.

    In a list it takes 23 cells at most, but for one that goes on into another day.
    """
    first, last = ctx.settings.local(start), ctx.settings.local(end)
    day = calendar.day_words(first.date(), ctx.today)
    if is_all_day(ctx.settings, start, end):
        final = last.date() - WHOLE_DAY
        return f"{day}, all day" if final <= first.date() else f"{day} - {calendar.day_words(final, ctx.today)}"
    # the midnight that ends a day is written as that day's
    if last.date() == first.date() or end == midnight(ctx.settings, first.date() + WHOLE_DAY):
        return f"{day} {first:%H:%M}-{'24:00' if last.date() != first.date() else f'{last:%H:%M}'}"
    if end - start <= _OVERNIGHT:
        return f"{day} {first:%H:%M}-{last:%H:%M}"
    return f"{day} {first:%H:%M} - {calendar.day_words(last.date(), ctx.today)} {last:%H:%M}"


def start_words(ctx: Context, start: datetime) -> str:
    """Return in words when something begins: ``today 10:00``; a day alone for one that takes the whole of it."""
    local = ctx.settings.local(start)
    day = calendar.day_words(local.date(), ctx.today)
    return day if local.time() == time.min else f"{day} {local:%H:%M}"


def until_when(ctx: Context, end: datetime) -> str:
    """Return in words until when: ``15:00`` today, else with the day."""
    local = ctx.settings.local(end)
    if local.date() == ctx.today:
        return f"{local:%H:%M}"
    if end == midnight(ctx.settings, ctx.today + WHOLE_DAY):
        return "24:00"
    return f"{calendar.day_words(local.date(), ctx.today)} {local:%H:%M}"
