"""Meetings: filing with a look at who and what is taken, answers, moving, cancelling, steps of events, what waits."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui import areas
from botui.models.base import Refused
from botui.models.meetings import EventTemplate, Meeting, State, Why, busy, now_on, rooms_now, waiting_for
from botui.models.meetings.clashes import clashes
from botui.models.meetings.steps import Planned, planned
from botui.models.meetings.waiting import Notice
from botui.models.office import Person, Place, Reminder
from tests.rules import Office, at

ANN, BOB, CLEO, DAN = 1, 2, 3, 4
TEN = at("2026-11-24 09:00")
"""Ten o'clock in Berlin, tomorrow."""
HOUR = timedelta(hours=1)


@pytest.fixture
def office() -> Office:
    office = Office()
    office.put(Place(id=1, name="Room 1"))
    office.put(Place(id=2, name="Room 2"))
    return office


def meet(office: Office, by: int = ANN, **values: Any) -> Meeting:
    return office.add(Meeting, by, **{"subject": "Budget", "start": TEN, **values})


def refused(office: Office, by: int = ANN, **values: Any) -> Refused:
    with pytest.raises(Refused) as error:
        meet(office, by, **values)
    return error.value


# --- filing -----------------------------------------------------------------------------------------------------------


def test_whoever_files_a_meeting_has_called_it_and_comes_alone_where_nobody_is_named(office: Office) -> None:
    one = meet(office)
    assert (one.organiser, one.attendees, one.seen, one.until) == (ANN, (ANN,), (ANN,), "1h")
    assert one.end == TEN + HOUR
    assert one.state is State.PLANNED


def test_what_verbs_move_is_not_filed_by_hand(office: Office) -> None:
    one = meet(office, state="cancelled", reason="x", minutes="x", seen=(BOB,), organiser=BOB, even_so=True)
    assert (one.state, one.reason, one.minutes, one.organiser) == (State.PLANNED, "", "", ANN)
    assert one.seen == (ANN,)
    assert one.even_so is None


def test_a_meeting_begins_at_a_whole_minute_and_names_nobody_twice(office: Office) -> None:
    one = meet(office, start=TEN + timedelta(seconds=7), attendees=(BOB, BOB, ANN))
    assert one.start == TEN
    assert one.attendees == (BOB, ANN)


def test_who_has_left_is_not_asked(office: Office) -> None:
    error = refused(office, attendees=(ANN, DAN))
    assert error.fields == {"attendees": "Dan Gone does not work here any more."}


def test_an_end_before_the_beginning_is_refused_beside_its_field(office: Office) -> None:
    assert "before it begins" in refused(office, until="09:00").fields["until"]


def test_a_meeting_of_the_past_is_filed_for_its_minutes_and_asks_nobody(office: Office) -> None:
    meet(office, start=TEN - timedelta(days=3), attendees=(BOB,))
    kind = areas.kind("meetings")
    twin = Meeting(id=9, subject="x", start=TEN - timedelta(days=3), attendees=(BOB,))
    assert "it is over, nobody is asked" in kind.create(office.ctx(), twin).said
    assert not list(waiting_for(office.ctx(), BOB))


# --- who and what is taken --------------------------------------------------------------------------------------------


def test_a_person_who_is_busy_is_named_with_the_time_and_never_with_what_it_is_about(office: Office) -> None:
    meet(office, BOB, subject="Secret talks", attendees=(BOB, CLEO), place=1)
    error = refused(office, attendees=(ANN, CLEO), place=1, start=TEN + HOUR / 2)
    assert error.fields["attendees"] == "Cleo Cole is busy tomorrow 10:00-11:00."
    assert error.fields["place"] == "Room 1 is taken tomorrow 10:00-11:00."
    assert "y" in error.fields["even_so"]
    assert str(error).startswith("Room 1 is taken tomorrow 10:00-11:00. Cleo Cole is busy")
    assert "Secret" not in str(error)
    assert "ME-" not in str(error)


