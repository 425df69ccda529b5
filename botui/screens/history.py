"""What was done to one record: by whom, when, where, and from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from botui import areas
from botui.actions.past import heading, rows
from botui.data import Desk
from botui.models.shape import fields_of
from botui.past import parents
from botui.screens.frame import DeskScreen, Keys
from botui.widgets.detail import DetailPane, Section


class HistoryScreen(DeskScreen):
    """The history of one record, the newest first.

    Args:
        collection: the record's collection.
        number: its number.
    """

    HELP = "What was done to one record, the newest first. Of long texts what changed is shown; Enter shows them whole."
    AUTO_FOCUS = "DetailPane"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "whole", "Long texts whole", tooltip="Show long texts whole, or again only what changed."),
    ]

    def __init__(self, collection: str, number: int) -> None:
        super().__init__()
        self.collection = collection
        self.number = number
        self.pane = DetailPane(id="history")
        self._whole = False
        self._beside = _beside(collection)

    def body(self) -> Iterable[Widget]:
        """Return the pane."""
        yield self.pane

    def heading(self) -> str:
        """Return whose history it is."""
        return f"History of {self.desk.headline(self.collection, self.number)}"

    def keys(self) -> Keys:
        """Return the keys of a history."""
        words = "Only what changed" if self._whole else "Long texts whole"
        return [
            ("Up Down PgUp PgDn", "Read on", True),
            ("Enter", words, True),
            ("u", "Undo", True),
            ("Esc", "Back", True),
        ]

    def on_mount(self) -> None:
        """Read it."""
        super().on_mount()
        self.read(keep_place=False)

    def store_changed(self, changed: Mapping[str, frozenset[int]] | None) -> None:
        """Read it again where it may have gone on, or a name in it may have changed."""
        if changed is None or self.number in changed.get(self.collection, ()) or changed.keys() & self._beside:
            self.read(keep_place=True)

    def action_whole(self) -> None:
        """Show long texts whole, or only what changed in them."""
        self._whole = not self._whole
        self.read(keep_place=True)
        self.draw_keys()

    @work(exclusive=True, group="load")
    async def read(self, *, keep_place: bool) -> None:
        """Read the history and show it."""
        sections = await self.ask_store(_sections, self.desk, self.collection, self.number, self._whole)
        if sections is not None:
            self.pane.show(sections, keep_place=keep_place)


def _beside(collection: str) -> frozenset[str]:
    """Return the other collections of which something stands in a history: names, and what is inside the record."""
    named = {spec.ui.ref for spec in fields_of(areas.kind(collection).model)}
    inside = {one.name for one in areas.COLLECTIONS if parents(areas.kind(one.name)) == collection}
    return frozenset({"people", "settings", *named, *inside} - {"", collection})


def _sections(desk: Desk, collection: str, number: int, whole: bool) -> Sequence[Section]:
    kind = areas.kind(collection)
    events = reversed(desk.history(collection, number))
    return [Section(heading(desk, one), rows(desk, kind, one, whole=whole)) for one in events]
