"""Parcels: how late they are, and the delivery that is unpacked from one, or from its order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from botui import areas
from botui.data import Desk
from botui.models.base import Record, plural
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
    return f"{plural(days, 'day')} late" if days > 0 else ""


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


def stands(desk: Desk, parcel: Shipment) -> str:
    """Return in words whether a parcel is here, when it is expected, or by how much it is late."""
    today = desk.typing().now.date()
    if parcel.arrived_at is not None:
        return f"here {day_words(desk.settings.local(parcel.arrived_at).date(), today)}"
    return late(parcel.expected, today) or (day_words(parcel.expected, today) if parcel.expected else "")


def delivery(desk: Desk, record: Record, ask: bool) -> tuple[int, int | None] | None:
    """Return the order that can be received now, and the parcel it is in; None = let the verb say why not.

    Args:
        desk: whose.
        record: an order, or a parcel of one.
        ask: the verb was chosen from a list: of a parcel it is then that it is here, unopened.
    """
    receive = areas.kind("orders").transition("receive")
    if isinstance(record, Order):
        return None if desk.why_not(receive, record) else (record.id, None)
    if not isinstance(record, Shipment) or ask or desk.may("orders", "read"):
        return None
    order = desk.peek("orders", record.order)
    return None if order is None or desk.why_not(receive, order) else (order.id, record.id)


class ParcelVerbs(VerbScreen):
    """A screen of parcels: I unpacks one."""

    def verb_keys(self) -> Keys:
        """Return the verbs that can be done now."""
        record, found = self.current(), super().verb_keys()
        if record is None or len(self.selected()) != 1 or delivery(self.desk, record, False) is None:
            return found
        return [("I", "Unpack", True), *(one for one in found if one[0] != "I")]


class ParcelList(ParcelVerbs, ListScreen):
    """A list of parcels."""

    ROWS = ParcelRows
    HELP = "Parcels that are on their way. I unpacks one; . has what is done with it unopened."


class ParcelRecord(ParcelVerbs, RecordScreen):
    """One parcel."""

    HELP = "A parcel. I unpacks it; Enter has what is done with it unopened, v opens its order."
