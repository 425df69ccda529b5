"""What may be done with trainings."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.hr import teaching
from botui.models.hr.training import State
from botui.models.office import REMIND

_PLANNED: Final = frozenset({State.PLANNED})

TRAININGS: Final = Rules(
    transitions=(
        Transition(
            name="book",
            label="Put on the list",
            rule=teaching.put_on,
            sources=_PLANNED,
            needs=teaching.PutOn,
            who="read",
        ),
        Transition(
            name="decline",
            label="Take off the list",
            rule=teaching.take_off,
            sources=_PLANNED,
            needs=teaching.TakeOff,
            who="read",
            guard=teaching.nobody_on_it,
        ),
        Transition(
            name="tick",
            label="Who came",
            rule=teaching.came,
            sources=_PLANNED,
            target=State.HELD,
            needs=teaching.Came,
            guard=teaching.not_begun,
            many=False,
        ),
        Transition(
            name="cancel",
            label="Not held",
            rule=teaching.call_off,
            sources=_PLANNED,
            target=State.CANCELLED,
            needs=teaching.CallOff,
        ),
        REMIND,
    ),
    create=teaching.create,
    revise=teaching.revise,
)
