"""Payments as people note them: of a bill, by a credit note, of something else, and taken back again.

All of it goes through ``settlement``.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Final

from pydantic import Field

from botui import areas
from botui.models.base import Arguments, Change, Line, Refused, Ui
from botui.models.office import Context, Money
from botui.models.records.bank import Account
from botui.models.records.bill import DUE, Bill, Method, Payment, State
from botui.models.records.billing import money, party_name
from botui.models.records.settlement import Settlement

AHEAD_DAYS: Final = 92
"""Days that a payment may lie ahead: it is ordered at the bank for then."""
_NO_ACCOUNT: Final = frozenset({Method.CASH, Method.CREDIT})
_PAID_THERE: Final = frozenset({"expenses", "cheques", "boxes", "vouchers"})
"""Collections whose own verbs note their payments."""
_BY_CREDIT: Final = "A credit note is set against a bill with J, on the credit note."
_TOO_MUCH: Final = "More than is open."


class Pay(Arguments):
    """What was paid of a bill."""

    amount: Annotated[Money | None, Ui(label="Amount", help="Empty = all that is open.")] = None
    on: Annotated[date | None, Ui(label="On", help="Empty = today.")] = None
    method: Annotated[Method, Ui(label="How")] = Method.BANK
    account: Annotated[
        int | None, Ui(label="Account", ref="accounts", help="Of ours; empty = the one that is in use.")
    ] = None
    reference: Annotated[Line, Field(max_length=80), Ui(label="Reference", help="Empty = the number of the bill.")] = ""
    even_so: Annotated[bool | None, Ui(label="Even so", help="y: the same was paid on that day, and once more.")] = None


class Credit(Arguments):
    """Which bill a credit note is set against."""

    against: Annotated[int | None, Ui(label="Against bill", ref="bills", help="Empty = their oldest.")] = None
    amount: Annotated[Money | None, Ui(label="Amount", help="Empty = as much as there is.")] = None


class Reverse(Arguments):
    """Why a payment is taken back."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="Reason", help="Such as: returned by the bank.")]
    on: Annotated[date | None, Ui(label="On", help="Empty = today.")] = None


# --- a bill -----------------------------------------------------------------------------------------------------------


def pay(ctx: Context, bill: Bill, args: Pay) -> Change:
    """Note that a bill was paid, or a part of it; of a credit note, that the money came back.

    Raises:
        Refused: it is more than is open, the day lies far off, the same was noted before, or nobody knows through
            which account.
    """
    amount = abs(bill.balance) if args.amount is None else args.amount
    if not amount or amount > abs(bill.balance):
        said = f"Of {bill.ref} {money(ctx, abs(bill.balance))} is open: {money(ctx, amount)} is not what can be paid."
        raise Refused(said, {"amount": _TOO_MUCH if amount else "How much?"})
    if args.method is Method.CREDIT:
        raise Refused(_BY_CREDIT, {"method": "Not this one."})
    on = _day(ctx, args.on)
    if not args.even_so and bill.paid and (same := _same(ctx, bill, amount, on)) is not None:
        said = f"{same.ref} is the same: {money(ctx, amount)} of {bill.ref} on {on}. Was it paid once more?"
        raise Refused(said, {"even_so": "y if it was."})
    change = Change("bills.pay")
    settlement = Settlement(ctx, change)
    payment = settlement.pay(
        bill,
        amount if bill.balance > 0 else -amount,
        on,
        method=args.method,
        account=account_of(ctx, args.account, args.method),
        reference=args.reference or bill.number,
    )
    left = settlement.get(Bill, bill.id).balance
    settlement.write()
    to = party_name(ctx, bill.party)
    who = f"to {to}" if payment.amount < 0 else f"from {to}"
    still = f"{money(ctx, abs(left))} of {bill.ref} is still open" if left else f"{bill.ref} is paid"
    change.said = f"{payment.ref}: {money(ctx, amount)} {who}. {still}."
    return change


def _same(ctx: Context, bill: Bill, amount: Decimal, on: date) -> Payment | None:
    """Return the payment of so much of a bill that was noted for a day before."""
    found = ctx.data.find(Payment, bill=bill.id, reversed_at=None)
    return next((one for one in found if abs(one.amount) == amount and one.on == on), None)


