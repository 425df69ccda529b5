"""Recurring bills, bound together for the screens, the command line and the import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Kind, View
from botui.models.records.standing import Standing


def standing_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``done`` for what stands still or has come to its end."""
    return "" if doc.get("active", True) and doc.get("next_on") else "done"


STANDING: Final = Kind(
    model=Standing,
    one="recurring bill",
    many="Recurring bills",
    about="party",
    rules="botui.models.records.standing_rules:STANDING",
    views=(
        View(
            name="active",
            label="Recurring bills",
            where=lambda _: {"active": (True,)},
            sort="next_on",
            empty="No bill comes again by itself: n files one.",
        ),
        View(name="all", label="Recurring bills, ended ones too", where=lambda _: {}, sort="next_on", menu=False),
    ),
    columns=("name", "party", "rule", "amount", "next_on"),
    index=("party", "direction", "active", "next_on", "name"),
    text=("name", "note"),
    row_style=standing_style,
)
