"""What a repair uses and costs: parts from stock, vendors' visits, quotes and costs, each an entry of its log.

A part leaves the stock in the same change, booked for the fault: what it was worth then is what it costs here.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from botui.models.base import Change, Refused
from botui.models.equipment.fault import Fault, State, WaitFor, WorkKind
from botui.models.equipment.fault_forms import Cost, Quote, Spent, TakePart
from botui.models.equipment.moves import looked_at
from botui.models.equipment.repair import Repair, hands, party
from botui.models.office import Context
from botui.models.supplies.item import Item, Movement, Why, many
from botui.models.supplies.ledger import Ledger, Posting
from botui.models.supplies.levels import place_name, unit_cost
from botui.models.supplies.moving import refuse_absurd
from botui.models.supplies.wanting import coming
from botui.models.supplies.whereto import from_place, where

_CENT: Final = Decimal("0.01")


def take_part(ctx: Context, fault: Fault, args: TakePart) -> Change:
    """Take a part from stock and build it in; where the repair waited for a part, it goes on.

    Raises:
        Refused: there is no such item, or too few of it are there: it says how many come, and how one waits for them.
    """
    item = ctx.data.get(Item, args.item)
    if item is None:
        raise Refused("There is no such item.", {"item": "There is no such item."})
    step = Repair.of(ctx, "part", fault)
    ledger = Ledger(ctx, step.change)
    try:
        place = from_place(ctx, item, args.place)
        taken = ledger.take_out(
            Posting(item=item.id, place=place, quantity=-args.quantity, why=Why.TAKE, about=fault.ref, note=args.note)
        )
    except Refused as error:
        raise _too_few(ctx, item, args, error) from None
    refuse_absurd(item, args.quantity, args.even_so)
    for one in taken:
        words = f"{many(item, one.quantity)}{f': {args.note}' if args.note else ''}"
        step.log(WorkKind.PART, words, item=item.id, quantity=-one.quantity, movement=one.id, amount=worth(one))
    ledger.close()
    _goes_on(step, WaitFor.PART)
    left = f"{ledger.get(Item, item.id).at(place):,} left in {place_name(ctx, place)}"
    amounts = [amount for one in taken if (amount := worth(one)) is not None]
    cost = f"{sum(amounts):,.2f} {ctx.settings.currency}" if amounts else "its price is not known"
    return step.go_on(f"{many(item, args.quantity)} for {fault.ref}, {cost}; {left}.")


def _too_few(ctx: Context, item: Item, args: TakePart, error: Refused) -> Refused:
    """Return the refusal of a part of which too few are there: where else some are, what comes, what one can do."""
    here = sum(max(one.quantity, 0) for one in item.stock)
    elsewhere = where(ctx, item, args.place or item.place) if here >= args.quantity else ""
    if here and error.fields.keys() <= {"place"}:
        return error
    if elsewhere:
        return Refused(f"{error} There is {elsewhere}: say so in From.", error.fields)
    comes = coming(ctx, item)
    return Refused(f"{error} {comes[0].upper()}{comes[1:]}. w lets the repair wait for it.", error.fields)


def worth(movement: Movement) -> Decimal | None:
    """Return what left the stock was worth, to the cent; None = its price is not known."""
    if movement.cost is None:
        return None
    return (-movement.quantity * movement.cost).quantize(_CENT, ROUND_HALF_UP)


def part_worth(ctx: Context, _: Fault, args: TakePart) -> Decimal | None:
    """Return what a part that is to be taken is worth."""
    item = ctx.data.get(Item, args.item)
    cost = unit_cost(item) if item else None
    return None if cost is None else args.quantity * cost


def cost(ctx: Context, fault: Fault, args: Cost) -> Change:
    """Write down that the vendor came, or what was paid.

    Raises:
        Refused: nothing of it is said, or there is no such vendor.
    """
    if args.amount is None and not args.text and not args.minutes:
        raise Refused("What was it, or what did it cost?", {"amount": "This or What for is needed."})
    vendor = party(ctx, args.party, "party") or (fault.vendor if args.kind is Spent.VISIT else None)
    step = Repair.of(ctx, "cost", fault)
    step.log(WorkKind(args.kind.value), args.text, party=vendor, amount=args.amount, minutes=args.minutes)
    if fault.vendor is None and vendor is not None and args.kind is Spent.VISIT:
        step.move(vendor=vendor)
    amount = f", {args.amount:,.2f} {ctx.settings.currency}" if args.amount is not None else ""
    now = step.close("")
    total = step.register.get(Fault, fault.id).cost
    now.said = f"{args.kind.label.capitalize()}{amount}, is in the log of {fault.ref}; {total:,.2f} so far."
    return now


def quote(ctx: Context, fault: Fault, args: Quote) -> Change:
    """Write down what a vendor would take for it; where the repair waited for a quote, it goes on.

    Raises:
        Refused: there is no such vendor.
    """
    vendor = party(ctx, args.party, "party") or fault.vendor
    step = Repair.of(ctx, "quote", fault)
    step.log(WorkKind.QUOTE, args.text, party=vendor, amount=args.amount)
    step.move(vendor=vendor)
    _goes_on(step, WaitFor.QUOTE)
    return step.go_on(f"A quote of {args.amount:,.2f} {ctx.settings.currency} is in the log of {fault.ref}.")


def _goes_on(step: Repair, what: WaitFor) -> None:
    """Let a fault be looked at again that waited for this; who works on what nobody has, has it."""
    fault = step.fault
    if fault.state is State.REPORTED or (fault.state is State.WAITING and fault.waiting_for is what):
        step.move(**looked_at(step.ctx, fault, hands(step.ctx, fault)))
