"""Licences: seats within their limit, notices once each, terms that renew or end, cancelled in time or said why not."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui.data import Desk
from botui.models.base import NotAllowed, Refused
from botui.models.equipment import leaving, seating
from botui.models.equipment.asset import Asset, Fate, Status
from botui.models.equipment.clock import clock
from botui.models.equipment.licence import NOTICES, Licence, Period, Seat, State
from botui.models.equipment.licensing import waiting_for
from botui.models.equipment.terms import deadline, notices_of, term_after, wakes
from botui.models.office import Person
from tests.offices import ANN, BOB, CLEO, FRED, MAX, MONDAY, OTTO, Clock
from tests.offices import office as store_office
from tests.rules import Office

TODAY = MONDAY.date()
YEAR = date(2027, 6, 30)


@pytest.fixture
def office() -> Office:
    return Office()


def licence(office: Office, **values: Any) -> Licence:
    return office.add(Licence, **{"name": "Drawing", "renews_on": YEAR, "cost": Decimal(120), "owner": 2, **values})


def tick(office: Office) -> list[str]:
    """Let time do what is due; return what it said."""
    said = []
    while changes := list(clock(office.ctx(None))):
        said += [f"{change.action}: {change.note}" for change in changes]
        for change in changes:
            office.apply(change)
    return said


def go(office: Office, day: date) -> list[str]:
    """Come back on a day, and let time do what is due."""
    office.now += timedelta(days=(day - office.ctx().today).days)
    return tick(office)


# --- filing -----------------------------------------------------------------------------------------------------------


def test_the_last_day_to_cancel_follows_from_the_notice(office: Office) -> None:
    one = licence(office, notice_days=90)
    assert (one.cancel_by, one.state) == (date(2027, 4, 1), State.ACTIVE)
    assert office.edit(one, notice_days=0).cancel_by is None
    assert office.edit(one, renews_on=date(2027, 12, 31), notice_days=30).cancel_by == date(2027, 12, 1)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"started_on": date(2027, 7, 1)}, "renews_on"),
        ({"renews_on": date(9999, 12, 31)}, "renews_on"),
        ({"renews_on": None, "notice_days": 30}, "renews_on"),
        ({"renews_on": None, "auto_renew": True}, "renews_on"),
        ({"owner": 4}, "owner"),
        ({"seats": 0}, "seats"),
        ({"seats": -3}, "seats"),
        ({"cost": Decimal(-1)}, "cost"),
        ({"cost": Decimal("1.234")}, "cost"),
        ({"name": ""}, "name"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(office: Office, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as no:
        licence(office, **values)
    assert field in no.value.fields


@pytest.mark.parametrize(
    ("renews_on", "auto", "state", "then"),
    [
        (TODAY, False, State.EXPIRING, TODAY),
        (TODAY - timedelta(days=1), False, State.EXPIRED, TODAY - timedelta(days=1)),
        (TODAY - timedelta(days=1), True, State.ACTIVE, date(2027, 11, 22)),
        (date(2020, 2, 29), True, State.ACTIVE, date(2027, 2, 28)),
        (None, False, State.ACTIVE, None),
    ],
)
def test_filed_it_has_the_state_of_today_and_what_renews_by_itself_its_term(
    office: Office, renews_on: date | None, auto: bool, state: State, then: date | None
) -> None:
    one = licence(office, renews_on=renews_on, auto_renew=auto)
    assert (one.state, one.renews_on, one.terms) == (state, then, ())


# --- seats ------------------------------------------------------------------------------------------------------------


def test_seats_are_given_up_to_the_limit_to_people_and_machines_and_taken_back(office: Office) -> None:
    office.put(Asset(id=1, tag="PC1", name="Reception PC"))
    one = licence(office, seats=2)
    assert office.said(one, "hand_out", person=3) == "Cleo Cole has a seat of Drawing; 1 of 2 left."
    with pytest.raises(Refused, match="Cleo Cole has a seat of Drawing already") as no:
        office.do(one, "hand_out", person=3)
    assert no.value.fields.keys() == {"person"}
    assert office.do(one, "hand_out", asset=1).used == 2
    assert office.why_not(one, "hand_out") == "All 2 seats are given: take one back (R), or renew it with more (E)."
    with pytest.raises(Refused, match="Whose seat"):
        office.do(one, "give_back")
    with pytest.raises(Refused, match="They have no seat"):
        office.do(one, "give_back", person=2)
    assert office.said(one, "give_back", asset=1) == "The seat of Reception PC in Drawing is taken back; 1 of 2 left."
    seat = office.get(Seat, 1)
    assert office.do(seat, "give_back").back_by == 1
    assert office.why_not(seat, "give_back") == "It was taken back."
    assert office.why_not(one, "give_back") == "No seat of it is given."
    assert office.do(one, "hand_out", person=3).used == 1, "they may have one again"
    assert office.problems() == []


@pytest.mark.parametrize(
    ("args", "fields"),
    [
        ({}, {"person", "asset"}),
        ({"person": 3, "asset": 1}, {"person", "asset"}),
        ({"person": 4}, {"person"}),
        ({"person": 99}, {"person"}),
        ({"asset": 1}, {"asset"}),
    ],
)
def test_a_seat_is_for_one_who_is_there(office: Office, args: dict[str, int], fields: set[str]) -> None:
    office.put(Asset(id=1, tag="PC1", name="Old PC", status=Status.RETIRED, fate=Fate.RETIRED))
    with pytest.raises(Refused) as no:
        office.do(licence(office), "hand_out", **args)
    assert no.value.fields.keys() == fields


def test_no_fewer_seats_than_are_given_by_whatever_way(office: Office) -> None:
    one = licence(office, seats=5)
    for person in (1, 2, 3):
        one = office.do(one, "hand_out", person=person)
    with pytest.raises(Refused, match="3 seats of Drawing are given") as no:
        office.edit(one, seats=2)
    assert no.value.fields == {"seats": "At least 3."}
    with pytest.raises(Refused, match="3 seats of Drawing are given"):
        office.do(one, "renew", seats=2)
    assert office.edit(one, seats=3).seats == 3
    assert office.edit(one, seats=None).seats is None
    assert seating.free(office.get(Licence, 1)) is None


def test_what_ended_or_was_cancelled_gives_no_seat(office: Office) -> None:
    one = licence(office, renews_on=TODAY - timedelta(days=1))
    assert office.why_not(one, "hand_out") == "It is expired."
    assert office.why_not(office.do(one, "cancel"), "hand_out") == "It is cancelled."


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 4),
    st.lists(st.tuples(st.sampled_from(["hand_out", "give_back"]), st.integers(1, 3)), max_size=15),
)
def test_seats_used_are_the_open_seats_and_never_more_than_there_are(seats: int, steps: list[tuple[str, int]]) -> None:
    office = Office()
    one = licence(office, seats=seats)
    has: set[int] = set()
    for verb, person in steps:
        before = set(has)
        try:
            one = office.do(one, verb, person=person)
            has ^= {person}
        except Refused:
            full = verb == "hand_out" and len(has) >= seats
            assert full or (person in has) is (verb == "hand_out")
            has = before
        assert one.used == len(has) <= seats
        assert {seat.person for seat in office.data.find(Seat, licence=one.id, back_at=None)} == has
    assert office.problems() == []


# --- notices ----------------------------------------------------------------------------------------------------------


def test_its_owner_is_told_90_30_and_7_days_ahead_once_each_until_it_is_seen(office: Office) -> None:
    one = licence(office, notice_days=30)
    last = date(2027, 5, 31)
    assert go(office, last - timedelta(days=91)) == []
    assert go(office, last - timedelta(days=90)) == ["licences.told: 90 days ahead"]
    assert office.get(Licence, 1).state is State.EXPIRING
    (waits,) = waiting_for(office.ctx(2))
    assert (waits.what, waits.verb) == ("Drawing", "renew")
    assert waits.why == "ends Wed 30 Jun, to be cancelled by Mon 31 May"
    assert [*waiting_for(office.ctx(1))] == [], "its owner sees to it, no clerk"
    office.do(one, "acknowledge", 2)
    assert [*waiting_for(office.ctx(2))] == []
    assert office.why_not(one, "acknowledge") == "It was seen; the next notice comes by itself."
    assert tick(office) == []
    assert go(office, last - timedelta(days=29)) == ["licences.told: 30 days ahead"]
    assert len([*waiting_for(office.ctx(2))]) == 1
    assert go(office, last - timedelta(days=7)) == ["licences.told: 7 days ahead"]
    office.do(one, "acknowledge", 2)
    assert go(office, YEAR) == []
    assert go(office, YEAR + timedelta(days=1)) == ["licences.ended: "]
    assert office.get(Licence, 1).state is State.EXPIRED
    assert [waits.why for waits in waiting_for(office.ctx(2))] == ["ended yesterday"]
    office.do(one, "acknowledge", 2)
    assert [*waiting_for(office.ctx(2))] == []
    assert go(office, YEAR + timedelta(days=400)) == []


def test_by_another_day_it_is_told_anew(office: Office) -> None:
    one = licence(office)
    go(office, YEAR - timedelta(days=5))
    office.do(one, "acknowledge", 2)
    one = office.edit(one, renews_on=YEAR + timedelta(days=10))
    assert (one.noticed, one.seen_at) == (None, None)
    assert tick(office) == ["licences.told: 30 days ahead"]


def test_after_a_desk_that_was_closed_only_the_latest_notice_is_given(office: Office) -> None:
    licence(office)
    assert go(office, YEAR - timedelta(days=3)) == ["licences.told: 7 days ahead"]
    assert tick(office) == []


def test_of_what_nobody_sees_to_any_more_clerks_have_the_most_pressing(office: Office) -> None:
    licence(office, owner=None, name="Second", renews_on=TODAY + timedelta(days=20))
    licence(office, owner=2, name="First", renews_on=TODAY + timedelta(days=10))
    office.put(office.get(Person, 2).model_copy(update={"active": False}))
    assert tick(office) == ["licences.told: 30 days ahead"] * 2
    assert [(one.what, one.why) for one in waiting_for(office.ctx(1))] == [("First", "ends Thu 3 Dec; 1 more")]
    assert [*waiting_for(office.ctx(3))] == []


def test_of_what_is_paid_every_month_nobody_is_told_two_months_ahead_for_ever(office: Office) -> None:
    assert [notices_of(per.months) for per in (Period.MONTH, Period.QUARTER, Period.YEAR, Period.ONCE)] == [
        (7,),
        (30, 7),
        NOTICES,
        NOTICES,
    ]
    one = licence(office, per=Period.MONTH, renews_on=TODAY + timedelta(days=20), auto_renew=True)
    assert (one.state, tick(office)) == (State.ACTIVE, [])


PERIODS = st.sampled_from([Period.MONTH, Period.QUARTER, Period.YEAR, Period.THREE_YEARS, Period.ONCE])


@settings(max_examples=80, deadline=None)
@given(PERIODS, st.integers(0, 400), st.integers(0, 60), st.booleans(), st.lists(st.integers(0, 200), max_size=12))
def test_each_notice_of_a_term_is_given_once_in_order_and_in_time_whenever_desks_are_open(
    per: Period, ahead: int, notice: int, auto: bool, days: list[int]
) -> None:
    office = Office()
    one = licence(office, per=per, renews_on=TODAY + timedelta(days=ahead), notice_days=notice, auto_renew=auto)
    told: list[tuple[date | None, int]] = []
    for forward in (0, *days):
        office.now += timedelta(days=forward, hours=7)
        before = len(one.terms)
        tick(office)
        one = office.get(Licence, 1)
        today, last = office.ctx().today, deadline(one)
        assert tick(office) == [], "once"
        assert one.renews_on is not None
        assert last is not None
        assert (one.renews_on < today) is (one.state is State.EXPIRED)
        assert not (one.state is State.EXPIRED and auto and per.months)
        assert len(one.terms) == before or auto
        if one.state is not State.EXPIRED:
            due = [ahead for ahead in notices_of(per.months) if today >= last - timedelta(days=ahead)]
            assert one.noticed == (due[-1] if due else None), "the latest of those that are due"
        if one.noticed is not None and (last, one.noticed) not in told:
            assert all(told_ahead > one.noticed for told_last, told_ahead in told if told_last == last)
            told.append((last, one.noticed))
        wake = wakes(one.doc())
        assert wake is None or wake > today.isoformat(), "it is not looked at before its day"
    assert office.problems() == []


# --- terms ------------------------------------------------------------------------------------------------------------


def test_on_its_last_day_it_still_runs_and_renews_when_that_is_over(office: Office) -> None:
    licence(office, auto_renew=True)
    assert go(office, YEAR) == ["licences.told: 7 days ahead"]
    assert go(office, YEAR + timedelta(days=1)) == ["licences.renewed: "]


def test_terms_that_were_missed_are_told_one_by_one_each_as_of_its_day(office: Office) -> None:
    licence(office, per=Period.MONTH, renews_on=date(2026, 11, 30), auto_renew=True, started_on=date(2026, 1, 30))
    assert go(office, date(2027, 3, 1)) == ["licences.renewed: "]
    one = office.get(Licence, 1)
    assert [(str(term.until), term.by) for term in one.terms] == [
        ("2026-12-30", None),
        ("2027-01-30", None),
        ("2027-02-28", None),
        ("2027-03-30", None),
    ]
    assert one.renewed_at == one.terms[-1].at
    assert office.settings.local(one.terms[0].at).isoformat() == "2026-12-01T00:00:00+01:00"
    assert (one.renews_on, one.state) == (date(2027, 3, 30), State.ACTIVE)
    assert str(one.terms[0]) == "until 2026-12-30, 120.00, by itself"


@pytest.mark.parametrize(
    ("per", "began", "last", "then"),
    [
        (Period.MONTH, None, date(2027, 1, 31), date(2027, 2, 28)),
        (Period.MONTH, None, date(2027, 2, 28), date(2027, 3, 31)),
        (Period.MONTH, date(2026, 1, 28), date(2027, 2, 28), date(2027, 3, 28)),
        (Period.QUARTER, None, date(2027, 6, 30), date(2027, 9, 30)),
        (Period.QUARTER, None, date(2027, 9, 30), date(2027, 12, 31)),
        (Period.YEAR, date(2024, 2, 29), date(2027, 2, 28), date(2028, 2, 29)),
        (Period.THREE_YEARS, date(2024, 5, 1), date(2027, 4, 30), date(2030, 4, 30)),
    ],
)
def test_a_term_ends_on_its_day_also_after_a_short_month(
    per: Period, began: date | None, last: date, then: date
) -> None:
    assert term_after(Licence(name="x", per=per, started_on=began), last) == then


def test_renewed_it_has_a_new_end_and_a_new_cost_and_its_notices_begin_anew(office: Office) -> None:
    one = licence(office, notice_days=30, seats=5)
    go(office, YEAR - timedelta(days=40))
    said = office.said(one, "renew", 2, cost=Decimal(144), seats=8)
    assert said == "Drawing is renewed until 30 Jun 2028."
    one = office.get(Licence, 1)
    assert (one.state, one.renews_on, one.cancel_by) == (State.ACTIVE, date(2028, 6, 30), date(2028, 5, 31))
    assert (one.cost, one.seats, one.noticed, one.seen_at) == (Decimal(144), 8, None, None)
    (term,) = one.terms
    assert str(term) == "until 2028-06-30, 144.00, 8 seats"
    assert (term.by, term.at) == (2, office.now)
    assert tick(office) == []
    with pytest.raises(Refused, match="until 30 Jun 2028 already") as no:
        office.do(one, "renew", until=YEAR)
    assert no.value.fields.keys() == {"until"}


def test_what_ended_long_ago_is_renewed_into_the_term_of_today(office: Office) -> None:
    one = office.do(licence(office, renews_on=date(2023, 12, 31)), "renew")
    assert (one.renews_on, one.state, len(one.terms)) == (date(2026, 12, 31), State.EXPIRING, 1)


def test_what_is_paid_once_is_renewed_until_a_day_that_is_said(office: Office) -> None:
    one = licence(office, per=Period.ONCE)
    for day in (None, TODAY - timedelta(days=1), date(2400, 1, 1)):
        with pytest.raises(Refused) as no:
            office.do(one, "renew", **({"until": day} if day else {}))
        assert no.value.fields.keys() == {"until"}
    assert office.do(one, "renew", until=date(2030, 1, 1)).renews_on == date(2030, 1, 1)
    assert office.why_not(licence(office, renews_on=None), "renew") == "It never ends: e gives it a day."


# --- cancelled --------------------------------------------------------------------------------------------------------


def test_cancelled_it_can_be_used_until_the_end_of_what_is_paid_and_time_leaves_it_alone(office: Office) -> None:
    one = office.do(licence(office, notice_days=30, auto_renew=True), "hand_out", person=3)
    said = office.said(one, "cancel", reason="Too dear")
    assert said == "Drawing is cancelled; it can be used until 30 Jun 2027. 1 of its seats are still given."
    one = office.get(Licence, 1)
    assert (one.state, one.until, one.reason) == (State.CANCELLED, YEAR, "Too dear")
    assert [*waiting_for(office.ctx(2))] == []
    assert go(office, YEAR + timedelta(days=400)) == []
    assert [waits.why for waits in waiting_for(office.ctx(2))] == ["is over: take its seats back (1)"]
    assert office.do(one, "give_back").used == 0
    assert [*waiting_for(office.ctx(2))] == []
    assert office.edit(one, note="Kept for the books").renews_on == YEAR, "it does not renew any more"
    one = office.do(one, "reopen")
    assert (one.state, one.renews_on, one.until, one.reason) == (State.ACTIVE, date(2029, 6, 30), None, "")


@pytest.mark.parametrize(("auto", "paid"), [(True, date(2028, 6, 30)), (False, YEAR)])
def test_too_late_to_cancel_it_says_until_when_it_is_paid(office: Office, auto: bool, paid: date) -> None:
    one = licence(office, notice_days=30, auto_renew=auto)
    go(office, date(2027, 6, 1))
    with pytest.raises(Refused, match=r"to be cancelled by yesterday: now it is paid until .*30 Jun") as no:
        office.do(one, "cancel")
    assert no.value.fields.keys() == {"even_so"}
    one = office.do(one, "cancel", even_so=True)
    assert one.until == paid
    assert "to be cancelled" not in office.said(one, "reopen"), "that day has passed"


def test_in_time_it_is_cancelled_without_asking_also_for_another_day(office: Office) -> None:
    one = licence(office, notice_days=30, started_on=date(2026, 1, 1))
    with pytest.raises(Refused):
        office.do(one, "cancel", until=date(2025, 12, 31))
    go(office, date(2027, 5, 31))
    assert office.do(one, "cancel", until=date(2027, 12, 31)).until == date(2027, 12, 31), "on the last day, too"


# --- who ends with it, and who may ------------------------------------------------------------------------------------


def test_what_somebody_who_left_still_has_is_for_a_clerk_to_take_back(office: Office) -> None:
    one = licence(office)
    office.do(one, "hand_out", person=3)
    assert [*leaving.waiting_for(office.ctx())] == []
    office.put(office.get(Person, 3).model_copy(update={"active": False}))
    (waits,) = leaving.waiting_for(office.ctx())
    assert (waits.ref, waits.verb, waits.why) == ("SE-1", "give_back", "take back: seat of Drawing")
    office.do(office.get(Seat, 1), "give_back")
    assert [*leaving.waiting_for(office.ctx())] == []


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Cleo sees to the first licence and has a seat of both; somebody else has a seat of the first."""
    found = store_office(tmp_path, clock=Clock())
    for name, owner in (("Drawing", CLEO), ("Mail", BOB)):
        found.add("licences", {"name": name, "seats": 3, "cost": "99.90", "renews_on": "2027-06-30", "owner": owner})
    for number, person in ((1, CLEO), (2, CLEO), (1, ANN)):
        found.do("licences", number, "hand_out", {"person": person})
    return found


