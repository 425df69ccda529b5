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
    LISTS: ClassVar[Mapping[str, str]] = {
        "items": "botui.screens.supplies_items:ItemList",
        "orders": "botui.screens.supplies_orders:OrderList",
        "requests": "botui.screens.supplies_requests:RequestList",
        "shipments": "botui.screens.supplies_parcels:ParcelList",
        "stocktakes": "botui.screens.supplies_counts:StocktakeList",
    }
    RECORDS: ClassVar[Mapping[str, str]] = {
        "items": "botui.screens.supplies_item:ItemRecord",
        "orders": "botui.screens.supplies_orders:OrderRecord",
        "shipments": "botui.screens.supplies_parcels:ParcelRecord",
        "stocktakes": "botui.screens.supplies_counts:StocktakeRecord",
    }
    MORE_KEYS: ClassVar[Keys] = (("t", "Take by scan", True), ("q", "Reports", True))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "take", "Take by scan", tooltip="Scan what you take, thing after thing, and book it at once."),
        Binding("q", "report", "Reports", tooltip="What is there and was used, what it is worth; what was spent."),
    ]

    @classmethod
    def verb_screen(cls, desk: Desk, record: Record, name: str, ask: bool) -> Screen[None] | None:
        """Return the list of a delivery that is unpacked, or of what is counted."""
        match name:
            case "receive":
                from botui.screens.receiving import ReceiveScreen
                from botui.screens.supplies_parcels import delivery

                found = delivery(desk, record, ask)
                return ReceiveScreen(*found) if found is not None else None
            case "count" if isinstance(record, Stocktake):
                from botui.screens.counting import CountScreen
                from botui.screens.supplies_counts import cannot_count

                return None if cannot_count(desk, record) else CountScreen(record.id)
            case _:
                return None

    @work
    async def action_take(self) -> None:
        """Open the list of what one takes by scan."""
        if reason := self.desk.may("items", "take"):
            self.say(f"Take by scan: {reason}", "warn")
        else:
            await self.session.take_by_scan(self.desk)
