"""Orders, their lines and their parcels, bound together for the screens, the command line and the import."""

from __future__ import annotations

from typing import Final

from botui.models.base import Kind
from botui.models.supplies import orders_views
from botui.models.supplies.order import Order, OrderLine, Shipment, State

ORDERS: Final = Kind(
    model=Order,
    one="order",
    many="Orders",
    title=orders_views.title,
    about="supplier",
    rules="botui.models.supplies.orders_rules:ORDERS",
    views=orders_views.ORDERS,
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
    states={state.value: state.label for state in State},
    row_style=orders_views.row_style,
)
LINES: Final = Kind(
    model=OrderLine,
    one="order line",
    many="Order lines",
    title=lambda line: f"{line.quantity:,} x",
    about="item",
    rules="botui.models.supplies.orders_rules:LINES",
    views=orders_views.LINES,
    columns=("order", "item", "quantity", "price", "received", "note"),
    index=("order", "item", "settled"),
    derived={"to_come": orders_views.to_come},
    text=("note",),
    parent="order",
    row_style=orders_views.line_style,
)
SHIPMENTS: Final = Kind(
    model=Shipment,
    one="parcel",
    many="Parcels",
    title=lambda one: f"{one.carrier} {one.tracking}".strip() or one.ref,
    rules="botui.models.supplies.orders_rules:SHIPMENTS",
    views=orders_views.SHIPMENTS,
    columns=("order", "carrier", "tracking", "expected", "arrived_at"),
    index=("order", "expected", "arrived_at"),
    aliases=("tracking",),
    text=("carrier", "tracking", "note"),
    parent="order",
    row_style=orders_views.parcel_style,
)
