"""Whatever two people do with assets in whatever order, status agrees with hand-outs, faults, audits and the log."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from botui.data import Desk
from botui.models.base import Conflict, NotAllowed, Refused
from botui.models.equipment.asset import Asset, Fate, Status
from botui.models.soundness import problems_of
from tests.offices import ANN, BOB, CLEO, Clock, beside, office

BEAMER, LAPTOP, DISK = 1, 2, 3
THINGS = st.sampled_from([BEAMER, BEAMER, LAPTOP, DISK])
WHO = st.sampled_from([0, 0, 0, 1, 1, 2])
"""At whose terminal: mostly a clerk's."""
TO = st.sampled_from(["AA", "BB", "CC", "ROOM1", "House", "A-1", "A-2", "A-3"])
DAYS = st.sampled_from([None, 0, 1, 9])
MANY = 3
BACK = st.sampled_from([0, 0, 0, 1, 1, 2, 3, 4])
"""Which one of those that fit: the newest, the one before, or the one before that; from ``MANY`` on, fit or not."""

Act = tuple[str, dict[str, Any]]
"""A verb, and what it is told."""
AT_A_THING: list[Act] = [
    ("report", {"what": "It smells"}),
    ("report", {"what": "It blinks", "stops": False, "another": True}),
    ("give_back", {}),
    ("transfer", {"to_place": 2}),
    ("review", {"place": 1}),
    ("cost", {"amount": "12.50", "text": "Case", "minutes": 5}),
    ("pause", {"note": "recalled"}),
    ("pause", {}),
    ("lose", {"note": "stolen"}),
    ("find", {"place": 2}),
    ("retire", {"note": "sold", "even_so": True}),
]
AT_A_LOAN: list[Act] = [
    ("extend", {}),
    ("give_back", {"condition": "good", "place": 2}),
    ("give_back", {"condition": "minor", "note": "It rattles"}),
    ("give_back", {"condition": "major", "note": "It is in two"}),
]
AT_A_FAULT: list[Act] = [
    ("take", {}),
    ("assign", {"to": 2}),
    ("wait", {"waiting_for": "part"}),
    ("part", {"item": 1, "quantity": 2}),
    ("cost", {"amount": "80", "party": 1, "minutes": 30}),
    ("test", {}),
    ("resolve", {"outcome": "New lamp", "minutes": 10}),
    ("reject", {"outcome": "It works"}),
    ("reopen", {}),
    ("retire", {"why": "Too dear"}),
    ("merge", {"into": 1}),
    ("merge", {"into": 2}),
]
AT_A_TICKET: list[Act] = [("take", {}), ("resolve", {"resolution": "New lamp"}), ("reopen", {})]


