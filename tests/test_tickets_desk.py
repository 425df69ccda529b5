"""Tickets on a real store: permissions, references, the change of time done once, and names that stay."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from botui.data import Desk
from botui.models.base import NotAllowed
from botui.models.tickets import Comment, State, Ticket
from tests.rules import MONDAY

STABLE = (
    "subject, body, requester, on_behalf_of, channel, kind, topic, department, place, priority, state, owner, "
    "waiting_for, waiting_until, parent, tags, created_at, first_response_due, first_response_at, resolution_due, "
    "resolved_at, closed_at, resolution, satisfaction"
)


class Clock:
    """The time, as the test sets it."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def time() -> Clock:
    return Clock()


@pytest.fixture
def ann(tmp_path: Path, time: Clock) -> Iterator[Desk]:
    """Ann works the tickets; P-2 is Cleo, who asks."""
    desk = Desk.open(tmp_path, None, "front", time)
    desk.as_system().add("people", {"name": "Ann Archer", "roles": ("staff", "clerk")})
    desk.as_system().add("people", {"name": "Cleo Cole"})
    yield desk.for_person(1)
    desk.store.close()


def test_the_field_names_of_the_command_line_are_those_of_the_model() -> None:
    assert set(STABLE.split(", ")) <= set(Ticket.model_fields)


def test_the_one_who_asks_may_ask_answer_and_say_it_is_solved_but_not_take(ann: Desk) -> None:
    cleo = ann.for_person(2)
    assert cleo.add("tickets", {"subject": "Printer"}).refs == ("T-1",)
    ann.do("tickets", 1, "reply", {"text": "Which one?", "then": "wait"})
    cleo.do("tickets", 1, "reply", {"text": "The red one."})
    with pytest.raises(NotAllowed):
        cleo.do("tickets", 1, "take")
    cleo.do("tickets", 1, "resolve")
    cleo.do("tickets", 1, "rate", {"satisfaction": "5"})
    ticket = ann.get("tickets", 1)
    assert isinstance(ticket, Ticket)
    assert (ticket.state, ticket.owner, ticket.satisfaction) == (State.RESOLVED, 1, 5)


def test_what_somebody_else_asked_is_not_ones_own(ann: Desk) -> None:
    ann.add("tickets", {"subject": "Printer", "requester": 1})
    with pytest.raises(NotAllowed):
        ann.for_person(2).do("tickets", 1, "resolve")


def test_a_comment_keeps_the_number_it_was_given(ann: Desk) -> None:
    ann.add("tickets", {"subject": "Printer"})
    assert "C-1" in ann.add("comments", {"ticket": 1, "body": "Toner?"}).refs
    comment = ann.get("comments", 1)
    assert isinstance(comment, Comment)
    assert comment.author == 1


def test_a_call_and_what_it_becomes_are_one_change(ann: Desk) -> None:
    done = ann.add("calls", {"caller": "Jane", "for_person": 2, "text": "Offer"})
    assert set(done.refs) == {"T-1", "CL-1"}
    assert ann.for_person(2).do("tickets", 1, "acknowledge").said == "T-1 is seen and done."


def test_time_does_its_work_once_whoever_looks(ann: Desk, time: Clock, tmp_path: Path) -> None:
    ann.add("tickets", {"subject": "Waits"})
    ann.do("tickets", 1, "wait", {"waiting_for": "part", "until": "+1d"})
    ann.add("tickets", {"subject": "Done"})
    ann.do("tickets", 2, "resolve")
    ann.add("recurring", {"subject": "Plants", "rule": "weekly on mon"})
    other = Desk.open(tmp_path, None, "back", time).as_system()
    time.now += timedelta(days=10)
    said = ann.tick()
    assert said == ["T-1 is back: its time has come.", "T-2 is closed.", "T-3 is filed: Plants."]
    assert (ann.tick(), other.tick()) == ([], [])
    assert [event.by for event in other.history("tickets", 2)][-1] is None
    other.store.close()


def test_two_people_change_different_things_of_one_ticket_and_both_land(ann: Desk) -> None:
    ann.add("tickets", {"subject": "Printer"})
    before = ann.get("tickets", 1)
    ann.do("tickets", 1, "take")
    ann.edit(before, {"priority": "P1", "tags": ("red",)})
    ticket = ann.get("tickets", 1)
    assert isinstance(ticket, Ticket)
    assert (ticket.owner, ticket.priority, ticket.tags) == (1, "P1", ("red",))
