"""The papers and the money of the sample office: a year of post, bills, claims, cash and the bank, as it is now.

Each part plans what happens into the days of the year (``Year.on``), and draws from numbers of its own, so that none
changes what another does.
"""

from __future__ import annotations

from random import Random
from typing import Final

from botui import areas
from botui.actions.sample.year import Year
from botui.models.records import charting
from botui.models.records.chart import Category

SMALLEST: Final = 0.25
"""Of the usual sample: a smaller one has no papers."""
PARTS: Final[tuple[str, ...]] = (
    "botui.actions.sample.records_bank:begin",
    "botui.actions.sample.records_documents:play",
    "botui.actions.sample.records_custody:play",
    "botui.actions.sample.records_bills:play",
    "botui.actions.sample.records_expenses:play",
    "botui.actions.sample.records_letters:play",
    "botui.actions.sample.records_bank:play",
    "botui.actions.sample.records_entries:play",
)
"""What each part of the area plans, as dotted names of ``play(year, rng, share)``; a part finds there what those before
it made on the same moment."""


class Records:
    """What an office files, owes and pays in a year.

    Args:
        year: the days.
        share: how large the sample is, of the usual one; at most 1.
        rng: what is drawn from.
    """

    def __init__(self, year: Year, share: float, rng: Random) -> None:
        self._year, self._share, self._rng = year, min(share, 1.0), rng

    def plan(self) -> None:
        """Plan the whole year; a small sample has nothing of it."""
        if self._share < SMALLEST:
            return
        room, keeper = self._year.room, self._year.keepers[0]
        self._year.on(0, lambda at: room.let(at, keeper, charting.begin), 0.0)
        for part in PARTS:
            areas.load(part)(self._year, Random(self._rng.getrandbits(64)), self._share)

    def end(self) -> None:
        """Let time do what it does alone, as of the days on which it was due."""
        room, now = self._year.room, self._year.office.now
        clock = next(area.clock for area in areas.AREAS if area.name == "records")
        for change in areas.load(clock)(room.context(now, None)):
            room.apply(change)


def category(year: Year, name: str) -> int:
    """Return the number of a category of the books; it is there from the first moment of the year on."""
    return next(one.id for one in year.room.all(Category) if one.name == name)
