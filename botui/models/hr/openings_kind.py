"""Openings, bound together for the screens and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Kind, View
from botui.models.hr.opening import LOOKED_FOR, Opening, State

_LOOKED_FOR: Final = tuple(sorted(one.value for one in LOOKED_FOR))


def concerns(doc: Mapping[str, Any]) -> list[int]:
    """Return whose an opening is besides HR's: the manager's for whom somebody is looked."""
    return [doc["manager"]] if "manager" in doc else []


def opening_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``done`` for what is over, ``late`` where the first day has come, ``soon`` for what is on hold."""
    state = doc.get("state", State.OPEN.value)
    if state not in _LOOKED_FOR:
        return "done"
    if (doc.get("starts") or "9999") < now[:10]:
        return "late"
    return "soon" if state == State.HOLD.value else ""


OPENINGS: Final = Kind(
    model=Opening,
    one="opening",
    many="Openings",
    rules="botui.models.hr.openings_rules:OPENINGS",
    views=(
        View(
            name="open",
            label="Open positions",
            where=lambda _: {"state": _LOOKED_FOR},
            sort="starts",
            empty="Nobody is looked for: n says who is wanted.",
        ),
        View(name="all", label="Openings, closed ones too", where=lambda _: {}, sort="id", down=True, menu=False),
    ),
    columns=("title", "department", "headcount", "hired", "starts", "state"),
    index=("title", "position", "department", "manager", "owner", "starts", "closes", "state", "schedule"),
    derived={"concerns": concerns},
    several=("concerns",),
    text=("title", "text"),
    states={state.value: state.label for state in State},
    whose="concerns",
    row_style=opening_style,
)
