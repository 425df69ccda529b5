"""Handing assets out and taking them back, one or many, to people, places and other assets."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from botui.models.base import Refused
from botui.models.equipment import handing, leaving
from botui.models.equipment.asset import Asset, Category, Status
from botui.models.equipment.fault import Fault, Work
from botui.models.equipment.handing import hand_out_many, take_back_many
from botui.models.equipment.loan import Booking, Condition, Loan
from botui.models.equipment.overdue import waiting_for
from botui.models.equipment.whom import To, whom
from botui.models.office import Person, Place
from tests.rules import Office, at

FRIDAY = date(2026, 11, 27)


@pytest.fixture
def office() -> Office:
    """An office with two places, what is shared, what is lent for a week, and what asks for the PIN of who gets it."""
    made = Office()
    made.put(Place(id=1, name="Store room", codes=("STORE",)))
    made.put(Place(id=2, name="Room 1", codes=("ROOM1",)))
    made.put(Category(id=1, name="Projector", bookable=True))
    made.put(Category(id=2, name="Laptop", loan_days=7))
    made.put(Category(id=3, name="Key", confirm=True))
    return made


def thing(office: Office, **values: Any) -> Asset:
    return office.add(Asset, **{"name": "Thing", "home": 1, **values})


# --- to whom ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("bb", To(person=2, words="Bob Baker")),
        ("Bob Baker", To(person=2, words="Bob Baker")),
        ("P-2", To(person=2, words="Bob Baker")),
        ("room1", To(to_place=2, words="Room 1")),
        ("Room 1", To(to_place=2, words="Room 1")),
        ("RACK", To(to_asset=1, words="Rack (RACK)")),
        ("sn-9", To(to_asset=1, words="Rack (RACK)")),
        ("A-1", To(to_asset=1, words="Rack (RACK)")),
    ],
)
def test_one_line_names_a_person_a_place_or_an_asset(office: Office, text: str, to: To) -> None:
    thing(office, name="Rack", tag="RACK", serial="SN-9")
    assert whom(office.ctx(), text) == to


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "To whom"),
        (" \t ", "To whom"),
        ("DG", "does not work here any more"),
        ("nobody at all", "no person, place or asset"),
        ("A-99", "no person, place or asset"),
        ("T-1", "no person, place or asset"),
        ("[/x]\x1b[31m\u202e\x00", "no person, place or asset"),
        ("x" * 80, "no person, place or asset"),
        ("TWICE", "could be Cleo Cole .* say which"),
        ("GONE", "is retired: nothing is built into it"),
    ],
)
def test_what_names_none_or_several_of_them_is_refused_in_words(office: Office, text: str, said: str) -> None:
    thing(office, tag="TWICE")
    office.put(office.get(Person, 3).model_copy(update={"codes": ("TWICE",)}))
    gone = thing(office)
    office.do(gone, "retire", note="sold")
    with pytest.raises(Refused, match=said) as refused:
        whom(office.ctx(), gone.tag if text == "GONE" else text)
    assert set(refused.value.fields) == {"to"}


# --- out and back -----------------------------------------------------------------------------------------------------


def test_handed_out_to_somebody_it_is_in_use_or_on_loan_until_a_day(office: Office) -> None:
    first, second = thing(office), thing(office)
    assert office.do(first, "hand_out", to="BB").status is Status.IN_USE
    assert office.said(second, "hand_out", to="BB", due=FRIDAY).endswith("to Bob Baker, due back Fri 27 Nov.")
    found = office.get(Asset, second.id)
    assert (found.status, found.holder, found.due, found.loan) == (Status.ON_LOAN, 2, FRIDAY, 2)
    assert office.problems() == []


def test_its_category_says_how_long_people_keep_it_and_places_keep_it_for_good(office: Office) -> None:
    first, second = thing(office, category=2), thing(office, category=2)
    assert office.do(first, "hand_out", to="BB").due == office.ctx().today + timedelta(days=7)
    used = office.do(second, "hand_out", to="ROOM1")
    assert (used.due, used.at_place, used.status) == (None, 2, Status.IN_USE)


def test_back_it_is_ready_where_it_belongs_and_who_had_it_stands_in_the_hand_out(office: Office) -> None:
    found = thing(office)
    office.do(found, "hand_out", to="BB", due=FRIDAY)
    office.now += timedelta(days=6)
    assert "2 days late" in office.said(found, "give_back", condition="minor", note="scratched")
    loan, back = office.get(Loan, 1), office.get(Asset, found.id)
    assert (loan.person, loan.back_at, loan.back_by) == (2, office.now, 1)
    assert (loan.condition, loan.back_note) == (Condition.MINOR, "scratched")
    assert (back.status, back.place, back.holder, back.due, back.open_faults) == (Status.READY, 1, None, None, 0)
    assert office.problems() == []


def test_what_comes_back_with_major_damage_is_a_fault_and_in_repair(office: Office) -> None:
    found = thing(office)
    office.do(found, "hand_out", to="BB")
    with pytest.raises(Refused, match="What is wrong") as refused:
        office.do(found, "give_back", condition="major")
    assert set(refused.value.fields) == {"note"}
    assert "F-1 is filed" in office.said(office.get(Loan, 1), "give_back", condition="major", note="Screen is broken")
    assert (office.get(Asset, found.id).status, office.get(Loan, 1).fault) == (Status.IN_REPAIR, 1)
    assert office.get(Fault, 1).what == "Screen is broken"
    assert office.problems() == []


def test_major_damage_that_was_reported_already_joins_its_fault(office: Office) -> None:
    found = thing(office)
    office.do(found, "hand_out", to="BB")
    office.do(found, "report", what="Lid is loose", stops=False)
    office.do(found, "report", 2, what="Screen is broken", another=True)
    said = office.said(office.get(Loan, 1), "give_back", condition="major", note="Screen is in two")
    assert "F-2 was reported already." in said
    assert (office.get(Loan, 1).fault, office.get(Fault, 2).reports) == (2, 2)
    assert office.get(Asset, found.id).open_faults == 2
    assert office.problems() == []


def test_what_comes_back_broken_as_its_holder_said_is_noted_at_the_fault_once(office: Office) -> None:
    found = thing(office)
    office.do(found, "hand_out", to="BB")
    office.do(found, "report", what="Screen is broken")
    office.do(office.get(Loan, 1), "give_back", condition="major", note="Screen is in two")
    assert [one.text for one in office.ctx().data.find(Work, fault=1)] == ["Reported again: Screen is in two"]
    assert office.get(Fault, 1).reports == 1
    assert office.problems() == []


def test_major_damage_is_a_fault_of_its_own_where_it_still_worked_before(office: Office) -> None:
    found = thing(office)
    office.do(found, "hand_out", to="BB")
    office.do(found, "report", what="Lid is loose", stops=False)
    assert "F-2 is filed" in office.said(office.get(Loan, 1), "give_back", condition="major", note="Lid is off")
    assert office.get(Asset, found.id).status is Status.IN_REPAIR
    assert office.problems() == []


def test_what_was_lost_and_comes_back_is_found(office: Office) -> None:
    found = thing(office)
    office.do(found, "hand_out", to="BB")
    office.do(found, "lose")
    assert office.do(found, "give_back", condition="major", note="Wet").status is Status.IN_REPAIR
    assert office.problems() == []


def test_what_is_not_out_does_not_come_back(office: Office) -> None:
    found = thing(office)
    with pytest.raises(Refused, match="not handed out"):
        office.do(found, "give_back")
    with pytest.raises(Refused, match="not handed out"):
        take_back_many(office.ctx(), [found])
    office.do(found, "hand_out", to="BB")
    office.do(found, "give_back")
    with pytest.raises(Refused, match="It came back today"):
        office.do(office.get(Loan, 1), "give_back")


def test_what_cannot_be_handed_out_says_why(office: Office) -> None:
    found = thing(office)
    office.do(found, "hand_out", to="BB", due=FRIDAY)
    for verb, args, said in (
        ("give_back", {}, "Bob Baker has it, due back Fri 27 Nov: take it back first"),
        ("pause", {"note": "old"}, ""),
        ("pause", {}, "out of service: old"),
        ("lose", {}, ""),
        ("find", {}, "lost. f says"),
        ("retire", {"note": "Scrap."}, ""),
    ):
        if said:
            with pytest.raises(Refused, match=said):
                office.do(found, "hand_out", to="CC")
        office.do(found, verb, **args)
    with pytest.raises(Refused, match=r"retired: Scrap\.$"):
        office.do(found, "hand_out", to="CC")


def test_the_day_it_is_due_back_has_not_passed(office: Office) -> None:
    with pytest.raises(Refused, match="has passed") as refused:
        office.do(thing(office), "hand_out", to="BB", due=date(2026, 11, 22))
    assert set(refused.value.fields) == {"due"}


def test_a_thing_is_never_part_of_itself_however_deep(office: Office) -> None:
    things = [thing(office, name=name) for name in ("Disk", "Machine", "Rack")]
    with pytest.raises(Refused, match=r"Disk \(A-1\) would be part of itself"):
        office.do(things[0], "hand_out", to="A-1")
    office.do(things[0], "hand_out", to="A-2")
    office.do(things[1], "hand_out", to="A-3")
    with pytest.raises(Refused, match=r"Rack \(A-3\) would be part of itself"):
        office.do(things[2], "hand_out", to="A-1")
    with pytest.raises(Refused, match="would be part of itself"):
        hand_out_many(office.ctx(), [thing(office), things[2]], whom(office.ctx(), "A-1"))
    assert office.problems() == []


# --- many at once, and the PIN ----------------------------------------------------------------------------------------


def test_many_things_go_out_and_come_back_in_one_change_or_none_does(office: Office) -> None:
    things = [thing(office) for _ in range(30)]
    change = office.apply(hand_out_many(office.ctx(), [*things, things[0]], whom(office.ctx(), "BB")))
    assert change.said == "30 things are handed out to Bob Baker."
    assert {office.get(Asset, one.id).holder for one in things} == {2}
    free = thing(office)
    with pytest.raises(Refused, match=r"Thing \(A-1\): Bob Baker has it"):
        hand_out_many(office.ctx(), [free, things[0]], whom(office.ctx(), "CC"))
    assert office.apply(take_back_many(office.ctx(), things)).said == "30 things are back."
    with pytest.raises(Refused, match="not handed out"):
        take_back_many(office.ctx(), [things[3]])
    assert office.problems() == []


def test_what_asks_for_the_pin_of_who_gets_it_is_not_handed_out_without(office: Office) -> None:
    key = thing(office, name="Key", category=3)
    with pytest.raises(Refused, match="whoever gets it gives their PIN"):
        office.do(key, "hand_out", to="BB")
    office.apply(hand_out_many(office.ctx(), [key], whom(office.ctx(), "BB"), confirmed=True))
    assert office.get(Loan, 1).confirmed_at == office.now
    office.do(key, "give_back")
    assert office.do(key, "hand_out", to="ROOM1").at_place == 2, "a place has no PIN"


def test_what_asks_for_the_pin_is_not_had_without_by_being_part_of_something_else(office: Office) -> None:
    box, ring = thing(office, name="Box"), thing(office, name="Ring")
    key = thing(office, name="Key", category=3)
    office.do(ring, "hand_out", to="A-1")
    office.do(key, "hand_out", to="A-2")
    with pytest.raises(Refused, match=r"Box \(A-1\): whoever gets it gives their PIN"):
        office.do(box, "hand_out", to="BB")
    office.do(key, "give_back")
    office.do(box, "hand_out", to="BB")
    with pytest.raises(Refused, match=r"Bob Baker has it, .* take Box \(A-1\) back first") as refused:
        office.do(key, "hand_out", to="A-2")
    assert set(refused.value.fields) == {"to"}
    office.do(box, "give_back")
    office.do(box, "hand_out", to="ROOM1")
    office.do(key, "hand_out", to="A-2")
    assert office.problems() == []


def test_another_day_is_after_today_and_before_somebody_else_comes_for_it(office: Office) -> None:
    found = thing(office, category=1)
    office.do(found, "hand_out", to="CC", due=FRIDAY)
    office.add(Booking, 2, asset=found.id, start=at("2026-12-02 09:00"), end=at("2026-12-02 12:00"))
    loan = office.get(Loan, 1)
    for day, said in ((date(2026, 11, 22), "passed"), (FRIDAY, "on that day"), (date(2026, 12, 2), "Bob Baker has bo")):
        with pytest.raises(Refused, match=said) as refused:
            office.do(loan, "extend", due=day)
        assert set(refused.value.fields) == {"due"}
    office.do(loan, "extend", due=date(2026, 12, 1))
    assert office.get(Asset, found.id).due == date(2026, 12, 1)
    assert office.problems() == []


# --- what waits -------------------------------------------------------------------------------------------------------


def test_what_is_overdue_waits_for_who_has_it_and_the_oldest_of_all_for_clerks(office: Office) -> None:
    for day, who in ((27, "CC"), (25, "BB"), (26, "BB"), (30, "BB")):
        office.do(thing(office), "hand_out", to=who, due=date(2026, 11, day))
    office.now = at("2026-11-28 09:00")
    assert [(one.ref, one.why) for one in waiting_for(office.ctx(3))] == [
        ("LO-1", "due back yesterday: bring it back"),
    ]
    assert [(one.ref, one.why) for one in waiting_for(office.ctx(1))] == [
        ("LO-2", "due back Wed 25 Nov: with Bob Baker; 2 more"),
    ]
    assert [one.ref for one in waiting_for(office.ctx(2))] == ["LO-2", "LO-3", "LO-1"], "his own, then the office's"
    assert list(waiting_for(office.ctx(None))) == []


def test_what_somebody_who_left_still_has_is_for_a_clerk_to_take_back_also_without_a_day(office: Office) -> None:
    for name in ("Key", "Badge"):
        office.do(thing(office, name=name), "hand_out", to="CC")
    assert [*leaving.waiting_for(office.ctx())] == []
    office.put(office.get(Person, 3).model_copy(update={"active": False}))
    (waits,) = leaving.waiting_for(office.ctx())
    assert (waits.ref, waits.verb, waits.why) == ("LO-1", "give_back", "take back: Key (A-1); 1 more")
    assert [*leaving.waiting_for(office.ctx(3))] == []


def test_nothing_is_filed_as_handed_out_by_hand(office: Office) -> None:
    with pytest.raises(Refused, match="T there"):
        office.add(Loan, asset=thing(office).id, person=2, at=office.now)
    assert handing.not_out(office.ctx(), thing(office)) is not None
