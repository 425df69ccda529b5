"""What else becomes of a bill: sent, disputed and settled, ticked on their statement, void, a note on it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from botui.models.base import PROSE_MAX, Arguments, Change, Line, Refused, Ui
from botui.models.office import Context, Person
from botui.models.records import bill_cost, on_order
from botui.models.records.bill import Bill, State, is_booked
from botui.models.records.billing import due_words, money, party_name


class Send(Arguments):
    """When it went out."""

    on: Annotated[date | None, Ui(label="Date on it", help="Empty = as it is.")] = None


class Dispute(Arguments):
    """What is wrong with it."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="What is wrong", help="Such as: two were broken.")]


class Settled(Arguments):
    """What came of a dispute."""

    note: Annotated[Line, Ui(label="What came of it", help="Such as: they send a credit note.")] = ""


class Tick(Arguments):
    """The statement on which it stood."""

    on: Annotated[date | None, Ui(label="Their statement of", help="Empty = today.")] = None


class Void(Arguments):
    """Why it is void."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="Reason", help="Such as: sent twice, wrong amount.")]


class Note(Arguments):
    """What is to be known of it."""

    text: Annotated[Line, Field(min_length=1), Ui(label="Note")]


def nothing_to_send(ctx: Context, bill: Bill) -> str | None:
    """Guard of send: it comes to nothing yet."""
    return None if bill.amount else "It comes to nothing yet: n adds what is billed."


def send(ctx: Context, bill: Bill, args: Send) -> Change:
    """Say that a bill of ours went out: it is owed to us from now on, under its number.

    Raises:
        Refused: it would be due before the date on it.
    """
    dated = args.on or bill.dated or ctx.today
    if bill.due is not None and bill.due < dated:
        raise Refused("It would be due before the date on it: change when it is due first (e).", {"on": "Too late."})
    change = Change("bills.send", f"{bill.ref} is sent to {party_name(ctx, bill.party)}{due_words(ctx, bill)}.")
    return change.set(bill, state=State.SENT, sent_at=ctx.now, dated=dated, number=bill.number or bill.ref)


def dispute(ctx: Context, bill: Bill, args: Dispute) -> Change:
    """Say that a bill is not right: nothing is paid of it until that is settled."""
    said = f"{bill.ref} is disputed: nothing is paid of it until that is settled (A)."
    return Change("bills.dispute", said, note=args.reason).set(
        bill, state=State.DISPUTED, disputed_from=bill.state, reason=args.reason
    )


def settle(ctx: Context, bill: Bill, args: Settled) -> Change:
    """Say that a dispute is settled: the bill goes on from where it stood."""
    state = bill.disputed_from or State.RECEIVED
    said = f"{bill.ref} is {state.label} again."
    return Change("bills.accept", said, note=args.note).set(
        bill, state=state, disputed_from=None, reason=args.note or bill.reason
    )


def tick(ctx: Context, bill: Bill, args: Tick) -> Change:
    """Tick a bill that stands on their statement; one that is ticked is not any more."""
    if bill.ticked_on is not None and args.on in (None, bill.ticked_on):
        return Change("bills.tick", f"{bill.ref} is not ticked any more.").set(bill, ticked_on=None)
    on = args.on or ctx.today
    return Change("bills.tick", f"{bill.ref} is on their statement of {on}.").set(bill, ticked_on=on)


def was_paid(ctx: Context, bill: Bill) -> str | None:
    """Guard of void: money has moved."""
    return f"{money(ctx, bill.paid)} of it is paid: take the payments back first (Y)." if bill.paid else None


def void(ctx: Context, bill: Bill, args: Void) -> Change:
    """Make a bill void: it counts nowhere any more, neither on its order nor as a cost; its number is free again."""
    change = Change("bills.void", f"{bill.ref} is void.")
    on_order.take_off(ctx, change, bill)
    bill_cost.take_back(ctx, change, bill)
    values: dict[str, Any] = {"on_order": None, "cost": None, "approver": None, "disputed_from": None}
    values |= {"voided_on": ctx.today} if is_booked(bill) else {}
    return change.set(bill, state=State.VOID, reason=args.reason, **values)


def note(ctx: Context, bill: Bill, args: Note) -> Change:
    """Write a line on a bill, with the day and who wrote it.

    Raises:
        Refused: there is no room for it.
    """
    by = ctx.data.get(Person, ctx.by) if ctx.by else None
    line = f"{ctx.today} {by.initials if by else ''}: {args.text}".replace(" :", ":")
    text = f"{bill.note}\n{line}".strip()
    if len(text) > PROSE_MAX:
        raise Refused("There is no room for more notes on it.", {"text": "There is no room for it."})
    return Change("bills.note", f"Your note is on {bill.ref}.").set(bill, note=text)
