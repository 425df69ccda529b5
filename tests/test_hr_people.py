"""People's files: who has one, what stands in it, who reports to whom, how somebody stands; pay, benefits, changes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui import areas
from botui.models.base import Change, Refused
from botui.models.hr import amending, pay_filing, person_status, person_waiting
from botui.models.hr.amendment import Amendment, State
from botui.models.hr.benefit import Benefit
from botui.models.hr.employing import hire
from botui.models.hr.leave import Absence
from botui.models.hr.pay import Pay
from botui.models.hr.person_file import Employment, PersonFile, Status, weekdays
from botui.models.hr.position import Position
from botui.models.hr.reporting_lines import manager
from botui.models.office import Department, Person, Role
from botui.models.office.choices import Presence
from botui.models.records.document import Document, Privacy
from botui.models.records.document import State as Paper
from tests.rules import MONDAY, Office

TODAY = date(2026, 11, 23)
ANN, BOB, CLEO, GONE, HANNA, HUGO = 1, 2, 3, 4, 5, 6


@pytest.fixture
def office() -> Office:
    """An office with two people of HR."""
    office = Office()
    office.put(Person(id=HANNA, name="Hanna Human", initials="HH", roles=(Role.STAFF, Role.HR)))
    office.put(Person(id=HUGO, name="Hugo Human", initials="HU", roles=(Role.STAFF, Role.HR)))
    return office


def file(office: Office, person: int = CLEO, **values: Any) -> PersonFile:
    return office.add(PersonFile, HANNA, person=person, **values)


def go(office: Office, day: date, *parts: Any) -> list[str]:
    """Let it be noon of a day, and time do its work."""
    office.now = MONDAY.replace(year=day.year, month=day.month, day=day.day, hour=11)
    return [office.apply(one, None).action for part in parts for one in part(office.ctx(None))]


def refused(office: Office, model: type[Any], by: int = HANNA, **values: Any) -> Refused:
    with pytest.raises(Refused) as no:
        office.add(model, by, **values)
    assert office.problems() == []
    return no.value


# --- files and who reports to whom ------------------------------------------------------------------------------------


def test_each_person_has_one_file_and_an_employee_number_that_nobody_else_has(office: Office) -> None:
    one = file(office, number="E-7", starts=TODAY)
    assert (one.status, one.created_by) == (Status.ACTIVE, HANNA)
    assert "person" in refused(office, PersonFile, person=CLEO).fields
    assert "number" in refused(office, PersonFile, person=BOB, number="E-7").fields
    assert "person" in refused(office, PersonFile, person=GONE).fields
    other = file(office, BOB)
    with pytest.raises(Refused, match="is somebody else's"):
        office.edit(other, HANNA, number="E-7")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"manager": CLEO}, "manager"),
        ({"manager": GONE}, "manager"),
        ({"starts": TODAY, "probation_ends": TODAY - timedelta(days=1)}, "probation_ends"),
        ({"starts": TODAY, "fixed_until": TODAY - timedelta(days=1)}, "fixed_until"),
        ({"starts": TODAY, "born": TODAY}, "born"),
        ({"week_days": "someday"}, "week_days"),
        ({"week_hours": "-1"}, "week_hours"),
        ({"position": 1}, "position"),
    ],
)
def test_what_does_not_fit_is_refused_beside_its_field(office: Office, values: dict[str, Any], field: str) -> None:
    office.put(Position(id=1, name="Typist", active=False))
    assert field in refused(office, PersonFile, person=CLEO, **values).fields


def test_nobody_reports_in_a_circle_be_it_by_file_by_department_or_by_a_change_to_come(office: Office) -> None:
    office.put(Department(id=1, name="IT", manager=ANN))
    office.put(office.get(Person, BOB).model_copy(update={"department": 1}))
    file(office, BOB)
    file(office, CLEO, manager=BOB)
    assert [manager(office.ctx(), one) for one in (CLEO, BOB, ANN)] == [BOB, ANN, None]
    for boss in (BOB, CLEO):
        assert "round in a circle" in str(refused(office, PersonFile, person=ANN, manager=boss))
    ann = file(office, ANN)
    with pytest.raises(Refused, match="round in a circle"):
        office.do(ann, "amend", HANNA, on=TODAY + timedelta(days=9), manager=CLEO)
    office.put(office.get(Person, BOB).model_copy(update={"active": False}))
    assert manager(office.ctx(), CLEO) is None, "who left manages nobody"
    with pytest.raises(Refused, match="round in a circle"):
        office.edit(next(one for one in office.data.find(PersonFile) if one.person == BOB), HANNA, manager=CLEO)
    assert not office.problems()


def test_nobody_changes_what_was_agreed_with_themselves_but_their_address(office: Office) -> None:
    own = file(office, HANNA)
    assert office.edit(own, HANNA, address="Quay 1").address == "Quay 1"
    with pytest.raises(Refused, match="somebody else of HR"):
        office.edit(own, HANNA, week_hours=Decimal(30))
    assert office.why_not(own, "amend", HANNA)
    assert "person" in refused(office, Pay, person=HANNA, starts=TODAY, amount="9000").fields
    assert office.edit(own, HUGO, week_hours=Decimal(30)).week_hours == 30


def test_who_is_taken_on_is_in_the_directory_and_out_until_the_first_day(office: Office) -> None:
    change = Change("candidates.hire")
    person, made = hire(
        office.ctx(HANNA),
        change,
        name="Nora New",
        job="Clerk",
        starts=TODAY + timedelta(days=7),
        manager=BOB,
        employment=Employment.PART_TIME,
        address="Lane 2",
    )
    office.apply(change, HANNA)
    assert (person.initials, office.get(Person, person.id).presence) == ("NN", Presence.OUT)
    assert office.get(PersonFile, made.id) == made
    assert (made.status, made.manager, made.address) == (Status.ONBOARDING, BOB, "Lane 2")
    assert office.problems() == []


@given(st.sets(st.integers(0, 6), min_size=1))
@settings(max_examples=40, deadline=None)
def test_days_of_the_week_are_read_as_they_are_written(days: set[int]) -> None:
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    assert weekdays(", ".join(names[day] for day in sorted(days))) == days


# --- how somebody stands ----------------------------------------------------------------------------------------------


def test_how_somebody_stands_follows_from_dates_and_leave_and_nobody_types_it(office: Office) -> None:
    one = file(office, starts=TODAY + timedelta(days=1))
    assert one.status is Status.ONBOARDING
    assert go(office, TODAY, person_status.due) == []
    assert go(office, TODAY + timedelta(days=1), person_status.due) == ["person_files.status"]
    assert office.get(PersonFile, one.id).status is Status.ACTIVE
    away = Absence(id=1, person=CLEO, starts=TODAY + timedelta(days=3), ends=TODAY + timedelta(days=4), leave=1)
    office.apply(Change("leave.approve").add(away))
    assert office.get(PersonFile, one.id).status is Status.ACTIVE
    go(office, TODAY + timedelta(days=4), person_status.due)
    assert office.get(PersonFile, one.id).status is Status.ON_LEAVE
    office.apply(Change("leave.cancel").remove(office.get(Absence, 1)))
    assert office.get(PersonFile, one.id).status is Status.ACTIVE, "leave that is cancelled is none at once"
    office.apply(Change("person_files.resign").set(office.get(PersonFile, one.id), ends=TODAY + timedelta(days=9)))
    assert office.get(PersonFile, one.id).status is Status.LEAVING
    ended = Change("tasks.close").set(office.get(PersonFile, one.id), left_at=office.now)
    office.apply(ended.set(office.get(Person, CLEO), active=False))
    assert office.get(PersonFile, one.id).status is Status.LEFT
    assert office.why_not(one, "amend", HANNA) == "They have left."
    assert office.problems() == []


# --- pay and benefits -------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 60), min_size=1, max_size=6, unique=True), st.data())
@settings(max_examples=30, deadline=None)
def test_somebody_is_paid_by_one_entry_on_every_day_from_the_first_on(starts: list[int], data: Any) -> None:
    office = Office()
    office.put(PersonFile(id=1, person=CLEO, status=Status.ACTIVE))
    day_of = {gap: TODAY + timedelta(days=gap) for gap in starts}
    made = {gap: office.add(Pay, BOB, person=CLEO, starts=day, amount=1000 + gap) for gap, day in day_of.items()}
    later = [gap for gap in starts if gap > 0]
    gone = data.draw(st.sampled_from(later)) if later else None
    if gone is not None:
        office.do(made[gone], "cancel", BOB)
    counts = sorted(gap for gap in starts if gap != gone)
    for gap in range(70):
        day = TODAY + timedelta(days=gap)
        then = pay_filing.in_force(office.ctx(), CLEO, day)
        kept = [one for one in office.data.find(Pay, cancelled_at=None) if one.starts <= day <= (one.ends or date.max)]
        expected = max((one for one in counts if one <= gap), default=None)
        assert [one.amount for one in kept] == ([1000 + expected] if expected is not None else [])
        assert (then.amount if then else None) == (1000 + expected if expected is not None else None)
    assert office.problems() == []


def test_pay_needs_a_file_begins_with_the_work_and_stays_once_it_has_begun(office: Office) -> None:
    assert "person" in refused(office, Pay, person=CLEO, starts=TODAY, amount="3000").fields
    file(office, starts=TODAY)
    assert "starts" in refused(office, Pay, person=CLEO, starts=TODAY - timedelta(days=1), amount="3000").fields
    for amount in ("0", "-5", "1e99", "NaN"):
        assert "amount" in refused(office, Pay, person=CLEO, starts=TODAY, amount=amount).fields
    one = office.add(Pay, HANNA, person=CLEO, starts=TODAY, amount="3000")
    assert "starts" in refused(office, Pay, person=CLEO, starts=TODAY, amount="3100").fields
    assert office.why_not(one, "cancel", HANNA) == "It has begun: file what is paid from now on."
    said = office.said(office.add(Pay, HANNA, person=CLEO, starts=date(2027, 3, 1), amount="3333"), "cancel", HANNA)
    assert "3333" not in said, "the status line of a shared desk says no amount"


def test_nobody_is_in_the_same_plan_twice_at_once(office: Office) -> None:
    file(office)
    one = office.add(Benefit, HANNA, person=CLEO, plan="Pension", starts=TODAY, cost="80")
    assert "plan" in refused(office, Benefit, person=CLEO, plan="pension", starts=TODAY + timedelta(days=30)).fields
    assert office.do(one, "close", HANNA).ends == date(2026, 11, 30)
    office.add(Benefit, HANNA, person=CLEO, plan="Pension", starts=date(2026, 12, 1))
    assert "ends" in refused(office, Benefit, person=CLEO, plan="Bus", starts=TODAY, ends=date(2026, 1, 1)).fields
    assert office.problems() == []


# --- changes of files -------------------------------------------------------------------------------------------------


def test_a_change_from_a_day_on_is_made_on_its_day_in_file_and_directory(office: Office) -> None:
    one = file(office, week_hours=Decimal(40))
    first = date(2027, 3, 1)
    said = office.said(one, "amend", HANNA, on=first, week_hours="30", job="Head of post", department=2)
    assert said == "AM-1: the file of Cleo Cole changes Mon 1 Mar."
    assert go(office, first - timedelta(days=1), amending.due) == []
    assert office.get(PersonFile, one.id).week_hours == 40
    assert go(office, first, amending.due) == ["amendments.make"]
    assert office.get(PersonFile, one.id).week_hours == 30
    assert (office.get(Person, CLEO).job, office.get(Person, CLEO).department) == ("Head of post", 2)
    assert office.get(Amendment, 1).state is State.DONE
    assert go(office, first, amending.due) == [], "once"
    assert office.problems() == []


def test_a_change_that_does_not_fit_on_its_day_is_left_to_hr_with_the_reason(office: Office) -> None:
    one = file(office)
    office.do(one, "amend", HANNA, on=TODAY + timedelta(days=2), manager=BOB)
    office.put(office.get(Person, BOB).model_copy(update={"active": False}))
    assert go(office, TODAY + timedelta(days=3), amending.due, amending.due) == ["amendments.trouble"]
    (waits,) = person_waiting.waiting_for(office.ctx(HANNA))
    assert waits.why == "could not be made: Bob Baker does not work here: choose another manager."
    assert [*person_waiting.waiting_for(office.ctx(CLEO))] == []


def test_a_person_asks_for_a_change_and_another_of_hr_agrees(office: Office) -> None:
    file(office)
    wish = office.add(Amendment, CLEO, text="I moved", address="Quay 9")
    assert (wish.person, wish.state) == (CLEO, State.ASKED)
    (waits,) = person_waiting.waiting_for(office.ctx(HANNA))
    assert (waits.verb, waits.why) == ("approve", "asked for by Cleo Cole")
    assert [one.state for one in person_waiting.asked(office.ctx(CLEO))] == ["asked for"]
    assert office.said(wish, "approve", HANNA) == "AM-1 is made."
    assert office.get(PersonFile, 1).address == "Quay 9"
    assert [*person_waiting.waiting_for(office.ctx(HANNA))] == []
    own = file(office, HANNA)
    raise_ = office.add(Amendment, HANNA, week_hours="20")
    assert office.why_not(raise_, "approve", HANNA) == "Nobody approves their own request."
    assert [*person_waiting.waiting_for(office.ctx(HANNA))] == []
    office.do(raise_, "refuse", HUGO, reason="not now")
    assert [one.state for one in person_waiting.asked(office.ctx(HANNA))] == ["refused: not now"]
    assert office.get(PersonFile, own.id).week_hours is None


def test_a_change_is_asked_for_oneself_says_something_and_is_taken_back_by_who_asked(office: Office) -> None:
    file(office)
    assert "person" in refused(office, Amendment, BOB, person=CLEO, text="x").fields
    assert "person" in refused(office, Amendment, BOB, text="x").fields, "of whom HR has no file"
    assert "text" in refused(office, Amendment, CLEO).fields
    assert "manager" in refused(office, Amendment, CLEO, manager=CLEO).fields
    wish = office.add(Amendment, CLEO, text="My name is misspelt")
    assert office.why_not(wish, "cancel", BOB) == "HR has agreed: ask them."
    assert office.do(wish, "cancel", CLEO).state is State.CANCELLED


# --- what ends --------------------------------------------------------------------------------------------------------


def test_a_person_and_hr_are_told_thirty_days_ahead_of_papers_until_a_newer_one_is_there(office: Office) -> None:
    file(office, probation_ends=TODAY + timedelta(days=20), starts=date(2026, 6, 1))
    paper = {"title": "Work permit", "privacy": Privacy.HR, "person": CLEO, "state": Paper.FILED}
    office.put(Document(id=1, ends_on=TODAY + timedelta(days=31), **paper))
    assert [*person_waiting.waiting_for(office.ctx(CLEO))] == []
    office.now = datetime.combine(TODAY + timedelta(days=1), office.now.timetz())
    assert [one.why for one in person_waiting.waiting_for(office.ctx(CLEO))] == ["yours; ends Thu 24 Dec"]
    assert [one.why for one in person_waiting.waiting_for(office.ctx(HANNA))] == [
        "probation ends Sun 13 Dec",
        "of Cleo Cole; ends Thu 24 Dec",
    ]
    office.put(office.get(Person, CLEO).model_copy(update={"active": False}))
    assert len([*person_waiting.waiting_for(office.ctx(HANNA))]) == 1, "no paper of who left is looked for"
    office.put(office.get(Person, CLEO).model_copy(update={"active": True}))
    office.put(Document(id=2, ends_on=TODAY + timedelta(days=400), **paper))
    assert [*person_waiting.waiting_for(office.ctx(CLEO))] == []
    assert [*person_waiting.waiting_for(office.ctx(BOB))] == []


def test_a_contract_that_ends_is_told_also_where_the_probation_is_long_over(office: Office) -> None:
    file(office, probation_ends=date(2026, 6, 1), fixed_until=TODAY + timedelta(days=9), starts=date(2026, 1, 1))
    assert [one.why for one in person_waiting.waiting_for(office.ctx(HANNA))] == ["contract ends Wed 2 Dec"]
    ending = next(view for view in areas.kind("person_files").views if view.name == "ending")
    assert len(office.data.listed(PersonFile, ending.where(office.ctx(HANNA)))) == 1


def test_what_another_program_wrote_is_told_by_check(office: Office) -> None:
    office.put(PersonFile(id=1, person=BOB, number="7", manager=CLEO, status=Status.ACTIVE))
    office.put(PersonFile(id=2, person=CLEO, number="7", manager=BOB, status=Status.LEFT))
    office.put(Pay(id=1, person=BOB, starts=TODAY, amount=Decimal(1)))
    office.put(Pay(id=2, person=BOB, starts=TODAY + timedelta(days=5), amount=Decimal(1), ends=TODAY))
    said = "\n".join(office.problems())
    for part in ("PF-1 has 7, too", "go round in a circle", "PF-2: Status", "PG-1: Until", "PG-2: Until"):
        assert part in said
