"""What of supplies waits for a person, what they asked for, and what they can ask for.

What somebody is asked for, or began, waits for them. What the store room has to do waits for every clerk, behind what
is theirs alone; of the things to order and of those that pass their date only the most pressing is there, and says how
many more there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from botui.models import calendar
from botui.models.base import Asked, Between, Offer, Waiting, and_more
from botui.models.office import Context, Party
from botui.models.supplies import wanting
from botui.models.supplies.item import Item
from botui.models.supplies.order import COMING, Order, Shipment
from botui.models.supplies.order import State as OrderState
from botui.models.supplies.request import Request, State
from botui.models.supplies.stocktake import State as StocktakeState
from botui.models.supplies.stocktake import Stocktake

OFFERS: Final = (Offer(label="Supplies", collection="requests"),)
REFUSED_FOR: Final = timedelta(days=14)
"""How long whoever asked is told that it was refused."""
_PASSES: Final = 5
"""Days before its use-by date from which a thing waits to be used up (domain.md S11: Grocy's due soon)."""


def waiting(ctx: Context) -> Iterator[Waiting]:
    """Yield what of supplies waits for whoever acts."""
    if ctx.by is None:
        return
    yield from _orders(ctx, ctx.by)
    yield from _stocktakes(ctx, ctx.by)
    if "clerk" in ctx.roles:
        yield from _requests(ctx, ctx.by)
        yield from _late(ctx)
        yield from _parcels(ctx)
        yield from _to_order(ctx)
        yield from _passing(ctx)


# --- what somebody is asked for or began ------------------------------------------------------------------------------


def _orders(ctx: Context, me: int) -> Iterator[Waiting]:
    for one in ctx.data.find(Order, state=OrderState.TO_APPROVE.value, approver=me):
        amount = f"{one.amount:,.2f} {ctx.settings.currency}"
        yield _order(ctx, one, f"to approve: {amount}", verb="approve", blocking=True, since=one.created_at)
    for one in ctx.data.find(Order, told=False):
        if (one.ordered_by or one.created_by) == me and one.state is not OrderState.CANCELLED:
            why = f"approved by {ctx.person(one.approved_by)}: send it"
            yield _order(ctx, one, why, verb="acknowledge", active=True, since=one.approved_at)
    for one in ctx.data.find(Order, state=OrderState.DRAFT.value):
        if (one.ordered_by or one.created_by) == me:
            why = f"not approved: {one.reason}" if one.reason else "draft: order it"
            yield _order(ctx, one, why, verb="order", active=True, since=one.created_at)


def _stocktakes(ctx: Context, me: int) -> Iterator[Waiting]:
    for one in ctx.data.find(Stocktake, state=StocktakeState.TO_APPROVE.value, approver=me):
        yield Waiting(
            collection="stocktakes",
            number=one.id,
            what=one.name,
            why="stocktake to approve",
            since=one.created_at,
            verb="approve",
            blocking=True,
        )
    for one in ctx.data.find(Stocktake, state=StocktakeState.COUNTING.value):
        if one.created_by == me:
            yield Waiting(
                collection="stocktakes",
                number=one.id,
                what=one.name,
                why=f"not approved: {one.reason}" if one.reason else "being counted",
                since=one.created_at,
                verb="ask_approval",
                active=True,
            )


# --- what the store room has to do ------------------------------------------------------------------------------------


def _requests(ctx: Context, me: int) -> Iterator[Waiting]:
    """Yield what is to be decided, but for one's own, and what is promised and here."""
    for one in ctx.data.find(Request, state=State.ASKED.value):
        if one.person != me:
            yield _request(ctx, one, "to decide", "accept")
    for one in ctx.data.find(Request, state=State.APPROVED.value):
        if _is_here(ctx, one):
            yield _request(ctx, one, "to hand out", "hand_out")


def _is_here(ctx: Context, one: Request) -> bool:
    item = ctx.data.get(Item, one.item) if one.item else None
    return item is None or item.on_hand > 0


def _late(ctx: Context) -> Iterator[Waiting]:
    """Yield the orders that are late, but those of which a parcel is on its way: that waits itself."""
    coming = {one.order for one in ctx.data.find(Shipment, arrived_at=None) if one.expected is not None}
    for state in COMING:
        for one in ctx.data.find(Order, state=state.value, expected=Between(high=ctx.today.isoformat())):
            if one.expected is not None and one.id not in coming:
                yield _order(ctx, one, _late_since(ctx, one.expected), due=ctx.end_of(one.expected))


def _parcels(ctx: Context) -> Iterator[Waiting]:
    tomorrow = (ctx.today + timedelta(days=1)).isoformat()
    for one in ctx.data.find(Shipment, arrived_at=None, expected=Between(high=tomorrow)):
        order = ctx.data.get(Order, one.order)
        if one.expected is not None and order is not None:
            late = one.expected < ctx.today
            yield Waiting(
                collection="shipments",
                number=one.id,
                what=f"{_supplier(ctx, order)} by {one.carrier}" if one.carrier else _supplier(ctx, order),
                why=f"parcel {_late_since(ctx, one.expected)}" if late else "parcel expected today",
                due=ctx.end_of(one.expected),
                verb="receive",
            )


def _to_order(ctx: Context) -> Iterator[Waiting]:
    """Yield the item to order that is used up first."""
    low = sorted(ctx.data.find(Item, low=True), key=lambda one: (one.runs_out or date.max, one.available, one.id))
    for one in low[:1]:
        left = f"{one.on_hand:,} left" if one.on_hand > 0 else "none left"
        yield Waiting(
            collection="items",
            number=one.id,
            what=one.name,
            why=f"order now, {left}{and_more(low)}",
            due=ctx.end_of(one.runs_out) if one.runs_out else None,
            verb="order",
        )


def _passing(ctx: Context) -> Iterator[Waiting]:
    """Yield the item that is to be used first, where that is soon or was."""
    by_then = (ctx.today + timedelta(days=_PASSES + 1)).isoformat()
    found = [(min(_dates(one)), one) for one in ctx.data.find(Item, soonest=Between(high=by_then))]
    for day, one in sorted(found, key=lambda pair: (pair[0], pair[1].id))[:1]:
        what = "past its date since" if day < ctx.today else "to be used by"
        yield Waiting(
            collection="items",
            number=one.id,
            what=one.name,
            why=f"{what} {calendar.day_words(day, ctx.today)}{and_more(found)}",
            due=ctx.end_of(day),
            verb="waste" if day < ctx.today else "take",
        )


def _dates(item: Item) -> Iterator[date]:
    return (level.use_by for level in item.stock if level.use_by is not None and level.quantity > 0)


# --- what was asked for -----------------------------------------------------------------------------------------------


def asked(ctx: Context) -> Iterator[Asked]:
    """Yield what whoever acts asked the store room for, as long as it is open, and a while what was refused."""
    if ctx.by is None:
        return
    seen: set[int] = set()
    for state in (State.ASKED, State.APPROVED, State.REFUSED):
        for name in ("person", "created_by"):
            for one in ctx.data.find(Request, state=state.value, **{name: ctx.by}):
                if one.id not in seen and not _over(ctx, one):
                    seen.add(one.id)
                    yield _asked(ctx, one)


def _over(ctx: Context, one: Request) -> bool:
    return one.state is State.REFUSED and one.decided_at is not None and ctx.now - one.decided_at >= REFUSED_FOR


def _asked(ctx: Context, one: Request) -> Asked:
    return Asked(
        collection="requests",
        number=one.id,
        what=wanting.words(ctx, one),
        state=_stands(ctx, one),
        owner=one.decided_by,
        until=ctx.end_of(one.needed_by) if one.needed_by else None,
        since=one.created_at,
    )


def _stands(ctx: Context, one: Request) -> str:
    """Return in words where a request stands."""
    if one.state is State.REFUSED:
        return f"refused: {one.reason}"
    if one.state is State.ASKED:
        return "to be decided"
    part = f"{one.handed:,} of {one.quantity:,} handed out; " if one.handed else ""
    item = ctx.data.get(Item, one.item) if one.item else None
    return (
        f"{part}to hand out" if item is None or item.on_hand > 0 else f"{part}{wanting.coming(ctx, item, named=False)}"
    )


# --- words ------------------------------------------------------------------------------------------------------------


def _order(
    ctx: Context,
    one: Order,
    why: str,
    *,
    verb: str = "",
    blocking: bool = False,
    active: bool = False,
    due: datetime | None = None,
    since: datetime | None = None,
) -> Waiting:
    return Waiting(
        collection="orders",
        number=one.id,
        what=f"Order to {_supplier(ctx, one)}",
        why=why,
        verb=verb,
        blocking=blocking,
        active=active,
        due=due,
        since=since,
    )


def _request(ctx: Context, one: Request, why: str, verb: str) -> Waiting:
    day = f" by {calendar.day_words(one.needed_by, ctx.today)}" if one.needed_by else ""
    return Waiting(
        collection="requests",
        number=one.id,
        what=wanting.words(ctx, one),
        why=f"{why}{day}: {ctx.person(one.person)}",
        due=ctx.end_of(one.needed_by) if one.needed_by else None,
        since=one.created_at,
        verb=verb,
    )


def _supplier(ctx: Context, order: Order) -> str:
    found = ctx.data.get(Party, order.supplier)
    return found.name if found else "nobody"


def _late_since(ctx: Context, day: date) -> str:
    return f"late since {calendar.day_words(day, ctx.today)}"
