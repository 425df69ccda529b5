"""Somebody begins: the checklist of their first days is run in one key, and its steps count from their first day."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from botui.models import calendar
from botui.models.base import Change, Refused
from botui.models.hr import running
from botui.models.hr.person_file import PersonFile, Status
from botui.models.hr.self_ticking import heed_new
from botui.models.hr.stepping import follows, steps_of
from botui.models.hr.task import PENDING, Checklist, Task, TaskKind
from botui.models.office import Context

LATEST: Final = timedelta(days=180)
"""After the first day: who has been here longer is at home, as a probation is over by then (six months as a rule)."""


def task_of(ctx: Context, person: int, kind: TaskKind) -> Task | None:
    """Return the task of a kind that is under way about somebody, or None."""
    found = (ctx.data.find(Task, person=person, state=state.value) for state in sorted(PENDING))
    return next((task for tasks in found for task in tasks if task.kind is kind), None)


def begin(ctx: Context, change: Change, file: PersonFile, checklist: int | None = None) -> Task:
    """Run the checklist of somebody's first days as part of a change; its days count from their first one.

    Args:
        ctx: what may be known.
        change: what it becomes part of; the file may be new in it.
        file: whose.
        checklist: which; None = the first of its kind that is in use, else the usual one.

    Raises:
        Refused: there is no such checklist, or a line of it cannot be read.
    """
    return _begin(ctx, change, file, TaskKind.ONBOARDING, checklist)


def begin_leaving(ctx: Context, change: Change, file: PersonFile, checklist: int | None = None) -> Task:
    """Run the checklist of somebody's last days as part of a change; its days count from their last one.

    Raises:
        Refused: there is no such checklist, or a line of it cannot be read.
    """
    return _begin(ctx, change, file, TaskKind.OFFBOARDING, checklist)


def _begin(ctx: Context, change: Change, file: PersonFile, kind: TaskKind, checklist: int | None) -> Task:
    found = ctx.data.get(Checklist, checklist) if checklist else running.of_kind(ctx, change, kind)
    if found is None or not found.active:
        raise Refused("This checklist is not in use.", {"checklist": "One that is in use, please."})
    day = (file.starts if kind is TaskKind.ONBOARDING else file.ends) or ctx.today
    task = running.start(ctx, change, found, about=file.person, day=day, owner=found.owner or ctx.by)
    if kind is TaskKind.ONBOARDING:
        heed_new(ctx, change, task)
        change.set(task, **follows(task, steps_of(ctx, change, task.id)))
    return task


def cannot_run(ctx: Context, file: PersonFile) -> str | None:
    """Guard of beginning: somebody left or is leaving, it has begun, or they have been here for long."""
    if file.status is Status.LEFT or file.ends is not None:
        return "They are leaving: there is nothing to begin." if file.left_at is None else "They have left."
    if (task := task_of(ctx, file.person, TaskKind.ONBOARDING)) is not None:
        return f"It has begun: {task.ref}."
    if file.starts is not None and file.starts + LATEST < ctx.today:
        return f"They have been here since {calendar.day_words(file.starts, ctx.today)}."
    return None


def run(ctx: Context, file: PersonFile, _: object) -> Change:
    """Begin somebody's first days by the usual checklist.

    Raises:
        Refused: there is none, or a line of it cannot be read.
    """
    change = Change("person_files.run")
    task = begin(ctx, change, file)
    first = calendar.day_words(task.next_due, ctx.today) if task.next_due else "no day"
    change.said = f"{task.ref} is there for {ctx.person(file.person)}; its first step is due {first}."
    return change
