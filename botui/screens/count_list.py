"""The list of a stocktake on the screen: drawn, followed while others count, and shown for one place alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from textual import work
from textual.widget import Widget

from botui import areas
from botui.actions.counting import Spot, looked_at, spots
from botui.screens.scanning import ScanListScreen
from botui.widgets.columns import Column
from botui.widgets.record_table import RecordTable


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


class CountListScreen(ScanListScreen):
    """What is counted in a stocktake; what counts it is in ``screens.counting``.

    Args:
        stocktake: its number.

    Attributes:
        spots: the lines by the number of their count, in the order in which one walks.
        place: the place of which alone the lines are shown; None = all.
        typed: what is typed and not saved, by the number of the count: of one line at most.
    """

    def __init__(self, stocktake: int) -> None:
        super().__init__()
        self.stocktake = stocktake
        self.table = RecordTable(SpotRows.columns, menu=True, id="counts", empty="Nothing is to be counted here.")
        self.spots: dict[int, Spot] = {}
        self.place: int | None = None
        self.typed: dict[int, str] = {}

    def body(self) -> Iterable[Widget]:
        """Return the list."""
        yield self.table

    def heading(self) -> str:
        """Return which stocktake, and of which place if it is one."""
        name = self.desk.title("stocktakes", self.stocktake)
        place = f" > {self.desk.title('places', self.place)}" if self.place else ""
        return f"Count {areas.ref('stocktakes', self.stocktake)} {name}{place}"

    @work(exclusive=True, group="load")
    async def load(self, go_to: int | None = None) -> None:
        """Bring the list anew, and put the cursor on a line."""
        await self.bring()
        if go_to is not None:
            self.table.highlight(go_to)

    async def bring(self) -> None:
        """Bring the list."""
        found = await self.ask_store(spots, self.desk, self.stocktake)
        if found is not None:
            self.spots = found
            self.draw()

    def store_changed(self, changed: Mapping[str, frozenset[int]] | None) -> None:
        """Draw what others counted; bring the list anew where it may have other lines or names."""
        names = {"stocktakes", "items", "places"}
        counts = frozenset() if changed is None else changed.get("counts", frozenset())
        if changed is None or not names.isdisjoint(changed) or not counts <= self.spots.keys():
            self.load()
        elif counts:
            self._look(counts)

    @work(group="load")
    async def _look(self, numbers: frozenset[int]) -> None:
        found = await self.ask_store(looked_at, self.desk, numbers)
        if found is not None:
            self.spots.update(found)
            self.draw()

    def in_view(self) -> dict[int, Spot]:
        """Return the lines that are shown."""
        if self.place is None:
            return self.spots
        return {number: one for number, one in self.spots.items() if one.place == self.place}

    def draw(self) -> None:
        """Draw the list, and how much of it is left."""
        shown = self.in_view()
        self.table.show(SpotRows(shown, self.typed))
        left = sum(one.counted is None for one in shown.values())
        self.status.position = f"{left:,} of {len(shown):,} left"
        self.draw_frame()

    def here(self) -> Spot | None:
        """Return the line under the cursor."""
        number = self.table.highlighted
        return None if number is None else self.spots.get(number)

    def action_left(self) -> None:
        """Go to the next line that is not counted, from the cursor on and round."""
        numbers = [*self.in_view()]
        here = self.table.highlighted
        at = numbers.index(here) if here in numbers else 0
        after = (one for one in (*numbers[at:], *numbers[:at]) if self.spots[one].counted is None)
        if (found := next(after, None)) is not None:
            self.table.highlight(found)
        elif self.place is not None:
            self.say("All of this place is counted: scan the next place, or Esc.")
        else:
            self.say("All is counted: Esc, then Q says that counting is done.")

    def only(self, place: int | None) -> None:
        """Show only what lies in one place, or all."""
        self.place = place
        self.draw()
        name = self.desk.title("places", place)
        if not self.in_view():
            self.say(f"Nothing on this list lies in {name}: scan what you find there, or Esc.", "warn")
            return
        self.say(f"Only {name}." if place else "All places.")
        self.action_left()
