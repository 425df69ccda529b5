"""HR tasks on the screen: one checklist that shows each viewer their own part first, and what ticks itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType

from botui import areas
from botui.models.base import Refused, plural
from botui.models.hr.task import PENDING, State, Step, StepState, Task, TaskKind
from botui.models.hr.tasks_kind import waits_for
from botui.screens.equipment_details import EquipmentDetails, Link, due_words, joined
from botui.screens.frame import Keys
from botui.screens.lists import ListScreen
from botui.screens.record import RecordScreen
from botui.screens.rows import KindRows
from botui.widgets.columns import Column
from botui.widgets.detail import Grid, Section

_HEAD: Final = (
    *("title", "kind", "person", "owner", "due", "about", "note", "state", "day", "helpers", "roles", "open_steps"),
    *("next_due", "reason", "checklist"),
)
"""Fields that stand in the lines above all sections."""
_LINES: Final = (
    Column("box", "", 3),
    Column("id", "No.", 7),
    Column("text", "Step", 20, flex=True),
    Column("who", "Who does it", 16),
    Column("due", "Due", 13),
)
_BOX: Final = {StepState.OPEN: "[ ]", StepState.DONE: "[x]", StepState.SKIPPED: "[-]"}
KINDS: Final[Mapping[TaskKind, str]] = {
    TaskKind.OFFBOARDING: "botui.screens.hr_leaving",
    TaskKind.PAYROLL: "botui.screens.hr_payroll",
}
"""Kinds of tasks whose page shows more: the module with ``sections(desk, task)`` and ``links(desk, task)``."""


class TaskRows(KindRows):
    """Rows of tasks: about whom, how much is left, and what is due next."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns; what is due next stands last, where the eye runs down."""
        return (
            Column("id", "No.", 7),
            Column("title", "Task", 18, flex=True),
            Column("person", "About whom", 15),
            Column("kind", "Kind", 11, wide=True),
            Column("owner", "Who sees to it", 14, wide=True),
            Column("left", "Left", 10),
            Column("state", "State", 10, wide=True),
            Column("until", "Due next", 13, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key == "left":
            return plural(record.open_steps, "step") if record.open_steps else record.state.label
        if key == "owner":
            return self.desk.title("people", record.owner) or "HR"
        if key == "until":
            days = [one for one in (record.next_due, record.due) if one is not None]
            today = self.desk.settings.local(self.desk.clock()).date()
            return due_words(min(days), today) if days and record.state in PENDING else ""
        return super().cell(key, record, doc)


class TaskDetails(EquipmentDetails):
    """What is shown of a task: the own part of whoever looks first, then that of the others."""

    def sections(self, record: Task) -> Sequence[Section]:
        """Return how far it is, the own steps, what tasks of its kind show, those of the others, and all the rest."""
        found = [Section("", self._head(record))]
        steps = self.steps(record)
        mine = [one for one in steps if self.is_mine(one)]
        others = [one for one in steps if not self.is_mine(one)]
        if mine:
            found.append(Section(f"Your part ({_left(mine)})", Grid(_LINES, [self._line(one) for one in mine])))
        if more := KINDS.get(record.kind):
            found += areas.load(f"{more}:sections")(self.desk, record)
        if others:
            heading = f"The others' part ({_left(others)})" if mine else f"Steps ({_left(others)})"
            found.append(Section(heading, Grid(_LINES, [self._line(one) for one in others])))
        if record.note:
            found.append(Section("Note", record.note))
        return [*found, *self.rest(record, _HEAD)]

    def steps(self, record: Task) -> list[Step]:
        """Return its steps in their order, as far as this person sees them."""
        found: list[Step] = self.all("steps", {"task": (record.id,)})
        return sorted(found, key=lambda one: (one.due is None, one.due, one.place))

    def is_mine(self, step: Step) -> bool:
        """Return whether a step is for whoever looks: by name, or by what they work as."""
        return waits_for(step.doc()) in (self.desk.person, *self.desk.roles())

    def _head(self, one: Task) -> list[tuple[str, str]]:
        open_ = f"{plural(one.open_steps, 'required step')} left" if one.open_steps else ""
        hint = "c closes it" if one.state is State.DONE else ""
        rows = [("State", joined(one.state.label, open_, hint, one.reason))]
        rows.append(("About", joined(self.title("people", one.person) or "nobody in particular", one.kind.label)))
        rows.append(("Who sees to it", self.title("people", one.owner) or "HR"))
        until = one.next_due if one.state in PENDING else None
        first = f"the next step {due_words(until, self.today)}" if until else ""
        whole = f"all by {self.day(one.due)}" if one.due else ""
        if first or whole:
            rows.append(("Due", joined(first, whole)))
        if one.about:
            found = areas.parse_ref(one.about)
            rows.append(("Belongs to", self.desk.headline(*found) if found else one.about))
        return rows

    def _line(self, one: Step) -> tuple[str, ...]:
        open_ = one.state is StepState.OPEN
        who = self.title("people", one.owner) or one.who.label
        optional = "" if one.required else " (optional)"
        itself = " *" if one.wants and open_ else ""
        due = due_words(one.due, self.today) if open_ else self.day(_day(self, one)) or one.state.label
        return (_BOX[one.state], one.ref, f"{one.text}{optional}{itself}", who, due)

    def followed(self, record: Task) -> list[Link]:
        """Return its steps, what ticked them, and all that it names."""
        found = []
        for one in self.steps(record):
            found.append(self.link("Step", "steps", one.id, f"{_BOX[one.state]} {one.text}"))
            if ticked := areas.parse_ref(one.evidence):
                found.append(self.link("Ticked by", *ticked))
        more = areas.load(f"{KINDS[record.kind]}:links")(self.desk, record) if record.kind in KINDS else []
        return self.named(*more, *found, record=record)


def _left(steps: Sequence[Step]) -> str:
    open_ = sum(one.state is StepState.OPEN for one in steps)
    return f"{open_} of {len(steps)} to do" if open_ else "all done"


def _day(details: EquipmentDetails, one: Step) -> Any:
    return details.desk.settings.local(one.done_at).date() if one.done_at else None


class TaskList(ListScreen):
    """A list of tasks."""

    ROWS = TaskRows
    HELP = (
        "HR tasks. Enter opens one with its steps; c closes one when nothing required is open, x says it is not needed."
    )


class TaskRecord(RecordScreen):
    """One task with its steps."""

    DETAILS = TaskDetails
    HELP = (
        "One task. k ticks a step: it asks which. n adds a step, v opens one: to leave it out, give it to somebody or "
        "note on it. A step with * ticks itself when it is done elsewhere."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,f6,ctrl+n", "new_step", "New step", tooltip="Add a step to this task."),
        Binding("q", "sheet", "Sheet", tooltip="Of payroll: the sheet of the month, line by line."),
    ]

    def keys(self) -> Keys:
        """Return the keys of a record, with those of its steps."""
        found = [*super().keys()]
        if self._open_steps():
            found.insert(1, ("k", "Tick", True))
        if self._has_sheet():
            from botui.screens.hr_payroll import reads

            if reads(self.desk):
                found.insert(2, ("q", "Sheet", True))
        if self.desk.may("steps", "add") is None:
            found.append(("n", "New step", True))
        return found

    def action_verb(self, name: str, ask: bool = False) -> None:
        """Do a verb of the task; a step of it is ticked."""
        if name == "tick":
            self._tick()
        else:
            super().action_verb(name, ask)

    def action_new_step(self) -> None:
        """Add steps to this task, one form after the other."""
        self.session.new_record("steps", {"task": self.number})

    def _open_steps(self) -> list[Step]:
        """Return the steps that whoever is here can tick now, those that are for them first."""
        record = self.current()
        if not isinstance(record, Task) or record.state not in PENDING:
            return []
        details = TaskDetails(self.desk)
        open_ = [one for one in details.steps(record) if one.state is StepState.OPEN]
        return sorted(open_, key=lambda one: not details.is_mine(one))

    @work
    async def _tick(self) -> None:
        """Tick a step; where several are open, ask which."""
        from botui.screens.dialogs import Choose

        steps = self._open_steps()
        if not steps:
            self.say("Tick: no step of yours is open here.", "warn")
            return
        chosen: int | None = steps[0].id
        if len(steps) > 1:
            details = TaskDetails(self.desk)
            entries = [(f"{one.text} ({one.ref}){_for_others(details, one)}", one.id) for one in steps]
            chosen = await self.app.push_screen_wait(Choose("Which step is done?", entries, hint="Press its number"))
        if chosen is None:
            return
        try:
            done = await self.attempt(self.desk.do, "steps", chosen, "tick")
        except Refused as error:
            self.say(str(error), "error")
        else:
            self.say(done.said)

    def _has_sheet(self) -> bool:
        record = self.current()
        return isinstance(record, Task) and record.kind is TaskKind.PAYROLL

    @work
    async def action_sheet(self) -> None:
        """Show the payroll sheet of the month."""
        from botui.screens.dialogs import Tell
        from botui.screens.hr_payroll import payroll_text

        record = self.current()
        if record is None or not self._has_sheet():
            self.say("Only a payroll task has a sheet.", "warn")
            return
        found = await self.ask_store(payroll_text, self.desk, record, self.app.size.width)
        if found is not None:
            await self.app.push_screen_wait(Tell(*found))


def _for_others(details: TaskDetails, one: Step) -> str:
    who = details.title("people", one.owner) or one.who.label
    return "" if details.is_mine(one) else f", for {who}"
