"""Items in a list: what is there and what is to be done about each in a row; drafts of all that is to be ordered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType

from botui import areas
from botui.data import Desk
from botui.models import calendar
from botui.models.base import Kind, plural
from botui.models.supplies import Item
from botui.models.supplies.ordering import order_items, planned
from botui.models.supplies.reorder import suggested
from botui.screens.frame import Keys
from botui.screens.learning import learn
from botui.screens.lists import ListScreen
from botui.screens.rows import KindRows
from botui.screens.verbs import VerbScreen
from botui.widgets.columns import Column

SOON: Final = 28
"""Days before it is used up from which on a row says so."""
LISTED: Final = 4
"""Drafts that a sentence names."""

# --- in words ---------------------------------------------------------------------------------------------------------


def tells(item: Item, today: date, drafts: Iterable[str] = ()) -> str:
    """Return in a few words what is to be done about an item: none left, how much to order, or how long it lasts.

    Args:
        item: the item.
        today: today in the office.
        drafts: the orders to be placed that it is on already.
    """
    if not item.active:
        return "not in use"
    more = suggested(item)
    parts = ["none left"] if item.on_hand <= 0 else []
    if more:
        parts.append(f"on {', '.join(drafts)}" if drafts else f"order {more:,}")
    elif parts and item.on_order:
        parts.append(f"{item.on_order:,} come")
    if not parts:
        first = min((one.use_by for one in item.stock if one.use_by and one.quantity > 0), default=None)
        if first is not None and (first - today).days <= SOON:
            parts.append(f"use by {calendar.day_words(first, today)}")
        elif item.runs_out is not None and (days := (item.runs_out - today).days) <= SOON:
            parts.append(f"lasts {lasts(days)}" if days > 0 else "runs out today")
    return ", ".join(parts)


def lasts(days: int) -> str:
    """Return in words how long something lasts."""
    if days <= 0:
        return "less than a day"
    if days < 14:
        return f"{days} day{'s'[: days > 1]}"
    weeks = days // 7
    return f"{weeks} weeks" if weeks < 9 else f"{days // 30} months"


# --- the list ---------------------------------------------------------------------------------------------------------


class ItemRows(KindRows):
    """Rows of items: what is there, what comes, and what is to be done about it."""

    _planned: Mapping[int, Iterable[str]] | None = None

    def __init__(
        self, desk: Desk, kind: Kind[Any], ids: Sequence[int] = (), same: frozenset[str] = frozenset()
    ) -> None:
        super().__init__(desk, kind, ids, same)
        self.names |= {"orders", "lines"}  # what is on a draft stands in the rows

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns; what is to be done stands last, where the eye runs down."""
        return (
            Column("id", "No.", 6),
            Column("name", "Name", 15, flex=True),
            Column("on_hand", "On hand", 7, right=True),
            Column("unit", "Unit", 6),
            Column("on_order", "On order", 8, right=True),
            Column("code", "Code", 10, wide=True),
            Column("place", "Usual place", 16, wide=True),
            Column("supplier", "Supplier", 18, wide=True),
            Column("runs_out", "Runs out", 10, wide=True),
            Column("to_do", "To do", 22, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key == "on_hand":
            return f"{record.on_hand:,}"
        if key == "on_order":
            return f"{record.on_order:,}" if record.on_order else ""
        if key == "to_do":
            return tells(record, self.desk.context().today, self._drafts(record))
        return super().cell(key, record, doc)

    def _drafts(self, item: Item) -> Iterable[str]:
        """Return the orders to be placed that an item is on, to whoever may see them."""
        if self._planned is None:
            self._planned = planned(self.desk.context()) if self.desk.reads_all("orders") else {}
        return self._planned.get(item.id, ())


class ItemVerbs(VerbScreen):
    """A screen of items: a code that nothing has can be learned here."""

    def unknown_code(self, code: str) -> None:
        """Offer to learn a code, to who may edit items; ask the others to tell who does."""
        if reason := self.desk.may("items", "edit"):
            self.say(f"Nothing has the code that was scanned. To learn it: {reason}", "warn")
        else:
            self._learn(code)

    @work
    async def _learn(self, code: str) -> None:
        done = await learn(self.session, self.desk, code, self.learning_item())
        if done is not None:
            self.say(done.said)

    def learning_item(self) -> int | None:
        """Return the item for which a code is likely meant, or None."""
        return None


class ItemList(ItemVerbs, ListScreen):
    """A list of items."""

    ROWS = ItemRows
    HELP = (
        "Items. t takes one, F so many; P puts what is marked, or the one under the cursor, on draft orders, one for "
        "each supplier; W shows the drafts."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("W", "drafts", "Drafts", tooltip="The orders that are drafted and not sent yet."),
    ]
    _drafted = False

    def _find(self, text: str, stale: frozenset[int] | None) -> Sequence[int]:
        """Return the records of view and filter; orders are looked through here, not while the rows are drawn."""
        if self.desk.reads_all("orders"):
            planned(self.desk.context())
        return super()._find(text, stale)

    def keys(self) -> Keys:
        """Return the keys of a list; of what is to be ordered first how, and then where the drafts are."""
        found = list(super().keys())
        if self._drafted:
            return [("W", "Drafts", True), *found]
        if self.view.name != "low":
            return found
        order = self.desk.may("items", self.kind.transition("order").who) is None
        rest = [one for one in found if one[0] != "P"]
        return [rest[0], ("*", "Mark all", True), ("P", "Order", order), *rest[1:]]

    def action_verb(self, name: str, ask: bool = False) -> None:
        """Do a verb; what is to be ordered becomes one draft for each supplier, in one change."""
        if name == "order" and self.selected():
            self._order()
        else:
            super().action_verb(name, ask)

    @work
    async def _order(self, helper: Desk | None = None) -> None:
        """Put what is marked on drafts.

        Args:
            helper: the desk of somebody who was called in for it.
        """
        numbers, verb, record = self.selected(), self.kind.transition("order"), self.current()
        desk = helper or self.desk
        if record is None:
            return
        if reason := desk.may(self.kind.name, verb.who, record):
            self.refuse(verb.label, reason, self._order)
        elif (done := await self.tell(desk.do_together, "items", numbers, verb.name, order_items)) is not None:
            lines = [desk.peek(*one) for one in map(areas.parse_ref, done.refs) if one and one[0] == "lines"]
            self._say_drafted({one.item for one in lines if one}, {one.order for one in lines if one}, numbers)

    def _say_drafted(self, items: set[int], orders: set[int], wanted: Sequence[int]) -> None:
        """Say what is drafted now; what could not be stays marked."""
        left = set(wanted) - items
        refs = ", ".join(areas.ref("orders", one) for one in sorted(orders)[:LISTED])
        said = f"{plural(len(orders), 'order')} with {plural(len(items), 'line')} drafted: {refs}."
        more = f" {len(left):,} not: P says why." if left else ""
        self.say(said + more, "warn" if left else "ok")
        self._drafted = True
        self.table.keep_marks(left)
        self.draw_keys()

    def action_drafts(self) -> None:
        """Show the orders that are drafted."""
        self.session.open_list("orders", "drafts")
