"""Drills bound together for the screens and the command line."""

from __future__ import annotations

from typing import Final

from botui.models.base import Kind, View
from botui.models.hr.drill import Drill

DRILLS: Final = Kind(
    model=Drill,
    one="drill",
    many="Drills",
    title=lambda one: f"Drill: {one.kind.label}",
    rules="botui.models.hr.drills_rules:DRILLS",
    views=(
        View(
            name="all",
            label="Drills",
            where=lambda _: {},
            sort="at",
            down=True,
            empty="No drill is written down yet: n writes one down.",
        ),
    ),
    columns=("kind", "at", "place", "minutes", "present", "led_by"),
    index=("kind", "at", "place", "next_on"),
    text=("led_by", "note"),
)
"""Emergencies as they are tried out."""
