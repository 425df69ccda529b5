"""What may be done with recurring bills."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.office import REMIND
from botui.models.records import recurring_bills

STANDING: Final = Rules(
    transitions=(
        Transition(
            name="run",
            label="File its next now",
            rule=recurring_bills.run,
            needs=recurring_bills.Run,
            ask=False,
            guard=recurring_bills.at_its_end,
        ),
        Transition(name="pause", label="Stop/go on", rule=recurring_bills.pause),
        REMIND,
    ),
    create=recurring_bills.create,
    revise=recurring_bills.revise,
)