def test_whoever_is_in_the_other_meeting_is_told_which_it_is(office: Office) -> None:
    meet(office, BOB, subject="Audit", attendees=(BOB, ANN, CLEO))
    assert "Cleo Cole is busy tomorrow 10:00-11:00 (ME-1 Audit)." in str(refused(office, attendees=(ANN, CLEO)))


def test_it_is_filed_even_so_and_that_is_not_kept_for_the_next_time(office: Office) -> None:
    meet(office, attendees=(BOB,), place=1)
    one = meet(office, attendees=(BOB,), place=1, even_so=True)
    assert "even_so" not in one.doc()
    with pytest.raises(Refused, match="Room 1 is taken"):
        office.edit(one, start=TEN + HOUR / 2)
    assert office.edit(one, start=TEN + HOUR / 2, even_so=True).start == TEN + HOUR / 2


def test_many_clashes_are_counted_after_the_first(office: Office) -> None:
    for number in range(10, 16):
        office.put(Person(id=number, name=f"Person {number}"))
    meet(office, attendees=tuple(range(10, 16)))
    assert "And 3 more." in str(refused(office, attendees=tuple(range(10, 16))))


def test_meetings_that_touch_do_not_clash_nor_do_other_rooms_cancelled_ones_and_those_one_declined(
    office: Office,
) -> None:
    first = meet(office, attendees=(ANN, BOB), place=1)
    meet(office, attendees=(BOB,), start=TEN + HOUR, place=1)
    meet(office, attendees=(BOB,), start=TEN - HOUR, place=1)
    meet(office, attendees=(CLEO,), place=2)
    office.do(first, "decline", BOB, reason="Away")
    meet(office, attendees=(BOB,))
    office.do(first, "cancel", ANN, reason="Not needed")
    meet(office, attendees=(ANN,), place=1)


minutes = st.integers(0, 300)


@given(first=minutes, second=minutes, one=st.integers(1, 120), other=st.integers(1, 120))
def test_who_clashes_with_whom_does_not_depend_on_who_was_first(first: int, second: int, one: int, other: int) -> None:
    # the night in which the clocks go back: five hours from one o'clock on
    night = at("2026-10-24 23:00")
    spans = [(night + timedelta(minutes=first), one), (night + timedelta(minutes=second), other)]
    told = []
    for order in (spans, spans[::-1]):
        office = Office()
        office.put(Place(id=1, name="Room 1"))
        office.now = night - HOUR
        found = [meet(office, place=1, start=start, until=f"{length}m", even_so=True) for start, length in order]
        told.append(len(clashes(office.ctx(), found[0], (ANN,))))
        assert len(clashes(office.ctx(), found[1], (ANN,))) == told[-1]
    share = set(range(first, first + one)) & set(range(second, second + other))
    assert told == [2, 2] if share else told == [0, 0]


def test_only_those_who_are_added_are_asked_for_their_time(office: Office) -> None:
    one = meet(office, attendees=(ANN, BOB), place=1)
    meet(office, attendees=(BOB,), even_so=True)
    meet(office, CLEO, attendees=(CLEO,))
    assert office.edit(one, note="Bring figures").note
    with pytest.raises(Refused, match="Cleo Cole is busy") as error:
        office.edit(one, attendees=(ANN, BOB, CLEO))
    assert "Bob" not in str(error.value)
    meet(office, CLEO, attendees=(CLEO,), place=2, even_so=True)
    with pytest.raises(Refused, match="Room 2 is taken"):
        office.edit(one, place=2)


# --- answers ----------------------------------------------------------------------------------------------------------


def test_it_is_seen_once_and_by_those_who_are_asked(office: Office) -> None:
    one = meet(office, attendees=(ANN, BOB))
    assert office.why_not(one, "acknowledge", ANN) == "You have seen it."
    assert office.why_not(one, "acknowledge", CLEO) == "You are not asked to come."
    assert office.do(one, "acknowledge", BOB).seen == (ANN, BOB)


