"""From the first day to the last at the real screens: each does their part where they always do it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from botui.actions.ticking import HAS_BADGE, tick
from botui.data import Desk
from botui.models.base import Change, NotAllowed
from botui.models.equipment.asset import Asset, Category
from botui.models.equipment.licence import Licence
from botui.models.records.expense import Expense, State
from botui.screens.hr_leaving import sections
from tests.kiosk import Kiosk, give_pins
from tests.offices import ADA, ANN, BOB, CLEO, HANNA, MAX, Clock, office

FIRST_DAYS = """\
0 clerk: Laptop handed out (asset)
0 clerk: House key handed out (key)
0 clerk: Seat of the mail program given (seat)
0 clerk: Accounts set up (access)
0 admin: Badge given (badge)
0 person: PIN chosen (pin)"""
LAST_DAYS = "0 clerk: All is back (returned)\n0 admin: Accounts and seats closed (closed)\n0 HR: Talk, optional"


@pytest.fixture
def desk(folder: Path) -> Desk:
    """The desk of HR in an office where Cleo begins, whose manager is Max."""
    desk = office(folder, ANN, Clock())
    desk.for_person(ADA).edit(desk.get("departments", 1), {"manager": MAX})
    desk.for_person(ADA).edit(desk.get("people", CLEO), {"department": 1})
    desk.as_system().apply(_things)
    hanna = desk.for_person(HANNA)
    hanna.add("checklists", {"name": "First days", "kind": "onboarding", "steps": FIRST_DAYS})
    hanna.add("checklists", {"name": "Last days", "kind": "offboarding", "steps": LAST_DAYS})
    hanna.add("person_files", {"person": CLEO, "starts": "2026-11-23"})
    return hanna


def _things(_: Any) -> Change:
    change = Change("assets.begin").add(Category(id=1, name="Keys"))
    change.add(Asset(id=1, tag="A-1", name="Laptop")).add(Asset(id=2, tag="A-2", name="House key", category=1))
    return change.add(Licence(id=1, name="Mail program", seats=3))


async def open_ref(kiosk: Kiosk, ref: str) -> None:
    """Open a record from anywhere."""
    await kiosk.press("f2")
    await kiosk.type(f"{ref}\r")


async def test_a_starter_and_a_leaver_from_the_first_step_to_the_last(folder: Path, desk: Desk) -> None:
    give_pins(desk, HANNA, ANN, MAX)
    async with Kiosk.open(folder, as_="HH") as kiosk:
        await open_ref(kiosk, "PF-1")
        await kiosk.press("b")
        kiosk.says("OK: HR-1 is there for Cleo Cole; its first step is due today.")
        await _prepared(kiosk, desk)
        await kiosk.sign_in("HH")
        await open_ref(kiosk, "HR-1")
        kiosk.sees("[x] HS-1", "[x] HS-2", "[x] HS-3", "[x] HS-4", "[x] HS-5", "[x] HS-6", "c closes it")
        await kiosk.press("c")
        assert _fresh(desk, "person_files", 1).status == "active"
        await _said_to_leave(kiosk, desk)
        await _settled(kiosk, desk)
        await kiosk.sign_in("HH")
        await open_ref(kiosk, "HR-2")
        kiosk.sees("Nothing keeps them", "The desk", "PIN, 1 badge")
        await kiosk.press("c")
        kiosk.says("OK: HR-2 is closed: the desk is closed to them.")
        await kiosk.press("u", "y")
        kiosk.sees("reopen it (p)")
    assert _fresh(desk, "person_files", 1).status == "left"
    assert not desk.get("people", CLEO).active
    assert desk.secrets.badge_owner("BADGE-CLEO") is None
    assert not desk.secrets.has_pin(CLEO)
    with pytest.raises(NotAllowed):
        desk.for_person(CLEO).get("tickets", 1)


def _fresh(desk: Desk, collection: str, number: int) -> Any:
    desk.store.refresh()
    return desk.get(collection, number)


async def _prepared(kiosk: Kiosk, desk: Desk) -> None:
    """Cleo is given what she needs, where it is always given; she chooses her PIN and takes a ticket."""
    desk.for_person(CLEO).add("access", {"system": "Payroll", "approver": MAX})
    desk.for_person(MAX, confirmed=True).do("access", 1, "approve")
    await kiosk.sign_in("AA")
    for ref in ("A-1", "LI-1"):
        await open_ref(kiosk, ref)
        await kiosk.press("T")
        await kiosk.type("CC")
        await kiosk.press("f5")
    ann = desk.for_person(ANN)
    ann.do("assets", 2, "hand_out", {"to": "CC"})
    ann.do("access", 1, "hand_out")
    desk.secrets.add_badge(CLEO, "BADGE-CLEO")
    tick(desk.for_person(ADA), CLEO, HAS_BADGE)
    desk.store.refresh()
    await kiosk.press("f10")
    await kiosk.type("CC\r2580\r2580\r")
    ann.add("tickets", {"subject": "Printer is slow"})
    ann.do("tickets", 1, "assign", {"to": CLEO})


async def _said_to_leave(kiosk: Kiosk, desk: Desk) -> None:
    """HR enters the last day; the page says what is still to come back, and the end is refused."""
    await open_ref(kiosk, "PF-1")
    await kiosk.press("G")
    await kiosk.type("today")
    await kiosk.press("f5")
    kiosk.says("OK: PF-1: last day today; HR-2 says what to do; 4 things to settle.")
    kiosk.app.open_list("person_files", "leaving")
    await kiosk.settle()
    kiosk.sees("leaving 23.11.2026")
    await open_ref(kiosk, "HR-2")
    kiosk.sees("Still held (4)", "LO-1", "take it back (R)", "T-1")
    await kiosk.press("pagedown")
    kiosk.sees("Ends with it (1)", "AC-1", "PIN, 1 badge")
    await kiosk.press("c")
    kiosk.sees("to be done first")
    await open_ref(kiosk, "PF-1")
    await kiosk.press("h")
    await kiosk.type("MM")
    await kiosk.press("f5")
    assert _fresh(desk.for_person(ANN), "tickets", 1).owner == MAX


async def _settled(kiosk: Kiosk, desk: Desk) -> None:
    """A clerk takes back what is out: from the task that is on the clerk's own desk."""
    await kiosk.sign_in("AA")
    await open_ref(kiosk, "LO-1")
    await kiosk.press("R", "f5")
    await open_ref(kiosk, "SE-1")
    await kiosk.press("R")
    ann = desk.for_person(ANN)
    ann.do("loans", 2, "give_back", {})
    ann.do("access", 1, "give_back", {})
    assert [_fresh(desk, "steps", number).state for number in (7, 8)] == ["done", "done"]


