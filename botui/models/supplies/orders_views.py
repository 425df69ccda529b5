"""The named lists of orders, their lines and their parcels, and how they look in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from botui.models.base import Between, View, Where, plural
from botui.models.office import Context
from botui.models.supplies.order import COMING, Billed, Order, State

_COMING: Final = tuple(sorted(state.value for state in COMING))
_OVER: Final = frozenset({State.CLOSED.value, State.CANCELLED.value})


def _where(**conditions: Any) -> Callable[[Context], Where]:
    return lambda _: conditions


def _today(ctx: Context) -> Between:
    return Between(high=ctx.today.isoformat())


def title(order: Order) -> str:
    """Return what an order is called before the name of its supplier."""
    lines = f", {plural(order.lines, 'line')}" if order.lines else ""
    return f"{order.ref} ({order.state.label}{lines})"


def row_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late`` for what should be here, ``soon`` for what comes today or waits for somebody, ``done``."""
    state, expected = doc.get("state", State.DRAFT.value), doc.get("expected") or ""
    if state in _COMING and expected and expected <= now[:10]:
        return "late" if expected < now[:10] else "soon"
    if state in _OVER:
        return "done"
    return "soon" if state == State.TO_APPROVE.value or not doc.get("told", True) else ""


def to_come(doc: Mapping[str, Any]) -> int:
    """Return what is still to come of a line, whether or not it is ordered yet."""
    return 0 if doc.get("settled") else max(doc.get("quantity", 1) - doc.get("received", 0), 0)


def line_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late`` for a line of which something came broken, ``soon`` for one that is partly here, ``done``."""
    if doc.get("damaged") and to_come(doc):
        return "late"
    return "soon" if doc.get("received") and to_come(doc) else "" if to_come(doc) else "done"


def parcel_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late`` for a parcel that should be here, ``done`` for one that is."""
    if doc.get("arrived_at"):
        return "done"
    return "late" if (doc.get("expected") or now) < now[:10] else ""


ORDERS: Final = (
    View(
        name="open",
        label="Orders to come",
        where=_where(state=_COMING),
        sort="expected",
        empty="Nothing is on order: n makes one, P on an item that is low does, too.",
    ),
    View(
        name="drafts",
        label="Order drafts",
        where=_where(state=(State.DRAFT.value,)),
        sort="created_at",
        empty="No drafts: n makes one.",
    ),
    View(
        name="to_approve",
        label="Orders to approve",
        where=lambda ctx: {"state": (State.TO_APPROVE.value,), "approver": (ctx.by or 0,)},
        sort="created_at",
        empty="Nothing waits for your approval.",
    ),
    View(
        name="asked",
        label="Orders with who approves",
        where=_where(state=(State.TO_APPROVE.value,)),
        sort="created_at",
        empty="No order waits for approval.",
        menu=False,
    ),
    View(
        name="to_send",
        label="Orders to send",
        where=_where(told=(False,)),
        sort="ordered_at",
        empty="What was approved is with the suppliers.",
        menu=False,
    ),
    View(
        name="late",
        label="Orders late",
        where=lambda ctx: {"state": _COMING, "expected": _today(ctx)},
        sort="expected",
        timed=True,
        empty="No order is late.",
    ),
    View(
        name="part",
        label="Orders partly here",
        where=_where(state=(State.PART.value,)),
        sort="expected",
        empty="No order is partly here.",
        menu=False,
    ),
    View(
        name="held",
        label="Orders on hold",
        where=_where(state=(State.HELD.value,)),
        sort="expected",
        empty="No order is on hold.",
        menu=False,
    ),
    View(
        name="unbilled",
        label="Orders here, not billed",
        where=_where(state=(State.HERE.value,), billed=(Billed.NO.value, Billed.PART.value)),
        sort="received_at",
        empty="Everything that is here is billed.",
    ),
    View(name="all", label="All orders", where=lambda _: {}, sort="created_at", down=True),
)
LINES: Final = (
    View(
        name="open",
        label="Lines still to come",
        where=_where(to_come=Between(low=1)),
        sort="order",
        menu=False,
        empty="All that is on orders is here. n puts a line on a draft.",
    ),
    View(name="all", label="Order lines", where=lambda _: {}, menu=False),
)
SHIPMENTS: Final = (
    View(
        name="on_way",
        label="Parcels on the way",
        where=_where(arrived_at=(None,)),
        sort="expected",
        empty="No parcel is on its way: E on an order notes one.",
    ),
    View(
        name="late",
        label="Late parcels",
        where=lambda ctx: {"arrived_at": (None,), "expected": _today(ctx)},
        sort="expected",
        timed=True,
        empty="No parcel is late.",
        menu=False,
    ),
    View(name="all", label="Parcels", where=lambda _: {}, sort="expected", down=True, menu=False),
)
