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
        ("letters", "all"),
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
        "documents": "botui.screens.records_documents:DocumentList",
        "letters": "botui.screens.records_letters:LetterList",
        "parcels": "botui.screens.records_parcels:ParcelList",
        "expenses": "botui.screens.records_expenses:ExpenseList",
        "boxes": "botui.screens.records_cash:BoxList",
        "cheques": "botui.screens.records_cheques:ChequeList",
        "bills": "botui.screens.records_bills:BillList",
    }
    RECORDS: ClassVar[Mapping[str, str]] = {
        "documents": "botui.screens.records_document:DocumentRecord",
        "letters": "botui.screens.records_letters:LetterRecord",
        "parcels": "botui.screens.records_parcels:ParcelRecord",
        "expenses": "botui.screens.records_expenses:ExpenseRecord",
        "boxes": "botui.screens.records_cash:BoxRecord",
        "vouchers": "botui.screens.records_cash:VoucherRecord",
        "cheques": "botui.screens.records_cheques:ChequeRecord",
        "bills": "botui.screens.records_bills:BillRecord",
        "payments": "botui.screens.records_bills:PaymentRecord",
    }
