"""Days off at the desk: asked for in a few keys, approved in two; badge after badge; the calendar; never why."""

from __future__ import annotations

from pathlib import Path

import pytest

from botui.actions.sentences import Reader
from botui.data import Desk
from botui.models.base import Change
from botui.models.hr.leave import LeaveType
from botui.models.office import Context, Department
from tests.kiosk import Clock, Kiosk, give_pins
from tests.offices import ANN, BOB, CLEO, HANNA, MAX, office

pytestmark = pytest.mark.no_cover


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An office whose IT is managed by Max; Ann and Bob are in it, and have 20 days a year."""
    desk = office(tmp_path / "data", ANN, Clock())
    desk.as_system().apply(_types)
    system = desk.as_system()
    for person in (ANN, BOB):
        system.edit(system.get("people", person), {"department": 1})
        desk.for_person(HANNA).add("leavebook", {"person": person, "type": 1, "amount": "20", "why": "opening"})
    system.edit(system.get("departments", 1), {"manager": MAX})
    give_pins(desk, ANN, BOB, CLEO, MAX, HANNA)
    return desk


def _types(ctx: Context) -> Change:
    change = Change("leavetypes.begin")
    for number, name in enumerate(("Annual leave", "Sick leave"), 1):
        change.add(LeaveType(id=number, name=name, allowance=20 if number == 1 else 0, counted=number == 1))
    assert ctx.data.find(Department)
    return change


async def test_leave_is_asked_for_in_seven_keys_and_approved_in_two_and_nobody_learns_why(
    desk: Desk, tmp_path: Path
) -> None:
    desk.for_person(BOB).add("leave", {"type": 1, "starts": "2026-12-01", "ends": "2026-12-02"})
    desk.for_person(MAX, confirmed=True).do("leave", 1, "approve")
    async with Kiosk.open(tmp_path / "data", as_="AA") as kiosk:
        await kiosk.press("l")
        await kiosk.type("tue 6")
        kiosk.sees(
            "Tomorrow to Tue 1 Dec. Takes 6 days; 14 days of Annual leave left for 2026",
            "Away then: Bob Baker, Tue 1 Dec",
        )
        await kiosk.press("enter")
        kiosk.says("LV-2 is asked for; Max Manager approves it.")
        await kiosk.sign_in("MM")
        kiosk.sees("My desk", "Ann Archer, tomorrow to Tue 1 Dec", "to approve")
        await kiosk.press("V")
        kiosk.says("LV-2")
        assert kiosk.desk.as_system().get("leave", 2).state == "approved"
        await kiosk.sign_in("CC")
        await kiosk.press("5", "c")
        kiosk.sees("Away > November 2026, all", "## away")
        row = next(line for line in kiosk.glass().splitlines() if "Ann Archer" in line)
        assert row.count("#") == 2 * 5
        await kiosk.press("right_square_bracket")
        kiosk.sees("Away > December 2026").does_not_see("Annual")
        await kiosk.press("a")
        kiosk.sees("December 2026, all, who is away", "Ann Archer").does_not_see("Ada Admin")
        await kiosk.press("a", "home", "down", "down", "enter")
        kiosk.sees("Ann Archer, tomorrow to Tue 1 Dec")


async def test_what_cannot_be_is_said_while_one_types(desk: Desk, tmp_path: Path) -> None:
    async with Kiosk.open(tmp_path / "data", as_="AA") as kiosk:
        await kiosk.press("l")
        kiosk.sees("Annual leave: 20 days now")
        await kiosk.type("sat")
        kiosk.sees("No working day is in it")
        await kiosk.press("backspace", "backspace", "backspace")
        await kiosk.type("mon 40")
        kiosk.sees("20 days")
        await kiosk.press("enter")
        kiosk.sees("mon 40")
        await kiosk.left_alone(61)
        kiosk.does_not_see("mon 40", "Annual").sees("nobody signed in")


async def test_badge_after_badge_comes_in_and_goes_out_and_nobody_is_signed_in(desk: Desk, tmp_path: Path) -> None:
    desk.secrets.add_badge(ANN, "111222")
    desk.secrets.add_badge(CLEO, "333444")
    clock = Clock()
    async with Kiosk.open(tmp_path / "data", clock=clock, kiosk=True) as kiosk:
        await kiosk.press("t")
        await kiosk.scan("111222")
        kiosk.sees("Ann Archer: in, 10:00.")
        await kiosk.scan("333444")
        kiosk.sees("Cleo Cole: in, 10:00.").does_not_see("Ann")
        await kiosk.scan("999999")
        kiosk.sees("That did not fit").does_not_see("Cleo")
        clock.forward(hours=8)
        await kiosk.scan("111222")
        kiosk.sees("Ann Archer: out, 18:00.")
        assert kiosk.desk.person is None
        await kiosk.press("escape", "e")
        await kiosk.type("HH\r4711\r")
        who_is_in = kiosk.glass().partition("Who is in, 2026-11-23 18:00")[2]
        assert "Cleo Cole" in who_is_in
        assert "Ann Archer" not in who_is_in
        await kiosk.press("escape", "5")
        kiosk.app.open_list("punches", "today")
        await kiosk.settle()
        kiosk.sees("Ann Archer", "8.00")
        await kiosk.press("q")
        kiosk.sees("Hours of Ann Archer", "week of 2026-11-23", "8.00 h")
        clock.forward(hours=15)
        await kiosk.press("escape")
        kiosk.app.open_list("punches", "missing")
        await kiosk.settle()
        await kiosk.press("X", "tab")
        await kiosk.type("23.11. 17:30\rforgot it\r")
        kiosk.says("of Cleo Cole is put right").does_not_see("forgot")
        kiosk.app.open_list("punches", "all")
        await kiosk.settle()
        kiosk.sees("forgot it", "7.50")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("leave mon..fri", {"type": 1, "starts": "2026-11-23", "ends": "2026-11-27"}),
        ("leave fri", {"type": 1, "starts": "2026-11-27"}),
        ("leave 24.12 half", {"type": 1, "starts": "2026-12-24", "part": "morning"}),
        ("leave 24.12. afternoon", {"type": 1, "starts": "2026-12-24", "part": "afternoon"}),
        ("holiday from 1.12. to 3.12.", {"type": 1, "starts": "2026-12-01", "ends": "2026-12-03"}),
        ("sick leave today", None),
        ("leave sick today", {"type": 2, "starts": "2026-11-23"}),
        ("leave mon 5", {"type": 1, "starts": "2026-11-23", "ends": "2026-11-27"}),
        ("off fri 2h", {"type": 1, "starts": "2026-11-27", "hours": "2"}),
        ("leave the window open", None),
        ("leave [b]mon[/b]", None),
        ("leave mon 999", None),
    ],
)
def test_a_sentence_asks_for_days_off(desk: Desk, text: str, values: dict[str, object] | None) -> None:
    found = Reader(desk).read(text)
    if values is None:
        assert found is None or found.collection != "leave"
    else:
        assert found is not None
        assert {
            name: getattr(value, "value", str(value) if name != "type" else value)
            for name, value in found.values.items()
        } == values
