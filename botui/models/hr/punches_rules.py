"""What may be done with attendance."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.hr import punching

PUNCHES: Final = Rules(
    transitions=(
        Transition(
            name="correct",
            label="Put right",
            rule=punching.correct,
            needs=punching.CorrectPunch,
            who="work",
            guard=punching.not_to_correct,
            many=False,
        ),
    ),
    create=punching.by_hand,
    fixed=punching.refuse_fixed,
)
