"""What time alone does: waits come back, resolved closes, what recurs is made; once, and as of when it was due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui.models import calendar
from botui.models.base import Refused
from botui.models.office import Priority, Settings
from botui.models.shape import build
from botui.models.tickets import Comment, State, Ticket, TicketKind
from botui.models.tickets.recurring import Recurring, due_tickets
from botui.models.tickets.timed import clock
from tests.rules import Office, at


@pytest.fixture
def office() -> Office:
    return Office()


def tick(office: Office) -> list[str]:
    """Let time do its work as the desk does: one change after the other, until nothing is due."""
    done: list[str] = []
    while (change := next(iter(clock(office.ctx(None))), None)) is not None:
        done.append(office.apply(change).action)
        assert len(done) < 100, "time never comes to an end"
    return done


def test_a_dated_wait_comes_back_when_it_is_due_not_when_somebody_looks(office: Office) -> None:
    ticket = office.add(Ticket, office.CLEO, subject="x", priority="P2")
    office.do(ticket, "wait", until=at("2026-11-23 11:00"))
    office.now = at("2026-11-23 10:59")
    assert tick(office) == []
    office.now = at("2026-11-23 16:00")
    assert tick(office) == ["tickets.back"]
    after = office.get(Ticket, 1)
    assert (after.state, after.waiting_for, after.waiting_until) == (State.OPEN, None, None)
    # Two hours stood still, from ten to twelve in Berlin, however late the desk was opened.
    assert (after.paused_for, after.resolution_due) == (7200, at("2026-11-23 15:00"))
    assert tick(office) == []


def test_a_wait_comes_back_at_the_very_second(office: Office) -> None:
    office.do(office.add(Ticket, subject="x"), "wait", waiting_for="part", until=office.now + timedelta(hours=1))
    office.now += timedelta(hours=1)
    assert tick(office) == ["tickets.back"]


def test_a_wait_without_a_date_waits(office: Office) -> None:
    office.do(office.add(Ticket, subject="x"), "wait")
    office.now += timedelta(days=400)
    assert tick(office) == []


@pytest.mark.parametrize(
    ("resolved", "closes"),
    [
        ("2026-11-23 10:00", "2026-11-30 10:00"),
        ("2026-11-27 15:00", "2026-12-04 15:00"),
        ("2026-11-28 12:00", "2026-12-07 07:00"),
        ("2026-12-21 10:00", "2026-12-29 10:00"),
        ("2026-03-26 10:00", "2026-04-02 09:00"),
    ],
)
def test_what_is_resolved_closes_five_working_days_later(office: Office, resolved: str, closes: str) -> None:
    office.settings = Settings(zone="Europe/Berlin", holidays="2026-12-25 Christmas")
    office.now = at(resolved)
    office.do(office.add(Ticket, subject="x"), "resolve")
    office.now = at(closes) - timedelta(seconds=1)
    assert tick(office) == []
    office.now = at(closes) + timedelta(days=30)
    assert tick(office) == ["tickets.close"]
    assert office.get(Ticket, 1).closed_at == at(closes)
    assert tick(office) == []


def test_where_friday_is_short_it_still_closes_in_time(office: Office) -> None:
    office.settings = Settings(zone="UTC", hours="mon-thu 08:00-17:00, fri 08:00-12:00", close_after=1)
    office.now = at("2026-11-26 16:50")
    office.do(office.add(Ticket, subject="x"), "resolve")
    office.now = at("2026-11-27 12:00")
    assert tick(office) == ["tickets.close"]


def test_an_office_that_never_opens_closes_by_days(office: Office) -> None:
    office.settings = Settings(hours="closed")
    office.do(office.add(Ticket, subject="x"), "resolve")
    office.now += timedelta(days=5)
    assert tick(office) == ["tickets.close"]


def test_looking_reads_no_record_when_nothing_is_due(office: Office) -> None:
    for number in range(20):
        ticket = office.add(Ticket, subject=str(number))
        office.do(ticket, "wait", waiting_for="part", until=office.now + timedelta(days=9))
        office.do(office.add(Ticket, subject="r"), "resolve")
    office.add(Recurring, subject="x", rule="yearly on 03-31")
    office.data.searched.clear()
    assert tick(office) == []
    assert office.data.searched == [0, 0, 0]


def recurring(office: Office, rule: str, **values: Any) -> Recurring:
    return office.add(Recurring, subject="Water the plants", rule=rule, **values)


def test_what_recurs_is_made_once_on_its_day(office: Office) -> None:
    made = recurring(office, "monthly on first mon", owner=2, topic=1, body="All of them", checklist="Hall\nRoof")
    assert made.next_on == date(2026, 12, 7)
    office.now = at("2026-12-06 22:59")
    assert tick(office) == []
    office.now = at("2026-12-06 23:00")  # Midnight in Berlin.
    assert tick(office) == ["recurring.run"]
    ticket = office.get(Ticket, 1)
    assert (ticket.owner, ticket.state, ticket.kind) == (2, State.OPEN, TicketKind.TASK)
    assert (ticket.priority, ticket.department, ticket.created_by) == (Priority.P2, 1, None)
    assert [step.text for step in ticket.checklist] == ["Hall", "Roof"]
    assert (office.get(Recurring, 1).next_on, office.get(Recurring, 1).last) == (date(2027, 1, 4), 1)
    assert tick(office) == []


def test_one_ticket_stands_for_all_dates_missed(office: Office) -> None:
    recurring(office, "weekly on mon,thu")
    assert tick(office) == ["recurring.run"]
    office.now = at("2026-12-09 09:00")
    assert tick(office) == ["recurring.run"]
    assert len(office.data.find(Ticket)) == 2
    made = office.get(Ticket, 2)
    assert (made.state, made.created_at) == (State.NEW, at("2026-12-06 23:00"))
    (word,) = office.data.find(Comment, ticket=2)
    assert word.body == "This one stands for 4 dates, the first 2026-11-26."
    assert office.get(Recurring, 1).next_on == date(2026, 12, 10)


@given(
    rule=st.sampled_from(["daily", "weekly on fri", "every 2 weeks on mon", "monthly on 31", "yearly on 02-29"]),
    looks=st.lists(st.integers(1, 400), min_size=1, max_size=6),
)
def test_however_seldom_somebody_looks_each_look_makes_one_ticket_at_most(rule: str, looks: list[int]) -> None:
    office = Office()
    recurring(office, rule)
    since = office.now.date() - timedelta(days=1)
    for days in (0, *looks):
        office.now += timedelta(days=days)
        today = office.ctx().today
        expected = 1 if calendar.Recurrence.parse(rule).due(since, today) else 0
        assert len(tick(office)) == expected
        since = today
    kept = office.get(Recurring, 1)
    assert kept.next_on is not None
    assert kept.next_on > office.ctx().today


def test_a_look_ahead_needs_no_numbers(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    recurring(office, "daily")
    office.now += timedelta(days=2)
    monkeypatch.setattr(office.data, "new_id", lambda kind: 0)
    assert [change.action for change in clock(office.ctx(None))] == ["recurring.run"]


def test_stopped_it_makes_nothing_and_what_was_missed_stays_away(office: Office) -> None:
    made = recurring(office, "weekly on tue")
    assert office.said(made, "pause") == "R-1 stands still."
    office.now = at("2026-12-02 09:00")
    assert tick(office) == []
    assert due_tickets(office.ctx(), office.get(Recurring, 1)) is None
    assert office.said(made, "pause") == "R-1 goes on; next Tue 8 Dec."
    assert tick(office) == []


def test_stopped_and_gone_on_the_same_day_nothing_is_made_twice(office: Office) -> None:
    made = recurring(office, "daily")
    assert tick(office) == ["recurring.run"]
    office.do(made, "pause")
    office.do(made, "pause")
    assert tick(office) == []


def test_one_can_be_made_now_besides(office: Office) -> None:
    made = recurring(office, "yearly on 03-31", priority="P4", requester=3, place=None)
    after = office.do(made, "run", office.BOB)
    ticket = office.get(Ticket, 1)
    assert (after.last, after.next_on) == (1, date(2027, 3, 31))
    assert (ticket.created_by, ticket.priority, ticket.requester) == (office.BOB, Priority.P4, 3)


def test_another_rule_begins_tomorrow(office: Office) -> None:
    made = recurring(office, "weekly on fri")
    after = office.edit(made, rule="DAILY", subject="Water")
    assert (after.rule, after.next_on, after.subject) == ("daily", date(2026, 11, 24), "Water")
    assert office.edit(after, body="x").next_on == date(2026, 11, 24)


def test_what_is_no_rule_is_refused_in_words(office: Office) -> None:
    with pytest.raises(Refused, match="as something that comes back"):
        recurring(office, "now and then")
    with pytest.raises(Refused, match="A message does not come back"):
        recurring(office, "daily", kind="message")


def test_what_has_no_date_yet_is_at_rest_until_it_goes_on(office: Office) -> None:
    office.put(build(Recurring, {"id": 1, "subject": "x", "rule": "daily", "active": False}))
    assert tick(office) == []
    assert due_tickets(office.ctx(), office.get(Recurring, 1).model_copy(update={"active": True})) is None
    assert office.said(office.get(Recurring, 1), "pause") == "R-1 goes on; next today."


def test_a_date_the_rule_does_not_have_is_still_made_once(office: Office) -> None:
    office.put(build(Recurring, {"id": 1, "subject": "x", "rule": "weekly on fri", "next_on": "2026-11-23"}))
    assert tick(office) == ["recurring.run"]
    assert office.get(Recurring, 1).next_on == date(2026, 11, 27)
