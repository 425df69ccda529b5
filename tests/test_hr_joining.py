"""Who begins and who leaves: steps tick themselves, what is held is gathered, the end closes their access."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from botui import areas
from botui.models.base import Change, Refused, clean
from botui.models.equipment.access import Access
from botui.models.equipment.access import State as AccessState
from botui.models.equipment.asset import Asset, Category
from botui.models.equipment.licence import Licence, Seat
from botui.models.equipment.loan import Booking, BookingState, Loan
from botui.models.hr import holdings
from botui.models.hr.amendment import Amendment
from botui.models.hr.amendment import State as AmendmentState
from botui.models.hr.benefit import Benefit
from botui.models.hr.case import Case, Sort
from botui.models.hr.incident import Incident
from botui.models.hr.incident import State as IncidentState
from botui.models.hr.leave import LeaveEntry, LeaveType, Why
from botui.models.hr.offboarding import due, waiting_for
from botui.models.hr.opening import Opening
from botui.models.hr.person_file import PersonFile, Status
from botui.models.hr.self_ticking import Event, heed
from botui.models.hr.task import Checklist, Step, StepState, Task, TaskKind
from botui.models.hr.task import State as TaskState
from botui.models.hr.wants import Want
from botui.models.meetings.shape import Meeting
from botui.models.meetings.shape import State as MeetingState
from botui.models.office import Department, Person, Presence, Role
from botui.models.office.standins import StandIn
from botui.models.records.cashbox import Box
from botui.models.records.document import Document, Privacy
from botui.models.records.document import State as DocumentState
from botui.models.records.letter import Letter
from botui.models.tickets import Ticket
from tests.rules import MONDAY, Office
from tests.test_text import HOSTILE

TODAY = date(2026, 11, 23)
HEIDI, MIA, TOM, LEA = 11, 12, 13, 14
FIRST_DAYS = """\
-5 HR: Contract signed (letter)
0 clerk: Laptop handed out (asset)
0 clerk: Telephone handed out (asset)
0 clerk: Key to the house (key)
0 clerk: Seat of the mail program (seat)
0 admin: Accounts set up (access)
0 admin: Badge given (badge)
+30 manager: First talk, optional
"""
LAST_DAYS = """\
-5 manager: Work handed over
0 clerk: All is back (returned)
0 admin: Accounts closed (closed)
"""


@pytest.fixture
def office() -> Office:
    """An office with somebody of HR, a manager, Tom who begins today, and Lea who has been here for years."""
    office = Office()
    office.put(Department(id=5, name="Sales", manager=MIA))
    office.put(Person(id=HEIDI, name="Heidi Human", initials="HH", roles=(Role.STAFF, Role.HR)))
    office.put(Person(id=MIA, name="Mia Manager", initials="MM", roles=(Role.STAFF, Role.MANAGER)))
    office.put(Person(id=TOM, name="Tom Starter", initials="TS", department=5))
    office.put(Person(id=LEA, name="Lea Leaver", initials="LL", department=5))
    office.put(PersonFile(id=1, person=TOM, starts=TODAY))
    office.put(PersonFile(id=2, person=LEA, starts=TODAY - timedelta(days=900), status=Status.ACTIVE))
    office.put(Checklist(id=1, name="First days", kind=TaskKind.ONBOARDING, steps=FIRST_DAYS))
    office.put(Checklist(id=2, name="Last days", kind=TaskKind.OFFBOARDING, steps=LAST_DAYS))
    office.put(Category(id=1, name="Laptop"))
    for number, name in enumerate(("ThinkPad X1", "Telephone", "House key 7"), 1):
        office.put(Asset(id=number, tag=f"A-{number}", name=name, category=1 if number == 1 else None))
    office.put(Licence(id=1, name="Mail program", seats=5))
    return office


def file_of(office: Office, number: int) -> PersonFile:
    return office.get(PersonFile, number)


def begun(office: Office) -> Task:
    """Return the onboarding of Tom."""
    office.do(file_of(office, 1), "run", HEIDI)
    return office.get(Task, max(office.data.docs["tasks"]))


def leaving(office: Office, **values: Any) -> Task:
    """Return the offboarding of Lea, whose last day is today."""
    office.do(file_of(office, 2), "resign", HEIDI, **{"day": TODAY, **values})
    return office.get(Task, max(office.data.docs["tasks"]))


def open_steps(office: Office) -> list[str]:
    """Return the texts of the required steps that are to be done."""
    found = office.data.find(Step, state=StepState.OPEN.value)
    return [one.text for one in sorted(found, key=lambda one: one.place) if one.required]


def has_access(office: Office, person: int) -> Access:
    access = office.add(Access, person, system="Payroll", level="reader", approver=MIA)
    access = office.do(access, "approve", MIA)
    return office.do(access, "hand_out", 1)


# --- who begins -------------------------------------------------------------------------------------------------------


def test_one_key_begins_the_first_days_and_what_is_done_elsewhere_ticks_its_step(office: Office) -> None:
    task = begun(office)
    assert (task.person, task.day, task.owner) == (TOM, TODAY, HEIDI)
    assert file_of(office, 1).status is Status.ONBOARDING
    assert office.why_not(file_of(office, 1), "run", HEIDI) == f"It has begun: {task.ref}."
    assert (office.why_not(file_of(office, 2), "run", HEIDI) or "").startswith("They have been here since ")
    office.do(office.get(Asset, 2), "hand_out", 1, to="TS")
    assert "Telephone handed out" not in open_steps(office), "its words name it, although another step comes first"
    office.do(office.get(Asset, 1), "hand_out", 1, to="TS")
    office.do(office.get(Asset, 3), "hand_out", 1, to="TS")
    office.do(office.get(Licence, 1), "hand_out", 1, person=TOM)
    access = has_access(office, TOM)
    assert open_steps(office) == ["Contract signed", "Badge given"]
    evidence = {one.text: one.evidence for one in office.data.find(Step, task=task.id)}
    assert evidence["Accounts set up"] == access.ref
    assert office.get(Task, task.id).open_steps == 2
    assert not office.problems()


def test_what_is_taken_back_while_somebody_begins_is_to_be_done_again(office: Office) -> None:
    begun(office)
    office.do(office.get(Asset, 1), "hand_out", 1, to="TS")
    office.do(office.get(Asset, 1), "give_back", 1)
    assert "Laptop handed out" in open_steps(office)
    access = has_access(office, TOM)
    office.do(access, "give_back", 1)
    assert "Accounts set up" in open_steps(office)


def test_what_was_done_before_it_began_is_ticked_when_it_begins(office: Office) -> None:
    office.do(office.get(Asset, 1), "hand_out", 1, to="TS")
    has_access(office, TOM)
    task = begun(office)
    assert open_steps(office) == [
        *("Contract signed", "Telephone handed out", "Key to the house", "Seat of the mail program", "Badge given")
    ]
    assert office.get(Task, task.id).state is TaskState.DOING
    assert not office.problems()


def test_a_thing_for_somebody_else_ticks_nothing(office: Office) -> None:
    begun(office)
    office.do(office.get(Asset, 1), "hand_out", 1, to="LL")
    has_access(office, LEA)
    assert len(open_steps(office)) == 7


def test_a_badge_ticks_its_step(office: Office) -> None:
    begun(office)
    change = Change("people.badge")
    heed(office.ctx(1), change, Event(TOM, Want.BADGE, "P-13"))
    office.apply(change)
    assert "Badge given" not in open_steps(office)


# --- who leaves -------------------------------------------------------------------------------------------------------


def gathered(office: Office) -> dict[str, str]:
    return {one.ref: one.how for one in holdings.held_by(office.ctx(HEIDI), LEA)}


def test_all_that_somebody_holds_keeps_them_until_it_is_settled(office: Office) -> None:
    office.put(PersonFile(id=3, person=TOM, manager=LEA, status=Status.ACTIVE))
    office.data.docs["person_files"].pop(1)
    office.put(Department(id=6, name="Art", manager=LEA))
    office.put(Box(id=1, name="Front", keeper=LEA))
    office.put(LeaveType(id=1, name="Holiday"))
    office.put(LeaveEntry(id=1, person=LEA, type=1, amount=Decimal(3), on=TODAY, why=Why.OPENING, at=MONDAY, year=2026))
    office.put(Ticket(id=1, subject="Slow", requester=3, owner=LEA, created_at=MONDAY))
    office.do(office.get(Asset, 1), "hand_out", 1, to="LL")
    office.do(office.get(Licence, 1), "hand_out", 1, person=LEA)
    access = has_access(office, LEA)
    task = leaving(office)
    assert file_of(office, 2).status is Status.LEAVING
    held = gathered(office)
    assert {"LO-1", "SE-1", "CB-1", "T-1", "PF-3", "DP-6", "PF-2", access.ref} == held.keys()
    for step in office.data.find(Step, task=task.id, state=StepState.OPEN.value):
        if not step.wants:
            office.do(step, "tick", HEIDI)
    office.do(file_of(office, 2), "handover", HEIDI, to=MIA)
    assert office.get(Ticket, 1).owner == office.get(Box, 1).keeper == file_of(office, 3).manager == MIA
    office.do(file_of(office, 2), "settle", HEIDI)
    office.do(office.get(Asset, 1), "give_back", 1)
    office.do(office.get(Seat, 1), "give_back", 1)
    assert gathered(office).keys() == {"DP-6", access.ref}
    office.do(access, "give_back", 1)
    with pytest.raises(Refused, match="DP-6 head of Art"):
        office.do(office.get(Task, task.id), "close", HEIDI)
    office.put(Department(id=6, name="Art", manager=MIA))
    office.do(office.get(Task, task.id), "close", HEIDI)
    assert file_of(office, 2).status is Status.LEFT
    assert not office.problems()


def test_the_end_closes_their_access_at_once_and_calls_off_what_was_to_come(office: Office) -> None:
    person = office.get(Person, LEA)
    office.put(person.model_copy(update={"os_user": "lea"}))
    office.put(Booking(id=1, asset=2, start=MONDAY + timedelta(days=2), end=MONDAY + timedelta(days=3), person=LEA))
    later = {"start": MONDAY + timedelta(days=4), "end": MONDAY + timedelta(days=4, hours=1)}
    office.put(Meeting(id=1, subject="Plans", organiser=LEA, attendees=(LEA, MIA), **later))
    office.put(Meeting(id=2, subject="Figures", organiser=MIA, attendees=(LEA, MIA), **later))
    office.put(
        StandIn(id=1, person=MIA, stand_in=LEA, starts=TODAY + timedelta(days=9), ends=TODAY + timedelta(days=9))
    )
    access = has_access(office, LEA)
    office.put(Benefit(id=1, person=LEA, plan="Bus ticket", starts=TODAY - timedelta(days=90)))
    office.put(Amendment(id=1, person=LEA, on=TODAY + timedelta(days=30), week_hours=20, state=AmendmentState.PLANNED))
    task = leaving(office)
    for step in office.data.find(Step, task=task.id):
        office.do(step, "skip", HEIDI, reason="Done on paper")
    office.do(office.get(Task, task.id), "close", HEIDI)
    person = office.get(Person, LEA)
    assert (person.active, person.signed_out_at, person.os_user) == (False, office.now, "")
    assert person.presence is Presence.OUT
    assert office.get(Access, access.id).state is AccessState.REMOVED
    assert office.get(Booking, 1).state is BookingState.CANCELLED
    assert office.get(Meeting, 1).state is MeetingState.CANCELLED
    assert office.get(Meeting, 2).attendees == (MIA,)
    assert office.get(StandIn, 1).ended_at == office.now
    assert file_of(office, 2).left_at == office.now
    assert office.get(Benefit, 1).ends == TODAY
    assert office.get(Amendment, 1).state is AmendmentState.CANCELLED
    assert not office.problems()


def test_nobody_ends_before_their_last_day_nor_closes_their_own_leaving(office: Office) -> None:
    task = leaving(office, day=TODAY + timedelta(days=3))
    for step in office.data.find(Step, task=task.id):
        office.do(step, "skip", HEIDI, reason="Done")
    assert "last day is" in str(office.why_not(task, "close", HEIDI))
    office.now += timedelta(days=3)
    assert office.why_not(task, "close", LEA) == "Somebody else closes this: it is about you."
    assert office.why_not(task, "close", HEIDI) is None


def test_when_the_last_day_is_over_the_desk_is_closed_and_hr_is_told_what_is_left(office: Office) -> None:
    office.do(office.get(Asset, 1), "hand_out", 1, to="LL")
    task = leaving(office)
    assert not [*due(office.ctx(None))]
    assert {(one.collection, one.number, one.verb) for one in waiting_for(office.ctx(HEIDI))} == {
        ("person_files", 1, "run"),
        ("tasks", task.id, "close"),
    }
    office.now += timedelta(days=1)
    for change in due(office.ctx(None)):
        office.apply(change, None)
    assert not office.get(Person, LEA).active
    assert file_of(office, 2).status is Status.LEAVING, "the laptop is still out"
    assert not [*due(office.ctx(None))]
    assert office.get(Loan, 1).back_at is None
    office.do(office.get(Asset, 1), "give_back", 1)
    assert "All is back" not in open_steps(office)


def test_another_last_day_moves_what_is_to_be_done_and_staying_ends_it(office: Office) -> None:
    task = leaving(office, day=TODAY + timedelta(days=20), reason="Moves to the sea")
    office.do(file_of(office, 2), "resign", HEIDI, day=TODAY + timedelta(days=30))
    assert len(office.data.docs["tasks"]) == 1
    assert office.data.find(Step, task=task.id)[0].due == TODAY + timedelta(days=25)
    assert file_of(office, 2).reason == "Moves to the sea"
    office.do(file_of(office, 2), "reopen", HEIDI)
    stays = file_of(office, 2)
    assert (stays.ends, stays.reason, stays.status) == (None, "", Status.ACTIVE)
    assert office.get(Task, task.id).state is TaskState.VOID
    assert not office.problems()


def test_leaving_at_once_closes_the_desk_and_leaves_the_rest_open(office: Office) -> None:
    access = has_access(office, LEA)
    leaving(office, now=True)
    assert not office.get(Person, LEA).active
    assert office.get(Access, access.id).state is AccessState.GIVEN
    assert gathered(office) == {access.ref: "take it away (R)"}


def test_who_is_brought_back_in_the_directory_is_not_shut_out_again_the_next_minute(
    office: Office,
) -> None:
    task = leaving(office)
    office.now += timedelta(days=1)
    for change in due(office.ctx(None)):
        office.apply(change, None)
    assert "closed to them: first say" in str(office.why_not(file_of(office, 2), "reopen", HEIDI))
    later = {"day": office.now.date() + timedelta(days=9)}
    assert "stays closed to them until" in office.said(file_of(office, 2), "resign", HEIDI, **later)
    office.edit(office.get(Person, LEA), 1, active=True)
    assert file_of(office, 2).ends == TODAY + timedelta(days=10), "brought back until the new last day"
    office.now += timedelta(days=11)
    for change in due(office.ctx(None)):
        office.apply(change, None)
    office.edit(office.get(Person, LEA), 1, active=True)
    assert (file_of(office, 2).ends, file_of(office, 2).status) == (None, Status.ACTIVE)
    assert office.get(Task, task.id).state is TaskState.VOID
    assert not [*due(office.ctx(None))]


def test_the_only_administrator_is_not_shut_out(office: Office) -> None:
    for one in office.data.find(Person, active=True):
        office.put(one.model_copy(update={"roles": (Role.STAFF, Role.ADMIN) if one.id == LEA else (Role.STAFF,)}))
    with pytest.raises(Refused, match="only administrator"):
        leaving(office, now=True)
    leaving(office)
    assert gathered(office) == {"P-14": "give somebody else the role (e)"}
    office.now += timedelta(days=1)
    assert not [*due(office.ctx(None))]
    office.put(office.get(Person, MIA).model_copy(update={"roles": (Role.STAFF, Role.ADMIN)}))
    assert [*due(office.ctx(None))]
    assert not gathered(office)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"day": TODAY - timedelta(days=2000)}, "before the first"),
        ({"day": TODAY, "checklist": 99}, "not in use"),
    ],
)
def test_a_last_day_that_cannot_be_is_refused(office: Office, values: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        office.do(file_of(office, 2), "resign", HEIDI, **values)


def test_nothing_private_stands_in_what_is_said_or_in_the_history(office: Office) -> None:
    change_said = office.said(file_of(office, 2), "resign", HEIDI, day=TODAY, reason="Burn-out")
    assert "Burn" not in change_said
    assert "Lea" not in change_said


def test_handing_over_to_who_reports_to_them_or_left_is_refused(office: Office) -> None:
    leaving(office)
    for wrong in (LEA, 4):
        with pytest.raises(Refused, match="Somebody else who works here"):
            office.do(file_of(office, 2), "handover", HEIDI, to=wrong)


def test_what_they_are_to_approve_goes_to_who_may_and_never_to_whose_it_is(office: Office) -> None:
    for number, whose in ((50, TOM), (51, MIA)):
        office.put(Access(id=number, person=whose, system="Payroll", approver=LEA, created_by=whose, created_at=MONDAY))
    leaving(office)
    assert {"AC-50", "AC-51"} <= gathered(office).keys()
    office.do(file_of(office, 2), "handover", HEIDI, to=MIA)
    assert office.get(Access, 50).approver == MIA
    assert gathered(office) == {"AC-51": "decide it, or h on their file"}


def test_what_is_private_of_theirs_keeps_them_and_goes_to_whom_hr_says_from_the_last_day_on(office: Office) -> None:
    private = {"state": DocumentState.FILED, "privacy": Privacy.PRIVATE}
    office.put(Document(id=1, title="Diary", owner=LEA, readers=(MIA,), **private))
    office.put(Document(id=2, title="Notes", filed_by=LEA, readers=(MIA,), **private))
    office.put(Document(id=3, title="Old", filed_by=LEA, readers=(4,), **private))
    office.put(Letter(id=1, correspondent="A", subject="Quiet", owner=LEA, privacy=Privacy.PRIVATE))
    office.put(Letter(id=2, correspondent="B", subject="Of HR", owner=LEA, privacy=Privacy.HR))
    leaving(office, day=TODAY + timedelta(days=3))
    assert gathered(office).keys() == {"D-1", "D-3", "LE-1", "LE-2"}, "D-2 is seen by Mia; who may see D-3 left, too"
    assert "Diary" not in str(holdings.held_by(office.ctx(HEIDI), LEA))
    with pytest.raises(Refused, match="what is private of theirs from Thu 26 Nov on"):
        office.do(file_of(office, 2), "handover", HEIDI, to=MIA)
    office.now += timedelta(days=3)
    office.do(file_of(office, 2), "handover", HEIDI, to=MIA)
    assert [office.get(Document, one).owner for one in (1, 2, 3)] == [MIA, None, MIA]
    assert gathered(office).keys() == {"LE-2"}, "a letter of HR goes to HR alone"
    office.do(file_of(office, 2), "handover", HEIDI, to=HEIDI)
    assert not gathered(office)


def test_what_hr_sees_to_goes_to_hr_alone_and_no_case_to_whom_it_is_against(office: Office) -> None:
    office.put(Case(id=1, subject="Noise", owner=LEA, sort=Sort.DISCIPLINE, person=TOM))
    office.put(Case(id=2, subject="Late", owner=LEA, sort=Sort.DISCIPLINE, person=HEIDI))
    office.put(Incident(id=1, what="Fell", owner=LEA, state=IncidentState.OPEN, at=MONDAY))
    office.put(Opening(id=1, title="Clerk", owner=LEA, manager=LEA))
    office.put(Checklist(id=3, name="Payroll", steps="0 HR: Pay", owner=LEA))
    leaving(office)
    assert gathered(office).keys() == {"CS-1", "CS-2", "IN-1", "OP-1", "CK-3"}
    office.do(file_of(office, 2), "handover", HEIDI, to=MIA)
    assert gathered(office).keys() == {"CS-1", "CS-2", "IN-1", "OP-1"}
    assert (office.get(Opening, 1).manager, office.get(Opening, 1).owner) == (MIA, LEA)
    office.do(file_of(office, 2), "handover", HEIDI, to=HEIDI)
    assert gathered(office).keys() == {"CS-2"}


def test_who_is_not_of_hr_learns_no_leave_and_no_claim_from_why_it_cannot_be_closed(office: Office) -> None:
    office.put(LeaveType(id=1, name="Holiday"))
    office.put(LeaveEntry(id=1, person=LEA, type=1, amount=Decimal(3), on=TODAY, why=Why.OPENING, at=MONDAY, year=2026))
    task = leaving(office)
    for step in office.data.find(Step, task=task.id):
        office.do(step, "skip", HEIDI, reason="Done")
    office.do(task, "assign", HEIDI, owner=MIA)
    assert "PF-2 3 days of leave" in str(office.why_not(office.get(Task, task.id), "close", HEIDI))
    said = office.why_not(office.get(Task, task.id), "close", MIA)
    assert said == f"Still open: 1 thing; the page of {task.ref} names what is for you."


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_reasons_and_names_stay_text(office: Office, text: str) -> None:
    office.put(office.get(Asset, 1).model_copy(update={"name": clean(text)[:60] or "Thing"}))
    begun(office)
    office.do(office.get(Asset, 1), "hand_out", 1, to="TS")
    office.do(file_of(office, 2), "resign", HEIDI, day=TODAY, reason=text[:200])
    assert file_of(office, 2).reason == clean(text[:200])
    assert not office.problems()


def test_who_is_taken_out_of_the_directory_by_hand_is_seen_as_leaving_and_back_again_as_here(office: Office) -> None:
    office.edit(office.get(Person, LEA), 1, active=False)
    assert file_of(office, 2).status is Status.LEAVING
    office.put(file_of(office, 2).model_copy(update={"left_at": office.now, "status": Status.LEFT}))
    office.edit(office.get(Person, LEA), 1, active=True)
    assert (file_of(office, 2).ends, file_of(office, 2).status) == (None, Status.ACTIVE)


def test_check_tells_of_somebody_who_left_and_is_let_in_and_of_a_last_day_before_the_first(office: Office) -> None:
    assert not office.problems()
    office.put(file_of(office, 2).model_copy(update={"left_at": MONDAY, "ends": TODAY, "status": Status.LEFT}))
    office.put(file_of(office, 1).model_copy(update={"ends": TODAY - timedelta(days=1), "status": Status.LEAVING}))
    said = " ".join(office.problems())
    assert "PF-2: Left: P-14 still works here" in said
    assert "PF-1: Last day: it is before the first." in said


def test_every_state_in_which_something_waits_is_one_of_its_kind() -> None:
    asked = [(collection, (state,)) for collection, state in holdings._ASKED]
    for collection, states in [*((one[0], one[2]) for one in holdings._SEEN_TO), *asked]:
        assert set(states) <= areas.kind(collection).states.keys()
