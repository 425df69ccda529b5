"""The retention schedule on the screen: how long each class is kept, in words, and how much is in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from botui.models.base import plural
from botui.models.records.document import State
from botui.models.records.retention import RetentionClass
from botui.screens.equipment_details import EquipmentDetails, EquipmentRecord
from botui.screens.lists import ListScreen
from botui.screens.rows import KindRows
from botui.widgets.columns import Column
from botui.widgets.detail import Section

_HEAD: Final = ("name", "years", "months", "trigger", "at_least", "source", "note")


class RetentionRows(KindRows):
    """Rows of classes: how long each is kept."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns."""
        return (
            Column("id", "No.", 7),
            Column("name", "Class", 20, flex=True),
            Column("kept", "Kept", 44),
            Column("source", "Source", 30, wide=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        return str(record.words) if key == "kept" else super().cell(key, record, doc)


class RetentionList(ListScreen):
    """The retention schedule."""

    ROWS = RetentionRows
    HELP = (
        "How long each class of documents is kept. e changes one: until when its documents are kept follows at once. "
        "n adds one."
    )


class RetentionDetails(EquipmentDetails):
    """What is shown of a class."""

    def sections(self, record: RetentionClass) -> Sequence[Section]:
        """Return how long it is kept and why, and how much of what is in it this person sees."""
        rows = [("Kept", record.words), ("Source", record.source), ("In it", self._in_it(record))]
        found = [Section("", [(label, text) for label, text in rows if text])]
        if record.note:
            found.append(Section("Note", record.note))
        return [*found, *self.rest(record, _HEAD)]

    def _in_it(self, record: RetentionClass) -> str:
        if not self.reads("documents"):
            return ""
        numbers = self.desk.ids("documents", {"schedule": (record.id,)})
        due = self.desk.ids("documents", {"schedule": (record.id,), "state": (State.REVIEW.value,)})
        return f"{plural(len(numbers), 'document')}{f', {len(due):,} due for review' if due else ''}"


class RetentionRecord(EquipmentRecord):
    """One class of the retention schedule."""

    DETAILS = RetentionDetails
    HELP = "One class of the retention schedule. e changes it: until when its documents are kept follows at once."
