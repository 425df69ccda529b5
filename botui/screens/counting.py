"""Counting blind: by scanner or down the list, each count saved at once, nothing shown of what should be there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType

from botui import areas
from botui.actions.counting import Spot, looked_at, meant
from botui.data import Desk
from botui.screens import drafts
from botui.screens.count_list import CountListScreen
from botui.screens.frame import Keys
from botui.screens.scanning import Which
from botui.widgets.record_table import RecordTable

_DIGITS: Final = 7
"""Digits of a count at most."""


class CountScreen(CountListScreen):
    """Counting in a stocktake, by scanner or down the list."""

    HELP = (
        "A stocktake. Scan a thing, or move to it, type how many are there and press Enter or scan the next one: each "
        "count is saved at once. Scan a place to see only what lies there."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(digit), f"digit({digit})", "How many", show=False, tooltip="How many are there.")
            for digit in range(10)
        ),
        Binding("backspace,minus", "take_back", "Take back", tooltip="Take back a digit that is not saved."),
        Binding("p", "place", "Place", tooltip="Show only what lies in one place, with how much of it is left."),
        Binding("w", "left", "Next", tooltip="Go to the next line that is not counted."),
        Binding("o", "remark", "Note", tooltip="Count this line with a note, such as: 2 broken."),
        Binding("U", "recount", "Count again", tooltip="Have this line counted again, by whoever comes to it."),
        Binding("n,f6,ctrl+n", "new", "Found", tooltip="Put something on the list that is not on it."),
    ]

    def keys(self) -> Keys:
        """Return the keys of the list."""
        return [
            ("0-9", "How many", True),
            ("Enter", "Save", bool(self.typed)),
            ("w", "Next to count", True),
            ("p", "Place", True),
            ("n", "Found", True),
            ("o", "Note", True),
            ("Esc", "Back", True),
        ]

    def on_mount(self) -> None:
        """Bring the list, and digits that were left."""
        super().on_mount()
        self._begin()

    # --- the list ---------------------------------------------------------------------------------------------------

    @work
    async def _begin(self) -> None:
        """Bring the list, and digits that were left; keys that are typed ahead wait."""
        await self.bring()
        draft = await self.ask_store(drafts.find, self.desk, self._key)
        self.typed = {} if draft is None else _digits_of(draft.texts, self.spots)
        drafts.drop(self.desk, self._key)
        self.draw()
        self.filled.set()
        for number, digits in self.typed.items():
            self.table.highlight(number)
            self.say(f"You typed {digits} here and did not save it: Enter does.", "warn")
        if not self.typed:
            self.action_left()

    # --- saving -----------------------------------------------------------------------------------------------------

    def action_digit(self, digit: int) -> None:
        """Add a digit to what is counted of this line."""
        if (here := self.here()) is not None:
            self.typed = {here.count: f"{self.typed.get(here.count, '')}{digit}"[:_DIGITS]}
            self.table.refresh_rows([here.count])
            self.draw_keys()

    def action_take_back(self) -> None:
        """Take back a digit that is not saved."""
        for number, digits in [*self.typed.items()]:
            self.typed = {number: digits[:-1]} if digits[1:] else {}
            self.table.refresh_rows([number])
        self.draw_keys()

    @on(RecordTable.Opened, "#counts")
    @work
    async def _enter(self) -> None:
        if not self.typed:
            self.say("Type how many are there; 0 if there are none.", "warn")
        elif await self._save():
            self.action_left()

    @on(RecordTable.Highlighted, "#counts")
    def _moved(self, event: RecordTable.Highlighted) -> None:
        if self.typed and event.id not in self.typed:
            self._save_behind()

    @work
    async def _save_behind(self) -> None:
        """Save what was typed in the line that was left."""
        await self._save()

    async def _save(self) -> bool:
        """Save what is typed, if anything is; say whether that was not refused."""
        typed, self.typed = self.typed, {}
        for number, digits in typed.items():
            if await self.tell(self.desk.do, "counts", number, "count", {"counted": int(digits)}) is None:
                self.draw()
                return False
            await self._show(number)
        return True

    async def _show(self, number: int) -> None:
        found = await self.ask_store(looked_at, self.desk, frozenset({number}))
        if found is not None:
            self.spots.update(found)
            self.draw()

    def keep_draft(self) -> None:
        """Keep digits that are not saved: at an idle lock, on a lost line.

        Raises:
            StoreFull: it cannot be written.
        """
        if self.typed:
            texts = {areas.ref("counts", number): digits for number, digits in self.typed.items()}
            title = f"Count {areas.ref('stocktakes', self.stocktake)}"
            drafts.keep(self.desk, self._key, texts, dict.fromkeys(texts, ""), title)

    @property
    def _key(self) -> str:
        return f"count {areas.ref('stocktakes', self.stocktake)}"

    # --- scanning ---------------------------------------------------------------------------------------------------

    async def take_code(self, code: str) -> None:
        """Save what is typed, then go to what was scanned."""
        if not await self._save():
            return
        found = await self.ask_store(meant, self.desk, code)
        if not found:
            if found is not None:
                self.say("Nothing has the code that was scanned.", "warn")
            return
        if (chosen := await self.which(found)) is None:
            return
        collection, number = chosen
        if collection == "places":
            self.only(None if number == self.place else number)
        else:
            await self._go_to(number)

    async def _go_to(self, item: int) -> None:
        """Put the cursor on the line of an item; one that is not on the list can be put on it."""
        name = self.desk.title("items", item)
        lines = [one for one in self.in_view().values() if one.item == item]
        here = self.here()
        near = [one for one in lines if here is not None and one.place == here.place]
        if len(lines) > 1 and not near:
            entries = [(one.room, one.count) for one in lines]
            chosen = await self.app.push_screen_wait(Which(self.take_scan, f"{name}: where?", entries))
            near = [one for one in lines if one.count == chosen]
        elif not lines:
            await self._add(item, name)
            return
        for one in (near or lines)[:1]:
            self.table.highlight(one.count)
            counted = "" if one.counted is None else f" {one.counted:,} counted before: digits count it anew."
            self.say(f"{name} in {one.room}: how many?{counted}")

    async def _add(self, item: int, name: str) -> None:
        """Put an item on the list that was found where it is not expected."""
        place = self.place
        if place is None:
            rooms = {one.place: one.room for one in self.spots.values()}
            here = self.here()
            first = sorted(rooms, key=lambda number: here is None or number != here.place)
            entries = [(rooms[number], number) for number in first]
            title = f"{name} is not on the list. Where was it found?"
            place = await self.app.push_screen_wait(Which(self.take_scan, title, entries))
        if place is None:
            return
        done = await self.tell(self.desk.add, "counts", {"stocktake": self.stocktake, "item": item, "place": place})
        if done is not None:
            self.filed(done.refs)

    def filed(self, refs: Sequence[str]) -> None:
        """Put the cursor on the line that was put on the list."""
        numbers = [found[1] for ref in refs if (found := areas.parse_ref(ref)) and found[0] == "counts"]
        self.load(go_to=numbers[0] if numbers else None)

    # --- the rest ---------------------------------------------------------------------------------------------------

    @work
    async def action_place(self) -> None:
        """Choose the place of which everything is shown."""
        left: dict[int, list[int]] = {}
        for one in self.spots.values():
            of = left.setdefault(one.place, [0, 0])
            of[0] += one.counted is None
            of[1] += 1
        rooms = {one.place: one.room for one in self.spots.values()}
        entries = [(f"{rooms[number]}: {some} of {every} left", number) for number, (some, every) in left.items()]
        chosen = await self.app.push_screen_wait(Which(self.take_scan, "Which place?", [("All places", 0), *entries]))
        if chosen is not None and await self._save():
            self.only(chosen or None)

    @work
    async def action_remark(self) -> None:
        """Count this line with a note."""
        from botui.screens.form import FormScreen
        from botui.screens.sheet import Sheet

        here = self.here()
        if here is None:
            return
        desk, number = self.desk, here.count
        typed = self.typed.get(number)
        values: dict[str, Any] = {"counted": int(typed) if typed else here.counted, "note": here.note}
        needs = areas.kind("counts").transition("count").needs
        sheet = await self.ask_store(Sheet, needs, desk, None, values)
        if sheet is None:
            return
        save = _counter(desk, number)
        form = FormScreen(sheet, title=f"{here.name} in {here.room}", desk=desk, save=save)
        done = await self.app.push_screen_wait(form)
        if done is not None:
            self.typed = {}
            await self._show(number)
            self.say(done.said)

    @work
    async def action_recount(self) -> None:
        """Have this line counted again."""
        here = self.here()
        if here is not None and await self.tell(self.desk.do, "counts", here.count, "recount") is not None:
            await self._show(here.count)

    def action_new(self) -> None:
        """Put something on the list by name."""
        here = self.here()
        place = self.place or (here.place if here else None)
        self.session.new_record("counts", {"stocktake": self.stocktake, "place": place})

    def action_back(self) -> None:
        """Show all places again, then go back; what is typed is saved."""
        self._leave(super().action_back if self.place is None else partial(self.only, None))

    def action_front(self) -> None:
        """Go to the front page; what is typed is saved."""
        self._leave(super().action_front)

    @work
    async def _leave(self, go: Callable[[], None]) -> None:
        # the work of a page ends with it: what is typed is saved first
        if await self._save():
            go()


def _counter(desk: Desk, number: int) -> Any:
    return lambda values: desk.do("counts", number, "count", values)


def _digits_of(texts: Mapping[str, str], known: Mapping[int, Spot]) -> dict[int, str]:
    """Return the digits that a draft has, of lines that there still are."""
    found = {parsed[1]: text for name, text in texts.items() if (parsed := areas.parse_ref(name))}
    return {number: text[:_DIGITS] for number, text in found.items() if number in known and text.isdecimal()}
