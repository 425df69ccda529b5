"""One line of a delivery that is unpacked: what was ordered of it, what came, and what is to be said of that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from botui import areas
from botui.data import Desk
from botui.models.supplies import Item, OrderLine

AS_ORDERED: Final = "as ordered"
NOT_TAKEN: Final = "not taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of what is unpacked.

    Attributes:
        key: number of the order's line; below zero, of an item that is not on the order: its number with that sign.
        ordered, before, to_come: base units ordered, that came before, and that are still to come.
        came: what is here now, what is damaged among it; None = neither scanned nor typed.
        damaged: how much of it is broken and not kept.
        place: number of the item's usual place.
        by_date: it is kept by its use-by date.
        refused: the wrong item: it is sent back, and only noted.
    """

    key: int
    item: int
    name: str
    ordered: int = 0
    before: int = 0
    to_come: int = 0
    came: int | None = None
    damaged: int = 0
    place: int | None = None
    by_date: bool = False
    use_by: date | None = None
    refused: bool = False

    @property
    def kept(self) -> int:
        """Base units that go into stock."""
        return 0 if self.refused else (self.came or 0) - self.damaged

    @property
    def short(self) -> int:
        """Base units that should be here and are not."""
        return max(self.to_come - (self.came or 0), 0)

    @property
    def over(self) -> int:
        """Base units more than were to come, broken or not, of what was ordered."""
        return max((self.came or 0) - self.to_come, 0) if self.key > 0 else 0

    @property
    def touched(self) -> bool:
        """Whether it was scanned or typed."""
        return self.came is not None

    @property
    def said(self) -> str:
        """What is to be said of it in a column."""
        if self.refused:
            return NOT_TAKEN
        if not self.touched:
            return "" if self.to_come else "here already"
        if self.key < 0:
            return "not ordered"
        short = f"{self.short:,} short" if self.short else ""
        over = f"{self.over:,} over" if self.over else ""
        kept = f"{self.kept:,} kept" if self.damaged else ""
        return " ".join(word for word in (short, over, kept) if word) or AS_ORDERED

    @property
    def ref(self) -> str:
        """The reference of its line, or of its item where that is not on the order."""
        return areas.ref("lines", self.key) if self.key > 0 else areas.ref("items", -self.key)


def unpacked(desk: Desk, order: int) -> tuple[Row, ...]:
    """Return the lines of an order as nothing of them is unpacked yet, those first of which something is to come."""
    lines: list[OrderLine] = desk.find("lines", {"order": (order,)})
    rows = [_row(desk, line) for line in lines]
    return tuple(sorted(rows, key=lambda row: (not row.to_come, row.key)))


def pack_of(item: Item, code: str, supplier: int | None) -> int:
    """Return how many base units a code of an item stands for, as this supplier sells it."""
    found = [one for one in item.packs if one.code == code and one.supplier in (supplier, None)]
    # what is said of this supplier goes before what is said of all
    return min(found, key=lambda one: one.supplier is None).quantity if found else 1


def besides(item: Item) -> Row:
    """Return the row of an item that is not on the order."""
    return Row(key=-item.id, item=item.id, name=item.name, place=item.place, by_date=item.by_date)


def _row(desk: Desk, line: OrderLine) -> Row:
    item: Item | None = desk.peek("items", line.item)
    return Row(
        key=line.id,
        item=line.item,
        name=item.name if item is not None else areas.ref("items", line.item),
        ordered=line.quantity,
        before=line.received,
        to_come=line.to_come,
        place=item.place if item is not None else None,
        by_date=item is not None and item.by_date,
    )