def test_staff_see_only_what_is_theirs_and_finance_managers_and_auditors_all(desk: Desk) -> None:
    cleo = desk.for_person(CLEO)
    assert cleo.numbers("licences") == [1]
    assert cleo.numbers("seats") == [1, 2]
    assert cleo.title("seats", 2) == "Seat of Mail", "and are told what of"
    for number in (2, 3):
        with pytest.raises(NotAllowed):
            cleo.get("licences" if number == 2 else "seats", number)
    for person in (FRED, MAX, OTTO):
        assert desk.for_person(person).numbers("licences") == [1, 2]
        assert len(desk.for_person(person).numbers("seats")) == 3


def test_who_sees_to_a_licence_renews_it_and_others_do_not(desk: Desk) -> None:
    cleo = desk.for_person(CLEO)
    assert cleo.do("licences", 1, "renew").said == "Drawing is renewed until 30 Jun 2028."
    for person, number in ((CLEO, 2), (FRED, 1), (MAX, 1)):
        with pytest.raises(NotAllowed):
            desk.for_person(person).do("licences", number, "renew")
    with pytest.raises(NotAllowed):
        cleo.do("seats", 1, "give_back")


def test_seats_are_called_as_their_licence_is_now(desk: Desk) -> None:
    desk.edit(desk.get("licences", 2), {"name": "Mail and calendar"})
    assert [desk.get("seats", number).what for number in (1, 2)] == ["Drawing", "Mail and calendar"]


