"""The licences and subscriptions of the sample office with their seats, and who may do what in which system."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any, Final, Literal, NamedTuple

from botui.actions.sample.lists import clerks, make_party
from botui.actions.sample.year import Year
from botui.models.base import Refused
from botui.models.equipment.access import HAS, Access
from botui.models.equipment.asking import create as ask
from botui.models.equipment.licence import Licence, Period
from botui.models.equipment.licensing import create
from botui.models.office import PartyKind, Person, Role


class Contract(NamedTuple):
    """A licence or a subscription.

    Attributes:
        cost: for one period, as text; of each seat where ``each``.
        ends: days from today to its end, or to the day on which it renews; None = it never ends.
        seats: how many; 0 = as many as like. ``given``: which part of them is given.
        notice: days before that by which it must be cancelled.
        by_itself: it renews by itself.
        boss: the administrator sees to it, else somebody of the department.
    """

    name: str
    plan: str
    cost: str
    per: Period
    ends: int | None
    seats: int = 0
    given: float = 0.8
    notice: int = 0
    by_itself: bool = False
    each: bool = False
    boss: bool = False
    department: str = "IT"


CONTRACTS: Final = (
    Contract("Letters and Sheets", "Business", "11.70", Period.MONTH, 17, 60, 0.9, 0, True, each=True),
    Contract("Antivirus", "50 machines", "890.00", Period.YEAR, 25, 50, 0.8, boss=True),
    Contract("Video meetings", "Team", "1260.00", Period.YEAR, 37, 25, 0.7, 30, True, boss=True),
    Contract("Drawing program", "Single", "389.00", Period.YEAR, -12, 3, 1.0, boss=True),
    Contract("Backup service", "2 TB", "54.00", Period.MONTH, 11, 0, 0, 0, True),
    Contract("Accounting", "10 users", "2140.00", Period.YEAR, 140, 10, 0.8, 90, True, department="Finance"),
    Contract("Time records", "80 people", "96.00", Period.MONTH, 21, 80, 0.7, 30, True, department="Human resources"),
    Contract("Certificate of the web site", "", "79.00", Period.YEAR, 64, boss=True),
    Contract("Domain harbour-lane.example", "", "14.40", Period.YEAR, 203, 0, 0, 0, True),
    Contract("Care contract for the copiers", "Full", "412.00", Period.QUARTER, 58, 0, 0, 14, True),
    Contract("Route planner", "Fleet", "168.00", Period.YEAR, 290, 5, 0.4, department="Sales"),
    Contract(
        "Law texts online", "2 users", "640.00", Period.YEAR, 118, 2, 1.0, 60, True, department="Legal and records"
    ),
    Contract("Firewall updates", "5 years", "1480.00", Period.THREE_YEARS, 610),
    Contract("Picture library", "20 pictures a month", "29.00", Period.MONTH, 6, 2, 0.5, 5, True, department="Sales"),
    Contract("Server system", "For good", "1180.00", Period.ONCE, None, 2, 0.5),
)
"""What the office pays for as long as it uses it."""
_MAKERS: Final = ("Software", "Computers", "Networks")
"""Trades of those who sell it."""

SYSTEMS: Final = (
    ("Accounting", "reader", "Finance"),
    ("Accounting", "bookkeeper", "Finance"),
    ("Personnel files", "reader", "Human resources"),
    ("Server room", "door", "IT"),
    ("Shared folder Sales", "writer", "Sales"),
    ("Shared folder Sales", "reader", "Front office"),
    ("Car park", "barrier", "Front office"),
    ("Mail server", "administrator", "IT"),
    ("Archive", "door", "Legal and records"),
    ("Purchasing portal", "buyer", "Purchasing"),
)
"""System or door, as what, and the department whose people have it."""
_WHY: Final = ("new colleague", "stands in for somebody", "year end", "change of work", "")
_REGISTER: Final = 45
"""Entries of the access register, of an office of sixty people."""

_DUE: Final = 3
"""Entries that were to be looked at again by now."""
_HALF_A_YEAR: Final = timedelta(days=182)
_TRIES: Final = 9
"""How often somebody is looked for who does not have what is asked for."""

Stands = Literal["asked", "approved", "given", "due", "removed", "refused"]
_NOW: Final[tuple[Stands, ...]] = ("asked", "asked", "approved", "approved", "refused", "asked")
"""What of it is new: how far each entry is that was asked for in the last days."""


class Contracts:
    """The licences of an office, and its access register.

    Args:
        year: the days on which they are filed.
        rng: what is drawn from.
    """

    def __init__(self, year: Year, rng: Random) -> None:
        self.year, self.room, self.rng = year, year.room, rng
        self._boss = year.keepers[0]
        self._heads = [one for one in year.people if Role.MANAGER in one.roles and one.id != self._boss.id]

    def plan(self, many: int, part: float) -> None:
        """Plan so many licences, and so large a part of the register."""
        sellers = [self._seller(trade) for trade in _MAKERS] if many else []
        for place, contract in enumerate(CONTRACTS[:many]):
            self.year.on(0, partial(self._file, contract, sellers[place % len(sellers)]), 0.6)
        last, entries = self.year.last, round(_REGISTER * part) if self._heads else 0
        for place in range(entries):
            if place < len(_NOW):
                self.year.on(last - place % 3, partial(self._ask, last, _NOW[place]), 0.2)
            else:
                then: Stands = "removed" if self.rng.random() < 0.2 else "given"
                day = self.rng.randrange(1, max(last - 8, 2))
                if place < len(_NOW) + _DUE:
                    then, day = "due", self.year.day_of(self.year.date_of(last) - _HALF_A_YEAR) - 3 * place
                self.year.on(day, partial(self._ask, max(day, 1), then))

    def _seller(self, trade: str) -> int:
        return self.room.put(make_party(self.year.office, self.rng, trade, kind=PartyKind.SUPPLIER, active=True)).id

    # --- licences -----------------------------------------------------------------------------------------------

    def _file(self, contract: Contract, vendor: int, at: datetime) -> None:
        today = self.year.date_of(self.year.last)
        ends = None if contract.ends is None else today + timedelta(days=contract.ends)
        departments = [one for one in self.year.office.departments if one.name == contract.department]
        seers = clerks(self.year.office, departments[0].id if departments else None) or self.year.keepers
        values: dict[str, Any] = {
            "name": contract.name,
            "vendor": vendor,
            "plan": contract.plan,
            "seats": contract.seats or None,
            "cost": contract.cost,
            "per": contract.per,
            "per_seat": contract.each,
            "started_on": today - timedelta(days=900),
            "renews_on": ends,
            "notice_days": contract.notice,
            "auto_renew": contract.by_itself,
            "owner": self._boss.id if contract.boss else self.rng.choice(seers).id,
            "department": departments[0].id if departments else None,
            "codes": (f"C-{self.rng.randrange(10_000, 100_000)}",),
        }
        licence = Licence.model_validate({**values, "id": self.room.new_id(Licence)})
        self.room.let(at, self._boss, lambda ctx: create(ctx, licence))
        takers = min(round(contract.seats * contract.given), len(self.year.people))
        for place, person in enumerate(self.rng.sample(self.year.people, takers)):
            day = 0 if place < takers * 0.7 else self.rng.randrange(1, max(self.year.last, 2))
            self.year.on(day, partial(self._seat, licence.id, person), 0.8 if day == 0 else None)
        if takers > 3:
            day = self.rng.randrange(1, max(self.year.last, 2))
            self.year.on(day, partial(self._seat_back, licence.id))

    def _seat(self, number: int, person: Person, at: datetime) -> None:
        # all of them may be given
        with suppress(Refused):
            self.room.verb(at, self._boss, self.room.at(Licence, number), "hand_out", person=person.id)

    def _seat_back(self, number: int, at: datetime) -> None:
        """Take somebody's seat back, who works on something else."""
        licence = self.room.at(Licence, number)
        person = self.rng.choice(self.year.people)
        # they may have none
        with suppress(Refused):
            self.room.verb(at, self._boss, licence, "give_back", person=person.id)

    # --- the access register ------------------------------------------------------------------------------------

    def _ask(self, day: int, then: Stands, at: datetime) -> None:
        """Let somebody ask for access that they do not have, and plan what becomes of that."""
        number = next((found for _ in range(_TRIES) if (found := self._asked(at))), 0)
        if number and then != "asked":
            self.year.on(day, partial(self._decide, number, day, then), 0.5)

    def _asked(self, at: datetime) -> int:
        """Return the number of what somebody asks for; 0 = they have it, or would approve it themselves."""
        system, level, department = self.rng.choice(SYSTEMS)
        number = next((one.id for one in self.year.office.departments if one.name == department), None)
        there = [one for one in self.year.people if one.department == number] or self.year.people
        person, approver = self.rng.choice(there), self.rng.choice(self._heads)
        values: dict[str, Any] = {"system": system, "level": level, "why": self.rng.choice(_WHY)}
        if self.rng.random() < 0.15:
            values["until"] = self.year.today(at) + timedelta(days=self.rng.randrange(100, 500))
        asked = {**values, "id": self.room.new_id(Access), "person": person.id, "approver": approver.id}
        access = Access.model_validate(asked)
        with suppress(Refused):
            self.room.let(at, person, lambda ctx: ask(ctx, access))
            return access.id
        return 0

    def _decide(self, number: int, day: int, then: Stands, at: datetime) -> None:
        access = self.room.at(Access, number)
        approver = self.room.at(Person, access.approver or 0)
        if then == "refused":
            self.room.verb(at, approver, access, "refuse", reason="Not needed for that work.")
            return
        self.room.verb(at, approver, access, "approve")
        if then in ("given", "due", "removed"):
            days = 182 if then == "due" else self.rng.choice((182, 365, 365))
            review = self.year.today(at) + timedelta(days=days)
            self.year.on(day + 1, partial(self._give, number, day + 1, then, review))

    def _give(self, number: int, day: int, then: Stands, review: date, at: datetime) -> None:
        access = self.room.at(Access, number)
        review = min(review, access.until) if access.until else review
        self.room.verb(at, self._other(access), access, "hand_out", review_on=review)
        if then == "removed":
            later = day + self.rng.randrange(5, 120)
            self.year.on(later, partial(self._take, number))
        elif then != "due":
            self.year.on(self.year.day_of(review), partial(self._look, number))

    def _take(self, number: int, at: datetime) -> None:
        access = self.room.at(Access, number)
        if access.state in HAS:
            self.room.verb(at, self._other(access), access, "give_back", reason="other work")

    def _look(self, number: int, at: datetime) -> None:
        access = self.room.at(Access, number)
        # nobody looks at their own
        with suppress(Refused):
            if access.state in HAS:
                self.room.verb(at, self._other(access), access, "review")

    def _other(self, access: Access) -> Person:
        """Return who sees to an entry: somebody whose it is not, where there is one."""
        return next((one for one in self.year.keepers if one.id != access.person), self._boss)
