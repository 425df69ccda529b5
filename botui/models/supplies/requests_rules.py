"""What may be done with requests."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.office import REMIND
from botui.models.supplies import wanting, worth
from botui.models.supplies.request import OPEN, State

_ASKED: Final = frozenset({State.ASKED})
_APPROVED: Final = frozenset({State.APPROVED})


REQUESTS: Final = Rules(
    transitions=(
        Transition(
            name="accept",
            label="Approve",
            rule=wanting.accept,
            sources=_ASKED,
            target=State.APPROVED,
            needs=wanting.Accept,
            ask=False,
            guard=wanting.own_request,
        ),
        Transition(
            name="hand_out",
            label="Hand out",
            rule=wanting.hand_out,
            sources=_APPROVED,
            needs=wanting.HandOut,
            ask=False,
            worth=worth.handed_out,
        ),
        Transition(
            name="reject",
            label="Refuse",
            rule=wanting.reject,
            sources=frozenset(OPEN),
            target=State.REFUSED,
            needs=wanting.Reject,
            guard=wanting.handed_in_part,
        ),
        Transition(
            name="cancel",
            label="Cancel",
            rule=wanting.cancel,
            sources=frozenset(OPEN),
            target=State.CANCELLED,
            needs=wanting.CancelRequest,
            ask=False,
            who="own",
        ),
        REMIND,
    ),
    create=wanting.create,
    revise=wanting.revise,
    fixed=wanting.refuse_fixed,
)
