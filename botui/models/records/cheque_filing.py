"""Cheques as they come in and go out: written down once, and the bill they are for is paid by them."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Any, Final

from botui.models.base import Change, Refused
from botui.models.office import Context, Party
from botui.models.records.bill import DUE, Bill, Direction, Method
from botui.models.records.chart import Category, Side
from botui.models.records.cheque import STALE_MONTHS, Cheque, State, Way, stale_on
from botui.models.records.expense_filing import money
from botui.models.records.expense_paying import only_account
from botui.models.records.settlement import Settlement

LONG_AGO: Final = 1970
"""Before this year no cheque is written down."""
AHEAD_YEARS: Final = 2
"""How many years ahead a cheque may be dated at most."""
_KEPT: Final = frozenset({"way", "number", "amount", "bill", "party", "dated", "account"})
"""Fields on which the payment stands."""
_TYPED: Final = (*sorted(_KEPT), "bank", "category", "note")


def create(ctx: Context, cheque: Cheque) -> Change:
    """Write a cheque down, received or written: it pays its bill, or moves money for a category.

    Raises:
        Refused: it is not known for how much or from whom, is written down already, or is not what the bill takes.
    """
    typed: dict[str, Any] = {name: getattr(cheque, name) for name in _TYPED}
    new = Cheque(id=cheque.id, **typed, created_at=ctx.now, created_by=ctx.by)
    change = Change("cheques.add")
    bill = ctx.data.get(Bill, new.bill) if new.bill else None
    if new.way is Way.RECEIVED and new.account is not None:
        raise Refused("It gets its account when it is banked (b).", {"account": "Empty, please."})
    account = only_account(ctx, new.account).id if new.way is Way.WRITTEN else None
    new = new.model_copy(update={**_from_bill(new, bill), "dated": new.dated or ctx.today, "account": account})
    _refuse_unfit(ctx, new)
    settlement = Settlement(ctx, change)
    out = new.way is Way.WRITTEN
    how: dict[str, Any] = {"method": Method.CHEQUE, "account": account, "reference": new.number, "about": new.ref}
    if bill is not None:
        try:
            payment = settlement.pay(bill, new.worth, ctx.today, **how)
        except Refused as error:
            raise Refused(str(error), {"amount": f"{abs(bill.balance):,.2f} are open of {bill.ref}."}) from error
    else:
        amount = -new.worth if out else new.worth
        payment = settlement.move(amount, ctx.today, party=new.party, text=new.note, **how)
    settlement.write()
    new = new.model_copy(update={"payment": payment.id, "state": State.OUT if out else State.HELD})
    change.said = f"{new.ref}: {_words(ctx, new, bill)}"
    return change.add(new)


def _from_bill(cheque: Cheque, bill: Bill | None) -> dict[str, Any]:
    """Return what a cheque says because of the bill it pays."""
    if bill is None:
        return {}
    wanted = Direction.OWED if cheque.way is Way.RECEIVED else Direction.OWE
    if bill.direction is not wanted or bill.state not in DUE or bill.balance <= 0:
        owes = "is one that we owe" if bill.direction is Direction.OWE else "is owed to us"
        why = owes if bill.direction is not wanted else f"is {bill.state.label}"
        said = f"{bill.ref} {why}: no cheque that was {cheque.way.label} pays it."
        raise Refused(said, {"bill": "Another bill, please."})
    if cheque.party not in (None, bill.party):
        raise Refused(f"{bill.ref} is of somebody else.", {"party": "Empty = as on the bill."})
    return {"party": bill.party, "amount": cheque.amount or bill.balance}


def _refuse_unfit(ctx: Context, cheque: Cheque) -> None:
    if not cheque.amount:
        raise Refused("For how much is it?", {"amount": "How much?"})
    party = ctx.data.get(Party, cheque.party) if cheque.party else None
    if party is None:
        raise Refused("From or to whom is it?", {"party": "Who, please."})
    category = ctx.data.get(Category, cheque.category) if cheque.category else None
    side = Side.INCOME if cheque.way is Way.RECEIVED else Side.EXPENSE
    if category is not None and (not category.active or category.side is not side):
        raise Refused(f"{category.name} is not for {side.label}.", {"category": "Another one, please."})
    if cheque.dated is not None and not LONG_AGO <= cheque.dated.year <= ctx.today.year + AHEAD_YEARS:
        raise Refused(f"The year {cheque.dated.year} is none of a cheque.", {"dated": "Is this the year?"})
    if cheque.dated is not None and stale_on(cheque.dated) <= ctx.today:
        said = f"It is older than {STALE_MONTHS} months: no bank needs to pay it. Ask for another one."
        raise Refused(said, {"dated": f"Older than {STALE_MONTHS} months."})
    for one in ctx.data.find(Cheque, number=cheque.number):
        same = one.party == cheque.party if cheque.way is Way.RECEIVED else one.account == cheque.account
        if one.way is cheque.way and same and one.state is not State.CANCELLED:
            said = f"Cheque {cheque.number} of {party.name} is written down already: {one.ref}."
            raise Refused(said, {"number": "There is one of this number."})


def _words(ctx: Context, cheque: Cheque, bill: Bill | None) -> str:
    party = ctx.data.get(Party, cheque.party or 0)
    name = party.name if party else "nobody"
    left = Decimal(0) if bill is None else bill.balance - cheque.worth
    pays = "" if bill is None else f", it pays {bill.ref}{f' but for {left:,.2f}' if left else ''}"
    if cheque.way is Way.WRITTEN:
        return f"{money(ctx, cheque.worth)} to {name}{pays}."
    when = f"; it is not banked before {cheque.dated:%a %d %b}" if cheque.dated and cheque.dated > ctx.today else ""
    return f"{money(ctx, cheque.worth)} from {name}{pays}{when}; b banks it."


def revise(ctx: Context, before: Cheque, after: Cheque) -> Change:
    """Change what a cheque says beside what was paid by it.

    Raises:
        Refused: the payment stands on it.
    """
    values = {name: getattr(after, name) for name in _TYPED if getattr(after, name) != getattr(before, name)}
    refuse_fixed(ctx, before, values)
    return Change("cheques.edit", f"{before.ref} is changed.").set(before, **values)


def refuse_fixed(_: Context, cheque: Cheque, names: Collection[str]) -> None:
    """Do nothing unless what the payment of a cheque stands on is changed.

    Raises:
        Refused: it is.
    """
    if (wrong := _KEPT.intersection(names)) and "state" not in names:
        said = f"{cheque.ref} moved money: cancel it (C) and write it down anew."
        raise Refused(said, dict.fromkeys(wrong, "This stands."))
