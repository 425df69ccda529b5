"""Recruitment and cases at the real screens: a candidate from CV to first day; who sees what of a grievance."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from botui.data import Desk
from botui.models.base import Change, NotAllowed
from botui.models.records.document import Document
from tests.kiosk import Clock, Kiosk, give_pins
from tests.offices import ADA, ANN, BOB, CLEO, FRED, HANNA, MAX, OTTO, office
from tests.test_conformance_screens import check_bindings

pytestmark = pytest.mark.no_cover


def hr_office(folder: Path, clock: Clock) -> Desk:
    """An office at HR's desk, with a CV in the inbox of the scanner and a manager who wants somebody."""
    desk = office(folder, HANNA, clock)
    desk.as_system().apply(lambda _: Change("documents.begin").add(Document(id=1, title="CV of Eve Early")))
    give_pins(desk, ANN, BOB, CLEO, HANNA, MAX)
    return desk


def hidden(desk: Desk, person: int, collection: str, number: int) -> bool:
    """Return whether somebody neither opens a record nor has it in a list."""
    desk.store.refresh()
    other = desk.for_person(person)
    try:
        other.get(collection, number)
    except NotAllowed:
        return other.may(collection, "read") is not None or number not in other.ids(collection, {})
    return False


async def test_a_candidate_from_cv_to_first_day(folder: Path, clock: Clock) -> None:
    desk = hr_office(folder, clock)
    async with Kiosk.open(folder, as_="HH", clock=clock) as kiosk:
        kiosk.app.open_list("openings", "open")
        await kiosk.settle()
        kiosk.sees("Nobody is looked for: n says who is wanted.")
        await kiosk.press("n")
        await kiosk.type("Front desk\r")
        kiosk.says("OP-1 is open for 1 person.")
        desk.store.refresh()
        desk.tick()  # brings HR's usual letter templates
        desk.edit(desk.get("openings", 1), {"manager": MAX, "starts": date(2026, 12, 1)})
        await kiosk.press("enter", "n")
        kiosk.sees("New candidate", "Name*")
        await kiosk.type("Eve Early\t\teve@example.org\t\t\t\t\tD-1\r")
        await kiosk.press("f5")
        kiosk.says("CD-1 is filed for OP-1.").sees("Candidates (1 to decide of 1)", "Eve Early", "applied")
        await kiosk.press("v")
        await kiosk.press("1")
        kiosk.sees("CD-1", "CV of Eve Early", "eve@example.org")
        await check_bindings(kiosk)
        await kiosk.press("s", "W")
        await kiosk.type("tomorrow 10:00\tAA, CC\tRoom 1\r")
        await kiosk.press("f5")
        kiosk.says("IV-1 with CD-1: tomorrow 10:00-11:00; the panel finds it at its desk.")
        kiosk.sees("Interviews (1)", "AA, CC")

        # the panel sees its interview and the CV, and nothing else of her
        assert hidden(desk, CLEO, "candidates", 1)
        assert not hidden(desk, CLEO, "documents", 1)
        assert hidden(desk, BOB, "documents", 1)
        clock.forward(hours=25)
        await kiosk.sign_in("CC")
        kiosk.app.open_record("meetings", 1)
        await kiosk.settle()
        await kiosk.press("v")
        kiosk.sees("1 IV-1  Eve Early")
        await kiosk.press("1")
        kiosk.sees("IV-1  Eve Early", "f says what you think")
        await kiosk.press("f3", "0")
        kiosk.sees("Interview: Eve Early", "what do you think?").does_not_see("eve@example.org")
        await kiosk.press("enter", "f")
        await kiosk.type("5\tyes\tShe smiles\r")
        await kiosk.press("f5")
        kiosk.says("IV-1: your score is kept; Ann Archer still to score.").sees("She smiles")
        await kiosk.press("v")
        kiosk.sees("D-1").does_not_see("CD-1  Eve")
        await kiosk.press("escape")
        assert hidden(desk, ANN, "scores", 1)
        await kiosk.sign_in("AA")
        kiosk.app.open_record("interviews", 1)
        await kiosk.settle()
        kiosk.does_not_see("She smiles")
        await kiosk.press("f")
        await kiosk.type("4\r")
        await kiosk.press("f5")
        kiosk.sees("She smiles", "all have scored").sees("4.5 of 5")

        await kiosk.sign_in("HH")
        await kiosk.press("0")
        kiosk.sees("Eve Early", "all have scored: passed?")
        kiosk.app.open_record("candidates", 1)
        await kiosk.settle()
        await kiosk.press("A", "E")
        await kiosk.type("\t3100\t\t\tOffer of employment\r")
        await kiosk.press("f5")
        kiosk.says("CD-1 has an offer, to be answered Tue 1 Dec. LE-1 goes out")
        await kiosk.press("T", "f5")
        kiosk.says("Eve Early (P-10) begins Tue 1 Dec")
        kiosk.sees("hired", "In the directory").does_not_see("passed?")
    desk.store.refresh()
    person, file = desk.get("people", 10), desk.get("person_files", 1)
    assert (person.name, file.starts, file.manager) == ("Eve Early", date(2026, 12, 1), MAX)
    assert desk.get("openings", 1).state == "filled"
    assert desk.get("documents", 1).person == 10
    assert "Front desk from 2026-12-01 on" in desk.get("letters", 1).text
    assert not hidden(desk, MAX, "openings", 1)
    for who in (ANN, ADA, MAX, FRED, OTTO, CLEO):
        assert hidden(desk, who, "candidates", 1)
        assert hidden(desk, who, "letters", 1)
        assert hidden(desk, who, "documents", 1)
    assert not hidden(desk, 10, "letters", 1)  # she sees what was offered to her, and not what was thought of her
    assert hidden(desk, 10, "candidates", 1)
    tasks = desk.find("tasks", {"person": (10,)})
    assert [one.kind for one in tasks] == ["onboarding"]


