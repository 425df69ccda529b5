"""Training, reviews, policies and safety as pure rules: what counts, what is lacking, what is refused in words."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui.models.base import Refused
from botui.models.hr import teaching
from botui.models.hr.certificates_kind import CERTIFICATES
from botui.models.hr.course import Course
from botui.models.hr.cycle import Cycle
from botui.models.hr.drill import Drill
from botui.models.hr.first_aid import at_hand, first_aiders
from botui.models.hr.gap_reports import first_aid, gaps
from botui.models.hr.growth_waiting import waiting_for
from botui.models.hr.incident import Incident
from botui.models.hr.incident import State as IncidentState
from botui.models.hr.incidents_kind import INCIDENTS
from botui.models.hr.needing import gaps_of
from botui.models.hr.person_file import PersonFile, Status
from botui.models.hr.policy import Acknowledgement, Policy
from botui.models.hr.position import Position
from botui.models.hr.qualification import Certificate, State, last_day
from botui.models.hr.review import Review
from botui.models.hr.review import State as ReviewState
from botui.models.hr.reviewing import Goal, goals_of, mean, scores_of
from botui.models.hr.reviews_kind import REVIEWS
from botui.models.hr.training import State as TrainingState
from botui.models.hr.training import Training
from botui.models.meetings import Meeting
from botui.models.office import Department, Person, Place, Role
from botui.models.records.document import Document, Privacy
from botui.models.records.document import State as DocumentState
from tests.rules import Office, at

HOSTILE = "[/x] [@click=app.quit]\x1b[31m\u202e \u6f22 {} %s"
HANNA, DAN = 7, 4
MON = date(2026, 11, 23)


@pytest.fixture
def office() -> Office:
    """An office with Hanna of HR; Ann heads IT, in which Bob and Cleo work."""
    found = Office()
    found.put(Person(id=HANNA, name="Hanna Human", initials="HH", roles=(Role.STAFF, Role.HR), extension="77"))
    for number, name in ((2, "Bob Baker"), (3, "Cleo Cole")):
        found.put(Person(id=number, name=name, initials=name[:2], department=1))
    found.put(Department(id=1, name="IT", manager=1))
    return found


def course(office: Office, name: str = "First aid", **values: Any) -> Course:
    return office.add(Course, HANNA, name=name, **values)


# --- certificates -------------------------------------------------------------------------------------------------


@given(starts=st.dates(date(2000, 1, 1), date(2099, 12, 31)), months=st.integers(1, 600))
@settings(max_examples=60, deadline=None)
def test_a_certificate_holds_to_the_day_before_its_months_are_over(starts: date, months: int) -> None:
    found = last_day(Course(name="x", months=months), starts)
    assert found is not None
    after = found + timedelta(days=1)
    assert (after.year * 12 + after.month) - (starts.year * 12 + starts.month) == months
    assert after.day == starts.day or (after.day < starts.day and (after + timedelta(days=1)).month != after.month)


def test_of_one_course_only_the_one_that_holds_longest_counts(office: Office) -> None:
    made = course(office, months=24)
    old = office.add(Certificate, HANNA, person=2, course=made.id, starts=date(2025, 3, 1))
    assert old.ends == date(2027, 2, 28)
    office.do(old, "renew", HANNA, starts=date(2026, 11, 1))
    new = office.get(Certificate, 2)
    assert (office.get(Certificate, 1).state, new.state, new.ends) == (State.REPLACED, State.HELD, date(2028, 10, 31))
    late = office.add(Certificate, HANNA, person=2, course=made.id, starts=date(2024, 1, 1))
    assert (late.state, late.replaced_by) == (State.REPLACED, 2)
    with pytest.raises(Refused, match="end before CE-2"):
        office.do(new, "renew", HANNA, starts=date(2026, 1, 1))
    assert office.do(late, "void", HANNA, reason="twice").replaced_by == 2
    assert "CE-1 counts again" in office.said(new, "void", HANNA, reason="forged")
    again = office.get(Certificate, 1)
    assert (again.state, again.replaced_by, office.get(Certificate, 2).state) == (State.HELD, None, State.VOID)
    assert office.problems() == []


def test_a_certificate_renewed_before_its_end_holds_until_then(office: Office) -> None:
    made = course(office, months=12, first_aid=True)
    old = office.add(Certificate, HANNA, person=2, course=made.id, starts=date(2025, 12, 1))
    office.do(old, "renew", HANNA, starts=date(2026, 12, 1))
    assert [one.id for one in first_aiders(office.ctx())] == [2]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"person": 2, "starts": date(2026, 5, 1), "ends": date(2026, 4, 1)}, "ends"),
        ({"person": DAN}, "person"),
        ({"person": 2, "document": 1}, "document"),
    ],
)
def test_a_certificate_that_cannot_be_is_refused_at_its_field(
    office: Office, values: dict[str, Any], field: str
) -> None:
    course(office)
    office.put(Document(id=1, title="Of Cleo", person=3, privacy=Privacy.HR))
    with pytest.raises(Refused) as refused:
        office.add(Certificate, HANNA, course=1, **values)
    assert field in refused.value.fields


def test_what_ends_soon_is_told_to_the_person_and_to_hr(office: Office) -> None:
    made = course(office)
    office.add(Certificate, HANNA, person=2, course=made.id, starts=date(2025, 1, 1), ends=date(2026, 12, 23))
    (mine,) = waiting_for(office.ctx(2))
    assert (mine.what, mine.why) == ("Your certificate: First aid", "ends Wed 23 Dec")
    (theirs,) = waiting_for(office.ctx(HANNA))
    assert theirs.what == "Certificate of Bob Baker: First aid"
    assert theirs.verb == "renew"
    assert office.data.listed(Certificate, CERTIFICATES.view("expiring").where(office.ctx(HANNA)))
    office.now = at("2026-11-22 09:00")
    assert not [*waiting_for(office.ctx(2))], "31 days before it is too early"


# --- trainings ----------------------------------------------------------------------------------------------------


def test_who_came_to_a_training_holds_its_certificate(office: Office) -> None:
    made = course(office, months=12)
    held = office.add(Training, HANNA, course=made.id, start=at("2026-11-24 09:00"), seats=2, trainer="Red Cross")
    assert office.said(held, "book", 2) == "TR-1: Bob Baker is on the list."
    office.do(held, "book", 1, people=(3,))
    with pytest.raises(Refused, match="All seats are taken"):
        office.do(held, "book", HANNA, people=(1,))
    with pytest.raises(Refused, match="on the list already"):
        office.do(held, "book", HANNA, people=(2,))
    assert office.why_not(held, "tick", HANNA) == "It has not begun."
    office.now = at("2026-11-24 18:00")
    with pytest.raises(Refused, match="HR says who came"):
        office.do(held, "decline", 2)
    done = office.do(held, "tick", HANNA, people=(2,))
    assert (done.state, done.attended) == (TrainingState.HELD, (2,))
    (certificate,) = office.data.find(Certificate)
    assert (certificate.person, certificate.starts, certificate.ends, certificate.by) == (
        2,
        date(2026, 11, 24),
        date(2027, 11, 23),
        "Red Cross",
    )
    assert office.problems() == []


def test_nobody_puts_a_stranger_on_a_list_or_somebody_in_two_places(office: Office) -> None:
    made = course(office)
    one = office.add(Training, HANNA, course=made.id, start=at("2026-11-24 09:00"), end=at("2026-11-24 12:00"))
    two = office.add(Training, HANNA, course=made.id, start=at("2026-11-24 11:00"))
    with pytest.raises(Refused, match="HR does this for Cleo Cole, or who manages them"):
        office.do(one, "book", 2, people=(3,))
    office.do(one, "book", 3)
    with pytest.raises(Refused, match="Cleo Cole is at TR-1 then"):
        office.do(two, "book", 1, people=(3,))
    assert office.do(one, "decline", 1, people=(3,)).people == ()


def test_a_room_and_people_that_are_taken_are_told(office: Office) -> None:
    office.put(Place(id=1, name="Hall"))
    values: dict[str, Any] = {"start": at("2026-11-24 10:00"), "end": at("2026-11-24 12:00"), "place": 1}
    office.add(Meeting, 2, subject="Secret", attendees=(2,), **values)
    planned = Training(id=1, course=course(office).id, **values)
    change = teaching.create(office.ctx(HANNA), planned)
    assert change.said == "TR-1 is planned: W puts people on its list. Hall is taken then."
    office.apply(change)
    assert office.said(planned, "book", HANNA, people=(2, 3)).endswith("In a meeting then: Bob Baker.")


def test_who_leaves_frees_the_seat_and_lets_the_review_lapse(office: Office) -> None:
    held = office.add(Training, HANNA, course=course(office).id, start=at("2026-12-24 09:00"))
    office.do(held, "book", 2)
    office.do(office.add(Cycle, HANNA, name="2026"), "run", HANNA)
    office.edit(office.get(Person, 2), HANNA, active=False)
    assert office.get(Training, 1).people == ()
    assert [one.state for one in office.data.find(Review, person=2)] == [ReviewState.LAPSED]
    assert office.problems() == []


# --- gaps ---------------------------------------------------------------------------------------------------------


def test_gaps_are_what_position_house_and_policies_ask_for_and_is_not_there(office: Office) -> None:
    fire = course(office, "Fire safety", everyone=True)
    lift = course(office, "Fork lift")
    office.put(Position(id=1, name="Store", courses=(lift.id,), papers=("licence",)))
    office.put(PersonFile(id=1, person=2, position=1, status=Status.ACTIVE))
    office.add(Certificate, HANNA, person=2, course=fire.id, starts=date(2025, 1, 1), ends=date(2026, 12, 1))
    permit = {"privacy": Privacy.HR, "person": 2, "state": DocumentState.FILED}
    office.put(Document(id=1, title="Permit", ends_on=date(2026, 11, 1), **permit))
    office.do(office.add(Policy, HANNA, name="Data", text="Shred it.", days=3), "run", HANNA)
    found = [(one.what, one.state(office.ctx().today)) for one in gaps_of(office.ctx(), office.get(Person, 2), MON)]
    assert found == [
        ("Fire safety", "ends 2026-12-01"),
        ("Fork lift", "missing"),
        ("Permit", "ended 2026-11-01"),
        ("licence", "missing"),
    ]
    later = MON + timedelta(days=4)
    assert "Data" in [one.what for one in gaps_of(office.ctx(), office.get(Person, 2), later)]
    office.put(Document(id=2, title="Permit", ends_on=date(2028, 11, 1), tags=("licence",), **permit))
    report = gaps(office.ctx(HANNA), MON, MON + timedelta(days=8))
    assert [row[3] for row in report.rows if row[0] == "Bob Baker"] == ["Fire safety", "Fork lift"]
    early = gaps(office.ctx(HANNA), MON, MON).rows
    assert [row[3] for row in early if row[0] == "Bob Baker"] == ["Fork lift"], "what ends later is no gap yet"
    assert report.rows[-1][4] == f"{len(report.rows) - 1} gaps"


def test_everybody_is_told_who_gives_first_aid_today(office: Office) -> None:
    made = course(office, first_aid=True)
    for person, ends in ((HANNA, None), (2, date(2026, 11, 22)), (DAN, None)):
        office.put(Certificate(id=person, person=person, course=made.id, starts=date(2020, 1, 1), ends=ends))
    assert at_hand(office.ctx(None)) == "First aid: Hanna Human 77"
    assert [row[0] for row in first_aid(office.ctx(2), MON, MON).rows] == ["Hanna Human"]


# --- reviews ------------------------------------------------------------------------------------------------------


@given(
    weights=st.lists(st.integers(1, 60), min_size=1, max_size=6).filter(lambda found: sum(found) <= 100),
    scores=st.lists(st.integers(1, 5), min_size=7, max_size=7),
)
@settings(max_examples=60, deadline=None)
def test_a_mean_is_that_of_each_score_as_often_as_its_goal_weighs(weights: list[int], scores: list[int]) -> None:
    weights = [*weights, 100 - sum(weights)] if sum(weights) < 100 else weights
    goals = goals_of("\n".join(f"{weight}% Goal {place}" for place, weight in enumerate(weights)))
    given_scores = scores_of(" ".join(str(one) for one in scores[: len(goals)]), goals)
    each = [score for score, weight in zip(given_scores, weights, strict=True) for _ in range(weight)]
    assert mean(given_scores, goals) == Decimal(sum(each)) / len(each)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("40% One\n50% Two", "come to 90%"),
        ("40% One\nTwo", "'Two' has no weight"),
        ("100% One\n0% Two", "none of them 0%"),
        ("\n".join(["Goal"] * 21), "at most 20"),
    ],
)
def test_goals_whose_weights_do_not_add_up_are_refused(text: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        goals_of(text)


@pytest.mark.parametrize("text", ["", "6", "0", "4 4", "four", "4.5", "-1", "٣"])
def test_scores_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        scores_of(text, [Goal(HOSTILE)])
    assert "scores" in refused.value.fields


def test_a_review_goes_from_the_person_to_the_manager_and_back_to_be_signed(office: Office) -> None:
    cycle = office.add(Cycle, HANNA, name="2026", department=1, goals="60% Speed\n40% Care", due=date(2026, 12, 20))
    assert office.said(cycle, "run", HANNA) == "RC-1: 2 reviews opened."
    with pytest.raises(Refused, match="Everybody"):
        office.do(cycle, "run", HANNA)
    review = office.get(Review, 1)
    assert (review.person, review.manager, review.due) == (2, 1, date(2026, 12, 20))
    assert [one.verb for one in waiting_for(office.ctx(2))] == ["rate"]
    assert office.why_not(review, "submit", 2) == "Give the goals your scores first: f."
    assert office.why_not(review, "rate", 3) == "Ann Archer gives this review."
    office.do(review, "rate", 2, scores="5 4", comment=HOSTILE)
    assert office.do(review, "submit", 2).self_score == Decimal("4.60")
    assert office.why_not(review, "rate", 2) == "You have handed it in."
    assert [one.what for one in waiting_for(office.ctx(1))] == ["Review of Bob Baker"]
    rated = office.do(review, "rate", 1, scores="3, 4")
    assert (rated.state, rated.score) == (ReviewState.RATED, Decimal("3.40"))
    assert office.why_not(review, "acknowledge", 1) == "Bob Baker signs it."
    assert office.why_not(review, "amend", HANNA) == "Scores were given for the goals as they are."
    assert office.do(review, "acknowledge", 2, remark="Too strict").state is ReviewState.SIGNED
    assert office.why_not(review, "reopen", 1) == "HR opens it again."
    assert office.do(review, "reopen", HANNA, reason="talk again").signed_at is None
    assert office.said(cycle, "close", HANNA) == "RC-1 is closed, 2 reviews lapsed."
    anew = office.do(review, "reopen", HANNA, reason="talk again")
    assert (anew.state, anew.scores, anew.score) == (ReviewState.DRAFT, "", None)
    assert office.problems() == []


def test_a_review_goes_along_to_the_new_manager(office: Office) -> None:
    office.do(office.add(Cycle, HANNA, name="2026", department=1), "run", HANNA)
    office.put(PersonFile(id=1, person=2, manager=1, status=Status.ACTIVE))
    office.edit(office.get(PersonFile, 1), HANNA, manager=3)
    assert [one.manager for one in office.data.find(Review)] == [3, 1]
    office.edit(office.get(Person, 3), HANNA, active=False)
    found = [(one.person, one.manager, one.state) for one in office.data.find(Review)]
    assert found == [(2, 1, ReviewState.DRAFT), (3, 1, ReviewState.LAPSED)]


def test_nobody_reviews_themselves_and_hr_is_nobody_s_judge_in_their_own_case(office: Office) -> None:
    office.add(Cycle, HANNA, name="2026")
    with pytest.raises(Refused, match="Nobody reviews themselves"):
        office.add(Review, HANNA, cycle=1, person=2, manager=2)
    own = office.add(Review, HANNA, cycle=1, person=HANNA)
    assert office.why_not(own, "amend", HANNA) == "Somebody else of HR sets the goals."
    with pytest.raises(Refused, match="RV-2 is the review"):
        office.add(Review, HANNA, cycle=1, person=HANNA)


def test_reviews_certificates_and_accidents_are_for_whom_they_are_about() -> None:
    doc = {"person": 2, "manager": 1, "owner": 3, "created_by": 9, "reporter": 9}
    assert [bound.derived[bound.whose](doc) for bound in (CERTIFICATES, REVIEWS, INCIDENTS)] == [[2], [2, 1], [2, 3]]


# --- policies -----------------------------------------------------------------------------------------------------


def test_a_new_version_asks_everybody_anew(office: Office) -> None:
    policy = office.add(Policy, HANNA, name="Data", text="Lock it.", days=7)
    assert not [*waiting_for(office.ctx(2))], "what is being written asks nobody"
    assert office.said(policy, "run", HANNA) == "PP-1: version 1 is in force, 4 people are asked to read it."
    (asked,) = waiting_for(office.ctx(2))
    assert asked.verb == "acknowledge"
    office.do(policy, "acknowledge", 2)
    assert not [*waiting_for(office.ctx(2))]
    assert office.why_not(policy, "acknowledge", 2) == "You have acknowledged it."
    with pytest.raises(Refused, match="for themselves"):
        office.do(policy, "acknowledge", 3, person=1)
    office.do(policy, "acknowledge", HANNA, person=3, note="on paper")
    with pytest.raises(Refused, match="b puts a new version in force"):
        office.edit(policy, HANNA, text="Lock it twice.")
    office.now = at("2026-12-02 09:00")
    late = [one.why for one in waiting_for(office.ctx(HANNA)) if not one.verb]
    assert late == ["not acknowledged by Ann Archer; 1 more"]
    office.do(policy, "run", HANNA, text="Lock it twice.", news="twice")
    assert [one.why for one in waiting_for(office.ctx(2))] == ["version 2: read it, then say so"]
    assert [(one.person, one.version) for one in office.data.find(Acknowledgement)] == [(2, 1), (3, 1)]
    assert office.problems() == []


def test_a_policy_says_something_that_all_may_read(office: Office) -> None:
    office.put(Document(id=1, title="Secret", privacy=Privacy.HR, person=3))
    with pytest.raises(Refused, match="not open to all"):
        office.add(Policy, HANNA, name="Data", document=1)
    with pytest.raises(Refused, match="nothing to read"):
        office.do(office.add(Policy, HANNA, name="Empty"), "run", HANNA)


# --- safety -------------------------------------------------------------------------------------------------------


def test_an_accident_is_looked_into_told_and_closed_with_what_is_changed(office: Office) -> None:
    found = office.add(Incident, 3, what=HOSTILE, person=2, injury="cut", days_lost=4)
    assert (found.reporter, found.at, found.state) == (3, office.now, IncidentState.NEW)
    assert {one.verb for one in waiting_for(office.ctx(HANNA))} == {"assign", "report"}
    with pytest.raises(Refused, match="whom it is about"):
        office.do(found, "assign", HANNA, to=2)
    office.do(found, "assign", HANNA, to=1)
    assert office.why_not(found, "note", 2) == "Ann Archer looks into it."
    assert "Ann Archer: wet stairs" in office.do(found, "note", 1, text="wet stairs").log
    with pytest.raises(Refused, match="so that it does not happen again"):
        office.do(found, "resolve", 1)
    with pytest.raises(Refused, match="authority is to be told first"):
        office.do(found, "resolve", 1, measures="mats")
    office.do(found, "report", HANNA, number="U-1")
    assert office.do(found, "resolve", 1, measures="mats").state is IncidentState.CLOSED
    assert office.problems() == []


@pytest.mark.parametrize(
    ("model", "values", "field"),
    [
        (Incident, {"what": "x", "at": at("2026-11-24 09:00")}, "at"),
        (Incident, {"what": "x", "person": 2, "name": "Eve"}, "name"),
        (Drill, {"at": at("2026-11-24 09:00")}, "at"),
        (Drill, {"present": 0, "missing": (2,)}, "missing"),
        (Drill, {"next_on": MON}, "next_on"),
        (Training, {"course": 1, "start": at("2026-11-24 09:00"), "end": at("2026-11-24 08:00")}, "end"),
        (Cycle, {"name": "x", "starts": date(2026, 2, 1), "ends": date(2026, 1, 1)}, "ends"),
        (Course, {"name": "FIRST AID"}, "name"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(office: Office, model: Any, values: dict[str, Any], field: str) -> None:
    course(office)
    with pytest.raises(Refused) as refused:
        office.add(model, HANNA, **values)
    assert field in refused.value.fields


def test_the_last_drill_says_when_the_next_is_due(office: Office) -> None:
    office.add(Drill, HANNA, at=at("2025-11-01 09:00"), next_on=date(2026, 11, 1))
    assert [one.why for one in waiting_for(office.ctx(HANNA))] == ["the next one is due Sun 1 Nov"]
    office.add(Drill, HANNA, minutes=Decimal("4.5"), present=40, missing=(2,), next_on=date(2027, 11, 1))
    assert not [*waiting_for(office.ctx(HANNA))]
