"""Parcels: how late they are, and the delivery that is unpacked from one, or from its order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from botui import areas
from botui.data import Desk
from botui.models.calendar import day_words
from botui.models.supplies import Order, Shipment
from botui.screens.frame import Keys
from botui.screens.lists import ListScreen
from botui.screens.record import RecordScreen
from botui.screens.rows import KindRows
from botui.screens.verbs import VerbScreen
from botui.widgets.columns import Column


def late(expected: date | None, today: date) -> str:
    """Return in words by how much something is late; nothing if it is not."""
    days = (today - expected).days if expected else 0
    return f"{days} day{'' if days == 1 else 's'} late" if days > 0 else ""


class ParcelRows(KindRows):
    """Rows of parcels: whether they are here, or how late."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns."""
        return (
            Column("id", "No.", 7),
            Column("carrier", "Carrier", 14),
            Column("tracking", "Tracking number", 18),
            Column("order", "Order", 16, flex=True),
            Column("expected", "Expected", 18, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        return stands(self.desk, record) if key == "expected" else super().cell(key, record, doc)

    def style(self, number: int) -> str:
        """Return ``late`` for a parcel that should be here, ``done`` for one that is."""
        doc = self.desk.doc(self.kind.name, number) or {}
        if "arrived_at" in doc:
            return "done"
        expected = doc.get("expected")
        return "late" if expected and date.fromisoformat(expected) < self.desk.typing().now.date() else ""


class ParcelList(ListScreen):
    """A list of parcels."""

    ROWS = ParcelRows
    HELP = "Parcels that are on their way. Enter opens one, and I unpacks it there."


def stands(desk: Desk, parcel: Shipment) -> str:
    """Return in words whether a parcel is here, when it is expected, or by how much it is late."""
    today = desk.typing().now.date()
    if parcel.arrived_at is not None:
        return f"here {day_words(desk.settings.local(parcel.arrived_at).date(), today)}"
    return late(parcel.expected, today) or (day_words(parcel.expected, today) if parcel.expected else "")


class DeliveryVerbs(VerbScreen):
    """A screen on which a delivery is taken in line by line.

    Attributes:
        unpacks_always: also from the numbered list of verbs; else that does the verb of the record itself.
    """

    unpacks_always: ClassVar[bool] = True

    def action_verb(self, name: str, ask: bool = False) -> None:
        """Do a verb; to receive opens the list of what is unpacked."""
        found = self.delivery() if name == "receive" and (not ask or self.unpacks_always) else None
        if found is None:
            super().action_verb(name, ask)
        else:
            from botui.screens.receiving import ReceiveScreen

            self.app.push_screen(ReceiveScreen(*found))

    def delivery(self) -> tuple[int, int | None] | None:
        """Return the order that can be received now, and its parcel; None = let the verb say why not."""
        numbers, record = self.selected(), self.current()
        if len(numbers) != 1 or not isinstance(record, Order):
            return None
        return None if self.desk.why_not(self.kind.transition("receive"), record) else (record.id, None)


class ParcelRecord(DeliveryVerbs, RecordScreen):
    """One parcel: to receive it is to receive its order."""

    HELP = "A parcel. I unpacks it; Enter has what is done with it unopened, v opens its order."
    unpacks_always = False

    def verb_keys(self) -> Keys:
        """Return the verbs that can be done now; I unpacks."""
        unpacks = self.delivery() is not None
        return [(key, "Unpack" if key == "I" and unpacks else word, on) for key, word, on in super().verb_keys()]

    def delivery(self) -> tuple[int, int | None] | None:
        """Return its order, if that can be received now, and the parcel."""
        record = self.current()
        order = self.desk.peek("orders", record.order) if isinstance(record, Shipment) else None
        receive = areas.kind("orders").transition("receive")
        if order is None or record is None or self.desk.why_not(receive, order):
            return None
        return order.id, record.id
