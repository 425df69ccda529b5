"""What must hold among items, their ledger and their orders, whoever wrote them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from botui import areas
from botui.models.office import Settings
from botui.models.soundness import Records, twice
from botui.models.supplies.item import USE, USED_DAYS, Item, Movement, Why
from botui.models.supplies.order import COMING, Order, OrderLine
from botui.models.supplies.request import Request
from botui.models.supplies.reversing import KEPT

Key = tuple[int, date | None]
"""Number of a place, and a use-by date or none."""
_DAY: Final = timedelta(days=1)


@dataclass(slots=True)
class _Booked:
    """What the movements come to, in one pass over them: a hundred thousand take about a second.

    Attributes:
        stock: base units by item, and there by place and use-by date.
        use: base units used, by item and day.
        received, damaged: by order line; ``handed``: by request.
        on_order, reserved: base units by item, as orders and requests say.
    """

    stock: defaultdict[int, Counter[Key]] = field(default_factory=lambda: defaultdict(Counter))
    use: defaultdict[int, Counter[date]] = field(default_factory=lambda: defaultdict(Counter))
    received: Counter[int] = field(default_factory=Counter)
    damaged: Counter[int] = field(default_factory=Counter)
    handed: Counter[int] = field(default_factory=Counter)
    on_order: Counter[int] = field(default_factory=Counter)
    reserved: Counter[int] = field(default_factory=Counter)


def check(records: Records) -> Iterator[str]:
    """Say what does not hold: stock is the sum of movements, always, and so is all else that is counted from them."""
    booked = _Booked()
    yield from _movements(records, booked)
    yield from _orders(records, booked)
    below_zero = any(one.below_zero for one in records.all(Settings))
    codes: list[tuple[str, str]] = []
    for item in records.all(Item):
        codes += [(item.ref, one) for one in (item.code, *item.codes)]
        for words in (*_stock(item, booked, below_zero=below_zero), *_use(item, booked), *_codes(records, item)):
            yield f"{item.ref}: {words}"
    yield from twice(codes, lambda ref, other, code: f"{ref}: Code: {other} has {code}, too.")


# --- the ledger -------------------------------------------------------------------------------------------------------


def _movements(records: Records, booked: _Booked) -> Iterator[str]:
    halves: dict[int, int] = {}
    reversed_by: dict[int, str] = {}
    for one in records.all(Movement):
        booked.stock[one.item][one.place, one.use_by] += one.quantity
        if one.why in USE:
            booked.use[one.item][one.at.date()] -= one.quantity
        if one.line is not None and one.why is Why.RECEIVE:
            booked.received[one.line] += one.quantity
            booked.damaged[one.line] += one.damaged
        if one.request is not None:
            booked.handed[one.request] -= one.quantity
        if not one.quantity and not one.damaged:
            yield f"{one.ref}: Quantity: nothing moved."
        if one.about and not records.has(one.about):
            yield f"{one.ref}: For record: there is no {one.about}."
        if one.reverses is not None:
            yield from _reversal(records, one, reversed_by)
        elif one.why is Why.TRANSFER and one.pair is None:
            halves[one.id] = one.quantity
        elif one.pair is not None:
            yield from _pair(records, one, halves)
    for number in halves:
        yield f"{areas.ref('movements', number)}: Other half: there is none."


def _pair(records: Records, one: Movement, halves: dict[int, int]) -> Iterator[str]:
    """Say what does not fit of the second half of a transfer; the first is done with."""
    found = halves.pop(one.pair or 0, None)
    first = records.get(Movement, one.pair or 0) if found is not None else None
    if first is None or (first.item, first.use_by, -first.quantity) != (one.item, one.use_by, one.quantity):
        yield f"{one.ref}: Other half: {areas.ref('movements', one.pair or 0)} is not that of it."


def _reversal(records: Records, one: Movement, reversed_by: dict[int, str]) -> Iterator[str]:
    """Say what of a counter-entry is not as in what it takes back."""
    number = one.reverses or 0
    if (other := reversed_by.setdefault(number, one.ref)) != one.ref:
        yield f"{one.ref}: Takes back: {other} takes back {areas.ref('movements', number)}, too."
    first = records.get(Movement, number)
    if first is None:
        return  # that it is not there is said of every field that names a record
    same = all(getattr(first, name) == getattr(one, name) for name in KEPT)
    if first.reverses is not None or first.quantity != -one.quantity or first.damaged != -one.damaged or not same:
        yield f"{one.ref}: Takes back: it is not what {first.ref} was, with the other sign."


# --- orders and requests ----------------------------------------------------------------------------------------------


def _orders(records: Records, booked: _Booked) -> Iterator[str]:
    orders = {one.id: one for one in records.all(Order)}
    amounts = dict.fromkeys(orders, Decimal(0))
    for line in records.all(OrderLine):
        order = orders.get(line.order)
        if order is not None:
            amounts[order.id] += line.total
            booked.on_order[line.item] += line.to_come if order.state in COMING else 0
        if line.received != booked.received[line.id]:
            yield f"{line.ref}: Came: {line.received:,}, and its movements come to {booked.received[line.id]:,}."
        if line.damaged < booked.damaged[line.id]:
            yield f"{line.ref}: Damaged: {line.damaged:,}, and its movements come to {booked.damaged[line.id]:,}."
    for number, amount in amounts.items():
        if orders[number].amount != amount:
            yield f"{orders[number].ref}: Amount: {orders[number].amount:,.2f}, and its lines come to {amount:,.2f}."
    for request in records.all(Request):
        booked.reserved[request.item or 0] += request.promised
        if request.handed != booked.handed[request.id]:
            said = f"{request.handed:,}, and its movements come to {booked.handed[request.id]:,}"
            yield f"{request.ref}: Handed out: {said}."


# --- items ------------------------------------------------------------------------------------------------------------


def _stock(item: Item, booked: _Booked, *, below_zero: bool) -> Iterator[str]:
    sums = booked.stock[item.id]
    kept = Counter[Key]()
    for level in item.stock:
        kept[level.place, level.use_by] += level.quantity
    for key in sorted(kept.keys() | sums.keys(), key=str):
        if kept[key] != sums[key]:
            where = areas.ref("places", key[0])
            yield f"Stock: {kept[key]:,} in {where}, and its movements come to {sums[key]:,}."
        if kept[key] < 0 and not below_zero:
            yield f"Stock: {kept[key]:,} in {areas.ref('places', key[0])}, and nothing goes below zero: count it (K)."
    if item.on_hand != kept.total():
        yield f"On hand: {item.on_hand:,}, and its places come to {kept.total():,}."
    if len(kept) < len(item.stock):
        yield "Stock: a place is in it twice."
    sums_of = (("On order", item.on_order, booked.on_order), ("Promised", item.reserved, booked.reserved))
    for label, here, counted in sums_of:
        if here != counted[item.id]:
            yield f"{label}: {here:,}, and it comes to {counted[item.id]:,}."


def _use(item: Item, booked: _Booked) -> Iterator[str]:
    """Say whether what was used on each day is what the movements come to, and ``used`` what the days come to."""
    days = booked.use[item.id]
    last = item.used_on
    found = [days.get(last - _DAY * one, 0) for one in range(USED_DAYS)] if last is not None else []
    later = any(many for day, many in days.items() if last is None or day > last)
    if later or _without_end(found) != item.uses:
        yield "Use by day: it is not what its movements come to."
    if item.used != max(sum(item.uses), 0):
        yield f"Used in 90 days: {item.used:,}, and its days come to {max(sum(item.uses), 0):,}."


def _without_end(days: Iterable[int]) -> tuple[int, ...]:
    kept = [*days]
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def _codes(records: Records, item: Item) -> Iterator[str]:
    for code in (item.code, *item.codes):
        found = areas.parse_ref(code)
        if found is not None and found[0] == item.COLLECTION and found[1] != item.id:
            yield f"Code: {code} is the number of another item."
    for pack in item.packs:
        if pack.code not in item.codes:
            yield f"Packs: {pack.code} is none of its barcodes."
        if pack.supplier is not None and not records.has(areas.ref("parties", pack.supplier)):
            yield f"Packs: there is no {areas.ref('parties', pack.supplier)}."
    for place in {level.place for level in item.stock}:
        if not records.has(areas.ref("places", place)):
            yield f"Stock: there is no {areas.ref('places', place)}."