def test_who_declines_says_why_and_may_come_after_all(office: Office) -> None:
    one = meet(office, attendees=(ANN, BOB))
    assert office.why_not(one, "accept", BOB) == "You have not declined it."
    one = office.do(one, "decline", BOB, reason="On leave")
    assert [(gone.person, gone.text) for gone in one.declined] == [(BOB, "On leave")]
    assert one.coming == (ANN,)
    assert office.why_not(one, "decline", BOB) == "You have declined it already."
    meet(office, BOB, subject="Dentist")
    assert office.said(one, "accept", BOB) == "You come to ME-1 after all. You also have ME-2 Dentist then."
    assert office.get(Meeting, 1).coming == (ANN, BOB)


def test_what_is_over_is_neither_declined_nor_cancelled_but_its_minutes_are_written(office: Office) -> None:
    one = meet(office, attendees=(ANN, BOB))
    office.now = TEN + HOUR
    assert [office.why_not(one, verb, BOB) for verb in ("decline", "accept")] == ["It is over."] * 2
    assert office.why_not(one, "cancel", ANN) == "It is over."
    one = office.do(one, "note", BOB, text="Agreed.")
    one = office.do(one, "note", ANN, text="Really.")
    assert one.minutes == "Bob Baker, 2026-11-24 11:00:\nAgreed.\n\nAnn Archer, 2026-11-24 11:00:\nReally."
    with pytest.raises(Refused, match="full"):
        office.do(one, "note", ANN, text="x" * 20_000)


def test_another_time_asks_everybody_again_and_another_room_has_to_be_seen(office: Office) -> None:
    one = meet(office, attendees=(ANN, BOB, CLEO))
    office.do(one, "acknowledge", BOB)
    one = office.do(one, "decline", CLEO, reason="Busy")
    one = office.edit(one, note="Only a word")
    assert (one.waiting, one.coming) == ((), (ANN, BOB))
    one = office.edit(one, place=1)
    assert (one.waiting, one.coming) == ((BOB,), (ANN, BOB))
    one = office.edit(one, start=TEN + HOUR)
    assert (one.waiting, one.coming, one.end) == ((BOB, CLEO), (ANN, BOB, CLEO), TEN + 2 * HOUR)
    office.do(one, "acknowledge", BOB)
    assert office.edit(one, attendees=(ANN, CLEO)).seen == (ANN,)


def test_who_is_taken_off_a_meeting_is_told_unless_they_did_it_declined_or_it_is_over(office: Office) -> None:
    one = meet(office, BOB, subject="B" * 200, attendees=(ANN, BOB, CLEO), private=True)
    one = office.edit(one, BOB, attendees=(ANN,), start=TEN + HOUR)
    (told,) = office.ctx(None).data.find(Reminder)
    assert (told.person, told.about, told.on) == (CLEO, one.ref, date(2026, 11, 23))
    assert told.note == f"{'B' * 100}, tomorrow 10:00-11:00: you are not asked to come any more."
    other = meet(office, attendees=(ANN, BOB, CLEO), even_so=True)
    office.do(other, "decline", CLEO, reason="Busy")
    other = office.do(other, "acknowledge", BOB)
    other = office.edit(other, attendees=(ANN, BOB))
    office.now = other.ends
    office.edit(other, attendees=(ANN,))
    assert office.ctx(None).data.find(Reminder) == [told]


def test_a_meeting_that_is_moved_takes_as_long_as_before(office: Office) -> None:
    one = meet(office, until="90")
    assert office.edit(one, start=TEN + timedelta(days=1)).end == TEN + timedelta(days=1, minutes=90)
    assert office.edit(one, until="15:00").until == "5h"
    day = meet(office, start=at("2026-11-26 23:00"))
    assert (day.until, office.edit(day, start=at("2026-11-30 23:00")).until) == ("1d", "1d")
    assert office.edit(day, start=TEN + timedelta(days=2)).until == "1h"
    with pytest.raises(Refused, match="At what time"):
        office.edit(one, start=at("2026-12-03 23:00"))
    assert office.edit(one, start=at("2026-12-03 23:00"), until="1d").end == at("2026-12-04 23:00")


