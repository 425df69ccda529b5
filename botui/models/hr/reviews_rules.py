"""What may be done with reviews."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.hr import reviewing
from botui.models.hr.review import OPEN, State
from botui.models.office import REMIND

REVIEWS: Final = Rules(
    transitions=(
        Transition(
            name="amend",
            label="Goals",
            rule=reviewing.set_goals,
            sources=OPEN,
            needs=reviewing.Goals,
            guard=reviewing.not_giving,
        ),
        Transition(
            name="rate",
            label="Give scores",
            rule=reviewing.rate,
            sources=OPEN,
            needs=reviewing.Rate,
            guard=reviewing.not_to_rate,
            many=False,
        ),
        Transition(
            name="submit",
            label="Hand in",
            rule=reviewing.submit,
            sources=frozenset({State.DRAFT}),
            target=State.SUBMITTED,
            guard=reviewing.not_to_submit,
            many=False,
        ),
        Transition(
            name="acknowledge",
            label="Sign",
            rule=reviewing.sign,
            sources=frozenset({State.RATED}),
            target=State.SIGNED,
            needs=reviewing.Sign,
            ask=False,
            guard=reviewing.not_about_me,
            many=False,
            pin=True,
        ),
        Transition(
            name="reopen",
            label="Send back",
            rule=reviewing.send_back,
            sources=frozenset(State) - {State.DRAFT},
            needs=reviewing.SendBack,
            guard=reviewing.not_to_send_back,
            many=False,
        ),
        REMIND,
    ),
    create=reviewing.create,
    revise=reviewing.revise,
)
