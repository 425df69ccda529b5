"""Taking back: of this sitting, by who may still do it, and only what can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from botui.actions.past import undo_question
from botui.data import Desk
from botui.models.base import Change, Conflict, NotAllowed, Refused, StoreDamaged
from botui.past import describe
from tests import kiosk as glass
from tests.kiosk import Kiosk
from tests.offices import ANN, BOB, CLEO, Clock, beside, lines, ticket


def take_back(desk: Desk) -> str:
    entry = desk.undoable()
    assert entry is not None
    return desk.undo(entry.digest).said


def test_what_was_done_before_somebody_sat_down_again_is_not_offered(ann: Desk, clock: Clock) -> None:
    ann.do("tickets", 1, "take")
    clock.forward(minutes=1)
    assert ann.for_person(BOB).undoable() is None
    assert ann.for_person(ANN).undoable() is None, "a new sitting"
    assert ann.for_person(ANN).undoable(this_sitting=False) is not None, "but on the command line each is one"
    assert ann.undoable() is not None


def test_undo_again_and_again_goes_back_step_by_step_and_never_forth(ann: Desk) -> None:
    begin = ann.doc("tickets", 1)
    ann.do("tickets", 1, "take")
    ann.edit(ann.get("tickets", 1), {"priority": "P1"})
    ann.do("tickets", 1, "note", {"text": "I was there."})
    assert [take_back(ann) for _ in range(3)] == ["Undone: Note T-1.", "Undone: Edit T-1.", "Undone: Take T-1."]
    assert ann.doc("tickets", 1) == begin
    assert take_back(ann) == "Undone: New T-1."
    assert ann.undoable() is None


def test_a_reply_stays_and_the_sentence_says_what_to_do(ann: Desk) -> None:
    ann.do("tickets", 1, "take")
    done = ann.do("tickets", 1, "reply", {"text": "Tomorrow."})
    count = lines(ann)
    with pytest.raises(Refused, match=r"^Reply T-1 stays: it may have been read; correct its words instead\.$"):
        ann.undo(done.digest)
    assert lines(ann) == count
    entry = ann.undoable()
    assert entry is not None
    assert entry.digest == done.digest, "what was done before it is not offered over its head"


def test_who_may_not_do_it_any_more_may_not_take_it_back(ann: Desk) -> None:
    done = ann.do("tickets", 1, "assign", {"to": BOB})
    system = ann.as_system()
    system.edit(system.get("people", ANN), {"roles": ("staff",)})
    count = lines(ann)
    with pytest.raises(NotAllowed, match="This is for a clerk to do"):
        ann.undo(done.digest)
    assert lines(ann) == count
    assert ann.get("tickets", 1).owner == BOB


@pytest.mark.parametrize("kept", [True, False])
def test_what_is_one_s_own_may_be_taken_back_as_long_as_it_is(ann: Desk, kept: bool) -> None:
    cleo = ann.for_person(CLEO)
    ticket(cleo, "Window", requester=CLEO)
    done = cleo.do("tickets", 2, "resolve", {"resolution": "It closes now."})
    if not kept:
        system = ann.as_system()
        gone = {"requester": BOB, "created_by": BOB}
        system.apply(lambda ctx: Change("tickets.edit").set(system.get("tickets", 2), **gone))
        with pytest.raises(NotAllowed, match="somebody else's"):
            cleo.undo(done.digest)
    else:
        assert cleo.undo(done.digest).said == "Undone: Resolve T-2."


def test_an_action_of_no_verb_needs_the_right_to_edit_what_it_touched(ann: Desk) -> None:
    done = ann.apply(lambda ctx: Change("places.sweep").set(ann.get("places", 1), name="Swept"))
    assert done is not None
    system = ann.as_system()
    system.edit(system.get("people", ANN), {"roles": ("staff",)})
    with pytest.raises(NotAllowed):
        ann.undo(done.digest)


def test_a_change_of_somebody_else_since_is_said_with_what_stays(ann: Desk) -> None:
    ann.do("tickets", 1, "take")
    beside(ann, BOB).do("tickets", 1, "assign", {"to": BOB})
    with pytest.raises(
        Conflict, match=r"^Take T-1 is not undone\. Who has it: changed by Bob Baker at 10:00\.$"
    ) as why:
        take_back(ann)
    assert why.value.fields == {"owner": BOB}


def test_a_change_of_many_is_taken_back_whole_or_not_at_all(ann: Desk) -> None:
    for name in ("Second", "Third"):
        ticket(ann, name)
    ann.do("tickets", 1, "merge", {"into": 2})
    beside(ann, BOB).edit(ann.get("tickets", 3), {"body": "x"})
    before = {number: ann.doc("comments", number) for number in ann.numbers("comments")}
    assert before
    take_back(ann)
    assert ann.numbers("comments") == []
    assert ann.get("tickets", 1).merged_into is None


@pytest.mark.parametrize("text", ["[b]x[/b]", "\x1b]0;owned\x07\x1b[2J", "\u202eesrever", "日本 " * 26, "a\nb"])
def test_the_question_says_what_on_what_and_when_whatever_the_words(ann: Desk, text: str) -> None:
    def name(ctx: object) -> Change:
        return Change("places.edit").set(ann.get("places", 1), name=text)

    ann.apply(name)
    entry = ann.undoable()
    assert entry is not None
    asked = undo_question(ann, entry)
    assert asked.startswith("Undo: Edit PL-1? ")
    assert asked.endswith(", done at 10:00.")
    assert asked.isprintable()


def test_a_note_is_described_by_its_ticket(ann: Desk) -> None:
    ann.do("tickets", 1, "note", {"text": "private"})
    entry = ann.undoable()
    assert entry is not None
    assert describe(entry) == "Note T-1"
    assert "private" not in undo_question(ann, entry)


def test_a_change_of_very_many_names_the_first(ann: Desk) -> None:
    def five(ctx: object) -> Change:
        change = Change("places.import")
        for number in (1, 2):
            change.set(ann.get("places", number), name=f"Place {number}")
        for number in (1, 2):
            change.set(ann.get("departments", number), name=f"Part {number}")
        for number in (1, 2):
            change.set(ann.get("topics", number), name=f"Topic {number}")
        return change

    ann.apply(five)
    entry = ann.undoable()
    assert entry is not None
    assert describe(entry) == "Import PL-1, PL-2"


# --- at the screen ----------------------------------------------------------------------------------------------------


async def test_at_the_screen_undo_ends_with_the_sitting(ann: Desk, folder: Path) -> None:
    clock = glass.Clock()
    async with Kiosk.open(folder, as_="AA", clock=clock) as kiosk:
        await kiosk.press("1", "2", "t", "u")
        kiosk.sees("Undo: Take T-1? Printer is out of ink, done at ")
        await kiosk.press("n")
        clock.forward(minutes=1)
        glass.give_pins(ann, ANN)
        await kiosk.sign_in("ann")
        await kiosk.press("u")
        kiosk.says("There is nothing of yours to undo.")


async def test_at_the_screen_a_reply_is_not_asked_about(ann: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="AA") as kiosk:
        kiosk.desk.do("tickets", 1, "reply", {"text": "Soon."})
        await kiosk.press("1", "u")
        kiosk.says("Reply T-1 stays: it may have been read; correct its words instead.")


async def test_at_the_screen_a_past_that_cannot_be_read_is_not_said_to_be_empty(
    ann: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(self: Desk) -> None:
        raise StoreDamaged("The journal is damaged.")

    async with Kiosk.open(folder, as_="AA") as at_desk:
        monkeypatch.setattr(Desk, "undoable", damaged)
        await at_desk.press("u")
        at_desk.says("The journal is damaged.")
