"""What may be done with parcels."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.office import REMIND
from botui.models.records import collecting
from botui.models.records.parcel import State

_HERE: Final = frozenset({State.HERE})

PARCELS: Final = Rules(
    transitions=(
        Transition(
            name="hand_out",
            label="Fetched",
            rule=collecting.collect,
            sources=_HERE,
            target=State.COLLECTED,
            needs=collecting.Collect,
            ask=False,
            who="own",
        ),
        Transition(
            name="give_back",
            label="Send back",
            rule=collecting.send_back,
            sources=_HERE,
            target=State.RETURNED,
            needs=collecting.SendBack,
            guard=collecting.not_in,
        ),
        Transition(
            name="reopen",
            label="Here again",
            rule=collecting.reopen,
            sources=frozenset(State) - _HERE,
            target=State.HERE,
        ),
        REMIND,
    ),
    create=collecting.create,
    revise=collecting.revise,
)
