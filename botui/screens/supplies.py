"""Supplies: what is particular to their menu, lists and records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.screen import Screen

from botui.data import Desk
from botui.models.base import Record
from botui.models.supplies import Stocktake
from botui.screens.area import AreaMenu
from botui.screens.frame import Keys
from botui.screens.lists import ListScreen
from botui.screens.record import RecordScreen
from botui.screens.supplies_counts import StocktakeList, StocktakeRecord, cannot_count
from botui.screens.supplies_item import ItemRecord
from botui.screens.supplies_items import ItemList
from botui.screens.supplies_orders import OrderList, OrderRecord
from botui.screens.supplies_parcels import ParcelList, ParcelRecord, delivery
from botui.screens.supplies_requests import RequestList


class SuppliesScreen(AreaMenu):
    """The menu of supplies."""

    AREA = "supplies"
    FIRST = (
        ("items", "low"),
        ("items", "active"),
        ("requests", "open"),
        ("requests", "hand_out"),
        ("orders", "open"),
        ("orders", "late"),
        ("orders", "drafts"),
        ("orders", "to_approve"),
        ("movements", "all"),
    )
    ALSO = (("parties", "suppliers"), ("parties", "check_due"))
    LISTS: ClassVar[Mapping[str, type[ListScreen]]] = {
        "items": ItemList,
        "orders": OrderList,
        "requests": RequestList,
        "shipments": ParcelList,
        "stocktakes": StocktakeList,
    }
    RECORDS: ClassVar[Mapping[str, type[RecordScreen]]] = {
        "items": ItemRecord,
        "orders": OrderRecord,
        "shipments": ParcelRecord,
        "stocktakes": StocktakeRecord,
    }
    MORE_KEYS: ClassVar[Keys] = (("t", "Take by scan", True), ("q", "Reports", True))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "take", "Take by scan", tooltip="Scan what you take, thing after thing, and book it at once."),
        Binding("q", "report", "Reports", tooltip="What is there and was used, what it is worth; what was spent."),
    ]

    @classmethod
    def verb_screen(cls, desk: Desk, record: Record, name: str, ask: bool) -> Screen[None] | None:
        """Return the list of a delivery that is unpacked, or of what is counted."""
        if name == "receive" and (found := delivery(desk, record, ask)) is not None:
            from botui.screens.receiving import ReceiveScreen

            return ReceiveScreen(*found)
        if name == "count" and isinstance(record, Stocktake) and not cannot_count(desk, record):
            from botui.screens.counting import CountScreen

            return CountScreen(record.id)
        return None

    @work
    async def action_take(self) -> None:
        """Open the list of what one takes by scan."""
        if reason := self.desk.may("items", "take"):
            self.say(f"Take by scan: {reason}", "warn")
        else:
            await self.session.take_by_scan(self.desk)
