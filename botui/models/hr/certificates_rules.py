"""What may be done with certificates."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.hr import certifying
from botui.models.hr.qualification import State
from botui.models.office import REMIND

_HELD: Final = frozenset({State.HELD})

CERTIFICATES: Final = Rules(
    transitions=(
        Transition(
            name="renew",
            label="Renew",
            rule=certifying.renew,
            sources=_HELD,
            target=State.REPLACED,
            needs=certifying.Renew,
            many=False,
        ),
        Transition(
            name="void",
            label="Does not count",
            rule=certifying.void,
            sources=frozenset({State.HELD, State.REPLACED}),
            target=State.VOID,
            needs=certifying.Void,
        ),
        REMIND,
    ),
    create=certifying.create,
    revise=certifying.revise,
)
