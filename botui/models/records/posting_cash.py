"""What follows in the books from payments, cash, claims, and what was booked by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from botui import areas
from botui.models.records.bank import Account
from botui.models.records.bill import Bill, Payment
from botui.models.records.cashbox import Box, Voucher, Why
from botui.models.records.cheque import Cheque
from botui.models.records.entry import Entry
from botui.models.records.expense import Expense, Outlay, State
from botui.models.records.naming import BY_METHOD, CASH, CLAIMS, DIFFERENCES, TRANSFERS, Names
from botui.models.records.posted import Posted, opposite, posted

_GRANTED = frozenset({State.APPROVED, State.PAID})
"""States in which a claim is owed, or was paid."""


def of_payment(
    names: Names, payment: Payment, bills: Mapping[int, Bill], cheques: Mapping[int, Cheque]
) -> Iterator[Posted]:
    """Give what a payment comes to, and its opposite if it was taken back.

    Args:
        names: of accounts.
        payment: what it settles, against money that is under way.
        bills: all there are, by number.
        cheques: all there are, by number.
    """
    money = BY_METHOD[payment.method] if payment.account is None else names.under_way(payment.account)
    legs = [(money, payment.amount), (_settled(names, payment, bills, cheques), -payment.amount)]
    who = names.party(payment.party) or names.person(payment.person)
    text = payment.text or f"Payment {payment.reference or payment.about}".strip()
    if one := posted(payment.on, payment.ref, text, legs, who):
        yield one
        if payment.reversed_at:
            yield opposite(one, payment.reversed_on or names.day(payment.reversed_at), "is taken back")


def _settled(names: Names, payment: Payment, bills: Mapping[int, Bill], cheques: Mapping[int, Cheque]) -> str:
    """Return the account of what a payment is for."""
    if (bill := bills.get(payment.bill or 0)) is not None:
        return names.owing(bill.direction, bill.party)
    collection, number = areas.parse_ref(payment.about) or ("", 0)
    if collection == Expense.COLLECTION:
        return CLAIMS
    if collection == Box.COLLECTION:
        return names.under(CASH, Box, number)
    if collection == Account.COLLECTION:
        return TRANSFERS
    category = cheques[number].category if collection == Cheque.COLLECTION and number in cheques else None
    return names.category(category, "income" if payment.amount > 0 else "expenses")


def of_voucher(names: Names, voucher: Voucher) -> Iterator[Posted]:
    """Give what a voucher of a cash box comes to; what went from or to the bank, its payment says."""
    if voucher.why is Why.BANK:
        return
    if voucher.why is Why.COUNT:
        other = DIFFERENCES
    elif (areas.parse_ref(voucher.about) or ("",))[0] == Expense.COLLECTION:
        other = CLAIMS
    else:
        other = names.category(voucher.category, "income" if voucher.why is Why.IN else "expenses")
    legs = [(names.under(CASH, Box, voucher.box), voucher.amount), (other, -voucher.amount)]
    text = voucher.what or voucher.why.label.capitalize()
    if one := posted(voucher.on, voucher.ref, text, legs, names.person(voucher.person)):
        yield one


def of_expense(names: Names, expense: Expense, outlays: Sequence[Outlay]) -> Iterator[Posted]:
    """Give what a claim comes to once it is approved: what was laid out, by category, against what is owed for it."""
    if expense.state not in _GRANTED and expense.cancelled_on is None:
        return
    legs = [(names.category(one.category, "expenses"), one.granted) for one in outlays]
    legs.append((CLAIMS, -sum((one.granted for one in outlays), Decimal(0))))
    text = f"Claim {expense.what}".strip()
    if one := posted(names.day(expense.approved_at), expense.ref, text, legs, names.person(expense.person)):
        yield one
        if expense.cancelled_on is not None:
            yield opposite(one, expense.cancelled_on, "is cancelled")


def of_entry(names: Names, entry: Entry) -> Iterator[Posted]:
    """Give what was booked by hand."""
    legs = [
        (names.category(entry.category, "expenses"), entry.amount),
        (names.category(entry.against, "income"), -entry.amount),
    ]
    if one := posted(entry.on or names.day(entry.at), entry.ref, entry.text, legs):
        yield one
