"""Counting blind: by scanner or down the list, each count saved at once, nothing shown of what should be there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from botui import areas
from botui.actions.counting import Spot, meant, spot_of, spots
from botui.data import Desk
from botui.screens import drafts
from botui.screens.frame import Keys
from botui.screens.scanning import ScanListScreen, Which
from botui.widgets.columns import Column
from botui.widgets.record_table import RecordTable

_DIGITS: Final = 7
"""Digits of a count at most."""


class SpotRows:
    """The rows of what is counted."""

    columns: ClassVar = (
        Column("place", "Place", 20),
        Column("item", "Item", 20, flex=True),
        Column("unit", "Unit", 8),
        Column("counted", "Counted", 8, right=True),
        Column("said", "", 16, telling=True),
    )

    def __init__(self, shown: Mapping[int, Spot], typed: Mapping[int, str]) -> None:
        self._shown = shown
        self._typed = typed

    def ids(self) -> Sequence[int]:
        """Return the numbers of the counts."""
        return list(self._shown)

    def cells(self, number: int) -> Sequence[str]:
        """Return one row; what is typed and not saved ends in a line."""
        one = self._shown[number]
        if number in self._typed:
            counted, said = f"{self._typed[number]}_", "Enter saves it"
        else:
            counted = "" if one.counted is None else f"{one.counted:,}"
            said = "count again" if one.again else "to count" if one.counted is None else one.note
        return (one.room, one.name, one.unit, counted, said)

    def style(self, number: int) -> str:
        """Return an emphasis for what is to be counted once more."""
        return "soon" if self._shown[number].again else ""


class CountScreen(ScanListScreen):
    """What is counted in a stocktake.

    Args:
        stocktake: its number.
    """

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

    def __init__(self, stocktake: int) -> None:
        super().__init__()
        self.stocktake = stocktake
        self.table = RecordTable(SpotRows.columns, menu=True, id="counts", empty="Nothing is to be counted here.")
        self._spots: dict[int, Spot] = {}
        self._place: int | None = None
        self._typed: dict[int, str] = {}  # the digits of one line at most
        self._saved = 0

    def body(self) -> Iterable[Widget]:
        """Return the list."""
        yield self.table

    def heading(self) -> str:
        """Return which stocktake, and of which place if it is one."""
        name = self.desk.title("stocktakes", self.stocktake)
        place = f" > {self.desk.title('places', self._place)}" if self._place else ""
        return f"Count {areas.ref('stocktakes', self.stocktake)} {name}{place}"

    def keys(self) -> Keys:
        """Return the keys of the list."""
        return [
            ("0-9", "How many", True),
            ("Enter", "Save", bool(self._typed)),
            ("w", "Next to count", True),
            ("p", "Place", True),
            ("n", "Found", True),
            ("o", "Note", True),
            ("Esc", "Back", True),
        ]

    def on_mount(self) -> None:
        """Bring the list, and digits that were left."""
        super().on_mount()
        self._load(first=True)

    # --- the list ---------------------------------------------------------------------------------------------------

    @work(exclusive=True, group="load")
    async def _load(self, *, first: bool = False, go_to: int | None = None) -> None:
        found = await self.ask_store(spots, self.desk, self.stocktake)
        if found is None:
            return
        self._spots = found
        if first and (draft := await self.ask_store(drafts.find, self.desk, self._key)) is not None:
            self._typed = _digits_of(draft.texts, found)
            drafts.drop(self.desk, self._key)
        self._draw()
        if self._typed:
            go_to = next(iter(self._typed))
            self.say(f"You typed {self._typed[go_to]} here and did not save it: Enter does.", "warn")
        if go_to is not None:
            self.table.highlight(go_to)
        elif first:
            self.action_left()

    def store_changed(self, changed: Mapping[str, frozenset[int]] | None) -> None:
        """Draw what others counted; bring the list anew where it may have other lines or names."""
        names = {"stocktakes", "items", "places"}
        counts = frozenset() if changed is None else changed.get("counts", frozenset())
        if changed is None or not names.isdisjoint(changed) or not counts <= self._spots.keys():
            self._load()
        elif counts:
            self._look(counts)

    @work(group="load")
    async def _look(self, numbers: frozenset[int]) -> None:
        found = await self.ask_store(_looked_at, self.desk, numbers)
        if found is not None:
            self._spots.update(found)
            self._draw()

    def _visible(self) -> dict[int, Spot]:
        if self._place is None:
            return self._spots
        return {number: one for number, one in self._spots.items() if one.place == self._place}

    def _draw(self) -> None:
        shown = self._visible()
        self.table.show(SpotRows(shown, self._typed))
        left = sum(one.counted is None for one in shown.values())
        self.status.position = f"{left:,} of {len(shown):,} left"
        self.draw_frame()

    def _here(self) -> Spot | None:
        number = self.table.highlighted
        return None if number is None else self._spots.get(number)

    def action_left(self) -> None:
        """Go to the next line that is not counted, from the cursor on and round."""
        numbers = [*self._visible()]
        here = self.table.highlighted
        at = numbers.index(here) if here in numbers else 0
        after = (one for one in (*numbers[at:], *numbers[:at]) if self._spots[one].counted is None)
        if (found := next(after, None)) is not None:
            self.table.highlight(found)
        elif self._place is not None:
            self.say("All of this place is counted: scan the next place, or Esc.")
        else:
            self.say("All is counted: Esc, then Q says that counting is done.")

    # --- saving -----------------------------------------------------------------------------------------------------

    def action_digit(self, digit: int) -> None:
        """Add a digit to what is counted of this line."""
        if (here := self._here()) is not None:
            self._typed = {here.count: f"{self._typed.get(here.count, '')}{digit}"[:_DIGITS]}
            self.table.refresh_rows([here.count])
            self.draw_keys()

    def action_take_back(self) -> None:
        """Take back a digit that is not saved."""
        for number, digits in [*self._typed.items()]:
            self._typed = {number: digits[:-1]} if digits[1:] else {}
            self.table.refresh_rows([number])
        self.draw_keys()

    @on(RecordTable.Opened, "#counts")
    @work
    async def _enter(self) -> None:
        if not self._typed:
            self.say("Type how many are there; 0 if there are none.", "warn")
        elif await self._save():
            self.action_left()

    @on(RecordTable.Highlighted, "#counts")
    def _moved(self, event: RecordTable.Highlighted) -> None:
        if self._typed and event.id not in self._typed:
            self._save_behind()

    @work
    async def _save_behind(self) -> None:
        """Save what was typed in the line that was left."""
        await self._save()

    async def _save(self) -> bool:
        """Save what is typed, if anything is; say whether that was not refused."""
        typed, self._typed = self._typed, {}
        for number, digits in typed.items():
            if await self.tell(self.desk.do, "counts", number, "count", {"counted": int(digits)}) is None:
                self._draw()
                return False
            await self._show(number)
        return True

    async def _show(self, number: int) -> None:
        found = await self.ask_store(_looked_at, self.desk, frozenset({number}))
        if found is not None:
            self._spots.update(found)
            self._draw()

    def keep_draft(self) -> None:
        """Keep digits that are not saved: at an idle lock, on a lost line.

        Raises:
            StoreFull: it cannot be written.
        """
        if self._typed:
            texts = {areas.ref("counts", number): digits for number, digits in self._typed.items()}
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
            self._only(None if number == self._place else number)
        else:
            await self._go_to(number)

    def _only(self, place: int | None) -> None:
        """Show only what lies in one place, or all."""
        self._place = place
        self._draw()
        self.say(f"Only {self.desk.title('places', place)}." if place else "All places.")
        self.action_left()

    async def _go_to(self, item: int) -> None:
        """Put the cursor on the line of an item; one that is not on the list can be put on it."""
        name = self.desk.title("items", item)
        lines = [one for one in self._visible().values() if one.item == item]
        here = self._here()
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
        place = self._place
        if place is None:
            rooms = {one.place: one.room for one in self._spots.values()}
            here = self._here()
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
        self._load(go_to=numbers[0] if numbers else None)

    # --- the rest ---------------------------------------------------------------------------------------------------

    @work
    async def action_place(self) -> None:
        """Choose the place of which everything is shown."""
        left: dict[int, list[int]] = {}
        for one in self._spots.values():
            of = left.setdefault(one.place, [0, 0])
            of[0] += one.counted is None
            of[1] += 1
        rooms = {one.place: one.room for one in self._spots.values()}
        entries = [(f"{rooms[number]}: {some} of {every} left", number) for number, (some, every) in left.items()]
        chosen = await self.app.push_screen_wait(Which(self.take_scan, "Which place?", [("All places", 0), *entries]))
        if chosen is not None and await self._save():
            self._only(chosen or None)

    @work
    async def action_remark(self) -> None:
        """Count this line with a note."""
        from botui.screens.form import FormScreen
        from botui.screens.sheet import Sheet

        here = self._here()
        if here is None:
            return
        desk, number = self.desk, here.count
        typed = self._typed.get(number)
        values: dict[str, Any] = {"counted": int(typed) if typed else here.counted, "note": here.note}
        needs = areas.kind("counts").transition("count").needs
        sheet = await self.ask_store(Sheet, needs, desk, None, values)
        if sheet is None:
            return
        save = _counter(desk, number)
        form = FormScreen(sheet, title=f"{here.name} in {here.room}", desk=desk, save=save)
        done = await self.app.push_screen_wait(form)
        if done is not None:
            self._typed = {}
            await self._show(number)
            self.say(done.said)

    @work
    async def action_recount(self) -> None:
        """Have this line counted again."""
        here = self._here()
        if here is not None and await self.tell(self.desk.do, "counts", here.count, "recount") is not None:
            await self._show(here.count)

    def action_new(self) -> None:
        """Put something on the list by name."""
        here = self._here()
        place = self._place or (here.place if here else None)
        self.session.new_record("counts", {"stocktake": self.stocktake, "place": place})

    def action_back(self) -> None:
        """Show all places again, then go back; what is typed is saved."""
        if self._typed:
            self._save_behind()
        if self._place is not None:
            self._only(None)
        else:
            super().action_back()


def _looked_at(desk: Desk, numbers: frozenset[int]) -> dict[int, Spot]:
    found = (desk.peek("counts", number) for number in numbers)
    return {one.id: spot_of(desk, one) for one in found if one is not None}


def _counter(desk: Desk, number: int) -> Any:
    return lambda values: desk.do("counts", number, "count", values)


def _digits_of(texts: Mapping[str, str], known: Mapping[int, Spot]) -> dict[int, str]:
    """Return the digits that a draft has, of lines that there still are."""
    found = {parsed[1]: text for name, text in texts.items() if (parsed := areas.parse_ref(name))}
    return {number: text[:_DIGITS] for number, text in found.items() if number in known and text.isdecimal()}
