"""What may be done with meetings and event templates."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.meetings import answers, filing, steps
from botui.models.meetings.shape import State
from botui.models.office import REMIND

_PLANNED: Final = frozenset({State.PLANNED})


MEETINGS: Final = Rules(
    transitions=(
        Transition(name="acknowledge", label="Seen", rule=answers.acknowledge, who="own", guard=answers.not_to_see),
        Transition(
            name="decline",
            label="Decline",
            rule=answers.decline,
            sources=_PLANNED,
            needs=answers.Decline,
            who="own",
            guard=answers.cannot_decline,
        ),
        Transition(
            name="accept",
            label="Come after all",
            rule=answers.accept,
            sources=_PLANNED,
            who="own",
            guard=answers.not_declined,
        ),
        Transition(
            name="tick",
            label="Tick off",
            rule=steps.tick,
            sources=_PLANNED,
            needs=steps.Tick,
            ask=False,
            who="own",
            many=False,
        ),
        Transition(name="note", label="Minutes", rule=answers.note, needs=answers.Minutes, who="own", many=False),
        Transition(
            name="cancel",
            label="Cancel",
            rule=answers.cancel,
            sources=_PLANNED,
            target=State.CANCELLED,
            needs=answers.Cancel,
            who="own",
            guard=answers.cannot_cancel,
        ),
        REMIND,
    ),
    create=filing.create,
    revise=filing.revise,
)
TEMPLATES: Final = Rules(transitions=(REMIND,), create=filing.create_template, revise=filing.revise_template)
