"""What may be done with bills, their lines and payments: the life of each as one table.

What is not in it does not happen, but for what follows from what is paid (``settlement``): part paid, paid.
"""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.office import REMIND
from botui.models.records import bill_lines, bill_steps, billing, checking, dunning, paying
from botui.models.records.bill import DUE, State

_RECEIVED: Final = frozenset({State.RECEIVED})
_ASKED: Final = frozenset({State.CHECKED})
_NOT_VOID: Final = frozenset(State) - {State.VOID}

BILLS: Final = Rules(
    transitions=(
        Transition(
            name="check",
            label="Check",
            rule=checking.check,
            sources=_RECEIVED | _ASKED,
            needs=checking.Check,
            ask=False,
            guard=checking.nothing_to_check,
        ),
        Transition(
            name="approve",
            label="Approve",
            rule=checking.approve,
            sources=_ASKED,
            target=State.APPROVED,
            needs=checking.Approve,
            ask=False,
            who="approve",
            guard=checking.not_own,
            pin=True,
        ),
        Transition(
            name="refuse",
            label="Refuse",
            rule=checking.refuse,
            sources=_ASKED,
            target=State.RECEIVED,
            needs=checking.Refuse,
            who="approve",
            guard=checking.not_own,
            pin=True,
        ),
        Transition(
            name="send",
            label="Sent",
            rule=bill_steps.send,
            sources=frozenset({State.DRAFT}),
            target=State.SENT,
            needs=bill_steps.Send,
            ask=False,
            guard=bill_steps.nothing_to_send,
        ),
        Transition(name="pay", label="Paid", rule=paying.pay, sources=DUE, needs=paying.Pay),
        Transition(
            name="write",
            label="Write",
            rule=dunning.write,
            sources=DUE | {State.DISPUTED},
            needs=dunning.WriteAbout,
            ask=False,
            guard=dunning.nothing_to_write,
        ),
        Transition(
            name="credit",
            label="Set against",
            rule=paying.credit,
            sources=DUE,
            needs=paying.Credit,
            ask=False,
            guard=paying.not_a_credit,
            many=False,
        ),
        Transition(
            name="dispute",
            label="Dispute",
            rule=bill_steps.dispute,
            sources=DUE | _RECEIVED | _ASKED,
            target=State.DISPUTED,
            needs=bill_steps.Dispute,
        ),
        Transition(
            name="accept",
            label="Dispute settled",
            rule=bill_steps.settle,
            sources=frozenset({State.DISPUTED}),
            needs=bill_steps.Settled,
            ask=False,
        ),
        Transition(
            name="tick",
            label="On their statement",
            rule=bill_steps.tick,
            needs=bill_steps.Tick,
            ask=False,
        ),
        Transition(
            name="void",
            label="Void",
            rule=bill_steps.void,
            sources=_NOT_VOID,
            target=State.VOID,
            needs=bill_steps.Void,
            guard=bill_steps.was_paid,
        ),
        Transition(name="note", label="Note", rule=bill_steps.note, needs=bill_steps.Note),
        REMIND,
    ),
    create=billing.create,
    revise=billing.revise,
    fixed=billing.refuse_fixed,
)
CHARGES: Final = Rules(
    transitions=(
        Transition(name="cancel", label="Take off", rule=bill_lines.take_off, guard=bill_lines.cannot_write),
        REMIND,
    ),
    create=bill_lines.create_line,
    revise=bill_lines.revise_line,
    fixed=bill_lines.refuse_fixed_line,
)
PAYMENTS: Final = Rules(
    transitions=(
        Transition(
            name="reverse",
            label="Take back",
            rule=paying.reverse,
            needs=paying.Reverse,
            guard=paying.cannot_reverse,
            many=False,
        ),
        REMIND,
    ),
    create=paying.create,
    revise=paying.revise,
)
