"""Review cycles bound together for the screens and the command line."""

from __future__ import annotations

from typing import Final

from botui.models.base import Kind, View
from botui.models.hr.cycle import Cycle, State

CYCLES: Final = Kind(
    model=Cycle,
    one="review cycle",
    many="Review cycles",
    rules="botui.models.hr.cycles_rules:CYCLES",
    views=(
        View(
            name="open",
            label="Review cycles",
            where=lambda _: {"state": (State.PLANNED.value, State.OPEN.value)},
            sort="due",
            empty="No cycle is planned: n plans one, b opens its reviews.",
        ),
        View(name="all", label="Review cycles, closed ones too", where=lambda _: {}, down=True, menu=False),
    ),
    columns=("name", "department", "due", "state"),
    index=("name", "department", "due", "state"),
    text=("name", "goals"),
    states={state.value: state.label for state in State},
    row_style=lambda doc, _: "done" if doc.get("state") == State.CLOSED.value else "",
)
"""Rounds of reviews."""
