"""The shapes of HR tasks, the steps in them, and the checklists they are made of."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Final

from pydantic import Field, field_validator

from botui.models import calendar
from botui.models.base import Choice, Line, Prose, Record, Ui, When
from botui.models.office import Name, Numbers


class TaskKind(Choice):
    """What a task is of."""

    ONBOARDING = "onboarding", "onboarding"
    OFFBOARDING = "offboarding", "offboarding"
    TRAINING = "training", "training"
    COMPLIANCE = "compliance", "compliance"
    REVIEW = "review", "review"
    RECRUITMENT = "recruitment", "recruitment"
    PAYROLL = "payroll", "payroll"
    BENEFITS = "benefits", "benefits"
    DISCIPLINE = "discipline", "discipline"
    OTHER = "other", "other"


PRIVATE: Final = frozenset({TaskKind.RECRUITMENT, TaskKind.PAYROLL, TaskKind.BENEFITS, TaskKind.DISCIPLINE})
"""Tasks that whom they are about does not see."""


class State(Choice):
    """How far a task is: computed from its steps, but for what is closed or not needed any more."""

    OPEN = "open", "not begun"
    DOING = "doing", "under way"
    DONE = "done", "all done"
    CLOSED = "closed", "closed"
    VOID = "void", "not needed"


PENDING: Final = frozenset({State.OPEN, State.DOING, State.DONE})
"""States in which somebody still has to do something, and be it to close it."""


class Who(Choice):
    """Whose a step is, by what they are to the task; a named person may be it instead."""

    HR = "hr", "HR"
    PERSON = "person", "the person"
    MANAGER = "manager", "manager"
    CLERK = "clerk", "clerk"
    FINANCE = "finance", "finance"
    ADMIN = "admin", "administrator"


class Task(Record):
    """A promise with an owner and a day: hire, train, pay, review, let go.

    Attributes:
        person: whom it is about; ``owner``: who sees to it, somebody of HR where nobody is named.
        day: day 0, from which the days of its steps are counted; ``due``: by when all is done (of steps the last).
        helpers: people who have a step in it; ``roles``: roles that have one; both follow from the steps.
        open_steps, next_due: how many required steps are open, and by when the first of them is due; both follow.
        checklist: what it was made of; ``about``: the reference of another record it is for.
    """

    COLLECTION: ClassVar[str] = "tasks"

    title: Annotated[Name, Ui(label="Task", column=28)]
    kind: Annotated[TaskKind, Ui(label="Kind", column=11, batch=True)] = TaskKind.OTHER
    person: Annotated[int | None, Ui(label="About whom", column=16, ref="people")] = None
    owner: Annotated[int | None, Ui(label="Who sees to it", column=14, wide=True, ref="people", batch=True)] = None
    due: Annotated[date | None, Ui(label="Due", column=10)] = None
    about: Annotated[Line, Field(max_length=40), Ui(label="Belongs to", names=True, help="Such as CD-3 or D-12.")] = ""
    note: Annotated[Prose, Ui(label="Note", rows=3, help="Everybody who has a step in it reads this.")] = ""

    state: Annotated[State, Ui(label="State", column=10, form=False)] = State.OPEN
    day: Annotated[date | None, Ui(label="Day 0", form=False)] = None
    checklist: Annotated[int | None, Ui(label="Checklist", ref="checklists", form=False)] = None
    helpers: Annotated[Numbers, Ui(label="Who has a step", ref="people", form=False)] = ()
    roles: Annotated[tuple[Who, ...], Ui(label="Who else", form=False)] = ()
    open_steps: Annotated[int, Field(ge=0), Ui(label="Open", column=5, form=False)] = 0
    next_due: Annotated[date | None, Ui(label="Next step", column=10, wide=True, form=False)] = None
    created_at: Annotated[When | None, Ui(label="Begun", form=False)] = None
    created_by: Annotated[int | None, Ui(label="Begun by", ref="people", form=False)] = None
    closed_at: Annotated[When | None, Ui(label="Closed", form=False)] = None
    reason: Annotated[Line, Ui(label="Why not needed", form=False)] = ""


class StepState(Choice):
    """How far a step is."""

    OPEN = "open", "to do"
    DONE = "done", "done"
    SKIPPED = "skipped", "not needed"


class Step(Record):
    """One step of a task, with somebody who does it and a day.

    Attributes:
        task: the task it is in; ``place``: its place among the steps, from 1.
        person, lead: whom its task is about, and who sees to that; ``over``: that it is closed or not needed. They are
            as in the task, so that lists of steps need not look there.
        who: whose it is by what they are; ``owner``: the person it is, where that is one (the person, their manager,
            somebody named).
        due: by when, day 0 of the task and ``offset`` calendar days.
        required: the task cannot be closed while it is open.
        wants: what ticks it by itself, a word of ``self_ticking``; empty = somebody ticks it.
        evidence: the reference of what ticked it.
    """

    COLLECTION: ClassVar[str] = "steps"

    task: Annotated[int, Ui(label="Task", column=7, wide=True, ref="tasks", batch=True)]
    text: Annotated[Name, Ui(label="Step", column=28)]
    who: Annotated[Who, Ui(label="Whose", column=13)] = Who.HR
    owner: Annotated[int | None, Ui(label="Who does it", column=16, ref="people", help="Empty = as above.")] = None
    due: Annotated[date | None, Ui(label="Due", column=10)] = None
    required: Annotated[bool, Ui(label="Required", help="n = the task can be closed without it.")] = True

    person: Annotated[int | None, Ui(label="About whom", column=16, wide=True, ref="people", form=False)] = None
    lead: Annotated[int | None, Ui(label="Who sees to the task", ref="people", form=False)] = None
    over: Annotated[bool, Ui(label="Task is over", form=False)] = False
    place: Annotated[int, Field(ge=0), Ui(label="Place", form=False)] = 0
    offset: Annotated[int | None, Ui(label="Days from day 0", form=False)] = None
    wants: Annotated[Line, Field(max_length=20), Ui(label="Ticks itself by", form=False)] = ""
    state: Annotated[StepState, Ui(label="State", column=10, form=False)] = StepState.OPEN
    evidence: Annotated[Line, Field(max_length=20), Ui(label="By", names=True, form=False)] = ""
    note: Annotated[Prose, Ui(label="Note", form=False)] = ""
    reason: Annotated[Line, Ui(label="Why not needed", form=False)] = ""
    done_at: Annotated[When | None, Ui(label="Done", form=False)] = None
    done_by: Annotated[int | None, Ui(label="Done by", ref="people", form=False)] = None


class Checklist(Record):
    """A template of tasks, one step a line: ``-5 HR: Contract signed``.

    Attributes:
        steps: the lines; ``botui.models.hr.checklist_text`` reads them and says what is wrong in which.
        every: when it runs by itself, such as ``monthly on 20``; empty = when somebody runs it.
        ahead: calendar days before that day on which the task is there.
        next_on: the day for which it runs next; ``ran_on``: the last one for which it ran by itself.
    """

    COLLECTION: ClassVar[str] = "checklists"

    name: Annotated[Name, Ui(label="Checklist", column=28)]
    kind: Annotated[TaskKind, Ui(label="Kind", column=12)] = TaskKind.OTHER
    steps: Annotated[
        Prose,
        Field(min_length=1, max_length=6000),
        Ui(label="Steps", rows=8, help="One a line, such as -5 HR: Contract signed, or +30 manager: Talk, optional."),
    ]
    every: Annotated[
        Line, Field(max_length=100), Ui(label="Runs by itself", column=18, help="Such as monthly on 20; empty = never.")
    ] = ""
    ahead: Annotated[int, Field(ge=0, le=90), Ui(label="Days ahead", help="So early the task is there.")] = 0
    owner: Annotated[int | None, Ui(label="Who sees to it", ref="people", help="Empty = HR.")] = None

    active: Annotated[bool, Ui(label="In use", form=False)] = True
    next_on: Annotated[date | None, Ui(label="Next for", column=10, form=False)] = None
    ran_on: Annotated[date | None, Ui(label="Ran for", form=False)] = None

    @field_validator("every")
    @classmethod
    def _readable(cls, value: str) -> str:
        return str(calendar.Recurrence.parse(value)) if value else ""
