"""What else becomes of an order: held, cancelled, given up, billed. What has come and what is billed are two things."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Final

from pydantic import Field

from botui.models.base import Arguments, Change, Line, Refused, Ui
from botui.models.office import Context, Money
from botui.models.supplies.drafting import AMOUNT_MAX, money
from botui.models.supplies.item import Item
from botui.models.supplies.ledger import Ledger
from botui.models.supplies.order import Billed, Order, OrderLine, State

BILLS_MAX: Final = 20
"""Bills of one order at most."""
_CENT: Final = Decimal("0.01")


class Cancel(Arguments):
    """Why an order is cancelled."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="Reason", help="Such as: not made any more.")]


class Hold(Arguments):
    """Why an order waits."""

    reason: Annotated[Line, Ui(label="Reason", help="Such as: they are on strike.")] = ""


class Settle(Arguments):
    """Why no more comes."""

    reason: Annotated[Line, Ui(label="Reason", help="Such as: sold out.")] = ""


class Bill(Arguments):
    """What a supplier has billed."""

    number: Annotated[Line, Field(min_length=1, max_length=60), Ui(label="Their bill no.")]
    amount: Annotated[
        Money | None, Ui(label="Amount", help="Empty = all that is not billed yet of what was ordered.")
    ] = None
    last: Annotated[bool | None, Ui(label="Last bill", help="y = nothing more is billed; empty = as the sum says.")] = (
        None
    )


# --- hold, cancel, give up --------------------------------------------------------------------------------------------


def pause(ctx: Context, order: Order, args: Hold) -> Change:
    """Hold an order, so that nothing is expected of it, or let it go on as far as it had come."""
    change = Change("orders.wait")
    ledger = Ledger(ctx, change)
    ledger.lines(order.id)
    if order.state is State.HELD:
        ledger.set(order, state=order.held_from or State.ORDERED, held_from=None, reason="")
        change.said = f"{order.ref} goes on."
    else:
        ledger.set(order, state=State.HELD, held_from=order.state, reason=args.reason)
        change.said = f"{order.ref} is on hold: nothing is expected of it until it goes on (w)."
    return ledger.close()


def came_already(ctx: Context, order: Order) -> str | None:
    """Guard of cancel: something has come of it."""
    if any(line.received for line in ctx.data.find(OrderLine, order=order.id)):
        return "Something of it is here: S gives up the rest."
    return None


def cancel(ctx: Context, order: Order, args: Cancel) -> Change:
    """Call an order off of which nothing has come."""
    change = Change("orders.cancel")
    ledger = Ledger(ctx, change)
    for line in ledger.lines(order.id):
        ledger.set(line, settled=True)
    ledger.set(order, state=State.CANCELLED, closed_at=ctx.now, reason=args.reason, told=True)
    billed = f" {money(ctx, order.billed_amount)} are billed: ask for them back." if order.billed_amount else ""
    at_them = "" if order.ordered_at is None else " Tell the supplier."
    change.said = f"{order.ref} is cancelled.{at_them}{billed}"
    return ledger.close()


def settle(ctx: Context, order: Order, args: Settle) -> Change:
    """Give up what is missing of an order.

    It waits for its bill then, as far as something came and is not billed, and is closed at once otherwise; where
    nothing is missing, it is closed without a bill.
    """
    change = Change("orders.settle")
    ledger = Ledger(ctx, change)
    missing = sum(line.to_come for line in ledger.lines(order.id))
    came = any(line.received for line in ledger.lines(order.id))
    for line in ledger.lines(order.id):
        if line.to_come:
            ledger.set(line, settled=True)
    billed = _billed(order, ledger.lines(order.id))
    waits = bool(missing) and came and billed is not Billed.ALL
    state = State.HERE if waits else State.CLOSED
    reason = args.reason or order.reason
    ledger.set(order, state=state, billed=billed, held_from=None, reason=reason, told=True)
    given_up = f"{missing:,} given up" if missing else "nothing was missing"
    change.said = f"{order.ref}: {given_up}; {'it waits for its bill (J)' if waits else 'it is closed'}."
    return ledger.close()


def _billed(order: Order, lines: list[OrderLine]) -> Billed:
    """Return how far an order is billed, once what is missing of it is given up: all that came may be."""
    came = [one for one in lines if one.received]
    known = came and all(one.price is not None for one in came) and not any(one.to_come for one in lines)
    return Billed.ALL if known and 0 < worth(came, here=True) <= order.billed_amount else order.billed


def nothing_to_come(ctx: Context, line: OrderLine) -> str | None:
    """Guard of settling a line: all of it is here, was given up, or it is not ordered yet."""
    if not line.to_come:
        return "Nothing is to come of it."
    order = ctx.data.get(Order, line.order)
    if order is None or order.state not in (State.ORDERED, State.PART, State.HELD):
        return f"{order.ref} is {order.state.label}." if order else "Its order is gone."
    return None


