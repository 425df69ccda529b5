"""Filing, changing and taking over tickets: what the topic decides, who asks, and what of the past is kept."""

from __future__ import annotations

from typing import Any

import pytest

from botui.models.base import Refused
from botui.models.office import Context, Department, Party, Priority, Topic
from botui.models.shape import build
from botui.models.tickets import Channel, State, Ticket
from botui.models.tickets.deadlines import Met, met
from botui.models.tickets.filing import create, file_past, revise
from tests.rules import Office, at


@pytest.fixture
def office() -> Office:
    return Office()


def take_over(office: Office, **values: Any) -> Ticket:
    ticket = build(Ticket, {"subject": "x", **values, "id": office.data.new_id(Ticket)})
    office.apply(file_past(office.ctx(), ticket))
    return office.get(Ticket, ticket.id)


def test_the_topic_decides_what_nobody_typed(office: Office) -> None:
    ticket = office.add(Ticket, office.CLEO, subject="x", topic=1)
    assert (ticket.department, ticket.priority) == (1, Priority.P2)
    assert [step.text for step in ticket.checklist] == ["Look", "Fix", "Test"]
    typed = office.add(Ticket, office.CLEO, subject="x", topic=1, priority="P4", department=2)
    assert (typed.department, typed.priority) == (2, Priority.P4)
    assert office.add(Ticket, subject="x").priority is Priority.P3


def test_at_the_kiosk_the_one_who_files_asks(office: Office) -> None:
    office.put(Party(id=1, name="Toner Ltd"))
    assert office.add(Ticket, office.CLEO, subject="x").requester == office.CLEO
    assert office.add(Ticket, office.CLEO, subject="x", requester=2).requester == 2
    assert office.add(Ticket, office.ANN, subject="x", channel="phone").requester is None
    assert office.add(Ticket, office.ANN, subject="x", party=1).requester is None
    assert office.add(Ticket, None, subject="x").requester is None


def test_the_life_of_a_new_ticket_begins_now_whatever_was_typed(office: Office) -> None:
    ticket = office.add(
        Ticket, subject="x", state="closed", owner=2, resolution="y", minutes=9, created_at="2020-01-01T00:00:00Z"
    )
    assert (ticket.state, ticket.owner, ticket.resolution, ticket.minutes) == (State.NEW, None, "", 0)
    assert (ticket.created_at, ticket.created_by) == (office.now, office.ANN)


def test_filing_says_until_when_it_is_promised(office: Office) -> None:
    def said(**values: Any) -> str:
        return create(office.ctx(3), build(Ticket, {"id": 7, "subject": "x", **values})).said

    assert said(priority="P1") == "T-7 is filed, urgent: answer by today 10:30."
    assert said(kind="task") == "T-7 is filed, normal: done by Wed 25 Nov 16:00."
    assert said(kind="project") == "T-7 is filed."


def test_a_message_is_for_somebody_who_has_it_then(office: Office) -> None:
    assert office.add(Ticket, subject="x", kind="message", for_person=2).owner == 2
    with pytest.raises(Refused) as refused:
        office.add(Ticket, subject="x", kind="message")
    assert "for_person" in refused.value.fields


def test_a_new_topic_decides_anew_but_not_over_what_is_typed_with_it(office: Office) -> None:
    ticket = office.add(Ticket, office.CLEO, subject="x", topic=1)
    moved = office.edit(ticket, topic=2)
    assert (moved.department, moved.priority) == (2, Priority.P3)
    assert len(moved.checklist) == 3
    office.put(Department(id=3, name="Post room"))
    typed = office.edit(moved, topic=1, department=3)
    assert (typed.department, typed.priority) == (3, Priority.P2)


def test_a_topic_without_a_department_leaves_it_where_it_is(office: Office) -> None:
    office.put(Topic(id=3, name="Anything"))
    ticket = office.add(Ticket, subject="x", topic=1)
    assert office.edit(ticket, topic=3).department == 1


def test_an_emptied_priority_is_the_topics(office: Office) -> None:
    ticket = office.add(Ticket, subject="x", topic=1, priority="P4")
    assert office.edit(ticket, priority=None).priority is Priority.P2


