"""Rows of another system's stock list as items; how many there are is counted in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from botui.actions.imports.books import BookingTaker, Books, Counted
from botui.actions.imports.goods import codes_with, is_mangled, is_ours
from botui.actions.imports.lists import ListTaker
from botui.actions.imports.report import Report
from botui.actions.imports.rows import Cells
from botui.actions.imports.values import yes_or_no
from botui.models.base import Change, Record, Refused, clean
from botui.models.office import Context
from botui.models.shape import FieldSpec
from botui.models.supplies import Item

_ONE_OR_MORE: Final = frozenset({"pack_size", "multiple", "quick_take", "fill_to"})
"""Figures of which nought says that nobody has set them."""
_READ: Final = frozenset({"code", "pack_size", "by_date", "unit", "order_below", "fill_to", "multiple", "quick_take"})
"""Fields that are read otherwise than those of other lists."""
_FIGURE: Final = re.compile(r"[0-9][0-9.,']*")


@dataclass(frozen=True, slots=True)
class ItemTaker(BookingTaker, ListTaker):
    """Takes rows as items.

    Attributes:
        books: where what is there is counted.
        report: where doubts of the present chunk go.
        note: kept with each movement.
    """

    books: Books
    report: Callable[[], Report]
    note: str

    def take(self, ctx: Context, cells: Cells, number: int, key: str, old: Record | None) -> Change | None:
        """Return the change that files or changes the item of a row, without what is counted of it.

        Raises:
            Refused, NotAllowed, ValueError: the row cannot be an item, in words.
        """
        if cells.has("currency") and cells.word("price"):
            self.reader.figures.refuse_other_currency(cells.word("currency"), "The price")
        # not by super(): a dataclass with slots is another class than the one that is written here
        found = ListTaker.take(self, ctx, cells, number, key, old)
        quantity = self._quantity(cells, old)
        if quantity is None:
            return found
        put = found.puts.get(("items", number)) if found else None
        new = Item.load(number, put.fields) if put and old is None else None
        place = self.directory.named("places", cells.word("place")) or getattr(new or old, "place", None)
        if place is None:
            if quantity:
                raise Refused("it says how many there are and not where: name the place in the map file, [constants]")
            return found
        notes = str(put.fields["imported"] or "") if put and "imported" in put.fields else None
        try:
            counted = self.books.count(Counted(number, place, quantity), self.note, new, notes)
        except Refused as error:
            self._doubt(cells, f"the {quantity:,} that are there are not booked, {error}")
            return found
        if new is not None and found is not None:
            del found.puts["items", number]
            self.directory.add(new)
        return found or (Change("items.import") if counted else None)

    def _quantity(self, cells: Cells, old: Record | None) -> int | None:
        if not cells.has("quantity"):
            return None
        return self.reader.figures.whole(cells.word("quantity"), "Quantity", partial(self._packs, cells, old))

    # --- cells as values ----------------------------------------------------------------------------------------------

    def _packs(self, cells: Cells, old: Record | None) -> Mapping[str, int]:
        """Return how many single ones the words behind a figure stand for: the item's unit and its pack."""
        unit = cells.word("unit") or getattr(old, "unit", "")
        pack, size = cells.word("pack_unit") or getattr(old, "pack_unit", ""), self._pack_size(cells, old)
        return {**({pack: size} if pack and size else {}), **({unit: 1} if unit else {})}

    def _pack_size(self, cells: Cells, old: Record | None) -> int | None:
        """Return how many are in a pack: ``12``, ``12 per box`` or ``box of 12``."""
        word = cells.word("pack_size")
        figures = _FIGURE.findall(word)
        text = figures[0] if len(figures) == 1 and "-" not in word else word
        return self.reader.figures.whole(text, "Units in it") or getattr(old, "pack_size", None)

    def _value(self, cells: Cells, spec: FieldSpec, old: Record | None) -> Any:
        """Return what a row says of one field."""
        if spec.name not in _READ:
            return ListTaker._value(self, cells, spec, old)
        word = cells.word(spec.name)
        match spec.name:
            case "code":
                code = f"{cells.mapping.prefix}{clean(word)}" if word else ""
                if is_mangled(word):
                    raise Refused(f"its number was cut by a spreadsheet: {word}")
                if is_ours(Item.COLLECTION, code):
                    raise Refused(
                        f"its number {code} looks like one that is given here: put a prefix before all, --map"
                    )
                return code or None
            case "pack_size":
                return self._pack_size(cells, None)
            case "by_date":
                dated = bool(re.search("[0-9]{2}", word))
                return (True if dated else yes_or_no(word)) if word else None
            case "unit":
                return clean(word) or None
        value = self.reader.figures.whole(word, spec.label, partial(self._packs, cells, old))
        return None if spec.name in _ONE_OR_MORE and not value else value

    def _linked(self, spec: FieldSpec, word: str) -> int | None:
        """Return the number of the record that a cell names; a supplier is made."""
        if spec.name == "supplier":
            return self.directory.supplier(word)
        return self.directory.named(spec.ui.ref, word)

    def _codes(self, cells: Cells, key: str, old: Record | None) -> tuple[str, ...]:
        """Return the barcodes, without those that were cut or are another item's, which the report names."""

        def whose(code: str) -> str:
            if any(one != getattr(old, "id", 0) for one in self.directory.find("items", "code", code)):
                return "that of another item already"
            return "like a number that is given here" if is_ours(Item.COLLECTION, code) else ""

        return codes_with(cells, getattr(old, "codes", ()), whose, self._doubt)

    def _doubt(self, cells: Cells, words: str) -> None:
        self.report().doubts.append((cells.row.where, words))
