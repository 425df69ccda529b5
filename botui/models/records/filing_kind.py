"""Filing rules, bound together for the screens, the command line and the import."""

from __future__ import annotations

from typing import Final

from botui.models.base import Kind, View
from botui.models.records.filing_rule import FilingRule

FILING: Final = Kind(
    model=FilingRule,
    one="filing rule",
    many="Filing rules",
    rules="botui.models.records.documents_rules:FILING",
    views=(
        View(
            name="active",
            label="Filing rules",
            where=lambda _: {"active": (True,)},
            sort="rank",
            empty="No rules yet: n makes one, by the words that stand in a scan.",
        ),
        View(name="all", label="Filing rules, old ones too", where=lambda _: {}, sort="rank", menu=False),
    ),
    columns=("name", "words", "match", "schedule"),
    index=("name", "rank", "active", "schedule", "party"),
    text=("name", "words", "title", "tags"),
)