@pytest.mark.parametrize(
    "values",
    [{"state": "closed"}, {"owner": 2}, {"resolution": "x"}, {"links": ("T-1",)}, {"paused_for": 5}, {"minutes": 3}],
)
def test_what_verbs_move_is_not_moved_by_hand(office: Office, values: dict[str, Any]) -> None:
    ticket = office.add(Ticket, subject="x")
    with pytest.raises(Refused, match="is moved by a verb, not by hand") as refused:
        office.edit(ticket, **values)
    assert refused.value.fields.keys() == values.keys()


def test_an_edit_touches_only_what_it_changes(office: Office) -> None:
    ticket = office.add(Ticket, subject="x")
    change = revise(office.ctx(), ticket, ticket.model_copy(update={"subject": "y"}))
    assert change.puts["tickets", 1].fields == {"subject": "y"}


def test_a_merged_ticket_is_not_changed(office: Office) -> None:
    ticket = office.add(Ticket, subject="x")
    office.do(ticket, "merge", into=office.add(Ticket, subject="y").id)
    with pytest.raises(Refused, match="change the other one"):
        office.edit(ticket, subject="z")


def test_no_ticket_becomes_a_message_by_hand(office: Office) -> None:
    with pytest.raises(Refused, match="take it down as a call"):
        office.edit(office.add(Ticket, subject="x"), kind="message")


def test_what_is_taken_over_keeps_its_state_and_times(office: Office) -> None:
    ticket = take_over(
        office,
        state="resolved",
        channel="e-mail",
        topic=1,
        owner=2,
        codes="INC-1",
        created_at="2026-02-02T09:00:00Z",
        resolved_at="2026-02-02T11:00:00Z",
    )
    assert (ticket.state, ticket.owner, ticket.channel, ticket.requester) == (State.RESOLVED, 2, Channel.EMAIL, None)
    assert (ticket.first_response_due, ticket.resolution_due) == (at("2026-02-02 10:00"), at("2026-02-02 13:00"))
    assert met(ticket, office.now) == Met(False, True)


def test_deadlines_that_come_along_are_kept(office: Office) -> None:
    due = "2026-02-05T09:00:00Z"
    ticket = take_over(office, created_at="2026-02-02T09:00:00Z", resolution_due=due, state="new")
    assert ticket.resolution_due == at("2026-02-05 09:00")
    answered = take_over(office, created_at="2026-02-02T09:00:00Z", first_response_at="2026-02-02T09:05:00Z")
    assert met(answered, office.now) == Met(True, False)


def test_what_waited_for_the_requester_there_is_not_late_here(office: Office) -> None:
    waits = take_over(office, state="waiting", waiting_for="requester", created_at="2026-02-02T09:00:00Z")
    assert waits.paused_at == waits.created_at
    assert met(waits, office.now) == Met(None, None)


def test_a_closed_ticket_with_one_time_has_both(office: Office) -> None:
    closed = take_over(office, state="closed", created_at="2026-02-02T09:00:00Z", closed_at="2026-02-03T09:00:00Z")
    assert closed.resolved_at == closed.closed_at == at("2026-02-03 09:00")
    resolved = take_over(office, state="closed", created_at="2026-02-02T09:00:00Z", resolved_at="2026-02-03T09:00:00Z")
    assert resolved.closed_at == at("2026-02-03 09:00")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"created_at": "2030-01-01T00:00:00Z"}, "created_at"),
        ({"created_at": "2026-02-02T09:00:00Z", "resolved_at": "2026-02-01T09:00:00Z"}, "resolved_at"),
        ({"created_at": "2026-02-02T09:00:00Z", "closed_at": "2030-02-01T09:00:00Z"}, "closed_at"),
        ({"kind": "message"}, "for_person"),
    ],
)
def test_times_that_cannot_be_are_refused(office: Office, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        take_over(office, **values)
    assert field in refused.value.fields


def test_rules_need_no_clock_of_their_own(office: Office) -> None:
    office.now = at("2001-02-03 04:05")
    assert isinstance(office.ctx(), Context)
    assert office.add(Ticket, subject="x").created_at == at("2001-02-03 04:05")
