"""Verbs at the desk: what they ask for, what they do, what is refused; and who may do them at this moment."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from botui.data import Desk
from botui.models.base import NotAllowed, Refused
from botui.models.office import Reminder
from botui.models.tickets import State
from tests.offices import ADA, ANN, BOB, CLEO, DAN, beside, lines, office, ticket


@pytest.fixture
def desk(folder: Path) -> Desk:
    return office(folder)


# --- verbs --------------------------------------------------------------------------------------------------------


def test_a_verb_moves_the_record_and_says_so(desk: Desk) -> None:
    one = ticket(desk)
    done = desk.do("tickets", one.id, "take")
    assert done.said == "T-1 is yours."
    assert done.refs == ("T-1",)
    now = desk.get("tickets", one.id)
    assert (now.owner, now.state) == (ANN, State.OPEN)


def test_arguments_of_a_verb_may_be_typed_or_values(desk: Desk) -> None:
    ticket(desk)
    desk.do("tickets", 1, "assign", {"to": "bob b"})
    assert desk.get("tickets", 1).owner == BOB
    desk.do("tickets", 1, "assign", {"to": ANN, "note": "yours"})
    assert desk.get("tickets", 1).owner == ANN
    desk.do("tickets", 1, "wait", {"waiting_for": "vend", "until": "+3d"})
    assert desk.settings.local(desk.get("tickets", 1).waiting_until).date() == date(2026, 11, 26)


@pytest.mark.parametrize(
    ("verb", "texts", "words"),
    [
        ("take", {"to": "AA"}, "Take takes no to."),
        ("assign", {"who": "AA"}, "There is no field 'who'; there is: to, note."),
        ("assign", {"to": "Nobody"}, "There is no 'Nobody' among people."),
        ("assign", {}, "Give to: This is needed."),
        ("assign", {"to": 2, "extra": 1}, "extra: There is no such field."),
        ("fly", {}, "Tickets have no 'fly'; there is: acknowledge, take"),
        ("close", {}, "It is new."),
        ("acknowledge", {}, "Only a message is acknowledged."),
    ],
)
def test_a_verb_that_cannot_be_done_is_refused_in_words_and_leaves_no_line(
    desk: Desk, verb: str, texts: dict[str, Any], words: str
) -> None:
    ticket(desk)
    before = lines(desk)
    with pytest.raises(Refused) as refused:
        desk.do("tickets", 1, verb, texts)
    assert words in str(refused.value)
    assert lines(desk) == before


def test_a_verb_on_a_record_that_is_not_there_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="There is no T-9"):
        desk.do("tickets", 9, "take")
    with pytest.raises(Refused, match="There is no T-9"):
        desk.get("tickets", 9)


def test_a_verb_is_run_on_the_record_as_it_is_now_not_as_it_was_seen(desk: Desk) -> None:
    other = beside(desk)
    ticket(desk)
    other.store.refresh()
    desk.do("tickets", 1, "resolve")
    assert other.get("tickets", 1).state is State.NEW, "the other session has not looked yet"
    with pytest.raises(Refused, match="It is resolved"):
        other.do("tickets", 1, "take")
    assert other.get("tickets", 1).state is State.RESOLVED


def test_a_reminder_can_be_put_on_any_record_and_ticked_off(desk: Desk) -> None:
    desk.do("people", BOB, "remind", {"on": "fri", "note": "birthday"})
    reminder = desk.get("reminders", 1)
    assert (reminder.person, reminder.about, reminder.on) == (ANN, "P-2", date(2026, 11, 27))
    desk.do("reminders", 1, "acknowledge")
    assert desk.get("reminders", 1).done_at == desk.clock()


# --- who it is ----------------------------------------------------------------------------------------------------


def test_who_left_sees_and_does_no_more_than_a_guest(desk: Desk) -> None:
    gone = desk.for_person(DAN)
    assert gone.roles() == {"guest"}
    assert gone.get("places", 1).name == "House"
    with pytest.raises(NotAllowed, match="You may not look at people"):
        gone.get("people", DAN)
    with pytest.raises(NotAllowed):
        gone.add("places", {"name": "x"})


def test_who_leaves_while_at_the_desk_can_do_no_more(desk: Desk) -> None:
    bob = desk.for_person(BOB)
    done = bob.add("places", {"name": "x"})
    desk.for_person(ADA).edit(desk.get("people", BOB), {"active": False})
    with pytest.raises(NotAllowed):
        bob.add("places", {"name": "y"})
    assert bob.undoable() is None
    with pytest.raises(Refused):
        bob.undo(done.digest)


def test_somebody_who_is_not_in_the_directory_is_a_guest(desk: Desk) -> None:
    assert desk.for_person(99).roles() == desk.for_person(None).roles() == {"guest"}


def test_a_person_without_roles_in_the_document_works_as_staff(desk: Desk) -> None:
    with desk.store.journal.transaction() as tx:
        tx.put("people", 50, {"name": "Old record"})
    assert desk.for_person(50).roles() == {"staff"}


def test_the_desk_of_another_person_shares_store_and_terminal_only(desk: Desk) -> None:
    bob = desk.for_person(BOB)
    assert (bob.store, bob.terminal, bob.person, desk.person) == (desk.store, "front", BOB, ANN)


def test_reminders_of_others_are_not_changed(desk: Desk) -> None:
    desk.do("people", BOB, "remind", {"on": "fri"})
    reminder: Reminder = desk.get("reminders", 1)
    desk.edit(reminder, {"note": "call"})
    reminder = desk.get("reminders", 1)
    with pytest.raises(NotAllowed, match="RM-1 is private"):
        desk.for_person(CLEO).edit(reminder, {"note": "mine now"})
    with pytest.raises(NotAllowed, match="RM-1 is private"):
        desk.for_person(CLEO).do("reminders", 1, "acknowledge")
