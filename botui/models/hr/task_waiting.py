"""What of HR tasks waits for a person: steps of theirs, steps for all who work as they do, tasks that can be closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final

from botui.models.base import Waiting, and_more
from botui.models.calendar import day_words
from botui.models.hr.task import State, Step, Task
from botui.models.office import Context

AHEAD_DAYS: Final = 7
"""Days before it is due from which a step is told: it is planned for the week."""


def waiting_for(ctx: Context) -> Iterator[Waiting]:
    """Yield what of HR tasks waits for whoever acts; of a task's steps for a role the first, and how many follow."""
    for step in ctx.data.find(Step, alive=True, waits_for=ctx.by):
        if _near(ctx, step.due):
            yield _step(ctx, step, "")
    for role in sorted(ctx.roles):
        for steps in _by_task(ctx, ctx.data.find(Step, alive=True, waits_for=role)):
            yield _step(ctx, steps[0], and_more(steps))
    for who in (ctx.by, *sorted(ctx.roles)):
        for task in ctx.data.find(Task, pending=True, sees_to=who):
            if task.state is State.DONE:
                yield _task(ctx, task, "all is done: close it")
            elif not task.next_due and task.due and not task.open_steps and _near(ctx, task.due):
                yield _task(ctx, task, _when(ctx, task.due))


def _near(ctx: Context, due: date | None) -> bool:
    return due is None or due <= ctx.today + timedelta(days=AHEAD_DAYS)


def _by_task(ctx: Context, steps: Iterable[Step]) -> Iterator[list[Step]]:
    """Yield the steps that are near, of each task together, the first due first."""
    found: defaultdict[int, list[Step]] = defaultdict(list)
    for one in steps:
        if _near(ctx, one.due):
            found[one.task].append(one)
    for group in found.values():
        yield sorted(group, key=lambda one: (one.due or date.max, one.place))


def _step(ctx: Context, step: Step, more: str) -> Waiting:
    about = f": {ctx.person(step.person)}" if step.person else ""
    return Waiting(
        collection="steps",
        number=step.id,
        what=f"{step.text}{about}",
        why=f"{_when(ctx, step.due)}{more}",
        due=_end(ctx, step.due),
        since=_end(ctx, step.due),
        verb="tick",
        active=True,
    )


def _when(ctx: Context, due: date | None) -> str:
    if due is None:
        return "to do"
    return f"{'late since' if due < ctx.today else 'due'} {day_words(due, ctx.today)}"


def _task(ctx: Context, task: Task, why: str) -> Waiting:
    about = f": {ctx.person(task.person)}" if task.person else ""
    return Waiting(
        collection="tasks",
        number=task.id,
        what=f"{task.title}{about}",
        why=why,
        due=_end(ctx, task.due),
        since=task.created_at,
        verb="close",
        active=True,
    )


def _end(ctx: Context, day: date | None) -> datetime | None:
    """Return the moment in which a day of the office is over."""
    return ctx.end_of(day) if day else None
