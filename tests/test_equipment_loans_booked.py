"""Booking what is shared: nobody else has it then, and who fetches it has it until the end of that time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from botui.models.base import Refused
from botui.models.equipment import booking
from botui.models.equipment.asset import Asset, Category
from botui.models.equipment.loan import Booking, BookingState, Loan
from botui.models.equipment.overdue import waiting_for
from botui.models.office import Place
from tests.rules import Office, at

FRIDAY = date(2026, 11, 27)


@pytest.fixture
def office() -> Office:
    """An office with a room, and a sort of things that is shared."""
    made = Office()
    made.put(Place(id=1, name="Room 1", codes=("ROOM1",)))
    made.put(Category(id=1, name="Projector", bookable=True))
    return made


def shared(office: Office) -> Asset:
    return office.add(Asset, name="Beamer", category=1)


def booked(office: Office, asset: Asset, start: str, end: str, by: int = 2, **values: Any) -> Booking:
    return office.add(Booking, by, asset=asset.id, start=at(start), end=at(end), **values)


def test_a_booking_is_for_whoever_files_it_where_nobody_is_named(office: Office) -> None:
    found = shared(office)
    mine = booked(office, found, "2026-11-24 09:00", "2026-11-24 11:00", by=3)
    assert (mine.person, mine.created_by, mine.state) == (3, 3, BookingState.BOOKED)
    said = office.said(found, "book", start=at("2026-11-25 09:00"), end=at("2026-11-26 09:00"), person=2)
    assert said == "Beamer (A-1) is booked for Bob Baker Wed 25 Nov 10:00 to Thu 26 Nov 10:00."


@pytest.mark.parametrize(
    ("start", "end", "clashes"),
    [
        ("2026-11-24 08:00", "2026-11-24 09:00", False),
        ("2026-11-24 08:00", "2026-11-24 09:01", True),
        ("2026-11-24 10:59", "2026-11-24 12:00", True),
        ("2026-11-24 11:00", "2026-11-24 12:00", False),
        ("2026-11-24 09:30", "2026-11-24 10:00", True),
        ("2026-11-23 12:00", "2026-11-30 12:00", True),
    ],
)
def test_no_two_bookings_lie_over_each_other(office: Office, start: str, end: str, clashes: bool) -> None:
    found = shared(office)
    first = booked(office, found, "2026-11-24 09:00", "2026-11-24 11:00")
    other = booked(office, found, "2026-12-24 09:00", "2026-12-24 11:00", by=3)
    if clashes:
        with pytest.raises(Refused, match="Bob Baker has booked it tomorrow 10:00 to 12:00"):
            booked(office, found, start, end, by=3)
        with pytest.raises(Refused, match="Bob Baker has booked it tomorrow 10:00 to 12:00"):
            office.edit(other, 3, start=at(start), end=at(end))
        office.do(first, "cancel", 2)
    assert office.edit(other, 3, start=at(start), end=at(end)).start == at(start)
    assert office.problems() == []


@pytest.mark.parametrize(
    ("start", "end", "field", "said"),
    [
        ("2026-11-24 11:00", "2026-11-24 11:00", "end", "ends before it begins"),
        ("2026-11-24 11:00", "2026-11-24 10:00", "end", "ends before it begins"),
        ("2026-11-23 08:44", "2026-11-23 11:00", "start", "has passed"),
        ("2026-11-20 09:00", "2026-11-20 11:00", "end", "has passed"),
        ("2026-11-24 09:00", "2027-11-24 09:00", "end", "longer than 92 days"),
    ],
)
def test_a_booking_is_for_a_time_that_can_be(office: Office, start: str, end: str, field: str, said: str) -> None:
    found = shared(office)
    with pytest.raises(Refused, match=said) as refused:
        booked(office, found, start, end)
    assert set(refused.value.fields) == {field}
    assert booked(office, found, "2026-11-23 08:45", "2026-11-23 11:00").person == 2, "from nine, at five past"


def test_an_hour_alone_ends_a_booking_on_the_day_on_which_it_begins(office: Office) -> None:
    found = shared(office)
    one = booked(office, found, "2026-11-25 09:00", "2026-11-23 11:00")  # "11:00" is typed, today is the 23rd
    assert one.end == at("2026-11-25 11:00")
    assert office.edit(one, 2, start=at("2026-11-26 09:00"), end=at("2026-11-23 10:00")).end == at("2026-11-26 10:00")
    with pytest.raises(Refused, match="ends before it begins"):
        booked(office, found, "2026-11-25 09:00", "2026-11-23 09:00")


def test_only_what_is_shared_and_there_is_booked_for_somebody_who_is(office: Office) -> None:
    with pytest.raises(Refused, match="not shared"):
        booked(office, office.add(Asset, name="Chair"), "2026-11-24 09:00", "2026-11-24 11:00")
    found = shared(office)
    with pytest.raises(Refused, match="does not work here"):
        booked(office, found, "2026-11-24 09:00", "2026-11-24 11:00", person=4)
    office.do(found, "pause", note="lamp")
    assert "It is out of service now" in office.said(
        found, "book", start=at("2026-11-24 09:00"), end=at("2026-11-24 11:00")
    )
    office.do(found, "pause")
    office.do(found, "lose")
    with pytest.raises(Refused, match="lost"):
        booked(office, found, "2026-11-26 09:00", "2026-11-26 11:00")


def test_nobody_books_what_somebody_has_until_later(office: Office) -> None:
    found = shared(office)
    office.do(found, "hand_out", to="CC", due=FRIDAY)
    with pytest.raises(Refused, match="Cleo Cole has it, due back Fri 27 Nov"):
        booked(office, found, "2026-11-27 09:00", "2026-11-27 11:00")
    assert booked(office, found, "2026-11-28 09:00", "2026-11-28 11:00").state is BookingState.BOOKED
    office.do(found, "give_back")
    office.do(found, "hand_out", to="CC", due=FRIDAY)
    office.do(found, "give_back")
    office.do(found, "hand_out", to="ROOM1", due=FRIDAY)
    office.now += timedelta(days=10)
    assert booked(office, found, "2026-12-04 09:00", "2026-12-04 11:00").id, "what is overdue is waited for"


def test_nothing_is_handed_out_over_the_time_that_somebody_else_booked(office: Office) -> None:
    found = shared(office)
    booked(office, found, "2026-11-25 09:00", "2026-11-25 11:00")
    for due in (None, date(2026, 11, 25), FRIDAY):
        with pytest.raises(Refused, match="Bob Baker has booked it Wed 25 Nov 10:00 to 12:00") as refused:
            office.do(found, "hand_out", to="CC", **({"due": due} if due else {}))
        assert set(refused.value.fields) == {"due"}
    assert office.do(found, "hand_out", to="CC", due=date(2026, 11, 24)).holder == 3


def test_who_fetches_what_they_booked_has_it_until_the_end_of_that_time(office: Office) -> None:
    found = shared(office)
    one = booked(office, found, "2026-11-23 10:00", "2026-11-24 11:00")
    later = booked(office, found, "2026-11-24 12:00", "2026-11-24 13:00", by=3)
    office.do(one, "hand_out")
    loan = office.get(Loan, 1)
    assert (loan.person, loan.due, loan.booking) == (2, date(2026, 11, 24), one.id)
    assert office.get(Booking, one.id).state is BookingState.OUT
    with pytest.raises(Refused, match="handed out: E at the hand-out"):
        office.edit(office.get(Booking, one.id), 2, end=at("2026-11-24 11:30"))
    assert office.edit(office.get(Booking, one.id), 2, note="with cable").note == "with cable"
    assert office.edit(later, 3, start=at("2026-11-24 11:00")).start == at("2026-11-24 11:00")
    office.do(found, "give_back")
    assert office.get(Booking, one.id).state is BookingState.OVER
    assert office.problems() == []


def test_the_plain_hand_out_to_who_booked_it_today_is_that_of_the_booking(office: Office) -> None:
    found = shared(office)
    one = booked(office, found, "2026-11-23 09:30", "2026-11-23 11:00")
    booked(office, found, "2026-11-23 12:00", "2026-11-23 13:00", by=3)
    office.do(found, "hand_out", to="BB")
    assert (office.get(Booking, one.id).state, office.get(Loan, 1).booking) == (BookingState.OUT, one.id)


def test_who_fetches_what_they_booked_before_its_day_has_it_by_that_booking(office: Office) -> None:
    found = shared(office)
    one = booked(office, found, "2026-11-25 09:00", "2026-11-25 11:00")
    booked(office, found, "2026-11-25 12:00", "2026-11-25 13:00", by=3)
    office.do(found, "hand_out", to="BB", due=date(2026, 11, 25))
    assert (office.get(Booking, one.id).state, office.get(Loan, 1).booking) == (BookingState.OUT, one.id)
    assert office.problems() == []


@pytest.mark.parametrize(("verb", "args"), [("lose", {}), ("pause", {"note": "recalled"})])
def test_who_loses_something_or_puts_it_aside_is_told_who_has_booked_it(
    office: Office, verb: str, args: dict[str, str]
) -> None:
    found = shared(office)
    booked(office, found, "2026-11-26 09:00", "2026-11-26 11:00", by=3)
    booked(office, found, "2026-11-24 09:00", "2026-11-24 11:00")
    assert office.said(found, verb, **args).endswith(". Bob Baker has booked it tomorrow 10:00 to 12:00; 1 more.")


def test_a_booking_that_nobody_came_for_is_over_by_the_clock(office: Office) -> None:
    found = shared(office)
    one = booked(office, found, "2026-11-23 10:00", "2026-11-23 11:00")
    office.now = at("2026-11-23 10:59")
    assert list(booking.due(office.ctx(None))) == []
    office.now = at("2026-11-23 11:00")
    with pytest.raises(Refused, match="time is over"):
        office.do(one, "hand_out")
    for change in booking.due(office.ctx(None)):
        office.apply(change)
    assert office.get(Booking, one.id).state is BookingState.OVER
    with pytest.raises(Refused, match="over"):
        office.do(one, "cancel", 2)


def test_an_undo_never_lays_a_booking_over_another(office: Office) -> None:
    found = shared(office)
    one = office.do(booked(office, found, "2026-11-24 10:00", "2026-11-24 11:00"), "cancel", 2)
    booked(office, found, "2026-11-24 10:00", "2026-11-24 11:00", by=3)
    with pytest.raises(Refused, match="Cleo Cole has booked it"):
        booking.fixed(office.ctx(), one, {"state": "booked"})
    booking.fixed(office.ctx(), one, {"note": "x"})


def test_a_booking_waits_for_clerks_within_an_hour_before_it_begins(office: Office) -> None:
    booked(office, shared(office), "2026-11-23 10:30", "2026-11-23 11:00", by=3)
    assert list(waiting_for(office.ctx(1))) == []
    office.now += timedelta(minutes=31)
    assert [(one.ref, one.verb) for one in waiting_for(office.ctx(1))] == [("BO-1", "hand_out")]
    assert list(waiting_for(office.ctx(3))) == []
