"""The list of an audit that is walked: drawn, followed while others walk, and shown for the place where one is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import ClassVar, Final

from textual import work
from textual.widget import Widget

from botui import areas
from botui.actions.auditing import Spot, here, looked_at, spots
from botui.models.base import BotuiError
from botui.models.equipment.audit import Result
from botui.screens import drafts
from botui.screens.scanning import ScanListScreen
from botui.text import cut
from botui.widgets.columns import Column
from botui.widgets.record_table import RecordTable

_SAID: Final[Mapping[Result, str]] = {
    Result.PENDING: "to see",
    Result.FOUND: "found",
    Result.MOVED: "moved",
    Result.UNEXPECTED: "not on the list",
    Result.MISSING: "missing",
}


class SpotRows:
    """The rows of a walk; codes that nothing has stand first, below zero, until they are filed."""

    columns: ClassVar = (
        Column("tag", "Tag", 12),
        Column("name", "Asset", 24, flex=True),
        Column("room", "Belongs in", 16),
        Column("said", "", 24, telling=True),
    )

    def __init__(self, shown: Mapping[int, Spot], unknown: Sequence[str]) -> None:
        self._shown = shown
        self._unknown = unknown

    def ids(self) -> Sequence[int]:
        """Return the numbers of the findings, and below zero the places of unknown codes."""
        return [*(-place for place in range(len(self._unknown), 0, -1)), *self._shown]

    def cells(self, number: int) -> Sequence[str]:
        """Return one row."""
        if number < 0:
            return ("", self._unknown[-number - 1], "", "unknown: n files it")
        one = self._shown[number]
        said = f"{one.holder} has it" if one.left and one.holder else _SAID[one.result]
        return (one.tag, one.name, one.room, said)

    def style(self, number: int) -> str:
        """Return an emphasis for what is not as it was to be."""
        one = self._shown.get(number)
        if one is None:
            return "late"
        return "soon" if one.result in (Result.MOVED, Result.UNEXPECTED) else "" if one.left else "done"


class AuditListScreen(ScanListScreen):
    """The list of an audit; what is scanned is taken in by ``screens.equipment_audit``.

    Args:
        audit: its number.

    Attributes:
        spots: the lines by the number of their finding, in the order in which one walks.
        place: where whoever walks is now; None = not said yet.
        unknown: codes that were scanned and that nothing has.
        last: number of the finding of what was scanned last.
    """

    def __init__(self, audit: int) -> None:
        super().__init__()
        self.audit = audit
        self.table = RecordTable(SpotRows.columns, menu=True, id="findings")
        self.spots: dict[int, Spot] = {}
        self.place: int | None = None
        self.unknown: list[str] = []
        self.last: int | None = None

    def body(self) -> Iterable[Widget]:
        """Return the list."""
        yield self.table

    def heading(self) -> str:
        """Return which audit, where one is, and how much of it is left."""
        left = sum(one.left for one in self.spots.values())
        here = [one for one in self.spots.values() if one.looked_for and one.place == self.place]
        there = f"{sum(one.left for one in here):,} of {len(here):,} left here, " if self.place else ""
        place = cut(self.desk.title("places", self.place), 24) if self.place else "where are you?"
        return f"Audit {areas.ref('audits', self.audit)} > {place}  {there}{left:,} in all"

    def on_mount(self) -> None:
        """Bring the list, and where one was."""
        super().on_mount()
        self._begin()

    @work
    async def _begin(self) -> None:
        """Bring the list, and where one was; what is scanned meanwhile waits."""
        draft = await self.ask_store(drafts.find, self.desk, self._key)
        if draft is not None:
            place = draft.texts.get("place", "")
            self.place = int(place) if place.isdecimal() else None
            self.unknown = [code for code in draft.texts.get("unknown", "").splitlines() if code]
            drafts.drop(self.desk, self._key)
        await self._bring()
        rooms = {one.place for one in self.spots.values()}
        if self.place is None and len(rooms) == 1:
            self.place = rooms.pop()
            self.draw()
        self.filled.set()
        if not self.place:
            self.say("Scan the code of the place where you are, or p chooses it.")

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Bring the list anew."""
        await self._bring()

    async def _bring(self) -> None:
        found = await self.ask_store(spots, self.desk, self.audit)
        if found is not None:
            self.spots = found
            self.draw()

    def store_changed(self, changed: Mapping[str, frozenset[int]] | None) -> None:
        """Show what others saw meanwhile; bring the list anew where it may have other lines or names."""
        findings = frozenset() if changed is None else changed.get("findings", frozenset())
        if (
            changed is None
            or not {"assets", "places", "people"}.isdisjoint(changed)
            or not findings <= self.spots.keys()
        ):
            self.load()
        elif findings:
            self._look(findings)

    @work(group="load")
    async def _look(self, numbers: frozenset[int]) -> None:
        await self.show(numbers)

    def draw(self) -> None:
        """Draw the list, and how much of it is left."""
        shown = here(self.spots, self.place, self.last)
        self.table.set_empty("All of it was seen: scan the next place, or S finishes.")
        self.table.show(SpotRows(shown, self.unknown))
        self.draw_frame()

    async def show(self, numbers: Iterable[int]) -> None:
        """Draw some lines as they are now."""
        found = await self.ask_store(looked_at, self.desk, numbers)
        for number, one in (found or {}).items():
            if one is not None:
                self.spots[number] = one
            else:
                self.spots.pop(number, None)
        self.draw()

    # --- leaving ----------------------------------------------------------------------------------------------------

    def keep_draft(self) -> None:
        """Keep where one is, and the codes that nothing has: at an idle lock, on a lost line.

        Raises:
            StoreFull: it cannot be written.
        """
        if self.place or self.unknown:
            texts = {"place": str(self.place or ""), "unknown": "\n".join(self.unknown)}
            # what is only where one was is nobody's news
            title = f"Audit {areas.ref('audits', self.audit)}" if self.unknown else ""
            drafts.keep(self.desk, self._key, texts, {}, title)

    def on_unmount(self) -> None:
        """Keep the codes that nothing has, whatever led away from here."""
        if self.unknown:
            with suppress(BotuiError):
                self.keep_draft()

    @property
    def _key(self) -> str:
        return f"walk {areas.ref('audits', self.audit)}"