def test_what_keeps_somebody_is_for_hr_and_themselves_and_what_a_clerk_sees_anyway_for_a_clerk(desk: Desk) -> None:
    desk.for_person(ADA).edit(desk.get("people", BOB), {"department": 1})
    desk.as_system().apply(_claimed)
    desk.for_person(ANN).do("assets", 1, "hand_out", {"to": "CC"})
    desk.do("person_files", 1, "resign", {"day": "2026-11-30"})
    desk.store.refresh()
    task = desk.get("tasks", 1)
    shown = {who: str(sections(desk.for_person(who), task)) for who in (HANNA, CLEO, ANN, BOB)}
    assert "E-1" in shown[HANNA]
    assert "E-1" in shown[CLEO]
    assert "LO-1" in shown[ANN]
    assert "claim" not in shown[BOB]


def test_the_night_after_the_last_day_takes_pin_and_badge_and_the_day_itself_does_not(desk: Desk) -> None:
    clock = desk.clock
    assert isinstance(clock, Clock)
    give_pins(desk, CLEO)
    desk.secrets.add_badge(CLEO, "BADGE-CLEO")
    desk.do("person_files", 1, "resign", {"day": "2026-11-23"})
    desk.tick()
    assert desk.secrets.has_pin(CLEO)
    clock.forward(days=1)
    assert "Cleo Cole: the desk is closed to them." in desk.tick()
    assert not desk.secrets.has_pin(CLEO)
    assert desk.secrets.badge_owner("BADGE-CLEO") is None
    assert _fresh(desk, "person_files", 1).status == "leaving"
    assert "people.badge" in {event.action for event in desk.history("people", CLEO)}


def test_pin_and_badge_that_a_killed_process_left_are_taken_away_by_the_clock(desk: Desk) -> None:
    give_pins(desk, CLEO, ANN)
    desk.secrets.add_badge(CLEO, "BADGE-CLEO")
    gone = Change("people.edit").set(desk.get("people", CLEO), active=False)
    desk.store.commit(lambda _: gone, {})  # and nothing after it, as where the machine stops here
    assert desk.secrets.has_pin(CLEO)
    desk.tick()
    assert not desk.secrets.has_pin(CLEO)
    assert desk.secrets.badge_owner("BADGE-CLEO") is None
    assert desk.secrets.has_pin(ANN)
    assert {"people.badge", "people.pin"} <= {event.action for event in desk.history("people", CLEO)}


def _claimed(_: Any) -> Change:
    claim = Expense(id=1, what="Trip", person=CLEO, approver=MAX, state=State.SUBMITTED, amount=Decimal(5), lines=1)
    return Change("expenses.add").add(claim)
