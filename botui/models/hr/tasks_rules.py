"""What may be done with HR tasks, their steps and checklists."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.hr import checklist_filing, running, step_doing, task_doing
from botui.models.hr.task import PENDING, State, StepState
from botui.models.office import REMIND

_PENDING: Final = frozenset(PENDING)
_OPEN: Final = frozenset({StepState.OPEN})

TASKS: Final = Rules(
    transitions=(
        Transition(
            name="assign", label="Assign", rule=task_doing.assign, sources=_PENDING, needs=task_doing.AssignTask
        ),
        Transition(name="note", label="Note", rule=task_doing.note, needs=step_doing.NoteStep, who="own"),
        Transition(
            name="close",
            label="Close",
            rule=task_doing.close,
            sources=_PENDING,
            target=State.CLOSED,
            who="own",
            guard=task_doing.not_to_close,
        ),
        Transition(
            name="void",
            label="Not needed",
            rule=task_doing.void,
            sources=_PENDING,
            target=State.VOID,
            needs=task_doing.Void,
        ),
        Transition(
            name="reopen",
            label="Reopen",
            rule=task_doing.reopen,
            sources=frozenset({State.CLOSED, State.VOID}),
        ),
        REMIND,
    ),
    create=task_doing.create,
    revise=task_doing.revise,
    fixed=task_doing.refuse_fixed,
)
STEPS: Final = Rules(
    transitions=(
        Transition(
            name="tick",
            label="Done",
            rule=step_doing.tick,
            sources=_OPEN,
            target=StepState.DONE,
            guard=step_doing.not_open,
        ),
        Transition(
            name="skip",
            label="Not needed",
            rule=step_doing.skip,
            sources=_OPEN,
            target=StepState.SKIPPED,
            needs=step_doing.Skip,
            guard=step_doing.not_to_skip,
        ),
        Transition(
            name="assign",
            label="Assign",
            rule=step_doing.assign,
            sources=_OPEN,
            needs=step_doing.AssignStep,
            guard=step_doing.not_open,
        ),
        Transition(name="note", label="Note", rule=step_doing.note, needs=step_doing.NoteStep),
        Transition(
            name="reopen",
            label="Reopen",
            rule=step_doing.reopen,
            sources=frozenset({StepState.DONE, StepState.SKIPPED}),
            target=StepState.OPEN,
            guard=step_doing.not_to_reopen,
        ),
    ),
    create=step_doing.create,
    revise=step_doing.revise,
)
CHECKLISTS: Final = Rules(
    transitions=(
        Transition(
            name="run",
            label="Run",
            rule=running.run,
            needs=running.Run,
            guard=running.not_in_use,
            many=False,
        ),
        Transition(name="pause", label="Stop/go on", rule=checklist_filing.pause, many=False),
    ),
    create=checklist_filing.create,
    revise=checklist_filing.revise,
)
