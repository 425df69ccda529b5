"""Bills of ours and receipts as sheets of paper: plain text of seventy-two columns, with signs every printer has."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from botui.models.base import cells
from botui.models.office import Context, Party, Person
from botui.models.records.bill import Bill, Charge, Direction, Method, Payment, State
from botui.models.records.billing import money
from botui.models.supplies.order_text import wrapped

WIDTH: Final = 72
"""Columns of a sheet: a page of 80 with a margin."""
_NOT_YET: Final = {State.DRAFT: "DRAFT of bill", State.VOID: "VOID: bill"}
_TEXT: Final = 36


def bill_text(ctx: Context, bill: Bill) -> str:
    """Return a bill as text: who bills whom what, until when it is to be paid, and what was paid already."""
    word = "Credit note" if bill.amount < 0 else "Bill"
    what = f"{_NOT_YET.get(bill.state, word)} {bill.number or bill.ref}"
    owed = bill.direction is Direction.OWED
    party = ctx.data.get(Party, bill.party)
    found = [*_head(ctx.settings.name if owed else _name(party), what), ""]
    found += _address(party) if owed else [ctx.settings.name]
    found += ["", *_facts(("Date", str(bill.dated or "")), ("Due", str(bill.due or "")), ("Our number", bill.ref)), ""]
    found += ["-" * WIDTH, *_lines(ctx, bill), "-" * WIDTH]
    found += [_sum(f"To be paid in {ctx.settings.currency}", bill.amount)]
    if bill.paid:
        found += [_sum("Paid so far", bill.paid), _sum("Still open", bill.balance)]
    if bill.note:
        found += ["", *(line for text in bill.note.splitlines() for line in wrapped(text, WIDTH))]
    return "\n".join(one.rstrip() for one in found) + "\n"


def receipt_text(ctx: Context, payment: Payment) -> str:
    """Return the receipt of a payment, under its number: who paid whom how much, when, how and for what."""
    came = payment.amount >= 0
    party = ctx.data.get(Party, payment.party) if payment.party else None
    person = ctx.data.get(Person, payment.person) if payment.person else None
    other = party.name if party else person.name if person else "nobody named"
    bill = ctx.data.get(Bill, payment.bill) if payment.bill else None
    what = f"{'TAKEN BACK: ' if payment.reversed_at else ''}{'Receipt' if came else 'Payment'} {payment.ref}"
    by = ctx.data.get(Person, payment.by) if payment.by else None
    facts = (
        ("Received from" if came else "Paid to", other),
        ("Amount", money(ctx, abs(payment.amount))),
        ("On", str(payment.on)),
        ("How", payment.method.label),
        ("For", _for(bill, payment)),
        ("Reference", payment.reference),
        ("Still open", money(ctx, bill.balance) if bill is not None and bill.balance else ""),
        ("Booked by", by.name if by else ""),
        ("Taken back on", f"{payment.reversed_on}: {payment.reason}" if payment.reversed_on else ""),
    )
    found = [*_head(ctx.settings.name, what), "", *_facts(*facts)]
    if came and payment.method is not Method.CREDIT:
        found += ["", "", f"{'_' * 30}", "Signature"]
    return "\n".join(one.rstrip() for one in found) + "\n"


def _for(bill: Bill | None, payment: Payment) -> str:
    if bill is None:
        return payment.text or payment.about
    return f"bill {bill.number or bill.ref} of {bill.dated}, {bill.amount:,.2f} in all"


def _lines(ctx: Context, bill: Bill) -> Iterator[str]:
    """Yield what is billed: its lines, the discount and the tax; of one without lines its sum without tax."""
    charges = ctx.data.find(Charge, bill=bill.id)
    for one in charges:
        texts = wrapped(one.text, _TEXT)
        many = f"{one.quantity.normalize():,f} x {one.price:,.2f}"
        yield _row(texts[0] if texts else "", many, f"{one.total:,.2f}")
        yield from texts[1:]
    if not charges:
        yield _sum("Without tax" if bill.tax else "Amount", bill.amount - bill.tax)
    if charges and bill.discount:
        yield _sum("Discount", -bill.discount)
    if bill.tax:
        yield _sum("Tax", bill.tax)


def _sum(words: str, amount: Decimal) -> str:
    return _row(words, "", f"{amount:,.2f}")


def _row(text: str, many: str, amount: str) -> str:
    left = text + " " * max(_TEXT - cells(text), 0)
    return f"{left} {many:>20} {amount:>14}"


def _head(name: str, what: str) -> Iterator[str]:
    yield "=" * WIDTH
    for place, text in enumerate(wrapped(name, max(WIDTH - cells(what) - 2, 20)) or [""]):
        yield text + " " * max(WIDTH - cells(text) - cells(what), 2) + what if place == 0 else text
    yield "=" * WIDTH


def _name(party: Party | None) -> str:
    return party.name if party else ""


def _address(party: Party | None) -> list[str]:
    return [_name(party), *(party.address.splitlines() if party else ())]


def _facts(*facts: tuple[str, str]) -> Iterator[str]:
    """Yield a line for each fact that has a value."""
    for label, value in facts:
        for place, text in enumerate(wrapped(value, WIDTH - 16)):
            yield f"{label if place == 0 else '':<16}{text}"
