"""Supplies: what is there and where, who took it, what is ordered and what came, who asked for what, what was counted.

* Shapes: ``item`` (and the movements of stock), ``order``, ``request``, ``stocktake``.
* Where quantities move: ``ledger`` and nowhere else; ``levels`` says what lies where and what it is worth,
  ``reversing`` takes movements back, ``undoing`` whole changes.
* Items: ``filing`` (fields and barcodes), ``moving`` (the verbs that move stock), ``asking`` (what these ask for),
  ``whereto`` (for whom or what, and which place), ``worth`` (below which a badge alone is enough), ``reorder`` (what to
  order, and the use of 90 days).
* Orders: ``ordering`` (what is low becomes drafts), ``drafting`` (lines), ``placing`` (approval, and to the supplier),
  ``parcels``, ``receiving`` (and ``delivery``: how it is written what came), ``settling`` (bills, what comes no more),
  ``order_text`` (on paper), ``suppliers`` (how well they deliver).
* Requests: ``wanting``. Stocktakes: ``counting``, and ``differences`` when counting is done.
* For the desk: ``waiting`` (what waits for whom), ``sentences``, ``reports``, ``checks`` (what ``botui check`` asks).
* The ``*_kind`` files, with ``orders_views``, bind shapes to lists and forms, the ``*_rules`` files rules to verbs.
"""

from botui.models.supplies.item import Item, Level, Movement, Pack, Why
from botui.models.supplies.order import Order, OrderLine, Shipment
from botui.models.supplies.request import Request
from botui.models.supplies.stocktake import Count, Stocktake

__all__ = [
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
