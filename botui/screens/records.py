"""Records: what is particular to its menu, lists and records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from botui.data import Desk
from botui.models.base import Record
from botui.screens.area import AreaMenu
from botui.screens.frame import Keys


class RecordsScreen(AreaMenu):
    """The menu of records."""

    AREA = "records"
    FIRST = (
        ("documents", "inbox"),
        ("letters", "all"),
        ("letters", "due"),
        ("bills", "late"),
        ("bills", "week"),
        ("bills", "approve"),
        ("bank", "unmatched"),
        ("documents", "overdue"),
        ("documents", "review"),
        ("documents", "filed"),
        ("documents", "unclassed"),
        ("custody", "out"),
        ("parcels", "here"),
        ("forms", "active"),
        ("contracts", "ending"),
        ("contracts", "running"),
        ("disposals", "open"),
        ("retention", "active"),
        ("filing", "active"),
        ("bills", "owe"),
        ("bills", "owed"),
        ("bills", "check"),
        ("payments", "all"),
        ("standing", "active"),
        ("expenses", "mine"),
        ("expenses", "pay"),
    )
    """The first nine have a number: what comes in, what is to be answered, paid and explained, what is to come back.

    Then papers of all sorts, then money; cash, cheques, the bank and the books follow in the order of the registry.
    """
    LISTS: ClassVar[Mapping[str, str]] = {
        "documents": "botui.screens.records_documents:DocumentList",
        "custody": "botui.screens.records_custody:CustodyList",
        "disposals": "botui.screens.records_disposal:DisposalList",
        "retention": "botui.screens.records_retention:RetentionList",
        "contracts": "botui.screens.records_contract:ContractList",
        "letters": "botui.screens.records_letters:LetterList",
        "parcels": "botui.screens.records_parcels:ParcelList",
        "expenses": "botui.screens.records_expenses:ExpenseList",
        "boxes": "botui.screens.records_cash:BoxList",
        "cheques": "botui.screens.records_cheques:ChequeList",
        "bills": "botui.screens.records_bills:BillList",
        "payments": "botui.screens.records_payments:PaymentList",
        "accounts": "botui.screens.records_bank:AccountList",
        "statements": "botui.screens.records_bank:StatementList",
        "bank": "botui.screens.records_bank:LineList",
    }
    RECORDS: ClassVar[Mapping[str, str]] = {
        "documents": "botui.screens.records_document:DocumentRecord",
        "disposals": "botui.screens.records_disposal:DisposalRecord",
        "retention": "botui.screens.records_retention:RetentionRecord",
        "contracts": "botui.screens.records_contract:ContractRecord",
        "letters": "botui.screens.records_letters:LetterRecord",
        "parcels": "botui.screens.records_parcels:ParcelRecord",
        "forms": "botui.screens.records_forms:FormRecord",
        "expenses": "botui.screens.records_expenses:ExpenseRecord",
        "boxes": "botui.screens.records_cash:BoxRecord",
        "vouchers": "botui.screens.records_cash:VoucherRecord",
        "cheques": "botui.screens.records_cheques:ChequeRecord",
        "bills": "botui.screens.records_bills:BillRecord",
        "payments": "botui.screens.records_payments:PaymentRecord",
        "chart": "botui.screens.records_books:CategoryRecord",
        "entries": "botui.screens.records_books:EntryRecord",
        "accounts": "botui.screens.records_bank:AccountRecord",
        "statements": "botui.screens.records_bank:StatementRecord",
        "bank": "botui.screens.records_bank:LineRecord",
    }
    MORE_KEYS: ClassVar[Keys] = (("T", "Paper out", True), ("R", "Paper back", True), ("q", "Reports", True))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("T", "papers(False)", "Paper out", tooltip="Scan who gets paper, then label after label."),
        Binding("R", "papers(True)", "Paper back", tooltip="Scan the labels of paper that comes back."),
        Binding("q", "report", "Reports", tooltip="Money in and out, results, cash to come; who owes whom."),
    ]

    @classmethod
    def verb_screen(cls, desk: Desk, record: Record, name: str, ask: bool) -> Screen[None] | None:
        """Return the page on which an account of the bank is reconciled."""
        if record.COLLECTION not in ("accounts", "statements", "bank"):
            return None
        from botui.screens.records_reconcile import reconcile

        return reconcile(desk, record, name, ask=ask)

    def action_papers(self, back: bool) -> None:
        """Hand paper out by scan, or take it back."""
        from botui.screens.records_papers import open_papers

        open_papers(self, back=back)
