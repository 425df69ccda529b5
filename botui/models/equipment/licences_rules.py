"""What may be done with licences and seats."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.equipment import agreements, licensing, seating, worth
from botui.models.equipment.licence import RUNNING, State
from botui.models.office import REMIND

_TOLD: Final = frozenset({State.EXPIRING, State.EXPIRED})


LICENCES: Final = Rules(
    transitions=(
        Transition(
            name="renew",
            label="Renew",
            rule=licensing.renew,
            sources=frozenset(State) - {State.CANCELLED},
            needs=licensing.Renew,
            who="own",
            guard=agreements.never_ends,
            worth=worth.of_term,
        ),
        Transition(
            name="hand_out",
            label="Give a seat",
            rule=seating.give,
            sources=RUNNING,
            needs=seating.GiveSeat,
            who="own",
            guard=seating.none_free,
            many=False,
        ),
        Transition(
            name="give_back",
            label="Take a seat back",
            rule=seating.take,
            needs=seating.TakeSeat,
            who="own",
            guard=seating.none_given,
            many=False,
        ),
        Transition(
            name="acknowledge",
            label="Seen",
            rule=agreements.acknowledge,
            sources=_TOLD,
            who="own",
            guard=agreements.nothing_told,
        ),
        Transition(
            name="cancel",
            label="Cancel",
            rule=licensing.cancel,
            sources=frozenset(State) - {State.CANCELLED},
            target=State.CANCELLED,
            needs=agreements.Cancel,
            who="own",
        ),
        Transition(
            name="reopen",
            label="Take up again",
            rule=licensing.reopen,
            sources=frozenset({State.CANCELLED}),
            who="own",
        ),
        REMIND,
    ),
    create=licensing.create,
    revise=licensing.revise,
    fixed=licensing.refuse_fixed,
)
SEATS: Final = Rules(
    transitions=(
        Transition(name="give_back", label="Take back", rule=seating.take_this, guard=seating.is_back),
        REMIND,
    )
)
