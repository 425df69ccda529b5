"""What may be done with audits and what they found."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.equipment import audit_end, auditing
from botui.models.equipment.audit import State
from botui.models.office import REMIND

_OPEN: Final = frozenset({State.OPEN})


AUDITS: Final = Rules(
    transitions=(
        Transition(
            name="count",
            label="Walk",
            rule=auditing.see,
            sources=_OPEN,
            needs=auditing.Seen,
            many=False,
        ),
        Transition(
            name="settle",
            label="Finish",
            rule=audit_end.settle,
            sources=_OPEN,
            target=State.FINISHED,
            needs=audit_end.Finish,
            ask=False,
            guard=audit_end.nothing_seen,
            many=False,
        ),
        Transition(
            name="cancel",
            label="Cancel",
            rule=auditing.cancel,
            sources=_OPEN,
            target=State.CANCELLED,
            needs=auditing.CancelAudit,
        ),
        REMIND,
    ),
    create=auditing.create,
    revise=auditing.revise,
)
FINDINGS: Final = Rules(
    transitions=(
        Transition(
            name="reverse",
            label="Take back",
            rule=auditing.take_back,
            guard=auditing.not_seen,
        ),
        REMIND,
    ),
    fixed=auditing.refuse_fixed,
)
