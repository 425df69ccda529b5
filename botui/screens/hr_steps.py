"""Steps of HR tasks on the screen: what, about whom, whose, how late, and what ticks them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from botui import areas
from botui.models.hr.task import Step, StepState
from botui.models.hr.wants import Want
from botui.screens.equipment_details import EquipmentDetails, due_words, joined
from botui.screens.lists import ListScreen
from botui.screens.record import RecordScreen
from botui.screens.rows import KindRows
from botui.widgets.columns import Column
from botui.widgets.detail import Section

_HEAD: Final = (
    *("task", "text", "who", "owner", "due", "required", "person", "lead", "over", "place", "offset", "wants", "state"),
    *("evidence", "note", "reason", "done_at", "done_by"),
)
"""Fields that stand in the lines above all sections."""


class StepRows(KindRows):
    """Rows of steps: what, about whom, whose, and how late it is."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns."""
        return (
            Column("id", "No.", 7),
            Column("text", "Step", 20, flex=True),
            Column("person", "About whom", 15),
            Column("task", "Task", 8, wide=True),
            Column("who", "Who does it", 12),
            Column("state", "State", 10, wide=True),
            Column("due", "Due", 13, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key == "task":
            return areas.ref("tasks", record.task)
        if key == "who":
            return self.desk.title("people", record.owner) or record.who.label
        if key == "due":
            open_ = record.state is StepState.OPEN and not record.over
            today = self.desk.settings.local(self.desk.clock()).date()
            return due_words(record.due, today) if open_ else record.state.label
        return super().cell(key, record, doc)


class StepDetails(EquipmentDetails):
    """What is shown of a step."""

    def sections(self, record: Step) -> Sequence[Section]:
        """Return what it is, whose and until when, what ticks it, and its task."""
        rows = [
            ("Step", joined(record.text, "" if record.required else "optional")),
            ("State", joined(record.state.label, record.reason, self._done(record))),
        ]
        if record.person:
            rows.append(("About", self.title("people", record.person)))
        rows.append(("Who does it", self.title("people", record.owner) or record.who.label))
        if record.due:
            rows.append(("Due", joined(*dict.fromkeys((due_words(record.due, self.today), self.day(record.due))))))
        if record.wants in {*Want}:
            rows.append(("Ticks itself", f"when {Want(record.wants).label}"))
        sees = self.desk.sees("tasks", record.task)
        rows.append(("Task", self.desk.headline("tasks", record.task) if sees else areas.ref("tasks", record.task)))
        found = [Section("", rows)]
        if record.note:
            found.append(Section("Note", record.note))
        return [*found, *self.rest(record, _HEAD)]

    def _done(self, one: Step) -> str:
        if one.done_at is None:
            return ""
        by = f"by {self.title('people', one.done_by)}" if one.done_by else "by itself"
        what = f"({one.evidence})" if one.evidence else ""
        return " ".join(filter(None, (by, what, self.at(one.done_at))))


class StepList(ListScreen):
    """A list of steps."""

    ROWS = StepRows
    HELP = "Steps of HR tasks. k says that one is done, a gives it to somebody, o notes on it, x leaves it out."


class StepRecord(RecordScreen):
    """One step."""

    DETAILS = StepDetails
    HELP = "One step of a task. k says that it is done, x that it is not needed; v opens its task."
