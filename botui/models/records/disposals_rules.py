"""What may be done with disposal lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Refused, Rules, Transition
from botui.models.office import REMIND, Context
from botui.models.records import disposing
from botui.models.records.disposal import PENDING, Disposal, State


def _fixed(_: Context, disposal: Disposal, values: Mapping[str, Any]) -> None:
    if disposal.state is State.DESTROYED:
        raise Refused(f"{disposal.ref} is a certificate: it stays as it is.")


DISPOSALS: Final = Rules(
    transitions=(
        Transition(
            name="approve",
            label="Approve",
            rule=disposing.approve,
            sources=frozenset({State.OPEN}),
            target=State.APPROVED,
            needs=disposing.Approve,
            ask=False,
            who="approve",
            guard=disposing.not_own,
            many=False,
            pin=True,
        ),
        Transition(
            name="refuse",
            label="Refuse",
            rule=disposing.refuse,
            sources=frozenset({State.OPEN}),
            target=State.REFUSED,
            needs=disposing.Refuse,
            who="approve",
            guard=disposing.not_own,
            many=False,
        ),
        Transition(
            name="destroy",
            label="Destroyed",
            rule=disposing.destroy,
            sources=frozenset({State.APPROVED}),
            target=State.DESTROYED,
            needs=disposing.Destroy,
            who="own",
            many=False,
            pin=True,
            final="what is destroyed cannot be brought back.",
        ),
        Transition(
            name="cancel",
            label="Take back",
            rule=disposing.cancel,
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
