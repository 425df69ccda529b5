"""The access register: asked, approved by somebody else, given, looked at again, taken away."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from botui import areas
from botui.actions.desk import my_desk
from botui.data import Desk
from botui.models.base import NotAllowed, PinNeeded, Refused
from botui.models.equipment import leaving
from botui.models.equipment.access import Access, State
from botui.models.equipment.granting import REFUSED_FOR, asked, waiting_for
from botui.models.office import Department, Person, Role, StandIn
from tests.offices import ADA, ANN, BOB, CLEO, FRED, HANNA, MAX, MONDAY, Clock
from tests.offices import office as store_office
from tests.rules import Office

TODAY = MONDAY.date()
CHIEF, HEAD, ADMIN = 6, 7, 8
"""A manager, the head of Cleo's department who does not work as one, and an administrator."""


@pytest.fixture
def office() -> Office:
    found = Office()
    found.put(Person(id=CHIEF, name="Max Manager", initials="MM", roles=(Role.STAFF, Role.MANAGER)))
    found.put(Person(id=HEAD, name="Hal Head", initials="HH"))
    found.put(Person(id=ADMIN, name="Ada Admin", initials="AD", roles=(Role.STAFF, Role.ADMIN)))
    return found


def ask(office: Office, by: int = 3, /, **values: Any) -> Access:
    return office.add(Access, by, **{"system": "Payroll", "level": "reader", **values})


def given(office: Office, **values: Any) -> Access:
    return office.do(office.do(ask(office, **values), "approve", CHIEF), "hand_out")


# --- asking -----------------------------------------------------------------------------------------------------------


def test_it_is_for_whoever_asks_and_their_manager_approves_it(office: Office) -> None:
    one = ask(office)
    assert (one.person, one.created_by, one.approver, one.state) == (3, 3, CHIEF, State.ASKED), "the only manager"
    office.put(Person(id=9, name="Moe", initials="MO", roles=(Role.MANAGER,)))
    with pytest.raises(Refused, match=r"Who approves it\?") as no:
        ask(office, system="Door 2")
    assert no.value.fields == {"approver": "For example MM (Max Manager), AD (Ada Admin), MO (Moe)."}
    office.put(Department(id=1, name="IT", manager=9))
    office.put(office.get(Person, 3).model_copy(update={"department": 1}))
    assert ask(office, system="Door 2").approver == 9
    assert ask(office, 1, person=3, system="Door 3").approver == 9
    assert ask(office, system="Door 4", approver=ADMIN).approver == ADMIN


@pytest.mark.parametrize(
    ("by", "values", "why"),
    [
        (3, {"approver": 3}, "Nobody approves their own request"),
        (3, {"approver": HEAD}, "Hal Head does not work as a manager"),
        (3, {"approver": 1}, "Ann Archer does not work as a manager"),
        (CHIEF, {"approver": CHIEF}, "Nobody approves their own request"),
        (CHIEF, {"person": 3, "approver": CHIEF}, "Nobody approves their own request"),
        (1, {"person": CHIEF, "approver": CHIEF}, "Nobody approves their own request"),
    ],
)
def test_nobody_is_asked_who_may_not_say_yes_to_it(office: Office, by: int, values: dict[str, int], why: str) -> None:
    with pytest.raises(Refused, match=why) as no:
        ask(office, by, **values)
    assert no.value.fields.keys() == {"approver"}


