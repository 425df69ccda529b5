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
from botui.screens.equipment_plan import PlanList, PlanRecord
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
        "audits": AuditList,
    }
    RECORDS: ClassVar[Mapping[str, type[RecordScreen]]] = {
        "assets": AssetRecord,
        "faults": FaultRecord,
        "plans": PlanRecord,
        "licences": LicenceRecord,
        "audits": AuditRecord,
    }
    MORE_KEYS: ClassVar[Keys] = (("q", "Reports", True),)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "report", "Reports", tooltip="Downtime and cost; what is renewed in the next 12 months."),
    ]

    @classmethod
    def verb_screen(cls, desk: Desk, record: Record, name: str, ask: bool) -> Screen[None] | None:
        """Return the page on which an audit is walked."""
        return walk(desk, record, name)
