"""What must hold among claims, cash boxes and cheques, and the payments and vouchers they stand on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

from botui import areas
from botui.models.records.bill import Payment
from botui.models.records.cashbox import Box, Voucher, Why
from botui.models.records.cheque import Cheque, State
from botui.models.records.expense import Expense, Outlay
from botui.models.records.expense import State as ClaimState
from botui.models.soundness import Records


def check_expenses(records: Records) -> Iterator[str]:
    """Say what does not hold: sums are those of lines and vouchers, and what is paid was paid by something."""
    yield from _claims(records)
    yield from _vouchers(records)
    for cheque in records.all(Cheque):
        payment = records.get(Payment, cheque.payment or 0)
        if payment is None or payment.about != cheque.ref:
            yield f"{cheque.ref}: Payment: none moved its money."
        elif abs(payment.amount) != cheque.worth:
            yield f"{cheque.ref}: Amount: {cheque.worth:,.2f}, and {payment.ref} moved {payment.amount:,.2f}."
        elif bool(payment.reversed_at) and cheque.state not in (State.BOUNCED, State.CANCELLED):
            yield f"{cheque.ref}: State: {cheque.state.label}, and {payment.ref} was taken back."


def _claims(records: Records) -> Iterator[str]:
    amounts: defaultdict[int, Decimal] = defaultdict(Decimal)
    granted: defaultdict[int, Decimal] = defaultdict(Decimal)
    lines: Counter[int] = Counter()
    for line in records.all(Outlay):
        amounts[line.expense or 0] += line.amount
        granted[line.expense or 0] += line.granted
        lines[line.expense or 0] += 1
        if line.expense is None:
            yield f"{line.ref}: Claim: it is on none."
        if line.granted > line.amount:
            yield f"{line.ref}: Approved: more than was claimed."
    for claim in records.all(Expense):
        if claim.amount != amounts[claim.id] or claim.lines != lines[claim.id]:
            yield f"{claim.ref}: Claimed: {claim.amount:,.2f}, and its lines come to {amounts[claim.id]:,.2f}."
        if claim.granted is not None and claim.granted != granted[claim.id]:
            yield f"{claim.ref}: To be paid: {claim.granted:,.2f}, and of its lines it is {granted[claim.id]:,.2f}."
        yield from _paid(records, claim)


def _paid(records: Records, claim: Expense) -> Iterator[str]:
    """Say whether a claim that is paid was paid, by one payment or voucher of so much, and no other claim is."""
    by = [one for one in (claim.payment, claim.voucher) if one]
    if len(by) != (claim.state is ClaimState.PAID):
        yield f"{claim.ref}: State: {claim.state.label}, and {len(by)} payments or vouchers paid it."
        return
    payment = records.get(Payment, claim.payment) if claim.payment else None
    voucher = records.get(Voucher, claim.voucher) if claim.voucher else None
    one = payment or voucher
    if one is not None and (one.about != claim.ref or -one.amount != claim.granted):
        yield f"{claim.ref}: Payment: {one.ref} is not of {claim.granted:,.2f} for it."
    if payment is not None and payment.reversed_at:
        yield f"{claim.ref}: Payment: {payment.ref} was taken back."


def _moved(records: Records, one: Voucher) -> Iterator[str]:
    """Say whether the payment by which cash came from the bank, or went to it, is of as much the other way."""
    payment = records.get(Payment, one.payment) if one.payment else None
    if payment is not None and (payment.amount, payment.about) != (-one.amount, areas.ref("boxes", one.box)):
        yield f"{one.ref}: Payment: {payment.ref} is not of {-one.amount:,.2f} for its box."


def _vouchers(records: Records) -> Iterator[str]:
    inside: defaultdict[int, Decimal] = defaultdict(Decimal)
    first: dict[int, str] = {}
    for one in records.all(Voucher):
        inside[one.box] += one.amount
        if not one.amount and one.why is not Why.COUNT:
            yield f"{one.ref}: Amount: no cash moved."
        yield from _moved(records, one)
        if one.reverses is None:
            continue
        other = records.get(Voucher, one.reverses)
        if other is None or (other.box, other.amount) != (one.box, -one.amount) or other.reverses is not None:
            taken = areas.ref("vouchers", one.reverses)
            yield f"{one.ref}: Takes back: it is not what {taken} was, the other way."
        if (twice := first.setdefault(one.reverses, one.ref)) != one.ref:
            yield f"{one.ref}: Takes back: {twice} takes it back, too."
    for box in records.all(Box):
        if box.balance != inside[box.id]:
            yield f"{box.ref}: In it: {box.balance:,.2f}, and its vouchers come to {inside[box.id]:,.2f}."
        if (box.off is None) != (box.first_by is None and box.first_at is None):
            yield f"{box.ref}: First count: it says who counted, or what, and not both."
