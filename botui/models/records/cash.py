"""The one place where cash moves: vouchers, what is in each box because of them, and taking them back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from botui import areas
from botui.models.base import Change, Refused
from botui.models.office import Context, Pending
from botui.models.records.bill import Payment
from botui.models.records.cashbox import Box, Voucher, Why
from botui.models.records.expense import Expense, State
from botui.models.records.settlement import Settlement

BOX_MAX: Final = Decimal("9999999.99")
"""What a box holds at most."""


class Cash(Pending):
    """Gathers vouchers as part of a change; ``write`` puts them, and what is in their boxes then, into it.

    Args:
        ctx: what may be known.
        change: the change that everything becomes part of.
    """

    def post(self, box: int, amount: Decimal, why: Why, on: date | None = None, **values: Any) -> Voucher:
        """Book cash that went into a box, or came out of it.

        Args:
            box: the number of the box.
            amount: above zero it went in.
            why: why.
            on: the day; None = today.
            values: other fields of the voucher.

        Raises:
            Refused: less would be left than nothing, or more than a box holds.
        """
        now = self.get(Box, box)
        left = now.balance + amount
        if left < 0:
            said = f"Only {now.balance:,.2f} {self._ctx.settings.currency} are in {now.name}."
            raise Refused(said, {"amount": f"{now.balance:,.2f} at most."})
        if left > BOX_MAX:
            raise Refused(f"No box holds {left:,.2f}.", {"amount": "That is too much money."})
        self.set(now, balance=left)
        day = on or self._ctx.today
        number = self._ctx.data.new_id(Voucher)
        typed = {"box": box, "on": day, "amount": amount, "why": why, "at": self._ctx.now, "by": self._ctx.by}
        return self.add(Voucher(id=number, **typed, **values))

    def take_back(self, voucher: Voucher, reason: str) -> Voucher:
        """Book against a voucher.

        Raises:
            Refused: it was taken back before, takes one back itself, or less would be left than nothing.
        """
        if why := cannot_reverse(self._ctx, voucher):
            raise Refused(f"{voucher.ref}: {why}")
        kept = {name: getattr(voucher, name) for name in ("category", "person", "receipt", "about")}
        what = f"Taken back: {reason or voucher.what}".strip()[:80]
        return self.post(voucher.box, -voucher.amount, voucher.why, what=what, reverses=voucher.id, **kept)


def cannot_reverse(ctx: Context, voucher: Voucher) -> str | None:
    """Return why a voucher cannot be taken back, or None if it can."""
    if voucher.reverses is not None:
        return "It takes back another one itself."
    if found := ctx.data.find(Voucher, reverses=voucher.id):
        return f"It is taken back already, by {found[0].ref}."
    return None


def take_back(ctx: Context, voucher: Voucher, change: Change, reason: str) -> Voucher:
    """Book against a voucher, with all that stands on it: its payment is taken back, its claim is to be paid again.

    Raises:
        Refused: it cannot be taken back, or the bank has shown its payment.
    """
    cash = Cash(ctx, change)
    against = cash.take_back(voucher, reason)
    cash.write()
    payment = ctx.data.get(Payment, voucher.payment) if voucher.payment else None
    if payment is not None and not payment.reversed_at:
        settlement = Settlement(ctx, change)
        settlement.reverse(payment, ctx.today, reason or f"{voucher.ref} was taken back")
        settlement.write()
    found = areas.parse_ref(voucher.about)
    claim = ctx.data.get(Expense, found[1]) if found and found[0] == Expense.COLLECTION else None
    if claim is not None and claim.voucher == voucher.id:
        change.set(claim, state=State.APPROVED, voucher=None, paid_on=None)
    return against


def undo(ctx: Context, vouchers: Iterable[Voucher], change: Change) -> Change:
    """Take back what one change booked, by vouchers against it: none is ever removed.

    Args:
        ctx: what may be known.
        vouchers: what it booked.
        change: puts every other record that it touched back as it was before.

    Raises:
        Refused: one was taken back already, or less would be left in a box than nothing.
    """
    written = [*vouchers]
    for put in [put for put in change.puts.values() if put.collection == Box.COLLECTION]:
        # what is in a box others may have changed since: it follows from the vouchers
        if put.was is not None and not put.gone and put.fields.pop("balance", None) is not None:
            put.was.pop("balance", None)
            if not put.fields:
                del change.puts[put.collection, put.id]
    cash = Cash(ctx, change)
    for one in written:
        cash.take_back(one, "")
    cash.write()
    settlement = Settlement(ctx, change)
    for one in written:
        payment = ctx.data.get(Payment, one.payment) if one.payment else None
        if payment is not None and not payment.reversed_at and (payment.COLLECTION, payment.id) not in change.puts:
            settlement.reverse(payment, ctx.today, f"{one.ref} was taken back")
    settlement.write()
    return change