async def test_a_grievance_is_brought_in_private_and_answered(folder: Path, clock: Clock) -> None:
    desk = hr_office(folder, clock)
    async with Kiosk.open(folder, as_="CC", clock=clock) as kiosk:
        kiosk.app.open_list("cases", "open")
        await kiosk.settle()
        await kiosk.press("n")
        await kiosk.type("Bob shouts\r")
        await kiosk.press("f5")
        kiosk.says("CS-1 is filed. HR and you see it, nobody else.").does_not_see("shouts at")
        assert kiosk.screen.is_private()  # type: ignore[attr-defined]
        await kiosk.sign_in("HH")
        await kiosk.press("0")
        kiosk.sees("Grievance", "nobody looks into it").does_not_see("Bob shouts")
        await kiosk.press("enter", "o")
        await kiosk.type("Max has heard it, too\r")
        await kiosk.press("f5")
        kiosk.sees("Max has heard it, too", "Brought by", "Cleo Cole")
        await check_bindings(kiosk)
        await kiosk.press("W")
        await kiosk.type("Please do not shout\t\t\t\tBB\r")
        await kiosk.press("f5")
        kiosk.says("Written down at CS-1; whom it is against finds it under HR tasks.")
        await kiosk.press("s")
        await kiosk.type("They talked it over\r")
        await kiosk.press("f5")
        kiosk.says("CS-1 is resolved. Whoever brought it reads how.")
        await kiosk.sign_in("CC")
        kiosk.app.open_record("cases", 1)
        await kiosk.settle()
        kiosk.sees("They talked it over").does_not_see("Max has heard")
        await kiosk.sign_in("BB")
        await kiosk.press("5", "end", "enter")
        kiosk.sees("What I was told in cases")
        await kiosk.type("told\r")
        kiosk.sees("written warning")
        await kiosk.press("enter")
        kiosk.sees("CP-2", "Please do not shout").does_not_see("Bob shouts")
    desk.store.refresh()
    for who in (ANN, BOB, ADA, MAX, FRED, OTTO):
        assert hidden(desk, who, "cases", 1)
        assert hidden(desk, who, "proceedings", 1)
        assert hidden(desk, who, "proceedings", 2) is (who != BOB)
    assert hidden(desk, CLEO, "proceedings", 1)
    assert hidden(desk, CLEO, "proceedings", 2)
    written = "".join(str(entry.header) for entry in desk.store.journal.history())
    assert not [one for one in ("shouts", "heard it", "talked") if one in written]
