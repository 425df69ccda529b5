"""Paying an approved claim: from a bank account, or out of a cash box; and being open again when that is taken back."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from botui.models.base import Arguments, Change, Line, Refused, Ui
from botui.models.office import Context
from botui.models.records.bank import Account
from botui.models.records.bill import Method
from botui.models.records.cash import Cash
from botui.models.records.cashbox import Box, Why
from botui.models.records.expense import Expense, State
from botui.models.records.expense_filing import money, refuse_day
from botui.models.records.settlement import Settlement


class PayClaim(Arguments):
    """From where it is paid, and when."""

    account: Annotated[
        int | None, Ui(label="From account", ref="accounts", help="Empty = the only one, where no box is named.")
    ] = None
    box: Annotated[int | None, Ui(label="Or cash box", ref="boxes")] = None
    on: Annotated[date | None, Ui(label="On", help="Empty = today.")] = None
    reference: Annotated[Line, Field(max_length=80), Ui(label="Reference", help="What the bank is told.")] = ""


def pay(ctx: Context, expense: Expense, args: PayClaim) -> Change:
    """Pay a claim, all of what was approved, from an account or out of a box.

    Raises:
        Refused: it is not said from where, or there is not so much in the box.
    """
    granted, name = expense.granted, ctx.person(expense.person)
    if not granted:
        raise Refused(f"Nothing of {expense.ref} is to be paid.")
    if args.box and args.account:
        raise Refused("From an account, or out of a box?", {"box": "This or the account, please."})
    refuse_day(ctx, args.on, ahead=args.box is None)
    on = args.on or ctx.today
    change = Change("expenses.pay")
    paid = {"state": State.PAID, "paid_on": on}
    if args.box:
        box = ctx.data.get(Box, args.box)
        if box is None or not box.active:
            raise Refused("This cash box is not in use.", {"box": "Another one, please."})
        cash = Cash(ctx, change)
        values = {"what": expense.what[:80], "person": expense.person, "about": expense.ref}
        voucher = cash.post(box.id, -granted, Why.OUT, on, **values)
        cash.write()
        change.said = f"{expense.ref} is paid: {money(ctx, granted)} to {name} out of {box.name} ({voucher.ref})."
        return change.set(expense, voucher=voucher.id, **paid)
    account = only_account(ctx, args.account)
    settlement = Settlement(ctx, change)
    payment = settlement.move(
        -granted,
        on,
        method=Method.BANK,
        account=account.id,
        reference=args.reference or expense.ref,
        about=expense.ref,
        text=expense.what,
        person=expense.person,
    )
    settlement.write()
    change.said = f"{expense.ref} is paid: {money(ctx, granted)} to {name} from {account.name} ({payment.ref})."
    return change.set(expense, payment=payment.id, **paid)


def only_account(ctx: Context, number: int | None) -> Account:
    """Return the account that is named, or the only one that is in use.

    Raises:
        Refused: it is not in use, there is none, or there are several and none is named.
    """
    if number is not None:
        found = ctx.data.get(Account, number)
        if found is None or not found.active:
            raise Refused("This account is not in use.", {"account": "Another one, please."})
        return found
    every = ctx.data.find(Account, active=True)
    if len(every) != 1:
        said = "From which account?" if every else "There is no bank account yet: Records, bank accounts."
        raise Refused(said, {"account": "Which one?" if every else "There is none yet."})
    return every[0]
