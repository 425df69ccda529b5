"""My desk: what waits, why, and in which order; what one asked for; the page itself at the keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui import areas
from botui.actions.desk import asked_by_me, my_desk, offers
from botui.data import Desk
from botui.models.base import Offer, Waiting
from botui.screens.desk_rows import WaitingRows, record_of, row_id
from botui.screens.front import FrontScreen
from botui.widgets.status import StatusLine
from tests import command_line
from tests.kiosk import PIN, Clock, Kiosk, give_pins
from tests.offices import ADA, ANN, BOB, CLEO, MAX, MONDAY, OTTO, beside, office, ticket
from tests.rules import at

# --- how pressing -----------------------------------------------------------------------------------------------------

moments = st.datetimes(datetime(2024, 1, 1), datetime(2029, 1, 1)).map(lambda one: one.replace(tzinfo=MONDAY.tzinfo))
waiting = st.builds(
    Waiting,
    collection=st.sampled_from(["tickets", "meetings"]),
    number=st.integers(1, 99),
    what=st.just("Something"),
    why=st.just("some reason"),
    due=st.none() | moments,
    since=st.none() | moments,
    next=st.booleans(),
    active=st.booleans(),
    blocking=st.booleans(),
    waiting=st.booleans(),
)


@given(waiting, moments, st.timedeltas(timedelta(0), timedelta(days=60)))
def test_nothing_becomes_less_pressing_as_time_goes_by(one: Waiting, now: datetime, later: timedelta) -> None:
    assert one.urgency(now) <= one.urgency(now + later) + 1e-9


@given(waiting, moments, st.timedeltas(timedelta(0), timedelta(days=60)))
def test_what_is_due_earlier_is_as_pressing_or_more(one: Waiting, now: datetime, earlier: timedelta) -> None:
    if one.due is not None:
        assert replace(one, due=one.due - earlier).urgency(now) >= one.urgency(now) - 1e-9


@given(waiting, moments)
def test_each_part_weighs_what_it_should(one: Waiting, now: datetime) -> None:
    for name, weight in (("next", 15), ("blocking", 8), ("active", 4), ("waiting", -3)):
        parts: list[dict[str, Any]] = [{name: True}, {name: False}]
        with_it, without = (replace(one, **part).urgency(now) for part in parts)
        assert with_it - without == pytest.approx(weight)
    undated = replace(one, due=None, since=None).urgency(now)
    assert 0.2 * 12 * (one.due is not None) - 1e-9 <= one.urgency(now) - undated <= 12 + 2 + 1e-9


@given(st.lists(waiting, max_size=8), moments, st.randoms())
def test_the_order_is_the_same_however_things_come(things: list[Waiting], now: datetime, chance: Any) -> None:
    once = sorted(things, key=lambda one: one.order(now))
    chance.shuffle(things)
    again = sorted(things, key=lambda one: one.order(now))
    assert [one.order(now) for one in once] == [one.order(now) for one in again]
    assert [one.urgency(now) for one in once] == sorted((one.urgency(now) for one in things), reverse=True)


@pytest.mark.parametrize(("days", "weight"), [(-30, 0.2), (-14, 0.2), (0, 0.2 + 0.8 * 14 / 21), (7, 1.0), (30, 1.0)])
def test_a_deadline_weighs_from_two_weeks_before_to_a_week_after(days: int, weight: float) -> None:
    one = Waiting(collection="tickets", number=1, what="x", why="y", due=MONDAY)
    assert one.urgency(MONDAY + timedelta(days=days)) == pytest.approx(12 * weight)


@given(st.sampled_from([one.name for one in areas.COLLECTIONS]), st.integers(1, 10**9))
def test_a_row_is_a_record_s_alone(collection: str, number: int) -> None:
    assert record_of(row_id(collection, number)) == (collection, number)


# --- what waits, and why ----------------------------------------------------------------------------------------------


@pytest.fixture
def desk(folder: Path, clock: Clock) -> Iterator[Desk]:
    """Ann's desk, on Monday at ten."""
    desk = office(folder, ANN, clock)
    yield desk
    desk.store.close()


