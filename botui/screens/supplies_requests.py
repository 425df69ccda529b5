"""Requests: what somebody asks for in one column, and where it lies first where it is to be picked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.calendar import day_words
from botui.screens.lists import ListScreen
from botui.screens.rows import KindRows
from botui.widgets.columns import Column

_PICKED: Final = "hand_out"
"""The list that is walked with, place after place."""


class RequestRows(KindRows):
    """Rows of requests."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns; where it lies stands first, as one walks by it."""
        return (
            Column("id", "No.", 7),
            Column("source", "Lies in", 16),
            Column("item", "What", 16, flex=True),
            Column("quantity", "Quantity", 8, right=True),
            Column("person", "For", 14),
            Column("place", "Bring it to", 14, wide=True),
            Column("state", "State", 11),
            Column("needed_by", "Needed by", 10, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key == "item":
            return record.what if record.item is None else self.desk.title("items", record.item)
        if key == "quantity":
            return f"{record.left or record.quantity:,}"
        if key == "needed_by":
            today = self.desk.typing().now.date()
            return day_words(record.needed_by, today) if record.needed_by else ""
        return super().cell(key, record, doc)


class RequestList(ListScreen):
    """A list of requests."""

    ROWS = RequestRows
    HELP = "Requests. A approves one, x refuses it; T hands out what is marked with Space, place after place."

    def _same(self) -> frozenset[str]:
        """Return the columns that this list does not need."""
        return super()._same() | (frozenset() if self.view.name == _PICKED else {"source"})
