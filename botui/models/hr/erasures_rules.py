"""What may be done with erasures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Refused, Rules, Transition
from botui.models.hr import erasing
from botui.models.hr.erasure import PENDING, Erasure, State
from botui.models.office import REMIND, Context


def _fixed(_: Context, erasure: Erasure, values: Mapping[str, Any]) -> None:
    if erasure.state is State.ERASED and values:
        raise Refused(f"{erasure.ref} is a certificate: it stays as it is.")


ERASURES: Final = Rules(
    transitions=(
        Transition(
            name="approve",
            label="Approve",
            rule=erasing.approve,
            sources=frozenset({State.OPEN}),
            target=State.APPROVED,
            who="approve",
            guard=erasing.not_own,
            many=False,
            pin=True,
        ),
        Transition(
            name="erase",
            label="Erase for good",
            rule=erasing.erase,
            needs=erasing.Erase,
            sources=frozenset({State.APPROVED}),
            target=State.ERASED,
            many=False,
            pin=True,
            final="what is erased for good is nowhere any more.",
        ),
        Transition(
            name="cancel",
            label="Cancel",
            rule=erasing.cancel,
            sources=PENDING,
            target=State.CANCELLED,
            who="own",
            many=False,
        ),
        REMIND,
    ),
    create=erasing.create,
    revise=erasing.revise,
    fixed=_fixed,
)
