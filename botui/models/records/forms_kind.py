"""Letter templates bound together for the screens and the command line."""

from __future__ import annotations

from typing import Final

from botui.models.base import Kind, View
from botui.models.records.form import Form

FORMS: Final = Kind(
    model=Form,
    one="letter template",
    many="Letter templates",
    rules="botui.models.records.forms_rules:FORMS",
    views=(
        View(
            name="active",
            label="Letter templates",
            where=lambda _: {"active": (True,)},
            sort="name",
            empty="No letter template yet: n writes one.",
        ),
        View(name="all", label="Letter templates, old ones too", where=lambda _: {}, sort="name", menu=False),
    ),
    columns=("name", "subject", "channel"),
    index=("name", "active", "sort", "channel"),
    text=("name", "subject", "body"),
)
