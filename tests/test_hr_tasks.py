"""HR tasks: checklists become tasks, tasks are as far as their steps say, whoever changes these."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui.models.base import PROSE_MAX, Change, Refused, Waiting
from botui.models.hr import running
from botui.models.hr.checklist_text import items
from botui.models.hr.checklist_usual import USUAL, usual
from botui.models.hr.person_file import PersonFile
from botui.models.hr.task import Checklist, State, Step, StepState, Task, TaskKind, Who
from botui.models.hr.task_waiting import waiting_for
from botui.models.office import Department, Person, Role
from tests.rules import Office

HEIDI, MIA, TOM = 11, 12, 13
TEXT = (
    "-5 HR: Contract signed\n0 clerk: Laptop handed out (asset)\n0 Bob Baker: Desk\n\n+30 manager: First talk, optional"
)


@pytest.fixture
def office() -> Office:
    """An office with somebody of HR, a manager and a starter in her department."""
    office = Office()
    office.put(Department(id=5, name="Sales", manager=MIA))
    office.put(Person(id=HEIDI, name="Heidi Human", initials="HH", roles=(Role.STAFF, Role.HR)))
    office.put(Person(id=MIA, name="Mia Manager", initials="MM", roles=(Role.STAFF, Role.MANAGER)))
    office.put(Person(id=TOM, name="Tom Starter", initials="TS", department=5))
    return office


def begun(office: Office, text: str = TEXT, **values: Any) -> Task:
    """Return the task of a checklist that was run for Tom with today as day 0."""
    one = office.add(Checklist, HEIDI, name=f"List {len(office.data.docs.get('checklists', ()))}", steps=text, **values)
    office.do(one, "run", HEIDI, person=TOM)
    return office.get(Task, max(office.data.docs["tasks"]))


def steps(office: Office, task: Task) -> list[Step]:
    """Return the steps of a task in their order."""
    return sorted(office.data.find(Step, task=task.id), key=lambda one: one.place)


# --- the lines of a checklist -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "days", "who", "name", "text", "required", "want"),
    [
        ("-5 HR: Contract signed", -5, "hr", "", "Contract signed", True, None),
        ("0 clerk: Laptop handed out (asset)", 0, "clerk", "", "Laptop handed out", True, "asset"),
        ("+30 manager: First talk, optional", 30, "manager", "", "First talk", False, None),
        ("+3 person: Policies read, optional (policy)", 3, "person", "", "Policies read", False, "policy"),
        ("7 the person: Badge (BADGE), optional", 7, "person", "", "Badge", False, "badge"),
        ("Welcome", 0, "hr", "", "Welcome", True, None),
        ("  2   administrator :  Accounts  ", 2, "admin", "", "Accounts", True, None),
        ("24/7 phone tested", 0, "hr", "", "24/7 phone tested", True, None),
        (
            "1 Bob Baker: Talk (about all that matters)",
            1,
            "hr",
            "Bob Baker",
            "Talk (about all that matters)",
            True,
            None,
        ),
    ],
)
def test_a_line_says_when_whose_what_and_what_ticks_it(
    line: str, days: int, who: str, name: str, text: str, required: bool, want: str | None
) -> None:
    (one,) = items(line)
    assert (one.days, one.who, one.name, one.text, one.required, one.want) == (days, who, name, text, required, want)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "at least one step"),
        ("\n \n", "at least one step"),
        ("Good\n\n-3 HR:", "Line 3: it does not say what"),
        ("+401 HR: Late", "Line 1: 401 days are too far"),
        ("999999 HR: Late", "Line 1: 999999 days are too far"),
        ("0 clerk: Laptop (assset)", r"Line 1: nothing ticks a step by \(assset\); there is: asset, key"),
        ("HR: " + "x" * 81, "Line 1: it is longer than 80"),
        ("x\n" * 61, "at most 60 steps"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_with_its_number_and_why(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why) as refused:
        items(text)
    assert "steps" in refused.value.fields


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_whatever_is_typed_as_a_line_is_read_or_refused_in_words(text: str) -> None:
    try:
        found = items(text)
    except Refused as error:
        found, said = [], str(error)
    else:
        said = "."
    assert said.endswith((".", "?"))
    assert all(one.text and abs(one.days) <= 400 for one in found)


def test_the_usual_checklists_can_be_read_and_each_is_of_another_kind() -> None:
    assert [len(items(one.steps)) > 5 for one in USUAL] == [True] * len(USUAL)
    assert len({one.kind for one in USUAL}) == len(USUAL)


def test_a_line_for_somebody_who_does_not_work_here_is_refused(office: Office) -> None:
    for name in ("Dan Gone", "Nobody", "Sales"):
        with pytest.raises(Refused, match=f"Line 1: '{name}' is neither one of hr"):
            office.add(Checklist, HEIDI, name="List", steps=f"0 {name}: Do it")


# --- tasks ------------------------------------------------------------------------------------------------------------


def test_a_checklist_becomes_a_task_whose_steps_have_a_day_and_somebody(office: Office) -> None:
    task = begun(office)
    assert (task.title, task.person, task.state, task.open_steps) == ("List 0", TOM, State.OPEN, 3)
    today = office.ctx().today
    assert [(one.text, one.owner, one.due, one.required) for one in steps(office, task)] == [
        ("Contract signed", None, today - timedelta(days=5), True),
        ("Laptop handed out", None, today, True),
        ("Desk", 2, today, True),
        ("First talk", MIA, today + timedelta(days=30), False),
    ]
    assert task.next_due == today - timedelta(days=5)
    assert task.helpers == (2, MIA)
    assert task.roles == (Who.CLERK,)
    assert office.problems() == []


def test_a_task_is_as_far_as_its_steps_say_and_closed_only_when_nothing_required_is_open(office: Office) -> None:
    task = begun(office)
    first, second, third, talk = steps(office, task)
    assert office.said(first, "tick", HEIDI) == f"{first.ref} is done; 2 of 4 steps left."
    assert office.get(Task, task.id).state is State.DOING
    assert office.why_not(task, "close", HEIDI) == f"{second.ref} Laptop handed out and 1 other to be done first."
    assert office.why_not(second, "skip", office.ANN) == "This step is required: only HR leaves it out."
    office.do(second, "skip", HEIDI, reason="has one")
    office.do(third, "tick", office.BOB)
    task = office.get(Task, task.id)
    assert (task.state, task.open_steps, task.next_due) == (State.DONE, 0, None)
    office.do(task, "close", HEIDI)
    assert office.get(Step, talk.id).over
    assert office.why_not(talk, "tick", MIA) == f"{task.ref} is closed."
    assert office.problems() == []
    office.do(task, "reopen", HEIDI)
    assert office.get(Task, task.id).state is State.DONE
    office.do(first, "reopen", HEIDI)
    assert office.get(Task, task.id).state is State.DOING
    office.do(task, "void", HEIDI, reason="he does not come")
    assert office.problems() == []


def test_what_is_ticked_meanwhile_stays_ticked_where_another_tick_is_taken_back(office: Office) -> None:
    task = begun(office)
    first, second, third, _ = steps(office, task)
    office.do(first, "tick", HEIDI)
    back = Change("desk.undo").set(office.get(Step, first.id), state=StepState.OPEN, done_at=None, done_by=None)
    back.set(office.get(Task, task.id), state=State.OPEN, open_steps=3, next_due=first.due)
    for one in (second, third):
        office.do(one, "tick", office.ANN)
    stale = back.puts["tasks", task.id]
    stale.was = {"state": "doing", "open_steps": 2, "next_due": second.due}
    office.apply(back, HEIDI)
    now = office.get(Task, task.id)
    assert (now.state, now.open_steps) == (State.DOING, 1)
    assert office.problems() == []


@given(st.lists(st.tuples(st.sampled_from(["tick", "skip", "reopen", "add", "edit", "remove"]), st.integers(0, 5))))
@settings(max_examples=40, deadline=None)
def test_whatever_is_done_with_its_steps_a_task_says_what_they_say(done: list[tuple[str, int]]) -> None:
    office = Office()
    office.put(Person(id=HEIDI, name="Heidi Human", initials="HH", roles=(Role.STAFF, Role.HR)))
    office.put(Person(id=TOM, name="Tom Starter", initials="TS"))
    task = begun(office, "-1 HR: One\n0 clerk: Two, optional\n+2 person: Three")
    for verb, place in done:
        there = steps(office, task)
        one = there[place % len(there)] if there else None
        if verb == "add":
            office.add(Step, HEIDI, task=task.id, text="More", required=place % 2 == 0)
        elif one is not None and verb == "edit":
            office.edit(one, HEIDI, required=not one.required)
        elif one is not None and verb == "remove":
            office.apply(Change("steps.remove").remove(one), HEIDI)
        elif one is not None and not office.why_not(one, verb, HEIDI):
            office.do(one, verb, HEIDI, **({"reason": "so"} if verb == "skip" else {}))
        required = [one for one in steps(office, task) if one.required and one.state is StepState.OPEN]
        assert office.get(Task, task.id).open_steps == len(required)
        assert office.problems() == []


def test_a_step_can_be_given_to_somebody_noted_on_and_added(office: Office) -> None:
    task = begun(office)
    first, *_ = steps(office, task)
    assert office.said(first, "assign", HEIDI, owner=office.CLEO) == f"{first.ref} is Cleo Cole's now."
    with pytest.raises(Refused, match="does not work here any more"):
        office.do(first, "assign", HEIDI, owner=4)
    noted = office.do(first, "note", HEIDI, text="twice asked")
    assert noted.note == "2026-11-23 HH: twice asked"
    new = office.add(Step, HEIDI, task=task.id, text="Parking", who=Who.MANAGER)
    assert (new.place, new.owner, new.person) == (5, MIA, TOM)
    assert office.get(Task, task.id).open_steps == 4
    edited = office.edit(new, HEIDI, who=Who.HR, required=False)
    assert edited.owner is None
    assert office.get(Task, task.id).open_steps == 3
    with pytest.raises(Refused, match="stays in its task"):
        office.edit(new, HEIDI, task=begun(office).id)
    assert office.problems() == []


def test_whoever_sees_to_a_task_sees_its_steps_and_may_leave_them_out(office: Office) -> None:
    task = office.do(begun(office), "assign", HEIDI, owner=MIA)
    assert {one.lead for one in steps(office, task)} == {MIA}
    office.do(steps(office, task)[0], "skip", MIA, reason="signed long ago")
    assert office.problems() == []


def test_a_task_without_steps_is_closed_by_who_sees_to_it(office: Office) -> None:
    task = office.add(Task, HEIDI, title="Ask for the tax number", kind=TaskKind.PAYROLL, owner=MIA)
    assert office.do(task, "close", MIA).state is State.CLOSED
    with pytest.raises(Refused, match="HR-1 is closed"):
        office.add(Step, HEIDI, task=task.id, text="Too late")


# --- what waits -------------------------------------------------------------------------------------------------------


def waiting(office: Office, by: int) -> list[Waiting]:
    """Return what of HR tasks waits for somebody."""
    return [*waiting_for(office.ctx(by))]


def test_what_waits_is_the_own_part_of_a_checklist_with_the_key_that_does_it(office: Office) -> None:
    begun(office)
    (clerk,) = waiting(office, office.ANN)
    assert (clerk.what, clerk.why, clerk.verb) == ("Laptop handed out: Tom Starter", "due today", "tick")
    assert [one.what for one in waiting(office, office.BOB)] == ["Desk: Tom Starter", "Laptop handed out: Tom Starter"]
    assert [one.what for one in waiting(office, HEIDI)] == ["Contract signed: Tom Starter"]
    assert waiting(office, MIA) == [], "a talk in thirty days is not for this week"
    assert waiting(office, TOM) == []


def test_of_many_steps_for_a_role_the_first_is_told_and_how_many_follow(office: Office) -> None:
    begun(office, "HR: One\n+1 HR: Two\n-2 HR: Zero")
    (one,) = waiting(office, HEIDI)
    assert one.what == "Zero: Tom Starter"
    assert one.why == "late since Sat 21 Nov; 2 more"


# --- runs by itself ---------------------------------------------------------------------------------------------------


def run_clock(office: Office) -> list[str]:
    """Let time do what is due with checklists; return what it says."""
    said = []
    while change := next(running.due(office.ctx(None)), None):
        said.append(office.apply(change, None).said)
    return said


def test_a_monthly_checklist_runs_once_for_each_month_so_many_days_ahead(office: Office) -> None:
    values = {
        "name": "Payroll",
        "kind": TaskKind.PAYROLL,
        "steps": "-5 HR: Check",
        "every": "monthly on 28",
        "ahead": 7,
    }
    one = office.add(Checklist, HEIDI, **values)
    assert one.next_on == date(2026, 11, 28)
    assert run_clock(office) == ["HR-1 is there: CK-1, for 2026-11-28."]
    assert run_clock(office) == []
    assert (steps(office, office.get(Task, 1))[0].due, office.get(Task, 1).day) == (
        date(2026, 11, 23),
        date(2026, 11, 28),
    )
    office.now += timedelta(days=60)
    assert run_clock(office) == ["HR-2 is there: CK-1, for 2026-12-28.", "HR-3 is there: CK-1, for 2027-01-28."]
    assert office.get(Task, 3).title == "Payroll, January 2027"
    assert office.problems() == []


def test_a_checklist_out_of_use_does_not_run_and_does_not_catch_up(office: Office) -> None:
    one = office.add(Checklist, HEIDI, name="Weekly", steps="HR: Look", every="weekly on tue")
    one = office.do(one, "pause", HEIDI)
    office.now += timedelta(days=30)
    assert run_clock(office) == []
    assert office.why_not(one, "run", HEIDI) == "It is not in use: i takes it into use again."
    one = office.do(one, "pause", HEIDI)
    assert one.next_on == date(2026, 12, 29)
    assert office.problems() == []


def test_where_who_is_named_left_hr_does_what_comes_by_itself_and_nothing_stops(office: Office) -> None:
    office.add(Checklist, HEIDI, name="Weekly", steps="TS: Look\nMia Manager: See", every="weekly on tue", owner=TOM)
    office.put(office.get(Person, TOM).model_copy(update={"active": False}))
    office.now += timedelta(days=1)
    assert len(run_clock(office)) == 1
    assert (office.get(Task, 1).owner, [one.owner for one in steps(office, office.get(Task, 1))]) == (None, [None, MIA])
    assert steps(office, office.get(Task, 1))[0].who is Who.HR
    with pytest.raises(Refused, match="'TS' is neither"):
        office.do(office.get(Checklist, 1), "run", HEIDI)
    assert office.problems() == []


def test_a_checklist_with_another_rule_does_not_run_twice_for_a_day(office: Office) -> None:
    one = office.add(Checklist, HEIDI, name="Daily", steps="HR: Look", every="daily")
    assert len(run_clock(office)) == 1
    one = office.edit(one, HEIDI, every="weekly on mon")
    assert one.next_on == date(2026, 11, 30)
    with pytest.raises(Refused, match="I cannot read"):
        office.edit(one, HEIDI, every="now and then")


def test_the_usual_checklists_come_with_the_first_file_and_by_need(office: Office) -> None:
    assert [*usual(office.ctx(None))] == []
    office.put(PersonFile(id=1, person=TOM))
    (change,) = usual(office.ctx(None))
    office.apply(change, None)
    assert [*usual(office.ctx(None))] == []
    assert office.get(Checklist, 3).next_on == date(2026, 11, 25)
    again = Change("tasks.add")
    assert running.of_kind(office.ctx(), again, TaskKind.ONBOARDING).name == "Onboarding"
    assert again.puts == {}
    with pytest.raises(Refused, match="No checklist of the kind 'discipline' is in use"):
        running.of_kind(office.ctx(), again, TaskKind.DISCIPLINE)
    assert office.problems() == []


def test_what_a_task_says_can_be_changed_but_not_what_follows(office: Office) -> None:
    task = office.edit(begun(office), HEIDI, title="Start of Tom", owner=MIA, kind=TaskKind.OTHER, state=State.DONE)
    assert (task.title, task.owner, task.state) == ("Start of Tom", MIA, State.OPEN)
    assert {one.lead for one in steps(office, task)} == {MIA}
    with pytest.raises(Refused, match="Dan Gone does not work here any more"):
        office.edit(task, HEIDI, owner=4)
    noted = office.do(task, "note", HEIDI, text="begins later")
    assert noted.note == "2026-11-23 HH: begins later"
    with pytest.raises(Refused, match="The note is full"):
        office.do(office.edit(noted, HEIDI, note="x" * (PROSE_MAX - 5)), "note", HEIDI, text="one more line")


@pytest.mark.parametrize(
    ("table", "values", "says"),
    [
        ("tasks", {"open_steps": 1}, "HR-1: open_steps: not what its steps say."),
        ("tasks", {"closed_at": "2026-11-20T09:00:00Z"}, "HR-1: State: not begun, and it says otherwise when"),
        ("steps", {"lead": 2}, "HS-1: it does not say of its task what HR-1 says."),
        ("steps", {"state": "done"}, "HS-1: State: done, and it says otherwise when that was."),
        ("checklists", {"steps": "0 HR: x (nothing)"}, "CK-1: Steps: Line 1: nothing ticks a step by (nothing)"),
        ("checklists", {"next_on": "2026-12-01"}, "CK-1: Next for: it does not run by itself."),
    ],
)
def test_what_another_program_wrote_into_tasks_is_told(
    office: Office, table: str, values: dict[str, Any], says: str
) -> None:
    begun(office)
    office.data.docs[table][1] |= values
    assert any(one.startswith(says) for one in office.problems()), office.problems()
