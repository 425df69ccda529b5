"""What follows in the books from bills, payments and lines of the bank.

The books are derived and never kept: each record says by itself what it comes to, and the legs of every transaction
come to nothing. Money on its way to or from a bank account stands under way until a line of the bank shows it, so that
the account itself says what its statements say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from botui.models.records.bank import Account, BankLine, Proof, Stand, Statement
from botui.models.records.bill import Bill, Charge, Direction, is_booked
from botui.models.records.naming import LEFT_OUT, OPENING, TAX_BACK, TAX_DUE, TRANSFERS, UNMATCHED, Names
from botui.models.records.posted import Posted, opposite, posted
from botui.models.records.posted import Proof as Proved

_CENT: Final = Decimal("0.01")

# --- bills ------------------------------------------------------------------------------------------------------------


def of_bill(names: Names, bill: Bill, charges: Sequence[Charge], *, tax_back: bool) -> Iterator[Posted]:
    """Give what a bill comes to: what it is for, by category, against what is owed.

    Args:
        names: of accounts.
        bill: the bill.
        charges: its lines.
        tax_back: the office claims back the tax in what it owes; else that is part of the cost.
    """
    if not (is_booked(bill) or bill.voided_on):
        return
    ours = bill.direction is Direction.OWE
    tax = bill.tax if tax_back or not ours else Decimal(0)
    root, sign = ("expenses", 1) if ours else ("income", -1)
    parts = spread(bill.amount - tax, [one.total for one in charges])
    legs = [
        (names.category(one.category or bill.category, root), sign * part)
        for one, part in zip(charges, parts, strict=True)
    ]
    if not legs:
        legs.append((names.category(bill.category, root), sign * (bill.amount - tax)))
    legs.append((TAX_BACK if ours else TAX_DUE, sign * tax))
    legs.append((names.owing(bill.direction, bill.party), -sign * bill.amount))
    word = "Credit note" if bill.amount < 0 else "Bill"
    text, who = f"{word} {bill.number or bill.ref}", names.party(bill.party)
    if one := posted(bill.dated or names.day(bill.created_at), bill.ref, text, legs, who):
        yield one
        if bill.voided_on:
            yield opposite(one, bill.voided_on, "is void")


def spread(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Return an amount in parts as large as the weights say, to the cent, whose sum it is.

    Where the weights come to the amount they are the parts; where they come to nothing, the first takes all.
    """
    whole, passed, given = sum(weights, Decimal(0)), Decimal(0), Decimal(0)
    parts = []
    for place, weight in enumerate(weights):
        passed += weight
        share = passed / whole if whole else Decimal(1)
        upto = amount if place == len(weights) - 1 else (amount * share).quantize(_CENT, ROUND_HALF_UP)
        parts.append(upto - given)
        given = upto
    return parts


# --- the bank ---------------------------------------------------------------------------------------------------------


def of_account(names: Names, account: Account, first: date | None) -> Iterator[Posted]:
    """Give what a bank account began with.

    Args:
        names: of accounts.
        account: the account.
        first: the first day on which something is known of it.
    """
    on = account.opened_on or first
    legs = [(names.bank(account.id), account.opening), (OPENING, -account.opening)]
    if on is not None and (one := posted(on, account.ref, "Opening balance", legs)):
        yield one


def of_line(names: Names, line: BankLine, *, between: bool) -> Iterator[Posted]:
    """Give what a line of the bank comes to: what was under way has come, or it went to a category.

    Args:
        names: of accounts.
        line: the line.
        between: it is matched with other lines alone: the money went from one account of the office to another.
    """
    root = "income" if line.amount > 0 else "expenses"
    other = {
        Stand.UNMATCHED: UNMATCHED,
        Stand.MATCHED: TRANSFERS if between else names.under_way(line.account),
        Stand.POSTED: names.category(line.category, root),
        Stand.SKIPPED: LEFT_OUT,
    }[line.state]
    legs = [(names.bank(line.account), line.amount), (other, -line.amount)]
    if one := posted(line.on, line.ref, line.text or line.reference, legs, line.name):
        yield one


def of_statement(names: Names, statement: Statement) -> Iterator[Posted]:
    """Give the balance that a proved statement says its account has at its end."""
    if statement.state is Proof.PROVED:
        proof = Proved(names.bank(statement.account), statement.closing)
        text = f"Balance of statement {statement.number}".strip()
        yield Posted(statement.until, statement.ref, text, proof=proof)
