"""A field over a list that answers as one types: the palette and "who rings" are made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from botui.models.base import BotuiError
from botui.text import content
from botui.widgets.columns import Column
from botui.widgets.fields import LineInput, settled
from botui.widgets.record_table import RecordTable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """One answer: what it is, a word on where, and what it stands for."""

    what: str
    where: str
    value: T


class HitRows(Generic[T]):
    """The rows of answers.

    Args:
        hits: the answers.
    """

    columns: ClassVar[Sequence[Column]] = (Column("what", "", 40, flex=True), Column("where", "", 26))

    def __init__(self, hits: Sequence[Hit[T]]) -> None:
        self.hits = hits

    def ids(self) -> Sequence[int]:
        """Return their places."""
        return range(len(self.hits))

    def cells(self, number: int) -> Sequence[str]:
        """Return one answer."""
        return (self.hits[number].what, self.hits[number].where)

    def style(self, number: int) -> str:
        """Return no emphasis."""
        return ""


class SearchScreen(ModalScreen[T | None], Generic[T]):
    """Type, look, press Enter; the arrows move in the list while the field keeps the focus.

    Args:
        title: what is looked for, and what Enter does.
        find: the answers for a text, called on the store's thread.
        empty: what an empty list says.
        text: what stands in the field at first.

    Attributes:
        ROWS: what makes the rows of the list.
        HEIGHT: lines of the list at most, its heading among them.
    """

    ROWS: ClassVar[type[HitRows[Any]]] = HitRows
    HEIGHT: ClassVar[int] = 12
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f12,f2", "dismiss(None)", "Back"),
        Binding("down", "step(1)", "Next", show=False, priority=True),
        Binding("up", "step(-1)", "Previous", show=False, priority=True),
        Binding("pagedown", "step(10)", "Page down", show=False, priority=True),
        Binding("pageup", "step(-10)", "Page up", show=False, priority=True),
        Binding("enter", "take", "Take", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    SearchScreen { align: left top; background: transparent; }
    SearchScreen > Static { height: 1; width: 100%; text-style: reverse; }
    SearchScreen > LineInput { width: 100%; background: $surface; }
    SearchScreen > RecordTable { background: $surface; }
    """

    def __init__(self, title: str, find: Callable[[str], Sequence[Hit[T]]], *, empty: str, text: str = "") -> None:
        super().__init__()
        self._title = title
        self._find = find
        self._hits: Sequence[Hit[T]] = ()
        self._line = LineInput(text)
        self._empty = empty
        self._table = RecordTable(self.ROWS.columns, empty=empty)
        self._table.styles.height = self.HEIGHT

    def compose(self) -> ComposeResult:
        """Lay the field over the list."""
        yield Static(content(f" {self._title}"))
        yield self._line
        yield self._table

    def on_mount(self) -> None:
        """Begin with what an empty text finds."""
        self._line.focus()
        self._look()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._look()

    @work(exclusive=True, group="load")
    async def _look(self) -> None:
        await self._bring()

    async def _bring(self) -> None:
        session: Any = self.app
        hits: Sequence[Hit[T]] = ()
        said = self._empty
        try:
            hits = await session.in_store(self._find, self._line.value)
        except BotuiError as error:
            said = str(error)
        if self.is_mounted:
            self._hits = hits
            self._table.set_empty(said)
            self._table.show(self.ROWS(hits))
            self._table.action_go_to(0)

    def action_step(self, rows: int) -> None:
        """Move in the list."""
        self._table.action_move(rows)

    @work(exclusive=True)
    async def action_take(self) -> None:
        """Take the answer under the cursor, for what stands in the field now."""
        moved = self._table.highlighted
        before = self._line.value
        await settled(self._line)
        if self._line.value != before or moved is None or moved == 0:
            await self._bring()
            moved = self._table.highlighted
        if self.is_current and moved is not None and moved < len(self._hits):
            self.dismiss(self._hits[moved].value)

    def take_scan(self, code: str) -> bool:
        """Use a scan as the text."""
        self._line.value = code
        self.action_take()
        return True
