"""Why the bank says another balance than our books: each difference by itself, and together to the cent.

The balance of the bank is what its statements say, never a sum of ours; that of the books is what we noted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from botui.models.office import Context
from botui.models.records.bank import Account, BankLine, Stand, Statement
from botui.models.records.bank_proof import gap, in_order, misfit
from botui.models.records.bill import Payment

_NOTHING: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the bank has and the books have not (above zero: the bank has more), or the other way round.

    Attributes:
        what: in words; ``ref``: the record that it is.
    """

    what: str
    ref: str
    on: date
    amount: Decimal
    text: str = ""


@dataclass(frozen=True, slots=True)
class Differences:
    """What an account comes to at the end of a day, at the bank and in our books, and why.

    Attributes:
        bank: what its statements say; ``books``: what we noted.
        found: what explains it: ``bank - books`` to the cent.
    """

    on: date
    bank: Decimal
    books: Decimal
    found: tuple[Difference, ...]

    @property
    def total(self) -> Decimal:
        """By how much the bank is above the books."""
        return self.bank - self.books


@dataclass(slots=True)
class _Held:
    """What is kept of one account.

    Attributes:
        paid: the matches that payments are in.
    """

    account: Account
    statements: Sequence[Statement]
    lines: Sequence[BankLine]
    payments: Sequence[Payment]
    of_statement: defaultdict[int, list[BankLine]] = field(default_factory=lambda: defaultdict(list))
    paid: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        for line in self.lines:
            self.of_statement[line.statement or 0].append(line)
        self.paid = frozenset(one.match for one in self.payments if one.match)


def differences(ctx: Context, account: Account, on: date | None = None) -> Differences:
    """Return what an account comes to at the bank and in the books, and each difference.

    Args:
        ctx: what may be known.
        account: which.
        on: at the end of which day; None = of the last day of its last statement, or today.
    """
    statements = in_order(ctx.data.find(Statement, account=account.id))
    on = on or (statements[-1].until if statements else ctx.today)
    begun = [one for one in statements if (one.since or one.until) <= on]
    lines, payments = ctx.data.find(BankLine, account=account.id), ctx.data.find(Payment, account=account.id)
    return explain(account, begun, lines, payments, on)


def explain(
    account: Account,
    statements: Sequence[Statement],
    lines: Sequence[BankLine],
    payments: Sequence[Payment],
    on: date,
) -> Differences:
    """Return the same of records that are at hand.

    Args:
        account: which.
        statements: its statements that begin on that day at the latest, the first first.
        lines: all its lines.
        payments: all payments that go through it.
        on: at the end of which day.
    """
    held = _Held(account, statements, lines, payments)
    found = [*_unproved(held, on), *_at_bank(held, on), *_in_books(held, on), *_between(held, on)]
    found.sort(key=lambda one: (one.on, one.ref))
    return Differences(on, _bank(held, on), _books(held, on), tuple(found))


def _bank(held: _Held, on: date) -> Decimal:
    """Return what the bank says: the last closing balance, and from there the lines of a statement that goes on."""
    balance = held.account.opening
    for one in held.statements:
        if one.until <= on:
            balance = one.closing
        else:
            balance = one.opening + _sum(line for line in held.of_statement[one.id] if line.on <= on)
    return balance


def _books(held: _Held, on: date) -> Decimal:
    """Return what we noted: payments as of their days, and lines that are explained without a payment."""
    paid = _sum(one for one in held.payments if _is_booked(one, on))
    moved = (one for one in held.lines if one.on <= on and _stands_alone(one, held))
    return held.account.opening + paid + _sum(moved)


def _is_booked(payment: Payment, on: date) -> bool:
    return payment.on <= on and (payment.reversed_at is None or (payment.reversed_on or payment.on) > on)


def _stands_alone(line: BankLine, held: _Held) -> bool:
    """Return whether a line is in the books as itself: posted, or a transfer, for which no payment was noted."""
    return line.state is Stand.POSTED or (line.state is Stand.MATCHED and line.match not in held.paid)


def _sum(found: Iterable[BankLine | Payment]) -> Decimal:
    return sum((one.amount for one in found), _NOTHING)


# --- why --------------------------------------------------------------------------------------------------------------


def _unproved(held: _Held, on: date) -> Iterator[Difference]:
    """Yield where statements do not connect, or do not come to their balances."""
    earlier: Statement | None = None
    for one in held.statements:
        if off := gap(held.account, earlier, one):
            yield Difference("a statement lacks between", one.ref, one.since or one.until, off)
        if one.until <= on and (off := misfit(one, held.of_statement[one.id])):
            yield Difference("its lines do not come to its balance", one.ref, one.until, off)
        earlier = one


def _at_bank(held: _Held, on: date) -> Iterator[Difference]:
    """Yield the lines that are in no books."""
    for one in held.lines:
        if one.on <= on and one.state in (Stand.UNMATCHED, Stand.SKIPPED):
            what = "at the bank, not explained" if one.state is Stand.UNMATCHED else "at the bank, left out"
            yield Difference(what, one.ref, one.on, one.amount, one.note or one.name or one.text)


def _in_books(held: _Held, on: date) -> Iterator[Difference]:
    """Yield the payments that the bank has not shown."""
    for one in held.payments:
        if one.match is None and _is_booked(one, on):
            yield Difference("noted, not shown by the bank", one.ref, one.on, -one.amount, one.reference or one.about)


def _between(held: _Held, on: date) -> Iterator[Difference]:
    """Yield what the bank shows before that day and we noted after it, or the other way round."""
    lines: defaultdict[int, list[BankLine]] = defaultdict(list)
    for line in held.lines:
        if line.state is Stand.MATCHED and line.match:
            lines[line.match].append(line)
    payments: defaultdict[int, list[Payment]] = defaultdict(list)
    for payment in held.payments:
        if payment.match:
            payments[payment.match].append(payment)
    for number, ours in payments.items():
        yield from _of_match(lines.get(number, []), ours, on)


def _of_match(lines: Sequence[BankLine], payments: Sequence[Payment], on: date) -> Iterator[Difference]:
    shown, noted = _sum(one for one in lines if one.on <= on), _sum(one for one in payments if _is_booked(one, on))
    if off := shown - noted:
        what = "shown by the bank, noted later" if shown else "noted, shown by the bank later"
        first = payments[0]
        yield Difference(what, first.ref, first.on, off, first.reference or first.about)
