"""The life of a ticket: which verb leads where, who gets it, and what is refused in words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from botui.access import ROLES, why_not
from botui.models.base import VERB_KEYS, Refused, Transition
from botui.models.office import Department, Person, Presence, Reply, Settings
from botui.models.shape import build, fields_of
from botui.models.tickets import Comment, CommentKind, State, Ticket, TicketKind, WaitFor
from botui.models.tickets.kinds import TICKETS
from botui.models.tickets.shape import STEPS_MAX, Step
from tests.rules import Office, at

ARGUMENTS: dict[str, dict[str, Any]] = {
    "assign": {"to": 2},
    "handover": {"department": 2},
    "reply": {"text": "We look into it."},
    "note": {"text": "Called twice."},
    "wait": {"waiting_for": "part"},
    "reject": {"reason": "Not ours."},
    "merge": {"into": 2},
    "split": {"subject": "The other thing"},
    "link": {"to": "T-2"},
    "tick": {"add": "Call back"},
    "rate": {"satisfaction": 4},
    "remind": {"on": "2026-12-01"},
    "refuse": {"reason": "Too dear."},
    "ask_approval": {"to": 2},
}


def in_state(office: Office, state: State, **values: Any) -> Ticket:
    """Put a ticket of that state into the office, beside an open one (T-2) to merge and link with."""
    done = office.now - timedelta(days=1)
    base: dict[str, Any] = {"subject": "Printer", "requester": office.CLEO, "created_at": done - timedelta(days=1)}
    if state in (State.RESOLVED, State.CLOSED):
        base["resolved_at"] = done
    if state in (State.CLOSED, State.REJECTED, State.MERGED):
        base["closed_at"] = done
    if state is State.WAITING:
        base["waiting_for"] = WaitFor.VENDOR
    office.put(build(Ticket, {**base, "state": state, **values, "id": 1}))
    office.put(build(Ticket, {**base, "subject": "Toner", "id": 2, "resolved_at": None, "closed_at": None}))
    return office.get(Ticket, 1)


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", TICKETS.transitions, ids=lambda one: one.name)
def test_every_verb_from_every_state_does_what_the_table_says_or_says_why_not(
    office: Office, verb: Transition, state: State
) -> None:
    kind = TicketKind.MESSAGE if verb.name == "acknowledge" else TicketKind.REQUEST
    asked = {"approval": "asked", "approver": 1} if verb.who == "approve" else {}
    ticket = in_state(office, state, kind=kind, for_person=1, call_back=False, **asked)
    if verb.sources and state not in verb.sources:
        assert office.why_not(ticket, verb.name) == f"It is {state.label}."
        return
    after = office.do(ticket, verb.name, **ARGUMENTS.get(verb.name, {}))
    if verb.target is not None:
        assert after.state == verb.target
    elif verb.name not in ("assign", "reply", "acknowledge"):
        assert after.state is state


def test_each_verb_has_a_letter_and_a_capability_that_some_role_has() -> None:
    known = {what for row in ROLES.values() for may in row.values() for what in may}
    for verb in TICKETS.transitions:
        assert verb.key == VERB_KEYS[verb.name]
        assert verb.who in known


def test_one_key_verbs_need_nothing_filled_in() -> None:
    at_once = {verb.name for verb in TICKETS.transitions if verb.needs is None or not verb.ask}
    assert at_once == {"take", "resolve", "close", "tick", "acknowledge", "approve"}
    for verb in TICKETS.transitions:
        if verb.needs is not None and not verb.ask:
            assert not any(spec.required for spec in fields_of(verb.needs))


def test_the_one_who_asked_may_answer_rate_and_open_again_but_not_work_it(office: Office) -> None:
    ticket = in_state(office, State.OPEN)
    for verb in TICKETS.transitions:
        allowed = why_not({"staff"}, "tickets", verb.who, ticket, office.CLEO) is None
        assert allowed is (verb.who in ("own", "remind")), verb.name
    for verb_name in ("note", "wait", "tick"):
        assert office.why_not(ticket, verb_name, office.CLEO) == "This is for the desk to do; write a reply instead."


def test_new_to_resolved_is_one_key(office: Office) -> None:
    ticket = office.add(Ticket, office.CLEO, subject="Door")
    after = office.do(ticket, "resolve", office.BOB)
    assert (after.state, after.owner, after.resolved_at) == (State.RESOLVED, office.BOB, office.now)
    assert after.first_response_at == office.now
    assert office.data.find(Comment, ticket=ticket.id) == []


def test_a_solution_is_kept_and_the_one_who_asked_sees_it(office: Office) -> None:
    ticket = office.do(office.add(Ticket, office.CLEO, subject="Door"), "resolve", resolution="Oiled.", minutes=10)
    (said,) = office.data.find(Comment, ticket=ticket.id)
    assert (ticket.resolution, ticket.minutes) == ("Oiled.", 10)
    assert (said.kind, said.body, said.minutes, said.author) == (CommentKind.PUBLIC, "Oiled.", 10, office.ANN)
    other = office.do(office.add(Ticket, office.CLEO, subject="Gate"), "resolve", minutes=5)
    (line,) = office.data.find(Comment, ticket=other.id)
    assert (line.kind, line.minutes, other.minutes) == (CommentKind.SYSTEM, 5, 5)


def test_somebody_elses_ticket_is_taken_with_a_word(office: Office) -> None:
    ticket = office.do(office.add(Ticket, office.CLEO, subject="Door"), "take", office.BOB)
    assert ticket.owner == office.BOB
    assert office.said(ticket, "take", office.ANN) == "T-1 is yours (was BB's)."
    assert office.why_not(ticket, "take", office.ANN) == "You have it already."


def test_nobody_takes_without_saying_who_it_is(office: Office) -> None:
    with pytest.raises(Refused, match="Say who you are first"):
        office.do(in_state(office, State.NEW), "take", None)


def test_taking_ends_a_wait(office: Office) -> None:
    ticket = in_state(office, State.OPEN)
    ticket = office.do(ticket, "wait", waiting_for="requester", until=office.now + timedelta(days=1))
    after = office.do(ticket, "take", office.BOB)
    assert (after.state, after.waiting_for, after.waiting_until, after.paused_at) == (State.OPEN, None, None, None)


def test_given_to_somebody_who_is_away_says_who_stands_in(office: Office) -> None:
    office.put(office.get(Person, 2).model_copy(update={"presence": Presence.OUT, "stand_in": 1}))
    ticket = in_state(office, State.NEW)
    assert office.said(ticket, "assign", to=2, note="Please.") == (
        "Bob Baker has T-1. Bob Baker is out now. Ann Archer stands in."
    )
    (note,) = office.data.find(Comment, ticket=1)
    assert (note.kind, note.body) == (CommentKind.INTERNAL, "Please.")
    assert office.get(Ticket, 1).state is State.OPEN


@pytest.mark.parametrize("person", [4, 99])
def test_nobody_who_left_gets_a_ticket(office: Office, person: int) -> None:
    with pytest.raises(Refused) as refused:
        office.do(in_state(office, State.NEW), "assign", to=person)
    assert "to" in refused.value.fields


def test_handed_over_to_a_department_nobody_has_it(office: Office) -> None:
    ticket = in_state(office, State.OPEN, owner=1, department=1)
    after = office.do(ticket, "handover", department=2, note="Yours, I think.")
    assert (after.department, after.owner, after.state) == (2, None, State.OPEN)
    with pytest.raises(Refused, match="Facilities has it already"):
        office.do(ticket, "handover", department=2)


def test_an_old_department_gets_nothing(office: Office) -> None:
    office.put(Department(id=3, name="Telex", active=False))
    with pytest.raises(Refused, match="no such department"):
        office.do(in_state(office, State.OPEN), "handover", department=3)


def test_a_wait_says_for_what_and_until_when(office: Office) -> None:
    ticket = in_state(office, State.NEW)
    until = at("2026-11-27 13:00")
    assert office.said(ticket, "wait", waiting_for="vendor", until=until) == (
        "T-1 waits for the supplier until Fri 27 Nov 14:00."
    )
    after = office.get(Ticket, 1)
    assert (after.waiting_for, after.waiting_until, after.owner) == (WaitFor.VENDOR, until, office.ANN)
    assert office.said(ticket, "wait", waiting_for="date", until=until, note="x") == "T-1 waits until Fri 27 Nov 14:00."


def test_a_date_is_waited_for_only_with_a_date_ahead(office: Office) -> None:
    ticket = in_state(office, State.OPEN)
    with pytest.raises(Refused, match="Until when"):
        office.do(ticket, "wait", waiting_for="date")
    with pytest.raises(Refused, match="has passed"):
        office.do(ticket, "wait", waiting_for="part", until=office.now)


def test_open_steps_and_open_parts_hold_a_ticket_back(office: Office) -> None:
    ticket = office.add(Ticket, office.CLEO, subject="Printer", topic=1)
    assert office.why_not(ticket, "resolve") == "3 steps are open: Look; Fix; Test."
    ticket = office.do(ticket, "tick")
    ticket = office.do(ticket, "tick", step=3)
    assert office.why_not(ticket, "resolve") == "1 step is open: Fix."
    office.do(ticket, "tick")
    part = office.add(Ticket, subject="Order toner", parent=ticket.id)
    assert office.why_not(ticket, "resolve") == f"Not done yet: {part.ref}."
    office.do(part, "resolve")
    assert office.do(ticket, "resolve").state is State.RESOLVED


def test_steps_are_ticked_untticked_added_and_taken_off(office: Office) -> None:
    ticket = in_state(office, State.OPEN, checklist=(Step(text="One"), Step(text="Two")))
    assert office.said(ticket, "tick", office.BOB) == "Done: One"
    assert office.get(Ticket, 1).checklist[0] == Step(text="One", done_at=office.now, done_by=office.BOB)
    assert office.said(ticket, "tick", step=1) == "To do again: One"
    assert office.said(ticket, "tick", step=1, remove=True) == "Taken off: One"
    assert office.said(ticket, "tick", add="Three") == "Step 2 added."
    assert [step.text for step in office.get(Ticket, 1).checklist] == ["Two", "Three"]


def test_what_is_no_step_is_refused(office: Office) -> None:
    ticket = in_state(office, State.OPEN)
    with pytest.raises(Refused, match="There is no checklist"):
        office.do(ticket, "tick")
    ticket = in_state(office, State.OPEN, checklist=(Step(text="One"),))
    with pytest.raises(Refused, match="There are 1 steps"):
        office.do(ticket, "tick", step=2)
    office.do(ticket, "tick")
    with pytest.raises(Refused, match="No step is open"):
        office.do(ticket, "tick")
    ticket = in_state(office, State.OPEN, checklist=[{"text": "x"}] * STEPS_MAX)
    with pytest.raises(Refused, match="at most 50 steps"):
        office.do(ticket, "tick", add="more")


@pytest.mark.parametrize(("days", "allowed"), [(14, True), (15, False)])
@pytest.mark.parametrize("state", [State.RESOLVED, State.CLOSED])
def test_reopened_within_the_days_of_the_settings_only(office: Office, state: State, days: int, allowed: bool) -> None:
    done = office.now - timedelta(days=days)
    ticket = in_state(office, state, resolved_at=done, closed_at=done if state is State.CLOSED else None, owner=2)
    reason = office.why_not(ticket, "reopen")
    assert (reason is None) is allowed
    assert allowed or reason == "It was done more than 14 days ago: file a new ticket and link it."


def test_the_days_of_reopening_count_from_the_closing(office: Office) -> None:
    ticket = in_state(office, State.CLOSED, resolved_at=at("2026-11-02 09:00"), closed_at=at("2026-11-10 09:00"))
    assert office.why_not(ticket, "reopen") is None


def test_reopened_it_counts_and_keeps_its_age_and_the_old_solution(office: Office) -> None:
    due = at("2026-11-20 09:00")
    ticket = in_state(office, State.CLOSED, resolution="Oiled.", satisfaction=2, owner=2, resolution_due=due)
    after = office.do(ticket, "reopen", office.CLEO, why="It squeaks.")
    assert (after.state, after.reopened, after.owner, after.resolution_due) == (State.OPEN, 1, 2, due)
    assert (after.resolved_at, after.closed_at, after.resolution, after.satisfaction) == (None, None, "", None)
    bodies = [one.body for one in office.data.find(Comment, ticket=1)]
    assert bodies == ["Opened again. The solution was: Oiled.", "It squeaks."]


def test_a_rejection_says_why_to_the_one_who_asked(office: Office) -> None:
    after = office.do(in_state(office, State.NEW), "reject", reason="Not ours.")
    (said,) = office.data.find(Comment, ticket=1)
    assert (after.closed_at, after.resolution, said.kind) == (office.now, "Not ours.", CommentKind.PUBLIC)
    with pytest.raises(Refused, match="This is needed"):
        office.do(in_state(Office(), State.NEW), "reject", reason=" ")


def test_satisfaction_is_one_to_five(office: Office) -> None:
    ticket = in_state(office, State.RESOLVED)
    assert office.do(ticket, "rate", office.CLEO, satisfaction=5, comment="Quick!").satisfaction == 5
    for wrong in (0, 6):
        with pytest.raises(Refused, match="This must be"):
            office.do(ticket, "rate", office.CLEO, satisfaction=wrong)


def test_a_message_is_seen_once_and_done_unless_somebody_is_to_be_called(office: Office) -> None:
    message = in_state(office, State.NEW, kind="message", for_person=2)
    after = office.do(message, "acknowledge", office.BOB)
    assert (after.state, after.acknowledged_at, after.closed_at) == (State.CLOSED, office.now, office.now)
    message = in_state(office, State.NEW, kind="message", for_person=2, call_back=True, number="030 1")
    assert office.said(message, "acknowledge", office.BOB) == "T-1 is seen; still to do: call 030 1."
    assert office.get(Ticket, 1).state is State.OPEN
    assert office.why_not(message, "acknowledge", office.BOB) == "It was seen today 10:00."
    assert office.why_not(office.get(Ticket, 2), "acknowledge") == "Only a message is acknowledged."


def test_settings_say_how_long_reopening_is_possible(office: Office) -> None:
    office.settings = Settings(zone="Europe/Berlin", reopen_within=0)
    ticket = in_state(office, State.RESOLVED)
    assert "more than 0 days" in str(office.why_not(ticket, "reopen"))


HOSTILE = [
    "[/x] [@click=app.quit]x[/]",
    "\x1b]0;owned\x07 bell",
    "\u202eevil",
    "e\u0301 \U0001f468\u200d\U0001f469\u200d\U0001f467 漢字",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_as_plain_characters(office: Office, text: str) -> None:
    ticket = office.add(Ticket, office.CLEO, subject=text, body=text, tags=[text], codes=[text])
    office.put(Reply(id=1, title="x", text=text))
    office.do(ticket, "reply", text=text, canned=1)
    office.do(ticket, "tick", add=text)
    office.do(ticket, "split", subject=text, comment=1)
    ticket = office.do(ticket, "tick")
    ticket = office.do(ticket, "resolve", resolution=text)
    kept = [ticket.subject, ticket.body, ticket.resolution, *ticket.tags, *ticket.codes, ticket.checklist[0].text]
    kept += [one.body for one in office.data.find(Comment)] + [one.subject for one in office.data.find(Ticket)]
    for one in kept:
        assert not any(c in one for c in "\x1b\x07\u202e")
    assert ("[/x]" in ticket.subject) is ("[/x]" in text)


def test_ten_thousand_characters_are_kept_or_refused_in_words(office: Office) -> None:
    with pytest.raises(Refused, match=r"Subject: This has 10,000 characters; 200 fit\."):
        office.add(Ticket, office.CLEO, subject="x" * 10_000)
    ticket = office.add(Ticket, office.CLEO, subject="x", body="y" * 10_000)
    office.do(ticket, "resolve", resolution="z" * 20_000)
    reopened = office.do(ticket, "reopen")
    assert reopened.state is State.OPEN
    assert len(office.data.find(Comment, ticket=ticket.id)[-1].body) == 20_000