class Equipment(RuleBasedStateMachine):
    """Two clerks and one of the staff at three terminals, each with their own view of one store.

    What cannot be done is refused in words and changes nothing.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = Clock()
        ann = office(self.folder, ANN, self.clock)
        self.desks = [ann, beside(ann, BOB), beside(ann, CLEO, "kiosk")]
        ann = self.desks[0].as_system()
        ann.add("categories", {"name": "Projector", "bookable": True, "loan_days": 7, "audit_months": 6})
        ann.add("assets", {"name": "Beamer", "category": 1, "home": 1, "serial": "S-1"})
        ann.add("assets", {"name": "Laptop", "home": 2, "serial": "S-2"})
        ann.add("assets", {"name": "Disk"})
        ann.add("parties", {"name": "Vendor", "kind": "supplier"})
        ann.add("items", {"name": "Lamp", "place": 1})
        ann.do("items", 1, "receive", {"quantity": 50, "price": "9.50"})

    def teardown(self) -> None:
        for desk in self.desks:
            desk.store.close()
        shutil.rmtree(self.folder)

    def do(self, who: int, collection: str, number: int, verb: str, **args: Any) -> None:
        given = {name: value for name, value in args.items() if value is not None}
        if number:
            with self.refused():
                self.desks[who].do(collection, number, verb, given)

    def newest(self, collection: str, back: int, **where: Any) -> int:
        """Return the number of one of the newest records that are so, mostly; 0 = there are not so many."""
        self.desks[0].store.refresh()
        system = self.desks[0].as_system()
        fit = system.ids(collection, {name: (value,) for name, value in where.items()}) if back < MANY else []
        return next(iter(sorted(fit or system.numbers(collection), reverse=True)[back % MANY :]), 0)

    @contextmanager
    def refused(self) -> Iterator[None]:
        """Let a refusal pass that says something; it changes nothing."""
        self.clock.forward(seconds=7)
        before = self._docs()
        try:
            yield
        except (Refused, Conflict, NotAllowed) as error:
            said = str(error)
        else:
            return
        assert said.endswith((".", "?")), said
        assert self._docs() == before

    def _docs(self) -> dict[str, dict[int, Any]]:
        journal = self.desks[0].store.journal
        self.desks[0].store.refresh()
        names = ("assets", "loans", "bookings", "faults", "tickets", "worklog", "audits", "findings", "items")
        return {name: {one: journal.get(name, one) for one in journal.ids(name)} for name in names}

    # --- assets -----------------------------------------------------------------------------------------------------

    @initialize(thing=THINGS, to=TO)
    def begin(self, thing: int, to: str) -> None:
        self.do(0, "assets", thing, "hand_out", to=to)

    @rule(who=WHO, thing=THINGS, to=TO, days=DAYS)
    def hand_out(self, who: int, thing: int, to: str, days: int | None) -> None:
        due = None if days is None else self.clock.now.date() + timedelta(days=days)
        self.do(who, "assets", thing, "hand_out", to=to, due=due)

    @rule(who=WHO, thing=THINGS, act=st.sampled_from(AT_A_THING))
    def at_a_thing(self, who: int, thing: int, act: Act) -> None:
        self.do(who, "assets", thing, act[0], **act[1])

    @rule(who=WHO, back=BACK, act=st.sampled_from(AT_A_LOAN), days=st.integers(0, 12))
    def at_a_loan(self, who: int, back: int, act: Act, days: int) -> None:
        due = {"due": self.clock.now.date() + timedelta(days=days)} if act[0] == "extend" else {}
        self.do(who, "loans", self.newest("loans", back, back_at=None), act[0], **act[1], **due)

    @rule(who=WHO, thing=THINGS, serial=st.sampled_from(["S-1", "S-2", ""]))
    def edit(self, who: int, thing: int, serial: str) -> None:
        with self.refused():
            self.desks[who].edit(self.desks[who].get("assets", thing), {"serial": serial})

    @rule(who=WHO, back=BACK, verb=st.sampled_from(["book", "hand_out", "cancel"]), hours=st.integers(0, 30))
    def bookings(self, who: int, back: int, verb: str, hours: int) -> None:
        start = self.clock.now + timedelta(hours=hours)
        if verb == "book":
            self.do(who, "assets", BEAMER, "book", start=start, end=start + timedelta(hours=1 + hours % 7))
        else:
            self.do(who, "bookings", self.newest("bookings", back, state="booked"), verb)

    @rule(who=WHO, back=BACK, act=st.sampled_from(AT_A_FAULT))
    def at_a_fault(self, who: int, back: int, act: Act) -> None:
        open_ = {} if act[0] == "reopen" else {"closed_at": None}
        self.do(who, "faults", self.newest("faults", back, **open_), act[0], **act[1])

    @rule(who=WHO, back=BACK, act=st.sampled_from(AT_A_TICKET))
    def at_a_ticket(self, who: int, back: int, act: Act) -> None:
        self.do(who, "tickets", self.newest("tickets", back), act[0], **act[1])

    # --- audits -----------------------------------------------------------------------------------------------------

    @rule(
        who=WHO, thing=THINGS, place=st.sampled_from([1, 2]), end=st.sampled_from([None, "settle", "settle", "cancel"])
    )
    def audit(self, who: int, thing: int, place: int, end: str | None) -> None:
        with self.refused():
            self.desks[who].add("audits", {"name": "All"})
        self.do(who, "audits", self.newest("audits", 0), "count", asset=thing, place=place)
        if end is not None:
            args: dict[str, Any] = {"reason": "Rain"} if end == "cancel" else {"even_so": True}
            self.do(who, "audits", self.newest("audits", 0), end, **args)

    # --- back, and time ---------------------------------------------------------------------------------------------

    @rule(who=WHO)
    def undo(self, who: int) -> None:
        desk = self.desks[who]
        if (entry := desk.undoable()) is not None:
            with self.refused():
                desk.undo(entry.digest)

    @rule(hours=st.sampled_from([1, 5, 24, 300]))
    def time_passes(self, hours: int) -> None:
        self.clock.forward(hours=hours)
        self.desks[0].tick()

    # --- what holds -------------------------------------------------------------------------------------------------

    @invariant()
    def status_agrees_on_every_desk(self) -> None:
        for desk in self.desks:
            desk.store.refresh()
            for number in (BEAMER, LAPTOP, DISK):
                assert desk.get("assets", number).status is _status(desk, desk.get("assets", number))

    @invariant()
    def check_says_nothing(self) -> None:
        assert [*problems_of(self.desks[0].store.journal)] == []


def _status(desk: Desk, asset: Asset) -> Status:
    """Return the status of an asset as what is filed of it says, without what it says of itself."""
    if asset.fate is not None:
        return {Fate.OUT: Status.OUT, Fate.LOST: Status.LOST, Fate.RETIRED: Status.RETIRED}[asset.fate]
    if any(one.is_open and one.stops for one in desk.find("faults", {"asset": (asset.id,)})):
        return Status.IN_REPAIR
    loans = desk.find("loans", {"asset": (asset.id,), "back_at": (None,)})
    assert len(loans) <= 1
    if not loans:
        return Status.READY
    assert (loans[0].person, loans[0].to_place, loans[0].to_asset) == (asset.holder, asset.at_place, asset.inside)
    return Status.ON_LOAN if loans[0].due else Status.IN_USE


TestEquipment = Equipment.TestCase
TestEquipment.settings = settings(max_examples=8, stateful_step_count=15, deadline=None)


TestForLong: Any = pytest.mark.soak(type("TestForLong", (Equipment.TestCase,), {}))
TestForLong.settings = settings(max_examples=200, stateful_step_count=50, deadline=None)
