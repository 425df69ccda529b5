"""Replies and notes: who sees them, which clocks they stop, and what comes with them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from botui.models.base import Refused
from botui.models.office import Reply
from botui.models.shape import build
from botui.models.tickets import Comment, CommentKind, State, Ticket, WaitFor
from botui.models.tickets.comments import thread
from tests.rules import Office


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def ticket(office: Office) -> Ticket:
    return office.add(Ticket, office.CLEO, subject="Printer")


def test_the_first_answer_opens_a_new_ticket_and_gives_it_to_who_answers(office: Office, ticket: Ticket) -> None:
    after = office.do(ticket, "reply", office.BOB, text="I come.", minutes=3)
    assert (after.state, after.owner, after.first_response_at, after.minutes) == (
        State.OPEN,
        office.BOB,
        office.now,
        3,
    )
    (said,) = office.data.find(Comment, ticket=ticket.id)
    assert (said.kind, said.author, said.at, said.minutes) == (CommentKind.PUBLIC, office.BOB, office.now, 3)


def test_a_reply_can_wait_for_the_answer_in_one_go(office: Office, ticket: Ticket) -> None:
    after = office.do(ticket, "reply", office.BOB, text="Which room?", then="wait")
    assert (after.state, after.waiting_for, after.paused_at) == (State.WAITING, WaitFor.REQUESTER, office.now)
    answered = office.do(after, "reply", office.CLEO, text="Room 12.")
    assert (answered.state, answered.waiting_for, answered.paused_at) == (State.OPEN, None, None)


def test_a_word_of_the_one_who_asked_ends_no_other_wait(office: Office, ticket: Ticket) -> None:
    office.do(ticket, "wait", waiting_for="part")
    assert office.do(ticket, "reply", office.CLEO, text="And?").state is State.WAITING


def test_a_thank_you_opens_nothing_again(office: Office, ticket: Ticket) -> None:
    office.do(ticket, "resolve")
    assert office.said(ticket, "reply", office.CLEO, text="Thank you!") == "Your word on T-1 is kept."
    assert office.get(Ticket, 1).state is State.RESOLVED


def test_a_late_word_of_the_desk_does_not_change_how_it_went(office: Office, ticket: Ticket) -> None:
    closed = ticket.model_copy(update={"state": State.CLOSED, "resolved_at": office.now, "closed_at": office.now})
    office.put(closed)
    office.now += timedelta(days=3)
    assert office.do(closed, "reply", office.BOB, text="By the way") == closed


def test_a_reply_can_resolve_in_one_go_unless_something_is_open(office: Office, ticket: Ticket) -> None:
    office.do(ticket, "tick", add="Look")
    with pytest.raises(Refused, match="1 step is open: Look"):
        office.do(ticket, "reply", text="Done.", then="resolve")
    office.do(ticket, "tick")
    assert office.do(ticket, "reply", text="Done.", then="resolve").state is State.RESOLVED
    with pytest.raises(Refused, match="T-1 is resolved already"):
        office.do(ticket, "reply", text="Done.", then="resolve")


def test_a_canned_reply_goes_before_the_own_words(office: Office, ticket: Ticket) -> None:
    office.put(Reply(id=1, title="Hello", text="Good day,"))
    office.do(ticket, "reply", canned=1, text="we look into it.")
    office.do(ticket, "reply", canned=1)
    assert [one.body for one in thread(office.data, ticket)] == ["Good day,\n\nwe look into it.", "Good day,"]


def test_too_long_with_the_canned_reply_is_refused_not_cut(office: Office, ticket: Ticket) -> None:
    office.put(Reply(id=1, title="Hello", text="x" * 15_000))
    with pytest.raises(Refused, match="20,000 fit"):
        office.do(ticket, "reply", canned=1, text="y" * 15_000)


@pytest.mark.parametrize("verb", ["reply", "note"])
def test_nothing_said_is_refused(office: Office, ticket: Ticket, verb: str) -> None:
    with pytest.raises(Refused) as refused:
        office.do(ticket, verb, text=" \n ")
    assert refused.value.fields == {"text": "This is needed."}


@pytest.mark.parametrize("verb", ["reply", "note"])
def test_nobody_says_nothing(office: Office, ticket: Ticket, verb: str) -> None:
    office.put(ticket.model_copy(update={"requester": None}))
    with pytest.raises(Refused):
        office.do(ticket, verb, None, text="x")


def test_a_note_stops_no_clock_and_changes_nothing_else(office: Office, ticket: Ticket) -> None:
    after = office.do(ticket, "note", text="Hm.", minutes=7)
    assert after == ticket.model_copy(update={"minutes": 7})
    (said,) = office.data.find(Comment, ticket=ticket.id)
    assert said.kind is CommentKind.INTERNAL


def test_who_has_it_speaks_for_the_desk_though_having_asked(office: Office) -> None:
    ticket = office.add(Ticket, office.ANN, subject="My own")
    assert office.do(ticket, "reply", text="Well?").first_response_at is None
    office.do(ticket, "take")
    assert office.do(ticket, "reply", text="Yes.").first_response_at == office.now


@pytest.mark.parametrize(("kind", "answered"), [("public", True), ("internal", False)])
def test_a_comment_filed_as_a_record_does_what_its_verb_does(
    office: Office, ticket: Ticket, kind: str, answered: bool
) -> None:
    office.add(Comment, ticket=1, body="Hello.", kind=kind, minutes=4)
    after = office.get(Ticket, 1)
    assert ((after.first_response_at is not None), after.minutes) == (answered, 4)


def test_what_cannot_be_commented_is_refused(office: Office, ticket: Ticket) -> None:
    with pytest.raises(Refused, match="no such ticket"):
        office.add(Comment, ticket=99, body="x")
    with pytest.raises(Refused, match="Only the desk itself"):
        office.add(Comment, ticket=1, body="x", kind="system")
    office.do(ticket, "merge", into=office.add(Ticket, subject="y").id)
    with pytest.raises(Refused, match="write to the other one"):
        office.add(Comment, ticket=1, body="x")


def test_only_the_words_of_an_own_comment_are_corrected(office: Office, ticket: Ticket) -> None:
    office.do(ticket, "reply", office.BOB, text="I comme.")
    (said,) = office.data.find(Comment, ticket=1)
    assert office.edit(said, office.BOB, body="I come.").body == "I come."
    with pytest.raises(Refused, match="Only who wrote it"):
        office.edit(said, office.ANN, body="No.")
    with pytest.raises(Refused, match="Only the words"):
        office.edit(said, office.BOB, kind="internal")
    office.put(build(Comment, {"id": 9, "ticket": 1, "body": "x", "kind": "system", "author": 2}))
    with pytest.raises(Refused, match="Only who wrote it"):
        office.edit(office.get(Comment, 9), office.BOB, body="y")
