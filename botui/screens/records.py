"""Records: what is particular to its menu, lists and records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from botui.screens.area import AreaMenu


class RecordsScreen(AreaMenu):
    """The menu of records."""

    AREA = "records"
    FIRST = (
        ("documents", "inbox"),
        ("bills", "late"),
        ("bills", "week"),
        ("bills", "approve"),
        ("bank", "unmatched"),
        ("documents", "overdue"),
        ("bills", "owe"),
        ("bills", "owed"),
        ("documents", "filed"),
    )
    LISTS: ClassVar[Mapping[str, str]] = {
        "bills": "botui.screens.records_bills:BillList",
    }
    RECORDS: ClassVar[Mapping[str, str]] = {
        "bills": "botui.screens.records_bills:BillRecord",
        "payments": "botui.screens.records_bills:PaymentRecord",
    }
