"""The desks that are open now, and ending one that somebody left open."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from botui.actions.sessions import HEADS, end, open_desks, texts
from botui.data import Desk
from botui.models.errors import BotuiError
from botui.screens.frame import DeskScreen, Keys
from botui.sessions import OpenDesk
from botui.widgets.columns import Column
from botui.widgets.record_table import RecordTable


class OpenDeskRows:
    """The rows: who, where, since when, idle for how long."""

    columns: ClassVar = (
        Column("who", HEADS[1], 24),
        Column("terminal", HEADS[2], 20, flex=True),
        Column("since", HEADS[3], 16),
        Column("idle", HEADS[4], 8, right=True),
    )

    def __init__(self, shown: Mapping[int, Sequence[str]]) -> None:
        self._shown = shown

    def ids(self) -> Sequence[int]:
        """Return a number for each."""
        return list(self._shown)

    def cells(self, number: int) -> Sequence[str]:
        """Return one line."""
        return self._shown[number][1:]

    def style(self, number: int) -> str:
        """Return no emphasis."""
        return ""


class OpenDesksScreen(DeskScreen):
    """Who is at which desk: an administrator sees and ends any, others their own."""

    HELP = "Desks that are open now, at terminals and over SSH. Enter ends the one at the cursor; it asks first."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5,ctrl+l", "look", "Look again", tooltip="Look which desks are open now."),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.table = RecordTable(OpenDeskRows.columns, menu=True, id="desks")
        self._found: dict[int, OpenDesk] = {}

    def body(self) -> Iterable[Widget]:
        """Return the list."""
        yield self.table

    def heading(self) -> str:
        """Return what it lists."""
        return "Open desks"

    def keys(self) -> Keys:
        """Return the keys of the list."""
        return [("Enter", "End it", bool(self._found)), ("F5", "Look again", True), ("Esc", "Back", True)]

    def on_mount(self) -> None:
        """Look which there are."""
        super().on_mount()
        self.load()

    def store_changed(self, changed: Mapping[str, frozenset[int]] | None) -> None:
        """Look again where a name may have changed, or who is at this desk."""
        if changed is None or "people" in changed:
            self.load()

    def minute(self) -> None:
        """Look again: idle times went on."""
        self.load()

    def action_look(self) -> None:
        """Look which there are now, and draw all of it anew."""
        self.load()
        self.session.redraw()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Bring the list."""
        found = await self.ask_store(_look, self.desk)
        if found is not None:
            self._found = {number: one for number, (one, _) in found.items()}
            self.table.show(OpenDeskRows({number: cells for number, (_, cells) in found.items()}))
            self.draw_keys()

    @on(RecordTable.Opened, "#desks")
    def _opened(self, event: RecordTable.Opened) -> None:
        self.end(self._found[event.id])

    @work
    async def end(self, one: OpenDesk) -> None:
        """Ask, then end a desk."""
        from botui.screens.dialogs import Confirm

        if one.pid == os.getpid():
            self.say("This is the desk you are at: F10 leaves it to somebody else.", "warn")
            return
        _, who, where, *_ = texts(self.desk, one)
        question = f"End the desk of {who} at {where}? What is typed there is kept."
        if not await self.app.push_screen_wait(Confirm(question, yes="End it")):
            return
        try:
            self.say(await self.session.save(self._say_waiting, end, self.desk, one.id))
        except BotuiError as error:
            self.say(str(error), "error")
        self.load()


def _look(desk: Desk) -> dict[int, tuple[OpenDesk, Sequence[str]]]:
    return {int(one.id, 16): (one, texts(desk, one)) for one in open_desks(desk)}
