"""What may be done with entries of the access register."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.equipment import asking, granting
from botui.models.equipment.access import HAS, State
from botui.models.office import REMIND

_ASKED: Final = frozenset({State.ASKED})


ACCESS: Final = Rules(
    transitions=(
        Transition(
            name="approve",
            label="Approve",
            rule=granting.approve,
            sources=_ASKED,
            target=State.APPROVED,
            who="approve",
            guard=granting.not_own,
            pin=True,
        ),
        Transition(
            name="refuse",
            label="Refuse",
            rule=granting.refuse,
            sources=_ASKED,
            target=State.REFUSED,
            needs=granting.RefuseAccess,
            who="approve",
            guard=granting.not_own,
        ),
        Transition(
            name="hand_out",
            label="Given",
            rule=granting.hand_out,
            sources=frozenset({State.APPROVED}),
            target=State.GIVEN,
            needs=granting.Given,
            ask=False,
        ),
        Transition(
            name="review",
            label="Looked at: stays",
            rule=granting.review,
            sources=HAS,
            target=State.REVIEWED,
            needs=granting.Given,
            ask=False,
            guard=granting.not_to_review,
        ),
        Transition(
            name="give_back",
            label="Taken away",
            rule=granting.take_away,
            sources=HAS,
            target=State.REMOVED,
            needs=granting.TakenAway,
            ask=False,
        ),
        Transition(
            name="cancel",
            label="Cancel",
            rule=granting.cancel,
            sources=frozenset({State.ASKED, State.APPROVED}),
            target=State.CANCELLED,
            needs=granting.CancelAccess,
            who="own",
            guard=granting.not_theirs,
        ),
        REMIND,
    ),
    create=asking.create,
    revise=asking.revise,
    fixed=asking.refuse_fixed,
)
