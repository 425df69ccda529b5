"""What may be done with review cycles."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.hr import cycling
from botui.models.hr.cycle import State
from botui.models.office import REMIND

CYCLES: Final = Rules(
    transitions=(
        Transition(
            name="run",
            label="Open the reviews",
            rule=cycling.run,
            sources=frozenset({State.PLANNED, State.OPEN}),
            target=State.OPEN,
            many=False,
        ),
        Transition(
            name="close",
            label="Close",
            rule=cycling.close,
            sources=frozenset({State.OPEN}),
            target=State.CLOSED,
            many=False,
        ),
        REMIND,
    ),
    create=cycling.create,
    revise=cycling.revise,
)
