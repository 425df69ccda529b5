"""The days of a leave as people write them: ``mon``, ``mon..fri``, ``mon 5``, ``24.12 half``, ``fri 2h``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from botui.models import calendar
from botui.models.base import fold
from botui.models.hr.leave import LeaveType, Part

LONGEST: Final = 366
"""Working days that a number behind a date may be at most."""
_PARTS: Final = {
    "half": Part.MORNING,
    "morning": Part.MORNING,
    "am": Part.MORNING,
    "afternoon": Part.AFTERNOON,
    "pm": Part.AFTERNOON,
    "whole": Part.WHOLE,
}
_HOURS: Final = re.compile(r"(?a)(\d{1,2}(?:[.,]\d{1,2})?) ?h(?:ours?)?")
_COUNTED: Final = re.compile(r"(?a)(.+?) +(\d{1,3})(?: ?d(?:ays?)?)?")


class Days(NamedTuple):
    """What somebody wrote: the days, and how much of them.

    Attributes:
        part: which part of a single day; ``hours``: how many hours of it instead.
    """

    first: date
    last: date
    part: Part = Part.WHOLE
    hours: Decimal | None = None

    @property
    def values(self) -> dict[str, Any]:
        """The same as fields of a leave; what is as usual is left out."""
        found: dict[str, Any] = {"starts": self.first}
        if self.last != self.first:
            found["ends"] = self.last
        if self.part is not Part.WHOLE:
            found["part"] = self.part
        if self.hours is not None:
            found["hours"] = self.hours
        return found


def read_days(text: str, today: date, order: calendar.EntryOrder, office: calendar.BusinessHours) -> Days:
    """Read days: a date or two with dots between, or one and how many working days of the office; then a part or hours.

    Raises:
        ValueError: they cannot be read; says what can.
    """
    words = " ".join(text.split())
    part, hours = Part.WHOLE, None
    before, _, end = words.rpartition(" ")
    if found := _HOURS.fullmatch(end):
        hours, words = Decimal(found[1].replace(",", ".")), before
    elif fold(end) in _PARTS:
        part, words = _PARTS[fold(end)], before.removesuffix(" first").removesuffix(" second")
    first, last = _span(words or "today", today, order, office)
    return Days(first, last, part, hours)


def _span(text: str, today: date, order: calendar.EntryOrder, office: calendar.BusinessHours) -> tuple[date, date]:
    try:
        return calendar.parse_range(text, today, order)
    except ValueError:
        if found := _COUNTED.fullmatch(text):
            with suppress(ValueError):
                first = calendar.parse_date(found[1], today, order)
                return first, _counted(first, int(found[2]), office)
        raise


def _counted(first: date, days: int, office: calendar.BusinessHours) -> date:
    """Return the day on which so many working days of the office are over that begin on a day.

    Raises:
        ValueError: there are none, or too many.
    """
    if not 0 < days <= LONGEST:
        raise ValueError("That is no number of days.")
    last = first
    for _ in range(3 * LONGEST):
        days -= office.is_working_day(last)
        if not days:
            return last
        last += timedelta(days=1)
    raise ValueError("The office does not open on so many days.")


def usual_type(types: Iterable[LeaveType]) -> LeaveType | None:
    """Return the type that is meant where nobody says which: the first with an allowance."""
    return next((one for one in types if one.active and one.counted and one.allowance), None)
