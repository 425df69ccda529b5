"""The shape of what is kept in stock, and of the ledger of its movements.

A quantity is never edited: every change of stock is a movement, and what an item says of its stock is their sum.
Quantities are whole base units (pieces, sheets, litres: the item's ``unit``); money is in the office's currency.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Final

from pydantic import BaseModel, ConfigDict, Field, model_validator

from botui import areas
from botui.models.base import Choice, Line, Prose, Record, Ui, When
from botui.models.office import Codes, Name

QUANTITY_MAX: Final = 1_000_000
"""Base units in one movement at most."""
USED_DAYS: Final = 90
"""Days whose movements say how much of a thing is used (issue 5)."""
LEVELS_MAX: Final = 200
"""Places and use-by dates under which one item lies at most."""

Quantity = Annotated[int, Field(ge=1, le=QUANTITY_MAX)]
"""How many base units: one or more."""
Amount = Annotated[int, Field(ge=0, le=QUANTITY_MAX)]
"""How many base units, or none."""
UnitPrice = Annotated[Decimal, Field(ge=0, le=Decimal("999999.9999"), decimal_places=4)]
"""The price of one base unit in the office's currency: a pen of a box of 50 costs a fraction of a cent too."""


class Level(BaseModel):
    """What lies in one place: the sum of the movements of this item there with this use-by date.

    Attributes:
        place: number of the place.
        quantity: base units; below zero only where the office's settings allow it.
        use_by: of what is kept by date; None = no date.
    """

    model_config = ConfigDict(defer_build=True, frozen=True)

    place: int
    quantity: int
    use_by: date | None = None

    @property
    def text(self) -> str:
        """How it is said in one line."""
        until = f", use by {self.use_by:%Y-%m-%d}" if self.use_by else ""
        return f"{self.quantity:,} in {areas.ref('places', self.place)}{until}"


class Pack(BaseModel):
    """What one of an item's barcodes stands for, where that is not one base unit of whoever sells it.

    Attributes:
        code: the barcode; it is among the item's ``codes`` too.
        quantity: base units that a scan of it receives.
        supplier: number of the party who sells it so; None = anybody.
    """

    model_config = ConfigDict(defer_build=True, frozen=True)

    code: Annotated[Line, Field(min_length=1, max_length=60)]
    quantity: Quantity = 1
    supplier: int | None = None

    @property
    def text(self) -> str:
        """How it is said in one line."""
        of = f", of {areas.ref('parties', self.supplier)}" if self.supplier else ""
        return f"{self.code}: {self.quantity:,}{of}"


class Item(Record):
    """Something the office uses up: what it is, how much there is of it and where, and when to order more.

    Attributes:
        pack_size: base units in one ``pack_unit`` ("1 box = 12").
        order_below: below it, it is ordered (reorder point): on hand, with what is on order, without what is promised.
        fill_to: the par level that an order fills up to.
        multiple: an order is of a multiple of so many base units.
        lead_days: days from order to delivery; None = as the supplier's card says.
        quick_take: base units that one scan, or one key, takes.
        price: the last price of a base unit; ``average``: the moving average of what is here.
        on_hand: base units in all places, the sum of ``stock``: kept as well, to be listed, sorted and asked for.
        on_order: base units ordered and still to come; ``reserved``: promised to who asked, and not handed out yet.
        uses: base units taken on each day until ``used_on`` (UTC), the last first: what ``used`` is the sum of, kept
            here so that nobody who takes a pen has to look through the ledger.
        used: base units taken in the 90 days until the last movement; ``runs_out``: the day it is used up at that rate.
        even_so: typed only, never kept: it is put out of use although some is here, or counted in another unit.
    """

    COLLECTION: ClassVar[str] = "items"

    name: Annotated[Name, Ui(label="Name", column=22)]
    code: Annotated[
        Line, Field(max_length=40), Ui(label="Code", column=10, wide=True, help="Our own number for it.")
    ] = ""
    category: Annotated[
        Line, Field(max_length=40), Ui(label="Category", column=14, wide=True, batch=True, used="items.category")
    ] = ""
    unit: Annotated[
        Line,
        Field(min_length=1, max_length=20),
        Ui(label="Unit", column=7, wide=True, help="What is counted: piece, pack, litre."),
    ] = "piece"
    pack_unit: Annotated[Line, Field(max_length=20), Ui(label="Comes in", help="Such as box.", batch=True)] = ""
    pack_size: Annotated[Quantity, Ui(label="Units in it", help="1 box = 12: write 12.")] = 1
    place: Annotated[
        int | None,
        Ui(label="Usual place", column=16, wide=True, ref="places", help="Where it is put and taken from.", batch=True),
    ] = None
    order_below: Annotated[Amount | None, Ui(label="Order when below", column=6, wide=True)] = None
    fill_to: Annotated[Amount | None, Ui(label="Fill up to")] = None
    multiple: Annotated[
        Quantity, Ui(label="Order multiple", help="Ordered only by so many, such as whole boxes: 12.")
    ] = 1
    lead_days: Annotated[
        int | None, Field(ge=0, le=365), Ui(label="Lead time", help="Days until it comes; empty = as the supplier.")
    ] = None
    supplier: Annotated[int | None, Ui(label="Supplier", column=18, wide=True, ref="parties", batch=True)] = None
    supplier_part: Annotated[
        Line, Field(max_length=40), Ui(label="Their number", help="What the supplier calls it.")
    ] = ""
    price: Annotated[UnitPrice | None, Ui(label="Last price", help="Of one unit.")] = None
    quick_take: Annotated[Quantity, Ui(label="Taken at once", help="Units that one scan or one key takes.")] = 1
    by_date: Annotated[bool, Ui(label="Use-by date", help="y asks for the date when it comes in.")] = False
    codes: Annotated[Codes, Ui(label="Barcodes", help="Commas between; L says which of them is a box.")] = ()
    note: Annotated[Prose, Ui(label="Note", rows=2)] = ""
    active: Annotated[bool, Ui(label="In use")] = True
    even_so: Annotated[bool | None, Ui(label="Even so", help="y saves it although some of it is here or on order.")] = (
        None
    )

    packs: Annotated[tuple[Pack, ...], Field(max_length=20), Ui(label="Packs", form=False)] = ()
    average: Annotated[UnitPrice | None, Ui(label="Average price", form=False)] = None
    on_hand: Annotated[int, Ui(label="On hand", column=7, form=False)] = 0
    stock: Annotated[tuple[Level, ...], Field(max_length=LEVELS_MAX), Ui(label="Stock", form=False)] = ()
    on_order: Annotated[int, Field(ge=0), Ui(label="On order", column=8, form=False)] = 0
    reserved: Annotated[int, Field(ge=0), Ui(label="Promised", column=8, form=False)] = 0
    used: Annotated[int, Ui(label="Used in 90 days", form=False)] = 0
    uses: Annotated[tuple[int, ...], Field(max_length=USED_DAYS)] = ()
    used_on: date | None = None
    runs_out: Annotated[date | None, Ui(label="Runs out", column=10, form=False)] = None
    counted_at: Annotated[When | None, Ui(label="Last counted", form=False)] = None
    imported: Annotated[Prose, Ui(label="Notes of the import", form=False)] = ""

    @model_validator(mode="before")
    @classmethod
    def _sum_of_places(cls, values: Any) -> Any:
        """Reckon what is on hand where only the places are said."""
        if not isinstance(values, dict) or "on_hand" in values or not isinstance(values.get("stock"), (list, tuple)):
            return values
        levels = (one if isinstance(one, dict) else vars(one) for one in values["stock"])
        return {**values, "on_hand": sum(one["quantity"] for one in levels if isinstance(one.get("quantity"), int))}

    @property
    def available(self) -> int:
        """What an order is measured against: on hand and on order, without what is promised."""
        return self.on_hand + self.on_order - self.reserved

    def at(self, place: int) -> int:
        """Return the base units in one place."""
        return sum(one.quantity for one in self.stock if one.place == place)


