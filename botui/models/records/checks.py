"""What must hold among documents, letters, bills, payments and the bank, whoever wrote them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from botui.models.records.bank import BankLine, Match, Stand, Statement
from botui.models.records.bank_checks import check_bank
from botui.models.records.bill import Bill, Direction, Payment
from botui.models.records.bill_checks import check_bills
from botui.models.records.book_checks import check_books
from botui.models.records.custody_checks import check_custody
from botui.models.records.document_checks import check_documents
from botui.models.records.expense_checks import check_expenses
from botui.models.records.post_checks import check_post
from botui.models.soundness import Records


def check(records: Records) -> Iterator[str]:
    """Say what does not hold: what is paid of a bill is the sum of its payments, matches come to the same sum."""
    yield from _paid(records)
    yield from check_bills(records)
    yield from _matches(records)
    yield from _open_lines(records)
    yield from check_bank(records)
    yield from check_post(records)
    yield from check_expenses(records)
    yield from check_custody(records)
    yield from check_books(records)
    yield from check_documents(records)


def _paid(records: Records) -> Iterator[str]:
    moved: defaultdict[int, Decimal] = defaultdict(Decimal)
    for payment in records.all(Payment):
        if payment.bill and not payment.reversed_at:
            moved[payment.bill] += payment.amount
    for bill in records.all(Bill):
        paid = -moved[bill.id] if bill.direction is Direction.OWE else moved[bill.id]
        if paid != bill.paid:
            yield f"{bill.ref} says {bill.paid} is paid, its payments come to {paid}"


def _matches(records: Records) -> Iterator[str]:
    lines = {one.id: one for one in records.all(BankLine)}
    payments = {one.id: one for one in records.all(Payment)}
    for match in records.all(Match):
        if match.undone_at:
            continue
        on_bank = [lines[number] for number in match.lines if number in lines]
        ours = [payments[number] for number in match.payments if number in payments]
        if any(one.match != match.id for one in on_bank) or any(one.match != match.id for one in ours):
            yield f"{match.ref} names what does not name it"
        if sum(one.amount for one in on_bank) != sum(one.amount for one in ours):
            yield f"{match.ref}: the bank and the payments do not come to the same sum"


def _open_lines(records: Records) -> Iterator[str]:
    unmatched: defaultdict[int, int] = defaultdict(int)
    for line in records.all(BankLine):
        if line.statement and line.state is Stand.UNMATCHED:
            unmatched[line.statement] += 1
    for statement in records.all(Statement):
        if statement.open != unmatched[statement.id]:
            yield f"{statement.ref} says {statement.open} lines are unmatched, there are {unmatched[statement.id]}"
