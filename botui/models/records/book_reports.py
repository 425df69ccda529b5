"""Reports on money: in and out by category and month, the result of each month, cash to come, what accounts come to.

Amounts are in the office's currency and exact; sums are sums of what is shown.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from botui.models import calendar
from botui.models.office import Context
from botui.models.office.reports import Cell, Report
from botui.models.records.books import books, by_month
from botui.models.records.forecast import WEEKS, at_hand, flows, weeks
from botui.models.records.posted import balances

_ZERO: Final = Decimal(0)
_MONTHS: Final = 12
"""Months of which results are told."""


def money(ctx: Context, since: date, until: date) -> Report:
    """Tell what came in and went out by category and month, by the days on bills, claims and lines of the bank."""
    rows: list[tuple[Cell, ...]] = []
    comes, goes = _ZERO, _ZERO
    for (month, account), amount in by_month(books(ctx, until), since, until).items():
        came, went = max(amount, _ZERO), max(-amount, _ZERO)
        comes, goes = comes + came, goes + went
        rows.append((month, _category(account), _cents(came), _cents(went)))
    if rows:
        rows.append(("All", "", _cents(comes), _cents(goes)))
    title = f"Money in and out by category and month, {since} to {until}"
    return Report(title, ("Month", "Category", "In", "Out"), tuple(rows))


def result(ctx: Context, since: date, until: date) -> Report:
    """Tell what each month brought: what came in, what went out, and what is left of it."""
    sums: defaultdict[str, list[Decimal]] = defaultdict(lambda: [_ZERO, _ZERO])
    for (month, account), amount in by_month(books(ctx, until), since, until).items():
        if account.startswith("income"):
            sums[month][0] += amount
        else:
            sums[month][1] -= amount
    rows: list[tuple[Cell, ...]] = [
        (month, _cents(income), _cents(costs), _cents(income - costs)) for month, (income, costs) in sums.items()
    ]
    if rows:
        income, costs = (sum((one[place] for one in sums.values()), _ZERO) for place in (0, 1))
        rows.append(("All", _cents(income), _cents(costs), _cents(income - costs)))
    return Report(f"Result by month, {since} to {until}", ("Month", "Income", "Costs", "Result"), tuple(rows))


def forecast(ctx: Context, since: date, until: date) -> Report:
    """Tell what will be at hand week by week, if all is paid when it is due."""
    start = at_hand(ctx, since)
    found = list(weeks(start, list(flows(ctx, until)), since, until))
    rows: list[tuple[Cell, ...]] = [("At hand", "", "", _cents(start))]
    rows += [(one.since.isoformat(), _cents(one.comes), _cents(one.goes), _cents(one.left)) for one in found]
    comes, goes = sum((one.comes for one in found), _ZERO), sum((one.goes for one in found), _ZERO)
    rows.append(("All", _cents(comes), _cents(goes), _cents(start + comes - goes)))
    return Report(f"Cash forecast, {since} to {until}", ("Week from", "In", "Out", "At hand then"), tuple(rows))


def accounts(ctx: Context, since: date, until: date) -> Report:
    """Tell what every account of the books comes to, and what moved in it in those days."""
    found = books(ctx, until)
    after, before = balances(found), balances(one for one in found if one.on < since)
    moved = {name: (before.get(name, _ZERO), left - before.get(name, _ZERO), left) for name, left in after.items()}
    rows: list[tuple[Cell, ...]] = [(name, *map(_cents, amounts)) for name, amounts in moved.items()]
    if rows:
        rows.append(("All", *(_cents(sum(column, _ZERO)) for column in zip(*moved.values(), strict=True))))
    return Report(f"Accounts of the books, {since} to {until}", ("Account", "Before", "Moved", "After"), tuple(rows))


def _category(account: str) -> str:
    """Return the category of an account as people call it: without its root, unless it has only that."""
    return account.partition(":")[2] or account


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"))


def three_months(today: date) -> tuple[date, date]:
    """Return the days of this month and the two before it."""
    return calendar.add_months(today.replace(day=1), -2), today


def twelve_months(today: date) -> tuple[date, date]:
    """Return the days of this month and the eleven before it."""
    return calendar.add_months(today.replace(day=1), 1 - _MONTHS), today


def quarter_ahead(today: date) -> tuple[date, date]:
    """Return the days of the next thirteen weeks, today the first."""
    return today, today + timedelta(weeks=WEEKS, days=-1)
