"""What areas have in common whose year in the sample office is planned part by part, each in a file of its own."""

from __future__ import annotations

from random import Random
from typing import ClassVar, Final

from botui import areas
from botui.actions.sample.year import Year

SMALLEST: Final = 0.25
"""Of the usual sample: a smaller one has nothing of these areas."""


class Played:
    """What an area does in a year.

    Args:
        year: the days.
        share: how large the sample is, of the usual one; at most 1.
        rng: what is drawn from; each part draws from numbers of its own, so that none changes what another does.

    Attributes:
        AREA: its word in the registry.
        PARTS: what each part plans into the days of the year (``Year.on``), as dotted names of
            ``play(year, rng, share)``; a part finds there what those before it made on the same moment.
    """

    AREA: ClassVar[str]
    PARTS: ClassVar[tuple[str, ...]]

    def __init__(self, year: Year, share: float, rng: Random) -> None:
        self._year, self._share, self._rng = year, min(share, 1.0), rng

    def plan(self) -> None:
        """Plan the whole year; a small sample has nothing of it."""
        if self._share < SMALLEST:
            return
        self.begin()
        for part in self.PARTS:
            areas.load(part)(self._year, Random(self._rng.getrandbits(64)), self._share)

    def begin(self) -> None:
        """Plan what all parts need, before them."""

    def end(self) -> None:
        """Let time do what it does alone, as of the days on which it was due."""
        room, now = self._year.room, self._year.office.now
        clock = next(area.clock for area in areas.AREAS if area.name == self.AREA)
        for change in areas.load(clock)(room.context(now, None)):
            room.apply(change)
