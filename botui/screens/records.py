"""Records: what is particular to its menu, lists and records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from botui.screens.area import AreaMenu
from botui.screens.lists import ListScreen
from botui.screens.record import RecordScreen
from botui.screens.records_bills import BillList, BillRecord, PaymentRecord


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
    LISTS: ClassVar[Mapping[str, type[ListScreen]]] = {"bills": BillList}
    RECORDS: ClassVar[Mapping[str, type[RecordScreen]]] = {"bills": BillRecord, "payments": PaymentRecord}