def _day(ctx: Context, on: date | None) -> date:
    if on is not None and on > ctx.today + timedelta(days=AHEAD_DAYS):
        raise Refused("That day lies far ahead.", {"on": "This lies far ahead."})
    return on or ctx.today


def account_of(ctx: Context, account: int | None, method: Method) -> int | None:
    """Return through which account of ours money goes: the only one in use, where nobody says; None = through none.

    Raises:
        Refused: there are several, or it is not in use any more.
    """
    if method in _NO_ACCOUNT:
        return None
    if account:
        found = ctx.data.get(Account, account)
        if found is None or not found.active:
            said = f"{found.name} is not in use any more." if found else "There is no such account of ours."
            raise Refused(said, {"account": said})
        return found.id
    there = ctx.data.find(Account, active=True)
    if len(there) > 1:
        names = ", ".join(f"{one.ref} ({one.name})" for one in there[:3])
        raise Refused(f"Through which account? There is {names}.", {"account": f"One of {names}."})
    return there[0].id if there else None


def not_a_credit(ctx: Context, bill: Bill) -> str | None:
    """Guard of credit: it is no credit note."""
    return None if bill.amount < 0 else "This is no credit note: its amount is not below zero."


def credit(ctx: Context, bill: Bill, args: Credit) -> Change:
    """Set a credit note against a bill of the same party: a pair of payments that come to nothing.

    Raises:
        Refused: there is no such bill, or it is more than is open of either.
    """
    other = ctx.data.get(Bill, args.against) if args.against else _oldest(ctx, bill)
    if other is None:
        said = f"No bill of {party_name(ctx, bill.party)} is open: P notes that the money came back."
        raise Refused(said, {"against": "None is open."})
    if (other.party, other.direction) != (bill.party, bill.direction) or other.amount <= 0:
        raise Refused(f"{other.ref} is no bill of {party_name(ctx, bill.party)}.", {"against": "Not one of theirs."})
    most = min(-bill.balance, other.balance)
    amount = most if args.amount is None else args.amount
    if not 0 < amount <= most:
        raise Refused(f"{money(ctx, most)} can be set against {other.ref}.", {"amount": f"{most:,.2f} at most."})
    change = Change("bills.credit")
    settlement = Settlement(ctx, change)
    settlement.pay(bill, -amount, ctx.today, method=Method.CREDIT, about=other.ref)
    settlement.pay(other, amount, ctx.today, method=Method.CREDIT, about=bill.ref)
    left, rest = settlement.get(Bill, other.id).balance, -settlement.get(Bill, bill.id).balance
    settlement.write()
    still = f"{money(ctx, left)} of {other.ref} is still open" if left else f"{other.ref} is paid"
    more = f"; {money(ctx, rest)} of {bill.ref} is left" if rest else ""
    change.said = f"{money(ctx, amount)} of {bill.ref} is set against {other.ref}. {still[0].upper()}{still[1:]}{more}."
    return change


def _oldest(ctx: Context, note: Bill) -> Bill | None:
    """Return the bill of the same party that is due first and that something is open of."""
    found = ctx.data.find(Bill, party=note.party, direction=note.direction.value)
    open_ = [one for one in found if one.state in DUE and one.balance > 0]
    return min(open_, key=lambda one: (one.due or date.max, one.id), default=None)


# --- payments ---------------------------------------------------------------------------------------------------------


def create(ctx: Context, payment: Payment) -> Change:
    """Note money that moved: of a bill as its verb does, else as it is typed, below zero what went out.

    Raises:
        Refused: it is nothing, more than is open of its bill, or nobody says from whom or for what it is.
    """
    _refuse_elsewhere(payment)
    on = _day(ctx, payment.on)
    account = account_of(ctx, payment.account, payment.method)
    change = Change("payments.add")
    settlement = Settlement(ctx, change)
    bill = ctx.data.get(Bill, payment.bill) if payment.bill else None
    if payment.bill and bill is None:
        raise Refused("There is no such bill.", {"bill": "There is none of this number."})
    if bill is not None:
        made = _of_bill(ctx, settlement, bill, payment, on, account)
    elif payment.party is None and payment.person is None and not payment.about:
        raise Refused("From or to whom is it, or for what?", {"party": "Or a bill, or what it is for."})
    else:
        made = settlement.move(
            payment.amount,
            on,
            method=payment.method,
            account=account,
            reference=payment.reference,
            about=payment.about,
            text=payment.text,
            party=payment.party,
            person=payment.person,
            number=payment.id,
        )
    settlement.set(made, text=payment.text, codes=payment.codes, imported=payment.imported)
    settlement.write()
    way = "went out" if made.amount < 0 else "came in"
    change.said = f"{made.ref}: {money(ctx, abs(made.amount))} {way}."
    return change


