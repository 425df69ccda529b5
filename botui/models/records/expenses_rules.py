"""What may be done with expense claims and their lines."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.office import REMIND
from botui.models.records import expense_deciding, expense_filing, expense_paying
from botui.models.records.expense import WRITTEN, State

_SUBMITTED: Final = frozenset({State.SUBMITTED})


EXPENSES: Final = Rules(
    transitions=(
        Transition(
            name="submit",
            label="Submit",
            rule=expense_deciding.submit,
            sources=frozenset(WRITTEN),
            target=State.SUBMITTED,
            needs=expense_deciding.Submit,
            ask=False,
            who="own",
            guard=expense_deciding.not_to_submit,
        ),
        Transition(
            name="approve",
            label="Approve",
            rule=expense_deciding.approve,
            sources=_SUBMITTED,
            target=State.APPROVED,
            needs=expense_deciding.Approve,
            ask=False,
            who="approve",
            guard=expense_deciding.not_own,
            pin=True,
        ),
        Transition(
            name="refuse",
            label="Refuse",
            rule=expense_deciding.refuse,
            sources=_SUBMITTED,
            target=State.REFUSED,
            needs=expense_deciding.Refuse,
            who="approve",
            guard=expense_deciding.not_own,
            pin=True,
        ),
        Transition(
            name="pay",
            label="Pay",
            rule=expense_paying.pay,
            sources=frozenset({State.APPROVED}),
            target=State.PAID,
            needs=expense_paying.PayClaim,
        ),
        Transition(
            name="cancel",
            label="Cancel",
            rule=expense_deciding.cancel,
            sources=frozenset({*WRITTEN, State.SUBMITTED, State.APPROVED}),
            target=State.CANCELLED,
            needs=expense_deciding.CancelClaim,
            who="own",
            guard=expense_deciding.not_to_cancel,
        ),
        REMIND,
    ),
    create=expense_filing.create,
    revise=expense_filing.revise,
    fixed=expense_filing.refuse_fixed,
)
OUTLAYS: Final = Rules(
    transitions=(
        Transition(
            name="correct",
            label="Approve less",
            rule=expense_deciding.approve_less,
            needs=expense_deciding.ApproveLess,
            who="own",
            guard=expense_deciding.not_to_cut,
            many=False,
        ),
        Transition(
            name="cancel",
            label="Take off",
            rule=expense_filing.take_off,
            who="own",
            guard=expense_filing.cannot_take_off,
        ),
    ),
    create=expense_filing.create_line,
    revise=expense_filing.revise_line,
    fixed=expense_filing.refuse_fixed_line,
)
