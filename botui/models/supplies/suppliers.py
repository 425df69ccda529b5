"""How well a supplier delivers: on time, whole and unbroken, reckoned from the orders of the last year."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from botui.models import calendar
from botui.models.base import Between, plural, stamp
from botui.models.office import Context, Party
from botui.models.supplies.drafting import money
from botui.models.supplies.order import COMING, OPEN, Order, OrderLine, State

RECORD_DAYS: Final = 365
"""Days whose orders a delivery record is of: the yearly check of a supplier looks at them."""
READERS: Final = frozenset({"clerk", "manager", "finance", "auditor", "system"})
"""Who may see all orders (``botui.access``): of some of them a record would say something else."""
_DONE: Final = frozenset({State.HERE, State.CLOSED})
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Delivered:
    """What came of the orders of one supplier.

    Attributes:
        orders: how many were placed.
        due: of how many it is known whether they were on time: they are here, or late by now.
        on_time: how many of those were here on the day they were expected, or before it.
        late_days: days, on average, that those that were late were late by; of what is not here yet, until today.
        lead_days: days, on average, from the order to the last of it.
        lines: how many lines something came of, or should have come by now.
        short: of how many of those something was missing: given up, or still to come of what is partly here or late.
        units: base units that came; ``damaged``: that came broken besides.
    """

    orders: int = 0
    due: int = 0
    on_time: int = 0
    late_days: float = 0.0
    lead_days: float = 0.0
    lines: int = 0
    short: int = 0
    units: int = 0
    damaged: int = 0


def delivered(
    orders: Collection[Order],
    lines: Mapping[int, Sequence[OrderLine]],
    today: date,
    local: Callable[[datetime], datetime],
) -> Delivered:
    """Return what came of the orders that were placed in the last 365 days.

    Args:
        orders: of one supplier.
        lines: theirs, by number of the order.
        today: the day in the office.
        local: the office's time of a moment.
    """
    since = today - timedelta(days=RECORD_DAYS)
    placed = [
        one
        for one in orders
        if one.ordered_at and local(one.ordered_at).date() > since and one.state != State.CANCELLED
    ]
    came = {one.id: local(one.received_at).date() for one in placed if one.state in _DONE and one.received_at}
    late = [days for one in placed if (days := _late(one, came.get(one.id), today)) is not None]
    leads = [(came[one.id] - local(one.ordered_at).date()).days for one in placed if one.id in came and one.ordered_at]
    of_all = [line for one in placed for line in lines.get(one.id, ())]
    judged = [line for one in placed for line in _judged(one, lines.get(one.id, ()), today)]
    behind = [days for days in late if days > 0]
    return Delivered(
        orders=len(placed),
        due=len(late),
        on_time=len(late) - len(behind),
        late_days=_mean(behind),
        lead_days=_mean(leads),
        lines=len(judged),
        short=sum(1 for line in judged if line.received < line.quantity),
        units=sum(line.received for line in of_all),
        damaged=sum(line.damaged for line in of_all),
    )


def _late(order: Order, came: date | None, today: date) -> int | None:
    """Return by how many days an order was late, or is by now; None = that is not known, or is still to be seen."""
    if order.expected is None:
        return None
    if came is not None:
        return (came - order.expected).days
    return (today - order.expected).days if order.state in COMING and order.expected < today else None


def _judged(order: Order, lines: Sequence[OrderLine], today: date) -> Sequence[OrderLine]:
    """Return the lines of which it is known whether they came whole; what came elsewhere, before us, tells nothing."""
    late = order.state in COMING and order.expected is not None and order.expected < today
    if late or any(line.received for line in lines):
        return [line for line in lines if line.quantity]
    return ()


def _mean(values: Sequence[int]) -> float:
    return sum(values) / len(values) if values else 0.0


def in_words(one: Delivered) -> str:
    """Return a delivery record in one line."""
    parts = [f"{plural(one.orders, 'order')} in a year"]
    if one.due:
        parts.append(f"{_percent(one.on_time, one.due)} on time")
    if one.late_days:
        parts.append(f"late by {_days(one.late_days)}")
    if one.lines:
        parts.append(f"{_percent(one.short, one.lines)} of lines short")
    if one.damaged:
        parts.append(f"{one.damaged:,} of {one.units + one.damaged:,} damaged")
    return ", ".join(parts)


def _percent(part: int, whole: int) -> str:
    return f"{part * 100 // whole} %" if part else "none"


def _days(value: float) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return f"{text} day{'' if text == '1' else 's'}"


# --- the card ---------------------------------------------------------------------------------------------------------


def card(ctx: Context, party: Party) -> Iterator[tuple[str, str]]:
    """Yield what supplies say of a party on its card: how it delivers, and what is open with it."""
    if not READERS & ctx.roles:
        return
    since = Between(low=stamp(ctx.now - timedelta(days=RECORD_DAYS + 1)))
    placed = ctx.data.find(Order, supplier=party.id, ordered_at=since)
    lines = {one.id: ctx.data.find(OrderLine, order=one.id) for one in placed}
    record = delivered(placed, lines, ctx.today, ctx.settings.local)
    if record.orders:
        yield "Delivery record", in_words(record)
    if record.lead_days:
        promised = f"; they say {_days(party.lead_days)}" if party.lead_days is not None else ""
        yield "Takes", f"{_days(record.lead_days)} on average{promised}"
    states = sorted(state.value for state in OPEN)
    still = [one for state in states for one in ctx.data.find(Order, supplier=party.id, state=state)]
    for one in sorted(still, key=lambda order: (order.expected or date.max, order.id))[:_SHOWN]:
        when = f", expected {calendar.day_words(one.expected, ctx.today)}" if one.expected else ""
        yield one.ref, f"{one.state.label}, {money(ctx, one.amount)}{when}"
    if len(still) > _SHOWN:
        yield "", f"and {len(still) - _SHOWN:,} more that are open"