def test_more_seats_are_not_taken_back_from_who_has_one_meanwhile(desk: Desk) -> None:
    desk.edit(desk.get("licences", 1), {"seats": 4})
    entry = desk.undoable()
    assert entry is not None
    for person in (BOB, FRED):
        desk.for_person(BOB).do("licences", 1, "hand_out", {"person": person})
    with pytest.raises(Refused, match="4 seats of Drawing are given"):
        desk.undo(entry.digest)
    assert desk.get("licences", 1).seats == 4


def test_seats_that_were_given_by_mistake_are_undone_and_their_licence_counts_on(desk: Desk) -> None:
    entry = desk.undoable()
    assert entry is not None
    desk.undo(entry.digest)
    assert desk.get("licences", 1).used == 1
    assert desk.numbers("seats") == [1, 2]


def test_the_clock_of_the_office_tells_once_as_nobody(desk: Desk) -> None:
    clock_ = desk.clock
    assert isinstance(clock_, Clock)
    clock_.forward(days=200)
    assert desk.tick() == [
        f"{name}, ends Wed 30 Jun: {who} is told." for name, who in (("Drawing", "Cleo Cole"), ("Mail", "Bob Baker"))
    ]
    assert desk.tick() == []
    assert desk.history("licences", 1)[-1].by is None