def settle_line(ctx: Context, line: OrderLine, _: object) -> Change:
    """Give up what is missing of one line; an order of which nothing came and nothing comes is closed."""
    change = Change("lines.settle")
    ledger = Ledger(ctx, change)
    order = ledger.get(Order, line.order)
    ledger.lines(order.id)
    ledger.set(line, settled=True)
    ledger.set(order, billed=_billed(order, ledger.lines(order.id)))
    if not any(one.to_come or one.received for one in ledger.lines(order.id)):
        ledger.set(order, state=State.CLOSED, held_from=None, told=True)
    ledger.close()
    item, now = ctx.data.get(Item, line.item), ledger.get(Order, order.id)
    change.said = f"{item.name if item else line.ref}: {line.to_come:,} given up; {order.ref} is {now.state.label}."
    return change


# --- bills ------------------------------------------------------------------------------------------------------------


def worth(lines: list[OrderLine], *, here: bool) -> Decimal:
    """Return what came of an order is worth, or what came and is still to come, at the prices of the order."""
    found = Decimal(0)
    for line in lines:
        many = line.received if here else max(line.received, 0 if line.settled else line.quantity)
        found += ((line.price or Decimal(0)) * many).quantize(_CENT, ROUND_HALF_UP)
    return found


def bill(ctx: Context, order: Order, args: Bill) -> Change:
    """Note a bill, and say how what is ordered, here and billed go together.

    Raises:
        Refused: this bill was noted already, or it comes to more than can be kept.
    """
    if args.number.casefold() in (one.casefold() for one in order.bills):
        said = f"Bill {args.number} of {order.ref} was noted already."
        raise Refused(said, {"number": "This one was noted already."})
    if len(order.bills) >= BILLS_MAX:
        raise Refused(f"{order.ref} has {BILLS_MAX} bills: more are not kept.")
    lines = ctx.data.find(OrderLine, order=order.id)
    due, here = worth(lines, here=False), worth(lines, here=True)
    billed = args.amount if args.amount is not None else max(due - order.billed_amount, Decimal(0))
    if args.amount is None and not billed:
        raise Refused(f"Of {order.ref} nothing is left to bill that is known: how much is it?", {"amount": "How much?"})
    total = order.billed_amount + billed
    if total > AMOUNT_MAX:
        raise Refused(f"That comes to {money(ctx, total)} in all.", {"amount": "That is too much money."})
    done = args.last if args.last is not None else total >= due
    change = Change("orders.bill")
    ledger = Ledger(ctx, change)
    ledger.lines(order.id)
    state = Billed.ALL if done else Billed.PART
    ledger.set(order, billed=state, billed_amount=total, bills=(*order.bills, args.number))
    ledger.close()
    also = _elsewhere(ctx, order, args.number)
    change.said = f"{order.ref}: {_match(ctx, due, here, total, done=done)}{_besides(ctx, lines)}{also}"
    if ledger.get(Order, order.id).state is State.CLOSED and order.state is not State.CLOSED:
        change.said += " It is closed."
    return change


def _besides(ctx: Context, lines: list[OrderLine]) -> str:
    """Return what came besides what was ordered is worth: nobody ordered it, and nobody approved it."""
    over = worth(lines, here=True) - worth([_as_ordered(one) for one in lines], here=True)
    return f" {money(ctx, over)} of it came besides what was ordered." if over else ""


def _as_ordered(line: OrderLine) -> OrderLine:
    return line.model_copy(update={"received": min(line.received, line.quantity)})


def _match(ctx: Context, due: Decimal, here: Decimal, billed: Decimal, *, done: bool) -> str:
    """Return in words how order, delivery and bills go together (three-way match)."""
    said = f"{money(ctx, billed)} billed"
    if billed == due == here:
        return f"{said}, as ordered and as it came."
    parts = [f"{said} of {money(ctx, due)}" if not done and billed < due else said]
    for what, other in (("than was ordered", due), ("than is here", here))[due == here :]:
        if billed > other:
            parts.append(f"{money(ctx, billed - other)} more {what}")
        elif billed < other and done:
            parts.append(f"{money(ctx, other - billed)} less {what}")
    return f"{', '.join(parts)}."


def _elsewhere(ctx: Context, order: Order, number: str) -> str:
    """Return which other order of this supplier has the same bill: one may be for several, or come twice."""
    others = ctx.data.find(Order, supplier=order.supplier)
    same = [one.ref for one in others if one.id != order.id and number.casefold() in (b.casefold() for b in one.bills)]
    return f" The same bill is on {', '.join(same[:3])}." if same else ""