def test_only_who_called_it_or_a_clerk_moves_and_cancels_it(office: Office) -> None:
    one = meet(office, BOB, attendees=(BOB, CLEO))
    with pytest.raises(Refused, match="Only Bob Baker, who called it"):
        office.edit(one, CLEO, note="Mine")
    assert office.why_not(one, "cancel", CLEO) == "Only Bob Baker, who called it, may change it."
    assert office.edit(one, ANN, note="By a clerk").note


def test_a_cancelled_meeting_has_to_be_seen_and_stays_as_it_is(office: Office) -> None:
    one = meet(office, attendees=(ANN, BOB, CLEO), place=1)
    office.do(one, "acknowledge", BOB)
    office.do(one, "decline", CLEO, reason="No")
    one = office.do(one, "cancel", ANN, reason="The firm cannot come.")
    assert (one.state, one.reason, one.waiting) == (State.CANCELLED, "The firm cannot come.", (BOB,))
    with pytest.raises(Refused, match="cancelled: file a new one"):
        office.edit(one, note="x")
    assert office.do(one, "acknowledge", BOB).waiting == ()


# --- events -----------------------------------------------------------------------------------------------------------

STEPS = "-7d Book the food @BB\n-1d Print the papers\n\n+1w Send the minutes\nOpen the doors @cc\nwrite to x@y.z"


def test_a_template_is_read_line_by_line_in_the_order_of_days() -> None:
    assert planned(STEPS) == [
        Planned("Book the food", -7, "BB"),
        Planned("Print the papers", -1),
        Planned("Open the doors", 0, "CC"),
        Planned("write to x@y.z", 0),
        Planned("Send the minutes", 7),
    ]


def test_an_event_gets_the_steps_room_and_length_of_its_template(office: Office) -> None:
    office.add(EventTemplate, ANN, name="Open day", length="3h", place=2, steps=STEPS)
    one = meet(office, template=1)
    assert (one.place, one.until, one.helpers) == (2, "3h", (BOB, CLEO))
    today = date(2026, 11, 23)
    assert [step.due for step in one.steps][:2] == [today, today], "what should have been done before is due today"
    assert one.steps[-1].due == date(2026, 12, 1)
    assert meet(office, template=1, place=1, until="1h", start=TEN + 24 * HOUR, attendees=(BOB,)).place == 1


def test_a_template_names_people_who_work_here(office: Office) -> None:
    with pytest.raises(Refused, match="initials DG"):
        office.add(EventTemplate, ANN, name="x", steps="1d Do it @DG")
    with pytest.raises(Refused, match="at most 50"):
        office.add(EventTemplate, ANN, name="x", steps="Do it\n" * 51)
    one = office.add(EventTemplate, ANN, name="x", steps="Do it @bb", length="90")
    assert one.length == "1h 30m"
    assert office.edit(one, ANN, name="y").name == "y"


def test_steps_are_ticked_off_given_to_others_added_and_moved_with_the_day(office: Office) -> None:
    office.add(EventTemplate, ANN, name="Open day", steps="-1d Print @BB\n0d Open\n+2d Thank")
    one = meet(office, template=1, start=TEN + timedelta(days=10))
    assert office.said(one, "tick", ANN) == "Done: Open", "one's own first"
    one = office.do(one, "tick", ANN, step=3, owner=CLEO, due=date(2026, 12, 8))
    one = office.do(one, "tick", ANN, add="Sweep", owner=BOB)
    assert (len(one.steps), one.helpers) == (4, (BOB, CLEO))
    one = office.edit(one, start=one.start + timedelta(days=5))
    assert [str(step.due) for step in one.steps] == ["2026-12-08", "2026-12-04", "2026-12-13", "None"]
    office.now = at("2026-12-01 09:00")
    early = office.edit(one, start=at("2026-12-02 09:00"))
    assert [str(step.due) for step in early.steps[:3]] == ["2026-12-01", "2026-12-04", "2026-12-06"], "none gets late"
    one = office.do(one, "tick", ANN, step=1, remove=True)
    assert one.helpers == (CLEO, BOB)
    assert office.said(one, "tick", ANN, step=1) == "To do again: Open"
    with pytest.raises(Refused, match="There are 3 steps"):
        office.do(one, "tick", ANN, step=9)
    with pytest.raises(Refused, match="There are no steps"):
        office.do(meet(office), "tick", ANN)


