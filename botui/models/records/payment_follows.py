"""What follows for claims, cheques and cash boxes when their payment is matched or taken back, whoever does it.

What a change does with one of them itself is left alone.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from botui import areas
from botui.models.base import Change, Put, Refused
from botui.models.office import Context
from botui.models.records.bank import BankLine
from botui.models.records.bill import Payment
from botui.models.records.cash import Cash, cannot_reverse
from botui.models.records.cashbox import Box, Voucher
from botui.models.records.cheque import OPEN, Cheque, Way
from botui.models.records.cheque import State as ChequeState
from botui.models.records.expense import Expense, State


def follow(ctx: Context, change: Change) -> None:
    """Add to a change what follows for what its payments are for.

    Raises:
        Refused: cash that was drawn by a payment that is taken back is not in its box any more; or the payment is of
            a cheque that was returned.
    """
    for put in [put for put in change.puts.values() if put.collection == Payment.COLLECTION]:
        payment = ctx.data.get(Payment, put.id) if put.was else None
        found = areas.parse_ref(payment.about) if payment is not None else None
        if payment is None or put.gone or found is None or found in change.puts:
            continue
        if found[0] == Expense.COLLECTION and put.fields.get("reversed_at"):
            _claim(ctx, change, payment, found[1])
        elif found[0] == Cheque.COLLECTION:
            _cheque(ctx, change, payment, put, found[1])
        elif found[0] == Box.COLLECTION and put.fields.get("reversed_at"):
            _box(ctx, change, payment, put)


def _claim(ctx: Context, change: Change, payment: Payment, number: int) -> None:
    """Let a claim be to be paid again whose payment is taken back."""
    claim = ctx.data.get(Expense, number)
    if claim is not None and claim.payment == payment.id and claim.state is State.PAID:
        change.set(claim, state=State.APPROVED, payment=None, paid_on=None)


def _cheque(ctx: Context, change: Change, payment: Payment, put: Put, number: int) -> None:
    """Let a cheque be cleared that the bank has shown, out again where the match is taken apart, or given up."""
    cheque = ctx.data.get(Cheque, number)
    if cheque is not None and cheque.state is ChequeState.BOUNCED and put.fields.get("reversed_at"):
        raise Refused(f"{cheque.ref} was returned, and its money went back with it: {payment.ref} stands.")
    if cheque is None or cheque.payment != payment.id:
        return
    values: dict[str, Any] = {}
    if put.fields.get("reversed_at") and cheque.state in (*OPEN, ChequeState.CLEARED):
        values = {"state": ChequeState.CANCELLED, "reason": f"{payment.ref} was taken back"}
    elif put.fields.get("match") and cheque.state in OPEN:
        on = _shown_on(ctx, change, int(put.fields["match"]))
        values = {"state": ChequeState.CLEARED, "cleared_on": on}
        if cheque.way is Way.RECEIVED:
            values |= {"account": put.fields.get("account") or payment.account, "banked_on": cheque.banked_on or on}
    elif "match" in put.fields and put.fields["match"] is None and cheque.state is ChequeState.CLEARED:
        back = ChequeState.BANKED if cheque.way is Way.RECEIVED else ChequeState.OUT
        values = {"state": back, "cleared_on": None}
    if values:
        change.set(cheque, **values)


def _shown_on(ctx: Context, change: Change, match: int) -> date:
    """Return the day on which the bank shows what is matched by a change."""
    made = change.puts.get(("matches", match))
    lines = (ctx.data.get(BankLine, number) for number in (made.fields.get("lines") or () if made else ()))
    return max((one.on for one in lines if one is not None), default=ctx.today)


def _box(ctx: Context, change: Change, payment: Payment, put: Put) -> None:
    """Book against the voucher of cash whose payment is taken back."""
    for voucher in ctx.data.find(Voucher, payment=payment.id):
        booked = any(one.fields.get("reverses") == voucher.id for one in change.puts.values())
        if booked or cannot_reverse(ctx, voucher):
            continue
        cash = Cash(ctx, change)
        try:
            cash.take_back(voucher, str(put.fields.get("reason") or f"{payment.ref} was taken back"))
        except Refused as error:
            raise Refused(f"{error} So {payment.ref} cannot be taken back.") from error
        cash.write()
