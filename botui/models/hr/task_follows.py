"""What follows for a task and its steps whenever one of them changes, whoever changes it: also what is taken back."""

from __future__ import annotations

from collections.abc import Iterator

from botui.models.base import Change, Put
from botui.models.hr.stepping import FOLLOWS, settle, steps_of
from botui.models.hr.task import PENDING, Step, Task
from botui.models.office import Context
from botui.models.office.pending import as_will_be


def follow(ctx: Context, change: Change) -> None:
    """Reckon anew how far each task is that a change touches, and say to its steps whose it is.

    Raises:
        Refused: a step is to be done again, and its task is closed.
    """
    for number in sorted({*_touched(ctx, change)}):
        task, put = ctx.data.get(Task, number), change.puts.get((Task.COLLECTION, number))
        if task is None or (put is not None and put.gone):
            continue  # it comes or goes with its steps
        if put is not None:
            _leave_aside(change, put)
        settle(ctx, change, task)
        now = as_will_be(change, task)
        said = {"person": now.person, "lead": now.owner, "over": now.state not in PENDING}
        for step in steps_of(ctx, change, number):
            if any(getattr(step, name) != value for name, value in said.items()):
                change.set(ctx.data.get(Step, step.id) or step, **said)


def _touched(ctx: Context, change: Change) -> Iterator[int]:
    for (name, number), put in change.puts.items():
        if name == Task.COLLECTION:
            yield number
        elif name == Step.COLLECTION:
            kept = ctx.data.get(Step, number)
            yield kept.task if kept is not None else put.fields.get("task", 0)


def _leave_aside(change: Change, put: Put) -> None:
    """Take out what a change says of that which follows: where a tick is taken back, others have ticked meanwhile."""
    was = put.was or {}
    for name in FOLLOWS:
        moved = name == "state" and not {was.get(name), put.fields.get(name)} <= {one.value for one in PENDING}
        if name in put.fields and name != "due" and not moved:
            del put.fields[name]
            was.pop(name, None)
    if not put.fields:
        del change.puts[put.collection, put.id]
