"""HR tasks at a desk: each viewer's own part of one checklist, ticked in one key; what nobody else sees."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from botui.data import Desk
from botui.models.base import NotAllowed, Refused
from tests.command_line import found
from tests.kiosk import Kiosk, give_pins
from tests.offices import ADA, ANN, BOB, CLEO, FRED, HANNA, MAX, OTTO, Clock, office

TEXT = "-2 HR: Contract signed\n0 clerk: Laptop prepared\n0 person: Form filled in\n+3 manager: First talk"


@pytest.fixture
def desk(folder: Path) -> Desk:
    """The desk of HR in an office with a task about Cleo, whose manager is Max."""
    desk = office(folder, ANN, Clock())
    desk.for_person(ADA).edit(desk.get("departments", 1), {"manager": MAX})
    desk.for_person(ADA).edit(desk.get("people", CLEO), {"department": 1})
    hanna = desk.for_person(HANNA)
    hanna.add("checklists", {"name": "Start", "kind": "onboarding", "steps": TEXT})
    hanna.do("checklists", 1, "run", {"person": CLEO})
    return hanna


def seen(desk: Desk, person: int, collection: str = "steps") -> list[int]:
    """Return the numbers of the records that somebody sees."""
    return desk.for_person(person).numbers(collection)


def test_everybody_sees_their_own_part_and_nobody_else_s(desk: Desk) -> None:
    steps = {ANN: [2], BOB: [2], CLEO: [3], MAX: [4], HANNA: [1, 2, 3, 4], ADA: [], FRED: [], OTTO: []}
    assert {who: seen(desk, who) for who in steps} == steps
    assert {who: seen(desk, who, "tasks") for who in steps} == {
        who: [1] if seen_ else [] for who, seen_ in steps.items()
    }
    for who, number in ((ANN, 1), (CLEO, 4), (ADA, 2), (OTTO, 2)):
        with pytest.raises(NotAllowed):
            desk.for_person(who).do("steps", number, "tick")
    for who in (ANN, CLEO, ADA, OTTO):
        with pytest.raises(NotAllowed):
            desk.for_person(who).numbers("checklists")


def test_whom_a_private_task_is_about_does_not_see_it(desk: Desk) -> None:
    desk.edit(desk.get("tasks", 1), {"kind": "discipline"})
    desk.do("steps", 3, "assign", {"owner": BOB})
    assert seen(desk, CLEO, "tasks") == seen(desk, CLEO) == []
    with pytest.raises(NotAllowed):
        desk.for_person(CLEO).history("tasks", 1)


def test_a_stand_in_sees_no_step_of_whom_they_stand_in_for(desk: Desk) -> None:
    desk.for_person(MAX).add("standins", {"person": MAX, "stand_in": BOB, "starts": "2026-11-23", "ends": "2026-12-01"})
    assert seen(desk, BOB) == [2]


def test_a_tick_is_taken_back_also_where_others_ticked_meanwhile(desk: Desk) -> None:
    ann, max_ = desk.for_person(ANN), desk.for_person(MAX)
    done = ann.do("steps", 2, "tick")
    assert done.said == "HS-2 is done; 3 of 4 steps left."
    max_.do("steps", 4, "tick")
    ann.undo(done.digest)
    task = desk.get("tasks", 1)
    assert (task.state, task.open_steps) == ("doing", 3)
    for number in (1, 2, 3):
        desk.do("steps", number, "tick")
    desk.do("tasks", 1, "close")
    with pytest.raises(Refused, match="HR-1 is closed"):
        max_.do("steps", 4, "reopen")
    assert desk.for_person(MAX).get("tasks", 1).state == "closed"


def test_nothing_private_of_a_task_stands_in_what_is_written_down_of_a_change(desk: Desk) -> None:
    secret = "because of her secret"
    desk.do("steps", 1, "skip", {"reason": secret})
    desk.do("steps", 2, "note", {"text": secret})
    desk.do("tasks", 1, "note", {"text": secret})
    desk.do("tasks", 1, "void", {"reason": secret})
    said: list[Any] = [entry.header for entry in desk.store.journal.history()]
    assert secret not in str(said)


async def test_one_checklist_shows_each_viewer_their_part_and_is_ticked_in_one_key(folder: Path, desk: Desk) -> None:
    give_pins(desk, HANNA)
    async with Kiosk.open(folder, as_="AA") as kiosk:
        await kiosk.press("0")
        kiosk.sees("Laptop prepared: Cleo Cole", "due today")
        await kiosk.press("enter", "v")
        await kiosk.press("1")
        kiosk.sees("HR-1  Start: Cleo Cole", "Your part (1 of 1 to do)", "[ ] HS-2", "Laptop prepared")
        kiosk.does_not_see("Contract signed", "First talk")
        await kiosk.press("0", "k")
        kiosk.says("OK: HS-2 is done; 3 of 4 steps left.")
        kiosk.does_not_see("Laptop prepared")
        await kiosk.press("5")
        kiosk.sees("Tasks to do", "Interviews to come")  # the only one of their group that is open to them
        kiosk.does_not_see("checklists", "Pay", "files", "2 days late")
        await kiosk.sign_in("HH")
        await kiosk.press("5")
        kiosk.sees("Steps that wait for me", "Tasks late", "Tasks and checklists")
        await kiosk.press("3", "enter", "v", "1")
        kiosk.sees("Your part (1 of 1 to do)", "The others' part (2 of 3 to do)", "[x] HS-2", "2 days late")
        await kiosk.press("c")
        kiosk.says("Close: HS-1 Contract signed and 2 others to be done first.")
        await kiosk.press("k")
        kiosk.sees("Which step is done?", "Form filled in (HS-3), for Cleo Cole")
        await kiosk.press("1")
        kiosk.says("OK: HS-1 is done; 2 of 4 steps left.")
        await kiosk.press("n")
        await kiosk.type("Parking place\r")
        await kiosk.press("f5")
        kiosk.sees("[ ] HS-5", "Parking place")


def test_on_the_command_line_a_checklist_is_run_ticked_and_told_of(tmp_path: Path) -> None:
    office = found(tmp_path / "office")
    office.ok("add", "people", "name=Hanna Human", "initials=HH", "roles=staff,hr")
    lines = "steps=0 HR: One\n+1 clerk: Two (key)"
    assert (
        office.run("add", "checklists", "name=Start", lines, "--as", "HH").out == "CK-1 is filed: 2 steps; b runs it.\n"
    )
    assert "HR-1 is there: 2 steps, the first due today." in office.run("do", "CK-1", "run", "--as", "HH").out
    assert "HS-1 is done; 1 of 2 steps left." in office.run("do", "HS-1", "tick", "--as", "HH").out
    assert "Two" in office.run("list", "steps", "--view", "open", "--as", "HH").out
    assert "This is for HR to do." in office.refused("add", "checklists", "name=Mine", "steps=x")
    wrong = office.run("add", "checklists", "name=Other", "steps=0 Nobody: x", "--as", "HH")
    assert (wrong.code, "Line 1: 'Nobody' is neither" in wrong.err) == (1, True)
