"""People's files at the desk: who sees whose, what is written down of it, and a change that is asked for and made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from botui import areas
from botui.models.base import NotAllowed, PinNeeded, Refused
from tests.kiosk import Clock, Kiosk, give_pins
from tests.offices import ADA, ANN, BOB, CLEO, FRED, HANNA, MAX, OTTO, office

SECRET = "Quayside 77"
CLOSED = ("person_files", "pay", "benefits", "amendments")


def begin(folder: Path) -> Any:
    """An office of which Cleo has a file, pay, a benefit and a change to come; the desk of HR."""
    desk = office(folder)
    hr = desk.for_person(HANNA)
    hr.add("person_files", {"person": CLEO, "number": "E-3", "address": SECRET, "manager": MAX, "starts": "2020-03-01"})
    hr.add("pay", {"person": CLEO, "starts": "2020-03-01", "amount": "2750.25"})
    hr.add("benefits", {"person": CLEO, "plan": "Pension", "starts": "2020-03-01"})
    hr.do("person_files", 1, "amend", {"on": "2027-03-01", "week_hours": "30"})
    return hr


def test_only_hr_and_the_person_see_a_file_its_pay_and_its_changes_and_every_look_is_kept(tmp_path: Path) -> None:
    hr = begin(tmp_path)
    for person in (ANN, BOB, ADA, MAX, FRED, OTTO, None):
        other = hr.for_person(person)
        for name in CLOSED:
            assert not person or other.count(name, areas.kind(name).view("all")) == 0
            with pytest.raises((NotAllowed, Refused)):
                other.get(name, 1)
            with pytest.raises((NotAllowed, Refused)):
                other.history(name, 1)
    cleo = hr.for_person(CLEO)
    assert [cleo.get(name, 1).person for name in CLOSED[:3]] == [CLEO] * 3
    assert cleo.numbers("amendments") == [], "what HR plans is hers to know when it is made, or agreed"
    with pytest.raises(NotAllowed):
        cleo.edit(cleo.get("person_files", 1), {"address": "Elsewhere 1"})
    with pytest.raises(NotAllowed):
        cleo.do("person_files", 1, "note", {"text": "x"})
    looks = [(one.by, one.action) for one in cleo.history("person_files", 1) if one.action.endswith(".look")]
    assert looks == [(CLEO, "person_files.look")]
    hr.get("person_files", 1)
    assert (HANNA, "person_files.look") in [(one.by, one.action) for one in cleo.history("person_files", 1)]


def test_no_line_of_the_history_says_in_its_head_what_is_private(tmp_path: Path) -> None:
    hr = begin(tmp_path)
    hr.do("person_files", 1, "note", {"text": SECRET})
    cleo = hr.for_person(CLEO)
    cleo.add("amendments", {"text": SECRET, "address": SECRET})
    hr.do("amendments", 2, "refuse", {"reason": SECRET})
    heads = [json.dumps(entry.header) for entry in hr.store.journal.history()]
    assert not [one for one in heads if SECRET in one or "2750" in one or "Pension" in one]


@pytest.mark.parametrize(
    "text", ["[/x] [@click=app.quit]", "\x1b[31mred", "a" * 90, "\u202eabc", "\U0001f468\u200d\U0001f469"]
)
async def test_a_file_of_any_text_is_shown_and_its_person_asks_hr_for_a_change(tmp_path: Path, text: str) -> None:
    hr = begin(tmp_path)
    hr.edit(hr.get("person_files", 1), {"emergency": text, "notes": text})
    async with Kiosk.open(tmp_path, as_="CC") as kiosk:
        await kiosk.press("5", "m")
        kiosk.sees("File of Cleo Cole", SECRET, "2,750.25 EUR a month", "Pension")


async def test_a_person_asks_hr_agrees_and_nobody_else_sees_it(tmp_path: Path) -> None:
    hr = begin(tmp_path)
    give_pins(hr, CLEO, HANNA, BOB)
    clock = Clock()
    async with Kiosk.open(tmp_path, as_="CC", clock=clock) as kiosk:
        await kiosk.press("5", "m", "n")
        await kiosk.type("I moved to Mill Lane 5")
        await kiosk.press("f5")
        kiosk.says("AM-2 is with HR.")
        assert kiosk.screen.is_private()  # type: ignore[attr-defined]
        await kiosk.left_alone(61)
        assert SECRET not in kiosk.glass(), "after a minute nothing private is left"
        await kiosk.sign_in("BB")
        await kiosk.press("5", "m")
        kiosk.says("HR has no file of you yet.")
        await kiosk.sign_in("HH")
        await kiosk.press("0")
        kiosk.sees("Change of the file of Cleo Cole", "asked for by Cleo Cole")
        await kiosk.press("enter")
        kiosk.sees("I moved to Mill Lane 5")
        clock.forward(minutes=2)
        await kiosk.press("V")
        await kiosk.type("4711\r")
        kiosk.says("AM-2 is done.")
    hr.store.refresh()
    assert hr.for_person(CLEO).get("amendments", 2).decided_by == HANNA


def test_a_planned_change_is_made_by_the_clock_of_any_desk(tmp_path: Path) -> None:
    clock = Clock()
    desk = office(tmp_path, HANNA, clock)
    desk.add("person_files", {"person": CLEO, "week_hours": "40"})
    done = desk.do("person_files", 1, "amend", {"on": "2026-11-30", "week_hours": "30", "job": "Typist"})
    assert "30" not in done.said.replace("30 Nov", "")
    clock.forward(days=8)
    desk.for_person(ANN).tick()
    assert desk.get("person_files", 1).week_hours == 30
    assert desk.get("people", CLEO).job == "Typist"


def test_a_manager_sees_what_is_of_those_whose_file_names_them_but_not_their_files(tmp_path: Path) -> None:
    desk = office(tmp_path, CLEO)
    desk.add("tickets", {"subject": "Chair"})
    boss, hr = desk.for_person(MAX), desk.for_person(HANNA)
    assert boss.numbers("tickets") == []
    hr.add("person_files", {"person": CLEO, "manager": MAX})
    assert boss.numbers("tickets") == [1]
    assert boss.get("tickets", 1).subject == "Chair"
    assert boss.numbers("person_files") == []
    hr.edit(hr.get("person_files", 1), {"manager": ANN})
    assert boss.numbers("tickets") == []


def test_a_badge_alone_shows_and_changes_nothing_of_hr_and_an_employee_number_finds_no_file_for_others(
    tmp_path: Path,
) -> None:
    hr = begin(tmp_path)
    assert hr.by_code("E-3") == [("person_files", 1)]
    assert hr.for_person(ANN).by_code("E-3") == []
    found = hr.for_person(HANNA, by_badge=True)
    assert found.by_code("E-3") == []
    with pytest.raises(NotAllowed):
        found.get("person_files", 1)
    for name, values in (("pay", {"amount": "0.01"}), ("benefits", {"plan": "Bus"})):
        with pytest.raises((NotAllowed, PinNeeded)):
            found.add(name, {"person": CLEO, "starts": "2027-01-01", **values})


def test_a_manager_sees_of_who_left_what_is_of_the_office_and_nothing_of_hr(tmp_path: Path) -> None:
    desk = office(tmp_path, CLEO)
    desk.add("tickets", {"subject": "Chair"})
    boss, hr = desk.for_person(MAX), desk.for_person(HANNA)
    hr.add("person_files", {"person": CLEO, "manager": MAX})
    hr.add("courses", {"name": "First aid"})
    hr.add("certificates", {"person": CLEO, "course": 1})
    assert boss.numbers("certificates") == [1]
    hr.edit(hr.get("people", CLEO), {"active": False})
    assert (boss.numbers("certificates"), boss.numbers("tickets")) == ([], [1])
    assert not boss.sees("certificates", 1)
