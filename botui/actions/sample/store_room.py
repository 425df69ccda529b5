"""What there is in the sample's store room before its year begins: shelves, suppliers, items with their codes."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Final

from botui.actions.sample.goods import SHELVES, TRADES, UPSTAIRS, Good, ean13, spread
from botui.actions.sample.lists import make_party
from botui.actions.sample.room import Room
from botui.models.office import Party, PartyKind, Place
from botui.models.supplies import Item, Pack

STORE: Final = "Store room"
UPPER: Final = "Cupboard 2nd floor"
"""The second place where things are taken."""
_PLACES: Final = (
    (STORE, "Ground floor", "STORE"),
    (UPPER, "2nd floor", "STORE-2"),
    *((f"Shelf {name}", STORE, f"SHELF-{name}") for name in SHELVES.values()),
)
"""Places of the store room, what they are part of, and what is scanned there."""
ONLY_STOCK: Final = frozenset(name for name, _, _ in _PLACES)
"""Places where things are and nobody works."""
_COVER: Final = 9.0
"""Weeks of use that an order fills up; an office whose people take more orders more often."""
_SPARE: Final = 2.2
"""Weeks of use that are left beside the lead time when something is ordered."""
_WEEKS: Final = 52
_CHECKS: Final = (-12, 9, 40, 120, 200, 260, 330)
"""Days from today on which the suppliers are to be checked again."""


class Stock:
    """The things of a store room, and where they are.

    Attributes:
        goods: what each item is in the list of goods, by number.
        pace: how much more is taken than by sixty people.
        upper: the second place where things are taken; None = there is none. ``upstairs``: what lies there, too.
        suppliers: who sells what, by category.
    """

    def __init__(self, room: Room, pace: float) -> None:
        self.room = room
        self.pace = pace
        self.goods: dict[int, Good] = {}
        self.upper: Place | None = None
        self.upstairs: list[int] = []
        self.suppliers: dict[str, Party] = {}

    def lay_out(self, items: int, shelves: int, suppliers: int) -> None:
        """Make places, suppliers and items, so many of each."""
        store = self._places(shelves)
        self._suppliers(suppliers)
        for number, good in enumerate(spread(items), 1):
            self._item(number, good, store)
        self.upstairs = [number for number, good in self.goods.items() if self.upper and good.name in UPSTAIRS]

    def _places(self, many: int) -> Place:
        office = self.room.office
        named = {one.name: one for one in office.places}
        for name, within, code in _PLACES[:many]:
            if name not in named:
                above = named.get(within)
                place = office.make(Place, office.places, name=name, within=above.id if above else None, codes=(code,))
                named[name] = self.room.put(place)
        self.upper = named.get(UPPER)
        return named[STORE]

    def _suppliers(self, many: int) -> None:
        office, rng = self.room.office, self.room.rng
        today = office.settings.local(office.now).date()
        for place, trade in enumerate(TRADES[:many]):
            values = {
                "kind": PartyKind.SUPPLIER,
                "terms": trade.terms,
                "lead_days": trade.lead,
                "check_on": today + timedelta(days=_CHECKS[place]),
                "active": True,
            }
            made = self.room.put(make_party(office, rng, trade.name, **values))
            for category in trade.categories:
                self.suppliers[category] = made
        for trade in TRADES[many:]:
            self.suppliers |= dict.fromkeys(trade.categories, made)

    def _item(self, number: int, good: Good, store: Place) -> None:
        room = self.room
        shelf = next((one for one in room.office.places if one.name == f"Shelf {SHELVES[good.category]}"), store)
        supplier = self.suppliers[good.category]
        unit, pack = ean13(f"20{number:05}00001"), ean13(f"20{number:05}{good.size:05}")
        weekly = good.takes * good.many * self.pace / _WEEKS
        below = _round(max(weekly * (lead_of(good) / 5 + _SPARE), 2))
        made = room.make(
            Item,
            name=good.name,
            code=f"{SHELVES[good.category]}-{number:02}",
            category=good.category,
            unit=good.unit,
            pack_unit=good.pack,
            pack_size=good.size,
            place=shelf.id,
            order_below=below,
            fill_to=_round(max(below + weekly * _COVER / math.sqrt(max(self.pace, 1)), below + good.size, 2)),
            multiple=good.size,
            supplier=supplier.id,
            supplier_part=f"{supplier.name[:2].upper()}{room.rng.randrange(10_000, 100_000)}",
            price=good.cost,
            quick_take=good.many if good.many > 3 else 1,
            by_date=bool(good.days),
            codes=(unit,) if good.size == 1 else (unit, pack),
            packs=(Pack(code=pack, quantity=good.size, supplier=supplier.id),) if good.size > 1 else (),
        )
        self.goods[made.id] = good


def lead_of(good: Good) -> int:
    """Return the days from order to delivery of what is sold by its trade."""
    return next(trade.lead for trade in TRADES if good.category in trade.categories)


def _round(many: float) -> int:
    """Return a number as people choose them: whole, and from ten on in fives, from a hundred on in tens."""
    step = 1 if many < 10 else 5 if many < 100 else 10
    return math.ceil(many / step) * step