def test_nobody_asks_for_what_they_would_approve_as_somebody_s_stand_in(office: Office) -> None:
    office.put(StandIn(id=1, person=CHIEF, stand_in=3, starts=TODAY, ends=TODAY))
    with pytest.raises(Refused, match="Nobody approves their own request") as no:
        ask(office, approver=CHIEF)
    assert no.value.fields == {"approver": "For example AD (Ada Admin)."}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"system": ""}, "system"),
        ({"system": "x" * 61}, "system"),
        ({"until": TODAY - timedelta(days=1)}, "until"),
        ({"person": 4}, "person"),
        ({"person": 99}, "person"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_at_its_field(office: Office, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as no:
        ask(office, **values)
    assert no.value.fields.keys() == {field}


@pytest.mark.parametrize("system", ["[/x] [@click=app.quit]\x1b[31mDoor", "\u202eroD\x00 \u6f22", "\U0001f512 vault"])
def test_any_text_is_a_system_cleaned(office: Office, system: str) -> None:
    one = ask(office, system=system)
    assert one.system.isprintable()
    assert "\x1b" not in office.said(one, "approve", CHIEF)


def test_what_they_have_or_is_asked_for_is_not_asked_for_twice(office: Office) -> None:
    one = ask(office)
    with pytest.raises(Refused, match=f"Cleo Cole is to get this already: {one.ref}") as no:
        ask(office, system="PAYROLL ".strip())
    assert no.value.fields.keys() == {"system"}
    office.do(office.do(one, "approve", CHIEF), "hand_out")
    with pytest.raises(Refused, match="Cleo Cole has this already"):
        ask(office, level="Reader")
    assert ask(office, level="clerk").state is State.ASKED, "at another level it is something else"
    office.do(one, "give_back")
    assert ask(office).state is State.ASKED


def test_for_longer_it_is_asked_for_anew_and_takes_the_place_of_what_they_have(office: Office) -> None:
    one = given(office, until=date(2026, 12, 31))
    for until in (date(2026, 12, 31), date(2026, 12, 1)):
        with pytest.raises(Refused, match="Cleo Cole has this already until Thu 31 Dec"):
            ask(office, until=until)
    longer = office.do(ask(office, until=date(2027, 3, 31)), "approve", CHIEF)
    with pytest.raises(Refused, match="is to get this already"):
        ask(office)
    assert office.get(Access, one.id).state is State.GIVEN
    assert office.do(longer, "hand_out").state is State.GIVEN
    one = office.get(Access, one.id)
    assert (one.state, one.reason, one.removed_by) == (State.REMOVED, f"Goes on as {longer.ref}", 1)


# --- saying yes or no -------------------------------------------------------------------------------------------------


def test_from_asked_to_taken_away(office: Office) -> None:
    one = ask(office)
    assert office.why_not(one, "hand_out") == "It is to approve."
    assert office.said(one, "approve", CHIEF) == "AC-1 is approved: Payroll as reader for Cleo Cole is to be given."
    assert office.said(one, "hand_out") == "Cleo Cole has Payroll as reader; it is looked at again by 23 Nov 2027."
    office.now += timedelta(days=300)
    assert office.why_not(one, "review", 3) == "Somebody else looks at this: it is yours."
    one = office.do(one, "review", 2)
    assert (one.state, one.reviewed_by, one.review_on) == (State.REVIEWED, 2, date(2028, 9, 19))
    one = office.do(one, "give_back", reason="Other work")
    assert (one.state, one.reason, one.removed_by, one.review_on) == (State.REMOVED, "Other work", 1, None)
    for verb in ("approve", "hand_out", "review", "give_back", "cancel"):
        assert office.why_not(one, verb) == "It is removed."


def test_nobody_says_yes_to_their_own_nor_who_has_no_say_any_more(office: Office) -> None:
    one = ask(office)
    assert office.why_not(one, "approve", 3) == office.why_not(one, "refuse", 3) == "Nobody approves their own request."
    office.put(office.get(Person, CHIEF).model_copy(update={"roles": (Role.STAFF,)}))
    assert office.why_not(one, "approve", CHIEF) == "Max Manager approves no access any more: a clerk says who does."
    assert office.edit(one, approver=ADMIN).approver == ADMIN


def test_refused_whoever_asked_sees_why_for_a_while(office: Office) -> None:
    one = ask(office)
    assert [found.state for found in asked(office.ctx(3))] == ["to approve"]
    with pytest.raises(Refused):
        office.do(one, "refuse", CHIEF)
    office.do(one, "refuse", CHIEF, reason="Not for your work")
    assert [found.state for found in asked(office.ctx(3))] == ["refused: Not for your work"]
    office.now += REFUSED_FOR
    assert [*asked(office.ctx(3))] == []


def test_what_was_approved_stays_as_it_was_approved(office: Office) -> None:
    one = ask(office, until=date(2027, 1, 31))
    one = office.edit(one, level="clerk", until=date(2027, 3, 31))
    assert one.level == "clerk", "until then it may change"
    office.do(one, "approve", CHIEF)
    for values in ({"level": "admin"}, {"person": 1}, {"until": None}, {"approver": ADMIN}, {"system": "Bank"}):
        with pytest.raises(Refused, match="what was approved stays as it is") as no:
            office.edit(one, **values)
        assert no.value.fields.keys() == values.keys()
    assert office.edit(one, why="For the year's end").why


def test_it_is_taken_off_by_who_asked_or_a_clerk_before_it_is_given(office: Office) -> None:
    one = ask(office, 1, person=3)
    assert office.why_not(one, "cancel", CHIEF) == "Only Cleo Cole, who asked for it, or a clerk cancels it."
    assert office.why_not(one, "cancel", 3) is None
    assert office.do(one, "cancel", 2).state is State.CANCELLED


# --- given and looked at ----------------------------------------------------------------------------------------------


def test_it_is_looked_at_again_in_a_year_on_its_last_day_or_as_somebody_says(office: Office) -> None:
    short = office.do(ask(office, until=date(2026, 12, 31)), "approve", CHIEF)
    assert office.do(short, "hand_out").review_on == date(2026, 12, 31)
    other = office.do(ask(office, system="Door"), "approve", CHIEF)
    with pytest.raises(Refused) as no:
        office.do(other, "hand_out", review_on=TODAY)
    assert no.value.fields.keys() == {"review_on"}
    assert office.do(other, "hand_out", review_on=date(2027, 2, 1)).review_on == date(2027, 2, 1)
    office.now += timedelta(days=50)
    assert office.why_not(short, "review") == "Its last day has passed: take it away (R), or ask for it anew."


def test_nothing_is_given_to_who_left_nor_after_its_last_day(office: Office) -> None:
    one = office.do(ask(office, until=TODAY), "approve", CHIEF)
    last = office.do(ask(office, system="Gate", until=TODAY), "approve", CHIEF)
    assert office.do(last, "hand_out").review_on == TODAY, "it can be used today"
    office.now += timedelta(days=1)
    with pytest.raises(Refused, match="Its last day was yesterday"):
        office.do(one, "hand_out")
    two = office.do(ask(office, system="Door"), "approve", CHIEF)
    office.put(office.get(Person, 3).model_copy(update={"active": False}))
    with pytest.raises(Refused, match="do not work here any more"):
        office.do(two, "hand_out")


def test_my_desk_has_what_is_to_approve_to_give_and_the_first_to_look_at_again(office: Office) -> None:
    one = ask(office)
    assert [found.why for found in waiting_for(office.ctx(CHIEF))] == ["access to approve"]
    assert [*waiting_for(office.ctx(1))] == []
    office.do(one, "approve", CHIEF)
    assert [(found.what, found.verb) for found in waiting_for(office.ctx(1))] == [
        ("Payroll as reader: Cleo Cole", "hand_out")
    ]
    assert [*waiting_for(office.ctx(CHIEF))] == []
    office.do(one, "hand_out", review_on=date(2026, 12, 24))
    given(office, system="Door", until=date(2026, 12, 20))
    assert [*waiting_for(office.ctx(1))] == []
    office.now += timedelta(days=31)
    (waits,) = waiting_for(office.ctx(1))
    assert (waits.what, waits.verb) == ("Door as reader: Cleo Cole", "give_back")
    assert waits.why == "access to take away: its time is over; 1 more"


def test_the_list_to_look_at_is_by_system_and_has_what_is_due_today(office: Office) -> None:
    for system in ("Vault", "Door"):
        given(office, system=system)
    kind = areas.kind("access")
    view = kind.view("review")
    assert view.sort == kind.view("given").sort == "system"
    assert office.data.listed(Access, view.where(office.ctx())) == []
    office.now += timedelta(days=365)
    assert len(office.data.listed(Access, view.where(office.ctx()))) == 2
    docs = (
        {"state": "given", "review_on": "2026-11-22"},
        {"state": "given", "until": "2026-11-23"},
        {"state": "removed"},
    )
    assert [kind.row_style(doc, "2026-11-23T09:00:00Z") for doc in docs] == ["late", "", "done"]


def test_what_somebody_who_left_still_has_is_for_a_clerk_to_take_away(office: Office) -> None:
    one = given(office)
    given(office, system="Door")
    office.put(office.get(Person, 3).model_copy(update={"active": False}))
    (waits,) = leaving.waiting_for(office.ctx())
    assert (waits.ref, waits.why) == (one.ref, "take back: access to Payroll; 1 more")
    assert [*leaving.waiting_for(office.ctx(CHIEF))] == []


# --- at a desk --------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Cleo asked for access to the vault, which Max is to approve; Ann asked for the same for herself."""
    found = store_office(tmp_path, CLEO, Clock())
    found.add("access", {"system": "Vault", "approver": MAX})
    found.for_person(ANN).add("access", {"system": "Vault", "approver": ADA})
    return found


def test_staff_see_what_is_theirs_who_is_asked_sees_it_and_clerks_the_register(desk: Desk) -> None:
    seen = {person: desk.for_person(person).numbers("access") for person in (CLEO, MAX, HANNA, FRED, BOB)}
    assert seen == {CLEO: [1], MAX: [1], HANNA: [], FRED: [], BOB: [1, 2]}
    with pytest.raises(NotAllowed):
        desk.get("access", 2)


def test_it_is_approved_with_the_pin_by_who_is_asked_and_given_by_a_clerk(desk: Desk) -> None:
    manager = desk.for_person(MAX)
    with pytest.raises(PinNeeded):
        manager.do("access", 1, "approve")
    for person in (CLEO, ANN, HANNA):
        with pytest.raises(NotAllowed):
            desk.for_person(person).do("access", 1, "approve")
    manager.confirmed = desk.clock()
    manager.do("access", 1, "approve")
    for person in (CLEO, MAX):
        with pytest.raises(NotAllowed):
            desk.for_person(person).do("access", 1, "hand_out")
    desk.for_person(BOB).do("access", 1, "hand_out")
    assert desk.get("access", 1).given_by == BOB


def test_who_asked_takes_it_off_and_who_is_to_approve_it_does_not(desk: Desk) -> None:
    with pytest.raises(Refused, match="who asked for it"):
        desk.for_person(MAX).do("access", 1, "cancel")
    assert desk.do("access", 1, "cancel").said == "AC-1 is cancelled: Vault."


@pytest.mark.parametrize(("area", "may"), [("equipment", True), ("supplies", False)])
def test_a_stand_in_approves_in_the_areas_that_were_said(desk: Desk, area: str, may: bool) -> None:
    values = {"person": MAX, "starts": TODAY, "ends": TODAY, "stand_in": HANNA, "approves_in": (area,)}
    manager = desk.for_person(MAX)
    manager.confirmed = desk.clock()
    manager.add("standins", values)
    stand_in = desk.for_person(HANNA)
    assert ("AC-1" in [thing.waiting.ref for thing in my_desk(stand_in)]) is may
    stand_in.confirmed = desk.clock()
    if may:
        stand_in.do("access", 1, "approve")
        one = desk.get("access", 1)
        assert (one.approved_by, one.approved_for) == (HANNA, MAX)
    else:
        with pytest.raises(NotAllowed):
            stand_in.do("access", 1, "approve")


def test_an_approval_is_undone_by_who_gave_it(desk: Desk) -> None:
    manager = desk.for_person(MAX)
    manager.confirmed = desk.clock()
    manager.do("access", 1, "approve")
    entry = manager.undoable()
    assert entry is not None
    manager.undo(entry.digest)
    one = desk.get("access", 1)
    assert (one.state, one.approved_by, one.approver) == (State.ASKED, None, MAX)
