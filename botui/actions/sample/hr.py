"""HR's year in the sample office: people who come and go, their leave, training, reviews, and what is due.

Each part plans what happens into the days of the year (``Year.on``), and draws from numbers of its own, so that none
changes what another does.
"""

from __future__ import annotations

from random import Random
from typing import Final

from botui import areas
from botui.actions.sample.year import Year

SMALLEST: Final = 0.25
"""Of the usual sample: a smaller one has nothing of HR's."""
PARTS: Final[tuple[str, ...]] = (
    "botui.actions.sample.hr_people:play",
    "botui.actions.sample.hr_leave:play",
    "botui.actions.sample.hr_attendance:play",
    "botui.actions.sample.hr_tasks:play",
    "botui.actions.sample.hr_growth:play",
    "botui.actions.sample.hr_joining:play",
    "botui.actions.sample.hr_recruiting:play",
    "botui.actions.sample.hr_erasing:play",
)
"""What each part of the area plans, as dotted names of ``play(year, rng, share)``; a part finds there what those before
it made on the same moment."""


class Hr:
    """What HR does in a year.

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
        for part in PARTS:
            areas.load(part)(self._year, Random(self._rng.getrandbits(64)), self._share)

    def end(self) -> None:
        """Let time do what it does alone, as of the days on which it was due."""
        room, now = self._year.room, self._year.office.now
        clock = next(area.clock for area in areas.AREAS if area.name == "hr")
        for change in areas.load(clock)(room.context(now, None)):
            room.apply(change)
