"""The end of the chain: a bill that was approved is the cost of the asset or the fault that it names, once.

What came into stock is no cost yet: it is one when it is taken as a part. What was bought as the asset itself is its
price, and what somebody wrote into the log of work already is not written there twice.
"""

from __future__ import annotations

from botui import areas
from botui.models.base import LINE_MAX, Change
from botui.models.equipment.asset import Asset
from botui.models.equipment.fault import SPENT, Fault, Work, WorkKind
from botui.models.equipment.register import Register
from botui.models.office import Context
from botui.models.records.bill import Bill
from botui.models.records.billing import about, money


def spend(ctx: Context, change: Change, bill: Bill) -> tuple[int | None, str]:
    """Write a bill into the log of work of what it is the cost of; return the entry, and what to say of it."""
    found = about(ctx, bill)
    if found is None:
        return None, ""
    called = found.called if isinstance(found, Asset) else found.ref
    if bill.order is not None:
        return None, f" What of it is taken from stock for {called} is its cost then."
    if (
        isinstance(found, Asset)
        and found.supplier == bill.party
        and found.price in (bill.amount, bill.amount - bill.tax)
    ):
        return None, f" It is the price of {called}, and no cost besides."
    if found.cost + bill.amount < 0:
        return None, f" It is more than {called} has cost, and is not taken off that."
    if (known := _known(ctx, found, bill)) is not None:
        return None, f" It is in the log of {called} already ({known.ref})."
    register = Register(ctx, change)
    work = register.log(
        kind=WorkKind.COST,
        text=f"Bill {bill.number or bill.ref}"[:LINE_MAX],
        party=bill.party,
        amount=bill.amount,
        **{"asset" if isinstance(found, Asset) else "fault": found.id},
    )
    register.close()
    return work.id, f" It is the cost of {called}: {money(ctx, bill.amount)}."


def _known(ctx: Context, found: Asset | Fault, bill: Bill) -> Work | None:
    """Return the entry that says the same already: from nobody else, of the same amount, not taken back."""
    field = "asset" if isinstance(found, Asset) else "fault"
    log = ctx.data.find(Work, **{field: found.id})
    gone = {one.takes_back for one in log}
    billed = {one.cost for one in ctx.data.find(Bill, about=areas.ref(found.COLLECTION, found.id))}
    amounts = (bill.amount, bill.amount - bill.tax)
    same = (one for one in log if one.kind in SPENT and one.party in (None, bill.party) and one.amount in amounts)
    return next((one for one in same if one.id not in gone | billed and one.takes_back is None), None)


def take_back(ctx: Context, change: Change, bill: Bill) -> None:
    """Take the cost of a bill back by another entry: nothing leaves the log of work."""
    work = ctx.data.get(Work, bill.cost) if bill.cost else None
    if work is None:
        return
    register = Register(ctx, change)
    register.log(
        kind=work.kind,
        text=f"Taken back: {work.text}"[:LINE_MAX],
        party=work.party,
        fault=work.fault,
        asset=work.asset,
        amount=-(work.amount or 0),
        takes_back=work.id,
    )
    register.close()
