"""What becomes of a cheque: banked, cleared, returned by the bank, cancelled; and the money goes with it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from botui import areas
from botui.models import calendar
from botui.models.base import Arguments, Change, Line, Refused, Ui
from botui.models.office import Context
from botui.models.records.bill import Payment
from botui.models.records.cheque import Cheque, State, Way
from botui.models.records.expense_filing import money, refuse_day
from botui.models.records.expense_paying import only_account
from botui.models.records.settlement import Settlement


class BankCheque(Arguments):
    """Where it is paid in."""

    account: Annotated[int | None, Ui(label="Into account", ref="accounts", help="Empty = the only one.")] = None
    on: Annotated[date | None, Ui(label="On", help="Empty = today.")] = None


class ClearCheque(Arguments):
    """When the bank paid it."""

    on: Annotated[date | None, Ui(label="On", help="Empty = today.")] = None


class ReturnCheque(Arguments):
    """Why the bank returned it."""

    reason: Annotated[Line, Field(min_length=1, max_length=80), Ui(label="Why", help="Such as: not covered.")]
    on: Annotated[date | None, Ui(label="On", help="Empty = today.")] = None


class CancelCheque(Arguments):
    """Why it is given up."""

    reason: Annotated[Line, Field(min_length=1, max_length=80), Ui(label="Why", help="Such as: lost, stopped.")]


def not_to_bank(ctx: Context, cheque: Cheque) -> str | None:
    """Guard of banking: it is ours, or dated on a day to come."""
    if cheque.way is not Way.RECEIVED:
        return "It is one that we wrote: they bank it."
    if cheque.dated is not None and cheque.dated > ctx.today:
        return f"It is dated {calendar.day_words(cheque.dated, ctx.today)}: no bank takes it before."
    return None


def bank(ctx: Context, cheque: Cheque, args: BankCheque) -> Change:
    """Pay a cheque in that was received: its money is on its way into the account.

    Raises:
        Refused: it is not known into which account, or the day is before its date or still to come.
    """
    on = _day(ctx, cheque, args.on)
    account = only_account(ctx, args.account)
    change = Change("cheques.bank")
    settlement = Settlement(ctx, change)
    settlement.bank_in(_payment(ctx, cheque), account.id, on)
    settlement.write()
    change.said = f"{cheque.ref}, {money(ctx, cheque.worth)}, is banked: {account.name}."
    return change.set(cheque, state=State.BANKED, account=account.id, banked_on=on)


def clear(ctx: Context, cheque: Cheque, args: ClearCheque) -> Change:
    """Say that the bank has paid it; where its statement is taken in and matched, that follows by itself."""
    on = _day(ctx, cheque, args.on)
    change = Change("cheques.clear", f"{cheque.ref}, {money(ctx, cheque.worth)}, is cleared.")
    return change.set(cheque, state=State.CLEARED, cleared_on=on)


def bounce(ctx: Context, cheque: Cheque, args: ReturnCheque) -> Change:
    """Note that the bank returned it: the money goes back, and the bill is open again.

    Raises:
        Refused: the day is before its date or still to come.
    """
    on = _day(ctx, cheque, args.on)
    change = Change("cheques.bounce", note=args.reason)
    open_again = _give_up(ctx, change, cheque, on, args.reason)
    change.said = f"{cheque.ref} was returned: {args.reason}{open_again}"
    return change.set(cheque, state=State.BOUNCED, bounced_on=on, reason=args.reason)


def cancel(ctx: Context, cheque: Cheque, args: CancelCheque) -> Change:
    """Give a cheque up that the bank has not paid: its bill is open again.

    Raises:
        Refused: the bank has shown it.
    """
    change = Change("cheques.cancel", note=args.reason)
    if _payment(ctx, cheque).match:
        raise Refused(f"The bank has shown {cheque.ref}: where it took it back, it was returned (x).")
    open_again = _give_up(ctx, change, cheque, ctx.today, args.reason)
    change.said = f"{cheque.ref} is cancelled: {args.reason}{open_again}"
    return change.set(cheque, state=State.CANCELLED, reason=args.reason)


def _give_up(ctx: Context, change: Change, cheque: Cheque, on: date, reason: str) -> str:
    """Take the money of a cheque back; return in words what is open again."""
    payment, settlement = _payment(ctx, cheque), Settlement(ctx, change)
    if not payment.reversed_at:
        if payment.match:
            settlement.give_back(payment, on, reason)
        else:
            settlement.reverse(payment, on, reason)
    settlement.write()
    return f"; {areas.ref('bills', cheque.bill)} is open again." if cheque.bill else "."


def _payment(ctx: Context, cheque: Cheque) -> Payment:
    found = ctx.data.get(Payment, cheque.payment or 0)
    if found is None:
        raise Refused(f"{cheque.ref} has no payment: run botui check.")
    return found


def _day(ctx: Context, cheque: Cheque, on: date | None) -> date:
    """Return the day on which something was done with a cheque."""
    day = on or ctx.today
    refuse_day(ctx, day)
    if cheque.dated is not None and day < cheque.dated:
        raise Refused(f"It is dated {cheque.dated:%Y-%m-%d}.", {"on": "This is before its date."})
    return day
