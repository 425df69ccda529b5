"""What must hold among items, their ledger and their orders, whoever wrote them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from botui import areas
from botui.models.soundness import Records
from botui.models.supplies.item import Item, Movement, Why
from botui.models.supplies.order import COMING, Order, OrderLine
from botui.models.supplies.request import Request

Key = tuple[int, date | None]
"""Number of a place, and a use-by date or none."""


def check(records: Records) -> Iterator[str]:
    """Say what does not hold: stock is the sum of movements, always, and so is all else that is counted from them."""
    stock: defaultdict[int, Counter[Key]] = defaultdict(Counter)
    received: Counter[int] = Counter()
    handed: Counter[int] = Counter()
    for one in records.all(Movement):
        stock[one.item][one.place, one.use_by] += one.quantity
        if one.line is not None and one.why is Why.RECEIVE:
            received[one.line] += one.quantity
        if one.request is not None:
            handed[one.request] -= one.quantity
    orders = {one.id: one for one in records.all(Order)}
    on_order: Counter[int] = Counter()
    for line in records.all(OrderLine):
        order = orders.get(line.order)
        on_order[line.item] += line.to_come if order is not None and order.state in COMING else 0
        if line.received != received[line.id]:
            yield f"{line.ref}: Came: {line.received:,}, and its movements come to {received[line.id]:,}."
    reserved: Counter[int] = Counter()
    for request in records.all(Request):
        reserved[request.item or 0] += request.promised
        if request.handed != handed[request.id]:
            yield f"{request.ref}: Handed out: {request.handed:,}, and its movements come to {handed[request.id]:,}."
    for item in records.all(Item):
        yield from _item(item, stock[item.id], on_order[item.id], reserved[item.id])


def _item(item: Item, booked: Counter[Key], on_order: int, reserved: int) -> Iterator[str]:
    kept = {(level.place, level.use_by): level.quantity for level in item.stock}
    for key in sorted(kept.keys() | booked.keys(), key=str):
        if kept.get(key, 0) != booked[key]:
            where = areas.ref("places", key[0])
            yield f"{item.ref}: Stock: {kept.get(key, 0):,} in {where}, and its movements come to {booked[key]:,}."
    for label, here, sum_of in (("On order", item.on_order, on_order), ("Promised", item.reserved, reserved)):
        if here != sum_of:
            yield f"{item.ref}: {label}: {here:,}, and it comes to {sum_of:,}."
