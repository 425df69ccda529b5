"""Orders, their lines and their parcels, bound together for the screens, the command line and the import.

``_VERBS`` is the life of an order as one table. What is not in it does not happen, but for what follows from what has
come and what is billed (``ledger``): partly here, here, closed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from botui.models.base import Between, Kind, Transition, View, Where
from botui.models.office import REMIND, Context
from botui.models.supplies import drafting, parcels, placing, receiving, settling
from botui.models.supplies.order import COMING, Billed, Order, OrderLine, Shipment, State

_DRAFT: Final = frozenset({State.DRAFT})
_ASKED: Final = frozenset({State.TO_APPROVE})
_AT_THEM: Final = COMING | {State.HERE, State.HELD}
_COMING: Final = tuple(sorted(state.value for state in COMING))
_OVER: Final = frozenset({State.CLOSED.value, State.CANCELLED.value})

_VERBS: Final = (
    Transition(
        name="receive",
        label="Receive",
        rule=receiving.receive,
        sources=receiving.RECEIVING,
        needs=receiving.Receive,
        ask=False,
    ),
    Transition(
        name="order",
        label="Order it",
        rule=placing.order,
        sources=_DRAFT | _ASKED,
        target=State.ORDERED,
        needs=placing.PlaceOrder,
        ask=False,
        guard=placing.no_lines,
    ),
    Transition(
        name="approve",
        label="Approve",
        rule=placing.approve,
        sources=_ASKED,
        target=State.ORDERED,
        needs=placing.Approve,
        ask=False,
        who="approve",
        guard=placing.not_own,
        pin=True,
        final="it may be with the supplier by now; cancel it instead.",
    ),
    Transition(
        name="refuse",
        label="Refuse",
        rule=placing.refuse,
        sources=_ASKED,
        target=State.DRAFT,
        needs=placing.Refuse,
        who="approve",
        guard=placing.not_own,
        pin=True,
        final="it may have been read; it can be ordered anew.",
    ),
    Transition(
        name="acknowledge",
        label="Sent",
        rule=placing.acknowledge,
        sources=_AT_THEM,
        guard=placing.is_told,
    ),
    Transition(
        name="expect",
        label="Parcel",
        rule=parcels.expect,
        sources=_AT_THEM,
        needs=parcels.Expect,
        many=False,
    ),
    Transition(
        name="bill",
        label="Bill",
        rule=settling.bill,
        sources=_AT_THEM | {State.CLOSED},
        needs=settling.Bill,
        who="bill",
        many=False,
    ),
    Transition(
        name="settle",
        label="Nothing more comes",
        rule=settling.settle,
        sources=_AT_THEM,
        target=State.CLOSED,
        needs=settling.Settle,
        ask=False,
    ),
    Transition(
        name="wait",
        label="Hold / go on",
        rule=settling.pause,
        sources=COMING | {State.HELD},
        needs=settling.Hold,
        ask=False,
    ),
    Transition(
        name="cancel",
        label="Cancel",
        rule=settling.cancel,
        sources=_DRAFT | _ASKED | {State.ORDERED, State.HELD},
        target=State.CANCELLED,
        needs=settling.Why,
        guard=settling.came_already,
    ),
    REMIND,
)


def _where(**conditions: Any) -> Callable[[Context], Where]:
    return lambda _: conditions


def _today(ctx: Context) -> Between:
    return Between(high=ctx.today.isoformat())


def title(order: Order) -> str:
    """Return what an order is called before the name of its supplier."""
    lines = f", {order.lines:,} line{'' if order.lines == 1 else 's'}" if order.lines else ""
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


def _line_style(doc: Mapping[str, Any], now: str) -> str:
    if doc.get("damaged") and to_come(doc):
        return "late"
    return "soon" if doc.get("received") and to_come(doc) else "" if to_come(doc) else "done"


def _parcel_style(doc: Mapping[str, Any], now: str) -> str:
    if doc.get("arrived_at"):
        return "done"
    return "late" if (doc.get("expected") or now) < now[:10] else ""


ORDERS: Final = Kind(
    model=Order,
    one="order",
    many="Orders",
    title=title,
    about="supplier",
    transitions=_VERBS,
    views=(
        View(
            name="open",
            label="On order",
            where=_where(state=_COMING),
            sort="expected",
            empty="Nothing is on order: n makes one, P on an item that is low does, too.",
        ),
        View(
            name="drafts",
            label="Drafts",
            where=_where(state=(State.DRAFT.value,)),
            sort="created_at",
            empty="No drafts: n makes one.",
        ),
        View(
            name="to_approve",
            label="To approve",
            where=lambda ctx: {"state": (State.TO_APPROVE.value,), "approver": (ctx.by or 0,)},
            sort="created_at",
            empty="Nothing waits for your approval.",
        ),
        View(
            name="asked",
            label="Wait for approval",
            where=_where(state=(State.TO_APPROVE.value,)),
            sort="created_at",
            empty="No order waits for approval.",
            menu=False,
        ),
        View(
            name="to_send",
            label="To send",
            where=_where(told=(False,)),
            sort="ordered_at",
            empty="What was approved is with the suppliers.",
            menu=False,
        ),
        View(
            name="late",
            label="Late",
            where=lambda ctx: {"state": _COMING, "expected": _today(ctx)},
            sort="expected",
            timed=True,
            empty="No order is late.",
        ),
        View(
            name="part",
            label="Partly here",
            where=_where(state=(State.PART.value,)),
            sort="expected",
            empty="No order is partly here.",
            menu=False,
        ),
        View(
            name="unbilled",
            label="Here, not billed",
            where=_where(state=(State.HERE.value,), billed=(Billed.NO.value, Billed.PART.value)),
            sort="received_at",
            empty="Everything that is here is billed.",
        ),
        View(name="all", label="All orders", where=lambda _: {}, sort="created_at", down=True),
    ),
    columns=("supplier", "state", "expected", "amount", "note"),
    index=(
        "supplier",
        "state",
        "expected",
        "created_at",
        "ordered_at",
        "received_at",
        "billed",
        "told",
        "approver",
    ),
    aliases=("codes",),
    text=("note", "their_ref", "codes", "bills"),
    create=drafting.create,
    revise=drafting.revise,
    fixed=drafting.refuse_fixed,
    states={state.value: state.label for state in State},
    row_style=row_style,
)
LINES: Final = Kind(
    model=OrderLine,
    one="order line",
    many="Order lines",
    title=lambda line: f"{line.quantity:,} x",
    about="item",
    transitions=(
        Transition(
            name="settle", label="Nothing more comes", rule=settling.settle_line, guard=settling.nothing_to_come
        ),
        Transition(name="cancel", label="Take off", rule=drafting.take_off, guard=drafting.cannot_write),
        REMIND,
    ),
    views=(
        View(
            name="open",
            label="Lines still to come",
            where=_where(to_come=Between(low=1)),
            sort="order",
            menu=False,
            empty="All that is on orders is here.",
        ),
        View(name="all", label="Order lines", where=lambda _: {}, menu=False),
    ),
    columns=("order", "item", "quantity", "price", "received", "note"),
    index=("order", "item", "settled"),
    derived={"to_come": to_come},
    text=("note",),
    create=drafting.create_line,
    revise=drafting.revise_line,
    fixed=drafting.refuse_fixed_line,
    parent="order",
    row_style=_line_style,
)
SHIPMENTS: Final = Kind(
    model=Shipment,
    one="parcel",
    many="Parcels",
    title=lambda one: f"{one.carrier} {one.tracking}".strip() or one.ref,
    transitions=(
        Transition(name="receive", label="It is here", rule=parcels.receive, guard=parcels.arrived),
        REMIND,
    ),
    views=(
        View(
            name="on_way",
            label="On the way",
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
    ),
    columns=("order", "carrier", "tracking", "expected", "arrived_at"),
    index=("order", "expected", "arrived_at"),
    aliases=("tracking",),
    text=("carrier", "tracking", "note"),
    create=parcels.create,
    revise=parcels.revise,
    parent="order",
    row_style=_parcel_style,
)
