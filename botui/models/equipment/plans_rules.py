"""What may be done with maintenance plans."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.equipment import maintaining, planning, worth
from botui.models.office import REMIND

PLANS: Final = Rules(
    transitions=(
        Transition(
            name="resolve",
            label="Done",
            rule=maintaining.done,
            needs=maintaining.Done,
            ask=False,
            guard=maintaining.cannot_be_done,
            worth=worth.of_service,
        ),
        Transition(
            name="tick",
            label="Tick a step",
            rule=maintaining.tick,
            needs=maintaining.TickStep,
            ask=False,
            guard=maintaining.no_steps,
            many=False,
        ),
        Transition(
            name="skip",
            label="Leave out",
            rule=maintaining.skip,
            needs=maintaining.Skip,
            guard=maintaining.stands_still,
        ),
        Transition(name="assign", label="Assign", rule=maintaining.assign, needs=maintaining.AssignPlan),
        Transition(name="pause", label="Stop/go on", rule=maintaining.pause, guard=maintaining.cannot_go_on),
        REMIND,
    ),
    create=planning.create,
    revise=planning.revise,
)