def reasons(desk: Desk, person: int) -> dict[str, str]:
    """Return why each record waits for somebody, in the order of their desk."""
    return {one.waiting.ref: one.waiting.why for one in my_desk(desk.for_person(person))}


def test_each_thing_has_its_reason_and_leaves_when_it_is_done(desk: Desk, clock: Clock) -> None:
    ticket(desk, "Lamp", requester=CLEO)
    desk.do("tickets", 1, "take")
    desk.add("calls", {"caller": "Eve", "subject": "Ring back", "becomes": "message", "for_person": ANN})
    ticket(desk, "Chair", requester=CLEO)
    desk.for_person(BOB).do("tickets", 3, "ask_approval", {"to": ANN, "amount": "1200"})
    ticket(desk, "Key", requester=CLEO)
    desk.do("tickets", 4, "wait", {"waiting_for": "requester"})
    desk.do("tickets", 1, "remind", {"on": "today", "note": "Ask"})
    desk.for_person(BOB).add(
        "meetings", {"subject": "Budget", "start": at("2026-11-24 09:00"), "attendees": (ANN,), "organiser": BOB}
    )
    assert list(reasons(desk, ANN).items()) == [
        ("T-3", "to approve: 1,200.00 EUR"),
        ("T-1", "due tomorrow 09:00"),
        ("ME-1", "not seen yet, tomorrow 10:00"),
        ("T-2", "message from Eve"),
        ("RM-1", "reminder"),
    ]
    assert reasons(desk, CLEO) == {"T-4": "asked by you: waiting for you"}
    desk.for_person(CLEO).do("tickets", 4, "reply", {"text": "The blue one."})
    assert reasons(desk, CLEO) == {}
    desk.do("tickets", 2, "acknowledge")
    desk.do("reminders", 1, "acknowledge")
    desk.do("meetings", 1, "acknowledge")
    assert set(reasons(desk, ANN)) == {"T-1", "T-3", "T-4"}


def test_late_is_said_with_since_when_and_today_without_the_day(desk: Desk, clock: Clock) -> None:
    ticket(desk, "Lamp", priority="P1")
    desk.do("tickets", 1, "take")
    assert reasons(desk, ANN) == {"T-1": "due today 10:30"}
    clock.forward(minutes=45)
    assert reasons(desk, ANN) == {"T-1": "late since 10:30"}
    clock.forward(days=1)
    assert reasons(desk, ANN)["T-1"].startswith("late since yesterday 10:30")


def test_what_is_late_goes_before_a_meeting_that_nobody_has_seen_yet(desk: Desk, clock: Clock) -> None:
    ticket(desk, "Lamp", priority="P2")
    desk.do("tickets", 1, "take")
    clock.forward(days=5)
    desk.for_person(BOB).add(
        "meetings", {"subject": "Budget", "start": at("2026-11-30 09:00"), "attendees": (ANN,), "organiser": BOB}
    )
    desk.for_person(MAX).add(
        "standins", {"person": MAX, "stand_in": ANN, "starts": date(2026, 11, 27), "ends": date(2026, 12, 4)}
    )
    rows = WaitingRows(desk, my_desk(desk))
    found = [(record_of(row)[0], rows.style(row)) for row in rows.ids()]
    assert found == [("tickets", "late"), ("meetings", ""), ("standins", "soon")], "nobody is late to be told of it"


def test_what_waits_for_somebody_else_is_no_work_until_it_is_late(desk: Desk, clock: Clock) -> None:
    ticket(desk, "Lamp")
    desk.do("tickets", 1, "wait", {"waiting_for": "vendor"})
    assert reasons(desk, ANN) == {}
    clock.forward(days=7)
    assert reasons(desk, ANN) == {"T-1": "late since Tue 24 Nov 09:00, waits for the supplier"}


