"""Rows that say how much of an item is where, as counts."""

from __future__ import annotations

from dataclasses import dataclass

from botui.actions.imports.books import BookingTaker, Books, Counted
from botui.actions.imports.directory import Directory
from botui.actions.imports.rows import Cells
from botui.actions.imports.taking import Reader
from botui.models.base import Change, Record, Refused
from botui.models.office import Context
from botui.models.supplies import Item


@dataclass(frozen=True, slots=True)
class StockTaker(BookingTaker):
    """Takes rows as counts of items that are here.

    Attributes:
        note: kept with each movement.
    """

    directory: Directory
    reader: Reader
    books: Books
    note: str

    def take(self, ctx: Context, cells: Cells, number: int, key: str, old: Record | None) -> Change | None:
        """Book the count of a row; None = it was booked before.

        Raises:
            Refused, NotAllowed, ValueError: the row is no count, in words; nothing was booked.
        """
        if not isinstance(old, Item):
            raise Refused("it does not say which item")
        packs = {old.pack_unit: old.pack_size} if old.pack_unit else {}
        quantity = self.reader.figures.whole(cells.word("quantity"), "Quantity", lambda: {**packs, old.unit: 1})
        if quantity is None:
            raise Refused("it does not say how many there are")
        place = self.directory.named("places", cells.word("place")) or old.place
        if place is None:
            raise Refused(f"it does not say where: {old.name} has no usual place")
        use_by, at = self.reader.day(cells.text("use_by")), self.reader.moment(cells.text("counted_at"))
        counted = self.books.count(Counted(old.id, place, quantity, use_by, at), self.note)
        return Change("items.import") if counted else None
