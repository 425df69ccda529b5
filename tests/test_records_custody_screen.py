"""Paper by scan and a disposal run at the real screen: out, asked back, returned; listed, held, approved, destroyed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from botui.data import Desk
from botui.models.records.document import State
from botui.screens.frame import DeskScreen
from tests.kiosk import PIN, Clock, Kiosk, give_pins
from tests.offices import ANN, BOB, CLEO, HANNA, MAX, office
from tests.test_conformance_screens import check_bindings
from tests.test_equipment_audit_screen import rush

pytestmark = pytest.mark.no_cover
ROOM = 2


def archive(folder: Path, clock: Clock) -> Desk:
    """An office with five bills in a box, whose class lets them go, and badges of three people."""
    desk = office(folder, ANN, clock)
    desk.add("retention", {"name": "Bills", "years": 7, "trigger": "fiscal-year"})
    for number in range(1, 6):
        values = {
            "title": f"Bill {number}",
            "dated": f"2018-05-0{number}",
            "schedule": 1,
            "place": ROOM,
            "shelf": "Box 7",
        }
        desk.add("documents", values)
    desk.as_system().edit(desk.get("departments", 1), {"manager": MAX})
    desk.as_system().edit(desk.get("people", ANN), {"department": 1})
    give_pins(desk, ANN, BOB, CLEO, MAX)
    for person, code in ((ANN, "BADGE-ANN"), (BOB, "BADGE-BOB"), (CLEO, "BADGE-CLEO")):
        desk.secrets.add_badge(person, code)
    return desk


def holders(desk: Desk, *numbers: int) -> list[int | None]:
    desk.store.refresh()
    return [desk.get("documents", number).holder for number in numbers]


def states(desk: Desk) -> list[State]:
    desk.store.refresh()
    return [desk.get("documents", number).state for number in range(1, 6)]


def is_private(kiosk: Kiosk) -> bool:
    assert isinstance(kiosk.screen, DeskScreen)
    return kiosk.screen.is_private()


async def test_paper_is_handed_out_asked_back_and_returned_by_scan(folder: Path, clock: Clock) -> None:
    desk = archive(folder, clock)
    async with Kiosk.open(folder, as_="AA", clock=clock) as kiosk:
        await kiosk.press("4", "T")
        kiosk.sees("Hand out paper by scan", "Scan who gets it", "To: nobody yet")
        await check_bindings(kiosk)
        await rush(kiosk, "BADGE-CLEO", "D-1", "D-2", "no-such-code")
        kiosk.says("This is no paper and nobody's badge").sees("To: Cleo Cole", "due back Mon 7 Dec")
        await rush(kiosk, "BADGE-BOB", "D-3", "D-1")
        kiosk.says("Cleo Cole has it: take it back first (R)").sees("To: Bob Baker")
        assert holders(desk, 1, 2, 3) == [CLEO, CLEO, BOB]
        await kiosk.press("f9", "y")  # the last that was booked
        kiosk.says("Undone").sees("no more: it was taken back, or undone")
        assert states(desk)[:3] == [State.OUT, State.OUT, State.FILED]

        await kiosk.press("escape")
        await kiosk.scan("D-1")
        kiosk.sees("Who has it: Cleo Cole")
        await kiosk.press("w")
        await kiosk.type("\tthe auditor")
        await kiosk.press("f5")
        kiosk.says("Cleo Cole is asked to bring D-1 back by tomorrow.").sees("asked back")
        await kiosk.sign_in("cc")
        await kiosk.press("0")
        kiosk.sees("Paper D-1", "Ann Archer asks it back")

        await kiosk.sign_in("aa")
        clock.forward(days=3)
        kiosk.app.open_list("documents", "overdue")
        await kiosk.settle()
        kiosk.sees("2 days late", "late: Cleo Cole")
        await kiosk.press("4", "R")
        kiosk.sees("Take paper back by scan")
        await rush(kiosk, "D-1", "D-4", "D-2")
        kiosk.sees("D-1", "2 days late: put it in Room 1, Box 7", "It is filed").says("D-2 is back: put it in Room 1")
        assert states(desk)[:2] == [State.FILED, State.FILED]
        await kiosk.press("escape")
        kiosk.app.open_list("custody", "all")
        await kiosk.settle()
        kiosk.sees("D-1", "Bill 1", "Cleo Cole", "back")


async def test_a_badge_after_a_label_hands_that_paper_out_until_a_day(folder: Path, clock: Clock) -> None:
    desk = archive(folder, clock)
    async with Kiosk.open(folder, as_="AA", clock=clock) as kiosk:
        await kiosk.scan("D-4")
        await kiosk.scan("BADGE-CLEO")
        kiosk.sees("Cleo Cole was scanned", "Hand the paper out to Cleo Cole", "Change to Cleo Cole")
        await kiosk.press("1")
        kiosk.says("D-4 is handed out to Cleo Cole")
        await kiosk.press("d")
        await kiosk.type("yesterday")
        await kiosk.press("f5")
        kiosk.sees("That day has passed.")
        await kiosk.press("ctrl+u")
        await kiosk.type("+3d")
        await kiosk.press("f5")
        kiosk.sees("Due back: Thu 26 Nov")
        await kiosk.scan("D-5")
        kiosk.says("due back Thu 26 Nov")
        await kiosk.press("escape")
        await kiosk.press("f3")
        await kiosk.press("4", "T")
        await kiosk.scan("D-3")
        kiosk.says("D-3: scan who gets it; F types it.").sees("Waiting: D-3")
        await kiosk.press("F")
        await kiosk.type("bb")
        await kiosk.press("f5")
        assert holders(desk, 3, 4, 5) == [BOB, CLEO, CLEO]
        await kiosk.sign_in("cc")
        await kiosk.press("4", "T")
        kiosk.says("This is for a clerk to do.")


async def test_a_disposal_run_with_one_hold(folder: Path, clock: Clock) -> None:
    desk = archive(folder, clock)
    desk.do("documents", 5, "hand_out", {"to": CLEO})
    desk.tick()
    async with Kiosk.open(folder, as_="AA", clock=clock) as kiosk:
        kiosk.app.open_list("disposals", "open")
        await kiosk.settle()
        await kiosk.press("n", "f5")
        kiosk.says("DS-1: 4 documents put on it; Max Manager is asked to approve it.")
        await kiosk.scan("D-2")
        await kiosk.press("h")
        await kiosk.type("lawsuit Meyer")
        await kiosk.press("f5")
        kiosk.says("D-2 is on hold: lawsuit Meyer.").sees("on hold: lawsuit Meyer")
        await kiosk.press("G")
        kiosk.says("It is on hold: lawsuit Meyer")

        await kiosk.sign_in("mm")
        await kiosk.press("0")
        kiosk.sees("3 documents to destroy")
        await kiosk.scan("DS-1")
        kiosk.sees("To be destroyed: 3 documents", "Left the list: 1", "D-2", "on hold: lawsuit Meyer")
        clock.forward(minutes=3)
        await kiosk.press("V")
        await kiosk.type(f"{PIN}\r")
        await kiosk.until(lambda: "is approved" in kiosk.glass())
        assert states(desk) == [State.APPROVED, State.FILED, State.APPROVED, State.APPROVED, State.OUT]

        await kiosk.sign_in("aa")
        await kiosk.scan("DS-1")
        await kiosk.press("X", "f5")
        kiosk.says("3 documents destroyed: DS-1 is the certificate.")
        await kiosk.press("q")
        kiosk.sees("CERTIFICATE OF DISPOSAL", "Max Manager", "Bill 1")
        await kiosk.press("end")
        kiosk.sees("Not destroyed:", "D-2: on hold: lawsuit Meyer")
        await kiosk.press("escape", "u")
        kiosk.says("what is destroyed cannot be brought back")
        assert states(desk) == [State.DESTROYED, State.FILED, State.DESTROYED, State.DESTROYED, State.OUT]
        assert desk.get("documents", 1).destroyed_at == clock.now


async def test_a_page_with_a_closed_paper_is_for_one_pair_of_eyes(folder: Path, clock: Clock) -> None:
    desk = archive(folder, clock)
    desk.for_person(HANNA).add("documents", {"title": "Warning", "schedule": 1, "dated": "2018-01-01", "privacy": "hr"})
    desk.tick()
    desk.for_person(HANNA).add("disposals", {"approver": MAX})
    async with Kiosk.open(folder, as_="HH", clock=clock) as kiosk:
        await kiosk.scan("DS-1")
        kiosk.sees("Warning")
        assert is_private(kiosk)
        await kiosk.press("4", "R")
        assert not is_private(kiosk)
        await kiosk.scan("D-6")
        kiosk.sees("D-6", "Warning")
        assert is_private(kiosk)
    async with Kiosk.open(folder, as_="AA", clock=clock) as kiosk:
        await kiosk.scan("DS-1")
        kiosk.sees("of which 1 are not open to you").does_not_see("Warning")
        assert not is_private(kiosk)
        await kiosk.press("q")
        kiosk.sees("(not open to all)").does_not_see("Warning")


async def test_a_contract_says_first_what_is_to_be_done_by_when_and_opens_its_paper(folder: Path, clock: Clock) -> None:
    desk = archive(folder, clock)
    desk.add("parties", {"name": "Harbour Estates"})
    desk.add(
        "contracts",
        {
            "name": "Rent of the house",
            "sort": "lease",
            "party": 1,
            "cost": "1200",
            "per": "month",
            "renews_on": date(2027, 1, 31),
            "notice_days": 30,
            "auto_renew": True,
            "owner": ANN,
            "document": 1,
        },
    )
    desk.tick()
    async with Kiosk.open(folder, as_="AA", clock=clock) as kiosk:
        await kiosk.press("0")
        kiosk.sees("Rent of the house", "renews by itself Sun 31 Jan")
        kiosk.app.open_list("contracts", "ending")
        await kiosk.settle()
        kiosk.sees("Rent of the house", "1,200.00/month", "Sun 31 Jan")
        await kiosk.press("enter")
        kiosk.sees(
            "renews by itself Sun 31 Jan for 12 months",
            "Harbour Estates",
            "Cancel by",
            "1,200.00 EUR every month",
            "D-1; Room 1, Box 7",
        )
        await kiosk.press("g")
        kiosk.says("Rent of the house: seen")
        await kiosk.press("C")
        await kiosk.type("we move")
        await kiosk.press("f5")
        kiosk.says("is cancelled; it holds until Sun 31 Jan").sees("holds until")
        await kiosk.press("v", "1")
        kiosk.sees("Bill 1", "Box 7")
