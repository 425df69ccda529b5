"""What may be done with contracts."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.equipment import agreements
from botui.models.equipment.licence import State
from botui.models.office import REMIND
from botui.models.records import contracting

_HOLDS: Final = frozenset(State) - {State.CANCELLED}

CONTRACTS: Final = Rules(
    transitions=(
        Transition(
            name="renew",
            label="Renew",
            rule=contracting.renew,
            sources=_HOLDS,
            needs=contracting.Renew,
            who="own",
            guard=agreements.never_ends,
        ),
        Transition(
            name="acknowledge",
            label="Seen",
            rule=agreements.acknowledge,
            sources=frozenset({State.EXPIRING, State.EXPIRED}),
            who="own",
            guard=agreements.nothing_told,
        ),
        Transition(
            name="cancel",
            label="Cancel",
            rule=contracting.cancel,
            sources=_HOLDS,
            target=State.CANCELLED,
            needs=contracting.Cancel,
            who="own",
        ),
        Transition(
            name="reopen",
            label="Take up again",
            rule=contracting.reopen,
            sources=frozenset({State.CANCELLED}),
            who="own",
        ),
        Transition(name="note", label="Note", rule=contracting.note, needs=contracting.Note, who="own", many=False),
        REMIND,
    ),
    create=contracting.create,
    revise=contracting.revise,
)
