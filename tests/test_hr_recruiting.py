"""Recruitment as pure rules: the way of a candidate, interviews that clash with nothing, scores, letters, keeping."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui import areas
from botui.models.base import Kind, Refused
from botui.models.equipment.loan import Booking
from botui.models.hr import candidate_keeping, candidate_steps, hr_forms
from botui.models.hr.candidate import RUNNING, Candidate, State
from botui.models.hr.candidate_steps import Reject
from botui.models.hr.candidate_waiting import waiting_for
from botui.models.hr.interview import Interview, Score
from botui.models.hr.interview import State as InterviewState
from botui.models.hr.opening import Opening
from botui.models.hr.opening import State as OpeningState
from botui.models.hr.pay import Pay
from botui.models.hr.person_file import PersonFile
from botui.models.hr.task import Task, TaskKind
from botui.models.meetings.shape import Meeting
from botui.models.meetings.shape import State as MeetingState
from botui.models.office import Person, Place, Role
from botui.models.office.standins import StandIn
from botui.models.records.document import Document, Privacy
from botui.models.records.documents_kind import whose as sees_paper
from botui.models.records.form import Form
from botui.models.records.letter import Letter
from botui.models.records.retention import RetentionClass, Trigger
from tests.rules import Office, at
from tests.test_text import HOSTILE

ANN, BOB, CLEO, HANNA = 1, 2, 3, 5


@pytest.fixture
def office() -> Office:
    return _office()


def _office() -> Office:
    found = Office()
    found.put(Person(id=HANNA, name="Hanna Human", initials="HH", roles=(Role.HR,)))
    found.put(Place(id=1, name="Room 1"))
    found.add(Opening, HANNA, title="Clerk", headcount=1, starts="2027-01-04", manager=BOB)
    return found


def candidate(office: Office, name: str = "Eve Early", **values: Any) -> Candidate:
    return office.add(Candidate, HANNA, name=name, opening=1, **values)


def interview(office: Office, one: Candidate, when: str = "2026-11-24 09:00", **values: Any) -> Interview:
    """Book an interview with somebody who is put on the short list if need be."""
    if office.get(Candidate, one.id).state is State.APPLIED:
        office.do(one, "shortlist", HANNA)
    office.do(one, "book", HANNA, **{"start": at(when), "attendees": (ANN, BOB), "place": 1, **values})
    return office.data.find(Interview)[-1]


# --- the way of a candidate -------------------------------------------------------------------------------------------


def test_a_candidate_goes_one_way_only_and_is_refused_from_anywhere(office: Office) -> None:
    kind: Kind[Any] = areas.kind("candidates")
    ways = {(verb.name, source) for verb in kind.transitions if verb.target for source in verb.sources}
    assert {source for name, source in ways if name == "reject"} == RUNNING
    assert {source for name, source in ways if name == "hire"} == {State.OFFERED}
    assert {source for name, source in ways if name == "offer"} == {State.PASSED, State.OFFERED}
    eve = candidate(office)
    with pytest.raises(Refused, match="applied"):
        office.do(eve, "pass", HANNA)
    with pytest.raises(Refused, match="applied"):
        office.do(eve, "book", HANNA, start=at("2026-11-24 09:00"), attendees=(ANN,))
    held = interview(office, eve)
    with pytest.raises(Refused, match="IV-1 is still to come"):
        office.do(eve, "pass", HANNA)
    office.now = at("2026-11-24 10:30")
    assert office.get(Candidate, 1).state is State.INTERVIEW
    assert "2 scores still missing" in office.said(eve, "pass", HANNA)
    assert office.do(eve, "offer", HANNA, pay="3100").answer_by == date(2026, 12, 1)
    eve = office.do(eve, "decline", HANNA, reason="Found something nearer")
    assert (eve.state, eve.ended_on, eve.keep_until) == (State.DECLINED, date(2026, 11, 24), date(2028, 11, 24))
    assert office.get(Opening, 1).hired == 0
    assert office.get(Interview, held.id).state is InterviewState.PLANNED
    assert office.problems() == []


def test_nothing_private_is_said_on_the_glass_or_kept_as_a_note(office: Office) -> None:
    paper(office)
    eve = candidate(office, cv=1)
    said = [office.said(eve, "shortlist", HANNA)]
    said.append(office.said(eve, "book", HANNA, start=at("2026-11-24 09:00"), attendees=(ANN,)))
    said.append(office.said(eve, "note", HANNA, text="Has a child"))
    change = candidate_steps.reject(office.ctx(HANNA), office.get(Candidate, 1), Reject(reason="Has a child"))
    assert change.note == ""
    assert not [one for one in (*said, change.said) if "Eve" in one or "child" in one]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_name_and_text_is_kept_clean(office: Office, text: str) -> None:
    try:
        eve = candidate(office, name=f"E{text}"[:80], source=text[:80], note=text)
    except Refused:
        return
    assert eve.name.startswith("E")
    assert interview(office, eve).who == eve.name


@pytest.mark.parametrize(
    "again",
    [{"name": "eve EARLY"}, {"name": "E. Early", "email": "EVE@example.org"}, {"name": "X", "phone": "+49 30 123456"}],
)
def test_who_applied_before_is_told(office: Office, again: dict[str, Any]) -> None:
    candidate(office, email="eve@example.org", phone="030 123456")
    kind: Kind[Any] = areas.kind("candidates")
    assert kind.create is not None
    new = Candidate.model_validate({"id": 2, "opening": 1, **again})
    assert "CD-1 seems to be the same person" in kind.create(office.ctx(HANNA), new).said


def test_nobody_applies_for_what_is_closed_and_fewer_than_are_hired_are_never_wanted(office: Office) -> None:
    candidate(office)
    opening = office.get(Opening, 1)
    assert "1 candidate waits for an answer" in office.said(opening, "close", HANNA, reason="No money")
    with pytest.raises(Refused, match="OP-1 is closed"):
        candidate(office, "Fay")
    opening = office.do(opening, "reopen", HANNA)
    office.put(opening.model_copy(update={"hired": 2, "headcount": 3}))
    with pytest.raises(Refused, match="2 are hired already"):
        office.edit(opening, HANNA, headcount=1)
    assert office.edit(opening, HANNA, headcount=2).state is OpeningState.FILLED
    assert office.edit(opening, HANNA, headcount=3).state is OpeningState.OPEN


def test_nothing_is_offered_where_nobody_is_wanted(office: Office) -> None:
    eve = candidate(office)
    office.put(eve.model_copy(update={"state": State.PASSED}))
    opening = office.get(Opening, 1)
    office.do(opening, "hold", HANNA)
    assert office.why_not(eve, "offer", HANNA) == "OP-1 is on hold: p there opens it again."
    office.do(opening, "reopen", HANNA)
    office.do(eve, "offer", HANNA)
    filled = office.get(Opening, 1).model_copy(update={"state": OpeningState.FILLED, "hired": 1})
    office.put(filled)
    assert office.why_not(eve, "hire", HANNA) == "OP-1 asks for 1, and 1 are hired."


def offered(office: Office, name: str = "Eve Early", **values: Any) -> Candidate:
    eve = candidate(office, name, **values)
    office.put(eve.model_copy(update={"state": State.PASSED}))
    return office.do(eve, "offer", HANNA, pay="3100")


def test_a_hire_makes_a_person_with_a_file_and_pay_and_begins_their_onboarding(office: Office) -> None:
    paper(office)
    eve = office.do(offered(office, cv=1, email="eve@example.org"), "hire", HANNA)
    person, file = office.get(Person, eve.person or 0), office.data.find(PersonFile)[0]
    assert (person.name, person.job, person.active) == ("Eve Early", "Clerk", True)
    assert (file.person, file.starts, file.email) == (person.id, date(2027, 1, 4), "eve@example.org")
    assert [(one.amount, one.starts) for one in office.data.find(Pay)] == [(Decimal(3100), date(2027, 1, 4))]
    task = office.data.find(Task)[0]
    assert (task.kind, task.person, task.day) == (TaskKind.ONBOARDING, person.id, date(2027, 1, 4))
    opening = office.get(Opening, 1)
    assert (opening.hired, opening.state) == (1, OpeningState.FILLED)
    assert office.get(Document, 1).person == person.id
    assert office.problems() == []


def test_nobody_is_hired_beyond_the_headcount(office: Office) -> None:
    eve, fay = offered(office), offered(office, "Fay")
    assert "1 candidate still to refuse" in office.said(eve, "hire", HANNA)
    with pytest.raises(Refused, match="OP-1 asks for 1, and 1 are hired"):
        office.do(fay, "hire", HANNA)
    office.edit(office.get(Opening, 1), HANNA, headcount=2)
    assert office.do(fay, "hire", HANNA).state is State.HIRED
    assert office.problems() == []


_VERBS = ("shortlist", "book", "pass", "fail", "offer", "hire", "decline", "reject", "more", "fewer", "hold")
_DONE = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.sampled_from(
            ("shortlist", "book", "pass", "fail", "offer", "hire", "decline", "reject", "more", "fewer", "hold")
        ),
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None)
@given(_DONE)
def test_whatever_is_done_in_whatever_order_no_more_are_hired_than_are_wanted(done: list[tuple[int, str]]) -> None:
    office = _office()
    candidate(office, "Eve")
    for name in ("Fay", "Gil"):  # these two are near the end of the way
        office.put(candidate(office, name).model_copy(update={"state": State.OFFERED}))
    for number, verb in done:
        office.now += timedelta(hours=2)
        opening, one = office.get(Opening, 1), office.get(Candidate, number)
        with suppress(Refused):
            match verb:
                case "more" | "fewer":
                    office.edit(opening, HANNA, headcount=max(opening.headcount + (1 if verb == "more" else -1), 1))
                case "hold":
                    office.do(opening, "reopen" if opening.state is OpeningState.HOLD else "hold", HANNA)
                case "book":
                    office.do(one, "book", HANNA, start=office.now + timedelta(hours=1), attendees=(ANN,), even_so=True)
                case _:
                    office.do(one, verb, HANNA, **({"reason": "No"} if verb == "reject" else {}))
    opening = office.get(Opening, 1)
    hired = [one for one in office.data.find(Candidate) if one.state is State.HIRED]
    assert len(hired) == opening.hired == len(office.data.find(PersonFile)) <= opening.headcount
    assert (opening.state is OpeningState.FILLED) is (opening.free == 0)
    assert office.problems() == []


# --- interviews -------------------------------------------------------------------------------------------------------


def test_an_interview_is_a_private_meeting_that_does_not_say_with_whom(office: Office) -> None:
    one = interview(office, candidate(office))
    meeting = office.get(Meeting, one.meeting or 0)
    assert (meeting.private, meeting.attendees, meeting.place) == (True, (ANN, BOB), 1)
    assert "Eve" not in str(meeting.doc())
    assert (one.who, one.job, one.end) == ("Eve Early", "Clerk", at("2026-11-24 10:00"))


def test_room_and_panel_are_free_or_somebody_says_even_so(office: Office) -> None:
    office.add(Meeting, ANN, subject="Budget", start=at("2026-11-24 09:30"), place=1)
    eve = candidate(office)
    with pytest.raises(Refused, match="Room 1 is taken"):
        interview(office, eve)
    with pytest.raises(Refused, match="Ann Archer is busy"):
        office.do(eve, "book", HANNA, start=at("2026-11-24 09:00"), attendees=(ANN,))
    office.put(StandIn(id=1, person=BOB, stand_in=CLEO, starts=date(2026, 11, 24), ends=date(2026, 11, 25), note="Ill"))
    with pytest.raises(Refused, match=r"^Bob Baker is away then\. y at Even so"):
        office.do(eve, "book", HANNA, start=at("2026-11-24 09:00"), attendees=(BOB,))
    office.put(Booking(id=1, asset=7, person=CLEO, start=at("2026-11-24 08:00"), end=at("2026-11-24 09:30")))
    with pytest.raises(Refused, match="Cleo Cole has booked A-7 then"):
        office.do(eve, "book", HANNA, start=at("2026-11-24 09:00"), attendees=(CLEO,))
    office.do(eve, "book", HANNA, start=at("2026-11-24 09:00"), attendees=(ANN, BOB, CLEO), even_so=True)
    assert office.data.find(Interview)[0].attendees == (ANN, BOB, CLEO)
    with pytest.raises(Refused, match="has passed"):
        office.edit(office.data.find(Interview)[0], HANNA, start=at("2026-11-20 09:00"))
    words = office.said(eve, "book", HANNA, start=at("2026-11-20 09:00"), attendees=(HANNA,))
    assert "it is over, the panel scores it" in words


def paper(office: Office) -> Document:
    office.put(Document(id=1, title="CV", readers=(CLEO,)))
    return office.get(Document, 1)


def test_the_cv_is_hrs_and_only_who_interviews_sees_it_and_only_as_long(office: Office) -> None:
    paper(office)
    eve = candidate(office, cv=1)
    cv = office.get(Document, 1)
    assert (cv.privacy, cv.about, cv.readers, sees_paper(cv.doc())) == (Privacy.HR, "CD-1", (), [])
    one = interview(office, eve)
    assert sees_paper(office.get(Document, 1).doc()) == [ANN, BOB]
    one = office.edit(one, HANNA, attendees=(BOB, CLEO))
    assert sees_paper(office.get(Document, 1).doc()) == [BOB, CLEO]
    office.put(Document(id=2, title="A newer CV"))
    office.edit(eve, HANNA, cv=2)
    assert [sees_paper(office.get(Document, number).doc()) for number in (1, 2)] == [[], [BOB, CLEO]]
    office.edit(eve, HANNA, cv=1)
    assert office.get(Meeting, 1).attendees == (BOB, CLEO)
    office.do(one, "cancel", HANNA)
    assert sees_paper(office.get(Document, 1).doc()) == []
    assert office.get(Meeting, 1).state is MeetingState.CANCELLED
    interview(office, eve, "2026-11-25 09:00")
    office.do(eve, "reject", HANNA, reason="Too far away")
    assert sees_paper(office.get(Document, 1).doc()) == []
    assert {one.state for one in office.data.find(Interview)} == {InterviewState.CANCELLED}
    with pytest.raises(Refused, match="belongs to CD-1"):
        candidate(office, "Fay", cv=1)


def test_an_interview_follows_its_meeting_and_its_meeting_follows_it(office: Office) -> None:
    one = interview(office, candidate(office))
    one = office.edit(one, HANNA, start=at("2026-11-24 11:00"))
    assert office.get(Meeting, 1).start == at("2026-11-24 11:00")
    office.edit(office.get(Meeting, 1), HANNA, start=at("2026-11-25 08:00"), attendees=(ANN, CLEO))
    one = office.get(Interview, 1)
    assert (one.start, one.end, one.attendees) == (at("2026-11-25 08:00"), at("2026-11-25 09:00"), (ANN, CLEO))
    office.do(office.get(Meeting, 1), "cancel", HANNA, reason="Fire")
    assert office.get(Interview, 1).state is InterviewState.CANCELLED
    assert office.problems() == []


def test_a_score_is_read_by_the_others_only_once_they_gave_theirs(office: Office) -> None:
    one = interview(office, candidate(office), attendees=(ANN, BOB, CLEO))
    readers = areas.kind("scores").derived["readers_of"]
    assert office.why_not(one, "rate", ANN) == "It has not begun."
    office.now = at("2026-11-24 10:30")
    assert office.why_not(one, "rate", HANNA) == "This is for the panel."
    assert [each.verb for each in waiting_for(office.ctx(ANN))] == ["rate"]
    office.do(one, "rate", ANN, points=5, text="Splendid")
    office.do(one, "rate", BOB, points=2)
    seen = {score.author: set(readers(score.doc())) for score in office.data.find(Score)}
    assert seen == {ANN: {ANN, BOB}, BOB: {ANN, BOB}}
    office.do(one, "rate", CLEO, points=3)
    assert all(set(readers(score.doc())) == {ANN, BOB, CLEO} for score in office.data.find(Score))
    one = office.do(one, "rate", ANN, points=4)
    assert [score.points for score in office.data.find(Score)] == [4, 2, 3]
    assert (one.state, one.missing, [*waiting_for(office.ctx(ANN))]) == (InterviewState.HELD, (), [])
    assert [each.verb for each in waiting_for(office.ctx(HANNA))] == ["pass"]
    assert office.problems() == []


@pytest.mark.parametrize(("verb", "given"), [("decline", {}), ("reject", {"reason": "No"}), ("hire", {})])
def test_once_it_is_decided_nobody_is_asked_and_no_interview_stays_in_the_calendar(
    office: Office, verb: str, given: dict[str, Any]
) -> None:
    eve = candidate(office)
    held = interview(office, eve)
    office.now = at("2026-11-24 10:30")
    office.do(eve, "pass", HANNA)
    to_come = interview(office, eve, "2026-11-25 09:00")
    office.do(eve, "offer", HANNA)
    assert "1 interview called off" in office.said(eve, verb, HANNA, **given)
    assert office.get(Meeting, to_come.meeting or 0).state is MeetingState.CANCELLED
    assert [*waiting_for(office.ctx(ANN))] == []
    assert office.why_not(held, "rate", ANN) == "It is decided."
    assert office.problems() == []


def test_an_offer_with_another_day_keeps_what_was_offered(office: Office) -> None:
    eve = offered(office)
    office.do(eve, "offer", HANNA, pay="21.50", per="hour", starts=date(2027, 2, 1))
    eve = office.do(eve, "offer", HANNA, answer_by=date(2026, 12, 24))
    assert (eve.pay, eve.per.value, eve.starts) == (Decimal("21.50"), "hour", date(2027, 2, 1))
    assert eve.answer_by == date(2026, 12, 24)


# --- letters, and until when files are kept ---------------------------------------------------------------------------


def test_letters_come_from_templates_and_are_hrs(office: Office) -> None:
    for change in hr_forms.usual(office.ctx(None)):
        office.apply(change)
    assert [*hr_forms.usual(office.ctx(None))] == []
    eve = candidate(office, address="Long Lane 1")
    office.put(eve.model_copy(update={"state": State.PASSED}))
    offer, refusal = office.data.find(Form, active=True)[:2]
    office.do(eve, "offer", HANNA, pay="3100", form=offer.id)
    letter = office.get(Letter, 1)
    assert "Clerk from 2027-01-04 on" in letter.text
    assert "3,100.00 EUR a month" in letter.text
    assert letter.text.startswith("Eve Early\nLong Lane 1\n")
    assert (letter.privacy, letter.about) == (Privacy.HR, "CD-1")
    assert office.get(Document, letter.document or 0).privacy is Privacy.HR
    office.do(eve, "reject", HANNA, reason="Thought better of it", form=refusal.id)
    assert "better" not in office.get(Letter, 2).text
    with pytest.raises(Refused, match="written from the candidate"):
        office.add(Letter, HANNA, correspondent="Eve", subject="X", direction="out", form=offer.id)
    assert office.why_not(offer, "run", ANN) == "It is HR's: r at a candidate, a person's file or a case writes it."
    fay = candidate(office, "Fay")
    with pytest.raises(Refused, match="CD-2 is applied: which letter"):
        office.do(fay, "write", HANNA)
    warning = office.data.find(Form, sort="warning")[0]
    with pytest.raises(Refused, match="for something else"):
        office.do(eve, "write", HANNA, form=warning.id)


def test_the_file_of_who_was_refused_is_kept_as_its_class_says_and_is_then_due(office: Office) -> None:
    office.put(RetentionClass(id=1, name="Applications that were refused", months=6, trigger=Trigger.CREATED))
    paper(office)
    eve = office.do(candidate(office, cv=1), "reject", HANNA, reason="No")
    assert eve.keep_until == date(2027, 5, 23)
    assert office.get(Document, 1).schedule == 1
    office.edit(office.get(RetentionClass, 1), HANNA, months=3)
    assert office.get(Candidate, 1).keep_until == date(2027, 2, 23)
    office.put(RetentionClass(id=2, name="Short", years=0, months=1, trigger=Trigger.CREATED))
    office.edit(office.get(Opening, 1), HANNA, schedule=2)
    assert office.get(Candidate, 1).keep_until == date(2026, 12, 23)
    office.now = at("2026-12-23 12:00")
    assert candidate_keeping.expired(office.ctx()) == []
    office.now = at("2026-12-24 12:00")
    assert [one.id for one in candidate_keeping.expired(office.ctx())] == [1]
