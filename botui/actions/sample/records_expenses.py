"""What people of the sample office laid out and got back, its petty cash, and its cheques."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any, Final

from botui.actions.sample.records import category
from botui.actions.sample.year import Year
from botui.models.base import Record, Refused
from botui.models.office import Party, PartyKind, Person
from botui.models.records import cash_moving, cheque_filing, expense_filing
from botui.models.records.bank import Account
from botui.models.records.cashbox import Box
from botui.models.records.chart import Category
from botui.models.records.cheque import Cheque
from botui.models.records.expense import Expense, Outlay
from botui.models.records.expense import State as ClaimState

_CLAIMS: Final = 40
"""Claims in a year of the usual office."""
_OUT: Final = 110
"""Vouchers that a full box pays out in a year."""
_CHEQUES: Final = 8
"""Cheques in a year: few still write any."""
_FLOAT: Final = Decimal(150)
_MEALS: Final = ("Meals and guests", Decimal(60))
"""The category with a limit, and how much one line of it may be."""
_LAID_OUT: Final = (
    ("Taxi to the station", "Travel", 900, 3200),
    ("Train ticket", "Travel", 1800, 14000),
    ("Parking at the customer's", "Travel", 300, 1800),
    ("Lunch with a customer", "Meals and guests", 2400, 7800),
    ("Coffee with an applicant", "Meals and guests", 700, 1600),
    ("Cable for the meeting room", "Small equipment", 1200, 3900),
    ("Book on tax law", "Training", 2900, 8900),
    ("Batteries", "Office supplies", 500, 1900),
)
"""What people lay out: what for, under which category, and from how many cents to how many."""
_REASONS: Final = ("Visit to a customer", "Trade fair", "Office errands", "Course", "Interviews")
"""What a claim as a whole is for."""
_PETTY: Final = (
    ("Stamps", "Postage", 370, 2500),
    ("Milk and coffee", "Other costs", 450, 1900),
    ("Flowers for a birthday", "Other costs", 1500, 3200),
    ("Parcel to a customer", "Postage", 590, 1890),
    ("Keys copied", "Repairs and maintenance", 800, 2400),
    ("Light bulbs", "Office supplies", 600, 1700),
)
"""What petty cash pays, in the same way."""


def play(year: Year, rng: Random, share: float) -> None:
    """Plan a year of claims, petty cash and cheques.

    Args:
        year: the days.
        rng: what is drawn from.
        share: how large the sample is, of the usual one.
    """
    money = _Money(year, rng)
    year.on(0, money.begin, 0.05)
    for _ in range(round(_OUT * share)):
        year.on(rng.randrange(1, year.last + 1), money.pay_out, rng.random())
    for month in range(1, 13):
        year.on(round(year.last * month / 12) - 3, partial(money.count, month % 4 == 0), 0.8)
    if year.manager is not None:
        for _ in range(round(_CLAIMS * share)):
            year.on(rng.randrange(1, year.last - 12), money.claim, rng.random())
        for ago, steps in ((9, 3), (6, 2), (4, 2), (2, 1), (1, 1), (1, 0)):
            year.on(year.last - ago, partial(money.claim, steps=steps), rng.random())
        year.on(year.last - 2, partial(money.claim, person=year.keepers[0], steps=0), rng.random())
    for _ in range(round(_CHEQUES * share)):
        year.on(rng.randrange(1, max(year.last - 15, 2)), partial(money.cheque, 3), rng.random())
    for ago, steps in ((year.last - 60, 0), (30, 4), (3, 1), (1, 0)):
        year.on(max(year.last - ago, 1), partial(money.cheque, steps), rng.random())


class _Money:
    """Claims, a cash box and cheques of a year that is being played."""

    def __init__(self, year: Year, rng: Random) -> None:
        self._year, self._room, self._rng = year, year.room, rng
        self._clerks = year.keepers
        self._number = 4100

    def begin(self, at: datetime) -> None:
        """Begin the cash box, fill it, and set a limit."""
        meals = self._room.at(Category, category(self._year, _MEALS[0]))
        self._room.put(meals.model_copy(update={"limit": _MEALS[1]}))
        values = {"name": "Petty cash", "imprest": _FLOAT, "most": Decimal(40), "keeper": self._clerks[0].id}
        box = Box.model_validate({**values, "id": self._room.new_id(Box)})
        self._room.let(at, self._clerks[0], lambda ctx: cash_moving.create(ctx, box))
        self._fill(at)

    # --- petty cash -----------------------------------------------------------------------------------------------

    def pay_out(self, at: datetime) -> None:
        """Pay something small, and fill the box up when little is left."""
        what, name, least, most = self._rng.choice(_PETTY)
        number, cents = category(self._year, name), self._rng.randrange(least, most, 5)
        values = {"amount": Decimal(cents) / 100, "what": what, "category": number}
        self._verb(at, self._clerk(), self._box(), "pay", **values, person=self._rng.choice(self._year.people).id)
        if self._box().balance < _FLOAT / 4:
            self._fill(at)

    def count(self, short: bool, at: datetime) -> None:
        """Let two count what is in the box; now and then a coin is missing."""
        counted = self._box().balance - (Decimal("0.20") if short else 0)
        for person in self._clerks[:2]:
            self._verb(at, person, self._box(), "count", amount=counted)

    def _fill(self, at: datetime) -> None:
        self._verb(at, self._clerks[0], self._box(), "receive", account=self._account())

    def _box(self) -> Box:
        return self._room.all(Box)[0]

    def _account(self) -> int | None:
        return next((one.id for one in self._room.all(Account) if one.active), None)

    # --- claims -----------------------------------------------------------------------------------------------------

    def claim(self, at: datetime, person: Person | None = None, steps: int = 3) -> None:
        """Let somebody claim what they laid out.

        Args:
            at: when.
            person: who; None = anybody.
            steps: how far it comes: 0 = written, 1 = submitted, 2 = approved, 3 = paid.
        """
        who = person or self._rng.choice([one for one in self._year.people if one != self._year.manager])
        trip = self._rng.choice(_REASONS)
        values: dict[str, Any] = {"what": trip, "id": self._room.new_id(Expense)}
        claim = Expense.model_validate(values)
        self._room.let(at, who, partial(expense_filing.create, expense=claim))
        for what, name, least, most in self._rng.sample(_LAID_OUT, self._rng.choice((1, 1, 2, 3))):
            amount = Decimal(self._rng.randrange(least, most, 10)) / 100
            why = "there were four of us" if name == _MEALS[0] and amount > _MEALS[1] else ""
            on = self._year.today(at) - timedelta(days=self._rng.randrange(5))
            values = {"expense": claim.id, "amount": amount, "what": what, "on": on, "why": why}
            values |= {"category": category(self._year, name), "id": self._room.new_id(Outlay)}
            line = Outlay.model_validate(values)
            self._room.let(at, who, partial(expense_filing.create_line, outlay=line))
        self._on_its_way(self._room.at(Expense, claim.id), who, steps, at)

    def _on_its_way(self, claim: Expense, who: Person, steps: int, at: datetime) -> None:
        """Submit a claim, and plan that it is approved and paid."""
        manager, day = self._year.manager, self._year.day_of(self._year.today(at))
        if steps < 1 or manager is None:
            return
        self._verb(at, who, claim, "submit", to=manager.id)
        if steps > 1:
            self._year.on(day + self._rng.randrange(1, 3), partial(self._approve, claim), self._rng.random())
        if steps > 2:
            self._year.on(day + self._rng.randrange(4, 8), partial(self._pay, claim), self._rng.random())

    def _approve(self, claim: Expense, at: datetime) -> None:
        assert self._year.manager is not None
        self._verb(at, self._year.manager, claim, "approve")

    def _pay(self, claim: Expense, at: datetime) -> None:
        now = self._room.at(Expense, claim.id)
        if now.state is not ClaimState.APPROVED:
            return
        account = self._account()
        where = {"account": account} if account else {"box": self._box().id}
        self._verb(at, self._clerk(), claim, "pay", **where)

    # --- cheques ----------------------------------------------------------------------------------------------------

    def cheque(self, steps: int, at: datetime) -> None:
        """Let a customer's cheque come in.

        Args:
            steps: how far it comes: 0 = in hand, 1 = banked, 3 = cleared, 4 = returned.
            at: when.
        """
        customers = [one for one in self._room.all(Party) if one.kind in (PartyKind.CUSTOMER, PartyKind.BOTH)]
        if not customers or self._account() is None:
            return
        self._number += self._rng.randrange(1, 60)
        values = {
            "number": f"{self._number:06}",
            "party": self._rng.choice(customers).id,
            "amount": Decimal(self._rng.randrange(4000, 90000, 10)) / 100,
            "category": self._income(),
            "dated": self._year.today(at),
            "id": self._room.new_id(Cheque),
        }
        cheque = Cheque.model_validate(values)
        self._room.let(at, self._clerk(), partial(cheque_filing.create, cheque=cheque))
        day = self._year.day_of(self._year.today(at))
        if steps:
            self._year.on(day + 1, partial(self._step, cheque, "bank", {"account": self._account()}), 0.6)
        if steps == 3:
            self._year.on(day + 6, partial(self._step, cheque, "clear", {}), 0.9)
        if steps == 4:
            self._year.on(day + 5, partial(self._step, cheque, "bounce", {"reason": "not covered"}), 0.4)

    def _income(self) -> int:
        return category(self._year, "Other income")

    def _step(self, cheque: Cheque, verb: str, values: dict[str, Any], at: datetime) -> None:
        self._verb(at, self._clerk(), cheque, verb, **values)

    def _clerk(self) -> Person:
        return self._rng.choice(self._clerks)

    def _verb(self, at: datetime, by: Person, record: Record, name: str, **values: Any) -> None:
        # the box may be empty, or the bank may have shown it before
        with suppress(Refused):
            self._room.verb(at, by, record, name, **values)
