"""Stocktakes and counts bound together for the screens, the command line and the import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Kind, View
from botui.models.supplies.stocktake import OPEN, Count, State, Stocktake


def left(doc: Mapping[str, Any]) -> bool:
    """Return whether it is still to be counted."""
    return "counted" not in doc


def _done(doc: Mapping[str, Any], _: str) -> str:
    return "" if doc.get("state", State.COUNTING) in OPEN else "done"


STOCKTAKES: Final = Kind(
    model=Stocktake,
    one="stocktake",
    many="Stocktakes",
    rules="botui.models.supplies.counts_rules:STOCKTAKES",
    views=(
        View(
            name="open",
            label="Stocktakes",
            where=lambda _: {"state": tuple(one.value for one in OPEN)},
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
    states={state.value: state.label for state in State},
    row_style=_done,
)
COUNTS: Final = Kind(
    model=Count,
    one="count",
    many="Counts",
    title=lambda _: "Count of",
    about="item",
    rules="botui.models.supplies.counts_rules:COUNTS",
    views=(
        View(name="left", label="Still to count", where=lambda _: {"left": (True,)}, menu=False),
        View(name="all", label="Counts", where=lambda _: {}, menu=False),
    ),
    columns=("item", "place", "counted", "note"),
    index=("stocktake", "item", "place", "counted", "recount", "counted_at"),
    derived={"left": left},
    text=("note",),
    parent="stocktake",
)
