"""Orders: how late, how much is still to come, what came of each line, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType

from botui import areas
from botui.models.calendar import day_words
from botui.models.office import Party
from botui.models.supplies import Order, OrderLine, Shipment
from botui.models.supplies.order import COMING, Billed, State
from botui.models.supplies.order_text import order_text, price_of_one
from botui.screens.frame import Keys
from botui.screens.lists import ListScreen
from botui.screens.record import Details, RecordScreen, field_rows
from botui.screens.rows import KindRows
from botui.screens.supplies_parcels import late, stands
from botui.widgets.columns import Column
from botui.widgets.detail import Grid, Section

_HEAD: Final = (
    *("state", "held_from", "reason", "supplier", "their_ref", "expected", "ordered_at", "amount", "lines"),
    *("billed", "billed_amount", "bills", "approver", "approved_by", "approved_for", "approved_at", "told", "note"),
)
"""Fields that stand in the lines above all sections, or have a section of their own."""

_BILLABLE: Final = COMING | {State.HERE}
"""States in which the bill of an order comes."""
_NEXT: Final[Mapping[State, str]] = {
    State.DRAFT: "P orders it, n adds a line",
    State.ORDERED: "I takes in what comes, q is the text to send",
    State.PART: "I takes in what comes, S gives up the rest",
    State.HERE: "n takes its bill in, J only notes it",
    State.HELD: "w lets it go on",
}
"""What is to be done next with an order, and with which key."""

_LINES: Final = (
    Column("item", "Item", 11, flex=True),
    Column("ordered", "Ordered", 7, right=True),
    Column("here", "Here", 5, right=True),
    Column("damaged", "Damaged", 7, right=True),
    Column("to_come", "To come", 8, right=True),
    Column("price", "Price", 8, right=True),
)
_PARCELS: Final = (
    Column("carrier", "Carrier", 14),
    Column("tracking", "Tracking number", 20, flex=True),
    Column("stands", "Expected", 24),
)


class OrderRows(KindRows):
    """Rows of orders: how late they are stands last, where the eye runs down."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns."""
        return (
            Column("id", "No.", 7),
            Column("supplier", "Supplier", 16, flex=True),
            Column("state", "State", 11),
            Column("amount", "Amount", 11, right=True),
            Column("to_come", "To come", 8, right=True),
            Column("created_by", "Made by", 14, wide=True),
            Column("billed", "Billed", 13, wide=True),
            Column("their_ref", "Their number", 12, wide=True),
            Column("expected", "Expected", 14, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key == "amount":
            return f"{record.amount:,.2f}"
        if key == "expected":
            today = self.desk.typing().now.date()
            return late(_due(record), today) or (day_words(record.expected, today) if record.expected else "")
        if key == "to_come":
            return self._to_come(record)
        return super().cell(key, record, doc)

    def _to_come(self, record: Order) -> str:
        """Return of how many of its lines something is still to come."""
        if record.state not in COMING:
            return ""
        lines = [self.desk.doc("lines", one) or {} for one in self.desk.ids("lines", {"order": (record.id,)})]
        coming = [one for one in lines if not one.get("settled") and one.get("quantity", 1) > one.get("received", 0)]
        return f"{len(coming)}/{len(lines)}"

    def style(self, number: int) -> str:
        """Return ``late`` for an order that should be here, ``done`` for one that is over."""
        doc = self.desk.doc(self.kind.name, number) or {}
        if doc.get("state") in (State.CLOSED, State.CANCELLED):
            return "done"
        expected = doc.get("expected")
        today = self.desk.typing().now.date()
        return "late" if doc.get("state") in COMING and expected and date.fromisoformat(expected) < today else ""


class OrderDetails(Details):
    """What is shown of an order."""

    def sections(self, record: Order) -> Sequence[Section]:
        """Return where it stands first, then its lines with what came of them, its parcels, and all the rest."""
        found = [Section("", self._head(record))]
        lines = self.lines(record)
        found.append(Section(f"Lines ({len(lines)})", Grid(_LINES, [self._line(record, one) for one in lines])))
        if parcels := self.parcels(record):
            found.append(Section("Parcels", Grid(_PARCELS, [self._parcel(one) for one in parcels])))
        if record.note:
            found.append(Section("Note", record.note))
        found.append(Section("All about it", field_rows(self.desk, record, _HEAD)))
        return found

    def lines(self, record: Order) -> list[OrderLine]:
        """Return its lines as far as this person sees them."""
        return self.desk.find("lines", {"order": (record.id,)}) if self._reads("lines") else []

    def parcels(self, record: Order) -> list[Shipment]:
        """Return its parcels as far as this person sees them."""
        return self.desk.find("shipments", {"order": (record.id,)}) if self._reads("shipments") else []

    def _reads(self, collection: str) -> bool:
        return self.desk.may(collection, "read") is None

    def _head(self, record: Order) -> list[tuple[str, str]]:
        """Return four lines: where it stands, from whom, until when, for how much; five where it was approved."""
        desk = self.desk
        comes = _NEXT.get(record.state, "")
        if record.state is State.TO_APPROVE:
            comes = f"{desk.title('people', record.approver)} is asked"
        if record.state in COMING and not record.told:
            comes = "approved: send it to the supplier"
        head = [
            ("State", _joined(record.state.label, record.reason, comes)),
            ("Supplier", _joined(desk.title("parties", record.supplier), self._terms(record), record.their_ref)),
            ("Expected", _joined(_expected(record, desk.typing().now.date()) or "-", self._ordered(record))),
            ("Amount", _joined(self._money(record.amount), *self._axes(record))),
        ]
        if record.approved_by is not None:
            stood = f" for {desk.name('people', record.approved_for)}" if record.approved_for else ""
            head.append(("Approved", f"by {desk.name('people', record.approved_by)}{stood}{self._on(record)}"))
        return head

    def _terms(self, record: Order) -> str:
        party: Party | None = None if self.desk.may("parties", "read") else self.desk.peek("parties", record.supplier)
        return party.terms if party is not None else ""

    def _ordered(self, record: Order) -> str:
        if record.ordered_at is None:
            return ""
        local = self.desk.settings.local(record.ordered_at)
        return f"ordered {day_words(local.date(), self.desk.typing().now.date())}"

    def _on(self, record: Order) -> str:
        if record.approved_at is None:
            return ""
        local = self.desk.settings.local(record.approved_at)
        return f", {day_words(local.date(), self.desk.typing().now.date())} {local:%H:%M}"

    def _axes(self, record: Order) -> tuple[str, str, str]:
        """Return how much of it came, how much of it is billed, and which of its bills are still to be checked."""
        lines = [one for one in self.lines(record) if one.quantity]
        here = sum(1 for one in lines if not one.to_come)
        so_far = f" {self._money(record.billed_amount)}" if record.billed_amount else ""
        bills = f" ({', '.join(record.bills)})" if record.bills else ""
        came = f"{here} of {len(lines)} lines here" if record.state not in (State.DRAFT, State.TO_APPROVE) else ""
        return came, f"{record.billed.label}{so_far}{bills}", self._unchecked(record)

    def _unchecked(self, record: Order) -> str:
        """Return the bills that are here for it and not checked: nothing is billed of it by them yet."""
        found = self.desk.ids("bills", {"order": (record.id,), "state": ("received",)}) if self._reads("bills") else ()
        return f"{', '.join(areas.ref('bills', one) for one in found)} to check" if found else ""

    def _money(self, amount: Decimal) -> str:
        return f"{amount:,.2f} {self.desk.settings.currency}"

    def _line(self, record: Order, line: OrderLine) -> tuple[str, ...]:
        coming = line.to_come if record.state in COMING or record.state is State.HELD else 0
        to_come = "given up" if line.settled else f"{coming:,}" if coming else "-"
        figures = [f"{one:,}" if one else "-" for one in (line.quantity, line.received, line.damaged)]
        price = "" if line.price is None else price_of_one(line.price)
        return (self.desk.title("items", line.item), *figures, to_come, price)

    def _parcel(self, one: Shipment) -> tuple[str, ...]:
        return one.carrier, one.tracking, stands(self.desk, one)

    def followed(self, record: Order) -> list[tuple[str, tuple[str, int]]]:
        """Return its supplier, lines with their items, parcels, and the movements that came of it."""
        found = super().followed(record)
        if self._reads("bills"):
            bills = self.desk.find("bills", {"order": (record.id,)})
            found += [(f"Bill: {self.desk.title('bills', one.id)} ({one.ref})", ("bills", one.id)) for one in bills]
        lines = self.lines(record)
        for line in lines:
            name = self.desk.title("items", line.item)
            found.append((f"Line: {line.quantity:,} x {name} ({line.ref})", ("lines", line.id)))
            found.append((f"Item: {name} ({areas.ref('items', line.item)})", ("items", line.item)))
        found += [
            (f"Parcel: {one.carrier} {one.tracking} ({one.ref})", ("shipments", one.id)) for one in self.parcels(record)
        ]
        if lines and self._reads("movements"):
            moved = self.desk.find("movements", {"line": tuple(line.id for line in lines)})
            found += [
                (
                    f"Came in: {one.quantity:+,} x {self.desk.title('items', one.item)} ({one.ref})",
                    ("movements", one.id),
                )
                for one in moved
            ]
        return found


class OrderList(ListScreen):
    """A list of orders."""

    ROWS = OrderRows
    HELP = "Orders. P orders a draft, I takes in what came, J notes the bill; Enter shows the lines of one."


class OrderRecord(RecordScreen):
    """One order with its lines and parcels."""

    DETAILS = OrderDetails
    HELP = (
        "One order. n adds a line or takes its bill in, P orders it, I takes in what came, q shows the text to send; "
        "Enter lists all."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "n,f6,ctrl+n",
            "new_line",
            "New line",
            tooltip="Add a line to this order; once it was placed: take its bill in.",
        ),
        Binding("q", "text", "Text", tooltip="The order as a text to print or read to the supplier."),
    ]

    def keys(self) -> Keys:
        """Return the keys of a record; of a draft first how it grows."""
        found = list(super().keys())
        record = self.current()
        if isinstance(record, Order) and record.state is State.DRAFT and self.desk.may("lines", "add") is None:
            found.insert(1, ("n", "New line", True))
        elif isinstance(record, Order) and self._takes_bill(record):
            found.insert(1, ("n", "Its bill", True))
        return [*found, ("q", "Text", True)]

    def _takes_bill(self, record: Order) -> bool:
        """Return whether a bill of it can be taken in: it was ordered, not all of it is billed."""
        placed = record.state in _BILLABLE and record.billed is not Billed.ALL
        return placed and self.desk.may("bills", "add") is None

    def action_new_line(self) -> None:
        """Add lines to this order, one form after the other; of one that was placed, take its bill in."""
        record = self.current()
        if isinstance(record, Order) and self._takes_bill(record):
            self.session.new_record("bills", {"party": record.supplier, "order": record.id})
        else:
            self.session.new_record("lines", {"order": self.number})

    @work
    async def action_text(self) -> None:
        """Show the order as a text."""
        from botui.screens.dialogs import Tell

        text = await self.ask_store(self._text)
        if text is not None:
            await self.app.push_screen_wait(Tell(areas.ref("orders", self.number), text))

    def _text(self) -> str:
        return order_text(self.desk.context(), self.desk.get("orders", self.number))


def _due(record: Order) -> date | None:
    """Return the day on which something of an order should have come, while something is to come."""
    return record.expected if record.state in COMING else None


def _expected(record: Order, today: date) -> str:
    return _joined(day_words(record.expected, today), late(_due(record), today)) if record.expected else ""


def _joined(*words: str) -> str:
    return "; ".join(word for word in words if word)
