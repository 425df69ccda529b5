"""What may be done with disposal lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Refused, Rules, Transition
from botui.models.office import REMIND, Context
from botui.models.records import destroying, disposing
from botui.models.records.disposal import PENDING, Disposal, State


def _fixed(_: Context, disposal: Disposal, values: Mapping[str, Any]) -> None:
    if disposal.state is State.DESTROYED:
        raise Refused(f"{disposal.ref} is a certificate: it stays as it is.")
    if disposal.state is not State.OPEN and "count" in values and "state" not in values:
        raise Refused(f"{disposal.ref} is {disposal.state.label} meanwhile: nothing comes onto it or off it by undo.")


DISPOSALS: Final = Rules(
    transitions=(
        Transition(
            name="approve",
            label="Approve",
            rule=destroying.approve,
            sources=frozenset({State.OPEN}),
            target=State.APPROVED,
            needs=destroying.Approve,
            ask=False,
            who="approve",
            guard=destroying.not_own,
            many=False,
            pin=True,
        ),
        Transition(
            name="refuse",
            label="Refuse",
            rule=destroying.refuse,
            sources=frozenset({State.OPEN}),
            target=State.REFUSED,
            needs=destroying.Refuse,
            who="approve",
            guard=destroying.not_own,
            many=False,
        ),
        Transition(
            name="destroy",
            label="Destroyed",
            rule=destroying.destroy,
            sources=frozenset({State.APPROVED}),
            target=State.DESTROYED,
            needs=destroying.Destroy,
            who="own",
            many=False,
            pin=True,
            final="what is destroyed cannot be brought back.",
        ),
        Transition(
            name="cancel",
            label="Take back",
            rule=destroying.cancel,
            sources=PENDING,
            target=State.CANCELLED,
            who="own",
            many=False,
        ),
        REMIND,
    ),
    create=disposing.create,
    revise=disposing.revise,
    fixed=_fixed,
)
