"""The list of one collection: rows of a view, a filter, marks, verbs, and the record beside it where there is room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from botui import access, areas
from botui.actions.find import matching
from botui.data import Desk
from botui.models.base import Kind, StoreDamaged, View
from botui.models.query import parse_query
from botui.models.shape import FieldKind, fields_of
from botui.screens.frame import DeskScreen, Keys
from botui.screens.record import Details
from botui.screens.rows import KindRows, kind_of
from botui.screens.verbs import VerbScreen, look_ahead
from botui.widgets.detail import DetailPane, Section
from botui.widgets.filter_bar import FilterBar
from botui.widgets.record_table import RecordTable

Listed = tuple[str, View]
"""A list: its collection, and which view of it."""
_NOT_FILTERED: Final[tuple[tuple[str, str], frozenset[int]]] = (("", ""), frozenset())
"""View and filter of which the records are known, and those records."""
BESIDE = 120
"""Cells of a screen from which on the record stands beside the list."""


class ListScreen(VerbScreen):
    """A list of records: filter, views, marks, verbs.

    Attributes:
        ROWS: what makes its rows.
    """

    ROWS: ClassVar[type[KindRows]] = KindRows
    DEFAULT_CSS = """
    ListScreen .beside { width: 2fr; display: none; padding-left: 1; }
    ListScreen RecordTable { width: 3fr; }
    """
    HELP = "Enter opens a record. Space marks it, * all of the list: a verb is then done on all that are marked."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,ctrl+f", "filter", "Filter", tooltip="Words, or field:value such as state:open."),
        Binding("n,f6,ctrl+n", "new", "New", tooltip="File a new record."),
        Binding("v,f8,ctrl+o", "views", "Views", tooltip="Choose another list."),
        Binding("left_square_bracket", "view(-1)", "Previous list", tooltip="The list before this one."),
        Binding("right_square_bracket", "view(1)", "Next list", tooltip="The list after this one."),
    ]

    def __init__(self, collection: str, view: str = "", details: type[Details] = Details) -> None:
        super().__init__()
        self._details = details
        self.pane = DetailPane(classes="beside")
        self.kind: Kind[Any] = kind_of(collection)
        self.view: View = self.kind.view(view) if view else self.kind.views[0]
        self._filter = ""
        self._new: int | None = None
        self._rows: KindRows | None = None
        self._looked_ahead = False
        self._stale: set[int] | None = None  # records that changed since they were drawn; None = any may have
        self._met: tuple[tuple[str, str], frozenset[int]] = _NOT_FILTERED
        self.table = RecordTable((), id="list")
        self.filter_bar = FilterBar()

    def body(self) -> Iterable[Widget]:
        """Return the list and the filter."""
        yield Horizontal(self.table, self.pane)
        yield self.filter_bar

    def is_private(self) -> bool:
        """Return whether these records are each for one person alone."""
        return self.kind.name in access.ALONE

    def heading(self) -> str:
        """Return area, list and count."""
        return self.kind.heading(self.view) + (f" / {self._filter}" if self._filter else "")

    def keys(self) -> Keys:
        """Return the keys of a list."""
        rest = [("/", "Filter", True), ("v", "Views", True), *self.verb_keys()]
        return [("Enter", "Open", True), *self.new_key(), *rest]

    def new_key(self) -> Keys:
        """Return the key that files another of these, where this person may."""
        return [("n", "New", True)] if self.desk.may(self.kind.name, "add") is None else []

    def on_mount(self) -> None:
        """Show the first rows."""
        super().on_mount()
        self._rows = self.ROWS(self.desk, self.kind, (), self._same())
        self.table.set_columns(self._rows.columns)
        self.load()

    # --- rows ---------------------------------------------------------------------------------------------------

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Bring the rows of view and filter; the cursor stays on its record, or goes to the one just filed."""
        stale = None if self._stale is None else frozenset(self._stale)
        ids = await self.ask_store(self._find, self._filter, stale)
        if ids is None or self._rows is None:
            return
        self._stale = set()
        before, self._rows = self._rows, self.ROWS(self.desk, self.kind, ids, self._same())
        if self._rows.columns != before.columns:
            self.table.set_columns(self._rows.columns)
        nothing = f"Nothing has '{self._filter}'. Esc takes the filter away." if self._filter else self.view.empty
        self.table.set_empty(nothing)
        self.table.show(self._rows, stale)
        if self._new is not None and self.table.highlight(self._new):
            self._new = None
        self._draw_beside()
        self.draw_frame()

    def filed(self, refs: Sequence[str]) -> None:
        """Put the cursor on the record that was filed, where it is in this list."""
        numbers = [found[1] for ref in refs if (found := areas.parse_ref(ref)) and found[0] == self.kind.name]
        self._new = numbers[0] if numbers else None
        self.load()

    def _same(self) -> frozenset[str]:
        """Return the fields of which this view wants one value only: "mine" need not say so in every row."""
        where = self.view.where(self.desk.context())
        return frozenset(name for name, values in where.items() if isinstance(values, tuple) and len(values) == 1)

    def _find(self, text: str, stale: frozenset[int] | None) -> Sequence[int]:
        """Return the records of view and filter; only those that changed are held against a filter that stands."""
        ids = self.desk.listing(self.kind.name, self.view).ids()
        if ids and not self._looked_ahead:
            # A record that cannot be read says so in its row.
            with suppress(StoreDamaged):
                look_ahead(self.desk, self.kind.name, ids[0])
                self._looked_ahead = True
        if not text:
            self._met = _NOT_FILTERED
            return ids
        wanted, query = (self.view.name, text), parse_query(text)
        met = self._met[1] if wanted == self._met[0] and not self.view.timed else None
        if stale is None or met is None:
            found = matching(self.desk, self.kind.name, ids, query)
            self._met = (wanted, frozenset(found))
            return found
        again = [number for number in stale if self.desk.doc(self.kind.name, number) is not None]
        met = met - stale | frozenset(matching(self.desk, self.kind.name, again, query))
        self._met = (wanted, met)
        return list(filter(met.__contains__, ids))

    def store_changed(self, changed: Mapping[str, frozenset[int]] | None) -> None:
        """Draw the rows that changed; bring the list anew where its records came, went or moved."""
        names = self._rows.names if self._rows is not None else frozenset()
        if changed is None or not names.isdisjoint(changed):
            self._stale = None
        elif self._stale is not None:
            self._stale |= changed.get(self.kind.name, frozenset())
        if self._stale is None or self._stale:
            self.load()

    def minute(self) -> None:
        """Bring a list that depends on the time; else draw only the deadlines."""
        if self.view.timed:
            self._stale = None
            self.load()
        else:
            self.table.refresh_rows()

    def selected(self) -> tuple[int, ...]:
        """Return the marked records, else the one under the cursor."""
        one = self.table.highlighted
        return tuple(sorted(self.table.marked)) or ((one,) if one is not None else ())

    @on(RecordTable.Highlighted, "#list")
    def _highlighted(self) -> None:
        self._draw_position()
        self.draw_keys()
        self._draw_beside()

    def on_resize(self) -> None:
        """Show the record beside the list where there is room."""
        self.pane.display = self.size.width >= BESIDE
        self._draw_beside()
        super().on_resize()

    def _draw_beside(self) -> None:
        if self.pane.display:
            self._bring_beside(self.table.highlighted)

    @work(exclusive=True, group="beside")
    async def _bring_beside(self, number: int | None) -> None:
        """Show a record beside the list; what belongs to it may have to be looked up for the first time."""
        if self.kind.watched and not self.kind.public:
            self.pane.show([Section("", "Enter opens it, which is written down.")] if number else ())
            return
        details = self._details(self.desk)
        found = () if number is None else await self.ask_store(details.shown, self.kind.name, number)
        if found is not None and number == self.table.highlighted:
            self.pane.show(found)

    @on(RecordTable.MarksChanged, "#list")
    def _draw_position(self) -> None:
        marked = f"{len(self.table.marked):,} marked  " if self.table.marked else ""
        self.status.position = marked + self.table.position

    @on(RecordTable.Opened, "#list")
    def _opened(self, event: RecordTable.Opened) -> None:
        self.session.open_record(self.kind.name, event.id)

    @on(RecordTable.SortAsked, "#list")
    def _sort(self, event: RecordTable.SortAsked) -> None:
        if event.key in ("id", *self.kind.index, *self.kind.derived):
            self.view = replace(self.view, sort=event.key, down=event.reverse)
            self.table.set_sort(event.key, event.reverse)
            self.load()
        else:
            self.say("This column cannot be sorted.", "warn")

    # --- keys ---------------------------------------------------------------------------------------------------

    def filter_by(self, text: str) -> None:
        """Begin with a filter; before the list is first shown."""
        self._filter = self.filter_bar.text = text

    def action_filter(self) -> None:
        """Type a filter."""
        self.filter_bar.open()

    @on(FilterBar.Changed)
    def _filtered(self, event: FilterBar.Changed) -> None:
        self._filter = event.text.strip()
        self.load()

    def action_back(self) -> None:
        """Clear the filter, then the marks, then go back."""
        if self.filter_bar.step_back():
            return
        if self.table.marked:
            self.table.clear_marks()
        else:
            super().action_back()

    def action_new(self) -> None:
        """File a new record, of the kind that this list shows."""
        self.session.new_record(self.kind.name, begins_with(self.desk, self.kind, self.view))

    def action_view(self, step: int) -> None:
        """Show the area's next or previous list."""
        names = [one.name for one in self.kind.views]
        self.show_view(self.kind.views[(names.index(self.view.name) + step) % len(names)])

    def show_view(self, view: View) -> None:
        """Show another list."""
        self.view, self._filter = view, ""
        self.filter_bar.text = ""
        self.table.set_sort(None)
        self.table.clear_marks()
        self.load()

    @work
    async def action_views(self) -> None:
        """Choose another list, with counts."""
        if chosen := await choose_list(self, "Lists", [(self.kind.name, one) for one in self.kind.views]):
            self.show_view(chosen[1])


async def choose_list(screen: DeskScreen, title: str, lists: Sequence[Listed]) -> Listed | None:
    """Let one of several lists be chosen, each with its count; called in a worker."""
    from botui.screens.dialogs import Choose

    counts = await screen.ask_store(lambda: [screen.desk.count(*one) for one in lists])
    if counts is None:
        return None
    entries = [(f"{one[1].label} ({count:,})", one) for one, count in zip(lists, counts, strict=True)]
    return await screen.app.push_screen_wait(Choose(title, entries))


def begins_with(desk: Desk, kind: Kind[Any], view: View) -> dict[str, Any]:
    """Return what a record filed from a list begins with: what is chosen from a few, as the list wants it.

    What is filed is in the list then: a supplier among the suppliers.
    """
    where = view.where(desk.context())
    found = {}
    for spec in fields_of(kind.model):
        wanted = where.get(spec.name)
        if spec.kind is FieldKind.CHOICE and spec.ui.form and isinstance(wanted, tuple) and wanted:
            found[spec.name] = next(one for one in spec.choices if one.value == wanted[0])
    return found
