"""The categories of the books, bound together for the screens, the command line and the import."""

from __future__ import annotations

from typing import Final

from botui.models.base import Kind, View
from botui.models.records.chart import Category

CHART: Final = Kind(
    model=Category,
    one="category",
    many="Categories of the books",
    rules="botui.models.records.chart_rules:CHART",
    views=(
        View(
            name="active",
            label="Categories of the books",
            where=lambda _: {"active": (True,)},
            sort="name",
            empty="The usual ones come with the first bill, claim or bank line; n files one of your own.",
        ),
        View(name="all", label="Categories of the books, old ones too", where=lambda _: {}, sort="name", menu=False),
    ),
    columns=("name", "side", "code", "limit"),
    index=("name", "active", "side", "code"),
    aliases=("code", "codes"),
    text=("name", "code"),
    row_style=lambda doc, _: "" if doc.get("active", True) else "done",
)
