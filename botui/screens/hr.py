"""HR tasks: what is particular to its menu, lists and records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType

from botui.screens.area import AreaMenu
from botui.screens.frame import Keys


class HrScreen(AreaMenu):
    """The menu of HR tasks: everybody sees in it what is theirs, HR all of it."""

    AREA = "hr"
    FIRST = (
        ("leave", "mine"),
        ("leave", "approve"),
        ("tasks", "mine"),
        ("tasks", "due"),
        ("tasks", "late"),
        ("absences", "today"),
        ("person_files", "starting"),
        ("person_files", "leaving"),
        ("person_files", "mine"),
    )
    LISTS: ClassVar[Mapping[str, str]] = {}
    RECORDS: ClassVar[Mapping[str, str]] = {}
    MORE_KEYS: ClassVar[Keys] = (("q", "Reports", True),)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "report", "Reports", tooltip="Absence by department; gaps in training and papers; payroll."),
    ]
