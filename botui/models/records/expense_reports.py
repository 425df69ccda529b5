"""Reports on what people laid out and on cash: claims by category and person, and the cash book of each box.

Amounts are in the office's currency and exact; sums are sums of what is shown.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from botui.models.base import Between, fold
from botui.models.office import Context
from botui.models.office.reports import Cell, Report, span
from botui.models.records.cashbox import Box, Voucher
from botui.models.records.chart import Category
from botui.models.records.expense import Expense, Outlay

CLAIMS_TELL: Final = ("expenses", "outlays")
CASH_TELLS: Final = ("boxes", "vouchers")
"""Collections that each report tells of."""
_ZERO: Final = Decimal("0.00")


def claims(ctx: Context, since: date, until: date) -> Report:
    """Tell what was claimed, what of it was approved and what is paid, of the claims approved in some days.

    A claim counts on the day on which it was approved, with all its lines, whenever these were paid for.
    """
    start, end = span(ctx.settings, since, until)
    sums: defaultdict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [_ZERO] * 3)
    for claim in ctx.data.find(Expense):
        if claim.approved_at is None or not start <= claim.approved_at < end:
            continue
        for line in ctx.data.find(Outlay, expense=claim.id):
            row = sums[_category(ctx, line.category), ctx.person(claim.person)]
            row[0], row[1] = row[0] + line.amount, row[1] + line.granted
            row[2] += line.granted if claim.paid_on is not None else _ZERO
    rows: list[tuple[Cell, ...]] = [
        (*who, *amounts) for who, amounts in sorted(sums.items(), key=lambda one: (fold(one[0][0]), fold(one[0][1])))
    ]
    if rows:
        rows.append(("All", "", *(sum((one[place] for one in sums.values()), _ZERO) for place in range(3))))
    header = ("Category", "Person", "Claimed", "Approved", "Paid")
    return Report(f"Expense claims by category and person, {since} to {until}", header, tuple(rows))


def cash_book(ctx: Context, since: date, until: date) -> Report:
    """Tell of each box what was in it, each voucher of some days, and what is in it then."""
    rows: list[tuple[Cell, ...]] = []
    after = (until + timedelta(days=1)).isoformat()
    for box in ctx.data.find(Box):
        vouchers = ctx.data.find(Voucher, box=box.id, on=Between(high=after))
        before = sum((one.amount for one in vouchers if one.on < since), _ZERO)
        within = sorted((one for one in vouchers if one.on >= since), key=lambda one: (one.on, one.id))
        if not within and not before:
            continue
        balance = before
        rows.append((box.name, str(since), "", "Was in it", "", "", before))
        for one in within:
            balance += one.amount
            named = _category(ctx, one.category) if one.category else one.about or one.why.label
            rows.append((box.name, str(one.on), one.ref, one.what or one.about, named, one.amount, balance))
        rows.append((box.name, str(until), "", "Is in it", "", balance - before, balance))
    header = ("Cash box", "On", "Voucher", "What for", "Category", "Amount", "In it")
    return Report(f"Cash book, {since} to {until}", header, tuple(rows))


def _category(ctx: Context, number: int | None) -> str:
    found = ctx.data.get(Category, number) if number else None
    return found.name if found else "(no category)"
