"""What may be done with types of leave, leave and its ledger."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.hr import leave_asking, leave_booking, leave_deciding, leave_ledger, leave_typing
from botui.models.hr.leave import State
from botui.models.office import REMIND

_ASKED: Final = frozenset({State.ASKED})
_HELD: Final = frozenset({State.ASKED, State.APPROVED, State.TAKEN})

LEAVETYPES: Final = Rules(create=leave_typing.create, revise=leave_typing.revise)
LEAVE: Final = Rules(
    transitions=(
        Transition(
            name="approve",
            label="Approve",
            rule=leave_deciding.approve,
            sources=_ASKED,
            who="approve",
            guard=leave_deciding.not_own,
            pin=True,
        ),
        Transition(
            name="refuse",
            label="Refuse",
            rule=leave_deciding.refuse,
            sources=_ASKED,
            target=State.REFUSED,
            needs=leave_deciding.Refuse,
            who="approve",
            guard=leave_deciding.not_own,
            pin=True,
        ),
        Transition(
            name="handover",
            label="Let somebody else decide",
            rule=leave_deciding.hand_over,
            sources=_ASKED,
            needs=leave_deciding.AskInstead,
            who="own",
            guard=leave_deciding.not_to_hand_over,
        ),
        Transition(
            name="cancel",
            label="Cancel",
            rule=leave_deciding.cancel,
            sources=_HELD,
            needs=leave_deciding.Cancel,
            who="own",
            guard=leave_deciding.not_to_cancel,
            many=False,
        ),
        Transition(
            name="attach",
            label="Attach the paper",
            rule=leave_deciding.attach,
            sources=_HELD,
            needs=leave_deciding.Attach,
            who="own",
            guard=leave_deciding.not_to_attach,
            many=False,
        ),
        REMIND,
    ),
    create=leave_asking.create,
    revise=leave_asking.revise,
    fixed=leave_asking.refuse_fixed,
)
LEAVEBOOK: Final = Rules(
    transitions=(
        Transition(
            name="correct",
            label="Correct",
            rule=leave_booking.correct,
            needs=leave_booking.CorrectIt,
            guard=leave_booking.not_own,
            many=False,
        ),
        Transition(
            name="reverse",
            label="Take back",
            rule=leave_booking.reverse,
            guard=leave_booking.not_to_reverse,
            many=False,
            final="write it once more instead.",
        ),
    ),
    create=leave_booking.create,
    fixed=leave_booking.refuse_fixed,
    counter=leave_ledger.undo,
)
