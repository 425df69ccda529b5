"""Stocktakes and counts bound together for the screens, the command line and the import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Kind, Transition, View
from botui.models.office import REMIND
from botui.models.supplies import counting, differences
from botui.models.supplies.stocktake import Count, State, Stocktake

_COUNTING: Final = frozenset({State.COUNTING})
_TO_APPROVE: Final = frozenset({State.TO_APPROVE})
_OPEN: Final = frozenset(counting.OPEN)


def left(doc: Mapping[str, Any]) -> bool:
    """Return whether it is still to be counted."""
    return "counted" not in doc


def _done(doc: Mapping[str, Any], _: str) -> str:
    return "" if doc.get("state", State.COUNTING) in _OPEN else "done"


STOCKTAKES: Final = Kind(
    model=Stocktake,
    one="stocktake",
    many="Stocktakes",
    transitions=(
        Transition(
            name="ask_approval",
            label="Counting is done",
            rule=differences.ask_approval,
            sources=_OPEN,
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
            sources=_OPEN,
            target=State.CANCELLED,
            needs=counting.CancelStocktake,
        ),
        REMIND,
    ),
    views=(
        View(
            name="open",
            label="Stocktakes",
            where=lambda _: {"state": tuple(one.value for one in counting.OPEN)},
            sort="created_at",
            down=True,
            empty="Nothing is being counted: n begins a stocktake.",
        ),
        View(
            name="to_approve",
            label="Stocktakes to approve",
            where=lambda ctx: {"state": (State.TO_APPROVE.value,), "approver": (ctx.by or 0,)},
            sort="created_at",
            empty="No stocktake waits for your approval.",
            menu=False,
        ),
        View(
            name="all", label="Stocktakes, old ones too", where=lambda _: {}, sort="created_at", down=True, menu=False
        ),
    ),
    columns=("name", "state", "created_at", "created_by"),
    index=("name", "state", "created_at", "approver"),
    text=("name", "note"),
    create=counting.create,
    revise=counting.revise,
    states={state.value: state.label for state in State},
    row_style=_done,
)
COUNTS: Final = Kind(
    model=Count,
    one="count",
    many="Counts",
    title=lambda _: "Count of",
    about="item",
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
    views=(
        View(name="left", label="Still to count", where=lambda _: {"left": (True,)}, menu=False),
        View(name="all", label="Counts", where=lambda _: {}, menu=False),
    ),
    columns=("item", "place", "counted", "note"),
    index=("stocktake", "item", "place", "counted", "recount", "counted_at"),
    derived={"left": left},
    text=("note",),
    create=counting.add_found,
    revise=counting.revise_count,
    fixed=counting.refuse_fixed,
    parent="stocktake",
)
