"""The bank reconciliation as a report: from what the bank says to what our books say, each difference a row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from botui.models.office import Context
from botui.models.office.reports import Cell, Report
from botui.models.records.bank import Account
from botui.models.records.bank_differences import Differences, differences

TELLS: Final = ("accounts", "statements", "bank", "matches", "payments")
"""The collections that it tells of."""
HEADER: Final = ("Account", "What", "Record", "On", "Amount", "Text")
_TEXT: Final = 60
"""Characters of what a line says."""


def bank_and_books(ctx: Context, _since: date, until: date) -> Report:
    """Return for each account in use what the bank says at the end of a day, each difference, and what we noted.

    The amounts of an account add up to what our books say.

    Args:
        ctx: what may be known.
        _since: the first day, of which nothing depends.
        until: at the end of which day.
    """
    rows: list[tuple[Cell, ...]] = []
    for account in ctx.data.find(Account, active=True):
        if account.opened_on is not None and account.opened_on <= until:
            rows += rows_of(account, differences(ctx, account, until))
    return Report(f"Bank and books on {until}", HEADER, tuple(rows))


def rows_of(account: Account, found: Differences) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of one account."""
    on = found.on.isoformat()
    yield account.name, "the bank says", "", on, found.bank, ""
    for one in found.found:
        yield account.name, one.what, one.ref, one.on.isoformat(), -one.amount, one.text[:_TEXT]
    yield account.name, "our books say", "", on, found.books, ""


def as_of_today(today: date) -> tuple[date, date]:
    """Return the days of a report that is as of one day."""
    return today, today
