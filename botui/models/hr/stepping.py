"""Steps of a task: whose they are, and what follows from them for the task. Nobody else writes how far a task is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from botui.models.base import Change, Refused
from botui.models.hr.reporting_lines import manager
from botui.models.hr.task import PENDING, State, Step, StepState, Task, Who
from botui.models.office import Context, Person
from botui.models.office.pending import ahead, as_will_be

FOLLOWS: Final = ("state", "open_steps", "next_due", "helpers", "roles", "due")
"""What of a task follows from its steps."""
_ROLES: Final = frozenset({Who.CLERK, Who.FINANCE, Who.ADMIN})
"""Whose steps all see who work as that; the others are HR's, or somebody's by name."""


def steps_of(ctx: Context, change: Change | None, task: int) -> list[Step]:
    """Return the steps of a task as they will be after what a change does so far, in their order."""
    found = {one.id: one for one in ctx.data.find(Step, task=task)} if task else {}
    for (name, number), put in change.puts.items() if change is not None else ():
        if name != Step.COLLECTION:
            continue
        if put.gone:
            found.pop(number, None)
        elif put.was is None and put.fields.get("task") == task:
            kept = {key: value for key, value in put.fields.items() if value is not None}
            found[number] = Step.load(number, kept)
    if change is not None:
        found = {number: as_will_be(change, one) if not _is_new(change, one) else one for number, one in found.items()}
    return sorted(found.values(), key=lambda one: (one.place, one.id))


def _is_new(change: Change, step: Step) -> bool:
    put = change.puts.get((Step.COLLECTION, step.id))
    return put is not None and put.was is None


def follows(task: Task, steps: Iterable[Step]) -> dict[str, Any]:
    """Return what follows for a task from its steps: how far it is, what is open, by when, and who has a part in it.

    What is closed or not needed stays so; where a task has no steps, somebody closes it when it is done.
    """
    every = [*steps]
    open_ = [one for one in every if one.state is StepState.OPEN and one.required]
    begun = any(one.state is not StepState.OPEN for one in every)
    state = task.state
    if state in PENDING:
        state = State.OPEN if not begun else State.DOING if open_ else State.DONE
    return {
        "state": state,
        "open_steps": len(open_),
        "next_due": min((one.due for one in open_ if one.due), default=None),
        "helpers": tuple(sorted({one.owner for one in every if one.owner})),
        "roles": tuple(sorted({one.who for one in every if one.who in _ROLES and one.owner is None})),
        "due": task.due or max((one.due for one in every if one.due), default=None),
    }


def settle(ctx: Context, change: Change, task: Task) -> None:
    """Let a task be what its steps say after what a change does so far.

    Raises:
        Refused: a step is to be done again, and the task is closed.
    """
    now = as_will_be(change, task)
    steps = steps_of(ctx, change, task.id)
    values = follows(now, steps)
    if now.state is State.CLOSED and values["open_steps"]:
        raise Refused(f"{task.ref} is closed: reopen it first (p).")
    change.set(task, **values)


# --- whose ------------------------------------------------------------------------------------------------------------


def resolved(ctx: Context, who: Who, person: int | None, change: Change | None = None) -> int | None:
    """Return the person that a step is, of a task about somebody; None = it is for all who work as that, or HR's.

    Args:
        ctx: what may be known.
        who: what they are to the task.
        person: whom it is about.
        change: what is being done; the person may be new in it.
    """
    if who is Who.MANAGER:
        return manager(ctx, person, change)
    there = ahead(ctx, change, Person, person) if person and who is Who.PERSON else None
    return there.id if there is not None and there.active else None


def refuse_gone(ctx: Context, number: int | None, field: str) -> None:
    """Do nothing if somebody works here.

    Raises:
        Refused: they do not any more.
    """
    found = ctx.data.get(Person, number) if number else None
    if found is not None and not found.active:
        raise Refused(f"{found.name} does not work here any more.", {field: "Somebody who works here, please."})


# --- done -------------------------------------------------------------------------------------------------------------


def done(ctx: Context, change: Change, step: Step, evidence: str = "") -> None:
    """Let a step be done, by whoever acts or by itself.

    Args:
        ctx: what may be known.
        change: what it becomes part of.
        step: which.
        evidence: the reference of what ticked it; empty = somebody did.
    """
    change.set(step, state=StepState.DONE, done_at=ctx.now, done_by=ctx.by, evidence=evidence, reason="")


def reopened(change: Change, step: Step) -> None:
    """Let a step be still to do."""
    change.set(step, state=StepState.OPEN, done_at=None, done_by=None, evidence="", reason="")


def left(ctx: Context, change: Change, task: int) -> str:
    """Return in words what is still to do in a task: ``3 of 8 steps left``."""
    steps = steps_of(ctx, change, task)
    open_ = sum(one.state is StepState.OPEN and one.required for one in steps)
    return f"{open_} of {len(steps)} steps left" if open_ else "nothing required is left: c closes the task"
