"""One item on the screen: all about it, who took what, and how a scan and digits take it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from botui import areas
from botui.models import calendar
from botui.models.base import NotAllowed, Transition
from botui.models.supplies import Item, Movement, Request
from botui.models.supplies.item import QUANTITY_MAX, USED_DAYS, many
from botui.models.supplies.order import COMING
from botui.models.supplies.reorder import days_of_cover, per_week, suggested
from botui.screens.record import Details, RecordScreen, field_rows
from botui.screens.supplies_items import ItemVerbs, lasts
from botui.widgets.detail import Section

LATELY: Final = 12
"""Movements that an open item shows."""
WITH_QUANTITY: Final = frozenset({"take", "take_many", "give_back", "receive", "count", "waste"})
"""Verbs that begin with the quantity that was typed or scanned on an open item."""
BY_PACK: Final = frozenset({"receive", "count"})
"""Those of them for which a scanned code is a whole pack (domain.md S8: a pack on receive, a quick amount on take)."""

_ELSEWHERE: Final = (
    *("name", "unit", "pack_unit", "pack_size", "order_below", "fill_to", "multiple", "supplier", "supplier_part"),
    *("price", "average", "codes", "packs", "on_hand", "stock", "on_order", "reserved", "used", "runs_out", "note"),
    *("active", "by_date"),
)
"""Fields that stand above all the rest, or have a section of their own."""


class ItemDetails(Details):
    """What is shown of an item."""

    def sections(self, record: Item) -> Sequence[Section]:
        """Return what one needs to act on it first: what is there, what comes, who took it; all the rest last."""
        found = [Section("", self._head(record))]
        if record.note:
            found.append(Section("Note", record.note))
        if moved := self._moved(record):
            found.append(Section("Who took what", [self._movement(record, one) for one in moved]))
        if asked := self._asked(record):
            found.append(Section("Asked for", asked))
        if codes := self._codes(record):
            found.append(Section("Barcodes (L says what one of them stands for)", codes))
        found.append(Section("All about it", [*self._prices(record), *field_rows(self.desk, record, _ELSEWHERE)]))
        return found

    def _head(self, item: Item) -> list[tuple[str, str]]:
        rows = [("On hand", self._here(item)), ("Order", self._reorder(item))]
        if not item.active:
            rows.insert(0, ("Not in use", "it is neither taken nor ordered any more"))
        if item.on_order:
            rows.append(("On order", f"{item.on_order:,}: {', '.join(self._coming(item)) or 'still to come'}"))
        if item.reserved:
            rows.append(("Promised", f"{item.reserved:,} to who asked for it"))
        pack = f"; 1 {item.pack_unit} = {item.pack_size:,}" if item.pack_unit else ""
        return [*rows, ("Used", self._used(item)), ("Counted in", f"{item.unit}{pack}")]

    def _here(self, item: Item) -> str:
        parts = []
        for level in item.stock:
            use_by = f" (use by {level.use_by})" if level.use_by else ""
            parts.append(f"{level.quantity:,} in {self.desk.title('places', level.place)}{use_by}")
        if not parts:
            return f"none; it {self._usual(item)}"
        return parts[0] if len(parts) == 1 else f"{item.on_hand:,}: {', '.join(parts)}"

    def _usual(self, item: Item) -> str:
        return f"usually lies in {self.desk.title('places', item.place)}" if item.place else "has no usual place"

    def _reorder(self, item: Item) -> str:
        if item.order_below is None:
            return "by hand: nobody said below how many"
        by = f", {item.multiple:,} at a time" if item.multiple > 1 else ""
        words = f"when below {item.order_below:,}, up to {item.fill_to or item.order_below:,}{by}"
        more = suggested(item)
        return f"{words}: order {more:,} now" if more else f"{words}: none now"

    def _used(self, item: Item) -> str:
        cover = days_of_cover(item)
        if cover is None:
            return f"none in the last {USED_DAYS} days"
        runs_out = f", until {item.runs_out}" if item.runs_out else ""
        rest = f"; what is here lasts {lasts(cover)}{runs_out}" if item.on_hand > 0 else ""
        return f"{per_week(item)} a week{rest}"

    def _coming(self, item: Item) -> list[str]:
        words = []
        for line in self._lines(item):
            order = self.desk.peek("orders", line.order)
            if order is not None and order.state in COMING and line.to_come:
                seller, when = (
                    self.desk.title("parties", order.supplier),
                    f" by {order.expected}" if order.expected else "",
                )
                words.append(f"{line.to_come:,} with {order.ref} from {seller}{when}")
        return words

    def _lines(self, item: Item) -> list[Any]:
        with suppress(NotAllowed):
            return [one for one in self.desk.find("lines", {"item": (item.id,)}) if one.to_come][-LATELY:]
        return []

    def _moved(self, item: Item) -> list[Movement]:
        with suppress(NotAllowed):
            numbers = self.desk.ids("movements", {"item": (item.id,)})[: -LATELY - 1 : -1]
            return [one for one in (self.desk.peek("movements", number) for number in numbers) if one is not None]
        return []

    def _movement(self, item: Item, one: Movement) -> tuple[str, str]:
        local, today = self.desk.settings.local(one.at), self.desk.context().today
        name = self.desk.title
        what = f"{one.quantity:+,} {one.why.label} by {name('people', one.by) or 'botui'}"
        person = one.person if one.person != one.by else None
        aims = [name("people", person), name("places", one.to_place), self._about(one.about), one.label]
        for_ = ", ".join(aim for aim in aims if aim)
        back = f" (takes back {areas.ref('movements', one.reverses)})" if one.reverses else ""
        where = name("places", one.place)
        note = f"; {one.note}" if one.note else ""
        day = f"{calendar.day_words(local.date(), today)} {local:%H:%M}"
        return (day, f"{what}{f' for {for_}' if for_ else ''}, {where}{note}{back}")

    def _about(self, ref: str) -> str:
        """Return what something is for; of an order its number says enough."""
        found = areas.parse_ref(ref)
        if found is None or found[0] == "orders":
            return ref
        title = self.desk.title(*found)
        return ref if title == ref else f"{ref} {title}"

    def _asked(self, item: Item) -> list[tuple[str, str]]:
        with suppress(NotAllowed):
            found = self.desk.find("requests", {"item": (item.id,), "state": ("asked", "approved")})
            return [(one.ref, self._wanted(one)) for one in found[-LATELY:]]
        return []

    def _wanted(self, one: Request) -> str:
        return f"{one.quantity - one.handed:,} for {self.desk.title('people', one.person)}: {one.state.label}"

    def _codes(self, item: Item) -> list[tuple[str, str]]:
        packs = {pack.code: pack for pack in item.packs}
        rows = []
        for code in item.codes:
            pack = packs.get(code)
            sold = f", sold so by {self.desk.title('parties', pack.supplier)}" if pack and pack.supplier else ""
            rows.append((code, f"{pack.quantity if pack else 1:,} x {item.unit}{sold}"))
        return rows

    def _prices(self, item: Item) -> list[tuple[str, str]]:
        currency = self.desk.settings.currency
        rows = []
        if item.supplier:
            number = f", their number {item.supplier_part}" if item.supplier_part else ""
            rows.append(("Supplier", f"{self.desk.title('parties', item.supplier)}{number}"))
        if item.price is not None:
            rows.append(("Last price", f"{item.price:f} {currency} for 1 {item.unit}"))
        if item.average is not None:
            worth = item.average * max(item.on_hand, 0)
            rows.append(("Average price", f"{item.average:f} {currency}; what is here is worth {worth:,.2f}"))
        return rows

    def followed(self, record: Any) -> list[tuple[str, tuple[str, int]]]:
        """Return what it names, its open orders and requests, and the last movements with whom and what they name."""
        entries = super().followed(record)
        for line in self._lines(record):
            entries.append((f"Order: {areas.ref('orders', line.order)}", ("orders", line.order)))
        with suppress(NotAllowed):
            asked = self.desk.find("requests", {"item": (record.id,), "state": ("asked", "approved")})
            entries += [(f"Asked for: {one.ref}", ("requests", one.id)) for one in asked[-LATELY:]]
        for one in self._moved(record):
            day, words = self._movement(record, one)
            entries.append((f"{day}  {words}", ("movements", one.id)))
        return list(dict.fromkeys(entries))


class ItemRecord(ItemVerbs, RecordScreen):
    """One item; digits typed, or the item scanned again, are how many of it the next verb is about."""

    DETAILS = ItemDetails
    HELP = (
        "One item. t takes it; digits typed before it are how many, and so is scanning it again. F takes for somebody "
        "or something, R gives back, K counts, I takes in what came. Areas are reached by F2 and a name, or F3."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(digit), f"digit({digit})", "How many", show=False, tooltip="How many the next verb takes.")
            for digit in range(10)
        ),
        Binding("backspace", "less", "Less", show=False, tooltip="Take the last digit back."),
    ]

    def __init__(self, collection: str, number: int) -> None:
        super().__init__(collection, number)
        self._quantity = 0
        self._packed = 0
        self._typing = False

    # --- how many -----------------------------------------------------------------------------------------------

    def opened_by_scan(self, code: str) -> None:
        """Count the scan that opened it as one of those that are taken."""
        self.take_scan(code)

    def take_scan(self, code: str) -> bool:
        """Count this item once more where it is scanned; another code is looked up.

        What comes in and is counted goes by the pack that the code stands for, all else by what is taken at once.
        """
        item = self.current()
        if not isinstance(item, Item) or not _is_of(item, code):
            return False
        packed = next((one.quantity for one in item.packs if one.code == code), 1)
        before = (0, 0) if self._typing else (self._quantity, self._packed)
        self._pend(before[0] + item.quick_take, before[1] + packed)
        return True

    def action_digit(self, digit: int) -> None:
        """Take a digit of how many; the first takes the place of what was scanned."""
        if not digit and not self._quantity:
            self.say("How many? One or more, please.", "warn")
            return
        typed = (self._quantity if self._typing else 0) * 10 + digit
        self._pend(typed, typed, typing=True)

    def action_less(self) -> None:
        """Take the last digit back."""
        left = self._quantity // 10 if self._typing else 0
        self._pend(left, left, typing=self._typing)

    def _pend(self, quantity: int, packed: int, *, typing: bool = False) -> None:
        item = self.current()
        if not isinstance(item, Item):
            return
        if quantity > QUANTITY_MAX:
            self.say(f"At most {QUANTITY_MAX:,} at once.", "warn")
            return
        self._quantity, self._packed, self._typing = quantity, packed, typing and quantity > 0
        if quantity:
            self.say(f"{many(item, quantity)}: t takes {'them' if quantity > 1 else 'it'}, Esc forgets the number.")
        else:
            self.status.clear()

    def _forget_quantity(self) -> None:
        self._quantity, self._packed, self._typing = 0, 0, False

    def arguments(self, transition: Transition) -> dict[str, Any]:
        """Return the quantity that is pending, for the verb that is about it; it is used up."""
        quantity = self._packed if transition.name in BY_PACK else self._quantity
        self._forget_quantity()
        if not quantity or transition.name not in WITH_QUANTITY or transition.needs is None:
            return {}
        return {"quantity": quantity}

    def action_verb(self, name: str, ask: bool = False) -> None:
        """Do a verb; what has nothing to do with a quantity forgets it."""
        if name not in WITH_QUANTITY:
            self._forget_quantity()
        super().action_verb(name, ask)

    def on_screen_suspend(self) -> None:
        """Forget the quantity when another page comes in front."""
        super().on_screen_suspend()
        if not isinstance(self.app.screen, ModalScreen):
            self._forget_quantity()

    def action_back(self) -> None:
        """Forget the quantity, then go back."""
        if self._quantity:
            self._forget_quantity()
            self.status.clear()
        else:
            super().action_back()

    def learning_item(self) -> int | None:
        """Return this item: an unknown code that is scanned here is likely its own."""
        return self.number


def _is_of(item: Item, code: str) -> bool:
    parsed = areas.parse_ref(code)
    return (
        code in item.codes
        or (bool(item.code) and code.casefold() == item.code.casefold())
        or (parsed == (item.COLLECTION, item.id))
    )
