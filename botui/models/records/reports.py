"""Reports of records by their words, for the screens and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from botui.models.office.reports import ReportKind
from botui.models.records import bank_report, bill_reports, book_reports, expense_reports
from botui.models.records.books import TELLS

REPORTS: Final[Mapping[str, ReportKind]] = {
    "owing": ReportKind("Who owes whom, by age", bill_reports.TELLS, bill_reports.owing, bill_reports.as_of_today),
    "pay": ReportKind("Payment list", bill_reports.TELLS, bill_reports.to_pay, bill_reports.next_days),
    "money": ReportKind("Money in and out by category and month", TELLS, book_reports.money, book_reports.three_months),
    "result": ReportKind("Result by month", TELLS, book_reports.result, book_reports.twelve_months),
    "forecast": ReportKind(
        "Cash forecast, 13 weeks", (*TELLS, "standing"), book_reports.forecast, book_reports.quarter_ahead
    ),
    "books": ReportKind("Accounts of the books", TELLS, book_reports.accounts, book_reports.twelve_months),
    "claims": ReportKind("Expense claims by category and person", expense_reports.CLAIMS_TELL, expense_reports.claims),
    "cash": ReportKind("Cash book", expense_reports.CASH_TELLS, expense_reports.cash_book),
    "bank": ReportKind(
        "Bank and books: what differs", bank_report.TELLS, bank_report.bank_and_books, bank_report.as_of_today
    ),
}
"""Each report by its word on the command line."""
