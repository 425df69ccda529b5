"""Supplies: what is there and where, who took it, what is ordered and what came, who asked for what, what was counted.

``item``, ``order``, ``request``, ``stocktake`` are the shapes; ``ledger`` is the one place where quantities move;
``filing`` and ``moving`` are the verbs of items, ``reorder`` says what to order, ``ordering`` puts it on drafts;
``drafting``, ``placing``, ``receiving`` and ``settling`` are the life of an order, ``parcels`` of what is on its way,
``wanting`` of a request, ``counting`` of a stocktake; ``suppliers`` says how well they deliver; the ``*_kind`` files
bind them.
"""

from botui.models.supplies.counts_kind import COUNTS, STOCKTAKES
from botui.models.supplies.item import Item, Level, Movement, Pack, Why
from botui.models.supplies.items_kind import ITEMS, MOVEMENTS
from botui.models.supplies.order import Order, OrderLine, Shipment
from botui.models.supplies.orders_kind import LINES, ORDERS, SHIPMENTS
from botui.models.supplies.request import Request
from botui.models.supplies.requests_kind import REQUESTS
from botui.models.supplies.stocktake import Count, Stocktake

__all__ = [
    "COUNTS",
    "ITEMS",
    "LINES",
    "MOVEMENTS",
    "ORDERS",
    "REQUESTS",
    "SHIPMENTS",
    "STOCKTAKES",
    "Count",
    "Item",
    "Level",
    "Movement",
    "Order",
    "OrderLine",
    "Pack",
    "Request",
    "Shipment",
    "Stocktake",
    "Why",
]
