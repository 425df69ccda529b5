"""What is billed of an order follows from its bills, in this one direction: a bill that is checked is noted there.

Where somebody noted the bill on the order before (``orders.bill``), it is not counted twice.
"""

from __future__ import annotations

from decimal import Decimal

from botui.models.base import Change
from botui.models.office import Context
from botui.models.records.agreeing import called, is_noted, net
from botui.models.records.bill import Bill
from botui.models.supplies.ledger import Ledger
from botui.models.supplies.order import Billed, Order, OrderLine, State
from botui.models.supplies.settling import BILLS_MAX, worth


def note(ctx: Context, change: Change, bill: Bill) -> Decimal | None:
    """Note a bill on its order; return what was added there, None where nothing was."""
    order = ctx.data.get(Order, bill.order) if bill.order else None
    if order is None or is_noted(order, bill):
        return None
    if len(order.bills) >= BILLS_MAX:
        return None
    return _book(ctx, change, order, net(bill), (*order.bills, called(bill)))


def take_off(ctx: Context, change: Change, bill: Bill) -> None:
    """Take a bill off its order that was noted there when it was checked."""
    order = ctx.data.get(Order, bill.order) if bill.order else None
    if order is not None and bill.on_order is not None:
        left = tuple(one for one in order.bills if one != called(bill))
        _book(ctx, change, order, -bill.on_order, left)


def _book(ctx: Context, change: Change, order: Order, more: Decimal, bills: tuple[str, ...]) -> Decimal:
    """Let an order be billed by so much more; return by how much it is."""
    billed = max(order.billed_amount + more, Decimal(0))
    lines = ctx.data.find(OrderLine, order=order.id)
    due = worth(lines, here=False)
    state = Billed.NO if not bills else Billed.ALL if billed >= due else Billed.PART
    ledger = Ledger(ctx, change)
    ledger.lines(order.id)
    # closed because it was here and billed: it waits for its bill again
    again = order.state is State.CLOSED and order.billed is Billed.ALL and state is not Billed.ALL
    ledger.set(order, billed=state, billed_amount=billed, bills=bills, **{"state": State.HERE} if again else {})
    ledger.close()
    return billed - order.billed_amount
