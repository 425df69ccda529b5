"""The bills of the sample office: what it orders and hires, what its customers owe, and how all of it is paid."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any, Final

from botui.actions.sample.lists import make_party
from botui.actions.sample.records import category
from botui.actions.sample.year import Year
from botui.models.base import Change, Record, Refused
from botui.models.equipment.asset import Asset, Status
from botui.models.office import Context, Party, PartyKind, Person
from botui.models.records import bill_lines, billing, recurring_bills
from botui.models.records.agreeing import net
from botui.models.records.bill import DUE, Bill, Charge, Direction, State
from botui.models.records.standing import Standing
from botui.models.supplies import Order

_RENTS: Final = (
    ("Rent of the office", "property", "monthly on 1", "1850.00", "295.38", "Rent", 3),
    ("Cleaning", "cleaning", "monthly on 15", "420.00", "67.06", "Cleaning", 14),
    ("Telephone and internet", "telecoms", "every 3 months on 10", "357.00", "57.00", "Telephone and internet", 10),
    ("Copier, service contract", "copiers", "every 3 months on 20", "178.50", "28.50", "Repairs and maintenance", 14),
)
"""What comes again and again: what for, the trade, when, amount, tax, category, days to pay."""
_ONCE: Final = (
    ("energy", "Electricity, heating, water", 180, 620),
    ("training", "Training", 90, 480),
    ("printing", "Advertising", 60, 390),
    ("legal advice", "Advice, tax and legal", 150, 900),
    ("courier", "Postage", 20, 120),
    ("repairs", "Repairs and maintenance", 45, 380),
)
"""What comes now and then: the trade, the category, and between which amounts."""
_SOLD: Final = ("Advice, half a day", "Room hire, one day", "Catalogue work", "Translation", "Survey", "Workshop")
_TAX: Final = Decimal("0.19")
_CENT: Final = Decimal("0.01")
_FORGOTTEN: Final = 25
"""Working days before the present in which a customer's bill was due that nobody paid."""
_OPEN_DAYS: Final = 30
"""Days before the present in which some bills are still being worked on."""


def play(year: Year, rng: Random, share: float) -> None:
    """Plan the bills of a year.

    Args:
        year: the days.
        rng: what is drawn from.
        share: how large the sample is, of the usual one.
    """
    Bills(year, rng).plan(share)


