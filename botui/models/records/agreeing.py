"""Order, delivery and bill held against each other: what of a bill was not ordered, did not come, or costs more.

Prices of orders are without tax, so that a bill is held against them without its tax. That less is billed than came is
no difference: the rest comes on another bill.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from botui.models.office import Context
from botui.models.records.bill import BOOKED, Bill, Charge, State
from botui.models.records.billing import money
from botui.models.records.doubles import plain_number
from botui.models.supplies.item import Item
from botui.models.supplies.order import Order, OrderLine
from botui.models.supplies.order import State as OrderState
from botui.models.supplies.settling import worth

_COUNTS: Final = BOOKED | {State.CHECKED, State.DISPUTED}
"""States of other bills of the same order that have taken their part of it."""
_NEVER: Final = frozenset({OrderState.DRAFT, OrderState.TO_APPROVE, OrderState.CANCELLED})


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a bill goes together with its order and what came of it.

    Attributes:
        order: the order.
        differences: what does not, in words; none = it agrees.
        said: that it agrees, or what does not, in one sentence.
    """

    order: Order
    differences: tuple[str, ...]
    said: str


def agreement(ctx: Context, bill: Bill) -> Agreement | None:
    """Return how a bill agrees with its order and what came of it; None where it is for no order."""
    order = ctx.data.get(Order, bill.order) if bill.order else None
    if order is None:
        return None
    lines = ctx.data.find(OrderLine, order=order.id)
    charges = ctx.data.find(Charge, bill=bill.id) if bill.lines else []
    if order.state in _NEVER:
        found: tuple[str, ...] = (f"{order.ref} is {order.state.label}",)
    elif any(_line_of(one, lines) for one in charges):
        found = tuple(_by_line(ctx, bill, charges, lines)) or tuple(_by_sum(ctx, bill, order, lines))
    else:
        found = tuple(_by_sum(ctx, bill, order, lines))
    said = f"{bill.ref} is as ordered ({order.ref}) and as it came."
    return Agreement(order, found, f"{bill.ref}: {'; '.join(found)}." if found else said)


def net(bill: Bill) -> Decimal:
    """Return what a bill comes to without tax."""
    return bill.amount - bill.tax


def called(bill: Bill) -> str:
    """Return what a bill is called on its order: by its number, else by ours."""
    return bill.number or bill.ref


def is_noted(order: Order, bill: Bill) -> bool:
    """Return whether a bill is noted on its order, by whoever: what is billed of the order has it in it."""
    return plain_number(called(bill)) in map(plain_number, order.bills)


# --- where no line of the bill says what it is for --------------------------------------------------------------------


def _by_sum(ctx: Context, bill: Bill, order: Order, lines: Collection[OrderLine]) -> Iterator[str]:
    """Hold all that is billed of the order against what it comes to, and what came is worth."""
    if missing := [line for line in lines if line.price is None and (line.quantity or line.received)]:
        yield f"no price was agreed on for {_named(ctx, missing[0].item)}"
        return
    billed = order.billed_amount if is_noted(order, bill) else order.billed_amount + net(bill)
    others = [one for one in order.bills if plain_number(one) != plain_number(called(bill))]
    before = f" in all, with {', '.join(others)}" if others else ""
    ordered, came = worth([_as_ordered(line) for line in lines], here=False), worth([*lines], here=True)
    if billed > ordered:
        yield f"{money(ctx, billed - ordered)} more than was ordered ({money(ctx, ordered)}){before}"
    if billed > came and came != ordered:
        yield f"{money(ctx, billed - came)} more than came ({money(ctx, came)}){before}"


def _as_ordered(line: OrderLine) -> OrderLine:
    """Return a line without what came besides what was ordered."""
    return line.model_copy(update={"received": min(line.received, line.quantity)})


# --- where its lines say it -------------------------------------------------------------------------------------------


def _by_line(ctx: Context, bill: Bill, charges: Collection[Charge], lines: Collection[OrderLine]) -> Iterator[str]:
    """Hold every line of the bill against the line of the order that it is for."""
    before = _billed_before(ctx, bill, lines)
    now: dict[int, Decimal] = {}
    for charge in charges:
        line = _line_of(charge, lines)
        if line is None:
            yield f"{charge.text}: {money(ctx, charge.total)} was not ordered"
            continue
        now[line.id] = now.get(line.id, Decimal(0)) + charge.quantity
        if line.price is None:
            yield f"{charge.text}: no price was agreed on"
        elif charge.price > line.price:
            yield f"{charge.text}: {charge.price:,.2f} each, ordered at {line.price:,.2f}"
    for line in lines:
        if line.id in now:
            billed = now[line.id] + before.get(line.id, Decimal(0))
            yield from _too_many(_named(ctx, line.item), billed, line)


def _too_many(name: str, billed: Decimal, line: OrderLine) -> Iterator[str]:
    many = f"{billed.normalize():,f}"
    if billed > line.quantity and billed > line.received:
        yield f"{name}: {many} billed, {line.quantity:,} ordered, {line.received:,} came"
    elif billed > line.received:
        yield f"{name}: {many} billed, {line.received:,} came"
    elif billed > line.quantity:
        yield f"{name}: {many} billed, {line.quantity:,} ordered"


def _billed_before(ctx: Context, bill: Bill, lines: Collection[OrderLine]) -> Mapping[int, Decimal]:
    """Return how many of each line of the order other bills have billed."""
    found: dict[int, Decimal] = {}
    for other in ctx.data.find(Bill, order=bill.order):
        if other.id == bill.id or other.state not in _COUNTS:
            continue
        for charge in ctx.data.find(Charge, bill=other.id):
            if (line := _line_of(charge, lines)) is not None:
                found[line.id] = found.get(line.id, Decimal(0)) + charge.quantity
    return found


def _line_of(charge: Charge, lines: Collection[OrderLine]) -> OrderLine | None:
    """Return the line of the order that a line of the bill is for: as it says, else by its item."""
    if charge.line is not None:
        return next((one for one in lines if one.id == charge.line), None)
    return next((one for one in lines if charge.item is not None and one.item == charge.item), None)


def _named(ctx: Context, item: int) -> str:
    found = ctx.data.get(Item, item)
    return found.name if found else f"I-{item}"
