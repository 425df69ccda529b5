"""The retention schedule, bound together for the screens, the command line and the import."""

from __future__ import annotations

from typing import Final

from botui.models.base import Kind, View
from botui.models.records.retention import RetentionClass

RETENTION: Final = Kind(
    model=RetentionClass,
    one="retention class",
    many="Retention schedule",
    rules="botui.models.records.retention_rules:RETENTION",
    views=(
        View(
            name="active",
            label="Retention schedule",
            where=lambda _: {"active": (True,)},
            sort="name",
            empty="No classes yet: the usual ones come with the first document; n adds one.",
        ),
        View(name="all", label="Retention schedule, old classes too", where=lambda _: {}, sort="name", menu=False),
    ),
    index=("name", "active"),
    text=("name", "source", "note"),
)
