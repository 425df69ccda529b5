"""Reports on equipment: downtime and cost by category, what is to be renewed, what is to be replaced.

Amounts are in the office's currency. They are rounded to cents once for each row that they stand in, halves up, and
sums are sums of what is shown.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Final

from botui.models import calendar
from botui.models.base import Between, fold, stamp
from botui.models.equipment.asset import Asset, Category, Fate
from botui.models.equipment.fault import SPENT, Fault, State, Work
from botui.models.equipment.licence import RUNNING, Licence
from botui.models.equipment.register import stops
from botui.models.equipment.replacing import FAULTS, SHARE, WITHIN, share
from botui.models.equipment.spending import for_period
from botui.models.equipment.terms import term_after
from botui.models.office import Context, Party
from botui.models.office.reports import Cell, Report, ReportKind, cents, span

NO_CATEGORY: Final = "(no category)"
NO_ASSET: Final = "(no asset)"
RENEWAL_MONTHS: Final = 12
"""Months that are looked ahead for renewals."""
_HOUR: Final = 3600


# --- downtime and cost ------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Down:
    """What is told of the things of a category.

    Attributes:
        faults: reported in those days.
        seconds: of office time that its things could not be used in those days.
        minutes, cost: of the log of work of those days.
        by_asset: seconds and cost of each thing, by which the worst one is told.
    """

    faults: int = 0
    seconds: int = 0
    minutes: int = 0
    cost: Decimal = Decimal(0)
    by_asset: defaultdict[int, list[Decimal]] = field(default_factory=lambda: defaultdict(lambda: [Decimal(0)] * 2))

    def worst(self, assets: Mapping[int, Asset]) -> str:
        """Return the thing that could not be used for longest; of several, the one that cost most."""
        found = max(self.by_asset, key=lambda one: (*self.by_asset[one], -one), default=0)
        return assets[found].called if found and any(self.by_asset[found]) and found in assets else ""

    def row(self, name: str, worst: str) -> tuple[Cell, ...]:
        return name, self.faults, round(self.seconds / _HOUR), self.minutes, cents(self.cost), worst


def downtime(ctx: Context, since: date, until: date) -> Report:
    """Return for each category what broke in those days, for how long it could not be used in them, and what it cost.

    A thing cannot be used from when it was reported until it was done, in office time, but never for longer than the
    clock of the fault ran. A fault that was joined with another does not count: the other does.

    Args:
        ctx: what may be known.
        since: the first day.
        until: the last.
    """
    start, end = span(ctx.settings, since, until)
    assets = {one.id: one for one in ctx.data.find(Asset)}
    names = _names(ctx)
    groups: defaultdict[str, _Down] = defaultdict(_Down)
    for fault in ctx.data.find(Fault, created_at=Between(high=stamp(end))):
        if fault.state is State.JOINED or fault.created_at is None:
            continue
        group, seconds = groups[_category(fault.asset, assets, names)], _down(ctx, fault, start, min(end, ctx.now))
        group.faults += fault.created_at >= start
        group.seconds += seconds
        group.by_asset[fault.asset or 0][0] += seconds
    for work in ctx.data.find(Work, at=Between(low=stamp(start), high=stamp(end))):
        group = groups[_category(work.asset, assets, names)]
        spent = work.amount if work.amount is not None and work.kind in SPENT else Decimal(0)
        group.minutes += work.minutes
        group.cost += spent
        group.by_asset[work.asset or 0][1] += spent
    told = {name: one for name, one in groups.items() if one.faults or one.seconds or one.minutes or one.cost}
    rows = [one.row(name, one.worst(assets)) for name, one in sorted(told.items(), key=lambda one: fold(one[0]))]
    if rows:
        rows.append(("All", *(sum(_figure(row[place]) for row in rows) for place in range(1, 5)), ""))
    header = ("Category", "Faults", "Hours down", "Minutes worked", "Cost", "Longest down")
    return Report(f"Downtime and cost by category, {since} to {until}", header, tuple(rows))


def _figure(cell: Cell) -> int | Decimal:
    return 0 if isinstance(cell, str) else cell


def _category(asset: int | None, assets: Mapping[int, Asset], categories: Mapping[int, str]) -> str:
    found = assets.get(asset or 0)
    return NO_ASSET if found is None else categories.get(found.category or 0, NO_CATEGORY)


def _down(ctx: Context, fault: Fault, start: datetime, end: datetime) -> int:
    """Return the seconds of office time between two moments that a thing could not be used because of a fault."""
    hours = ctx.settings.business_hours()
    began, done = fault.created_at or start, fault.closed_at if not fault.is_open else None
    running = 0
    if stops(fault) and fault.down_since is not None:
        running = max(int(hours.between(fault.down_since, ctx.now).total_seconds()), 0)
    total = fault.downtime + running
    low, high = max(began, start), min(done or end, end)
    if not total or high <= low:
        return 0
    return min(total, int(hours.between(low, high).total_seconds()))


def _names(ctx: Context) -> dict[int, str]:
    return {one.id: one.name for one in ctx.data.find(Category)}


# --- renewals ---------------------------------------------------------------------------------------------------------


def renewals(licences: Iterable[Licence], vendors: Mapping[int, str], since: date, until: date) -> Report:
    """Return what ends or renews in some days, month by month, with its cost, and the sums.

    What renews by itself does so again after each of its periods; what does not would be renewed once. What runs for
    ever, and what was cancelled, is not in it.

    Args:
        licences: all there are.
        vendors: their names.
        since: the first day.
        until: the last.
    """
    found = sorted(
        (day, fold(one.name), one.id, one)
        for one in licences
        if one.state in RUNNING
        for day in _renews(one, since, until)
    )
    rows: list[tuple[Cell, ...]] = []
    whole = Decimal(0)
    for month, group in groupby(found, key=lambda one: f"{one[0]:%Y-%m}"):
        total = Decimal(0)
        for day, _, _, one in group:
            cost = cents(for_period(one))
            total += cost
            by_itself = "yes" if one.auto_renew else ""
            last = str(day - (one.renews_on - one.cancel_by)) if one.renews_on and one.cancel_by else ""
            rows.append((one.name, vendors.get(one.vendor or 0, ""), str(day), last, by_itself, cost))
        rows.append((f"All of {month}", "", "", "", "", total))
        whole += total
    if rows:
        rows.append(("All", "", "", "", "", whole))
    header = ("Licence", "Vendor", "On", "Cancel by", "By itself", "Cost")
    return Report(f"Renewals, {since} to {until}", header, tuple(rows))


def _renews(licence: Licence, since: date, until: date) -> Iterator[date]:
    """Yield the days between two on which a licence ends or renews."""
    day = licence.renews_on
    while day is not None and day <= until:
        if day >= since:
            yield day
        if not licence.auto_renew or not licence.per.months:
            return
        try:
            day = term_after(licence, day)
        except ValueError:  # the calendar ends
            return


def _renewals(ctx: Context, since: date, until: date) -> Report:
    vendors = {one.id: one.name for one in ctx.data.find(Party)}
    return renewals(ctx.data.find(Licence), vendors, since, until)


# --- repair or replace ------------------------------------------------------------------------------------------------


def replace(assets: Iterable[Asset], lately: Mapping[int, int], until: date) -> Report:
    """Return the assets that cost something to keep, or whose time is over: those to be replaced first, and for what.

    Args:
        assets: all that are there, and have been repaired or are past their end of life.
        lately: how many faults each had within a year.
        until: the day as of which age and end of life are told.
    """
    told = [(one, _replace_for(one, lately.get(one.id, 0), until)) for one in assets]
    told.sort(key=lambda one: (not one[1], -(share(one[0]) or 0), -one[0].faults, -one[0].cost, one[0].id))
    rows: list[tuple[Cell, ...]] = []
    for one, why in told:
        part = share(one)
        price: Cell = "" if one.price is None else cents(one.price)
        percent: Cell = "" if part is None else round(100 * part)
        rows.append((one.called, price, _age(one, until), cents(one.cost), percent, one.faults, why))
    if rows:
        price = sum((cents(one.price) for one, _ in told if one.price is not None), Decimal(0))
        cost = sum((cents(one.cost) for one, _ in told), Decimal(0))
        rows.append(("All", price, "", cost, "", sum(one.faults for one, _ in told), ""))
    header = ("Asset", "Price", "Years", "Cost so far", "%", "Faults", "Replace it for")
    return Report(f"Repair or replace, as of {until}", header, tuple(rows))


def _replace_for(asset: Asset, lately: int, until: date) -> str:
    """Return what speaks for replacing it: its cost, its faults, its age; nothing = repair it."""
    part = share(asset)
    reasons = {"cost": part is not None and part > SHARE, "faults": lately >= FAULTS, "age": _is_over(asset, until)}
    return ", ".join(reason for reason, holds in reasons.items() if holds)


def _age(asset: Asset, until: date) -> Cell:
    """Return how many years old it is, with tenths; nothing where nobody said when it was bought."""
    if asset.bought_on is None or asset.bought_on > until:
        return ""
    return f"{(until - asset.bought_on).days / 365.25:.1f}"


def _replace(ctx: Context, since: date, until: date) -> Report:
    """Tell of what cost something or had a fault in those days, and of what is past its end of life."""
    start, end = span(ctx.settings, since, until)
    days = Between(low=stamp(start), high=stamp(end))
    touched = {one.asset for one in ctx.data.find(Fault, created_at=days) if one.state is not State.JOINED}
    touched |= {one.asset for one in ctx.data.find(Work, at=days) if one.amount and one.kind in SPENT}
    year = Between(low=stamp(end - WITHIN), high=stamp(end))
    recent = ctx.data.find(Fault, created_at=year)
    lately = Counter(one.asset for one in recent if one.asset is not None and one.state is not State.JOINED)
    there = [one for one in ctx.data.find(Asset) if _is_there(one) and (one.id in touched or _is_over(one, until))]
    return replace(there, lately, until)


def _is_there(asset: Asset) -> bool:
    return asset.fate not in (Fate.LOST, Fate.RETIRED)


def _is_over(asset: Asset, until: date) -> bool:
    return asset.life_until is not None and asset.life_until < until


def next_months(today: date) -> tuple[date, date]:
    """Return the days of the next twelve months, today the first."""
    return today, calendar.add_months(today, RENEWAL_MONTHS) - timedelta(days=1)


def last_year(today: date) -> tuple[date, date]:
    """Return the days of the last year, today the last."""
    return today - WITHIN + timedelta(days=1), today


REPORTS: Final[Mapping[str, ReportKind]] = {
    "downtime": ReportKind("Downtime and cost by category", ("faults", "assets", "worklog"), downtime),
    "renewals": ReportKind("Renewals of the next 12 months", ("licences",), _renewals, next_months),
    "replace": ReportKind("Repair or replace", ("assets", "faults", "worklog"), _replace, last_year),
}
"""Each report by its word on the command line."""
