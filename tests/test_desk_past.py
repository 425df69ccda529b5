"""What was done: the history of a record, taking a change back, and what time does by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui import areas
from botui.data import Desk
from botui.models.base import Change, Conflict, NotAllowed, Refused
from botui.models.office import Place
from botui.models.tickets import State, Ticket
from botui.past import describe
from tests.offices import ADA, ANN, BOB, Clock, beside, lines, office, ticket


def _undo(desk: Desk) -> str:
    entry = desk.undoable()
    assert entry is not None
    return desk.undo(entry.digest).said


# --- history ------------------------------------------------------------------------------------------------------


def test_the_history_of_a_record_is_what_was_done_to_it(ann: Desk, clock: Clock) -> None:
    clock.forward(minutes=5)
    ann.do("tickets", 1, "take")
    ann.for_person(BOB).edit(ann.get("tickets", 1), {"body": "Hall"})
    ann.add("places", {"name": "Attic"})
    events = ann.history("tickets", 1)
    assert [(one.action, one.by) for one in events] == [
        ("tickets.add", ANN),
        ("tickets.take", ANN),
        ("tickets.edit", BOB),
    ]
    assert ("subject", None, "Printer is out of ink") in events[0].changes
    assert events[1].changes == (("owner", None, ANN), ("state", "new", "open"))
    assert events[1].at == clock.now
    assert events[2].changes == (("body", None, "Hall"),)


def test_the_history_shows_what_was_emptied_and_what_was_removed(ann: Desk) -> None:
    ann.edit(ann.get("places", 2), {"codes": ""})
    ann.apply(lambda ctx: Change("places.remove").remove(ann.get("places", 2)))
    emptied, removed = ann.history("places", 2)[-2:]
    assert emptied.changes == (("codes", ["ROOM1"], None),)
    assert removed.changes == (("active", True, None), ("name", "Room 1", None), ("within", 1, None))


def test_the_history_goes_on_over_a_compaction(ann: Desk) -> None:
    ann.store.journal.compact()
    ann.do("tickets", 1, "take")
    assert [one.action for one in ann.history("tickets", 1)] == ["tickets.add", "tickets.take"]


# --- undo ---------------------------------------------------------------------------------------------------------


def test_a_verb_is_taken_back_with_all_it_did(ann: Desk) -> None:
    before = ann.doc("tickets", 1)
    ann.do("tickets", 1, "wait", {"waiting_for": "requester", "until": "fri", "note": "asked"})
    assert ann.numbers("comments") == [1]
    assert _undo(ann) == "Undone: Wait T-1."
    assert ann.doc("tickets", 1) == before
    assert ann.numbers("comments") == []
    assert ann.history("tickets", 1)[-1].action == "desk.undo"


def test_an_edit_is_taken_back_values_that_came_and_values_that_went(ann: Desk) -> None:
    ann.edit(ann.get("tickets", 1), {"subject": "Other", "body": "New", "place": 2})
    before = ann.doc("tickets", 1)
    ann.edit(ann.get("tickets", 1), {"body": "", "tags": "a,b"})
    assert _undo(ann) == "Undone: Edit T-1."
    assert ann.doc("tickets", 1) == before
    _undo(ann)
    assert ann.get("tickets", 1).subject == "Printer is out of ink"
    assert "body" not in (ann.doc("tickets", 1) or {})


def test_a_new_record_is_taken_back_and_its_number_is_not_used_again(ann: Desk) -> None:
    ann.add("places", {"name": "Attic"})
    assert _undo(ann) == "Undone: New PL-3."
    assert ann.numbers("places") == [1, 2]
    assert ann.add("places", {"name": "Loft"}).refs == ("PL-4",)


def test_a_removal_is_taken_back(ann: Desk) -> None:
    before = ann.doc("places", 2)
    ann.apply(lambda ctx: Change("places.remove").remove(ann.get("places", 2)))
    assert _undo(ann) == "Undone: Remove PL-2."
    assert ann.doc("places", 2) == before


def test_a_removal_is_not_taken_back_over_a_record_that_is_there_again(ann: Desk) -> None:
    ann.apply(lambda ctx: Change("places.remove").remove(ann.get("places", 2)))
    entry = ann.undoable()
    assert entry is not None
    ann.for_person(BOB).apply(lambda ctx: Change("places.add").add(Place(id=2, name="Again")))
    with pytest.raises(Conflict, match="PL-2 is there already"):
        ann.undo(entry.digest)
    assert ann.get("places", 2).name == "Again"


def test_undo_again_takes_back_the_change_before(ann: Desk) -> None:
    for name in ("One", "Two", "Three"):
        ann.edit(ann.get("places", 1), {"name": name})
    names = []
    for _ in range(3):
        _undo(ann)
        names.append(ann.get("places", 1).name)
    assert names == ["Two", "One", "House"]


def test_one_change_is_taken_back_once(ann: Desk) -> None:
    done = ann.edit(ann.get("places", 1), {"name": "One"})
    ann.undo(done.digest)
    with pytest.raises(Refused, match="nothing to undo"):
        ann.undo(done.digest)
    assert ann.get("places", 1).name == "House"


def test_only_the_last_change_is_taken_back(ann: Desk) -> None:
    first = ann.edit(ann.get("places", 1), {"name": "One"})
    ann.edit(ann.get("places", 1), {"name": "Two"})
    with pytest.raises(Refused, match="nothing to undo"):
        ann.undo(first.digest)


def test_what_somebody_else_changed_since_is_not_taken_back_and_says_who(ann: Desk) -> None:
    ann.edit(ann.get("places", 1), {"name": "One"})
    beside(ann, BOB).edit(ann.get("places", 1), {"name": "Two"})
    with pytest.raises(Conflict, match=r"Name: changed by Bob Baker at 10:00\."):
        _undo(ann)
    assert ann.get("places", 1).name == "Two"


def test_a_new_record_that_somebody_changed_is_not_taken_back_and_says_who(ann: Desk) -> None:
    ann.add("places", {"name": "Attic"})
    beside(ann, BOB).edit(ann.get("places", 3), {"codes": "A"})
    with pytest.raises(Conflict, match="Other codes: changed by Bob Baker"):
        _undo(ann)


def test_a_new_record_that_others_point_to_is_not_taken_back(ann: Desk) -> None:
    ann.add("places", {"name": "Attic"})
    beside(ann, BOB).edit(ann.get("tickets", 1), {"place": 3})
    before = lines(ann)
    with pytest.raises(Refused, match="PL-3 is used by T-1: it cannot be taken away"):
        _undo(ann)
    assert lines(ann) == before


def test_other_fields_that_somebody_changed_stay_when_mine_is_taken_back(ann: Desk) -> None:
    ann.edit(ann.get("tickets", 1), {"subject": "Mine"})
    beside(ann, BOB).edit(ann.get("tickets", 1), {"body": "His"})
    _undo(ann)
    now = ann.get("tickets", 1)
    assert (now.subject, now.body) == ("Printer is out of ink", "His")


def test_nobody_takes_back_what_another_did_or_from_another_terminal(ann: Desk) -> None:
    ann.edit(ann.get("places", 1), {"name": "One"})
    assert ann.for_person(BOB).undoable() is None
    assert beside(ann, ANN, "elsewhere").undoable() is None
    assert ann.for_person(None).undoable() is None
    assert beside(ann, ANN, "front").undoable() is not None, "the same moment"


def test_after_fifteen_minutes_it_stays(ann: Desk, clock: Clock) -> None:
    clock.forward(hours=1)
    ann.edit(ann.get("places", 1), {"name": "One"})
    clock.forward(minutes=15)
    assert ann.undoable() is not None
    clock.forward(seconds=1)
    assert ann.undoable() is None


def test_what_the_clock_did_is_nobody_s_to_take_back(ann: Desk) -> None:
    _undo(ann)
    ann.as_system().apply(lambda ctx: Change("places.edit").set(ann.get("places", 1), name="One"))
    assert ann.undoable() is None
    assert ann.as_system().undoable() is None


def test_a_change_is_described_in_words(ann: Desk) -> None:
    words = []
    for action in ("places.edit", "places.sweep", "whatever"):
        change = Change(action).set(ann.get("places", 1), name=f"After {action}")
        ann.apply(lambda ctx, change=change: change)  # type: ignore[misc]
        entry = ann.undoable()
        assert entry is not None
        words.append(describe(entry))
    assert words == ["Edit PL-1", "Sweep PL-1", "Change PL-1"]


@given(st.data())
def test_undoing_all_of_any_changes_brings_back_the_beginning(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    desk = office(tmp_path_factory.mktemp("undo") / "office")
    names = ("tickets", "comments", "places")
    steps = data.draw(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 3), st.text("ab ", max_size=3)), max_size=6))
    begin = {one: {number: desk.doc(one, number) for number in desk.numbers(one)} for one in names}
    count = lines(desk)
    for step in steps:
        _step(desk, *step)
    for _ in range(lines(desk) - count):
        _undo(desk)
    assert desk.undoable() is None
    assert {one: {number: desk.doc(one, number) for number in desk.numbers(one)} for one in names} == begin


def _step(desk: Desk, what: int, number: int, text: str) -> None:
    """Do something, or be refused."""
    steps: list[Any] = [
        lambda: desk.add("places", {"name": text, "within": number}),
        lambda: desk.edit(desk.get("places", number), {"name": text}),
        lambda: desk.edit(desk.get("places", number), {"codes": text, "within": None}),
        lambda: desk.add("tickets", {"subject": text, "place": number, "tags": text}),
        lambda: desk.do("tickets", number, "take"),
        lambda: desk.do("tickets", number, "note", {"text": text}),
    ]
    with suppress(Refused):
        steps[what]()


# --- what time does -----------------------------------------------------------------------------------------------


def test_time_does_its_work_once_however_many_desks_look(ann: Desk, clock: Clock) -> None:
    bob = beside(ann, BOB)
    ann.do("tickets", 1, "wait", {"waiting_for": "date", "until": "+1d"})
    bob.store.refresh()
    assert ann.tick() == bob.tick() == []
    clock.forward(days=2)
    assert ann.tick() == ["T-1 is back: its time has come."]
    assert bob.tick() == []
    assert ann.tick() == []
    event = bob.history("tickets", 1)[-1]
    assert (event.by, event.action) == (None, "tickets.back")
    assert bob.get("tickets", 1).state is State.OPEN


def test_what_is_due_is_decided_anew_under_the_lock(ann: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    ann.do("tickets", 1, "wait", {"waiting_for": "date", "until": "+1d"})
    bob = beside(ann, BOB)
    clock.forward(days=2)
    assert bob.as_system().context().data.get(Ticket, 1) is not None
    assert ann.tick()
    before = lines(ann)
    assert bob.tick() == [], "bob's desk believed it to be due, and found it done"
    assert lines(ann) == before


def test_several_things_that_are_due_are_all_done(ann: Desk, clock: Clock) -> None:
    ticket(ann, "Second")
    for number in (1, 2):
        ann.do("tickets", number, "wait", {"waiting_for": "date", "until": "+1d"})
    clock.forward(days=2)
    assert len(ann.for_person(ADA).tick()) == 2


def no_clock(_: Any) -> Iterator[Change]:
    """What an area answers that cannot tell what is due."""
    yield from ()
    raise Refused("A line cannot be read.")


def test_an_area_that_cannot_tell_what_is_due_says_why_once_and_the_others_go_on(
    ann: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann.do("tickets", 1, "wait", {"waiting_for": "date", "until": "+1d"})
    clock.forward(days=2)
    changed = [replace(one, clock=f"{__name__}:no_clock") if one.name == "supplies" else one for one in areas.AREAS]
    monkeypatch.setattr(areas, "AREAS", tuple(changed))
    assert ann.tick() == ["T-1 is back: its time has come.", "Supplies: A line cannot be read."]


def test_only_areas_with_a_clock_are_asked() -> None:
    assert [one.name for one in areas.AREAS if one.clock] == [
        "tickets",
        "supplies",
        "equipment",
        "records",
        "hr",
        "office",
    ]


def test_who_may_not_give_roles_any_more_gives_none_back_by_undo(ann: Desk) -> None:
    ada, system = ann.for_person(ADA), ann.as_system()
    ada.edit(ada.get("people", BOB), {"roles": ("staff", "admin")})
    ada.edit(ada.get("people", BOB), {"roles": ("staff",)})
    system.edit(system.get("people", ADA), {"roles": ("staff", "hr")})
    with pytest.raises(NotAllowed, match="Only an administrator"):
        _undo(ada)
    assert "admin" not in ann.for_person(BOB).roles()