def test_a_desk_shows_only_what_is_theirs(desk: Desk) -> None:
    ticket(desk, "Lamp", requester=CLEO)
    desk.do("tickets", 1, "take")
    assert [reasons(desk, one) for one in (BOB, CLEO, ADA, MAX, OTTO)] == [{}] * 5
    assert my_desk(desk.for_person(None)) == []


def test_what_one_asked_for_says_where_it_stands_and_who_has_it(desk: Desk) -> None:
    cleo = desk.for_person(CLEO)
    ticket(cleo, "Lamp")
    ticket(cleo, "Chair")
    desk.do("tickets", 2, "ask_approval", {"to": MAX, "amount": "120"})
    desk.do("tickets", 1, "wait", {"waiting_for": "vendor", "until": "+2d"})
    ticket(cleo, "Gate")
    desk.do("tickets", 3, "reject", {"reason": "Not ours."})
    found = [(one.number, one.state, one.owner, one.until) for one in asked_by_me(cleo)]
    assert found[0][:3] == (2, "to approve: Max Manager", None)
    assert found[1] == (1, "waits for the supplier", ANN, at("2026-11-24 23:00"))
    assert asked_by_me(desk.for_person(OTTO)) == []


def test_what_can_be_asked_for_is_what_one_may_file(desk: Desk) -> None:
    asked_for = [one.collection for one in offers(desk.for_person(CLEO))]
    others, of_hr = (
        ["requests", "faults", "bookings", "access", "outlays"],
        ["leave", "amendments", "cases", "incidents"],
    )
    assert asked_for == ["tickets", "tickets", *others, *of_hr, "meetings"]
    assert offers(desk.for_person(OTTO)) == []
    for area in areas.AREAS:
        for one in areas.load(area.offers) if area.offers else ():
            assert isinstance(one, Offer)
            kind = areas.kind(one.collection)
            assert one.values.keys() <= kind.model.model_fields.keys()
            assert not one.verb or kind.transition(one.verb).needs


@pytest.mark.parametrize("form", [(), ("--json",), ("--csv",)])
def test_the_command_line_prints_the_same(desk: Desk, folder: Path, form: tuple[str, ...]) -> None:
    cleo = desk.for_person(CLEO)
    ticket(cleo, "Lamp")
    ticket(desk, "Door", requester=BOB)
    desk.do("tickets", 2, "assign", {"to": MAX})
    desk.for_person(MAX).add(
        "standins", {"person": MAX, "stand_in": CLEO, "starts": date(2026, 11, 23), "ends": date(2026, 11, 24)}
    )
    done = command_line.Office(folder, reader="").run("desk", "--as", "CC", *form)
    assert done.code == 0
    for text in ("SI-1", "T-2", "Door", "T-1", "Lamp"):
        assert text in done.out
    assert ("P-6" if form == ("--json",) else "Max Manager") in done.out
    assert command_line.Office(folder, reader="").run("desk", *form).code == 1


# --- the page ---------------------------------------------------------------------------------------------------------