def test_a_template_that_is_chosen_later_brings_its_steps_then(office: Office) -> None:
    office.add(EventTemplate, ANN, name="Open day", steps="-1d Print @BB")
    one = office.do(meet(office), "tick", ANN, add="Sweep")
    one = office.edit(one, template=1)
    assert [step.text for step in one.steps] == ["Sweep", "Print"]
    assert one.helpers == (BOB,)


# --- what waits, who is busy, what is on ------------------------------------------------------------------------------


def waiting(office: Office, person: int) -> list[Notice]:
    return list(waiting_for(office.ctx(person), person))


def test_a_meeting_waits_until_seen_then_before_it_begins_until_it_is_over(office: Office) -> None:
    one = meet(office, attendees=(ANN, BOB), place=1)
    (found,) = waiting(office, BOB)
    assert (found.ref, found.why, found.when) == ("ME-1", Why.UNSEEN, TEN)
    assert (found.what, found.words) == ("Budget, Room 1", "not seen yet, tomorrow 10:00")
    office.do(one, "acknowledge", BOB)
    assert not waiting(office, BOB)
    office.now = TEN - timedelta(minutes=15)
    assert [(each.why, each.words[-11:]) for each in waiting(office, BOB)] == [(Why.BEGINS, "15 min left")]
    office.now = TEN
    assert [(each.why, each.words[-11:]) for each in waiting(office, BOB)] == [(Why.ON, "until 11:00")]
    office.now = TEN + HOUR
    assert not waiting(office, BOB)


def test_who_declined_has_nothing_waiting_and_who_called_it_is_reminded(office: Office) -> None:
    one = meet(office, attendees=(ANN, BOB), remind_before=0)
    office.do(one, "decline", BOB, reason="No")
    office.now = TEN - timedelta(minutes=1)
    assert not waiting(office, BOB)
    assert not waiting(office, ANN), "0 = no reminder"


def test_a_cancelled_meeting_waits_until_it_was_seen(office: Office) -> None:
    one = office.do(meet(office, attendees=(ANN, BOB)), "cancel", ANN, reason="Snow")
    assert [(each.why, each.words[-5:]) for each in waiting(office, BOB)] == [(Why.CANCELLED, " Snow")]
    office.do(one, "acknowledge", BOB)
    assert not waiting(office, BOB)
    assert not waiting(office, ANN)


def test_a_step_waits_from_its_day_on_until_it_is_done_also_after_the_meeting(office: Office) -> None:
    office.add(EventTemplate, ANN, name="Open day", steps="0d Open @CC\n+2d Thank")
    one = meet(office, template=1)
    assert not waiting(office, CLEO)
    office.now = at("2026-11-24 05:00")
    assert [(each.why, each.what, each.words) for each in waiting(office, CLEO)] == [
        (Why.STEP, "Open (Budget, today)", "to do today")
    ]
    office.now += timedelta(days=4)
    assert [each.words for each in waiting(office, CLEO)] == ["late since Tue 24 Nov"]
    assert [each.what for each in waiting(office, ANN)] == ["Thank (Budget, Tue 24 Nov)"]
    office.do(one, "tick", CLEO)
    assert not waiting(office, CLEO)


