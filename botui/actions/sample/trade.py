"""What is done in the sample's store room day by day: things are taken, brought back, moved, thrown away, counted.

Everything is booked through the ledger at the moment at which it happens, so that it is what the rules would have
written; what is ordered meanwhile is ``purchases``, what is asked for ``wishes``, what is counted ``stocktakes``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import accumulate
from typing import Any, Final

from botui.actions.sample.goods import ALWAYS_HERE, DATED_SOON, WINTER, Good
from botui.actions.sample.year import Year
from botui.models.base import Change
from botui.models.office import Person
from botui.models.supplies import Item, Movement, Why
from botui.models.supplies.item import USED_DAYS
from botui.models.supplies.ledger import Ledger, Posting
from botui.models.supplies.reversing import reversal

_MONDAY: Final = 1.6
"""How much more is taken on a Monday than on another day."""
_COLD: Final = frozenset({10, 11, 12, 1, 2, 3})
"""The months of winter."""
_BROUGHT_BACK: Final = 0.03
"""How many of what was taken bring some of it back."""
_MISTAKEN: Final = 0.004
"""How many bookings were a mistake that is taken back the next morning."""
_MISHAPS: Final = 12
"""Things that are broken, or found, in a year."""
_MORE: Final = (0, 0, 0, 0, 1, 1, 2)
"""How many other things are taken with one."""
_USED_UP: Final = 6
"""One in so many of what runs low is used up."""
_LABELS: Final = ("Trade fair", "Board meeting", "New colleague", "Training room", "Open day", "Audit", "Home office")
_BROKEN: Final = ("fell off the shelf", "got wet", "dried up", "torn", "box was crushed")
_FOUND: Final = ("found behind the shelf", "lay on the wrong shelf", "was counted twice")
_GOES_TO: Final = {"Toner": "Print room", "Cleaning": "Canteen"}
"""Where a thing of a category is taken to, now and then."""


class Trade:
    """The daily life of a store room.

    Args:
        year: the days to live through.
    """

    def __init__(self, year: Year) -> None:
        self.year, self.room, self.rng, self.stock = year, year.room, year.rng, year.stock
        self.items = list(self.stock.goods)
        self._warm, self._cold = (self._weights(more) for more in (1.0, 1.8))
        self._rest = 0.0
        named = {one.name: one.id for one in self.year.office.places}
        self._goes_to = {name: named[room] for name, room in _GOES_TO.items() if room in named}

    def plan(self) -> None:
        """Plan the whole year."""
        for place, item in enumerate(self.items):
            self.year.on(0, partial(self._lay_in, item), place / len(self.items) * 0.1)
        for day in range(1, self.year.last + 1):
            self._day(day)
        for day in range(2, self.year.last + 1):
            if self.year.date_of(day).month != self.year.date_of(day - 1).month:
                self._count_some(day)
        for number in range(round(_MISHAPS * min(self.stock.pace, 1))):
            self.year.on(self.rng.randrange(1, self.year.last + 1), self._found if number % 3 == 0 else self._break)
        for number, good in self.stock.goods.items():
            if good.name in ALWAYS_HERE:
                self.year.on(self.year.last - 1, partial(self._fetch, number), 0.5)

    def plan_low(self, items: Iterable[int]) -> None:
        """Let things run low in the last days: less is left than is ordered at, of some not enough for a week."""
        for place, number in enumerate(items):
            least = 0 if place % _USED_UP == 1 else 1
            for ago in (4, 2, 1, 0):
                part = 0.35 + 0.2 * self.rng.random()
                self.year.on(self.year.last - ago, partial(self._use_up, number, ago, least), part)

    def _weights(self, more: float) -> list[float]:
        goods = self.stock.goods.values()
        return list(accumulate(one.takes * (more if one.name in WINTER else 1.0) for one in goods))

    def _day(self, day: int) -> None:
        """Plan the takes of a day, and what is looked after on some days of the week."""
        date_ = self.year.date_of(day)
        weights = self._cold if date_.month in _COLD else self._warm
        monday = _MONDAY if date_.weekday() == 0 else 1.0
        mean = weights[-1] * self.stock.pace / max(self.year.last, 1) / (1 + sum(_MORE) / len(_MORE))
        self._rest += mean * monday * self.rng.uniform(0.5, 1.3)
        many, self._rest = int(self._rest), self._rest % 1
        for item in self.rng.choices(self.items, cum_weights=weights, k=many):
            self.year.on(day, partial(self._take, day, item))
        if day % 5 == 1:
            self.year.on(day, self._throw_away, 0.1)
        if day % 5 == 3 and self.stock.upper is not None:
            self.year.on(day, self._carry_up, 0.3)

    # --- what comes in before anything is ordered ----------------------------------------------------------------

    def _lay_in(self, number: int, at: datetime) -> None:
        """Book what was there when the store room was first kept."""
        item, good = self.room.at(Item, number), self.stock.goods[number]
        low, high = item.order_below or 1, item.fill_to or 2
        values: dict[str, Any] = {"item": number, "place": item.place, "why": Why.RECEIVE, "cost": good.cost}
        values |= {"note": "What was there", "quantity": self.rng.randrange(low, high + 1)}
        if good.name in DATED_SOON:
            today = self.year.today(self.year.office.now)
            many = round(good.takes * good.many * max(self.stock.pace, 1)) + good.size + 5
            values |= {"quantity": many, "use_by": today + timedelta(days=DATED_SOON[good.name])}
        else:
            values["use_by"] = use_by(self.year, good, self.year.today(at))
        self._post_one(at, self.year.keepers[0], values)
        if number in self.stock.upstairs:
            self._carry(number, at)

    # --- out and back -------------------------------------------------------------------------------------------

    def _take(self, day: int, number: int, at: datetime) -> None:
        """Let somebody take something, and now and then something else with it."""
        rng = self.rng
        person = rng.choice(self.year.people)
        by = self.year.keeper() if rng.random() < 0.12 else person
        basket = [number, *rng.choices(self.items, cum_weights=self._warm, k=rng.choice(_MORE))]
        to = self._for_whom(number, person)
        postings = [one for item in dict.fromkeys(basket) if (one := self._taken(item, to))]
        if not postings:
            return
        made: list[Movement] = []
        self.room.book(at, by, lambda ledger: made.extend(one for each in postings for one in ledger.take_out(each)))
        drawn = rng.random()
        if made[0].quantity < -1 and drawn < _BROUGHT_BACK:
            self.year.on(day + rng.randrange(1, 4), partial(self._bring_back, made[0], person))
        elif drawn > 1 - _MISTAKEN:
            self.year.on(day + 1, partial(self._take_back, made[0], by), 0.05)

    def _for_whom(self, number: int, person: Person) -> dict[str, Any]:
        """Return for whom or what something is taken: mostly for somebody, else for a place or an occasion."""
        place = self._goes_to.get(self.stock.goods[number].category)
        if place and self.rng.random() < 0.6:
            return {"to_place": place}
        return {"label": self.rng.choice(_LABELS)} if self.rng.random() < 0.12 else {"person": person.id}

    def _taken(self, number: int, to: dict[str, Any]) -> Posting | None:
        item, good = self.room.at(Item, number), self.stock.goods[number]
        place, many = item.place or 0, max(round(good.many * self.rng.choice((0.5, 1, 1, 1, 1, 1.5, 2))), 1)
        upper = self.stock.upper
        if upper is not None and number in self.stock.upstairs and item.at(upper.id) and self.rng.random() < 0.4:
            place = upper.id
        many = min(many, item.at(place))
        return Posting(item=number, place=place, why=Why.TAKE, quantity=-many, **to) if many > 0 else None

    def _use_up(self, number: int, ago: int, least: int, at: datetime) -> None:
        """Let somebody take much of a thing, so that on the last day little of it is left."""
        item = self.room.at(Item, number)
        left = max(min((item.order_below or 1) * 6 // 10, item.used * 5 // USED_DAYS), 1) * least
        many = max(item.on_hand - left, 0) // (ago + 1)
        person, label = self.rng.choice(self.year.people), self.rng.choice(_LABELS)
        for place in dict.fromkeys(level.place for level in item.stock):
            part = min(many, item.at(place))
            many -= part
            if part > 0:
                what = Posting(item=number, place=place, why=Why.TAKE, quantity=-part, label=label)
                self._take_out(at, person, what)

    def _bring_back(self, taken: Movement, person: Person, at: datetime) -> None:
        many = self.rng.randrange(1, -taken.quantity)
        back = Posting(
            item=taken.item,
            place=taken.place,
            quantity=many,
            why=Why.RETURN,
            use_by=taken.use_by,
            person=taken.person,
            to_place=taken.to_place,
            label=taken.label,
            note="not needed",
        )
        self.room.book(at, person, lambda ledger: ledger.post(back))

    def _take_back(self, booked: Movement, by: Person, at: datetime) -> None:
        self.room.apply(reversal(self.room.context(at, by), [booked], Change("movements.reverse")))

    # --- what is looked after -----------------------------------------------------------------------------------

    def _throw_away(self, at: datetime) -> None:
        """Throw away what is out of date."""
        today = self.year.today(at)
        for number in self.items:
            for level in self.room.at(Item, number).stock:
                if level.use_by is not None and level.use_by < today:
                    what: dict[str, Any] = {"item": number, "place": level.place, "why": Why.WASTE}
                    what |= {"quantity": -level.quantity, "use_by": level.use_by, "note": "past its date"}
                    self._post_one(at, self.year.keepers[0], what)

    def _carry_up(self, at: datetime) -> None:
        """Fill up the second cupboard with what runs low there."""
        for number in self.stock.upstairs:
            if self.stock.upper and self.room.at(Item, number).at(self.stock.upper.id) < self.stock.goods[number].many:
                self._carry(number, at)

    def _carry(self, number: int, at: datetime) -> None:
        item, upper = self.room.at(Item, number), self.stock.upper
        place = item.place or 0
        many = min(self.stock.goods[number].many * 4, item.at(place) // 2)
        if upper is None or upper.id == place or many < 1:
            return

        what = Posting(item=number, place=place, quantity=-many, why=Why.TRANSFER)
        self.room.book(at, self.year.keeper(), lambda ledger: ledger.transfer(what, upper.id))

    def _count_some(self, day: int) -> None:
        """Plan the monthly count of a few things."""
        for number in self.rng.sample(self.items, min(4, len(self.items))):
            self.year.on(day, partial(self._recount, number))

    def _recount(self, number: int, at: datetime) -> None:
        item = self.room.at(Item, number)
        here = item.at(item.place or 0)
        more = self.rng.choice((0, 0, 0, -1, -2, 1))
        more = max(more, -here)

        def count(ledger: Ledger) -> None:
            self._post(ledger, item, more, Why.COUNT, "monthly count")
            ledger.set(item, counted_at=at)

        self.room.book(at, self.year.keeper(), count)

    def _break(self, at: datetime) -> None:
        item = self.room.at(Item, self.rng.choice(self.items))
        if item.at(item.place or 0):
            note = self.rng.choice(_BROKEN)
            self.room.book(at, self.year.keeper(), lambda ledger: self._post(ledger, item, -1, Why.WASTE, note))

    def _fetch(self, number: int, at: datetime) -> None:
        """Fetch a pack of a thing from the shop, where less than one is left."""
        item, good = self.room.at(Item, number), self.stock.goods[number]
        if item.at(item.place or 0) < good.size:
            values = {"item": number, "place": item.place, "why": Why.RECEIVE, "cost": good.cost}
            self._post_one(at, self.year.keeper(), {**values, "quantity": good.size, "note": "fetched from the shop"})

    def _found(self, at: datetime) -> None:
        item, note = self.room.at(Item, self.rng.choice(self.items)), self.rng.choice(_FOUND)
        self.room.book(at, self.year.keeper(), lambda ledger: self._post(ledger, item, 1, Why.CORRECT, note))

    def _take_out(self, at: datetime, by: Person, what: Posting) -> None:
        self.room.book(at, by, lambda ledger: ledger.take_out(what))

    def _post_one(self, at: datetime, by: Person, what: dict[str, Any]) -> None:
        self.room.book(at, by, lambda ledger: ledger.post(Posting(**what)))

    def _post(self, ledger: Ledger, item: Item, more: int, why: Why, note: str) -> None:
        """Book that there is more or less of an item in its usual place than there was."""
        what = Posting(item=item.id, place=item.place or 0, quantity=more, why=why, note=note)
        if more < 0:
            ledger.take_out(what)
        elif more:
            dates = [level.use_by for level in item.stock if level.place == item.place]
            ledger.post(replace(what, use_by=dates[-1] if dates else None))


def use_by(year: Year, good: Good, came: date) -> date | None:
    """Return until when what came on a day is good; some of it was made a while before."""
    return came + timedelta(days=good.days - year.rng.randrange(good.days // 5 + 1)) if good.days else None
