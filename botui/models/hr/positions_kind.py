"""Positions, bound together for the screens, the command line and the import."""

from __future__ import annotations

from typing import Final

from botui.models.base import Kind, View
from botui.models.hr.position import Position

POSITIONS: Final = Kind(
    model=Position,
    one="position",
    many="Positions",
    rules="botui.models.hr.positions_rules:POSITIONS",
    views=(
        View(
            name="active",
            label="Positions",
            where=lambda _: {"active": (True,)},
            sort="name",
            empty="No position is filed yet: n files one.",
        ),
        View(name="all", label="Positions, old ones too", where=lambda _: {}, sort="name", menu=False),
    ),
    index=("name", "department", "active"),
    text=("name", "grade", "duties"),
)
