"""What may be done with policies."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.hr import acknowledging
from botui.models.hr.policy import State
from botui.models.office import REMIND

_IN_FORCE: Final = frozenset({State.IN_FORCE})

POLICIES: Final = Rules(
    transitions=(
        Transition(
            name="acknowledge",
            label="I have read it",
            rule=acknowledging.acknowledge,
            sources=_IN_FORCE,
            needs=acknowledging.Read,
            ask=False,
            who="read",
            guard=acknowledging.not_to_acknowledge,
        ),
        Transition(
            name="run",
            label="New version in force",
            rule=acknowledging.run,
            sources=frozenset({State.DRAFT, State.IN_FORCE}),
            target=State.IN_FORCE,
            needs=acknowledging.Run,
            many=False,
        ),
        Transition(
            name="close",
            label="Withdraw",
            rule=acknowledging.withdraw,
            sources=_IN_FORCE,
            target=State.WITHDRAWN,
        ),
        Transition(
            name="reopen",
            label="In force again",
            rule=acknowledging.reopen,
            sources=frozenset({State.WITHDRAWN}),
            target=State.IN_FORCE,
        ),
        REMIND,
    ),
    create=acknowledging.create,
    revise=acknowledging.revise,
)
