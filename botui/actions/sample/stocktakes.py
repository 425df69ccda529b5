"""The stocktakes of the sample: one booked months ago, one given up, one to approve, one being counted now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from botui.actions.sample.year import Year
from botui.models.base import Refused
from botui.models.office import Person
from botui.models.supplies import Count, Item, Stocktake, counting, differences
from botui.models.supplies.stocktake import State

_WRONG: Final = 0.2
"""How many of the counts differ from what should be there."""
_PLENTY: Final = 8
"""How often a thing can still be taken where some of it is missing: so that it does not run out before it is booked."""
_DAYS: Final = 250
"""Working days of a year of the usual hours."""
_REMARKS: Final = ("one box open", "behind the others", "")


@dataclass(frozen=True, slots=True)
class Round:
    """One stocktake.

    Attributes:
        ago: working days from its beginning to today, in a year of the usual hours.
        part: how much of it is counted.
        then: the state that it has come to.
    """

    name: str
    categories: tuple[str, ...]
    ago: int
    part: float
    then: State


ROUNDS: Final = (
    Round("Paper, pens and folders", ("Writing", "Filing", "Paper"), 0, 0.6, State.COUNTING),
    Round("Half-year count", (), 118, 1.0, State.BOOKED),
    Round("First aid and IT", ("First aid", "IT small parts"), 2, 1.0, State.TO_APPROVE),
    Round("Kitchen", ("Kitchen",), 55, 0.3, State.CANCELLED),
)
"""Those first that a small office has, too."""


class Stocktakes:
    """The stocktakes of a store room.

    Args:
        year: the days on which they are held.
        many: how many of them there are.
    """

    def __init__(self, year: Year, many: int) -> None:
        self.year, self.room, self.rng = year, year.room, year.rng
        boss, *others = year.keepers
        self._counters: Sequence[Person] = others[:2]
        self._boss = boss
        self._rounds = ROUNDS[:many] if others else ()

    def plan(self) -> None:
        """Plan all of them."""
        for one in self._rounds:
            day = max(self.year.last - round(one.ago * min(self.year.last / _DAYS, 1)), 1)
            self.year.on(day, partial(self._begin, day, one), 0.15)

    def _begin(self, day: int, plan: Round, at: datetime) -> None:
        """Begin one, and plan its counts through the day."""
        here = {good.category for good in self.year.stock.goods.values()}
        categories = tuple(one for one in plan.categories if one in here)
        if plan.categories and not categories:
            return
        wanted = Stocktake(id=self.room.new_id(Stocktake), name=plan.name, categories=categories)
        self.room.apply(counting.create(self.room.context(at, self._counters[0]), wanted))
        counts = self.room.find(Count, stocktake=wanted.id)
        done = counts[: max(round(len(counts) * plan.part), 1)]
        for place, one in enumerate(done):
            self.year.on(day, partial(self._count, one.id, plan), 0.2 + 0.4 * place / len(done))
        if plan.then is State.CANCELLED:
            self.year.on(day + 1, partial(self._cancel, wanted.id, "The shelf is moved next week."))
        elif plan.then is not State.COUNTING:
            self.year.on(day, partial(self._finish, wanted.id), 0.8)
        else:
            self.year.on(day, partial(self._again, done[0].id), 0.7)
        if plan.then is State.BOOKED:
            self.year.on(day + 1, partial(self._book, wanted.id), 0.1)

    def _count(self, number: int, plan: Round, at: datetime) -> None:
        one = self.room.at(Count, number)
        item, good = self.room.at(Item, one.item), self.year.stock.goods[one.item]
        here = item.at(one.place)
        more = 0
        if self.rng.random() < _WRONG:
            scarce = here < _PLENTY * good.many * max(self.year.stock.pace, 1)
            more = self.rng.choice((1, 1, 2) if scarce else (-1, -1, -2, -good.many, 1))
        words = counting.HowMany(counted=max(here + more, 0), note=self.rng.choice(_REMARKS) if more else "")
        self.room.do(at, self.rng.choice(self._counters), counting.count, one, words)

    def _again(self, number: int, at: datetime) -> None:
        self.room.do(at, self._counters[0], counting.recount, self.room.at(Count, number), None)

    def _finish(self, number: int, at: datetime) -> None:
        words = differences.CountingDone(to=self._boss.id)
        stocktake = self.room.at(Stocktake, number)
        self.room.do(at, self._counters[0], differences.ask_approval, stocktake, words)

    def _book(self, number: int, at: datetime) -> None:
        try:
            self.room.do(at, self._boss, differences.approve, self.room.at(Stocktake, number), None)
        except Refused:  # where something is missing, the rest of it was taken meanwhile
            self._cancel(number, "Too much was taken since.", at)

    def _cancel(self, number: int, reason: str, at: datetime) -> None:
        words = counting.CancelStocktake(reason=reason)
        self.room.do(at, self._counters[0], counting.cancel, self.room.at(Stocktake, number), words)
