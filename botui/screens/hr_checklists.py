"""Checklists on the screen: their lines as they are read, when they run, and what was made of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from botui.models.base import Refused
from botui.models.hr.checklist_text import items
from botui.models.hr.task import Checklist, Task
from botui.screens.equipment_details import EquipmentDetails, Link, joined
from botui.screens.record import RecordScreen
from botui.widgets.columns import Column
from botui.widgets.detail import Grid, Section

_HEAD: Final = ("name", "kind", "steps", "every", "ahead", "owner", "active", "next_on", "ran_on")
"""Fields that stand in the lines above all sections."""
_ITEMS: Final = (
    Column("days", "Days", 5, right=True),
    Column("who", "Whose", 14),
    Column("text", "Step", 20, flex=True),
    Column("want", "By itself", 9),
)
_MADE: Final = 5
"""Tasks that the page of a checklist shows: the last ones."""


class ChecklistDetails(EquipmentDetails):
    """What is shown of a checklist: its lines as they are read, and the tasks made of it."""

    def sections(self, record: Checklist) -> Sequence[Section]:
        """Return when it runs, its steps, and the last tasks."""
        found = [Section("", self._head(record))]
        try:
            rows = [
                (
                    f"{one.days:+}" if one.days else "0",
                    one.name or one.who.label,
                    one.text if one.required else f"{one.text} (optional)",
                    one.want.value if one.want else "",
                )
                for one in items(record.steps)
            ]
        except Refused as error:
            return [*found, Section("Steps", str(error))]
        found.append(Section(f"Steps ({len(rows)})", Grid(_ITEMS, rows)))
        if made := self._made(record):
            lines = [(one.ref, joined(one.title, self.title("people", one.person), one.state.label)) for one in made]
            found.append(Section("Made of it", lines))
        return [*found, *self.rest(record, _HEAD)]

    def _head(self, one: Checklist) -> list[tuple[str, str]]:
        rows = [("Kind", one.kind.label), ("Who sees to it", self.title("people", one.owner) or "HR")]
        if not one.active:
            return [*rows, ("Runs", "out of use: i takes it into use again")]
        if one.next_on is None:
            return [*rows, ("Runs", "when somebody runs it: b")]
        there = self.day(one.next_on - timedelta(days=one.ahead))
        last = f"last for {self.day(one.ran_on)}" if one.ran_on else ""
        return [*rows, ("Runs", joined(one.every, f"next for {self.day(one.next_on)}, there {there}", last))]

    def _made(self, record: Checklist) -> list[Task]:
        return self.last("tasks", {"checklist": (record.id,)}, _MADE)

    def followed(self, record: Checklist) -> list[Link]:
        """Return the last tasks made of it, and who sees to it."""
        return self.named(*(self.link("Task", "tasks", one.id) for one in self._made(record)), record=record)


class ChecklistRecord(RecordScreen):
    """One checklist."""

    DETAILS = ChecklistDetails
    HELP = "One checklist. b runs it: a task comes of it with its steps. e edits its lines, i takes it out of use."
