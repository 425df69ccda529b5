"""Paper that is handed out, on the screen: which document, who has it, since when, and how late it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botui import areas
from botui.models.calendar import day_words
from botui.screens.equipment_details import due_words
from botui.screens.frame import Keys
from botui.screens.lists import ListScreen
from botui.screens.records_papers import open_papers
from botui.screens.rows import KindRows
from botui.widgets.columns import Column


class CustodyRows(KindRows):
    """Rows of paper that is handed out; how late it is stands last, where the eye runs down."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns."""
        return (
            Column("id", "No.", 7),
            Column("document", "Archive", 8),
            Column("title", "Paper", 20, flex=True),
            Column("person", "Who has it", 20, flex=True),
            Column("at", "Since", 11, wide=True),
            Column("back_at", "Came back", 11, wide=True),
            Column("due", "Due back", 13, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        today = self.desk.settings.local(self.desk.clock()).date()
        if key == "document":
            return areas.ref("documents", record.document)
        if key == "title":
            title = self.desk.title("documents", record.document)
            return "not open to all" if title == areas.ref("documents", record.document) else title
        if key == "person":
            on = self.desk.title("parties", record.party)
            return f"{self.desk.title('people', record.person)}{f' for {on}' if on else ''}"
        if key in ("at", "back_at"):
            moment = getattr(record, key)
            return day_words(self.desk.settings.local(moment).date(), today) if moment else ""
        if key == "due":
            if record.back_at:
                return "back"
            words = due_words(record.due, today)
            return f"asked: {words}" if record.recalled_at and not words.endswith("late") else words
        return super().cell(key, record, doc)


class CustodyList(ListScreen):
    """A list of paper that is handed out."""

    ROWS = CustodyRows
    HELP = "Paper that is handed out. R takes it back, w asks it back, E gives it another day. n hands out by scan."

    def new_key(self) -> Keys:
        """Return the key by which another is handed out by scan."""
        return [("n", "Hand out", True)]

    def action_new(self) -> None:
        """Hand out by scan."""
        open_papers(self, back=False)
