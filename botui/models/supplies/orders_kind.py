"""Orders, their lines and their parcels, bound together for the screens, the command line and the import."""

from __future__ import annotations

from typing import Final

from botui.models.base import Kind, View
from botui.models.office import REMIND
from botui.models.supplies.order import Order, OrderLine, Shipment, State

ORDERS: Final = Kind(
    model=Order,
    one="order",
    many="Orders",
    title=lambda order: f"{order.ref} {order.state.label}",
    transitions=(REMIND,),
    views=(
        View(name="late", label="Late", where=lambda _: {"state": ("ordered", "part")}, sort="expected"),
        View(name="all", label="All orders", where=lambda _: {}, sort="created_at", down=True),
    ),
    columns=("supplier", "state", "expected", "amount", "note"),
    index=("supplier", "state", "expected", "created_at", "ordered_at", "received_at", "billed", "told"),
    aliases=("codes",),
    text=("note", "their_ref", "codes", "bills"),
    states={state.value: state.label for state in State},
)
LINES: Final = Kind(
    model=OrderLine,
    one="order line",
    many="Order lines",
    title=lambda line: f"{line.quantity:,} of {line.ref}",
    transitions=(REMIND,),
    views=(View(name="all", label="Order lines", where=lambda _: {}, menu=False),),
    columns=("order", "item", "quantity", "price", "received", "note"),
    index=("order", "item", "settled"),
    text=("note",),
    sums=frozenset({"received", "damaged"}),
    parent="order",
)
SHIPMENTS: Final = Kind(
    model=Shipment,
    one="parcel",
    many="Parcels",
    title=lambda one: f"{one.carrier} {one.tracking}".strip() or one.ref,
    transitions=(REMIND,),
    views=(View(name="all", label="Parcels", where=lambda _: {}, sort="expected", menu=False),),
    columns=("order", "carrier", "tracking", "expected", "arrived_at"),
    index=("order", "expected", "arrived_at"),
    aliases=("tracking",),
    text=("carrier", "tracking", "note"),
    parent="order",
)
