"""What is done with a task: filed, given to somebody, closed when nothing is open, left, taken up again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final

from pydantic import Field

from botui.areas import load
from botui.models import calendar
from botui.models.base import Arguments, Change, Line, Refused, Ui, plural
from botui.models.hr.step_doing import NoteStep, noted
from botui.models.hr.stepping import FOLLOWS, follows, refuse_gone, steps_of
from botui.models.hr.task import State, Task, TaskKind
from botui.models.office import Context

ENDS: Final[Mapping[TaskKind, str]] = {TaskKind.OFFBOARDING: "botui.models.hr.offboarding"}
"""Kinds of tasks that end in more than a word: the module with ``cannot_end(context, task)``, which says why not yet,
and ``end(context, change, task)``."""
_KEPT: Final = frozenset({*FOLLOWS, "day", "checklist", "created_at", "created_by", "closed_at", "reason"} - {"due"})
"""What follows or verbs move, and an edit leaves."""


class AssignTask(Arguments):
    """Who sees to it from now on."""

    owner: Annotated[int, Ui(label="Who sees to it", ref="people", help="They see all its steps.")]
    due: Annotated[date | None, Ui(label="Due", help="Empty = as it is.")] = None


class Void(Arguments):
    """Why it is not needed."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="Why", help="Who has a step in it reads it.")]


def create(ctx: Context, new: Task) -> Change:
    """File a task of its own, to which steps can be added.

    Raises:
        Refused: who sees to it does not work here any more.
    """
    refuse_gone(ctx, new.owner, "owner")
    typed = {name: getattr(new, name) for name in Task.model_fields if name not in _KEPT}
    task = Task(**typed, day=ctx.today, created_at=ctx.now, created_by=ctx.by)
    when = f", due {calendar.day_words(task.due, ctx.today)}" if task.due else ""
    return Change("tasks.add", f"{task.ref} is filed{when}; n adds steps to it.").add(task)


def revise(ctx: Context, before: Task, after: Task) -> Change:
    """Change what a task says.

    Raises:
        Refused: who sees to it does not work here any more.
    """
    if after.owner != before.owner:
        refuse_gone(ctx, after.owner, "owner")
    values: dict[str, Any] = {name: getattr(after, name) for name in Task.model_fields if name not in {"id", *_KEPT}}
    return Change("tasks.edit", f"{before.ref} is changed.").set(before, **values)


def assign(ctx: Context, task: Task, args: AssignTask) -> Change:
    """Give a task to somebody, with another day if one is named.

    Raises:
        Refused: they do not work here any more.
    """
    refuse_gone(ctx, args.owner, "owner")
    whose = "yours" if args.owner == ctx.by else f"{ctx.person(args.owner)}'s"
    return Change("tasks.assign", f"{task.ref} is {whose} now.").set(task, owner=args.owner, due=args.due or task.due)


def note(ctx: Context, task: Task, args: NoteStep) -> Change:
    """Keep a line with a task."""
    return Change("tasks.note", f"Noted on {task.ref}.").set(task, note=noted(ctx, task.note, args.text))


def not_to_close(ctx: Context, task: Task) -> str | None:
    """Guard of close: required steps are open, or what its kind wants before the end."""
    if task.open_steps:
        first = next(one for one in steps_of(ctx, None, task.id) if one.required and one.done_at is None)
        more = f" and {plural(task.open_steps - 1, 'other')}" if task.open_steps > 1 else ""
        return f"{first.ref} {first.text}{more} to be done first."
    ends = ENDS.get(task.kind)
    reason: str | None = load(f"{ends}:cannot_end")(ctx, task) if ends else None
    return reason


def close(ctx: Context, task: Task, _: object) -> Change:
    """Say that a task is over, with all that its kind ends in."""
    change = Change("tasks.close", f"{task.ref} is closed.")
    if ends := ENDS.get(task.kind):
        load(f"{ends}:end")(ctx, change, task)
    return change.set(task, state=State.CLOSED, closed_at=ctx.now)


def void(ctx: Context, task: Task, args: Void) -> Change:
    """Say that a task is not needed; its steps wait for nobody any more."""
    change = Change("tasks.void", f"{task.ref} is not needed any more.")
    return change.set(task, state=State.VOID, closed_at=ctx.now, reason=args.reason)


def reopen(ctx: Context, task: Task, _: object) -> Change:
    """Take a task up again, as far as its steps say."""
    again = task.model_copy(update={"state": State.OPEN})
    state = follows(again, steps_of(ctx, None, task.id))["state"]
    change = Change("tasks.reopen", f"{task.ref} is to be done again: {state.label}.")
    return change.set(task, state=state, closed_at=None, reason="")


def refuse_fixed(ctx: Context, task: Task, values: Mapping[str, Any]) -> None:
    """Do nothing if fields of a task may change; where it ended in more, only what it ended in takes that back.

    Raises:
        Refused: it is closed, and its kind ends in more than a word.
    """
    if task.state is State.CLOSED and task.kind in ENDS and "state" in values:
        raise Refused(f"{task.ref} is closed, and what it ended in stays: reopen it (p).")
