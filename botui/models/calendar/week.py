"""Opening hours as text a person can edit: ``mon-thu 08:00-12:00 13:00-17:00, fri 08:00-14:00``."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Final

from botui.models.calendar.basics import WEEKDAYS, shown, weekday_of
from botui.models.calendar.hours import MIDNIGHT, Span, Week

_CLOSED: Final = "closed"
_ALWAYS: Final = frozenset({"always", "24/7", "24x7"})
_DAYS: Final = r"([a-z]+)(?:-([a-z]+))?"
_SPAN: Final = r"(?a)(\d{1,2})(?::?(\d{2}))?-(\d{1,2})(?::?(\d{2}))?"
_FORM: Final = "Write the hours like mon-thu 08:00-12:00 13:00-17:00, fri 08:00-14:00."
_LONGEST: Final = 1000
"""Characters; seven days of a dozen spans each need fewer."""


def parse_week(text: str) -> Week:
    """Read opening hours.

    Days come before their hours; parts are separated by commas, and days named without hours share those of the
    next part (``mon, wed 08:00-12:00``). Hours past midnight (``22:00-06:00``) are cut there and go on the next
    day. ``always`` and ``closed`` stand for a whole week, ``sun closed`` for a day.

    Raises:
        ValueError: what is wrong, and how to write it.
    """
    if len(text) > _LONGEST:
        raise ValueError(f"That is too long. {_FORM}")
    plain = re.sub(r"\s*-\s*", "-", text.replace("\N{EN DASH}", "-").casefold()).strip(" ,;\n")
    if plain in _ALWAYS:
        return ((Span(0, MIDNIGHT),),) * 7
    if plain == _CLOSED:
        return ((),) * 7
    spans: list[list[Span]] = [[] for _ in WEEKDAYS]
    waiting: list[int] = []
    for part in re.split(r"[,;\n]+", plain):
        days, hours = _split(part.split())
        waiting += days
        if hours:
            for day in waiting:
                _open_on(spans, day, hours)
            waiting = []
    if waiting or not plain:
        raise ValueError(f"Hours are missing{' at the end' if plain else ''}. {_FORM}")
    return tuple(_joined(day, found) for day, found in zip(WEEKDAYS, spans, strict=True))


def format_week(week: Week) -> str:
    """Write opening hours so that `parse_week` reads the same."""
    parts = []
    for spans, days in groupby(range(7), key=lambda day: week[day]):
        if spans:
            named = list(days)
            until = f"-{WEEKDAYS[named[-1]]}" if len(named) > 1 else ""
            hours = " ".join(f"{_clock(opens)}-{_clock(closes)}" for opens, closes in spans)
            parts.append(f"{WEEKDAYS[named[0]]}{until} {hours}")
    return ", ".join(parts) or _CLOSED


def _split(words: list[str]) -> tuple[list[int], list[str]]:
    """Part the names of days from the hours that follow them."""
    days: list[int] = []
    for at, word in enumerate(words):
        found = re.fullmatch(_DAYS, word)
        if not found or word == _CLOSED:
            if not days and at == 0:
                raise ValueError(f"Say on which days {shown(word)} is. {_FORM}")
            return days, words[at:]
        first, last = weekday_of(found[1]), weekday_of(found[2] or found[1])
        if first is None or last is None:
            raise ValueError(f"{shown(word)} is no weekday. {_FORM}")
        days += [(first + n) % 7 for n in range((last - first) % 7 + 1)]
    return days, []


def _open_on(week: list[list[Span]], day: int, hours: list[str]) -> None:
    """Add the *hours* that somebody wrote for *day*."""
    if hours == [_CLOSED]:
        return
    for text in hours:
        found = re.fullmatch(_SPAN, text)
        if not found:
            raise ValueError(f"I cannot read {shown(text)} as hours. {_FORM}")
        opens, closes = (int(hour) * 60 + int(minute or 0) for hour, minute in (found.groups()[:2], found.groups()[2:]))
        if opens >= MIDNIGHT or closes > MIDNIGHT or any(int(part or 0) > 59 for part in (found[2], found[4])):
            raise ValueError(f"There are no hours {text}. {_FORM}")
        if opens == closes:
            raise ValueError(f"{text} is no time at all; the whole day is 00:00-24:00.")
        if opens < closes:
            week[day].append(Span(opens, closes))
        else:
            week[day].append(Span(opens, MIDNIGHT))
            if closes:
                week[(day + 1) % 7].append(Span(0, closes))


def _joined(name: str, spans: list[Span]) -> tuple[Span, ...]:
    """Put the spans of a day in order and join those that meet."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.opens < joined[-1].closes:
            raise ValueError(f"The hours of {name} overlap. {_FORM}")
        if joined and span.opens == joined[-1].closes:
            joined[-1] = Span(joined[-1].opens, span.closes)
        else:
            joined.append(span)
    return tuple(joined)


def _clock(minute: int) -> str:
    """Write a minute of the day, ``24:00`` included."""
    return f"{minute // 60:02}:{minute % 60:02}"
