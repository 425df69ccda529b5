"""What the sample office owns: filed on the first day of its year or when it was bought, and handed out for good."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from functools import partial
from itertools import cycle
from random import Random
from typing import Any, Final

from botui.actions.sample.lists import make_party
from botui.actions.sample.things import CATEGORIES, LENT_AT, Piece, spread
from botui.actions.sample.year import Year
from botui.models import calendar
from botui.models.base import Refused
from botui.models.equipment.asset import Asset, Category
from botui.models.equipment.filing import create
from botui.models.equipment.handing import hand_out_many
from botui.models.equipment.whom import To
from botui.models.office import Party, PartyKind, Person

_SOLD_BY: Final = {
    "Printers": "Toner",
    "Post and paper machines": "Toner",
    "Kitchen machines": "Kitchen",
    "Tools": "Writing",
    "Furniture": "Writing",
    "Door keys": "Writing",
}
"""Which supplier of the store room, by what else it sells, has sold what is of a category; all else IT's."""
_TRADES: Final = {"Vehicles": "Garage", "Fire safety": "Fire Safety"}
"""Categories that are sold and mended by firms of a trade of their own."""
_SOON_WITHOUT_WARRANTY: Final = 345
"""Days by which printers are off the full year: of those of the year before last the warranty ends in three weeks."""
_LETTERS: Final = "ABCDEFGHJKLMNPRSTVWXYZ23456789"
"""What serial numbers are made of: nothing that is read as something else."""
_ENDS: Final = (
    ("MON-03", "retire", 40, "Stripes in the picture, not worth a repair"),
    ("TEL-02", "lose", 75, "Left in a train, locked from afar"),
    ("KEY-06", "lose", 120, "Not seen since the move"),
    ("NB-02", "retire", 150, "Given to the school next door"),
    ("BEA-03", "pause", 6, "Lamp is too dark; kept for spare parts"),
    ("DES-04", "retire", 200, "Broken frame"),
)
"""Tag, the verb that ends its use, how many working days ago, and why."""


