"""What may be done with cheques."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.office import REMIND
from botui.models.records import cheque_clearing, cheque_filing
from botui.models.records.cheque import State

CHEQUES: Final = Rules(
    transitions=(
        Transition(
            name="bank",
            label="Bank it",
            rule=cheque_clearing.bank,
            sources=frozenset({State.HELD}),
            target=State.BANKED,
            needs=cheque_clearing.BankCheque,
            ask=False,
            guard=cheque_clearing.not_to_bank,
        ),
        Transition(
            name="clear",
            label="Cleared",
            rule=cheque_clearing.clear,
            sources=frozenset({State.BANKED, State.OUT}),
            target=State.CLEARED,
            needs=cheque_clearing.ClearCheque,
            ask=False,
        ),
        Transition(
            name="bounce",
            label="Returned",
            rule=cheque_clearing.bounce,
            sources=frozenset({State.BANKED, State.OUT, State.CLEARED}),
            target=State.BOUNCED,
            needs=cheque_clearing.ReturnCheque,
        ),
        Transition(
            name="cancel",
            label="Cancel",
            rule=cheque_clearing.cancel,
            sources=frozenset({State.HELD, State.OUT, State.STALE}),
            target=State.CANCELLED,
            needs=cheque_clearing.CancelCheque,
        ),
        REMIND,
    ),
    create=cheque_filing.create,
    revise=cheque_filing.revise,
    fixed=cheque_filing.refuse_fixed,
)
