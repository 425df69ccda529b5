"""The books as a whole: all that was posted, in order, and what its months come to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, TypeVar

from botui import areas
from botui.models.office import Context
from botui.models.records import posting, posting_cash
from botui.models.records.bank import Account, BankLine, Match, Statement
from botui.models.records.bill import Bill, Charge, Payment
from botui.models.records.cashbox import Voucher
from botui.models.records.cheque import Cheque
from botui.models.records.entry import Entry
from botui.models.records.expense import Expense, Outlay
from botui.models.records.naming import Names
from botui.models.records.posted import Posted, is_under

TELLS: Final = (
    *("bills", "charges", "payments", "accounts", "statements", "bank", "matches"),
    *("expenses", "outlays", "boxes", "vouchers", "cheques", "entries", "chart"),
)
"""What the books follow from: they are for whoever may read all of it."""
T = TypeVar("T")


def books(ctx: Context, until: date | None = None) -> list[Posted]:
    """Return all that stands in the books, in order of days.

    Args:
        ctx: what may be known.
        until: the last day; None = all there is.
    """
    names = Names(ctx)
    found = [*_bills(ctx, names), *_cash(ctx, names), *_bank(ctx, names)]
    kept = found if until is None else [one for one in found if one.on <= until]
    return sorted(kept, key=lambda one: (one.on, one.place, areas.parse_ref(one.ref) or ("", 0)))


def _bills(ctx: Context, names: Names) -> Iterator[Posted]:
    charges = _grouped(ctx.data.find(Charge), lambda one: one.bill)
    bills = {one.id: one for one in ctx.data.find(Bill)}
    for bill in bills.values():
        yield from posting.of_bill(names, bill, charges[bill.id], tax_back=ctx.settings.tax_back)
    cheques = {one.id: one for one in ctx.data.find(Cheque)}
    for payment in ctx.data.find(Payment):
        yield from posting_cash.of_payment(names, payment, bills, cheques)


def _cash(ctx: Context, names: Names) -> Iterator[Posted]:
    for voucher in ctx.data.find(Voucher):
        yield from posting_cash.of_voucher(names, voucher)
    outlays = _grouped(ctx.data.find(Outlay), lambda one: one.expense or 0)
    for expense in ctx.data.find(Expense):
        yield from posting_cash.of_expense(names, expense, outlays[expense.id])
    for entry in ctx.data.find(Entry):
        yield from posting_cash.of_entry(names, entry)


def _bank(ctx: Context, names: Names) -> Iterator[Posted]:
    """Give what the bank says: of each day the lines of a statement, then its balance, then those of the next one."""
    statements = {one.id: one for one in ctx.data.find(Statement)}
    between = {one.id for one in ctx.data.find(Match) if not one.payments}
    first: dict[int, date] = {}
    for line in ctx.data.find(BankLine):
        statement = statements.get(line.statement or 0)
        first[line.account] = min(first.get(line.account, line.on), line.on)
        for one in posting.of_line(names, line, between=line.match in between):
            yield replace(one, on=_within(line.on, statement), place=_place(line.account, statement, 0))
    for statement in statements.values():
        for one in posting.of_statement(names, statement):
            yield replace(one, place=_place(statement.account, statement, 1))
    for account in ctx.data.find(Account):
        day = first.get(account.id)
        yield from posting.of_account(names, account, day - timedelta(days=1) if day else None)


def _within(on: date, statement: Statement | None) -> date:
    """Return the day of a line as its statement has it: banks put some on the one after."""
    if statement is None:
        return on
    return min(max(on, statement.since or on), statement.until)


def _place(account: int, statement: Statement | None, rank: int) -> tuple[int, ...]:
    order = (statement.until.toordinal(), statement.id) if statement else (0, 0)
    return (1, account, *order, rank)


def _grouped(records: Iterable[T], by: Callable[[T], int]) -> defaultdict[int, list[T]]:
    found: defaultdict[int, list[T]] = defaultdict(list)
    for one in records:
        found[by(one)].append(one)
    return found


# --- months -----------------------------------------------------------------------------------------------------------


def by_month(found: Iterable[Posted], since: date, until: date) -> dict[tuple[str, str], Decimal]:
    """Return what came in (above zero) and went out, by month and account, of categories that make a result.

    Args:
        found: the books.
        since: the first day.
        until: the last day.
    """
    sums: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for one in found:
        if not since <= one.on <= until:
            continue
        for leg in one.legs:
            if is_under(leg.account, "income") or is_under(leg.account, "expenses"):
                sums[f"{one.on:%Y-%m}", leg.account] -= leg.amount
    return {key: amount for key, amount in sorted(sums.items()) if amount}
