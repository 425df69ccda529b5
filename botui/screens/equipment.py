"""Equipment: what is particular to its menu, lists and records."""

from __future__ import annotations

from botui.screens.area import AreaMenu


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
