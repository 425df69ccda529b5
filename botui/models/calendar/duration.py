"""Lengths of time as people type them: ``1h 30m``, ``90``, ``1:30``, ``2d``."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from botui.models.calendar.basics import shown

_PARTS: Final = (
    r"(?a)(?:(\d{1,5}(?:[.,]\d{1,4})?)\s*d(?:ays?)?)?\s*"
    r"(?:(\d{1,5}(?:[.,]\d{1,4})?)\s*h(?:ours?|rs?)?)?\s*"
    r"(?:(\d{1,6}(?:[.,]\d{1,4})?)\s*(?:m(?:in(?:ute)?s?)?|(?<=h\d\d)))?"
)
_CLOCK: Final = r"(?a)(\d{1,5}):([0-5]\d)"
_MINUTES: Final = r"(?a)\d{1,6}"
_LONGEST: Final = 60
_FORM: Final = "Write minutes (90), hours and minutes (1:30 or 1h 30m), hours (1.5h) or days (2d)."


def parse_duration(text: str, day: timedelta = timedelta(days=1)) -> timedelta:
    """Read a length of time; a bare number is minutes.

    Args:
        text: what was typed.
        day: what ``1d`` stands for; give the office's working day (`BusinessHours.day_length`) for work done.

    Raises:
        ValueError: it is no length of time; says how to write one.
    """
    plain = text.strip().casefold() if len(text) <= _LONGEST else ""
    if found := re.fullmatch(_CLOCK, plain):
        return timedelta(hours=int(found[1]), minutes=int(found[2]))
    if re.fullmatch(_MINUTES, plain):
        return timedelta(minutes=int(plain))
    found = re.fullmatch(_PARTS, plain)
    if not plain or not found:
        raise ValueError(f"I cannot read {shown(text)} as a length of time. {_FORM}")
    days, hours, minutes = (float((part or "0").replace(",", ".")) for part in found.groups())
    return days * day + timedelta(hours=hours, minutes=minutes)
