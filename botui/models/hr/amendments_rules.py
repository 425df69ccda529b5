"""What may be done with changes of people's files."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.hr import amending
from botui.models.hr.amendment import OPEN, State
from botui.models.office import REMIND

_ASKED: Final = frozenset({State.ASKED})

AMENDMENTS: Final = Rules(
    transitions=(
        Transition(
            name="approve",
            label="Approve",
            rule=amending.approve,
            sources=_ASKED,
            who="work",
            guard=amending.ones_own,
            pin=True,
        ),
        Transition(
            name="refuse",
            label="Say no",
            rule=amending.refuse,
            sources=_ASKED,
            target=State.REFUSED,
            needs=amending.Refusal,
            guard=amending.ones_own,
        ),
        Transition(
            name="cancel",
            label="Cancel",
            rule=amending.cancel,
            sources=OPEN,
            target=State.CANCELLED,
            who="own",
            guard=amending.not_to_cancel,
        ),
        REMIND,
    ),
    create=amending.create,
    revise=amending.revise,
)
