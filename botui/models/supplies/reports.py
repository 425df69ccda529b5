"""Reports on supplies: worth and use of the stock by category, spend by supplier and month, what stocktakes found.

Amounts are in the office's currency. They are rounded to cents once for each row that they stand in, halves up, and
sums are sums of what is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from botui.models.base import Between, fold, stamp
from botui.models.office import Context, Party, Settings
from botui.models.office.reports import Cell, Report, ReportKind, cents, span
from botui.models.supplies import differences
from botui.models.supplies.item import USE, Item, Movement, Why
from botui.models.supplies.levels import unit_cost
from botui.models.supplies.order import Order, OrderLine, State

_NEVER_ORDERED: Final = frozenset({State.DRAFT, State.TO_APPROVE, State.CANCELLED})


@dataclass(slots=True)
class _Kept:
    """What is told of one item, or of all of a category.

    Attributes:
        units: base units on hand, and ``value`` what they are worth.
        used: base units used, and ``cost`` what they were worth.
    """

    items: int = 0
    units: int = 0
    value: Decimal = Decimal(0)
    used: int = 0
    cost: Decimal = Decimal(0)

    def add(self, other: _Kept) -> None:
        self.items += other.items
        self.units += other.units
        self.value += other.value
        self.used += other.used
        self.cost += other.cost

    def row(self, name: str, whole: Decimal) -> tuple[Cell, ...]:
        share: Cell = round(100 * self.cost / whole) if whole > 0 else ""
        return name, self.items, self.units, self.value, self.used, self.cost, share


def stock(items: Iterable[Item], movements: Iterable[Movement], settings: Settings, since: date, until: date) -> Report:
    """Return for each category what was there at the end of those days, what it is worth, and what was used in them.

    Stock is worth its average price of now, or the last one where nothing came in at a price; what was used is worth
    what it cost when it was taken. Items of which there was nothing and nothing was used are not counted.

    Args:
        items: all there are.
        movements: all since the first of the days, later ones too.
        settings: the office's, for its days.
        since: the first day.
        until: the last.
    """
    start, end = span(settings, since, until)
    later: defaultdict[int, int] = defaultdict(int)
    used: defaultdict[int, int] = defaultdict(int)
    cost: defaultdict[int, Decimal] = defaultdict(Decimal)
    for one in movements:
        if one.at >= end:
            later[one.item] += one.quantity
        elif one.at >= start and one.why in USE:
            used[one.item] -= one.quantity
            cost[one.item] -= one.quantity * (one.cost or Decimal(0))
    groups: defaultdict[str, _Kept] = defaultdict(_Kept)
    for item in items:
        units = item.on_hand - later[item.id]
        if units or used[item.id] or cost[item.id]:
            value = cents(units * (unit_cost(item) or Decimal(0)))
            kept = _Kept(1, units, value, used[item.id], cents(cost[item.id]))
            groups[item.category or "(no category)"].add(kept)
    whole = _Kept()
    for kept in groups.values():
        whole.add(kept)
    rows = [kept.row(name, whole.cost) for name, kept in sorted(groups.items(), key=lambda one: fold(one[0]))]
    if rows:
        rows.append(whole.row("All", whole.cost))
    header = ("Category", "Items", "Units", "Worth", "Used", "Worth of it", "%")
    return Report(f"Stock and use by category, {since} to {until}", header, tuple(rows))


def spend(
    came: Iterable[tuple[Movement, int | None]],
    orders: Iterable[Order],
    suppliers: Mapping[int, str],
    settings: Settings,
    since: date,
    until: date,
) -> Report:
    """Return for each supplier and month how much was ordered, what of it is billed so far, and what came in.

    An order counts in the month in which it was placed, with what is billed of it whenever that was; what came counts
    in the month in which it came, at its own price. Drafts and cancelled orders do not count.

    Args:
        came: what came in, each with the number of its supplier.
        orders: all that may have been placed in those days.
        suppliers: their names.
        settings: the office's, for its days.
        since: the first day.
        until: the last.
    """
    start, end = span(settings, since, until)
    months: defaultdict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 4)
    for order in orders:
        if order.ordered_at and start <= order.ordered_at < end and order.state not in _NEVER_ORDERED:
            row = months[_name(suppliers, order.supplier), f"{settings.local(order.ordered_at):%Y-%m}"]
            row[0], row[1], row[2] = row[0] + 1, row[1] + order.amount, row[2] + order.billed_amount
    for one, supplier in came:
        if start <= one.at < end and one.why is Why.RECEIVE:
            row = months[_name(suppliers, supplier), f"{settings.local(one.at):%Y-%m}"]
            row[3] += one.quantity * (one.cost or Decimal(0))
    rows: list[tuple[Cell, ...]] = []
    for (name, month), (count, *amounts) in sorted(months.items(), key=lambda one: (fold(one[0][0]), one[0])):
        rows.append((name, month, int(count), *map(cents, amounts)))
    if rows:
        sums = [sum((row[place] for row in rows), start=Decimal(0)) for place in range(2, 6)]
        rows.append(("All", "", int(sums[0]), *sums[1:]))
    header = ("Supplier", "Month", "Orders", "Ordered", "Billed so far", "Came in")
    return Report(f"Spend by supplier and month, {since} to {until}", header, tuple(rows))


def _name(suppliers: Mapping[int, str], number: int | None) -> str:
    return suppliers.get(number or 0, "(no supplier)")


def _stock(ctx: Context, since: date, until: date) -> Report:
    start, _ = span(ctx.settings, since, until)
    movements = ctx.data.find(Movement, at=Between(low=stamp(start)))
    return stock(ctx.data.find(Item), movements, ctx.settings, since, until)


def _spend(ctx: Context, since: date, until: date) -> Report:
    """Tell of what came by the supplier of its order; without an order, by the one whom the item usually comes from."""
    start, end = span(ctx.settings, since, until)
    days = Between(low=stamp(start), high=stamp(end))
    came: list[tuple[Movement, int | None]] = []
    for one in ctx.data.find(Movement, at=days, why=Why.RECEIVE.value):
        line = ctx.data.get(OrderLine, one.line) if one.line else None
        found = ctx.data.get(Order, line.order) if line else ctx.data.get(Item, one.item)
        came.append((one, found.supplier if found else None))
    suppliers = {one.id: one.name for one in ctx.data.find(Party)}
    return spend(came, ctx.data.find(Order, ordered_at=days), suppliers, ctx.settings, since, until)


REPORTS: Final[Mapping[str, ReportKind]] = {
    "stock": ReportKind("Stock and use by category", ("items", "movements"), _stock),
    "spend": ReportKind("Spend by supplier and month", ("orders", "lines", "movements"), _spend),
    "differences": ReportKind("Differences of stocktakes", ("stocktakes", "counts"), differences.report),
}
"""Each report by its word on the command line."""