def test_who_is_busy_what_is_on_and_which_rooms_are_free(office: Office) -> None:
    meet(office, attendees=(BOB,), place=1)
    meet(office, attendees=(BOB,), start=TEN + HOUR, place=2)
    meet(office, attendees=(CLEO,), start=TEN + 5 * HOUR, place=1)
    ctx = office.ctx()
    assert [one.id for one in busy(ctx, BOB, TEN, TEN + 2 * HOUR)] == [1, 2]
    assert [one.id for one in busy(ctx, BOB, TEN + HOUR, TEN + 2 * HOUR)] == [2]
    assert not now_on(ctx)
    office.now = TEN
    assert [one.id for one in now_on(office.ctx())] == [1]
    rooms = [(one.place, one.by.id if one.by else None, one.until) for one in rooms_now(office.ctx())]
    assert rooms == [(1, 1, TEN + HOUR), (2, None, TEN + HOUR)]


# --- lists ------------------------------------------------------------------------------------------------------------


def listed(office: Office, view: str, by: int | None = ANN) -> list[int]:
    kind = areas.kind("meetings")
    return [one.id for one in office.data.listed(Meeting, kind.view(view).where(office.ctx(by)))]


def test_lists_show_what_their_names_say(office: Office) -> None:
    meet(office, attendees=(ANN, BOB))
    meet(office, BOB, start=at("2026-11-23 08:30"), attendees=(BOB, CLEO))
    meet(office, BOB, start=at("2026-11-20 09:00"), attendees=(BOB, ANN))
    office.do(meet(office, BOB, start=at("2026-11-29 22:00")), "cancel", BOB, reason="x")
    meet(office, BOB, start=at("2026-11-29 22:00"), attendees=(CLEO,))
    meet(office, BOB, start=at("2026-11-29 23:00"), attendees=(CLEO,))
    assert listed(office, "mine") == [1]
    assert listed(office, "mine", BOB) == [1, 2, 5, 6]
    assert listed(office, "mine", None) == []
    assert listed(office, "unseen", BOB) == [1]
    assert listed(office, "unseen", CLEO) == [2, 5, 6]
    assert listed(office, "today") == [2]
    assert listed(office, "week") == [1, 2, 5], "Monday to Sunday midnight in Berlin"
    assert listed(office, "now") == [2]
    assert listed(office, "past") == [3]
    assert listed(office, "all") == [1, 2, 3, 4, 5, 6]


def test_my_steps_are_those_given_to_me_and_of_what_i_called_those_nobody_has(office: Office) -> None:
    office.add(EventTemplate, ANN, name="Open day", steps="Open @CC")
    one = meet(office, BOB, template=1)
    assert [listed(office, "steps", person) for person in (ANN, BOB, CLEO)] == [[], [], [1]]
    one = office.do(one, "tick", BOB, add="Close")
    assert [listed(office, "steps", person) for person in (BOB, CLEO)] == [[1], [1]]
    office.do(one, "tick", CLEO)
    assert [listed(office, "steps", person) for person in (BOB, CLEO)] == [[1], []]


@pytest.mark.parametrize(
    ("now", "style"),
    [("2026-11-24T08:59:59Z", ""), ("2026-11-24T09:00:00Z", "soon"), ("2026-11-24T10:00:00Z", "done")],
)
def test_a_row_shows_what_is_on_and_what_is_over(office: Office, now: str, style: str) -> None:
    kind = areas.kind("meetings")
    doc = meet(office).doc()
    assert kind.row_style(doc, now) == style
    assert kind.row_style({**doc, "steps": [{"text": "x", "due": "2026-11-22"}]}, now) == "late"
    assert kind.row_style({**doc, "state": "cancelled", "steps": [{"text": "x", "due": "2026-11-22"}]}, now) == "done"


def test_moments_of_a_meeting_are_whole_seconds_of_utc() -> None:
    one = Meeting(id=1, subject="x", start=datetime.fromisoformat("2026-11-24T10:00:00.5+01:00"))
    assert one.doc()["start"] == "2026-11-24T09:00:00Z"
    assert one.ends == one.start
