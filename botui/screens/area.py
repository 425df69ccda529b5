"""An area: its numbered menu of lists with counts, which screen shows each of them, and how a record is filed.

An area's own file says only what is particular to it: its screens, columns and flows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget

from botui import areas
from botui.data import Desk, Done
from botui.models.base import Record, View
from botui.screens.frame import ALWAYS_COUNTED, DeskScreen, Keys
from botui.screens.lists import Listed, ListScreen, begins_with, choose_list
from botui.screens.record import RecordScreen
from botui.screens.rows import kind_of
from botui.screens.session import Session
from botui.screens.verbs import look_ahead
from botui.widgets.columns import Column
from botui.widgets.record_table import RecordTable


@dataclass(frozen=True, slots=True)
class MenuLine:
    """One line of a menu: a list, or several that are chosen from.

    Attributes:
        label: its words on the screen.
        lists: what it opens.
    """

    label: str
    lists: tuple[Listed, ...]


class MenuRows:
    """The rows of an area's menu: number, list, count."""

    columns: ClassVar = (
        Column("key", "", 3, right=True),
        Column("label", "List", 40),
        Column("count", "Count", 9, right=True),
    )

    def __init__(self, labels: Sequence[str], counts: Sequence[str]) -> None:
        self._labels = labels
        self._counts = counts

    def ids(self) -> Sequence[int]:
        """Return the places in the menu."""
        return range(1, len(self._labels) + 1)

    def cells(self, number: int) -> Sequence[str]:
        """Return one line."""
        return (str(number) if number < 10 else "", self._labels[number - 1], self._counts[number - 1])

    def style(self, number: int) -> str:
        """Return no emphasis."""
        return ""


