"""What equipment says of a party on its card: what was bought from it and how that keeps, and what it is paid for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from botui.models import calendar
from botui.models.base import plural
from botui.models.equipment.asset import Asset, Fate
from botui.models.equipment.fault import OPEN, SPENT, Fault, Work
from botui.models.equipment.licence import RUNNING, Licence
from botui.models.equipment.spending import per_year
from botui.models.equipment.terms import deadline
from botui.models.office import Context, Party
from botui.models.supplies.drafting import money

_SHOWN: Final = 5


def card(ctx: Context, party: Party) -> Iterator[tuple[str, str]]:
    """Yield what equipment says of a party: what came from it, what is with it for repair, licences from it."""
    yield from _bought(ctx, party)
    yield from _repairs(ctx, party)
    yield from _licences(ctx, party)


def _bought(ctx: Context, party: Party) -> Iterator[tuple[str, str]]:
    assets = ctx.data.find(Asset, supplier=party.id)
    if not assets:
        return
    there = [one for one in assets if one.fate not in (Fate.LOST, Fate.RETIRED)]
    gone = f", {len(assets) - len(there):,} of them gone" if len(there) < len(assets) else ""
    price = sum((one.price for one in assets if one.price is not None), Decimal(0))
    paid = f", {money(ctx, price)}" if price else ""
    yield "Bought there", f"{plural(len(assets), 'asset')}{paid}{gone}"
    faults = sum(one.faults for one in assets)
    if faults:
        cost = sum((one.cost for one in assets), Decimal(0))
        yield "Of these", f"{plural(faults, 'fault')} so far{f', repairs {money(ctx, cost)}' if cost else ''}"


def _repairs(ctx: Context, party: Party) -> Iterator[tuple[str, str]]:
    found = [one for state in sorted(OPEN) for one in ctx.data.find(Fault, vendor=party.id, state=state.value)]
    for one in sorted(found, key=lambda fault: (fault.created_at or ctx.now, fault.id))[:_SHOWN]:
        asset = ctx.data.get(Asset, one.asset) if one.asset else None
        yield one.ref, f"{one.what}{f': {asset.called}' if asset else ''}, {one.state.label}"
    if len(found) > _SHOWN:
        yield "", f"and {len(found) - _SHOWN:,} more that are open"
    paid = sum(
        (one.amount or Decimal(0) for one in ctx.data.find(Work, party=party.id) if one.kind in SPENT), Decimal(0)
    )
    if paid:
        yield "Paid for work", money(ctx, paid)


def _licences(ctx: Context, party: Party) -> Iterator[tuple[str, str]]:
    found = [one for one in ctx.data.find(Licence, vendor=party.id) if one.state in RUNNING]
    for one in sorted(found, key=lambda licence: (deadline(licence) or date.max, licence.id))[:_SHOWN]:
        when = f", {calendar.day_words(one.renews_on, ctx.today)}" if one.renews_on else ""
        yield one.ref, f"{one.name}: {one.state.label}{when}"
    if len(found) > _SHOWN:
        yield "", f"and {len(found) - _SHOWN:,} more that run"
    if year := per_year(found):
        yield "Licences a year", money(ctx, year)
