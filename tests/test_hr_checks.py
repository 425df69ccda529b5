"""What ``botui check`` says of HR's records that somebody wrote past the rules; and a month of the team's calendar."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from botui.models.base import Record
from botui.models.hr.absence_calendar import AWAY, CLOSED, HOURS, MORNING, OPEN, month
from botui.models.hr.away import between
from botui.models.hr.candidate import Candidate
from botui.models.hr.candidate import State as CandidateState
from botui.models.hr.case import Case, Measure, Proceeding, Sort
from botui.models.hr.case import State as CaseState
from botui.models.hr.course import Course
from botui.models.hr.cycle import Cycle
from botui.models.hr.drill import Drill
from botui.models.hr.incident import Incident
from botui.models.hr.incident import State as IncidentState
from botui.models.hr.interview import Interview
from botui.models.hr.leave import Absence, Leave, LeaveType, Part
from botui.models.hr.leave import State as LeaveState
from botui.models.hr.opening import Opening
from botui.models.hr.opening import State as OpeningState
from botui.models.hr.policy import Acknowledgement, Policy
from botui.models.hr.policy import State as PolicyState
from botui.models.hr.qualification import Certificate
from botui.models.hr.review import Review
from botui.models.hr.review import State as ReviewState
from botui.models.hr.training import State as TrainingState
from botui.models.hr.training import Training
from botui.models.office import Person, Presence
from tests.rules import MONDAY, Office

DAY = date(2026, 11, 23)
_AID = Course(id=1, name="First aid")
_DESK = Opening(id=1, title="Clerk", headcount=1)
_EDITH = Candidate(id=1, name="Edith", opening=1)

CASES: dict[str, tuple[tuple[Record, ...], tuple[str, ...]]] = {
    "trainings": (
        (
            _AID,
            Training(id=1, course=1, start=MONDAY, people=(1,), attended=(2,)),
            Training(id=2, course=1, start=MONDAY, people=(1, 2), seats=1),
            Training(id=3, course=1, start=MONDAY, people=(1,), attended=(1,), state=TrainingState.CANCELLED),
        ),
        (
            "TR-1: Came: somebody came who is not on the list.",
            "TR-2: Seats: more people are on the list.",
            "TR-3: Came: it is cancelled.",
        ),
    ),
    "certificates": (
        (
            _AID,
            Certificate(id=1, person=1, course=1, starts=DAY, ends=DAY - timedelta(days=1)),
            Certificate(id=2, person=1, course=1, starts=DAY, replaced_by=1),
        ),
        (
            "CE-1: Until: this is before its first day.",
            "CE-2: Replaced by: it still counts.",
            "CE-2: State: CE-1 counts for the same course, too.",
        ),
    ),
    "reviews": (
        (
            Cycle(id=1, name="2026", starts=DAY, ends=DAY, due=DAY),
            Review(id=1, cycle=1, person=1, manager=1, due=DAY, state=ReviewState.SIGNED),
            Review(id=2, cycle=1, person=2, manager=1, due=DAY, scores="5 Nothing", goals="100 Sales"),
        ),
        (
            "RV-1: Reviewed by: nobody reviews themselves.",
            "RV-1: Scores: there are none, and it is signed.",
            "RV-1: Signed: it is signed.",
            "RV-2: ",
        ),
    ),
    "policies": (
        (
            Policy(id=1, name="Clean desk", text="Clean it.", version=1),
            Policy(id=2, name="Internet", text="For work.", version=1, state=PolicyState.IN_FORCE),
            Acknowledgement(id=1, policy=2, version=2, person=1, at=MONDAY),
            Acknowledgement(id=2, policy=2, version=2, person=1, at=MONDAY),
        ),
        (
            "PP-1: Version: it is being written.",
            "AK-1: Version: PP-2 has no version 2 yet.",
            "AK-2: this was acknowledged twice.",
        ),
    ),
    "safety": (
        (
            Incident(id=1, what="Fell", at=MONDAY, state=IncidentState.CLOSED),
            Incident(id=2, what="Slipped", at=MONDAY, state=IncidentState.OPEN),
            Drill(id=1, at=MONDAY, present=1, missing=(1, 2)),
        ),
        (
            "IN-1: Closed: it is closed.",
            "IN-2: Looked into by: nobody does.",
            "DR-1: Missing: more than were in the house.",
        ),
    ),
    "recruitment": (
        (
            _DESK,
            _EDITH.model_copy(update={"state": CandidateState.REJECTED, "person": 3}),
            Candidate(id=2, name="Bea", opening=1, state=CandidateState.HIRED),
            Opening(id=2, title="Cook", headcount=1, hired=2),
            Opening(id=3, title="Guard", headcount=1, state=OpeningState.FILLED),
            Interview(id=1, candidate=1, start=MONDAY, end=MONDAY, attendees=(1,), scored=(1,)),
        ),
        (
            "CD-1: Hired as: it is ",
            "CD-1: Over since: it is ",
            "OP-1 says 0 are hired, of its candidates it is 1",
            "OP-2 asks for 1, and 2 are hired",
            "OP-3: State: it is filled, and 1 are wanted.",
            "IV-1: Decided: CD-1 is ",
            "IV-1: Scores given by: its scores are by others.",
            "IV-1: Ends: it ends before it begins.",
        ),
    ),
    "cases": (
        (
            Case(id=1, subject="Late", sort=Sort.DISCIPLINE, state=CaseState.RESOLVED),
            Proceeding(id=1, case=1, what=Measure.WARNING, text="Late", on=DAY, until=DAY - timedelta(days=1)),
        ),
        (
            "CS-1: Ended on: it is resolved.",
            "CS-1: Whose: nobody is named.",
            "CP-1: Whom it concerns: nobody is named.",
            "CP-1: Counts until: this is before it began.",
        ),
    ),
    "absences": (
        (
            LeaveType(id=1, name="Annual", counted=False),
            Leave(id=1, type=1, person=1, starts=DAY, state=LeaveState.APPROVED),
            Leave(id=2, type=1, person=2, starts=DAY, state=LeaveState.REFUSED),
            Absence(id=1, person=2, starts=DAY, ends=DAY, leave=2),
            Absence(id=2, person=3, starts=DAY, ends=DAY, leave=9),
        ),
        (
            "LV-1 has no absence that fits it",
            "AB-1 is of LV-2, by which nobody is away",
            "AB-2 comes of no leave",
        ),
    ),
}
"""Records that no rule would write, and what is said of them."""


@pytest.mark.parametrize("name", CASES)
def test_what_somebody_wrote_past_the_rules_is_told_by_record_and_field(name: str) -> None:
    records, told = CASES[name]
    office = Office()
    for record in records:
        office.put(record)
    problems = office.problems()
    for one in told:
        assert any(one in problem for problem in problems), (one, problems)


def test_a_month_of_the_calendar_shows_who_is_away_on_which_part_of_a_day_and_when_the_office_is_closed() -> None:
    office = Office()
    office.put(Person(id=2, name="Bob Baker", initials="BB", department=1))
    office.put(Absence(id=1, person=2, starts=DAY, ends=DAY + timedelta(days=1)))
    office.put(Absence(id=2, person=2, starts=DAY + timedelta(days=2), ends=DAY + timedelta(days=2), part=Part.MORNING))
    office.put(Absence(id=3, person=2, starts=DAY + timedelta(days=3), ends=DAY + timedelta(days=3), hours=Decimal(2)))
    shown = month(office.ctx(), DAY, 1)
    assert [name for _, name, _ in shown.people] == ["Bob Baker"]
    days = shown.people[0][2]
    assert len(days) == len(shown.days) == 30
    assert days[22:27] == (AWAY, AWAY, MORNING, HOURS, OPEN)
    assert days[20:22] == (CLOSED, CLOSED)
    assert [name for _, name, _ in month(office.ctx(), DAY).people] == ["Ann Archer", "Bob Baker", "Cleo Cole"]


def test_who_is_away_by_the_directory_alone_is_so_until_the_day_before_they_are_back() -> None:
    office = Office()
    back = MONDAY + timedelta(days=3)
    office.put(Person(id=2, name="Bob Baker", initials="BB", presence=Presence.AWAY, back_at=back))
    office.put(Person(id=3, name="Cleo Cole", initials="CC", presence=Presence.AWAY))
    office.put(Absence(id=1, person=3, starts=DAY, ends=DAY + timedelta(days=1)))
    ctx = office.ctx()
    assert [(one.person, one.last) for one in between(ctx, DAY, DAY)] == [
        (3, DAY + timedelta(days=1)),
        (2, DAY + timedelta(days=2)),
    ]
    assert between(ctx, DAY + timedelta(days=3), DAY + timedelta(days=9)) == []
    assert between(ctx, DAY - timedelta(days=3), DAY - timedelta(days=1)) == []
