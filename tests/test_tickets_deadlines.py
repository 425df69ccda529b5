"""Deadlines: office hours, holidays, daylight saving, the clock that stands still, and whether they were kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui.models.base import stamp
from botui.models.office import Priority, Settings
from botui.models.tickets import Ticket, TicketKind
from botui.models.tickets.deadlines import Met, age, met, next_due, row_style, time_left
from tests.rules import Office, at

HOURS = {"P1": (30, 120), "P2": (60, 240), "P3": (480, 1440), "P4": (1440, 4320)}


def dues(office: Office, **values: Any) -> tuple[datetime | None, datetime | None]:
    ticket = office.add(Ticket, office.CLEO, subject="x", **values)
    return ticket.first_response_due, ticket.resolution_due


@pytest.mark.parametrize("level", Priority)
def test_each_priority_promises_its_office_hours(level: Priority) -> None:
    office = Office(settings=Settings(zone="UTC", hours="always"))
    answer, solution = HOURS[level]
    expected = (office.now + timedelta(minutes=answer), office.now + timedelta(minutes=solution))
    assert dues(office, priority=level) == expected


def test_over_a_weekend_into_summer_time() -> None:
    office = Office(now=at("2026-03-27 15:00"))  # Friday 16:00 in Berlin; on Sunday the clock goes forward.
    assert dues(office, priority="P2") == (at("2026-03-27 16:00"), at("2026-03-30 09:00"))


def test_over_a_weekend_out_of_summer_time() -> None:
    office = Office(now=at("2026-10-23 14:00"))  # Friday 16:00 in Berlin; on Sunday the clock goes back.
    assert dues(office, priority="P2") == (at("2026-10-23 15:00"), at("2026-10-26 10:00"))


def test_a_holiday_is_no_office_time() -> None:
    office = Office(
        settings=Settings(zone="Europe/Berlin", holidays="2026-11-24 Founders' day"), now=at("2026-11-23 15:30")
    )
    assert dues(office, priority="P2") == (at("2026-11-25 07:30"), at("2026-11-25 10:30"))


def test_filed_at_night_the_time_runs_from_the_opening() -> None:
    office = Office(now=at("2026-11-23 22:00"))
    assert dues(office, priority="P1") == (at("2026-11-24 07:30"), at("2026-11-24 09:00"))


def test_the_topic_sets_its_own_times_and_how_soon() -> None:
    office = Office()
    assert dues(office, topic=2) == (at("2026-11-23 11:00"), at("2026-11-24 08:00"))
    printer = office.add(Ticket, office.CLEO, subject="x", topic=1)
    assert (printer.priority, printer.resolution_due) == (Priority.P2, at("2026-11-23 13:00"))
    assert office.add(Ticket, office.CLEO, subject="x", topic=1, priority="P4").priority is Priority.P4


def test_an_office_that_never_opens_promises_nothing() -> None:
    office = Office(settings=Settings(hours="closed"))
    assert dues(office) == (None, None)
    ticket = office.do(office.add(Ticket, subject="x"), "wait")
    assert office.do(ticket, "take").resolution_due is None


@pytest.mark.parametrize(
    ("kind", "promised"), [("request", (True, True)), ("complaint", (True, True)), ("task", (False, True))]
)
def test_only_who_waits_for_an_answer_is_promised_one(kind: str, promised: tuple[bool, bool]) -> None:
    first, last = dues(Office(), kind=kind)
    assert (first is not None, last is not None) == promised


def test_projects_and_messages_have_no_promise_but_a_day_that_was_set() -> None:
    office = Office()
    assert dues(office, kind="project") == (None, None)
    assert dues(office, kind="message", for_person=2) == (None, None)
    assert dues(office, kind="project", wanted_by=date(2026, 11, 27)) == (None, at("2026-11-27 16:00"))


@pytest.mark.parametrize(
    ("day", "due"),
    [("2026-11-27", "2026-11-27 16:00"), ("2026-11-28", "2026-11-28 23:00"), ("2026-07-01", "2026-07-01 15:00")],
)
def test_a_promised_day_ends_when_the_office_closes(day: str, due: str) -> None:
    office = Office(now=at("2026-06-01 09:00"))
    assert dues(office, wanted_by=date.fromisoformat(day))[1] == at(due)


def test_a_promised_day_is_not_moved_by_waiting() -> None:
    office = Office()
    ticket = office.add(Ticket, office.CLEO, subject="x", wanted_by=date(2026, 11, 27))
    office.do(ticket, "wait")
    office.now += timedelta(days=2)
    after = office.do(ticket, "take")
    assert after.resolution_due == at("2026-11-27 16:00")
    assert after.first_response_due == at("2026-11-26 08:00")


@pytest.mark.parametrize("reason", ["vendor", "part", "date"])
def test_only_waiting_for_the_requester_stops_the_clock(reason: str) -> None:
    office = Office()
    ticket = office.add(Ticket, office.CLEO, subject="x")
    before = ticket.resolution_due
    waiting = office.do(ticket, "wait", waiting_for=reason, until=office.now + timedelta(days=3))
    assert next_due(waiting.doc()) is not None
    office.now += timedelta(days=2)
    assert office.do(ticket, "take").resolution_due == before


def test_while_the_requester_is_waited_for_nothing_is_due() -> None:
    office = Office()
    ticket = office.do(office.add(Ticket, office.CLEO, subject="x", priority="P1"), "wait")
    office.now += timedelta(days=30)
    doc = ticket.doc()
    assert (next_due(doc), row_style(doc, stamp(office.now))) == (None, "")
    assert time_left(doc, office.settings, office.now) == "stopped"


def test_waiting_for_something_else_lets_the_clock_run_on() -> None:
    office = Office()
    ticket = office.do(office.add(Ticket, office.CLEO, subject="x"), "wait")
    due = ticket.resolution_due
    office.now += timedelta(hours=2)
    after = office.do(ticket, "wait", waiting_for="vendor")
    assert (after.paused_at, after.paused_for) == (None, 7200)
    assert (due, after.resolution_due) == (at("2026-11-25 15:00"), at("2026-11-26 08:00"))
    again = office.do(after, "wait", waiting_for="requester")
    assert office.do(again, "wait", waiting_for="requester").paused_at == again.paused_at


minutes = st.integers(0, 20_000)


@given(
    start=st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1)),
    moves=st.lists(st.tuples(minutes, minutes), max_size=4),
    level=st.sampled_from(Priority),
)
def test_the_deadline_moves_by_exactly_the_office_time_it_stood_still(
    start: datetime, moves: list[tuple[int, int]], level: Priority
) -> None:
    office = Office(now=at(start.replace(microsecond=0).isoformat()))
    hours = office.settings.business_hours()
    ticket = office.add(Ticket, office.CLEO, subject="x", priority=level)
    stood_still = timedelta(0)
    for working, waiting in moves:
        office.now += timedelta(minutes=working)
        office.do(ticket, "wait")
        since = office.now
        office.now += timedelta(minutes=waiting)
        office.do(ticket, "take")
        stood_still += hours.between(since, office.now)
    after = office.get(Ticket, ticket.id)
    _, promised = office.settings.deadlines(level)
    assert after.created_at is not None
    assert after.resolution_due == hours.add(after.created_at, promised + stood_still)
    assert after.paused_for == int(stood_still.total_seconds())
    other = Priority.P4 if level is not Priority.P4 else Priority.P1
    edited = office.edit(after, priority=other)
    assert edited.resolution_due == hours.add(after.created_at, office.settings.deadlines(other)[1] + stood_still)


def test_only_the_desk_stops_the_clock_of_the_answer() -> None:
    office = Office()
    ticket = office.add(Ticket, office.CLEO, subject="x")
    assert office.do(ticket, "reply", office.CLEO, text="Hello?").first_response_at is None
    assert office.do(ticket, "note", office.ANN, text="Hm.").first_response_at is None
    office.now += timedelta(minutes=5)
    answered = office.do(ticket, "reply", office.ANN, text="Yes?")
    assert answered.first_response_at == office.now
    office.now += timedelta(minutes=5)
    assert office.do(ticket, "reply", office.BOB, text="So?").first_response_at == answered.first_response_at


def test_once_answered_the_solution_is_due_next() -> None:
    office = Office()
    ticket = office.add(Ticket, office.CLEO, subject="x", priority="P2")
    assert next_due(ticket.doc()) == stamp(at("2026-11-23 10:00"))
    ticket = office.do(ticket, "reply", text="Yes.")
    assert next_due(ticket.doc()) == stamp(at("2026-11-23 13:00"))
    assert next_due(office.do(ticket, "resolve").doc()) is None


@pytest.mark.parametrize(
    ("now", "style", "left"),
    [
        ("2026-11-23 08:59", "", "2h01 left"),
        ("2026-11-23 10:01", "soon", "59m left"),
        ("2026-11-23 11:35", "late", "35m late"),
        ("2026-11-24 10:00", "late", "8h late"),
        ("2026-11-27 11:00", "late", "4d late"),
    ],
)
def test_a_row_says_how_long_is_left_in_office_time(now: str, style: str, left: str) -> None:
    office = Office()
    doc = office.add(Ticket, office.CLEO, subject="x", topic=2).doc()
    assert row_style(doc, stamp(at(now))) == style
    assert time_left(doc, office.settings, at(now)) == left


def test_what_is_done_is_never_late() -> None:
    office = Office()
    doc = office.do(office.add(Ticket, subject="x", priority="P1"), "resolve").doc()
    assert row_style(doc, "2030-01-01T00:00:00Z") == "done"
    assert time_left(doc, office.settings, at("2030-01-01 00:00")) == ""


@pytest.mark.parametrize(("minutes_ago", "words"), [(0, "0m"), (59, "59m"), (60, "1h"), (2879, "47h"), (2880, "2d")])
def test_the_age_of_a_ticket(minutes_ago: int, words: str) -> None:
    now = at("2026-11-23 09:00")
    assert age({"created_at": stamp(now - timedelta(minutes=minutes_ago))}, now) == words
    assert age({}, now) == ""


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, Met(None, None)),
        ({"first_response_due": "2026-11-23T08:00:00Z", "resolution_due": "2026-11-23T10:00:00Z"}, Met(False, None)),
        (
            {
                "first_response_due": "2026-11-23T08:00:00Z",
                "first_response_at": "2026-11-23T08:00:00Z",
                "resolution_due": "2026-11-23T08:30:00Z",
            },
            Met(True, False),
        ),
        (
            {
                "state": "closed",
                "resolution_due": "2026-11-23T08:30:00Z",
                "first_response_due": "2026-11-23T08:00:00Z",
                "resolved_at": "2026-11-23T08:15:00Z",
                "closed_at": "2026-11-30T08:15:00Z",
            },
            Met(False, True),
        ),
        (
            {
                "state": "waiting",
                "waiting_for": "requester",
                "paused_at": "2026-11-23T08:00:00Z",
                "resolution_due": "2026-11-23T08:30:00Z",
            },
            Met(None, None),
        ),
    ],
)
def test_deadlines_are_met_or_missed_by_the_moments_alone(values: dict[str, Any], expected: Met) -> None:
    ticket = Ticket.load(1, {"subject": "x", **values})
    assert met(ticket, at("2026-11-23 09:00")) == expected


def test_reopened_it_may_be_late_at_once_because_its_age_counts() -> None:
    office = Office()
    ticket = office.do(office.add(Ticket, office.CLEO, subject="x", priority="P1"), "resolve")
    assert met(ticket, office.now).resolution is True
    office.now += timedelta(days=1)
    after = office.do(ticket, "reopen", office.CLEO)
    assert row_style(after.doc(), stamp(office.now)) == "late"
    assert met(after, office.now).resolution is False


def test_a_new_topic_or_day_makes_new_deadlines_only_while_there_is_something_to_do() -> None:
    office = Office()
    ticket = office.add(Ticket, office.CLEO, subject="x")
    assert office.edit(ticket, topic=1).resolution_due == at("2026-11-23 13:00")
    assert office.edit(ticket, wanted_by=date(2026, 11, 30)).resolution_due == at("2026-11-30 16:00")
    resolved = office.do(office.add(Ticket, office.CLEO, subject="y"), "resolve")
    assert office.edit(resolved, priority="P1").resolution_due == resolved.resolution_due


def test_the_deadline_of_an_answer_given_stays_what_it_was() -> None:
    office = Office()
    ticket = office.do(office.add(Ticket, office.CLEO, subject="x"), "reply", text="Yes.")
    after = office.edit(ticket, priority="P1")
    assert after.first_response_due == ticket.first_response_due
    assert after.resolution_due == at("2026-11-23 11:00")


def test_the_kinds_of_tickets_with_a_promise_are_all_kinds_but_two() -> None:
    with_promise = {kind for kind in TicketKind if dues(Office(), kind=kind, for_person=1)[1] is not None}
    assert set(TicketKind) - with_promise == {TicketKind.MESSAGE, TicketKind.PROJECT}
