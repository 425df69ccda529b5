"""What may be done with orders, their lines and their parcels.

``_VERBS`` is the life of an order as one table. What is not in it does not happen, but for what follows from what has
come and what is billed (``ledger``): partly here, here, closed.
"""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.office import REMIND
from botui.models.supplies import drafting, parcels, placing, receiving, settling
from botui.models.supplies.order import COMING, State

_DRAFT: Final = frozenset({State.DRAFT})
_ASKED: Final = frozenset({State.TO_APPROVE})
_AT_THEM: Final = COMING | {State.HERE, State.HELD}

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
        needs=settling.Cancel,
        guard=settling.came_already,
    ),
    REMIND,
)


ORDERS: Final = Rules(transitions=_VERBS, create=drafting.create, revise=drafting.revise, fixed=drafting.refuse_fixed)
LINES: Final = Rules(
    transitions=(
        Transition(
            name="settle", label="Nothing more comes", rule=settling.settle_line, guard=settling.nothing_to_come
        ),
        Transition(name="cancel", label="Take off", rule=drafting.take_off, guard=drafting.cannot_write),
        REMIND,
    ),
    create=drafting.create_line,
    revise=drafting.revise_line,
    fixed=drafting.refuse_fixed_line,
)
SHIPMENTS: Final = Rules(
    transitions=(
        Transition(name="receive", label="It is here", rule=parcels.receive, guard=parcels.arrived),
        REMIND,
    ),
    create=parcels.create,
    revise=parcels.revise,
)
