"""Equipment: what is particular to its menu, lists and records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from botui.data import Desk
from botui.models.base import Record
from botui.screens.area import AreaMenu
from botui.screens.equipment_asset import AssetList, AssetRecord
from botui.screens.equipment_audits import AuditList, AuditRecord, walk
from botui.screens.equipment_fault import FaultList, FaultRecord
from botui.screens.equipment_licence import AccessList, LicenceList, LicenceRecord
from botui.screens.equipment_loans import BookingList, LoanList
from botui.screens.equipment_plan import PlanList, PlanRecord
from botui.screens.equipment_slips import LoanRecord, hand_with_pin, open_hands
from botui.screens.frame import Keys
from botui.screens.lists import ListScreen
from botui.screens.record import RecordScreen


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
    LISTS: ClassVar[Mapping[str, type[ListScreen]]] = {
        "assets": AssetList,
        "faults": FaultList,
        "plans": PlanList,
        "licences": LicenceList,
        "access": AccessList,
        "loans": LoanList,
        "bookings": BookingList,
        "audits": AuditList,
    }
    RECORDS: ClassVar[Mapping[str, type[RecordScreen]]] = {
        "assets": AssetRecord,
        "faults": FaultRecord,
        "plans": PlanRecord,
        "licences": LicenceRecord,
        "audits": AuditRecord,
        "loans": LoanRecord,
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
        return walk(desk, record, name) or hand_with_pin(desk, record, name)

    def action_hand_out(self) -> None:
        """Hand out by scan."""
        open_hands(self, back=False)

    def action_take_back(self) -> None:
        """Take back by scan."""
        open_hands(self, back=True)