def _refuse_elsewhere(payment: Payment) -> None:
    """Refuse what is no payment, and what is noted by the verbs of what it pays.

    Raises:
        Refused: the sentence says where.
    """
    if not payment.amount:
        raise Refused("How much is it?", {"amount": "How much?"})
    if payment.method is Method.CREDIT:
        raise Refused(_BY_CREDIT, {"method": "Not this one."})
    about = areas.parse_ref(payment.about)
    if about is not None and about[0] in _PAID_THERE:
        raise Refused(f"{payment.about} is paid where it stands: open it, and P.", {"about": "It is paid there."})


def _of_bill(
    ctx: Context, settlement: Settlement, bill: Bill, payment: Payment, on: date, account: int | None
) -> Payment:
    amount = abs(payment.amount)
    if payment.party not in (None, bill.party):
        said = f"{bill.ref} is {party_name(ctx, bill.party)}'s, not {party_name(ctx, payment.party)}'s."
        raise Refused(said, {"party": "Not the one of the bill."})
    if amount > abs(bill.balance):
        raise Refused(f"Of {bill.ref} {money(ctx, abs(bill.balance))} is open.", {"amount": _TOO_MUCH})
    signed = amount if bill.balance > 0 else -amount
    reference = payment.reference or bill.number
    return settlement.pay(
        bill, signed, on, method=payment.method, account=account, reference=reference, number=payment.id
    )


def revise(ctx: Context, before: Payment, after: Payment) -> Change:
    """Refuse to edit a payment: money that moved has moved.

    Raises:
        Refused: always.
    """
    raise Refused(f"{before.ref} stands: Y takes it back, and the right one is noted.")


def cannot_reverse(ctx: Context, payment: Payment) -> str | None:
    """Guard of reverse: it was taken back, the bank has shown it, or it goes with something else that is undone."""
    if payment.reversed_at is not None:
        return "It was taken back before."
    if payment.match is not None:
        return "The bank has shown it: take the match apart first (y on the line of the bank)."
    about = areas.parse_ref(payment.about)
    if about is not None and about[0] != Bill.COLLECTION:
        return f"It goes with {payment.about}: that is where it is taken back."
    return None


def reverse(ctx: Context, payment: Payment, args: Reverse) -> Change:
    """Take a payment back; its bill is open again by so much. Of a credit note both halves go.

    Raises:
        Refused: the day is before the payment.
    """
    on = args.on or max(ctx.today, payment.on)
    if on < payment.on:
        raise Refused("That is before the payment itself.", {"on": f"It was on {payment.on}."})
    change = Change("payments.reverse", note=args.reason)
    settlement = Settlement(ctx, change)
    halves = [payment, *_twin(ctx, payment)]
    for one in halves:
        settlement.reverse(one, on, args.reason)
    settlement.write()
    open_ = [bill for one in halves if one.bill and (bill := settlement.get(Bill, one.bill)).state is not State.VOID]
    still = ", ".join(f"{money(ctx, abs(one.balance))} of {one.ref} is open" for one in open_)
    change.said = f"{payment.ref} is taken back{f'; {still}' if still else ''}."
    return change


def _twin(ctx: Context, payment: Payment) -> list[Payment]:
    """Return the other half of a pair by which a credit note was set against a bill."""
    about = areas.parse_ref(payment.about)
    if payment.method is not Method.CREDIT or about is None or payment.bill is None:
        return []
    mine = areas.ref(Bill.COLLECTION, payment.bill)
    halves = ctx.data.find(Payment, bill=about[1], method=Method.CREDIT.value, reversed_at=None)
    return [one for one in halves if (one.about, one.amount, one.at) == (mine, -payment.amount, payment.at)][:1]
