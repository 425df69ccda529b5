"""HR tasks of the sample: checklists, three months of payroll, the calendar of the year, and some of their own."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Final

from botui.actions.sample.lists import clerks
from botui.actions.sample.year import Year
from botui.models.base import Change, Refused
from botui.models.hr import running, task_doing
from botui.models.hr.checklist_usual import begin
from botui.models.hr.task import PENDING, Checklist, Step, StepState, Task, TaskKind, Who
from botui.models.office import Context, Person, Role

_MONTHS_BACK: Final = 62
"""Days of the office before today from which HR has kept checklists: three payrolls lie in them."""
_LATE: Final = 0.12
"""Of the steps of the last days are not ticked yet."""
_OWN: Final = (
    ("Pension plan: offers compared", TaskKind.BENEFITS, 9, False),
    ("Tax number asked for", TaskKind.OTHER, 0, True),
    ("First aid course booked", TaskKind.TRAINING, -2, True),
)
"""Tasks without a checklist: what, of which kind, due in so many days, and whether somebody is named."""


def play(year: Year, rng: Random, share: float) -> None:
    """Plan the checklists and what comes of them, as far as somebody works as HR."""
    if year.hr is None:
        return
    hr, first = year.hr, max(year.last - _MONTHS_BACK, 0)
    year.on(first, partial(_begin, year, hr), 0.1)
    for day in range(first, year.last + 1):
        year.on(day, partial(_run_due, year, hr, rng), 0.2)
    for title, kind, days, about in _OWN:
        year.on(year.last - 3, partial(_file, year, rng, hr, title, kind, days, about), 0.5)


def _begin(year: Year, hr: Person, at: datetime) -> None:
    """File the usual checklists, and run the calendar of this year: what lies behind is ticked."""

    def file(ctx: Context) -> Change:
        change = Change("checklists.begin")
        if not year.room.all(Checklist):
            begin(ctx, change)
        return change

    year.room.let(at, hr, file)
    today = year.today(at)
    for one in year.room.all(Checklist):
        if one.kind is TaskKind.COMPLIANCE:
            day = date(today.year, 1, 2)
            year.room.verb(at, hr, one, "run", day=day, title=running.dated_title(one, day))
    over = year.date_of(year.last - 3)
    behind = [one for one in year.room.all(Step) if one.due and one.due < over]
    for step in behind[:-1]:  # the last one is late
        year.on(year.day_of(step.due or today), partial(_tick, year, hr, step.id), 0.6)


def _run_due(year: Year, hr: Person, rng: Random, at: datetime) -> None:
    """Let the checklists run whose day has come, and plan who ticks their steps when."""
    before = {one.id for one in year.room.all(Step)}
    for change in running.due(year.room.context(at, None)):
        year.room.apply(change)
    for step in year.room.all(Step):
        if step.id in before:
            continue
        after = 1 if rng.random() < 0.3 else 0
        if rng.random() > _LATE or year.day_of(step.due or year.today(at)) < year.last - 5:
            day = year.day_of((step.due or year.today(at)) + timedelta(days=after))
            year.on(day, partial(_tick, year, _doer(year, hr, step), step.id), rng.uniform(0.2, 0.9))


def _doer(year: Year, hr: Person, step: Step) -> Person:
    if step.who is Who.FINANCE:
        return next((one for one in year.people if Role.FINANCE in one.roles), hr)
    return next(iter(clerks(year.office)), hr) if step.who is Who.CLERK else hr


def _tick(year: Year, by: Person, number: int, at: datetime) -> None:
    """Tick a step; its task is closed with the last one."""
    step = year.room.at(Step, number)
    if step.state is not StepState.OPEN:
        return
    with suppress(Refused):
        year.room.verb(at, by, step, "tick")
        task = year.room.at(Task, step.task)
        if not task.open_steps and task.state in PENDING:
            year.room.verb(at, by, task, "close")


def _file(
    year: Year, rng: Random, hr: Person, title: str, kind: TaskKind, days: int, about: bool, at: datetime
) -> None:
    due = year.today(year.office.now) + timedelta(days=days)
    person = rng.choice(year.people).id if about else None
    new = Task(id=year.room.new_id(Task), title=title, kind=kind, person=person, owner=hr.id, due=due)
    year.room.let(at, hr, partial(task_doing.create, new=new))
