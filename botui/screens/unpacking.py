"""The running list of a delivery on the screen: drawn, taken back step by step, kept as a draft and taken up again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from botui import areas
from botui.actions.delivery import AS_ORDERED, Row, unpacked
from botui.actions.receiving import Run
from botui.data import Desk
from botui.models.errors import BotuiError
from botui.models.supplies import Order
from botui.screens import drafts
from botui.screens.dialogs import Dialog, panel
from botui.screens.scanning import Passing, ScanListScreen
from botui.text import content
from botui.widgets.columns import Column
from botui.widgets.record_table import RecordTable


class RunRows:
    """The rows of the running list."""

    columns: ClassVar = (
        Column("item", "Item", 14, flex=True),
        Column("ordered", "Ordered", 7, right=True),
        Column("before", "Before", 6, right=True),
        Column("to_come", "To come", 7, right=True),
        Column("here", "Here", 6, right=True),
        Column("damaged", "Damaged", 7, right=True),
        Column("said", "", 16, telling=True),
    )

    def __init__(self, run: Run) -> None:
        self._rows = {row.key: row for row in run.rows}

    def ids(self) -> Sequence[int]:
        """Return a number for each row."""
        return list(self._rows)

    def cells(self, number: int) -> Sequence[str]:
        """Return one row."""
        row = self._rows[number]
        here = "" if row.came is None else f"{row.came:,}"
        figures = (f"{one:,}" if one else "" for one in (row.ordered, row.before, row.to_come))
        by = f"by {row.use_by}" if row.use_by else ""
        said = by if by and row.said == AS_ORDERED else f"{row.said} {by}".strip()
        return (row.name, *figures, here, f"{row.damaged or ''}", said)

    def style(self, number: int) -> str:
        """Return an emphasis for what is not as ordered."""
        row = self._rows[number]
        return "soon" if row.touched and row.said != AS_ORDERED else ""


class Booking(Passing, Dialog[str]):
    """What will be booked, before it is; the answer is one of ``BOOK`` and ``REST``.

    Args:
        pass_on: takes what is scanned instead of an answer.
        title: what is booked.
        lines: in words.
        even_so: it is not as it should be: only ``y`` books it.
        left: lines are left that were neither scanned nor typed: ``a`` says that they came as ordered.
    """

    BOOK: ClassVar = "book"
    REST: ClassVar = "rest"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", "Book it", show=False),
        Binding("y", "even_so", "Even so", show=False),
        Binding("a", "rest", "The rest came too", show=False),
    ]

    def __init__(
        self, pass_on: Callable[[str], bool], title: str, lines: Sequence[str], *, even_so: bool, left: bool
    ) -> None:
        super().__init__(pass_on)
        self._title = title
        self._lines = lines
        self._even_so = even_so
        self._left = left

    def compose(self) -> ComposeResult:
        """Show the words and what answers."""
        with panel(self._title):
            with VerticalScroll(can_focus=False):
                yield Static(content("\n".join(self._lines)))
            yield self.key_line

    def on_mount(self) -> None:
        """Show the keys."""
        book = ("y", "Book it even so", True) if self._even_so else ("Enter", "Book it", True)
        rest = [("a", "The rest came too", True)] if self._left else []
        self.key_line.show([book, *rest, ("Esc", "Go on unpacking", True)])

    def action_enter(self) -> None:
        """Book it, unless it asks for more than that."""
        self.answer(None if self._even_so else self.BOOK)

    def action_even_so(self) -> None:
        """Book it."""
        self.answer(self.BOOK)

    def action_rest(self) -> None:
        """Let what was neither scanned nor typed have come as ordered."""
        if self._left:
            self.answer(self.REST)

    def take_scan(self, code: str) -> bool:
        """Go on unpacking: something else is there."""
        self.answer(None)
        return super().take_scan(code)


class UnpackScreen(ScanListScreen):
    """The running list of what came of an order; what fills and books it is in ``screens.receiving``.

    Args:
        order: its number.
    """

    def __init__(self, order: int) -> None:
        super().__init__()
        self.order = order
        self.table = RecordTable(RunRows.columns, menu=True, id="run", empty="This order has no lines.")
        self.run: Run | None = None
        self.before: list[Run] = []
        self.supplier: int | None = None
        self.about = areas.ref("orders", order)
        self.booked = False

    def body(self) -> Iterable[Widget]:
        """Return the list."""
        yield self.table

    def heading(self) -> str:
        """Return what is unpacked, and where it goes if that is one place for all."""
        place = self.run.place if self.run is not None else None
        return f"Receive {self.about}" + (f" > {self.desk.title('places', place)}" if place else "")

    def on_mount(self) -> None:
        """Take up the list that was left, or begin one."""
        super().on_mount()
        self._begin()

    @property
    def key(self) -> str:
        """The name of the list among its person's drafts."""
        return f"receive {areas.ref('orders', self.order)}"

    @work
    async def _begin(self) -> None:
        found = await self.ask_store(self._first)
        self.filled.set()
        if found is None:
            return
        self.run, said = found
        self.draw()
        if said:
            self.say(said, "warn")

    def _first(self) -> tuple[Run, str]:
        """Return the list that this person left, and how it is said that it is taken up, or a new one."""
        desk = self.desk
        order: Order = desk.get("orders", self.order)
        self.supplier = order.supplier
        self.about = f"{order.ref} from {desk.title('parties', order.supplier)}"
        run = Run(self.order, unpacked(desk, self.order))
        draft = drafts.find(desk, self.key)
        if draft is None:
            return run, ""
        run, since = run.taken_up(desk, draft.texts, draft.was)
        far = f"{sum(row.touched for row in run.rows)} of {len(run.rows)} lines"
        return run, " ".join((*since, f"Your list of {drafts.left(desk, draft)} goes on, {far}; n begins anew."))

    def store_changed(self, changed: Mapping[str, frozenset[int]] | None) -> None:
        """Follow what others receive or change of this order meanwhile."""
        if self.run is not None and (changed is None or not {"lines", "orders", "items"}.isdisjoint(changed)):
            self._follow()

    @work(exclusive=True, group="load")
    async def _follow(self) -> None:
        fresh = await self.ask_store(unpacked, self.desk, self.order)
        if fresh is None or self.run is None or self.booked:
            return
        self.run, said = self.run.follow(fresh)
        # steps before this one are of another state of the order
        self.before = [one.follow(fresh)[0] for one in self.before]
        self.draw()
        if said:
            self.say(" ".join(said), "warn")

    def draw(self) -> None:
        """Draw the list as it stands."""
        if self.run is None:
            return
        self.table.show(RunRows(self.run))
        done = sum(row.touched for row in self.run.rows)
        self.status.position = f"{done}/{len(self.run.rows)} unpacked"
        self.draw_frame()

    def highlighted(self) -> Row | None:
        """Return the row under the cursor."""
        key = self.table.highlighted
        return None if self.run is None or key is None else self.run.row(key)

    def step(self, run: Run, said: str, *, row: int | None = None) -> None:
        """Take a step, which ``u`` takes back: the list is drawn and kept as a draft.

        Args:
            run: the list after it.
            said: what is said of it.
            row: where the cursor goes.
        """
        if self.run is not None:
            self.before.append(self.run)
            self.change(run, said, row=row)

    def change(self, run: Run, said: str, *, row: int | None = None) -> None:
        """Change the list as part of the last step."""
        self.run = run
        self.draw()
        if row is not None:
            self.table.highlight(row)
        self.say(said)
        self._keep(self.desk)

    # --- kept -------------------------------------------------------------------------------------------------------

    def keep_draft(self) -> None:
        """Keep the list in the store's folder: at an idle lock, when leaving, on a lost line.

        Raises:
            StoreFull: it cannot be written.
        """
        self._write(self.desk)

    def _write(self, desk: Desk) -> None:
        if self.run is None or self.booked:
            return
        texts, was = self.run.texts()
        if texts:
            drafts.keep(desk, self.key, texts, was, f"Receive {areas.ref('orders', self.order)}")
        else:
            drafts.drop(desk, self.key)

    @work(group="keep")
    async def _keep(self, desk: Desk) -> None:
        """Keep it after each step, so that not even a dead machine loses it."""
        try:
            # in the thread that books, so that no list is kept anew that is booked already
            await self.session.save(lambda _: None, self._write, desk)
        except BotuiError as error:
            self.say(str(error), "error")

    def action_back(self) -> None:
        """Go back; the list is kept for later."""
        begun = self.run is not None and bool(self.run.texts()[0])
        super().action_back()
        if begun:
            self.say_behind(f"Your list of {areas.ref('orders', self.order)} is kept: I goes on with it.")
