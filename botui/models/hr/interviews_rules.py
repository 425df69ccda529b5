"""What may be done with interviews."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.hr import interview_booking, interview_scoring
from botui.models.hr.interview import State
from botui.models.office import REMIND

INTERVIEWS: Final = Rules(
    transitions=(
        Transition(
            name="rate",
            label="Score",
            rule=interview_scoring.rate,
            sources=frozenset({State.PLANNED, State.HELD}),
            target=State.HELD,
            needs=interview_scoring.Rate,
            who="own",
            guard=interview_scoring.cannot_rate,
            many=False,
        ),
        Transition(
            name="cancel",
            label="Call off",
            rule=interview_booking.cancel,
            sources=frozenset({State.PLANNED}),
            target=State.CANCELLED,
            needs=interview_booking.CallOff,
            guard=interview_booking.cannot_change,
            many=False,
        ),
        REMIND,
    ),
    create=interview_booking.create,
    revise=interview_booking.revise,
)
