"""Meetings in a real store: who sees which, what the command line and the import do, and a morning at the screen."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from botui import areas
from botui.data import Desk
from botui.models.base import NotAllowed, Refused
from botui.models.meetings import Meeting, rooms_now
from botui.models.soundness import problems_of
from botui.screens.office import CardDetails
from tests.command_line import found
from tests.kiosk import Kiosk
from tests.offices import ADA, ANN, BOB, CLEO, MAX, MONDAY, OTTO, Clock, office

HOUR = timedelta(hours=1)


@pytest.fixture
def ann(folder: Path, clock: Clock) -> Desk:
    return office(folder, ANN, clock)


def meet(desk: Desk, **values: Any) -> Meeting:
    """File a meeting of tomorrow at ten and return it."""
    values = {"subject": "Budget", "start": MONDAY + timedelta(days=1), **values}
    done = desk.add("meetings", values)
    found: Meeting = desk.as_system().get("meetings", int(done.refs[0].partition("-")[2]))
    return found


def everything(desk: Desk) -> list[str]:
    """Return all that lists, counts, names and the filter say of meetings."""
    kind = areas.kind("meetings")
    ids = desk.listing("meetings", kind.view("all")).ids()
    said = [str(desk.count("meetings", kind.view("all"))), *map(str, ids), *map(str, desk.numbers("meetings"))]
    said += [desk.title("meetings", 1), *(one.subject for one in desk.find("meetings", {"state": ("planned",)}))]
    return [*said, *(str(one) for one in desk.candidates("meetings", "budget"))]


@pytest.mark.parametrize("person", [ANN, CLEO, MAX, ADA, OTTO])
def test_a_meeting_is_seen_by_all_and_a_private_one_by_those_in_it_alone(ann: Desk, person: int) -> None:
    one = meet(ann.for_person(BOB), attendees=(BOB,), private=True)
    desk = ann.for_person(person)
    assert everything(desk) == ["0", "ME-1"]
    for look in (lambda: desk.get("meetings", 1), lambda: desk.doc("meetings", 1), lambda: desk.history("meetings", 1)):
        with pytest.raises(NotAllowed, match="ME-1 is private"):
            look()
    with pytest.raises(NotAllowed):
        desk.do("meetings", 1, "cancel", {"reason": "x"})
    assert rooms_now(desk.context()) == []
    ann.for_person(BOB).edit(one, {"private": False})
    assert everything(desk) == ["1", "1", "1", "Budget", "Budget", "1"]


def test_who_is_asked_to_a_private_meeting_or_has_a_step_of_it_sees_it(ann: Desk) -> None:
    one = meet(ann.for_person(BOB), attendees=(BOB, CLEO), private=True)
    assert ann.for_person(CLEO).get("meetings", one.id).subject == "Budget"
    with pytest.raises(NotAllowed):
        ann.get("meetings", one.id)
    ann.for_person(BOB).do("meetings", one.id, "tick", {"add": "Make coffee", "owner": "AA"})
    assert ann.do("meetings", one.id, "tick").said == "Done: Make coffee"


def test_the_room_of_a_private_meeting_is_taken_and_no_more_is_said(ann: Desk, clock: Clock) -> None:
    meet(ann.for_person(BOB), subject="Hush", attendees=(BOB,), private=True, place=2, start=clock.now)
    with pytest.raises(Refused, match=r"Room 1 is taken today 10:00-11:00\. y at") as refused:
        meet(ann, place=2, start=clock.now + HOUR / 2)
    assert "Hush" not in str(refused.value)
    assert [one.place for one in rooms_now(ann.context())] == [2]


def test_meetings_are_found_by_who_comes_and_stand_on_that_person_s_card(ann: Desk) -> None:
    meet(ann, attendees=(ANN, CLEO))
    meet(ann, attendees=(BOB,), even_so=True)
    assert [one.id for one in ann.find("meetings", {"attendees": (CLEO, BOB)})] == [1, 2]
    assert [one.id for one in ann.find("meetings", {"attendees": (CLEO,)})] == [1]
    naming = CardDetails(ann).naming(ann.get("people", CLEO))
    assert ("meetings", "who comes", [1]) in naming


def test_guests_look_at_no_meeting(ann: Desk) -> None:
    meet(ann)
    with pytest.raises(NotAllowed):
        ann.for_person(None).get("meetings", 1)


def test_staff_file_and_move_their_own_and_nobody_else_s(ann: Desk) -> None:
    cleo, max_ = ann.for_person(CLEO), ann.for_person(MAX)
    one = meet(cleo, attendees=(CLEO, MAX))
    with pytest.raises(Refused, match="Only Cleo Cole"):
        max_.edit(one, {"place": 2})
    with pytest.raises(Refused, match="Only Cleo Cole"):
        max_.do("meetings", 1, "cancel", {"reason": "x"})
    with pytest.raises(Refused, match="moved by a verb"):
        cleo.edit(one, {"organiser": MAX})
    assert cleo.edit(one, {"start": one.start + HOUR}).said == "ME-1 is moved: tomorrow 11:00-12:00."
    assert max_.do("meetings", 1, "decline", {"reason": "Dentist"}).said == "You do not come to ME-1."
    assert cleo.do("meetings", 1, "cancel", {"reason": "Nobody comes"}).said.startswith("ME-1 is cancelled")
    assert list(problems_of(ann.store.journal)) == []


def test_two_who_answer_at_the_same_time_both_have_answered(ann: Desk) -> None:
    meet(ann, attendees=(ANN, BOB, CLEO))
    beside = Desk.open(ann.store.journal.path.parent, BOB, "back", ann.clock)
    assert beside.get("meetings", 1).seen == (ANN,)
    ann.for_person(CLEO).do("meetings", 1, "acknowledge")
    beside.do("meetings", 1, "acknowledge")
    beside.store.close()
    ann.store.refresh()
    assert set(ann.get("meetings", 1).seen) == {ANN, BOB, CLEO}


def test_the_check_names_what_another_program_broke(ann: Desk) -> None:
    one = meet(ann, attendees=(ANN, BOB))
    broken = {
        **one.doc(),
        "end": "2026-11-24T08:00:00Z",
        "seen": [CLEO],
        "declined": [{"person": BOB}, {"person": BOB}, {"person": CLEO}],
        "reason": "x",
        "steps": [{"text": "x", "owner": 99, "done_by": ANN}],
    }
    with ann.store.journal.transaction(on="test", do="test") as tx:
        tx.put("meetings", 1, broken)
        tx.put("meetings", 2, {"subject": "x", "start": "2026-11-24T08:00:00Z", "state": "cancelled"})
    assert [one for one in problems_of(ann.store.journal) if one.startswith("ME-")] == [
        "ME-1: Ends: it ends before it begins.",
        "ME-1: Why cancelled: it is planned, and there is a reason.",
        "ME-1: Seen by: P-3 is not asked to come.",
        "ME-1: Declined: P-3 is not asked to come.",
        "ME-1: Declined: somebody did so twice.",
        "ME-1: Steps: there is no P-99 (step 1).",
        "ME-1: Steps: it is said who did step 1, and not when.",
        "ME-1: Does a step: these are not those of its steps.",
        "ME-2: Ends: it is not said when.",
        "ME-2: Why cancelled: it is cancelled, and there is no reason.",
        "ME-2: Who comes: nobody.",
    ]


CALENDAR = """UID,Title,Start,End,Location,Participants
u-1,Budget talks,2026-12-01 10:00,2026-12-01 11:30,Room Elbe,ML
u-2,Nobody,2026-12-02 10:00,1h,,Quentin Unknown
u-3,Open day,2026-12-03,,,
"""


def test_another_calendar_is_imported_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    here = found(tmp_path / "office")
    path = tmp_path / "calendar.csv"
    path.write_text(CALENDAR)
    said = here.ok("import", "meetings", str(path)).out
    assert "2 new" in said
    assert "Left out, line 3: Who comes: There is no 'Quentin Unknown' among people" in said
    one, day = (here.run("show", code, "--json", "--as", "ML").json for code in ("u-1", "u-3"))
    assert (one["until"], one["attendees"], one["organiser"]) == ("1h 30m", ["P-1"], "P-1")
    assert day["until"] == "1d"
    before = here.bytes()
    assert "2 as before" in here.ok("import", "meetings", str(path)).out
    assert here.bytes() == before


async def test_a_meeting_is_filed_with_a_clash_even_so_and_declined_at_the_screen(
    ann: Desk, folder: Path, clock: Any
) -> None:
    meet(ann.for_person(BOB), subject="Hush", attendees=(BOB, CLEO), place=2, private=True)
    async with Kiosk.open(folder, as_="AA", clock=clock) as kiosk:
        await kiosk.press("8", "n")
        kiosk.sees("New meeting", "Who comes       AA")
        await kiosk.type("Copier contract")
        await kiosk.press("tab")
        await kiosk.type("tomorrow 10:30")
        await kiosk.press("tab", "tab")
        await kiosk.type("room 1")
        await kiosk.press("tab")
        await kiosk.type(", cc")
        await kiosk.press("f5")
        kiosk.sees("Room 1 is taken tomorrow 10:00-11:00", "Cleo Cole is busy", "y files it all the same")
        assert "Hush" not in kiosk.glass()
        while not re.search(r">Even so", kiosk.glass()):
            await kiosk.press("tab")
        await kiosk.type("y")
        await kiosk.press("f5")
        kiosk.says("ME-2 is filed: tomorrow 10:30-11:30.")
    async with Kiosk.open(folder, as_="CC", clock=clock) as kiosk:
        await kiosk.press("8", "2")
        kiosk.sees("tomorrow 10:00-11:00", "tomorrow 10:30-11:30", "new")
        await kiosk.press("g")
        kiosk.says("ME-1 is seen")
        await kiosk.press("D")
        await kiosk.type("Two at once")
        await kiosk.press("enter")
        kiosk.says("You do not come to ME-2.")
        kiosk.sees("You have seen every meeting you are asked to.")
        kiosk.app.open_record("meetings", 2)
        await kiosk.settle()
        await kiosk.press("e")
        kiosk.says("Only Ann Archer, who called it, may change it.")
        kiosk.sees("Cleo Cole", "declined: Two at once", "Taken at the same time", "Room 1 is taken")
        await kiosk.press("escape", "escape", "q")
        kiosk.sees("Rooms today", "No room has a meeting now or later today.")
        clock.forward(hours=24)
        await kiosk.press("escape", "q")
        assert re.search(r"Room 1 +in use until 11:00 +Hush", kiosk.glass())
        await kiosk.press("escape")
        kiosk.app._change_to(kiosk.desk.for_person(ANN))
        await kiosk.press("8", "q")
        assert re.search(r"Room 1 +in use until 11:00 +private", kiosk.glass())