class Inventory:
    """The assets of an office, and who has which of them for as long as it is needed.

    Args:
        year: the days on which it is filed.
        many: how many assets there are.
        rng: what all of equipment is drawn from.

    Attributes:
        assets: the number of each asset that is filed, by its tag.
        planned: what there is to be, in the order in which it is filed.
    """

    def __init__(self, year: Year, many: int, rng: Random) -> None:
        self.year, self.room, self.rng = year, year.room, rng
        self.assets: dict[str, int] = {}
        self.planned = spread(many)
        self._categories: dict[str, Category] = {}
        self._sorts: dict[int, str] = {}
        self._firms: dict[str, Party] = {}
        self._offsets = {"PRN": _SOON_WITHOUT_WARRANTY}
        self._turn = {tag: cycle(self._shuffled()) for tag in {one.thing.tag for one in self.planned}}
        self._named = {one.name: one.id for one in year.office.places}

    def _shuffled(self) -> list[Person]:
        return self.rng.sample(self.year.people, len(self.year.people))

    def plan(self, categories: int) -> None:
        """Plan all of it; so many categories are made, and what is of another has none."""
        for name, asks in list(CATEGORIES.items())[:categories]:
            self._categories[name] = self.room.make(Category, name=name, **asks)
        for sort, trade in _TRADES.items():
            if any(one.thing.category == sort for one in self.planned):
                firm = make_party(self.year.office, self.rng, trade, kind=PartyKind.SUPPLIER, active=True)
                self._firms[sort] = self.room.put(firm)
        today = self.year.date_of(self.year.last)
        for place, piece in enumerate(self.planned):
            first = self._offsets.setdefault(piece.thing.tag, self.rng.randrange(20, 340))
            bought = piece.bought(today, first)
            day, part = self.year.day_of(bought), self.rng.random()
            if day <= 0:
                day, part = 0, 0.1 + place / len(self.planned) * 0.3
            self.year.on(day, partial(self._file, piece, bought), part)
        for tag, verb, ago, why in _ENDS:
            self.year.on(self.year.last - ago, partial(self._lose, tag, verb, why))

    def there(self, tag: str) -> Asset | None:
        """Return the asset of a tag as it is now, or None."""
        number = self.assets.get(tag)
        return None if number is None else self.room.at(Asset, number)

    def sort_of(self, asset: Asset) -> str:
        """Return of which category an asset is, also where the office has none of that name."""
        return self._sorts[asset.id]

    def supplier(self, category: str) -> Party:
        """Return who sells, and mends, what is of a category."""
        suppliers = self.year.stock.suppliers
        if category in self._firms:
            return self._firms[category]
        return suppliers.get(_SOLD_BY.get(category, "IT small parts")) or next(iter(suppliers.values()))

    def _file(self, piece: Piece, bought: date, at: datetime) -> None:
        """File a thing, and hand it out to whoever has it for good."""
        asset = Asset(id=self.room.new_id(Asset), **self._values(piece, bought))
        self.room.let(at, self.keeper(), lambda ctx: create(ctx, asset))
        self.assets[piece.tag], self._sorts[asset.id] = asset.id, piece.thing.category
        to = self._whom(piece)
        # what it is built into may not be there in a small office
        with suppress(Refused):
            if to is not None:
                self.hand_out(asset.id, to, at)

    def hand_out(self, number: int, to: To, at: datetime, **values: Any) -> None:
        """Hand something out, as who gets it gave their PIN.

        Raises:
            Refused: it cannot be handed out now.
        """
        asset = self.room.at(Asset, number)
        self.room.let(at, self.keeper(), lambda ctx: hand_out_many(ctx, [asset], to, confirmed=True, **values))

    def keeper(self) -> Person:
        """Return one of those who see to what the office owns."""
        return self.rng.choice(self.year.keepers)

    def _values(self, piece: Piece, bought: date) -> dict[str, Any]:
        thing, rng = piece.thing, self.rng
        category = self._categories.get(thing.category)
        home = LENT_AT if thing.to in ("person", "into") or not piece.place else piece.place
        values: dict[str, Any] = {
            "tag": piece.tag,
            "name": piece.name,
            "category": category.id if category else None,
            "maker": thing.maker,
            "model": thing.model,
            "home": self._named.get(home),
            "bought_on": bought,
            "price": thing.cost,
            "supplier": self.supplier(thing.category).id,
        }
        if thing.maker:
            values["serial"] = thing.maker[:2].upper() + "".join(rng.choice(_LETTERS) for _ in range(8))
        if thing.warranty:
            values["warranty_until"] = calendar.add_months(bought, thing.warranty)
        if thing.category == "Laptops":
            values["support_until"] = calendar.add_months(bought, 72)
        if thing.tag == "PRN" and piece.number and "PRN-01" in self.assets:
            values["instead"] = self.assets["PRN-01"]
        return values

    def _whom(self, piece: Piece) -> To | None:
        """Return who has it for good; None = it is lent, or left over."""
        if piece.thing.to == "person":
            if piece.number >= min(piece.thing.many * 0.9, len(self.year.people)):
                return None
            return To(person=next(self._turn[piece.thing.tag]).id)
        if piece.thing.to == "place" and piece.place in self._named:
            return To(to_place=self._named[piece.place])
        if piece.thing.to == "into" and (whole := self.assets.get(f"{piece.place}-01")):
            return To(to_asset=whole)
        return None

    def _lose(self, tag: str, verb: str, why: str, at: datetime) -> None:
        """Let something be lost, retired or out of service; what is handed out is taken back before."""
        if (asset := self.there(tag)) is None:
            return
        by = self.keeper()
        # others may reckon with it by now: then it stays
        with suppress(Refused):
            if asset.is_held and verb != "lose":
                self.room.verb(at, by, asset, "give_back")
            self.room.verb(at, by, asset, verb, note=why)
