"""Rows of another system's leave balances: how much of a type somebody has on a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from botui.actions.imports.bank_amounts import Amounts
from botui.actions.imports.columns import Words, split
from botui.actions.imports.directory import Directory
from botui.actions.imports.rows import Cells
from botui.actions.imports.taking import Reader, Taker
from botui.models.base import Change, Record, Refused, clean
from botui.models.hr.leave import LeaveEntry, LeaveType, Why
from botui.models.hr.leave_booking import open_account
from botui.models.hr.leave_ledger import Ledger
from botui.models.hr.person_file import PersonFile
from botui.models.office import Context

BALANCES: Final[Words] = {
    "person": split(
        "person,employee,employee name,employee id,employee number,employee no,staff,staff id,staff number,name,"
        "full name,user,user id,email,e mail"
    ),
    "type": split("type,leave type,type of leave,leave,absence type,policy,leave policy,category,time off type"),
    "amount": split(
        "balance,leave balance,opening balance,available,available days,available balance,remaining,remaining days,"
        "days left,days remaining,hours left,closing balance,current balance,total available,amount,days,hours"
    ),
    "on": split("on,as of,as of date,date,balance date,from,effective date,valid from"),
}
"""The words of the exports of Frappe HR, Horilla, OrangeHRM and BambooHR, and of the spreadsheets that offices keep."""
_MOST: Final = 9999
"""Days or hours in one account."""
_UNIT: Final = re.compile(r"(?<=[0-9 ])(?:d|h|days?|hours?|hrs?)\.?$", re.IGNORECASE)
"""What may stand behind the figure: the type says in what it is counted."""


class Accounts:
    """The ledger of the rows that become one change."""

    ledger: Ledger


@dataclass(frozen=True, slots=True)
class BalanceTaker(Taker):
    """Takes rows as opening balances.

    Attributes:
        amounts: reads their figures, which may be below zero.
        accounts: where the present rows are booked.
    """

    directory: Directory
    reader: Reader
    amounts: Amounts
    accounts: Accounts

    def begin(self, ctx: Context, change: Change) -> None:
        """Open the ledger of some rows."""
        self.accounts.ledger = Ledger(ctx, change)

    def finish(self) -> None:
        """Write what was booked, with what follows from it."""
        self.accounts.ledger.close()

    def take(self, ctx: Context, cells: Cells, number: int, key: str, old: Record | None) -> Change | None:
        """Book what is missing to the balance that a row says; None = it is that already.

        Raises:
            Refused, NotAllowed, ValueError: the row says no balance that can be, in words; nothing was booked.
        """
        person, kind = self._person(ctx, cells.word("person")), self._type(ctx, cells.word("type"))
        amount = self.amounts.read(_UNIT.sub("", cells.word("amount")).strip(), "Balance")
        if amount is None:
            raise Refused("it does not say how much")
        if abs(amount) > _MOST:
            raise Refused("nobody has so much leave")
        day = self.reader.day(cells.word("on")) or ctx.today
        if day > ctx.today:
            raise Refused("its day has not come")
        entry = LeaveEntry(person=person, type=kind.id, amount=amount, on=day, why=Why.OPENING)
        booked = open_account(ctx, self.accounts.ledger, entry, number=number)
        return Change("leavebook.import") if booked else None

    def _person(self, ctx: Context, word: str) -> int:
        if not word:
            raise Refused("it does not say who")
        files = ctx.data.find(PersonFile, number=clean(word))
        number = files[0].person if len(files) == 1 else self.directory.known_person(word)
        if number is None:
            raise Refused(f"there is no '{clean(word)[:60]}' among people: import the people first")
        if number == ctx.by:
            raise Refused("nobody writes in their own leave book: a colleague of HR imports it")
        return number

    def _type(self, ctx: Context, word: str) -> LeaveType:
        wanted = clean(word)
        kinds = ctx.data.find(LeaveType, active=True)
        if not wanted:
            usual = [one for one in kinds if one.counted and one.allowance]
            if len(usual) == 1:
                return usual[0]
            raise Refused("it does not say of which type")
        found = [one for one in kinds if one.name.casefold() == wanted.casefold()]
        if not found:
            raise Refused(f"there is no '{wanted[:60]}' among types of leave: make it first, or say it in a map file")
        if not found[0].counted:
            raise Refused(f"{found[0].name} has no balance")
        return found[0]
