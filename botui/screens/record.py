"""One open record: its fields, what belongs to it, its history, and its verbs, numbered on Enter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from botui import access, areas
from botui.data import Desk
from botui.models.base import Kind, Record, StoreDamaged
from botui.models.shape import FieldKind, fields_of, show
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
            value = getattr(record, spec.name)
            if spec.ui.names and (found := areas.parse_ref(str(value))):
                entries.append((f"{spec.label}: {self.desk.headline(*found)}", found))
            if spec.kind not in (FieldKind.REF, FieldKind.REFS):
                continue
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

    def is_private(self) -> bool:
        """Return whether it is HR's."""
        return self.kind.name in access.CLOSED

    def heading(self) -> str:
        """Return reference and title."""
        return self.desk.headline(self.kind.name, self.number)

    def keys(self) -> Keys:
        """Return the keys of a record."""
        return [("Enter", "Do", True), *self.verb_keys()[:-1], ("v", "Named", True), ("H", "History", True)]

    def on_mount(self) -> None:
        """Show it."""
        super().on_mount()
        self.draw(keep_place=False)

    def opened_by_scan(self, code: str) -> None:
        """Take in that it was opened because this was scanned."""

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

    def action_history(self) -> None:
        """Show who changed what, and when."""
        from botui.screens.history import HistoryScreen

        self.app.push_screen(HistoryScreen(self.kind.name, self.number))

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
