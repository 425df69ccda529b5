"""The bank of the sample office: a statement a month, whose lines are explained; the last one is still open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import Final

from botui.actions.sample.records import category
from botui.actions.sample.year import Year
from botui.models import calendar
from botui.models.base import Change
from botui.models.office import Context, Party
from botui.models.records import bank_accounts, bank_matching
from botui.models.records.bank import Account, BankLine, Proof, Stand, Statement
from botui.models.records.bank_lines import Said, told
from botui.models.records.bank_open import proposals
from botui.models.records.bank_proof import why_not_proved
from botui.models.records.bank_taking import File, take_in
from botui.models.records.bill import Bill, Direction, Payment
from botui.models.records.bill import State as BillState

_OPENING: Final = Decimal("180000.00")
_FEE: Final = Decimal("-9.90")
_LAG: Final = 2
"""Days after which the bank shows a payment at most."""
_LATELY: Final = (("Novo Direkt GmbH", "Order 88231", -4990), ("Parking Deck Mitte", "Card 4711", -1850))
"""What stood on the bank lately and nobody knows yet: whose, what for, cents."""


def begin(year: Year, rng: Random, share: float) -> None:
    """Plan the account of the office, which is there from the first day on.

    Args:
        year: the days.
        rng: what is drawn from.
        share: how large the sample is, of the usual one.
    """
    bank = _Bank(year, rng)
    year.on(0, bank.begin, 0.01)


def play(year: Year, rng: Random, share: float) -> None:
    """Plan a statement for each month, when the next one begins.

    Args:
        year: the days.
        rng: what is drawn from.
        share: how large the sample is, of the usual one.
    """
    bank = _Bank(year, rng)
    first = year.date_of(0)
    month = calendar.month_end(first)
    while (day := year.day_of(month + timedelta(days=1))) <= year.last:
        year.on(day, partial(bank.month, month), 0.2)
        month = calendar.month_end(month + timedelta(days=1))
    year.on(year.last, bank.lately, 0.1)


class _Bank:
    """What the bank tells of the office's account."""

    def __init__(self, year: Year, rng: Random) -> None:
        self._year, self._room, self._rng = year, year.room, rng
        self._shown: set[int] = set()

    def begin(self, at: datetime) -> None:
        """File the account."""
        day = self._year.today(at) - timedelta(days=1)
        account = Account(
            id=self._room.new_id(Account),
            name="Main account",
            number="DE02 1203 0000 0000 2020 51",
            opening=_OPENING,
            opened_on=day,
        )
        self._room.let(at, self._year.keepers[0], partial(_filed, account))

    def month(self, until: date, at: datetime) -> None:
        """Take in the statement of a month, explain its lines and prove it."""
        lines = [*self._paid(until), self._said(until, _FEE, "Our bank", "Account fee")]
        self._take(at, lines, until)
        self._explain(at)
        for one in self._room.all(Statement):
            if one.state is Proof.OPEN and why_not_proved(self._room.context(at, None), one) is None:
                self._room.verb(at, self._year.keepers[0], one, "close")

    def lately(self, at: datetime) -> None:
        """Take in what the bank shows of this month; nobody has explained it yet."""
        today = self._year.today(at)
        lines = [*self._paid(today)]
        lines += [self._said(today, Decimal(cents) / 100, name, text) for name, text, cents in _LATELY]
        lines += self._from_customers(today)
        self._take(at, lines, today)

    # --- what the bank shows ------------------------------------------------------------------------------------

    def _paid(self, until: date) -> Iterator[Said]:
        """Yield what was paid through the account and comes by a day."""
        for one in self._room.all(Payment):
            if one.id in self._shown or one.reversed_at or one.account is None or one.on > until:
                continue
            on = one.on + timedelta(days=self._rng.randint(0, _LAG))
            if on <= until:
                self._shown.add(one.id)
                bill = self._room.get(Bill, one.bill) if one.bill else None
                party = self._room.get(Party, one.party) if one.party else None
                text = one.reference or (bill.number or bill.ref if bill else one.text or one.ref)
                yield self._said(on, one.amount, party.name if party else "", text)

    def _from_customers(self, today: date) -> Iterator[Said]:
        """Yield what two customers paid of which nobody here has noted anything: one says what for."""
        sent = [one for one in self._room.all(Bill) if one.state is BillState.SENT and one.amount > 0]
        owed = [one for one in sent if one.direction is Direction.OWED and not one.paid]
        for place, bill in enumerate(owed[-2:]):
            party = self._room.get(Party, bill.party)
            text = bill.number or bill.ref if place else "Thank you"
            yield self._said(today, bill.balance, party.name if party else "", text)

    def _said(self, on: date, amount: Decimal, name: str, text: str) -> Said:
        return Said(where="the file", on=on, amount=amount, name=name, text=text)

    # --- what is done with it -----------------------------------------------------------------------------------

    def _take(self, at: datetime, lines: list[Said], until: date) -> None:
        statements = self._room.all(Statement)
        opening = statements[-1].closing if statements else _OPENING
        since = statements[-1].until if statements else date.min
        # what came late stands on the next statement, on its first day
        later = since + timedelta(days=1) if statements else since
        known = [one if one.on > since else _moved(one, min(later, until)) for one in lines if one.amount]
        if not known:
            return
        known.sort(key=lambda one: one.on)
        file = File(told=told(known, opening), name=f"statement-{until:%Y-%m}.csv", digest=f"{until:%Y%m%d}".zfill(64))

        def taken(ctx: Context) -> Change:
            return take_in(ctx, self._room.all(Account)[0], file).change

        self._room.let(at, self._year.keepers[0], taken)

    def _explain(self, at: datetime) -> None:
        """Accept what is proposed, and post the rest: fees."""
        ctx, keeper = self._room.context(at, self._year.keepers[0]), self._year.keepers[0]
        if found := proposals(ctx):
            self._room.let(at, keeper, lambda now: bank_matching.accept(now, found))
        fees = category(self._year, "Bank charges")
        for line in self._room.all(BankLine):
            if line.state is Stand.UNMATCHED:
                self._room.verb(at, keeper, line, "post", category=fees)


def _filed(account: Account, ctx: Context) -> Change:
    return bank_accounts.create(ctx, account)


def _moved(one: Said, on: date) -> Said:
    return Said(where=one.where, on=on, amount=one.amount, name=one.name, text=one.text)
