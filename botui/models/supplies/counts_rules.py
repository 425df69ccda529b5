"""What may be done with stocktakes and counts."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.office import REMIND
from botui.models.supplies import counting, differences
from botui.models.supplies.stocktake import OPEN, State

_TO_APPROVE: Final = frozenset({State.TO_APPROVE})


STOCKTAKES: Final = Rules(
    transitions=(
        Transition(
            name="ask_approval",
            label="Counting is done",
            rule=differences.ask_approval,
            sources=frozenset(OPEN),
            target=State.TO_APPROVE,
            needs=differences.CountingDone,
            guard=differences.nothing_counted,
            many=False,
        ),
        Transition(
            name="approve",
            label="Approve and book",
            rule=differences.approve,
            sources=_TO_APPROVE,
            target=State.BOOKED,
            who="approve",
            guard=differences.cannot_approve,
            many=False,
            pin=True,
        ),
        Transition(
            name="refuse",
            label="Count again",
            rule=differences.refuse,
            sources=_TO_APPROVE,
            target=State.COUNTING,
            needs=differences.CountAgain,
            who="approve",
            guard=differences.cannot_approve,
            many=False,
        ),
        Transition(
            name="cancel",
            label="Cancel",
            rule=counting.cancel,
            sources=frozenset(OPEN),
            target=State.CANCELLED,
            needs=counting.CancelStocktake,
        ),
        REMIND,
    ),
    create=counting.create,
    revise=counting.revise,
)
COUNTS: Final = Rules(
    transitions=(
        Transition(
            name="count",
            label="Count",
            rule=counting.count,
            needs=counting.HowMany,
            guard=counting.not_counting,
            many=False,
        ),
        Transition(name="recount", label="Count again", rule=counting.recount, guard=counting.cannot_recount),
        REMIND,
    ),
    create=counting.add_found,
    revise=counting.revise_count,
    fixed=counting.refuse_fixed,
)
