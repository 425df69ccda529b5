"""Audits as rules: what is looked for, what each scan says, and what a finish does with every asset."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui.models.base import Change, Refused
from botui.models.equipment import auditing
from botui.models.equipment.asset import Asset, Category, Fate, Status
from botui.models.equipment.audit import Audit, Finding, Result, State
from botui.models.equipment.fault import Fault, WaitFor
from botui.models.equipment.fault import State as FaultState
from botui.models.equipment.loan import Condition, Loan
from botui.models.equipment.register import Register
from botui.models.office import Person, Place
from tests.rules import Office

HOUSE, ROOM, STORE, YARD = 1, 2, 3, 4
LAPTOPS, TOOLS = 1, 2


@pytest.fixture
def office() -> Office:
    return made()


def made() -> Office:
    """A house with a room and a store room, and a yard; laptops are to be seen yearly."""
    one = Office()
    one.put(Place(id=HOUSE, name="House"))
    one.put(Place(id=ROOM, name="Room 2", within=HOUSE))
    one.put(Place(id=STORE, name="Store room", within=HOUSE))
    one.put(Place(id=YARD, name="Yard"))
    one.put(Category(id=LAPTOPS, name="Laptops", audit_months=12))
    one.put(Category(id=TOOLS, name="Tools"))
    return one


def asset(office: Office, number: int, place: int | None, **values: Any) -> Asset:
    status = values.pop("status", Status(values["fate"].value) if values.get("fate") else Status.READY)
    values = {"category": LAPTOPS, **values}
    one = Asset(id=number, tag=f"A-{number}", name=f"Thing {number}", place=place, status=status, **values)
    office.put(one)
    return one


def begun(office: Office, **values: Any) -> Audit:
    return office.add(Audit, name="Yearly", **values)


def looked_for(office: Office, audit: Audit) -> dict[int, int | None]:
    return {one.asset: one.place for one in office.data.find(Finding, audit=audit.id)}


def seen(office: Office, audit: Audit, number: int, place: int) -> str:
    office.now += timedelta(seconds=1)
    return office.said(audit, "count", asset=number, place=place)


def result(office: Office, audit: Audit, number: int) -> Result:
    (one,) = office.data.find(Finding, audit=audit.id, asset=number)
    return one.result


def handed_out(office: Office, number: int, **to: Any) -> None:
    register = Register(office.ctx(), Change("test"))
    register.hand_out(office.get(Asset, number), **to)
    office.apply(register.close())


# --- what is looked for -----------------------------------------------------------------------------------------------


def test_what_is_in_the_places_with_all_that_is_in_them_and_of_the_categories_is_looked_for(office: Office) -> None:
    asset(office, 1, ROOM)
    asset(office, 2, STORE)
    asset(office, 3, YARD)
    asset(office, 4, ROOM, category=TOOLS)
    asset(office, 5, ROOM, fate=Fate.RETIRED)
    asset(office, 6, ROOM, fate=Fate.LOST)
    asset(office, 7, None)
    audit = begun(office, places=(HOUSE,), categories=(LAPTOPS,))
    assert looked_for(office, audit) == {1: ROOM, 2: STORE}
    assert audit.expected == 2
    with pytest.raises(Refused, match="There is nothing in these places"):
        begun(office, places=(YARD,), categories=(TOOLS,))


def test_what_is_handed_out_is_looked_for_where_it_is_used_or_where_it_belongs(office: Office) -> None:
    asset(office, 1, YARD, home=ROOM)
    asset(office, 2, YARD)
    asset(office, 3, STORE)
    asset(office, 4, YARD)
    handed_out(office, 1, person=office.BOB)
    handed_out(office, 2, to_place=ROOM)
    handed_out(office, 4, to_asset=3)
    assert looked_for(office, begun(office, places=(HOUSE,))) == {1: ROOM, 2: ROOM, 3: STORE, 4: STORE}


def test_what_one_audit_looks_for_no_other_does_until_it_is_over(office: Office) -> None:
    asset(office, 1, ROOM)
    asset(office, 2, STORE)
    first = begun(office, places=(ROOM,))
    with pytest.raises(Refused, match="All of it is looked for in AU-1 already"):
        begun(office, places=(ROOM,))
    second = begun(office)
    assert looked_for(office, second) == {2: STORE}
    office.do(first, "cancel", reason="begun twice")
    assert looked_for(office, begun(office, places=(ROOM,))) == {1: ROOM}


def test_what_is_looked_for_was_settled_when_it_began(office: Office) -> None:
    asset(office, 1, ROOM)
    audit = begun(office)
    assert office.edit(audit, name="Second half").name == "Second half"
    with pytest.raises(Refused, match="settled when it began"):
        office.edit(audit, places=(ROOM,))


# --- what a scan says -------------------------------------------------------------------------------------------------


def test_each_scan_says_whether_it_is_right_and_the_last_place_counts(office: Office) -> None:
    asset(office, 1, ROOM)
    asset(office, 2, YARD)
    asset(office, 3, YARD, fate=Fate.LOST)
    asset(office, 4, YARD, fate=Fate.RETIRED)
    audit = begun(office, places=(HOUSE,))
    assert seen(office, audit, 1, STORE) == "Thing 1 (A-1) belongs in Room 2."
    assert result(office, audit, 1) is Result.MOVED
    assert seen(office, audit, 1, ROOM) == "Thing 1 (A-1) is here."
    assert result(office, audit, 1) is Result.FOUND
    assert seen(office, audit, 1, ROOM) == "Thing 1 (A-1) was seen here already."
    assert seen(office, audit, 2, ROOM) == "Thing 2 (A-2) is not on the list: it belongs in Yard."
    assert "it was lost" in seen(office, audit, 3, ROOM)
    assert "it is retired" in seen(office, audit, 4, ROOM)
    assert [result(office, audit, number) for number in (2, 3, 4)] == [Result.UNEXPECTED] * 3


def test_what_somebody_has_is_found_where_they_sit(office: Office) -> None:
    asset(office, 1, ROOM, home=ROOM)
    office.put(replace_place(office.get(Person, office.BOB), STORE))
    handed_out(office, 1, person=office.BOB)
    audit = begun(office)
    assert seen(office, audit, 1, STORE) == "Thing 1 (A-1) is here. Bob Baker has it."
    assert seen(office, audit, 1, YARD) == "Thing 1 (A-1) belongs in Room 2. Bob Baker has it."


def replace_place(person: Person, place: int) -> Person:
    return person.model_copy(update={"place": place})


def test_a_wrong_scan_is_taken_back_as_if_it_had_not_been(office: Office) -> None:
    asset(office, 1, ROOM)
    asset(office, 2, YARD)
    audit = begun(office, places=(ROOM,))
    for number in (1, 2):
        seen(office, audit, number, ROOM)
        (one,) = office.data.find(Finding, audit=audit.id, asset=number)
        office.said(one, "reverse")
    (left,) = office.data.find(Finding, audit=audit.id)
    assert (left.result, left.seen_in, left.at) == (Result.PENDING, None, None)
    assert office.why_not(left, "reverse") == "It was not seen yet."


# --- the finish -------------------------------------------------------------------------------------------------------


def test_a_finish_puts_every_asset_where_it_was_seen_and_says_what_is_lost(office: Office) -> None:
    for number in (1, 2, 3):
        asset(office, number, ROOM)
    asset(office, 4, YARD, category=TOOLS)
    asset(office, 5, YARD, fate=Fate.LOST)
    audit = begun(office, places=(HOUSE,))
    for number, place in ((1, ROOM), (2, STORE), (4, ROOM), (5, ROOM)):
        seen(office, audit, number, place)
    with pytest.raises(Refused, match=r"1 asset not seen: Thing 3 \(A-3\)\. Write y at Even so: it is lost") as error:
        office.do(audit, "settle")
    assert "even_so" in error.value.fields
    said = office.said(audit, "settle", even_so=True)
    assert said == "AU-1 is finished: 1 found, 1 missing, 1 moved, 2 not expected."
    one, two, three, four, five = (office.get(Asset, number) for number in range(1, 6))
    assert (one.place, one.audited_at, one.next_audit) == (ROOM, office.now, date(2027, 11, 23))
    assert (two.place, two.status) == (STORE, Status.READY)
    assert (three.status, three.fate, three.fate_note) == (Status.LOST, Fate.LOST, "missing in audit AU-1")
    assert three.audited_at is None
    assert (four.place, four.next_audit) == (ROOM, None)
    assert (five.status, five.fate, five.place) == (Status.READY, None, ROOM)
    done = office.get(Audit, 1)
    assert (done.state, done.found, done.missing, done.moved, done.unexpected) == (State.FINISHED, 1, 1, 1, 2)
    assert office.problems() == []


def test_what_somebody_has_and_what_is_part_of_a_thing_or_with_the_vendor_is_never_lost(office: Office) -> None:
    for number in (1, 2, 3, 4, 5):
        asset(office, number, ROOM)
    handed_out(office, 1, person=office.BOB)
    handed_out(office, 2, to_asset=1)
    office.put(Fault(id=1, what="broken", asset=3, state=FaultState.WAITING, waiting_for=WaitFor.VENDOR))
    office.put(office.get(Asset, 3).model_copy(update={"open_faults": 1, "stopped": 1, "status": Status.IN_REPAIR}))
    office.put(office.get(Asset, 4).model_copy(update={"fate": Fate.RETIRED, "status": Status.RETIRED}))
    office.now += timedelta(hours=1)
    audit = Audit(id=9, name="Yearly", created_at=office.now, created_by=1, expected=5)
    office.put(audit)
    for number in (1, 2, 3, 4, 5):
        office.put(Finding(id=number, audit=9, asset=number, place=ROOM))
    seen(office, audit, 5, ROOM)
    said = office.said(audit, "settle")
    assert said == "AU-9 is finished: 2 found, 3 not seen, but with somebody."
    notes = {one.asset: one.note for one in office.data.find(Finding, audit=9)}
    assert notes[1].startswith("Bob Baker has it")
    assert notes[2] == "It is part of Thing 1 (A-1)"
    assert notes[3] == "It is with the vendor"
    assert {office.get(Asset, number).fate for number in (1, 2, 3)} == {None}
    assert office.get(Audit, 9).unseen == 3


def test_what_is_used_in_a_place_and_was_not_seen_there_is_lost_until_it_is_seen(office: Office) -> None:
    asset(office, 1, STORE)
    asset(office, 2, STORE)
    handed_out(office, 1, to_place=ROOM)
    office.now += timedelta(hours=1)
    audit = begun(office)
    seen(office, audit, 2, STORE)
    assert office.said(audit, "settle", even_so=True) == "AU-1 is finished: 1 found, 1 missing."
    assert (office.get(Asset, 1).status, office.get(Asset, 1).at_place) == (Status.LOST, ROOM)
    assert office.problems() == []
    again = begun(office)
    seen(office, again, 1, ROOM)
    office.said(again, "settle", even_so=True)
    assert (office.get(Asset, 1).status, office.get(Asset, 1).at_place) == (Status.IN_USE, ROOM)
    assert office.problems() == []


def test_what_was_in_somebody_s_hands_since_the_audit_began_is_not_missing(office: Office) -> None:
    asset(office, 1, ROOM)
    asset(office, 2, ROOM)
    asset(office, 3, ROOM)
    audit = begun(office)
    office.now += timedelta(hours=1)
    seen(office, audit, 1, ROOM)
    handed_out(office, 2, person=office.BOB)
    register = Register(office.ctx(), Change("test"))
    register.take_back(office.get(Asset, 2), Condition.GOOD)
    register.seen(office.get(Asset, 3), None)
    office.apply(register.close())
    assert office.said(audit, "settle") == "AU-1 is finished: 3 found."


def test_what_was_moved_on_purpose_after_it_was_seen_stays_there(office: Office) -> None:
    asset(office, 1, ROOM)
    audit = begun(office)
    seen(office, audit, 1, STORE)
    register = Register(office.ctx(), Change("test"))
    register.move(office.get(Asset, 1), YARD)
    office.apply(register.close())
    office.said(audit, "settle")
    assert office.get(Asset, 1).place == YARD


def test_what_is_used_in_one_place_and_was_seen_in_another_is_used_there_now(office: Office) -> None:
    asset(office, 1, STORE)
    handed_out(office, 1, to_place=ROOM, note="for the meetings")
    audit = begun(office)
    seen(office, audit, 1, YARD)
    office.said(audit, "settle")
    now = office.get(Asset, 1)
    assert (now.at_place, now.place, now.status) == (YARD, YARD, Status.IN_USE)
    before, after = office.data.find(Loan, asset=1)
    assert (before.condition, after.note, after.to_place) == (Condition.GOOD, "for the meetings", YARD)


def test_an_audit_that_nobody_walked_is_not_finished_and_one_that_is_over_is_not_walked(office: Office) -> None:
    asset(office, 1, ROOM)
    audit = begun(office)
    assert office.why_not(audit, "settle") == "Nothing was seen yet: walk it first (K)."
    seen(office, audit, 1, ROOM)
    office.said(audit, "settle")
    for verb in ("count", "settle", "cancel"):
        assert office.why_not(audit, verb) == "It is finished."
    (finding,) = office.data.find(Finding, audit=audit.id)
    assert office.why_not(finding, "reverse") == "AU-1 is finished."
    with pytest.raises(Refused, match="what was seen stays"):
        auditing.refuse_fixed(office.ctx(), finding, {"seen_in": None})


def test_an_audit_that_was_begun_waits_for_whoever_began_it(office: Office) -> None:
    asset(office, 1, ROOM)
    audit = begun(office)
    (one,) = auditing.waiting_for(office.ctx(office.ANN))
    assert (one.why, one.verb) == ("1 of 1 to see", "count")
    assert not [*auditing.waiting_for(office.ctx(office.BOB))]
    seen(office, audit, 1, ROOM)
    (one,) = auditing.waiting_for(office.ctx(office.ANN))
    assert (one.why, one.verb) == ("all were seen: finish it", "settle")


@pytest.mark.parametrize(("asset_no", "place"), [(99, ROOM), (1, 99)])
def test_what_there_is_not_cannot_be_seen(office: Office, asset_no: int, place: int) -> None:
    asset(office, 1, ROOM)
    with pytest.raises(Refused, match="There is no such"):
        seen(office, begun(office), asset_no, place)


def test_that_is_missing_can_be_told_before_the_finish(office: Office) -> None:
    asset(office, 1, ROOM)
    asset(office, 2, ROOM)
    audit = begun(office)
    seen(office, audit, 1, ROOM)
    with pytest.raises(Refused, match="1 asset not seen: Thing 2"):
        office.do(audit, "settle")


def test_what_is_part_of_a_lost_thing_is_looked_for_where_that_was(office: Office) -> None:
    asset(office, 1, ROOM, fate=Fate.LOST)
    asset(office, 2, None, inside=1, status=Status.IN_USE)
    asset(office, 3, YARD)
    assert looked_for(office, begun(office, places=(HOUSE,))) == {2: ROOM}


def test_a_check_says_what_does_not_hold(office: Office) -> None:
    asset(office, 1, ROOM)
    asset(office, 2, ROOM)
    audit = begun(office)
    seen(office, audit, 1, ROOM)
    office.said(audit, "settle", even_so=True)
    assert office.problems() == []
    office.put(Finding(id=9, audit=1, asset=1, result=Result.MOVED))
    office.put(office.get(Audit, 1).model_copy(update={"missing": 7}))
    said = office.problems()
    assert len(said) == 4
    assert any("twice" in one for one in said)
    assert any("seen nowhere" in one for one in said)
    assert any("findings of 3" in one for one in said)
    assert any("its figures are (1, 7, 0, 0, 0), but its findings come to (1, 1, 1, 0, 0)" in one for one in said)


def test_what_is_lost_is_said_with_the_names_as_they_are_written(office: Office) -> None:
    asset(office, 1, STORE)
    handed_out(office, 1, to_place=ROOM)
    said = office.said(office.get(Asset, 1), "lose")
    assert said == "Thing 1 (A-1) is lost. It is used in Room 2, as far as is known."


_STEPS = st.lists(
    st.tuples(st.sampled_from(["see", "see", "see", "unsee", "out", "back", "lose", "move"]), st.integers(1, 5)),
    max_size=14,
)


@given(_STEPS, st.lists(st.sampled_from([ROOM, STORE, YARD]), min_size=14, max_size=14))
@settings(max_examples=60)
def test_whatever_happens_while_it_is_walked_the_finish_leaves_no_contradiction(
    steps: list[tuple[str, int]], places: list[int]
) -> None:
    office = made()
    for number in range(1, 6):
        asset(office, number, ROOM if number < 4 else YARD, home=ROOM)
    audit = begun(office, places=(HOUSE,))
    seen(office, audit, 1, ROOM)
    for (step, number), place in zip(steps, places, strict=False):
        office.now += timedelta(minutes=1)
        happen(office, audit, step, number, place)
    office.said(audit, "settle", even_so=True)
    assert office.problems() == []
    for one in office.data.find(Finding, audit=audit.id):
        now = office.get(Asset, one.asset)
        assert (one.result is Result.MISSING) <= (now.fate is Fate.LOST)
        if one.seen_in is not None and now.fate is Fate.LOST:
            assert one.at is not None
            assert now.fate_at is not None
            assert now.fate_at > one.at  # what was said last counts
        assert (one.seen_in is None) <= (one.result in (Result.PENDING, Result.MISSING, Result.FOUND))
        assert (one.result is Result.PENDING) <= (now.holder is not None or now.inside is not None)


def happen(office: Office, audit: Audit, step: str, number: int, place: int) -> None:
    """Let something happen to an asset, where it can."""
    if step == "see":
        seen(office, audit, number, place)
        return
    if step == "unsee":
        for one in office.data.find(Finding, audit=audit.id, asset=number):
            if one.asset != 1 and office.why_not(one, "reverse") is None:
                office.said(one, "reverse")
        return
    now, register = office.get(Asset, number), Register(office.ctx(), Change("test"))
    if step == "out" and not now.is_held and now.fate is None:
        to = {ROOM: {"person": 2}, STORE: {"to_place": STORE}, YARD: {"to_asset": 1 + number % 5}}[place]
        try:
            register.hand_out(now, **to)
        except Refused:
            return
    elif step == "back" and now.is_held:
        register.take_back(now, Condition.GOOD)
    elif step == "lose" and now.fate is None:
        register.fate(now, Fate.LOST)
    elif step == "move" and not now.is_held:
        register.move(now, place)
    office.apply(register.close())