class AreaMenu(DeskScreen):
    """The numbered menu of an area.

    Attributes:
        AREA: its word in the registry.
        LISTS: dotted names of the screens of collections that have one of their own, loaded when they are opened.
        RECORDS: the same for one open record.
        FIRST: its lists that are used most and take the first numbers: collection and view. The rest follows as in the
            registry.
        ALSO: lists of other areas that stand in its menu, too: collection and view.
        GROUPS: of an area with more lists than the screen has lines: in one line below those named above, the lists of
            several collections, which Enter lets one choose from. Where one list of them is open, it stands there
            itself.
        MORE_KEYS: keys that only this menu has, for the line of keys.
    """

    AREA: ClassVar[str]
    LISTS: ClassVar[Mapping[str, str]] = {}
    RECORDS: ClassVar[Mapping[str, str]] = {}
    FIRST: ClassVar[tuple[tuple[str, str], ...]] = ()
    ALSO: ClassVar[tuple[tuple[str, str], ...]] = ()
    GROUPS: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    MORE_KEYS: ClassVar[Keys] = ()
    HELP = "The lists of this area with how much is in each. Press a number, or move and press Enter."
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(digit), f"pick({digit})", "List", show=False, tooltip="Open the list of this number.")
            for digit in range(1, 10)
        ),
        Binding("n,f6,ctrl+n", "new", "New", tooltip="File a new record."),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.table = RecordTable(MenuRows.columns, menu=True, id="menu")
        self._all: list[Listed] = [
            (one.name, view)
            for one in areas.COLLECTIONS
            if one.area == self.AREA
            for view in kind_of(one.name).views
            if view.menu
        ] + [(name, kind_of(name).view(view)) for name, view in self.ALSO]
        self._all.sort(key=self._place_in_menu)
        self._lines: list[MenuLine] = []
        self._counted = ALWAYS_COUNTED.union(name for name, _ in self._all)

    @classmethod
    def _place_in_menu(cls, entry: Listed) -> int:
        named = (entry[0], entry[1].name)
        return cls.FIRST.index(named) if named in cls.FIRST else len(cls.FIRST)

    def body(self) -> Iterable[Widget]:
        """Return the list of lists."""
        yield self.table

    def heading(self) -> str:
        """Return the area's name."""
        return next(one.label for one in areas.AREAS if one.name == self.AREA)

    def keys(self) -> Keys:
        """Return the keys of a menu."""
        return (
            ("1-9", "Open", True),
            ("n", "New", True),
            *self.MORE_KEYS,
            ("F2", "Go to", True),
            ("F10", "Person", True),
            ("Esc", "Back", True),
        )

    def on_mount(self) -> None:
        """Show the lists that are open to whoever looks, then count them."""
        super().on_mount()
        self._lines = self._in_lines()
        labels = [line.label for line in self._lines]
        self.table.show(MenuRows(labels, [""] * len(labels)))
        self._draw()

    def store_changed(self, changed: Mapping[str, frozenset[int]] | None) -> None:
        """Count again, where something changed that is counted here."""
        if changed is None or not self._counted.isdisjoint(changed):
            self._draw()

    def minute(self) -> None:
        """Count again what changes with time."""
        self._draw()

    @classmethod
    def list_screen(cls, collection: str, view: str) -> ListScreen:
        """Return the screen of one of this area's lists."""
        named = cls.LISTS.get(collection)
        screen: type[ListScreen] = areas.load(named) if named else ListScreen
        return screen(collection, view, cls.record_type(collection).DETAILS)

    @classmethod
    def record_screen(cls, collection: str, number: int) -> RecordScreen:
        """Return the screen of one open record."""
        return cls.record_type(collection)(collection, number)

    @classmethod
    def record_type(cls, collection: str) -> type[RecordScreen]:
        """Return what shows an open record of a collection."""
        named = cls.RECORDS.get(collection)
        screen: type[RecordScreen] = areas.load(named) if named else RecordScreen
        return screen

    @classmethod
    def look(cls, desk: Desk, collection: str, number: int) -> None:
        """Look up all that an open record shows, so that the screen finds it at hand.

        Raises:
            Refused, NotAllowed: there is no such record, or it is not this person's to see.
        """
        record = desk.get(collection, number)
        cls.record_type(collection).DETAILS(desk).sections(record)
        look_ahead(desk, collection, number)

    @classmethod
    def new_title(cls, collection: str, values: Mapping[str, Any]) -> str:
        """Return what stands above the form of a new record that begins with some values."""
        return f"New {kind_of(collection).one}"

    @classmethod
    def verb_screen(cls, desk: Desk, record: Record, name: str, ask: bool) -> Screen[None] | None:
        """Return the screen on which a verb is done on a record, where a form is not enough for it; else None.

        Args:
            desk: whose.
            record: on what.
            name: the verb, be it one of this record or of what is inside it.
            ask: it was chosen from the numbered list.
        """
        return None

    @classmethod
    async def file_new(cls, session: Session, collection: str, values: Mapping[str, Any]) -> Done | None:
        """Ask for a new record in a form and file it; called in a worker."""
        from botui.screens.form import FormScreen
        from botui.screens.sheet import Sheet

        kind = kind_of(collection)
        form = FormScreen(
            await session.in_store(Sheet, kind.model, session.desk, None, values),
            title=cls.new_title(collection, values),
            desk=session.desk,
            save=partial(session.desk.add, collection),
            batch=True,
            draft_key=f"new {collection}",
            repeats=session.repeats,
        )
        return await session.push_screen_wait(form)

    @work(exclusive=True, group="load")
    async def _draw(self) -> None:
        counts = await self.ask_store(self._counts)
        if counts is not None:
            self._lines = [line for line, _ in counts]
            self.table.show(MenuRows([line.label for line in self._lines], [count for _, count in counts]))

    def _counts(self) -> list[tuple[MenuLine, str]]:
        return [
            (line, f"{len(line.lists)} lists" if len(line.lists) > 1 else f"{self.desk.count(*line.lists[0]):,}")
            for line in self._in_lines()
        ]

    def _open(self) -> list[Listed]:
        """Return the lists that are open to whoever looks."""
        return [entry for entry in self._all if self.desk.may(entry[0], "read") is None]

    def _in_lines(self) -> list[MenuLine]:
        """Return the lines of the menu: single lists, then groups of them."""
        grouped: dict[str, list[Listed]] = {label: [] for label in self.GROUPS}
        lines = []
        for entry in self._open():
            label = self._group(entry)
            if label:
                grouped[label].append(entry)
            else:
                lines.append(MenuLine(entry[1].label, (entry,)))
        for label, lists in grouped.items():
            if lists:
                lines.append(MenuLine(label if len(lists) > 1 else lists[0][1].label, tuple(lists)))
        return lines

    @classmethod
    def _group(cls, entry: Listed) -> str:
        """Return in which group a list stands; nothing if in a line of its own."""
        if (entry[0], entry[1].name) in (*cls.FIRST, *cls.ALSO):
            return ""
        return next((label for label, names in cls.GROUPS.items() if entry[0] in names), "")

    @work
    async def action_pick(self, number: int) -> None:
        """Open the list of this number, or let one of its lists be chosen."""
        if chosen := await self._one_of(number):
            self.show_list(*chosen)

    def show_list(self, collection: str, view: View) -> None:
        """Open a list."""
        self.session.open_list(collection, view.name)

    async def _one_of(self, number: int) -> Listed | None:
        """Return the list of a line, which is asked where it has several; called in a worker."""
        if number > len(self._lines):
            return None
        line = self._lines[number - 1]
        return line.lists[0] if len(line.lists) == 1 else await choose_list(self, line.label, line.lists)

    @on(RecordTable.Opened, "#menu")
    def _opened(self, event: RecordTable.Opened) -> None:
        self.action_pick(event.id)

    @work
    async def action_report(self) -> None:
        """Choose one of this area's reports and its days, and read it."""
        from botui.screens.reports import read_report

        await read_report(self, self.AREA)

    @work
    async def action_new(self) -> None:
        """File a new record of the list under the cursor."""
        if chosen := await self._one_of(self.table.highlighted or 1):
            self.session.new_record(chosen[0], begins_with(self.desk, kind_of(chosen[0]), chosen[1]))
