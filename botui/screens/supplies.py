"""Supplies: what is particular to their menu, lists and records."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from botui.screens.area import AreaMenu
from botui.screens.frame import Keys


class SuppliesScreen(AreaMenu):
    """The menu of supplies."""

    AREA = "supplies"
    MORE_KEYS: ClassVar[Keys] = (("q", "Reports", True),)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "report", "Reports", tooltip="What is there and was used, what it is worth; what was spent."),
    ]
