"""The days of a sample's year: what is to happen on which, played in the order of time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from datetime import date, datetime
from heapq import heappop, heappush
from typing import Final

from botui.actions.sample.lists import clerks, hr_here, managers_here
from botui.actions.sample.store_room import Stock
from botui.models.office import Person

Happening = Callable[[datetime], object]
"""What happens at a moment."""

_KEEPERS: Final = 3
"""Clerks who see to the store room beside the administrator."""


class Year:
    """The days of the last year on which the office was open, and what happens in its store room on them.

    Attributes:
        last: the number of the last day, which is today where the office is open now; the first is 0.
        people: who takes things.
        keepers: who see to the store room, the administrator first.
        manager: who is here to approve what is above a clerk's limit; None = nobody is.
        hr: who does what HR does; None = nobody works as that.
    """

    def __init__(self, stock: Stock) -> None:
        self.stock, self.room, self.rng = stock, stock.room, stock.room.rng
        self.office = office = stock.room.office
        self._days = office.time.days()
        self._dates = [office.settings.local(office.time.at(first)).date() for first, _ in self._days]
        self._queue: list[tuple[int, int, Happening]] = []
        self._planned = self._second = 0
        self.last = len(self._days) - 1
        self.people = [one for one in office.people if one.active]
        boss = office.administrator()
        others = [one for one in clerks(office) if one is not boss]
        self.keepers: list[Person] = [*([boss] if boss else []), *others[:_KEEPERS]]
        keepers = {one.id for one in self.keepers}
        self.manager = next((one for one in managers_here(self.people) if one.id not in keepers), None)
        self.hr = next(iter(hr_here(self.people)), None)

    def on(self, day: int, how: Happening, part: float | None = None) -> None:
        """Let something happen on a day, at any time of it or when so much of it is over.

        What would lie ahead of the present never happens; what would lie behind what is being played happens at once.
        """
        if day <= self.last:
            first, last = self._days[max(day, 0)]
            share = self.rng.random() if part is None else part
            second = max(first + int((last - first) * share), self._second)
            heappush(self._queue, (second, self._planned, how))
            self._planned += 1

    def play(self) -> None:
        """Let everything happen, in the order of time; what happens may plan more for later days."""
        while self._queue:
            self._second, _, how = heappop(self._queue)
            how(self.office.time.at(self._second))

    def moment(self, day: int, part: float) -> datetime:
        """Return the moment at which so much of a day is over."""
        first, last = self._days[min(max(day, 0), self.last)]
        return self.office.time.at(first + int((last - first) * part))

    def date_of(self, day: int) -> date:
        """Return the date of a day."""
        return self._dates[min(max(day, 0), self.last)]

    def day_of(self, wanted: date) -> int:
        """Return the first day that is not before a date; what lies ahead is after the last."""
        return bisect_left(self._dates, wanted)

    def today(self, at: datetime) -> date:
        """Return the date of a moment in the office."""
        return self.office.settings.local(at).date()

    def keeper(self) -> Person:
        """Return one of those who see to the store room."""
        return self.rng.choice(self.keepers)
