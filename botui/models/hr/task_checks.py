"""What must hold among HR tasks, their steps and checklists, whoever wrote them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from botui.models.base import Refused
from botui.models.hr.checklist_text import items
from botui.models.hr.stepping import FOLLOWS, follows
from botui.models.hr.task import PENDING, Checklist, Step, StepState, Task
from botui.models.soundness import Records


def check_tasks(records: Records) -> Iterator[str]:
    """Say what does not hold: a task is as far as its steps say, and what is over waits for nobody."""
    steps: defaultdict[int, list[Step]] = defaultdict(list)
    for step in records.all(Step):
        steps[step.task].append(step)
        if (step.state is StepState.OPEN) != (step.done_at is None):
            yield f"{step.ref}: State: {step.state.label}, and it says otherwise when that was."
    for task in records.all(Task):
        wanted = follows(task, steps[task.id])
        wrong = [name for name in FOLLOWS if name != "due" and getattr(task, name) != wanted[name]]
        if wrong:
            yield f"{task.ref}: {', '.join(wrong)}: not what its steps say."
        if (task.state in PENDING) != (task.closed_at is None):
            yield f"{task.ref}: State: {task.state.label}, and it says otherwise when it was closed."
        for step in steps[task.id]:
            if (step.person, step.lead, step.over) != (task.person, task.owner, task.state not in PENDING):
                yield f"{step.ref}: it does not say of its task what {task.ref} says."
    for checklist in records.all(Checklist):
        try:
            items(checklist.steps)
        except Refused as error:
            yield f"{checklist.ref}: Steps: {error}"
        if checklist.next_on is not None and not (checklist.active and checklist.every):
            yield f"{checklist.ref}: Next for: it does not run by itself."
