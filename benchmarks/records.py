"""What is paid and what the bank tells, by the desk with all its rules, beside the very same rows written by SQLite."""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from benchmarks.beside import Beside, compared
from benchmarks.offices import Sizes, sample, utc_now
from benchmarks.stores import add_copies
from benchmarks.table import Row
from botui.actions.bank_statements import StatementJob, take_statement
from botui.data import Desk
from botui.models.base import Change
from botui.models.office import Context, Party, Person, Role
from botui.models.records.bank import Account
from botui.storage import Journal

_FIRST = date(2020, 1, 1)
"""The day of all that is there already."""
_LINES = 200
"""Lines of a statement."""
_AT_HAND = ("bills", "payments", "accounts", "statements", "bank")
_PAID, _STATEMENT = "a bill paid", f"a statement of {_LINES} lines taken in"


class Office:
    """An office with so many bills that are paid, as many payments, and as many lines of the bank.

    Attributes:
        beside: what was done, and how long it took.
    """

    def __init__(self, folder: Path, many: int, unpaid: int) -> None:
        desk, self._bills = _begin(folder, many, unpaid)
        self.beside = Beside(desk, folder, _AT_HAND)
        self._account, self._folder, self._day = max(desk.numbers("accounts")), folder, _FIRST

    def pay(self) -> None:
        """Pay one of the bills that are open."""
        bill = self._bills.pop()
        self.beside.timed(_PAID, lambda: self.beside.desk.do("bills", bill, "pay", {"account": self._account}))

    def take_in(self) -> None:
        """Take in a statement of a day of which the bank told nothing yet."""
        self._day += timedelta(days=1)
        job = _statement(self._folder, self._account, self._day, _LINES)
        self.beside.timed(_STATEMENT, lambda: take_statement(self.beside.desk, job))


def _begin(folder: Path, many: int, unpaid: int) -> tuple[Desk, list[int]]:
    """Return the desk of a clerk of such an office, and the bills that are not paid."""
    system = Desk.open(sample(folder, min(many, 600)), None, "bench", utc_now).as_system()
    system.apply(_clerk_and_account)
    clerk, party, account = (max(system.numbers(name)) for name in ("people", "parties", "accounts"))
    desk = system.for_person(clerk)
    desk.add("bills", {"party": party, "number": "1", "amount": Decimal(20), "dated": _FIRST})
    bill = max(desk.numbers("bills"))
    desk.do("bills", bill, "check")
    take_statement(desk, _statement(folder, account, _FIRST, 1))
    not_paid = desk.store.journal.raw("bills", bill) or b""
    desk.do("bills", bill, "pay", {"account": account})
    desk.store.close()
    with closing(Journal(folder / "office.json", compact_at=sys.maxsize)) as journal:
        for name in ("bills", "payments", "bank"):
            add_copies(journal, name, [data for _, data in journal.items(name)][-1:], many - 1)
        add_copies(journal, "bills", [not_paid], unpaid)
        journal.compact()
    desk = Desk.open(folder, clerk, "bench", utc_now)
    return desk, desk.numbers("bills")[-unpaid:]


def _clerk_and_account(ctx: Context) -> Change:
    clerk = Person(id=ctx.data.new_id(Person), name="Clerk of the money", roles=(Role.STAFF, Role.CLERK))
    account = Account(id=ctx.data.new_id(Account), name="Account of the office")
    return Change("office.begin").add(clerk).add(account).add(Party(id=ctx.data.new_id(Party), name="Meyer"))


def _statement(folder: Path, account: int, day: date, lines: int) -> StatementJob:
    """Return a file of a bank with so many lines of one day, to be taken in."""
    file = folder / f"{day}.csv"
    rows = "".join(f"{day},-{one}.25,Meyer {one},Order {one}\n" for one in range(1, lines + 1))
    file.write_text(f"Date,Amount,Name,Text\n{rows}")
    return StatementJob(account=account, file=file, closing=Decimal(0))


def measure(sizes: Sizes, folder: Path) -> list[Row]:
    """Measure what is done most with money, where there is little of it and where there is much."""
    few, many = (Office(folder / f"records{much}", much, sizes.writes) for much in (sizes.few_written, sizes.many))
    for _ in range(sizes.writes):
        for office in (few, many):
            office.pay()
    for _ in range(sizes.repeats):
        for office in (few, many):
            office.take_in()
    for office in (few, many):
        office.beside.close()
    return compared(few.beside, many.beside, (sizes.few_written, sizes.many), "bills")
