"""An audit is walked with the scanner: the code of a place says where one is, then each thing is one scan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from botui import areas
from botui.actions.auditing import Spot, here, looked_at, meant, spots
from botui.models.base import BotuiError, clean
from botui.models.equipment.audit import Result
from botui.screens import drafts
from botui.screens.frame import Keys
from botui.screens.scanning import ScanListScreen, Which
from botui.text import cut
from botui.widgets.columns import Column
from botui.widgets.record_table import RecordTable

_TAG_MAX: Final = 40
"""Characters of a tag at most; a longer code becomes a barcode of the new asset."""
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


class AuditScreen(ScanListScreen):
    """An audit that is walked; each scan is saved at once, so that two people can walk it and nothing is lost.

    Args:
        audit: its number.

    Attributes:
        place: where whoever walks is now; None = not said yet.
        unknown: codes that were scanned and that nothing has.
    """

    HELP = (
        "An audit. Scan the code of the place where you are (p chooses it), then every thing in it, one after the "
        "other. What is left there is shown. S shows what came of it, and finishes."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "place", "Place", tooltip="Choose the place where you are, with how much of it is left."),
        Binding("minus,backspace,delete", "take_back", "Take back", tooltip="This was not seen after all."),
        Binding("n,f6,ctrl+n", "new", "New asset", tooltip="File what has a code that nothing has yet."),
        Binding("S", "finish", "Finish", tooltip="What was found, what is missing and moved; then finish."),
    ]

    def __init__(self, audit: int) -> None:
        super().__init__()
        self.audit = audit
        self.table = RecordTable(SpotRows.columns, menu=True, id="findings")
        self.spots: dict[int, Spot] = {}
        self.place: int | None = None
        self.unknown: list[str] = []
        self._last: int | None = None

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

    def keys(self) -> Keys:
        """Return the keys of a walk."""
        here = self.spots.get(self.table.highlighted or 0)
        return [
            ("Scan", "Seen" if self.place else "Where you are", True),
            ("p", "Place", True),
            *([("Enter", "Is here", True)] if here is not None and here.left and self.place else []),
            *([("-", "Take back", True)] if here is not None and not here.left else []),
            *([("n", "New asset", True)] if self.unknown else []),
            ("S", "Finish", True),
            ("Esc", "Back", True),
        ]

    def on_mount(self) -> None:
        """Bring the list, and where one was."""
        super().on_mount()
        self._begin()

    # --- the list ---------------------------------------------------------------------------------------------------

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
        await self._show(numbers)

    def draw(self) -> None:
        """Draw the list, and how much of it is left."""
        shown = here(self.spots, self.place, self._last)
        self.table.set_empty("All of it was seen: scan the next place, or S finishes.")
        self.table.show(SpotRows(shown, self.unknown))
        self.draw_frame()

    # --- scanning ---------------------------------------------------------------------------------------------------

    async def take_code(self, code: str) -> None:
        """Go to the place that was scanned, or write down that a thing was seen there."""
        found = await self.ask_store(meant, self.desk, code)
        if not found:
            if found is not None:
                self._put_aside(clean(code))
            return
        if (chosen := await self.which(found)) is None:
            return
        collection, number = chosen
        if collection == "places":
            self._go_to(number)
        else:
            await self._seen(number)

    def _put_aside(self, code: str) -> None:
        if code and code not in self.unknown:
            self.unknown.append(code)
        self.draw()
        if code:
            self.table.highlight(-self.unknown.index(code) - 1)
        self.say("Nothing has this code: n files it, - takes it off.", "warn")

    def _go_to(self, place: int) -> None:
        self.place, self._last = place, None
        self.draw()
        left = sum(one.left and one.place == place for one in self.spots.values())
        self.say(f"You are in {self.desk.title('places', place)}: {left:,} to see here.")

    async def _seen(self, asset: int) -> None:
        if self.place is None:
            self.say("Scan the code of the place where you are first, or p chooses it.", "warn")
            return
        values = {"asset": asset, "place": self.place}
        done = await self.tell(self.desk.do, "audits", self.audit, "count", values)
        if done is None:
            return
        refs = [found[1] for ref in done.refs if (found := areas.parse_ref(ref)) and found[0] == "findings"]
        numbers = refs or [one.finding for one in self.spots.values() if one.asset == asset]
        await self._show(numbers)
        for number in numbers:
            self._last = number
            self.draw()
            self.table.highlight(number)
            right = self.spots[number].result is Result.FOUND
            self.say(f"{done.said}{self._over()}", "ok" if right else "warn")

    def _over(self) -> str:
        """Return that nothing is left here, or at all."""
        if not any(one.left for one in self.spots.values()):
            return " All was seen: S finishes."
        here = any(one.left and one.place == self.place for one in self.spots.values())
        return "" if here else " Nothing is left here: scan the next place."

    async def _show(self, numbers: Iterable[int]) -> None:
        found = await self.ask_store(looked_at, self.desk, numbers)
        for number, one in (found or {}).items():
            if one is not None:
                self.spots[number] = one
            else:
                self.spots.pop(number, None)
        self.draw()

    # --- by hand ----------------------------------------------------------------------------------------------------

    @on(RecordTable.Opened, "#findings")
    @work
    async def _by_hand(self, event: RecordTable.Opened) -> None:
        """Write down that the thing under the cursor is here: its label cannot be read."""
        one = self.spots.get(event.id)
        if event.id < 0:
            self.action_new()
        elif one is not None and one.left:
            await self._seen(one.asset)

    @on(RecordTable.Highlighted, "#findings")
    def _moved(self) -> None:
        self.draw_keys()

    @work
    async def action_take_back(self) -> None:
        """Take back that the thing under the cursor was seen, or a code that nothing has."""
        number = self.table.highlighted
        if number is not None and number < 0:
            self.unknown.pop(-number - 1)
            self.draw()
        elif number is not None and await self.tell(self.desk.do, "findings", number, "reverse") is not None:
            await self._show([number])

    @work
    async def action_place(self) -> None:
        """Choose the place where one is."""
        left: dict[int, list[int]] = {}
        for one in (one for one in self.spots.values() if one.looked_for):
            of = left.setdefault(one.place or 0, [0, 0])
            of[0] += one.left
            of[1] += 1
        left.pop(0, None)
        names = {number: self.desk.title("places", number) for number in left}
        entries = [(f"{names[number]}: {some:,} of {every:,} left", number) for number, (some, every) in left.items()]
        chosen = await self.app.push_screen_wait(
            Which(self.take_scan, "Where are you?", entries, empty="No place is known: scan its code.")
        )
        if chosen is not None:
            self._go_to(chosen)

    def action_new(self) -> None:
        """File what has a code that nothing has: the one under the cursor, else the last that was scanned."""
        number = self.table.highlighted or 0
        code = self.unknown[-number - 1 if number < 0 else -1] if self.unknown else ""
        values: dict[str, object] = {"home": self.place}
        if code:
            values |= {"tag": code} if len(code) <= _TAG_MAX else {"codes": (code,)}
        self.session.new_record("assets", values)

    def filed(self, refs: Sequence[str]) -> None:
        """Write down that what was filed from here is here."""
        self._filed([found[1] for ref in refs if (found := areas.parse_ref(ref)) and found[0] == "assets"])

    @work
    async def _filed(self, numbers: Sequence[int]) -> None:
        unknown = []
        for code in self.unknown:
            if not await self.ask_store(meant, self.desk, code):
                unknown.append(code)
        self.unknown = unknown
        for number in numbers:
            await self._seen(number)

    def action_finish(self) -> None:
        """Show what came of it; S finishes it there."""
        if self.unknown:
            self.say("First the codes that nothing has: n files one, - takes it off.", "warn")
            return
        below = self.app.screen_stack[-2]
        self.app.pop_screen()
        if (getattr(below, "kind", None), getattr(below, "number", None)) != (areas.kind("audits"), self.audit):
            self.session.open_record("audits", self.audit)

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
