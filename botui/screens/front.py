"""The front page: the office's name, its areas with what waits in them, and who is at the desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from botui import areas
from botui.models.errors import NotAllowed
from botui.screens.frame import ALWAYS_COUNTED, DeskScreen, Keys
from botui.widgets.columns import Column
from botui.widgets.record_table import RecordTable

PERSONAL: Final = ("mine", "messages", "due")
"""Lists of whoever is at the desk: not counted while nobody is."""

_COUNTED: Final = ALWAYS_COUNTED.union(view.partition(":")[0] for area in areas.AREAS for view in area.summary)


class AreaRows:
    """The rows of the front page: key, area, what waits there."""

    columns: ClassVar = (
        Column("key", "", 3, right=True),
        Column("label", "Area", 12),
        Column("waits", "", 40, flex=True),
    )

    def __init__(self, summaries: Mapping[str, str]) -> None:
        self._summaries = summaries

    def ids(self) -> Sequence[int]:
        """Return the places of the areas."""
        return range(len(areas.AREAS))

    def cells(self, number: int) -> Sequence[str]:
        """Return one area."""
        area = areas.AREAS[number]
        return (area.key, area.label, self._summaries.get(area.name, ""))

    def style(self, number: int) -> str:
        """Return no emphasis."""
        return ""


class FrontScreen(DeskScreen):
    """The page everybody begins at and F3 comes back to."""

    HELP = "Press the number of an area. F10 says who you are; F2 goes anywhere by name or number."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "call", "Phone call", tooltip="Take down a phone call."),
        Binding("n,f6,ctrl+n", "new", "New ticket", tooltip="File a ticket."),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.table = RecordTable(AreaRows.columns, menu=True, id="areas")

    def body(self) -> Iterable[Widget]:
        """Return the list of areas."""
        yield self.table

    def heading(self) -> str:
        """Return the office's name."""
        return self.desk.settings.name

    def keys(self) -> Keys:
        """Return the keys of the front page."""
        digits = "/".join(one.key for one in areas.AREAS)
        leave = () if self.session.kiosk else (("Ctrl-Q", "Leave", True),)
        return (
            (digits, "Open", True),
            ("n", "Ticket", True),
            ("d", "Call", True),
            ("F2", "Go to", True),
            ("F10", "Who you are", True),
            ("F1", "Help", True),
            *leave,
        )

    def on_mount(self) -> None:
        """Draw the areas, then count what waits."""
        super().on_mount()
        self.table.show(AreaRows({}))
        greeting = getattr(self.app, "greeting", "")
        if greeting:
            self.say(greeting)
        if self.session.ready:
            self._count()

    def store_changed(self, changed: Mapping[str, frozenset[int]] | None) -> None:
        """Count again, where something changed that is counted here."""
        if changed is None or not _COUNTED.isdisjoint(changed):
            self._count()
        if changed is None or "settings" in changed or "people" in changed:
            self.draw_frame()

    def minute(self) -> None:
        """Count again."""
        self._count()

    @work(exclusive=True, group="load")
    async def _count(self) -> None:
        summaries = await self.ask_store(self._summaries)
        if summaries is not None:
            self.table.show(AreaRows(summaries))

    def _summaries(self) -> dict[str, str]:
        from botui.screens.rows import kind_of

        found = {}
        for area in areas.AREAS:
            parts = []
            for dotted in area.summary:
                collection, _, name = dotted.partition(":")
                view = kind_of(collection).view(name)
                if name in PERSONAL and self.desk.person is None:
                    continue
                try:
                    parts.append(f"{self.desk.count(collection, view):,} {view.label.lower()}")
                except NotAllowed:
                    continue
            found[area.name] = "  ".join(parts)
        return found

    @on(RecordTable.Opened)
    def _opened(self, event: RecordTable.Opened) -> None:
        self.session.open_area(areas.AREAS[event.id].name)

    def action_new(self) -> None:
        """File a ticket."""
        self.session.new_record("tickets")

    def action_call(self) -> None:
        """Take down a phone call."""
        self.session.new_record("calls")
