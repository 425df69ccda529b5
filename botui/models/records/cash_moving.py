"""Cash boxes: kept, topped up, paid out of; vouchers taken back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import Field

from botui.models.base import Arguments, Change, Line, Refused, Ui
from botui.models.office import Context, Person
from botui.models.records.bank import Account
from botui.models.records.bill import Method
from botui.models.records.cash import Cash, cannot_reverse, take_back
from botui.models.records.cashbox import Box, Voucher, Why
from botui.models.records.chart import Category
from botui.models.records.expense import Spent
from botui.models.records.expense_filing import money, refuse_day
from botui.models.records.settlement import Settlement

_TYPED: Final = ("name", "imprest", "most", "place", "keeper", "codes", "active")


class PayOut(Arguments):
    """What is paid out of a box, and what for."""

    amount: Annotated[Spent, Ui(label="Amount")]
    what: Annotated[Line, Field(min_length=1, max_length=80), Ui(label="What for", help="Such as: stamps.")]
    person: Annotated[int | None, Ui(label="To whom", ref="people", help="Empty = you.")] = None
    category: Annotated[int | None, Ui(label="Category", ref="chart")] = None
    receipt: Annotated[int | None, Ui(label="Receipt", ref="documents")] = None
    on: Annotated[date | None, Ui(label="On", help="Empty = today.")] = None
    account: Annotated[
        int | None, Ui(label="To the bank", ref="accounts", help="The account it is paid into, if it is.")
    ] = None


class TopUp(Arguments):
    """What is put into a box, and where it comes from."""

    amount: Annotated[Spent | None, Ui(label="Amount", help="Empty = up to the float.")] = None
    account: Annotated[
        int | None, Ui(label="From the bank", ref="accounts", help="The account it was drawn from; empty = none.")
    ] = None
    what: Annotated[Line, Field(max_length=80), Ui(label="What for", help="Such as: sold old chairs.")] = ""
    category: Annotated[int | None, Ui(label="Category", ref="chart", help="Where it came from no account.")] = None
    person: Annotated[int | None, Ui(label="From whom", ref="people")] = None
    on: Annotated[date | None, Ui(label="On", help="Empty = today.")] = None


class TakeBack(Arguments):
    """Why a voucher is taken back."""

    reason: Annotated[Line, Field(min_length=1, max_length=60), Ui(label="Why")]


# --- boxes ------------------------------------------------------------------------------------------------------------


def create(ctx: Context, box: Box) -> Change:
    """Begin a cash box; it is empty until it is topped up.

    Raises:
        Refused: who keeps it does not work here.
    """
    _refuse_unfit(ctx, box)
    new = Box(id=box.id, **{name: getattr(box, name) for name in _TYPED})
    return Change("boxes.add", f"{new.name} is there, and empty: I puts cash in, K counts it.").add(new)


def revise(ctx: Context, before: Box, after: Box) -> Change:
    """Change what is typed of a box.

    Raises:
        Refused: it is put out of use with cash in it, or who keeps it does not work here.
    """
    if before.active and not after.active and before.balance:
        said = f"{money(ctx, before.balance)} are in {before.name}: pay them out first (P)."
        raise Refused(said, {"active": "It is not empty."})
    _refuse_unfit(ctx, after)
    values = {name: getattr(after, name) for name in _TYPED}
    return Change("boxes.edit", f"{after.name} is changed.").set(before, **values)


def _refuse_unfit(ctx: Context, box: Box) -> None:
    keeper = ctx.data.get(Person, box.keeper) if box.keeper else None
    if keeper is not None and not keeper.active:
        raise Refused(f"{keeper.name} does not work here any more.", {"keeper": "Somebody who works here, please."})


def not_in_use(_: Context, box: Box) -> str | None:
    """Guard of all that moves cash."""
    return None if box.active else f"{box.name} is not in use any more."


def nothing_in_it(ctx: Context, box: Box) -> str | None:
    """Guard of paying out."""
    return not_in_use(ctx, box) or (None if box.balance else f"Nothing is in {box.name}: I puts cash in.")


# --- in and out -------------------------------------------------------------------------------------------------------


def pay_out(ctx: Context, box: Box, args: PayOut) -> Change:
    """Pay something out of a box by a voucher; or carry cash to the bank.

    Raises:
        Refused: it is more than is in it, or than one voucher may pay, or of a day to come.
    """
    if box.most is not None and args.amount > box.most and args.account is None:
        said = f"One voucher of {box.name} pays {money(ctx, box.most)} at most: claim it (expenses) or have it billed."
        raise Refused(said, {"amount": f"{box.most:,.2f} at most."})
    refuse_day(ctx, args.on)
    _refuse_category(ctx, args.category)
    change = Change("boxes.pay")
    typed = {"what": args.what, "category": args.category, "receipt": args.receipt}
    typed["person"] = args.person or ctx.by
    voucher = _moved(ctx, change, box, -args.amount, args.on, args.account, typed)
    to = f" for {ctx.person(args.person)}" if args.person not in (None, ctx.by) else ""
    left = f"{money(ctx, box.balance - args.amount)} are left"
    change.said = f"{voucher.ref}: {money(ctx, args.amount)} out of {box.name}{to}, {args.what}; {left}."
    return change


def top_up(ctx: Context, box: Box, args: TopUp) -> Change:
    """Put cash into a box: up to its float, where nobody says how much.

    Raises:
        Refused: it is full, or it is not known how full it is to be; or of a day to come.
    """
    missing = box.imprest - box.balance
    amount = args.amount if args.amount is not None else missing
    if amount <= 0:
        full = f"{box.name} is full: {money(ctx, box.balance)} are in it." if box.imprest else "How much?"
        raise Refused(full, {"amount": "How much?"})
    refuse_day(ctx, args.on)
    _refuse_category(ctx, args.category)
    change = Change("boxes.receive")
    what = args.what or ("from the bank" if args.account else "topped up")
    typed = {"what": what, "category": None if args.account else args.category, "person": args.person}
    voucher = _moved(ctx, change, box, amount, args.on, args.account, typed)
    change.said = f"{voucher.ref}: {money(ctx, amount)} into {box.name}; {money(ctx, box.balance + amount)} are in it."
    return change


def _moved(
    ctx: Context, change: Change, box: Box, amount: Decimal, on: date | None, account: int | None, typed: dict[str, Any]
) -> Voucher:
    """Book cash into or out of a box, with the payment by which it left or reached an account of the bank."""
    why = Why.BANK if account else Why.IN if amount > 0 else Why.OUT
    payment: int | None = None
    if account:
        bank = ctx.data.get(Account, account)
        if bank is None or not bank.active:
            raise Refused("This account is not in use.", {"account": "Another one, please."})
        settlement = Settlement(ctx, change)
        text = str(typed.get("what") or "")
        made = settlement.move(-amount, on or ctx.today, method=Method.CASH, account=account, about=box.ref, text=text)
        settlement.write()
        payment = made.id
    cash = Cash(ctx, change)
    voucher = cash.post(box.id, amount, why, on, payment=payment, **typed)
    cash.write()
    return voucher


def _refuse_category(ctx: Context, number: int | None) -> None:
    category = ctx.data.get(Category, number) if number else None
    if category is not None and not category.active:
        raise Refused(f"{category.name} is not in use any more.", {"category": "Another one, please."})


# --- vouchers ---------------------------------------------------------------------------------------------------------


def no_voucher(_: Context, __: Voucher) -> Change:
    """Refuse to write a voucher by hand.

    Raises:
        Refused: always.
    """
    raise Refused("A voucher comes of what is done with its cash box: P pays out, I puts in, K counts.")


def refuse_fixed_voucher(_: Context, voucher: Voucher, __: Collection[str]) -> None:
    """Refuse to change a voucher.

    Raises:
        Refused: always.
    """
    raise Refused(f"{voucher.ref} stands: Y takes it back.")


def not_to_reverse(ctx: Context, voucher: Voucher) -> str | None:
    """Guard of reverse: it is taken back, takes one back, or is a count."""
    if voucher.why is Why.COUNT:
        return "It is what two counted: count again (K)."
    return cannot_reverse(ctx, voucher)


def reverse(ctx: Context, voucher: Voucher, args: TakeBack) -> Change:
    """Take a voucher back by another one, with all that stands on it."""
    change = Change("vouchers.reverse", note=args.reason)
    against = take_back(ctx, voucher, change, args.reason)
    box = ctx.data.get(Box, voucher.box)
    left = money(ctx, (box.balance if box else Decimal(0)) - voucher.amount)
    change.said = f"{voucher.ref} is taken back by {against.ref}: {left} are in {box.name if box else 'the box'}."
    return change
