"""What the sample office books by hand: the wear of what it owns month by month, and a slip that was taken back."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Any, Final

from botui.actions.sample.year import Year
from botui.models import calendar
from botui.models.records import entering
from botui.models.records.chart import Category
from botui.models.records.entry import Entry

_WEAR: Final = Decimal("420.00")
"""What everything the office owns is worth less after a month."""
_SLIP: Final = 5
"""The month in which it was booked twice."""


def play(year: Year, rng: Random, share: float) -> None:
    """Plan the last working day of each month of the year."""
    room, keeper = year.room, year.keepers[0]

    def book(at: datetime) -> None:
        on = calendar.month_end(year.today(at))
        text = f"Wear of equipment, {on:%B %Y}"
        room.let(at, keeper, lambda ctx: entering.create(ctx, Entry(**_entry(year, on, text))))

    def take_back(at: datetime) -> None:
        room.verb(at, keeper, room.all(Entry)[-1], "reverse")

    ends = [day for day in range(year.last) if year.date_of(day).month != year.date_of(day + 1).month]
    for place, day in enumerate(ends):
        year.on(day, book, 0.9)
        if place == _SLIP:
            year.on(day, book, 0.92)
            year.on(day, take_back, 0.95)


def _entry(year: Year, on: date, text: str) -> dict[str, Any]:
    by_code = {one.code: one.id for one in year.room.all(Category)}
    number = year.room.new_id(Entry)
    return {
        "id": number,
        "on": on,
        "text": text,
        "amount": _WEAR,
        "category": by_code["6850"],
        "against": by_code["1500"],
    }