def many(item: Item, quantity: int) -> str:
    """Return how a quantity of a thing is said, whether it came or went: ``3 x Pen, blue``."""
    return f"{abs(quantity):,} x {item.name}"


class Why(Choice):
    """Why stock moved."""

    TAKE = "take", "taken"
    RETURN = "return", "returned"
    RECEIVE = "receive", "came in"
    COUNT = "count", "counted"
    CORRECT = "correct", "corrected"
    TRANSFER = "transfer", "moved"
    WASTE = "waste", "thrown away"


USE: Final = frozenset({Why.TAKE, Why.RETURN, Why.WASTE})
"""What tells how much of a thing is used."""


class Movement(Record):
    """One line of the ledger: so many of an item came to a place or left it. It is never changed and never removed.

    Attributes:
        quantity: base units, with sign: below zero they left the place.
        by: who booked it; ``person``: for whom, if for somebody.
        about: reference of the record it is for, such as a ticket or a machine; ``label``: what it is for, in words.
        cost: of one base unit, in the office's currency: the price of what came, else the average at that time.
        damaged: base units that came broken with it and were not kept, so that taking it back takes them back too.
        pair: the other half of a transfer.
        reverses: the movement that this one takes back.
    """

    COLLECTION: ClassVar[str] = "movements"

    item: Annotated[int, Ui(label="Item", column=18, ref="items")]
    quantity: Annotated[int, Ui(label="Quantity", column=8)]
    why: Annotated[Why, Ui(label="Why", column=11)]
    place: Annotated[int, Ui(label="Place", column=14, wide=True, ref="places")]
    at: Annotated[When, Ui(label="When", column=16)]
    by: Annotated[int | None, Ui(label="Who", column=12, ref="people")] = None
    person: Annotated[int | None, Ui(label="For", ref="people")] = None
    to_place: Annotated[int | None, Ui(label="For place", ref="places")] = None
    about: Annotated[Line, Field(max_length=20), Ui(label="For record", names=True)] = ""
    label: Annotated[Line, Field(max_length=80), Ui(label="For what")] = ""
    note: Annotated[Line, Ui(label="Note", column=14)] = ""
    use_by: Annotated[date | None, Ui(label="Use by")] = None
    cost: Annotated[UnitPrice | None, Ui(label="Cost of one")] = None
    line: Annotated[int | None, Ui(label="Order line", ref="lines")] = None
    damaged: Annotated[int, Ui(label="Damaged")] = 0
    request: Annotated[int | None, Ui(label="Request", ref="requests")] = None
    stocktake: Annotated[int | None, Ui(label="Stocktake", ref="stocktakes")] = None
    pair: Annotated[int | None, Ui(label="Other half", ref="movements")] = None
    reverses: Annotated[int | None, Ui(label="Takes back", ref="movements")] = None
