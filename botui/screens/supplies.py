"""Supplies: what is particular to their menu, lists and records."""

from __future__ import annotations

from botui.screens.area import AreaMenu


class SuppliesScreen(AreaMenu):
    """The menu of supplies."""

    AREA = "supplies"
