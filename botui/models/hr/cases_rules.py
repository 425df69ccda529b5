"""What may be done with cases."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.hr import case_filing, case_steps, hr_letter
from botui.models.hr.case import PENDING, State
from botui.models.office import REMIND

CASES: Final = Rules(
    transitions=(
        Transition(
            name="assign",
            label="Who looks into it",
            rule=case_steps.assign,
            sources=PENDING,
            needs=case_steps.AssignCase,
        ),
        Transition(name="note", label="Note", rule=case_steps.note, needs=case_steps.NoteCase, many=False),
        Transition(
            name="review",
            label="Investigated",
            rule=case_steps.investigated,
            sources=frozenset({State.OPEN}),
            target=State.INVESTIGATED,
            needs=case_steps.Investigated,
            guard=case_steps.not_mine_to_judge,
            many=False,
        ),
        Transition(
            name="warn",
            label="Warn",
            rule=case_steps.warn,
            sources=PENDING,
            needs=case_steps.Warn,
            guard=case_steps.not_mine_to_judge,
            many=False,
        ),
        Transition(
            name="resolve",
            label="Resolved",
            rule=case_steps.resolve,
            sources=PENDING,
            target=State.RESOLVED,
            needs=case_steps.HowItEnds,
            guard=case_steps.not_mine_to_judge,
            many=False,
        ),
        Transition(
            name="reject",
            label="Not founded",
            rule=case_steps.invalid,
            sources=PENDING,
            target=State.INVALID,
            needs=case_steps.HowItEnds,
            guard=case_steps.not_mine_to_judge,
            many=False,
        ),
        Transition(
            name="reopen",
            label="Open again",
            rule=case_steps.reopen,
            sources=frozenset({State.RESOLVED, State.INVALID, State.INVESTIGATED}),
            target=State.OPEN,
        ),
        Transition(
            name="write",
            label="Write a letter",
            rule=hr_letter.write_in_case,
            needs=hr_letter.WriteLetter,
            ask=False,
            guard=hr_letter.nobody_named,
            many=False,
        ),
        REMIND,
    ),
    create=case_filing.create,
    revise=case_filing.revise,
)
