"""Stocktakes and counts bound together for the screens, the command line and the import."""

from __future__ import annotations

from typing import Final

from botui.models.base import Kind, View
from botui.models.office import REMIND
from botui.models.supplies.stocktake import Count, State, Stocktake

STOCKTAKES: Final = Kind(
    model=Stocktake,
    one="stocktake",
    many="Stocktakes",
    transitions=(REMIND,),
    views=(View(name="all", label="Stocktakes", where=lambda _: {}, sort="id", down=True),),
    columns=("name", "state", "created_at", "created_by"),
    index=("name", "state", "created_at"),
    text=("name", "note"),
    states={state.value: state.label for state in State},
)
COUNTS: Final = Kind(
    model=Count,
    one="count",
    many="Counts",
    title=lambda one: one.ref,
    transitions=(REMIND,),
    views=(View(name="all", label="Counts", where=lambda _: {}, menu=False),),
    columns=("item", "place", "counted", "note"),
    index=("stocktake", "item", "place", "recount", "counted_at"),
    text=("note",),
    parent="stocktake",
)
