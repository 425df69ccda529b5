"""Stocktakes: how far the count is while it goes on, and what differs and for how much when it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType

from botui.data import Desk
from botui.models.base import Kind
from botui.models.supplies import Count, Stocktake
from botui.models.supplies.differences import Difference, differences, total
from botui.models.supplies.stocktake import State
from botui.screens.frame import Keys
from botui.screens.lists import ListScreen
from botui.screens.record import Details, RecordScreen, field_rows
from botui.screens.rows import KindRows
from botui.screens.verbs import VerbScreen
from botui.widgets.columns import Column
from botui.widgets.detail import Grid, Section

_HEAD: Final = (
    *("name", "state", "reason", "counters", "places", "categories", "note"),
    *("approver", "approved_by", "approved_for"),
)
"""Fields that stand in the lines above all sections."""

_NEXT: Final[Mapping[State, str]] = {
    State.COUNTING: "K counts, Q says that counting is done",
    State.TO_APPROVE: "V books it, B has all that differs counted again, U one",
}
"""What is to be done next with a stocktake, and with which key."""

_DIFFERENCES: Final = (
    Column("item", "Item", 11, flex=True),
    Column("place", "Place", 8, flex=True),
    Column("expected", "Should be", 9, right=True),
    Column("counted", "Counted", 7, right=True),
    Column("difference", "+/-", 6, right=True),
    Column("worth", "Value", 9, right=True),
)
_PLACES: Final = (
    Column("place", "Place", 24, flex=True),
    Column("left", "Left", 8, right=True),
    Column("every", "Of", 8, right=True),
)


class StocktakeRows(KindRows):
    """Rows of stocktakes: how much is left to count."""

    def __init__(
        self, desk: Desk, kind: Kind[Any], ids: Sequence[int] = (), same: frozenset[str] = frozenset()
    ) -> None:
        super().__init__(desk, kind, ids, same)
        self.names |= {"counts"}

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns; what is left stands last."""
        return (
            Column("id", "No.", 7),
            Column("name", "Name", 20, flex=True),
            Column("state", "State", 11),
            Column("created_at", "Begun", 16, wide=True),
            Column("created_by", "Begun by", 14),
            Column("left", "To count", 14, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key != "left":
            return super().cell(key, record, doc)
        if record.state is not State.COUNTING:
            return ""
        every = len(self.desk.ids("counts", {"stocktake": (record.id,)}))
        left = len(self.desk.ids("counts", {"stocktake": (record.id,), "left": (True,)}))
        return f"{left:,} of {every:,}" if left else "all counted: Q"


class StocktakeDetails(Details):
    """What is shown of a stocktake; what should be there only when counting is done."""

    def sections(self, record: Stocktake) -> Sequence[Section]:
        """Return where it stands, then what is left by place, or what differs and what that is worth."""
        counts: list[Count] = self.desk.find("counts", {"stocktake": (record.id,)})
        found = [Section("", self._head(record, counts))]
        if record.state is State.COUNTING:
            found.append(Section("Still to count", Grid(_PLACES, self._left(counts)) if counts else "Nothing."))
        elif record.state is not State.CANCELLED:
            found.append(self._differences(record))
        found.append(Section("All about it", field_rows(self.desk, record, _HEAD)))
        return found

    def _head(self, record: Stocktake, counts: Sequence[Count]) -> list[tuple[str, str]]:
        desk = self.desk
        counted = sum(one.counted is not None for one in counts)
        again = sum(one.recount for one in counts)
        far = f"{counted:,} of {len(counts):,}"
        what = [desk.title("places", one) for one in record.places] + [*record.categories]
        head = [
            ("State", _joined(record.state.label, record.reason, _NEXT.get(record.state, ""))),
            ("What", _joined(", ".join(what) or "everything", record.note)),
            ("Counted", _joined(far, f"{again:,} to count again" if again else "", self._names(record.counters))),
        ]
        if record.approved_by is not None:
            stood = f" for {desk.name('people', record.approved_for)}" if record.approved_for else ""
            head.append(("Approved", f"by {desk.name('people', record.approved_by)}{stood}"))
        elif record.state is State.TO_APPROVE:
            head.append(("Approval", f"{desk.title('people', record.approver)} is asked"))
        return head

    def _names(self, people: Sequence[int]) -> str:
        return f"by {', '.join(self.desk.name('people', one) for one in people)}" if people else ""

    def _left(self, counts: Sequence[Count]) -> list[tuple[str, ...]]:
        found: dict[int, list[int]] = {}
        for one in counts:
            place = found.setdefault(one.place, [0, 0])
            place[0] += one.counted is None
            place[1] += 1
        rows = [(self.desk.title("places", place), f"{left:,}", f"{every:,}") for place, (left, every) in found.items()]
        return sorted(rows)

    def differences(self, record: Stocktake) -> list[Difference]:
        """Return what differs, the dearest first; nothing while counting goes on."""
        return [] if record.state is State.COUNTING else differences(self.desk.context(), record)

    def followed(self, record: Stocktake) -> list[tuple[str, tuple[str, int]]]:
        """Return what it names, and the items that differ."""
        items = {one.item: f"Differs: {one.name} ({one.difference:+,})" for one in self.differences(record)}
        return [*super().followed(record), *((words, ("items", item)) for item, words in items.items())]

    def _differences(self, record: Stocktake) -> Section:
        found = self.differences(record)
        if not found:
            return Section("Differences", "Everything is as it should be.")
        currency = self.desk.settings.currency
        rows = [
            (
                one.name,
                self.desk.title("places", one.place),
                f"{one.expected:,}",
                f"{one.counted:,}",
                f"{one.difference:+,}",
                f"{one.worth:+,.2f}",
            )
            for one in found
        ]
        return Section(f"Differences: {len(found):,}, {total(found):+,.2f} {currency}", Grid(_DIFFERENCES, rows))


def cannot_count(desk: Desk, record: Stocktake) -> str | None:
    """Return why nothing can be counted in a stocktake now, or None if it can."""
    counting = record.state is State.COUNTING
    return desk.may("counts", "work") if counting else f"{record.ref} is {record.state.label}."


class StocktakeVerbs(VerbScreen):
    """A screen of stocktakes: K counts in one, U has one of its lines counted again."""

    def verb_keys(self) -> Keys:
        """Return the verbs that can be done now, counting first."""
        record = self.current()
        words = {State.COUNTING: ("K", "Count", True), State.TO_APPROVE: ("U", "Count one again", True)}
        own = words.get(record.state) if isinstance(record, Stocktake) else None
        found = super().verb_keys()
        return found if own is None or self.desk.may("counts", "work") else (own, *found)

    def action_verb(self, name: str, ask: bool = False) -> None:
        """Do a verb; those of its counts are done here, too."""
        record = self.current()
        if not isinstance(record, Stocktake) or len(self.selected()) != 1 or name not in ("count", "recount"):
            super().action_verb(name, ask)
        elif name == "recount" and record.state is State.TO_APPROVE and not self.desk.may("counts", "work"):
            self._recount(record)
        elif reason := cannot_count(self.desk, record):
            self.say(reason, "warn")
        else:
            super().action_verb("count")

    @work
    async def _recount(self, record: Stocktake) -> None:
        """Choose what differs and is counted again."""
        from botui.screens.dialogs import Choose

        found = await self.ask_store(StocktakeDetails(self.desk).differences, record)
        if found is None:
            return
        entries = [
            (f"{one.difference:+,}  {one.name}, {self.desk.title('places', one.place)}", one.count) for one in found
        ]
        chosen = await self.app.push_screen_wait(
            Choose("What is counted again?", entries, empty="Everything is as it should be.")
        )
        if chosen is not None:
            await self.tell(self.desk.do, "counts", chosen, "recount")


class StocktakeList(StocktakeVerbs, ListScreen):
    """A list of stocktakes."""

    ROWS = StocktakeRows
    HELP = "Stocktakes. n begins one, K counts in it, Q says that counting is done; a second person approves it (V)."


class StocktakeRecord(StocktakeVerbs, RecordScreen):
    """One stocktake."""

    DETAILS = StocktakeDetails
    HELP = "One stocktake. K counts, Q says that counting is done, U has one line counted again; V books it."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,f6,ctrl+n", "new_count", "Found", tooltip="Put something on its list that is not on it."),
    ]

    def action_new_count(self) -> None:
        """Put an item on the list."""
        self.session.new_record("counts", {"stocktake": self.number})


def _joined(*words: str) -> str:
    return "; ".join(word for word in words if word)
