"""What may be done with openings."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.hr import opening_filing
from botui.models.hr.opening import LOOKED_FOR, State
from botui.models.office import REMIND

OPENINGS: Final = Rules(
    transitions=(
        Transition(
            name="hold",
            label="Put on hold",
            rule=opening_filing.hold,
            sources=frozenset({State.OPEN}),
            target=State.HOLD,
            needs=opening_filing.WhyNot,
        ),
        Transition(
            name="close",
            label="Close",
            rule=opening_filing.close,
            sources=LOOKED_FOR | {State.FILLED},
            target=State.CLOSED,
            needs=opening_filing.WhyNot,
        ),
        Transition(
            name="reopen",
            label="Open again",
            rule=opening_filing.reopen,
            sources=frozenset(State) - {State.OPEN},
            target=State.OPEN,
            guard=opening_filing.cannot_reopen,
        ),
        REMIND,
    ),
    create=opening_filing.create,
    revise=opening_filing.revise,
    fixed=opening_filing.fixed,
)