class Bills:
    """A year of bills of both sorts."""

    def __init__(self, year: Year, rng: Random) -> None:
        self.year, self.room, self.rng = year, year.room, rng
        self._number = 4_100
        self._forgotten = 0
        # a small office has no manager: its administrator says yes to what a clerk took in
        self._approver = year.manager or (year.keepers[0] if len(year.keepers) > 1 else None)
        self._clerks = [one for one in year.keepers if one is not self._approver]
        self._sellers: list[tuple[Party, str, int, int]] = []
        self._customers: list[Party] = []

    def plan(self, share: float) -> None:
        """Plan what comes again, what comes now and then, what is sold, and the bills of orders."""
        self.year.on(0, self._begin, 0.01)
        for day in range(2, self.year.last + 1, 3):
            self.year.on(day, self._recurring, 0.02)
            self.year.on(day, self._of_orders, 0.6)
        for count, how in ((36, self._once), (44, self._sell)):
            many = round(count * share)
            for place in range(many):
                day = round((place + self.rng.random()) * self.year.last / max(many, 1))
                self.year.on(day, partial(how, day), 0.4)
        self.year.on(self.year.last - 1, self._left_open, 0.7)

    def _begin(self, at: datetime) -> None:
        """File who is paid and who pays, and what comes again."""
        keeper = self.year.keepers[0]
        for name, trade, rule, amount, tax, sort, days in _RENTS:
            values: dict[str, Any] = {
                "name": name,
                "party": self._firm(trade).id,
                "rule": rule,
                "amount": amount,
                "tax": tax,
                "days": days,
                "category": category(self.year, sort),
            }
            one = Standing.model_validate({**values, "id": self.room.new_id(Standing)})
            self.room.let(at, keeper, partial(_new, recurring_bills.create, one))
        self._sellers = [(self._firm(trade), sort, low, high) for trade, sort, low, high in _ONCE]
        self._customers = [self._firm("", PartyKind.CUSTOMER) for _ in range(6)]

    def _firm(self, trade: str, kind: PartyKind = PartyKind.SUPPLIER) -> Party:
        terms = self.rng.choice(("14 days", "30 days", "2 % within 10 days, 30 days net"))
        made = make_party(self.year.office, self.rng, trade, kind=kind, active=True, terms=terms)
        return self.room.put(made)

    # --- what we owe ----------------------------------------------------------------------------------------------

    def _recurring(self, at: datetime) -> None:
        """File what came again since the last look, and see to it."""
        while (change := next(recurring_bills.due(self.room.context(at, None)), None)) is not None:
            self.room.apply(change)
            for collection, number in change.puts:
                if collection == Bill.COLLECTION:
                    self._see_to(at, number)

    def _of_orders(self, at: datetime) -> None:
        """Take in the bills of orders on which somebody noted what was billed."""
        for order in self.room.all(Order):
            billed = sum((net(one) for one in self.room.find(Bill, order=order.id)), Decimal(0))
            if order.bills and order.billed_amount > billed:
                more = order.billed_amount - billed
                self._take_in(at, order.supplier, more, "Office supplies", number=order.bills[-1], order=order.id)

    def _once(self, day: int, at: datetime) -> None:
        """Take in what comes now and then; a repair is the cost of something."""
        party, sort, low, high = self.rng.choice(self._sellers)
        about = ""
        if sort == "Repairs and maintenance":
            used = [one.ref for one in self.room.all(Asset) if one.status is Status.IN_USE][:40]
            about = self.rng.choice(used) if used else ""
        worth = Decimal(self.rng.randrange(low * 100, high * 100)) / 100
        self._take_in(at, party.id, worth, sort, about=about)

    def _take_in(self, at: datetime, party: int, worth: Decimal, sort: str, **values: Any) -> None:
        tax = (worth * _TAX).quantize(_CENT)
        self._number += self.rng.randrange(3, 60)
        filled: dict[str, Any] = {
            "party": party,
            "number": f"RE-{self._number}",
            "dated": self.year.today(at) - timedelta(days=self.rng.randrange(1, 4)),
            "amount": worth + tax,
            "tax": tax,
            "category": category(self.year, sort),
        }
        with suppress(Refused):
            self._see_to(at, self._file(at, {**filled, **values}).id)

    def _file(self, at: datetime, values: dict[str, Any]) -> Bill:
        bill = Bill.model_validate({**values, "id": self.room.new_id(Bill)})
        self.room.let(at, self.rng.choice(self._clerks), partial(_new, billing.create, bill))
        return self.room.at(Bill, bill.id)

    def _see_to(self, at: datetime, number: int) -> None:
        """Plan what becomes of a bill that came: checked soon, approved the day after, paid when it is due."""
        day = self.year.day_of(self.year.today(at))
        check = day + self.rng.randrange(0, 4)
        self.year.on(check, partial(self._check, number), 0.5)
        self.year.on(check + 1, partial(self._approve, number), 0.4)
        bill = self.room.at(Bill, number)
        due = self.year.day_of(bill.due or self.year.today(at))
        late = self.rng.choice((-2, -1, -1, 0, 0, 3))
        self.year.on(max(due + late, check + 2), partial(self._pay, number), 0.7)

    def _check(self, number: int, at: datetime) -> None:
        approver, bill = self._approver, self.room.at(Bill, number)
        with suppress(Refused):
            to = approver.id if approver else None
            self.room.verb(at, self.rng.choice(self._clerks), bill, "check", to=to, reason="as agreed")

    def _approve(self, number: int, at: datetime) -> None:
        bill = self.room.at(Bill, number)
        if bill.state is State.CHECKED and bill.approver is not None:
            with suppress(Refused):
                self.room.verb(at, self.room.at(Person, bill.approver), bill, "approve")

    def _pay(self, number: int, at: datetime) -> None:
        bill = self.room.at(Bill, number)
        if bill.state in DUE and bill.balance > 0:
            with suppress(Refused):
                self.room.verb(at, self.year.keeper(), bill, "pay")

    # --- what is owed to us -----------------------------------------------------------------------------------------

    def _sell(self, day: int, at: datetime) -> None:
        """Write a bill to a customer and send it; most pay when it is due, some late, some in two parts."""
        by = self.year.keeper()
        worth = [Decimal(self.rng.randrange(80, 900)) for _ in range(self.rng.randrange(1, 4))]
        values: dict[str, Any] = {
            "direction": Direction.OWED,
            "party": self.rng.choice(self._customers).id,
            "dated": self.year.today(at),
            "tax": (sum(worth, Decimal(0)) * _TAX).quantize(_CENT),
            "amount": Decimal(0),
            "category": category(self.year, "Sales"),
        }
        with suppress(Refused):
            bill = self._file(at, values)
            for price, text in zip(worth, self.rng.sample(_SOLD, len(worth)), strict=True):
                charge = Charge(id=self.room.new_id(Charge), bill=bill.id, text=text, price=price)
                self.room.let(at, by, partial(_new, bill_lines.create_line, charge))
            if day < self.year.last - 1:
                self.room.verb(at, by, self.room.at(Bill, bill.id), "send")
                self._is_paid(bill.id)

    def _is_paid(self, number: int) -> None:
        bill = self.room.at(Bill, number)
        due = self.year.day_of(bill.due or self.year.date_of(self.year.last))
        if not self._forgotten and self.year.last - _FORGOTTEN < due < self.year.last:
            self._forgotten = number
            return
        late = self.rng.choice((-4, -1, 0, 0, 2, 12, 25))
        if self.rng.random() < 0.15:
            half = (bill.amount / 2).quantize(_CENT)
            self.year.on(due - 3, partial(self._part, number, half), 0.5)
        self.year.on(due + late, partial(self._pay, number), 0.3)

    def _part(self, number: int, half: Decimal, at: datetime) -> None:
        with suppress(Refused):
            self.room.verb(at, self.year.keeper(), self.room.at(Bill, number), "pay", amount=half)

    # --- what is open now -------------------------------------------------------------------------------------------

    def _left_open(self, at: datetime) -> None:
        """Leave something of each sort: a credit note, one that is disputed, one above the limit, two of the day."""
        since = self.year.today(at) - timedelta(days=_OPEN_DAYS)
        recent = [
            one
            for one in self.room.all(Bill)
            if one.state is State.APPROVED and (one.dated or since) > since and not one.order
        ]
        for bill in recent[:1]:
            self.room.verb(at, self.year.keeper(), bill, "dispute", reason="Two hours were not worked.")
        for (party, sort, _, _), worth in zip(self._sellers, ("6480.00", "96.40", "-60.00"), strict=False):
            self._number += 7
            values: dict[str, Any] = {
                "party": party.id,
                "number": f"RE-{self._number}",
                "amount": worth,
                "category": category(self.year, sort),
            }
            with suppress(Refused):
                bill = self._file(at, values)
                if bill.amount > 1000:
                    self._check(bill.id, at)


def _new(rule: Callable[[Context, Any], Change], record: Record, ctx: Context) -> Change:
    """File a record as its rule does."""
    return rule(ctx, record)
