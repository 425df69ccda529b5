"""The categories of the books, bound together for the screens, the command line and the import."""

from __future__ import annotations

from typing import Final

from botui.models.base import Kind, View
from botui.models.records.chart import Category

CHART: Final = Kind(
    model=Category,
    one="category",
    many="Categories of the books",
    views=(
        View(
            name="active",
            label="Categories of the books",
            where=lambda _: {"active": (True,)},
            sort="name",
            empty="No categories yet: n makes one.",
        ),
        View(name="all", label="Categories of the books, old ones too", where=lambda _: {}, sort="name", menu=False),
    ),
    index=("name", "active", "side", "code"),
    aliases=("codes",),
    text=("name", "code"),
)
