"""What must hold among bills and their lines, whoever wrote them."""

from __future__ import annotations

from collections.abc import Iterator

from botui.models.records.bill import DUE, Bill, Charge, State
from botui.models.records.billing import total
from botui.models.soundness import Records


def check_bills(records: Records) -> Iterator[str]:
    """Say what does not hold of bills: what their lines come to, what is paid of which, and in which state."""
    lines: dict[int, list[Charge]] = {}
    for charge in records.all(Charge):
        lines.setdefault(charge.bill, []).append(charge)
    for bill in records.all(Bill):
        there = lines.get(bill.id, [])
        if bill.lines != len(there):
            yield f"{bill.ref}: Lines: {bill.lines}, and there are {len(there)}."
        if there and total(bill, there) != bill.amount:
            yield f"{bill.ref}: Amount: {bill.amount:,.2f}, and its lines come to {total(bill, there):,.2f}."
        if bill.paid * bill.amount < 0 or abs(bill.paid) > abs(bill.amount):
            yield f"{bill.ref}: Paid so far: {bill.paid:,.2f} of {bill.amount:,.2f}."
        elif (bill.state is State.PAID) != (bill.paid == bill.amount and bill.state in DUE | {State.PAID}):
            yield f"{bill.ref}: State: {bill.state.label}, and {bill.balance:,.2f} is open."
