"""How fast a thing is used, how long it lasts and how much to order: numbers that anybody can reckon again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from botui.models.base import Between, Change
from botui.models.office import Context
from botui.models.supplies.item import USED_DAYS, Item

_FAR: Final = 3650
"""Days ahead after which it is not said when a thing runs out: what lasts ten years is no matter of ordering."""
_WEEK: Final = 7
_TENTH: Final = Decimal("0.1")


def is_low(item: Item) -> bool:
    """Return whether it is to be ordered: less is there, on its way and not promised than the reorder point."""
    return item.active and item.order_below is not None and item.available < item.order_below


def suggested(item: Item) -> int:
    """Return how many base units to order now; 0 = none.

    As many as bring what is available (on hand, on order, without what is promised) up to the fill level, rounded up
    to the order multiple, once it is below the reorder point (domain.md 2.3: par, min, multiple). An item without a
    fill level is filled up to its reorder point.
    """
    if not is_low(item):
        return 0
    missing = max(item.fill_to or 0, item.order_below or 0) - item.available
    return -(-missing // item.multiple) * item.multiple


def per_week(item: Item) -> Decimal:
    """Return how many base units are used in a week, to a tenth: the use of the last 90 days (issue 5)."""
    return (Decimal(item.used * _WEEK) / USED_DAYS).quantize(_TENTH, ROUND_HALF_UP)


def days_of_cover(item: Item) -> int | None:
    """Return for how many whole days what is on hand lasts at the rate of the last 90 days; None = nothing is used."""
    return _lasts(item.on_hand, item.used)


def _lasts(on_hand: int, used: int) -> int | None:
    return max(on_hand, 0) * USED_DAYS // used if used > 0 else None


def runs_out(on_hand: int, used: int, today: date) -> date | None:
    """Return the day on which so many are used up at the rate of the last 90 days; None = not within ten years."""
    days = _lasts(on_hand, used)
    return today + timedelta(days=days) if days is not None and days <= _FAR else None


# --- the use of each day ----------------------------------------------------------------------------------------------


def used_until(item: Item, day: date, more: int = 0) -> dict[str, Any]:
    """Return what an item says of its use in the 90 days until a day.

    Args:
        item: the item.
        day: the last of the days, UTC; one before the last that is known changes that day only.
        more: base units that were used on it, besides those that are known; below zero they were brought back.
    """
    last = max(day, item.used_on or day)
    gap = (last - (item.used_on or last)).days
    uses = [*[0] * min(gap, USED_DAYS), *item.uses][:USED_DAYS]
    place = (last - day).days
    if more and place < USED_DAYS:
        uses += [0] * (place + 1 - len(uses))
        uses[place] += more
    while uses and not uses[-1]:
        uses.pop()
    return {"uses": tuple(uses), "used_on": last, "used": max(sum(uses), 0)}


def clock(ctx: Context) -> Iterator[Change]:
    """Look again at what should be used up by now and is not: less of it is used than before.

    An item that moves is reckoned anew at every movement; these have not moved.
    """
    past = Between(high=ctx.today.isoformat())
    stale = ctx.data.find(Item, runs_out=past, on_hand=Between(low=1))
    if stale:
        change = Change("items.reckon", f"{len(stale):,} items last longer than was thought.")
        for item in stale:
            use = used_until(item, ctx.now.date())
            change.set(item, **use, runs_out=runs_out(item.on_hand, use["used"], ctx.today))
        yield change
