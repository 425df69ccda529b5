"""Disposal lists, bound together for the screens and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Kind, View
from botui.models.records.disposal import PENDING, Disposal, State


def disposal_style(doc: Mapping[str, Any], _: str) -> str:
    """Return ``soon`` for what waits to be destroyed, ``done`` for what is over."""
    state = doc.get("state", State.OPEN.value)
    if state == State.APPROVED.value:
        return "soon"
    return "" if state == State.OPEN.value else "done"


DISPOSALS: Final = Kind(
    model=Disposal,
    one="disposal list",
    many="Disposal lists",
    rules="botui.models.records.disposals_rules:DISPOSALS",
    views=(
        View(
            name="open",
            label="Disposal lists",
            where=lambda _: {"state": tuple(sorted(one.value for one in PENDING))},
            sort="id",
            down=True,
            empty="No list is open: n lists what is due.",
        ),
        View(
            name="certificates",
            label="Certificates of disposal",
            where=lambda _: {"state": (State.DESTROYED.value,)},
            sort="id",
            down=True,
            empty="Nothing was destroyed yet.",
            menu=False,
        ),
        View(name="all", label="All disposal lists", where=lambda _: {}, sort="id", down=True, menu=False),
    ),
    columns=("name", "count", "state", "approver"),
    index=("name", "state", "approver", "created_by", "schedule", "destroyed_at"),
    text=("name", "number", "note"),
    states={state.value: state.label for state in State},
    row_style=disposal_style,
)
