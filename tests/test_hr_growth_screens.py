"""Training, reviews, policies and safety at the real screens: by the person, by HR, by a guest, and by nobody else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from botui.actions import incidents
from botui.actions.reports import report
from botui.data import Desk
from botui.models.base import NotAllowed, Refused
from botui.models.tickets.guests import UNSEEN_MAX
from botui.screens.front import FrontScreen
from tests.kiosk import Kiosk, give_pins
from tests.offices import ADA, ANN, CLEO, HANNA, MAX, OTTO, office

pytestmark = pytest.mark.no_cover
HOSTILE = "[b]Slipped[/b] [@click=app.quit]"


@pytest.fixture
def desk(folder: Path) -> Desk:
    """Max manages IT, in which Cleo works; a course of first aid and a policy are there."""
    desk = office(folder, HANNA)
    system = desk.as_system()
    system.edit(system.get("departments", 1), {"manager": MAX})
    for number in (ANN, CLEO):
        system.edit(system.get("people", number), {"department": 1})
    give_pins(desk, CLEO, MAX, HANNA)
    desk.add("courses", {"name": "First aid", "first_aid": True, "months": 24})
    desk.add("certificates", {"person": ANN, "course": 1, "starts": date(2026, 1, 1)})
    desk.add("policies", {"name": "Clean desk", "text": "Lock it away."})
    desk.do("policies", 1, "run")
    desk.add("cycles", {"name": "Year 2026", "department": 1, "goals": "60% Speed\n40% Care"})
    return desk


async def test_a_guest_reports_an_accident_and_is_told_whom_to_call(desk: Desk, folder: Path) -> None:
    async with Kiosk.open(folder) as kiosk:
        await kiosk.press("i")
        kiosk.sees("Accident or near miss", "First aid: Ann Archer")
        await kiosk.type(f"{HOSTILE}\rEve van Dam\r")
        assert isinstance(kiosk.screen, FrontScreen)
        kiosk.says("Thank you: IN-1 is written down, HR looks into it.")
        await kiosk.press("5")
        kiosk.does_not_see("Slipped")
    desk.store.refresh()
    found = desk.get("incidents", 1)
    assert (found.what, found.caller, found.reporter) == (HOSTILE, "Eve van Dam", None)
    for person in (ANN, CLEO, ADA, MAX, OTTO, None):
        other = desk.for_person(person)
        assert not other.sees("incidents", 1)
        with pytest.raises(NotAllowed):
            other.get("incidents", 1)


def test_a_guest_does_not_flood_the_accident_book(desk: Desk) -> None:
    guest = desk.for_person(None)
    for _ in range(UNSEEN_MAX):
        incidents.report(guest, {"what": "Again", "who": "Eve"})
    with pytest.raises(Refused, match="Many things were reported here"):
        incidents.report(guest, {"what": "Again", "who": "Eve"})
    assert len(desk.numbers("incidents")) == UNSEEN_MAX
    with pytest.raises(Refused) as refused:
        incidents.report(guest, {"what": "", "who": ""})
    assert set(refused.value.fields) == {"what", "who"}
    assert not any("Again" in str(entry.header) for entry in desk.store.journal.history()), "what is said stays in HR"


async def test_a_policy_is_read_in_one_key_from_my_desk_and_hr_sees_who_has_not(desk: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="CC") as kiosk:
        await kiosk.press("0")
        kiosk.sees("Clean desk", "version 1: read it, then say so")
        await kiosk.press("g")
        kiosk.says("PP-1, version 1, is acknowledged.")
        kiosk.does_not_see("Clean desk")
        await kiosk.sign_in("HH")
        kiosk.app.open_record("policies", 1)
        await kiosk.settle()
        kiosk.sees("Read by 1, not by 7", "Has read it", "Cleo Cole", "Lock it away.")


async def test_a_review_from_the_cycle_to_the_signature(desk: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="HH") as kiosk:
        kiosk.app.open_record("cycles", 1)
        await kiosk.settle()
        await kiosk.press("b")
        kiosk.says("RC-1: 2 reviews opened.")
        kiosk.sees("Open reviews by manager", "Max Manager", "2 reviews open")
        await kiosk.sign_in("CC")
        await kiosk.press("0")
        kiosk.sees("Your review, Year 2026")
        kiosk.app.open_list("reviews", "mine")
        await kiosk.settle()
        await kiosk.press("f")
        kiosk.sees("1. Speed 60%", "2. Care 40%")
        await kiosk.type("5 4\r")
        await kiosk.press("f5")
        kiosk.says("your scores are kept; s hands it in.")
        await kiosk.press("s")
        kiosk.says("is handed in: Max Manager reads it.")
        await kiosk.sign_in("MM")
        kiosk.app.open_list("reviews", "give")
        await kiosk.settle()
        desk.store.refresh()
        review = desk.as_system().find("reviews", {"person": (CLEO,)})[0]
        kiosk.app.open_record("reviews", review.id)
        await kiosk.settle()
        kiosk.sees("with the manager", "Speed", "60%")
        await kiosk.press("f")
        await kiosk.type("3 4\r")
        await kiosk.press("f5")
        kiosk.sees("to be signed", "own 4.60; given 3.40")
        await kiosk.sign_in("CC")
        kiosk.app.open_record("reviews", review.id)
        await kiosk.settle()
        await kiosk.press("g")
        kiosk.sees("signed")
    assert desk.for_person(ANN).sees("reviews", review.id) is False


async def test_a_training_makes_certificates_and_the_page_of_the_course_tells_hr_alone(
    desk: Desk, folder: Path
) -> None:
    desk.add("trainings", {"course": 1, "start": desk.clock(), "people": ()})
    async with Kiosk.open(folder, as_="HH") as kiosk:
        kiosk.app.open_record("trainings", 1)
        await kiosk.settle()
        await kiosk.press("W")
        await kiosk.type("CC")
        await kiosk.press("f5")
        kiosk.says("TR-1: Cleo Cole is on the list.")
        await kiosk.press("k", "f5")
        kiosk.says("TR-1 is held: 1 certificate written down.")
        kiosk.app.open_record("courses", 1)
        await kiosk.settle()
        kiosk.sees("2 years", "Hold it", "Cleo Cole")
        await kiosk.sign_in("CC")
        kiosk.app.open_record("courses", 1)
        await kiosk.settle()
        kiosk.does_not_see("Hold it")
        kiosk.app.open_list("certificates", "all")
        await kiosk.settle()
        kiosk.sees("First aid")
        kiosk.does_not_see("Ann Archer")


def test_gaps_are_for_hr_and_first_aiders_for_everybody(desk: Desk) -> None:
    desk.add("courses", {"name": "Fire safety", "everyone": True})
    assert {row[3] for row in report(desk, "gaps").rows[:-1]} == {"Fire safety"}
    assert [row[0] for row in report(desk.for_person(CLEO), "firstaid").rows] == ["Ann Archer"]
    for person in (ANN, ADA, MAX, OTTO):
        with pytest.raises(NotAllowed, match="tells of all certificates: ask HR for it"):
            report(desk.for_person(person), "gaps")