async def test_a_morning_at_my_desk(desk: Desk, folder: Path, clock: Clock) -> None:
    give_pins(desk, ANN, MAX)
    desk.for_person(ADA).edit(desk.get("departments", 1), {"manager": MAX})
    desk.for_person(ADA).edit(desk.get("people", ANN), {"department": 1})
    for subject in ("Lamp", "Door"):
        one = ticket(desk, subject, requester=CLEO)
        desk.do("tickets", one.id, "assign", {"to": ANN})
    async with Kiosk.open(folder, clock=clock) as kiosk:
        await kiosk.sign_in("AA")
        kiosk.sees("My desk > Waits for me (2)", "T-1", "T-2", "due tomorrow 09:00", "Ann Archer")
        # the cursor stays on its record when something more pressing comes
        await kiosk.press("down")
        assert record_of(kiosk.under_cursor or 0) == ("tickets", 2)
        bob = beside(desk, BOB)
        bob.add("calls", {"caller": "Eve", "subject": "Ring", "becomes": "message", "for_person": ANN, "urgent": True})
        bob.store.close()
        await kiosk.until(lambda: "message from Eve" in kiosk.glass())
        assert record_of(kiosk.under_cursor or 0) == ("tickets", 2)
        # and begins at the top of another list
        await kiosk.press("right_square_bracket", "right_square_bracket")
        assert record_of(kiosk.under_cursor or 0) == ("tickets", 3)
        await kiosk.press("down", "down")
        # verbs by their letters, of whatever is under the cursor
        await kiosk.press("s")
        kiosk.says("T-2 is resolved.").does_not_see("Door")
        await kiosk.press("home", "g")
        kiosk.says("T-3 is seen and done.").sees("Waits for me (1)")
        # asking for something, with what belongs to it at once
        await kiosk.press("a", "2")
        await kiosk.type("chair")
        await kiosk.press("f5")
        kiosk.sees("Ask approval T-4")
        await kiosk.press("f5")
        kiosk.says("Max Manager is asked to approve T-4.")
        await kiosk.press("right_square_bracket")
        kiosk.sees("Asked by me (1)", "T-4", "Purchase: chair", "to approve: Max Manager")
        await kiosk.press("enter")
        kiosk.sees("T-4  Purchase: chair")
        await kiosk.press("escape", "escape")
        assert isinstance(kiosk.screen, FrontScreen)
        # the manager says yes, with the PIN given a while ago asked for again
        await kiosk.sign_in("MM")
        kiosk.sees("to approve")
        assert kiosk.keys().startswith("V=Approve  Enter=Open"), "what is expected stands first"
        clock.forward(minutes=2)
        await kiosk.press("V")
        await kiosk.type(f"{PIN}\r")
        kiosk.says("T-4 is approved.").sees("Nothing waits for you. a asks the office for something")


async def test_going_away_and_coming_back_at_the_keys(desk: Desk, folder: Path, clock: Clock) -> None:
    give_pins(desk, ANN, BOB)
    desk.for_person(ADA).edit(desk.get("people", ANN), {"stand_in": BOB})
    ticket(desk, "Lamp", requester=CLEO)
    desk.do("tickets", 1, "take")
    async with Kiosk.open(folder, clock=clock) as kiosk:
        await kiosk.sign_in("AA")
        await kiosk.press("W")
        kiosk.sees("Going away", "BB", "2026-11-23")
        await kiosk.type("fri")
        await kiosk.press("f5")
        kiosk.says("Bob Baker stands in for Ann Archer, today to Fri 27 Nov.")
        kiosk.sees("You are away; Bob Baker stands in").does_not_see("Lamp")
        await kiosk.sign_in("BB")
        kiosk.sees("You stand in for Ann Archer", "Lamp")
        clock.forward(minutes=1)
        desk.for_person(BOB).do("tickets", 1, "note", {"text": "Bulb ordered."})
        await kiosk.until(lambda: kiosk.desk.store.journal.head == desk.store.journal.head)
        clock.forward(days=7)
        await kiosk.sign_in("AA")
        await kiosk.press("W")
        kiosk.sees("Still open: comes back with C (1 of 1)", "Note")
        await kiosk.press("C")
        kiosk.says("SI-1 has ended: Ann Archer is in. 1 thing came back.")
        await kiosk.press("0")
        kiosk.sees("Lamp")


async def test_what_cannot_wait_is_said_wherever_one_is_once(desk: Desk, folder: Path, clock: Clock) -> None:
    starts = clock.now + timedelta(minutes=20)
    desk.for_person(BOB).add("meetings", {"subject": "Budget", "start": starts, "attendees": (ANN,)})
    desk.do("meetings", 1, "acknowledge")
    async with Kiosk.open(folder, as_="AA", clock=clock) as kiosk:
        kiosk.app.open_record("places", 1)
        await kiosk.settle()
        await kiosk.app._minute().wait()
        assert kiosk.screen.query_one(StatusLine).text == ""
        clock.forward(minutes=10)
        await kiosk.app._minute().wait()
        kiosk.says("ME-1 Budget")
        kiosk.screen.query_one(StatusLine).clear()
        await kiosk.app._minute().wait()
        assert kiosk.screen.query_one(StatusLine).text == ""
