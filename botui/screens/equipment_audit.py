"""An audit is walked with the scanner: the code of a place says where one is, then each thing is one scan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType

from botui import areas
from botui.actions.auditing import meant
from botui.models.base import clean
from botui.models.equipment.audit import Result
from botui.screens.audit_list import AuditListScreen
from botui.screens.frame import Keys
from botui.screens.scanning import Which
from botui.widgets.record_table import RecordTable

_TAG_MAX: Final = 40
"""Characters of a tag at most; a longer code becomes a barcode of the new asset."""


class AuditScreen(AuditListScreen):
    """An audit that is walked; each scan is saved at once, so that two people can walk it and nothing is lost.

    Args:
        audit: its number.
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

    def keys(self) -> Keys:
        """Return the keys of a walk."""
        number = self.table.highlighted or 0
        here = self.spots.get(number)
        return [
            ("Scan", "Seen" if self.place else "Where you are", True),
            ("p", "Place", True),
            *([("Enter", "Is here", True)] if here is not None and here.left and self.place else []),
            *([("-", "Take back", True)] if here is not None and not here.left else []),
            *([("-", "Code away", True)] if number < 0 else []),
            *([("n", "New asset", True)] if self.unknown else []),
            ("S", "Finish", True),
            ("Esc", "Back", True),
        ]

    # --- scanning ---------------------------------------------------------------------------------------------------

    async def take_code(self, code: str) -> None:
        """Go to the place that was scanned, or write down that a thing was seen there."""
        found = await self.ask_store(meant, self.desk, code)
        if not found:
            if found is not None:
                await self._no_thing(clean(code))
            return
        if (chosen := await self.which(found)) is None:
            return
        collection, number = chosen
        if collection == "places":
            self._go_to(number)
        else:
            await self._seen(number)

    async def _no_thing(self, code: str) -> None:
        """Put a code aside that nothing has; what something else has, such as somebody's badge, is no asset."""
        others = await self.ask_store(self.desk.by_code, code)
        if others:
            self.say(f"{self.desk.headline(*others[0])} is no asset and no place.", "warn")
        elif others is not None:
            self._put_aside(code)

    def _put_aside(self, code: str) -> None:
        if code and code not in self.unknown:
            self.unknown.append(code)
        self.draw()
        if code:
            self.table.highlight(-self.unknown.index(code) - 1)
        self.say("Nothing has this code: n files it, - takes it off.", "warn")

    def _go_to(self, place: int) -> None:
        self.place, self.last = place, None
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
        self.last = numbers[-1] if numbers else None
        await self.show(numbers)
        one = self.spots.get(self.last or 0)
        if one is not None:
            self.table.highlight(one.finding)
        right = one is not None and one.result is Result.FOUND
        self.say(f"{done.said}{self._over()}", "ok" if right else "warn")

    def _over(self) -> str:
        """Return that nothing is left here, or at all."""
        if not any(one.left for one in self.spots.values()):
            return " All was seen: S finishes."
        here = any(one.left and one.place == self.place for one in self.spots.values())
        return "" if here else " Nothing is left here: scan the next place."

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
            code = self.unknown.pop(-number - 1)
            self.draw()
            self.say(f"{code} is off the list.")
        elif number is not None and await self.tell(self.desk.do, "findings", number, "reverse") is not None:
            await self.show([number])

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
