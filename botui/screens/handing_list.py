"""The list of what is handed out or taken back on the screen: drawn, held against how things are, kept as a draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from textual import on, work
from textual.widget import Widget
from textual.widgets import Static

from botui.actions.handing import Hands, checked
from botui.models.base import BotuiError
from botui.models.calendar import day_words
from botui.screens.handing_lines import TITLES, HandRows, asset_at, keep, kept
from botui.screens.scanning import ScanListScreen
from botui.text import content
from botui.widgets.record_table import RecordTable


class HandListScreen(ScanListScreen):
    """The list; what is scanned into it, and booked, is in ``screens.equipment_handing``.

    Args:
        hands: the list to begin with; None = an empty one, or what was left.

    Attributes:
        hands: the list.
        saved: as it is kept; ``drafted``: whether what is kept is this list.
        booking: it is being booked, and is no draft any more.
    """

    DEFAULT_CSS = "HandListScreen > #for, HandListScreen > #why { height: 1; }"

    def __init__(self, hands: Hands | None = None) -> None:
        super().__init__()
        self.hands = hands or Hands()
        self.table = RecordTable(HandRows.columns, menu=True, id="hands")
        self._for = Static(id="for")
        self._why = Static(id="why")
        self.saved = Hands()
        self.drafted = False
        self.booking = False

    def body(self) -> Iterable[Widget]:
        """Return to whom it goes, why the line under the cursor cannot be booked, and the lines."""
        yield self._for
        yield self._why
        yield self.table

    def heading(self) -> str:
        """Return what is done."""
        return TITLES[self.hands.back]

    def on_mount(self) -> None:
        """Show what was scanned before and not booked, or say what to do."""
        super().on_mount()
        self._begin()

    @work
    async def _begin(self) -> None:
        left = await self.ask_store(kept, self.desk)
        if left is not None and left[1] and not self.hands.pieces:
            self.hands = self.saved = left[0]
            self.drafted = True
            self.say(f"{left[1]} - takes a line away.", "warn")
        await self.check()
        self.filled.set()

    async def check(self, asset: int | None = None) -> None:
        """Hold every line against how things are now, and draw."""
        found = await self.ask_store(checked, self.desk, self.hands)
        if found is not None:
            self.hands = found
        self.draw(asset)

    # --- leaving ------------------------------------------------------------------------------------------------

    def keep_draft(self) -> None:
        """Keep what was not booked: at an idle lock, on a lost line.

        Raises:
            StoreFull: it cannot be written.
        """
        if self.booking or self.hands == self.saved:
            return
        self.saved = self.hands
        if self.hands.ready or self.drafted:  # another list, that is kept for later, stays
            self.drafted = bool(self.hands.ready)
            keep(self.desk, self.hands)

    def on_unmount(self) -> None:
        """Keep what was not booked, whatever led away from here."""
        with suppress(BotuiError):
            self.keep_draft()

    def action_back(self) -> None:
        """Leave; what can be booked and is not is kept."""
        super().action_back()
        if self.hands.ready:
            self.say_behind("Nothing of it is booked; it is kept for the next time.")
        elif self.hands.pieces:
            self.say_behind(f"What cannot be {'taken back' if self.hands.back else 'handed out'} is off the list.")

    # --- drawing ------------------------------------------------------------------------------------------------

    def store_changed(self, changed: Mapping[str, frozenset[int]] | None) -> None:
        """Hold the lines against what others did with these things."""
        numbers = {one.asset for one in self.hands.pieces}
        if self.filled.is_set() and (changed is None or not numbers.isdisjoint(changed.get("assets", ()))):
            self._recheck()

    @work(exclusive=True, group="load")
    async def _recheck(self) -> None:
        asked = self.hands
        found = await self.ask_store(checked, self.desk, asked)
        if found is not None and self.hands == asked:
            self.hands = found
            self.draw()

    @on(RecordTable.Highlighted, "#hands")
    def _moved(self) -> None:
        self.status.position = self.table.position
        self._draw_why()
        self.draw_keys()

    def held(self) -> int | None:
        """Return the thing under the cursor if it cannot be handed out because it is handed out."""
        number = self.table.highlighted or 0
        piece = None if self.hands.back else self.hands.of(number)
        asset = asset_at(self.desk, number) if piece is not None and piece.why else None
        return number if asset is not None and asset.is_held and asset.fate is None else None

    def _draw_why(self) -> None:
        """Say in full why the line under the cursor cannot be booked: its column has room for the beginning."""
        piece = self.hands.of(self.table.highlighted or 0)
        self._why.update(content(f" {piece.why}" if piece is not None else ""))

    def draw(self, asset: int | None = None) -> None:
        """Draw the list, with the cursor on an asset."""
        hands = self.hands
        empty = (
            "Scan what comes back, then your badge, or Enter."
            if hands.back
            else "Scan who gets it: a badge or a place; F types it."
        )
        if hands.to is not None:
            empty = "Scan what they get, thing after thing, then them once more."
        self.table.set_empty(empty)
        self.table.show(HandRows(self.desk, hands))
        if asset is not None:
            self.table.highlight(asset)
        self._for.update(content(f" {self._aimed()}"))
        self._draw_why()
        self.draw_frame()

    def _aimed(self) -> str:
        hands = self.hands
        if hands.back:
            return f"Put in: {self.desk.title('places', hands.place) or 'where each belongs'}"
        to = "nobody yet" if hands.to is None else self.desk.title(*hands.to)
        due = day_words(hands.due, self.desk.context().today) if hands.due else "as each is lent"
        return f"To: {to}   Due back: {due}"
