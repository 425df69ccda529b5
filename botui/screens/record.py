"""One open record: its fields, what belongs to it, its history, and its verbs, numbered on Enter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from botui import areas
from botui.data import Desk, Event
from botui.models.base import Kind, Record, StoreDamaged
from botui.models.shape import FieldKind, FieldSpec, fields_of, show
from botui.screens.frame import Keys
from botui.screens.rows import kind_of
from botui.screens.verbs import VerbScreen
from botui.widgets.detail import DetailPane, Section


def field_rows(desk: Desk, record: Record, skip: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Return label and value of the fields that have one, in the order of the model."""
    kind = kind_of(record.COLLECTION)
    rows = []
    for spec in fields_of(type(record)):
        value = getattr(record, spec.name)
        if spec.name in skip or spec.kind is FieldKind.OTHER or (not spec.ui.form and value in (0, False)):
            continue
        text = (
            kind.states.get(value, str(value))
            if spec.name == "state"
            else show(spec, value, desk.title, desk.settings.local)
        )
        if text:
            rows.append((spec.label, text))
    return rows


class Details:
    """What is shown of a record, in the pane beside a list and on its own screen; areas add sections of their own.

    Args:
        desk: the desk of whoever looks.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def shown(self, collection: str, number: int) -> Sequence[Section]:
        """Return what the pane shows of a record, or why it shows nothing."""
        try:
            record = self.desk.peek(collection, number)
            return [Section("This record is gone.", ())] if record is None else self.sections(record)
        except StoreDamaged as error:
            return [Section("", str(error))]

    def sections(self, record: Any) -> Sequence[Section]:
        """Return what the pane shows of a record that is there."""
        return [Section("", field_rows(self.desk, record))]

    def followed(self, record: Any) -> list[tuple[str, tuple[str, int]]]:
        """Return the records this one names: what to show, and collection and number."""
        entries = []
        for spec in fields_of(type(record)):
            if spec.kind not in (FieldKind.REF, FieldKind.REFS):
                continue
            value = getattr(record, spec.name)
            for number in value if isinstance(value, tuple) else (value,) if value else ():
                words = f"{spec.label}: {self.desk.title(spec.ui.ref, number)} ({areas.ref(spec.ui.ref, number)})"
                entries.append((words, (spec.ui.ref, number)))
        return entries


class RecordScreen(VerbScreen):
    """One record with all that belongs to it.

    Attributes:
        DETAILS: what makes its sections.
    """

    DETAILS: ClassVar[type[Details]] = Details
    HELP = "One record. Enter lists what can be done; . lists also what cannot, and why."
    AUTO_FOCUS = "DetailPane"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "verbs(False)", "What can be done", show=False),
        Binding("H,ctrl+y", "history", "History", tooltip="Who changed what, and when."),
        Binding("f8,v,ctrl+o", "follow", "Open named", tooltip="Open what this record names: person, place, ticket."),
    ]

    def __init__(self, collection: str, number: int) -> None:
        super().__init__()
        self.kind: Kind[Any] = kind_of(collection)
        self.number = number
        self.pane = DetailPane(id="record")

    @property
    def details(self) -> Details:
        """What makes the sections, for whoever looks now."""
        return self.DETAILS(self.desk)

    def body(self) -> Iterable[Widget]:
        """Return the pane."""
        yield self.pane

    def selected(self) -> tuple[int, ...]:
        """Return this record."""
        return (self.number,)

    def heading(self) -> str:
        """Return reference and title."""
        return f"{areas.ref(self.kind.name, self.number)}  {self.desk.title(self.kind.name, self.number)}"

    def keys(self) -> Keys:
        """Return the keys of a record."""
        return [("Enter", "Do", True), *self.verb_keys()[:-1], ("v", "Named", True), ("H", "History", True)]

    def on_mount(self) -> None:
        """Show it."""
        super().on_mount()
        self.draw(keep_place=False)

    def draw(self, *, keep_place: bool = True) -> None:
        """Write the record as it is now."""
        self.pane.show(self.details.shown(self.kind.name, self.number), keep_place=keep_place)
        self.draw_frame()

    def store_changed(self, changed: Mapping[str, frozenset[int]] | None) -> None:
        """Write it anew: it, what belongs to it or a name in it may have changed."""
        self.draw()

    def minute(self) -> None:
        """Write it anew: time left has changed."""
        self.draw()

    @work
    async def action_history(self) -> None:
        """Show who changed what, and when."""
        from botui.screens.dialogs import Tell

        events = await self.ask_store(self.desk.history, self.kind.name, self.number)
        if events is not None:
            ref = areas.ref(self.kind.name, self.number)
            text = "\n\n".join(event_words(self.desk, self.kind, one) for one in reversed(events))
            await self.app.push_screen_wait(Tell(f"History of {ref}", text))

    @work
    async def action_follow(self) -> None:
        """Open a record that this one names."""
        from botui.screens.dialogs import Choose

        record = self.current()
        if record is None:
            return
        entries = self.details.followed(record)
        if not entries:
            self.say("This names no other record.", "warn")
        elif len(entries) == 1:
            self.session.open_record(*entries[0][1])
        elif (chosen := await self.app.push_screen_wait(Choose("Open", entries))) is not None:
            self.session.open_record(*chosen)


def event_words(desk: Desk, kind: Kind[Any], event: Event) -> str:
    """Return one event of a history in words."""
    at = f"{desk.settings.local(event.at):%Y-%m-%d %H:%M}"
    who = desk.title("people", event.by) or "botui"
    verb = event.action.partition(".")[2] or "change"
    label = next((one.label for one in kind.transitions if one.name == verb), verb.capitalize())
    lines = [f"{at}  {who}: {label}  (at {event.on})" + (f"  {event.note}" if event.note else "")]
    specs = {spec.name: spec for spec in fields_of(kind.model)}
    order = list(specs)
    for name, old, new in sorted(event.changes, key=lambda one: order.index(one[0]) if one[0] in specs else 0):
        spec = specs.get(name)
        if spec is None or (not old and not new):
            continue
        was, now = stored_words(desk, kind, spec, old), stored_words(desk, kind, spec, new)
        lines.append(f"    {spec.label}: {was} -> {now}" if old else f"    {spec.label}: {now}")
    return "\n".join(lines)


def stored_words(desk: Desk, kind: Kind[Any], spec: FieldSpec, value: Any) -> str:
    """Return a stored value in words: names for numbers, local time, the office's words for choices."""
    if value is None or value == "" or value == []:
        return "nothing"
    if isinstance(value, list):
        return ", ".join(stored_words(desk, kind, spec, one) for one in value)
    if isinstance(value, dict):
        return str(value.get("text", value))
    if spec.ui.ref and isinstance(value, int):
        return desk.title(spec.ui.ref, value)
    if spec.name == "state":
        return kind.states.get(value, str(value))
    if spec.kind is FieldKind.WHEN:
        return f"{desk.settings.local(datetime.fromisoformat(value)):%Y-%m-%d %H:%M}"
    if spec.kind is FieldKind.YESNO:
        return "yes" if value else "no"
    return next((one.label for one in spec.choices if one.value == value), str(value))
