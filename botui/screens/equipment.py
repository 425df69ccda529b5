"""Equipment: what is particular to its menu, lists and records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from botui.data import Desk
from botui.models.base import Record
from botui.screens.area import AreaMenu
from botui.screens.frame import Keys


class EquipmentScreen(AreaMenu):
    """The menu of equipment."""

    AREA = "equipment"
    FIRST = (
        ("faults", "open"),
        ("faults", "mine"),
        ("faults", "vendor"),
        ("faults", "part"),
        ("loans", "overdue"),
        ("plans", "due"),
        ("licences", "expiring"),
        ("faults", "unassigned"),
        ("assets", "active"),
    )
    LISTS: ClassVar[Mapping[str, str]] = {
        "assets": "botui.screens.equipment_asset:AssetList",
        "faults": "botui.screens.equipment_fault:FaultList",
        "plans": "botui.screens.equipment_plan:PlanList",
        "licences": "botui.screens.equipment_licence:LicenceList",
        "access": "botui.screens.equipment_licence:AccessList",
        "loans": "botui.screens.equipment_loans:LoanList",
        "bookings": "botui.screens.equipment_loans:BookingList",
        "audits": "botui.screens.equipment_audits:AuditList",
    }
    RECORDS: ClassVar[Mapping[str, str]] = {
        "assets": "botui.screens.equipment_asset:AssetRecord",
        "faults": "botui.screens.equipment_fault:FaultRecord",
        "plans": "botui.screens.equipment_plan:PlanRecord",
        "licences": "botui.screens.equipment_licence:LicenceRecord",
        "audits": "botui.screens.equipment_audits:AuditRecord",
        "loans": "botui.screens.equipment_slips:LoanRecord",
    }
    MORE_KEYS: ClassVar[Keys] = (
        ("T", "Hand out", True),
        ("R", "Take back", True),
        ("q", "Reports", True),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("T", "hand_out", "Hand out", tooltip="Scan who gets it, then thing after thing, and book it at once."),
        Binding("R", "take_back", "Take back", tooltip="Scan what comes back, thing after thing."),
        Binding("q", "report", "Reports", tooltip="Downtime and cost; what is renewed in the next 12 months."),
    ]

    @classmethod
    def verb_screen(cls, desk: Desk, record: Record, name: str, ask: bool) -> Screen[None] | None:
        """Return the page on which an audit is walked, or something is handed out that asks for the receiver's PIN."""
        from botui.screens.equipment_audits import walk
        from botui.screens.equipment_slips import hand_with_pin

        return walk(desk, record, name) or hand_with_pin(desk, record, name)

    def action_hand_out(self) -> None:
        """Hand out by scan."""
        from botui.screens.equipment_slips import open_hands

        open_hands(self, back=False)

    def action_take_back(self) -> None:
        """Take back by scan."""
        from botui.screens.equipment_slips import open_hands

        open_hands(self, back=True)
