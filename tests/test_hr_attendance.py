"""Attendance: in and out by badge, what is put right, how many hours it comes to, who is in the house."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui import areas
from botui.models.base import Refused
from botui.models.hr.absence_clock import due
from botui.models.hr.attendance import hours, stretches
from botui.models.hr.attendance_reports import hours as hours_report
from botui.models.hr.away import between, named, others, words
from botui.models.hr.evacuation import evacuation, inside
from botui.models.hr.leave import Absence, Part
from botui.models.hr.pairing import pairs
from botui.models.hr.punch import LONGEST, Punch, Way
from botui.models.hr.punch_waiting import waiting_for
from botui.models.hr.punching import punch
from botui.models.office import Department, Person, Presence, Role, StandIn
from tests.rules import MONDAY, Office, at

HANNA, MAX = 7, 6


@pytest.fixture
def office() -> Office:
    found = Office()
    found.put(Person(id=HANNA, name="Hanna Human", roles=(Role.STAFF, Role.HR)))
    found.put(Person(id=MAX, name="Max Manager", roles=(Role.STAFF, Role.MANAGER)))
    found.put(Department(id=1, name="IT", manager=MAX))
    found.put(found.get(Person, 1).model_copy(update={"department": 1}))
    return found


def badge(office: Office, moment: str, person: int = 1) -> str:
    office.now = at(moment)
    return office.apply(punch(office.ctx(person), person), person).said


def test_a_badge_comes_in_and_goes_out_and_says_no_more_than_who_which_way_and_when(office: Office) -> None:
    assert badge(office, "2026-11-23 07:02") == "Ann Archer: in, 08:02."
    assert office.get(Person, 1).presence is Presence.IN
    assert badge(office, "2026-11-23 11:00") == "Ann Archer: out, 12:00."
    assert office.get(Person, 1).presence is Presence.OUT
    badge(office, "2026-11-23 11:30")
    badge(office, "2026-11-23 16:00")
    assert hours(office.ctx(), 1, date(2026, 11, 23), date(2026, 11, 23)) == Decimal("8.47")
    assert office.problems() == []


def test_a_badge_held_to_the_scanner_too_long_changes_nothing(office: Office) -> None:
    badge(office, "2026-11-23 07:00")
    office.now += timedelta(seconds=59)
    with pytest.raises(Refused, match=r"in, 08:00\. That was just now"):
        punch(office.ctx(1), 1)


def test_a_night_shift_is_one_stretch_and_who_forgot_to_punch_out_comes_in_the_next_morning(office: Office) -> None:
    badge(office, "2026-11-23 20:00")
    assert ": out," in badge(office, "2026-11-24 05:00")
    assert ": in," in badge(office, "2026-11-24 20:00")
    assert ": in," in badge(office, "2026-11-25 20:00")
    found = list(stretches(office.ctx(), date(2026, 11, 23), date(2026, 11, 25), 1))
    assert [(one.missing, one.running) for one in found] == [(False, False), (True, False), (False, True)]
    assert hours(office.ctx(), 1, date(2026, 11, 23), date(2026, 11, 23)) == Decimal("9.00")


def test_what_is_put_right_is_kept_and_counts_no_more(office: Office) -> None:
    badge(office, "2026-11-23 07:00")
    badge(office, "2026-11-24 07:00")
    office.now = at("2026-11-25 07:00")
    first = office.get(Punch, 1)
    [waits] = waiting_for(office.ctx(HANNA))
    assert (waits.number, waits.verb) == (1, "correct")
    said = office.said(
        first, "correct", HANNA, came=at("2026-11-23 08:00"), went=at("2026-11-23 16:00"), reason="forgot"
    )
    assert "forgot" not in said
    assert office.get(Punch, 1).corrected_at == office.now
    right = office.get(Punch, 3)
    assert (right.corrects, right.by, right.reason, right.pair) == (1, HANNA, "forgot", 4)
    assert hours(office.ctx(), 1, date(2026, 11, 23), date(2026, 11, 23)) == Decimal("8.00")
    assert office.problems() == []
    with pytest.raises(Refused, match="put right already"):
        office.do(first, "correct", HANNA, never=True, reason="again")


def test_what_never_was_leaves_its_other_half_alone(office: Office) -> None:
    badge(office, "2026-11-23 07:00")
    badge(office, "2026-11-23 16:00")
    office.do(office.get(Punch, 2), "correct", HANNA, never=True, reason="somebody else's badge")
    assert office.get(Punch, 1).pair is None
    assert office.problems() == []


@pytest.mark.parametrize(
    ("by", "args", "words"),
    [
        (1, {"never": True}, "Nobody puts their own hours right"),
        (2, {"never": True}, "HR puts this right"),
        (HANNA, {}, "Say when they came or went"),
        (HANNA, {"never": True, "reason": ""}, "Say why"),
        (HANNA, {"came": at("2026-12-01 08:00")}, "still to come"),
        (HANNA, {"came": at("2026-01-01 08:00")}, "62 days"),
        (HANNA, {"went": at("2026-11-22 08:00")}, "went before they came"),
        (HANNA, {"went": at("2026-11-24 08:00")}, "more than 16 hours"),
    ],
)
def test_hours_are_put_right_by_who_may_and_as_they_can_have_been(
    office: Office, by: int, args: dict[str, object], words: str
) -> None:
    badge(office, "2026-11-23 07:00")
    office.now = at("2026-11-24 12:00")
    with pytest.raises(Refused, match=words):
        office.do(office.get(Punch, 1), "correct", by, **{"reason": "so it was", **args})


def test_the_manager_files_what_one_of_the_team_did_not_punch_and_says_why(office: Office) -> None:
    with pytest.raises(Refused, match="Say why"):
        office.add(Punch, MAX, person=1, at=at("2026-11-23 07:00"), way="in")
    with pytest.raises(Refused, match="HR puts this right"):
        office.add(Punch, MAX, person=2, at=at("2026-11-23 07:00"), way="in", reason="[b]no badge[/b]")
    found = office.add(Punch, MAX, person=1, at=at("2026-11-23 07:00"), way="in", reason="[b]no badge[/b]")
    assert (found.by, found.reason) == (MAX, "[b]no badge[/b]")


def test_who_did_not_punch_out_is_told_and_nobody_else_of_the_staff(office: Office) -> None:
    badge(office, "2026-11-23 07:00")
    office.now = at("2026-11-24 09:00")
    assert [one.verb for one in waiting_for(office.ctx(1))] == [""]
    assert [one.verb for one in waiting_for(office.ctx(MAX))] == ["correct"]
    assert [*waiting_for(office.ctx(2))] == []


def test_the_hours_of_payroll_are_sums_by_week(office: Office) -> None:
    for day in (23, 24, 30):
        badge(office, f"2026-11-{day} 07:00")
        badge(office, f"2026-11-{day} 15:00")
    badge(office, "2026-12-01 07:00", 2)
    office.now = at("2026-12-02 07:00")
    found = hours_report(office.ctx(HANNA), date(2026, 11, 1), date(2026, 12, 31))
    assert [row[1:] for row in found.rows] == [
        ("Ann Archer", "2026-11-23", 2, Decimal("16.00"), 0),
        ("Ann Archer", "2026-11-30", 1, Decimal("8.00"), 0),
        ("Bob Baker", "2026-11-30", 1, Decimal("0.00"), 1),
        ("", "", 4, Decimal("24.00"), 1),
    ]


_MOMENTS = st.lists(st.tuples(st.integers(0, 60), st.sampled_from(Way)), max_size=12, unique_by=lambda one: one[0])


@settings(max_examples=50, deadline=None)
@given(_MOMENTS)
def test_a_coming_in_belongs_to_the_next_thing_that_happens_if_that_is_a_going_out_in_time(
    moments: list[tuple[int, Way]],
) -> None:
    ordered = sorted(moments)
    made = [
        Punch(id=n, person=1, at=MONDAY + timedelta(hours=hour), way=way) for n, (hour, way) in enumerate(ordered, 1)
    ]
    wanted: dict[int, int] = {}
    for one, after in pairwise(made):
        if (one.way, after.way) == (Way.IN, Way.OUT) and after.at - one.at <= LONGEST:
            wanted |= {one.id: after.id, after.id: one.id}
    assert pairs(made) == wanted


# --- who is away ------------------------------------------------------------------------------------------------------


def away(office: Office, number: int, person: int, first: str, last: str, **more: object) -> None:
    office.put(
        Absence(id=number, person=person, starts=date.fromisoformat(first), ends=date.fromisoformat(last), **more)
    )


def test_who_is_away_is_said_with_days_and_never_why(office: Office) -> None:
    away(office, 1, 2, "2026-11-23", "2026-11-25")
    away(office, 2, 3, "2026-11-24", "2026-11-24", part=Part.MORNING)
    office.put(StandIn(id=1, person=2, starts=date(2026, 11, 23), ends=date(2026, 11, 25), stand_in=3))
    office.put(StandIn(id=2, person=1, starts=date(2026, 11, 26), ends=date(2026, 11, 26), stand_in=3))
    ctx = office.ctx()
    found = between(ctx, date(2026, 11, 23), date(2026, 11, 27))
    assert [words(ctx, one) for one in found] == [
        "Bob Baker, today to Wed 25 Nov",
        "Cleo Cole, tomorrow (first half)",
        "Ann Archer, Thu 26 Nov",
    ]
    assert named(ctx, found, most=2) == "Bob Baker, Cleo Cole and 1 more"
    assert others(office.ctx(1), 1, date(2026, 11, 23), date(2026, 11, 27)) == []
    assert [one.person for one in others(ctx, 3, date(2026, 11, 25), date(2026, 11, 27))] == [2, 1]


def test_time_shows_who_is_away_and_who_is_back_once(office: Office) -> None:
    away(office, 1, 2, "2026-11-23", "2026-11-25")
    away(office, 2, 3, "2026-11-23", "2026-11-23", part=Part.AFTERNOON)
    away(office, 3, 1, "2026-11-01", "2026-11-02")
    _tick(office)
    assert office.get(Person, 2).presence is Presence.AWAY
    assert office.get(Person, 2).back_at == at("2026-11-26 07:00")
    assert (office.get(Person, 1).presence, office.get(Person, 3).presence) == (Presence.IN, Presence.IN)
    office.now = at("2026-11-26 06:59")
    _tick(office)
    assert office.get(Person, 2).presence is Presence.AWAY
    office.now = at("2026-11-26 07:00")
    _tick(office)
    assert office.get(Person, 2).presence is Presence.IN
    assert [*due(office.ctx(None))] == []


def test_who_came_back_early_is_not_sent_away_again(office: Office) -> None:
    away(office, 1, 2, "2026-11-23", "2026-11-25")
    _tick(office)
    badge(office, "2026-11-24 07:00", 2)
    _tick(office)
    assert office.get(Person, 2).presence is Presence.IN
    away(office, 2, 3, "2026-11-24", "2026-11-24")
    _tick(office)
    office.put(office.get(Person, 3).model_copy(update={"back_at": at("2026-11-30 07:00")}))
    office.now = at("2026-11-25 07:00")
    _tick(office)
    assert office.get(Person, 3).presence is Presence.AWAY, "who said that it will be later is away until then"


def _tick(office: Office) -> None:
    while (change := next(due(office.ctx(None)), None)) is not None:
        office.apply(change, None)


def test_the_evacuation_list_has_who_is_in_and_nobody_who_is_out_or_away(office: Office) -> None:
    badge(office, "2026-11-23 07:00", 1)
    badge(office, "2026-11-23 08:00", 1)
    away(office, 1, 2, "2026-11-23", "2026-11-25")
    assert [one.name for one in inside(office.ctx())] == ["Cleo Cole", "Hanna Human", "Max Manager"]
    badge(office, "2026-11-23 08:05", 2)
    found = evacuation(office.ctx(), office.ctx().today, office.ctx().today)
    assert found.title == "Who is in, 2026-11-23 09:05"
    assert [row[1] for row in found.rows] == ["Bob Baker", "Cleo Cole", "Hanna Human", "Max Manager", "4 in"]


def test_a_punch_is_its_persons_alone_in_lists_and_looks() -> None:
    kind = areas.kind("punches")
    one = Punch(id=1, person=3, at=datetime.fromisoformat("2026-11-23T07:00:00+00:00"), by=HANNA)
    assert kind.derived[kind.whose](one.doc()) == [3]
