"""The one list of records: a hundred thousand rows cost as a hundred.

Only visible rows are asked for; each is fitted once and kept until its record changes. The cursor is tied to a
record, so that rows that come and go around it do not move it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import zip_longest
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from botui.text import fit, wrap
from botui.widgets.columns import Column, NoRows, Place, RowSource, heading, layout, line

__all__ = ["Column", "RecordTable", "RowSource"]

_MARGIN = 2
"""Cells before the first column: the cursor's and the mark's."""

_KEPT = 1_000
"""Fitted rows kept: some twenty screens, so that paging back and forth costs nothing."""


class RecordTable(Widget, can_focus=True):
    """A list of records with a cursor, marks and headings.

    Args:
        columns: what the rows show.
        empty: what to say, and which key to press, when there are no rows.
        menu: the rows are places to go to: they are neither marked nor sorted.
        id: the widget's name on its screen.
        classes: its style classes.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "go_to(0)", "First", show=False),
        Binding("end", "go_to(-1)", "Last", show=False),
        Binding("enter", "open", "Open", show=False),
        Binding("space", "mark", "Mark", show=False),
        Binding("asterisk", "mark_all", "Mark all", show=False, tooltip="Mark all rows of the list; again: none."),
        Binding("less_than_sign", "sort_by(-1)", "Sort by the column before", show=False),
        Binding("greater_than_sign", "sort_by(1)", "Sort by the next column", show=False),
        Binding("minus", "sort_by(0)", "Sort the other way round", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "record-table--heading",
        "record-table--cursor",
        "record-table--late",
        "record-table--soon",
        "record-table--done",
        "record-table--empty",
    }
    DEFAULT_CSS = """
    RecordTable {
        height: 1fr;
        width: 1fr;
        & > .record-table--heading { text-style: bold; }
        & > .record-table--cursor { text-style: reverse; }
        & > .record-table--late { color: $error; text-style: bold; }
        & > .record-table--soon { color: $warning; }
        & > .record-table--done { text-style: dim; }
    }
    """

    @dataclass
    class FromTable(Message):
        """What all messages of a list carry."""

        table: RecordTable
        """The list."""

        @property
        def control(self) -> RecordTable:
            """The list, for handlers that tell one from another."""
            return self.table

    @dataclass
    class Highlighted(FromTable):
        """The cursor is on another record, or its record is at another place."""

        id: int | None
        """The record under the cursor; nothing in an empty list."""
        position: str
        """Where it is, as ``3/10,000``."""

        def can_replace(self, message: Message) -> bool:
            """Let a newer place stand for all before it, so that a held key costs one look-up."""
            return isinstance(message, RecordTable.Highlighted) and message.table is self.table

    @dataclass
    class Opened(FromTable):
        """A record is to be opened: Enter, or one click on its row."""

        id: int
        """The record."""

    @dataclass
    class MarksChanged(FromTable):
        """Other records than before are marked."""

        ids: frozenset[int]
        """All marked records."""

    @dataclass
    class SortAsked(FromTable):
        """The rows are wanted in another order; whoever owns the rows sorts and shows them."""

        key: str
        """The key of the column to sort by."""
        reverse: bool
        """Largest first."""

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        empty: str = "",
        menu: bool = False,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._columns = tuple(columns)
        self._empty = empty
        self._menu = menu
        self._source: RowSource = NoRows()
        self._ids: Sequence[int] = ()
        self._cursor = 0
        self._top = 0
        self._marked: frozenset[int] = frozenset()
        self._sort: tuple[str | None, bool] = (None, False)
        self._rows: dict[int, tuple[str, str]] = {}
        self._places: list[Place] = []
        self._told: tuple[int | None, str] = (None, "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out the keys of marks and sorting where rows are places to go to."""
        return not (self._menu and action in ("mark", "mark_all", "sort_by"))

    @property
    def highlighted(self) -> int | None:
        """The record under the cursor; nothing in an empty list."""
        return self._ids[self._cursor] if self._ids else None

    @property
    def marked(self) -> frozenset[int]:
        """The marked records."""
        return self._marked

    @property
    def position(self) -> str:
        """The place of the cursor among all rows, as ``3/10,000``."""
        return f"{self._cursor + 1:,}/{len(self._ids):,}" if self._ids else "0/0"

    @property
    def shown(self) -> bool:
        """Whether it was told its rows yet."""
        return not isinstance(self._source, NoRows)

    def show(self, source: RowSource, changed: Set[int] | None = None) -> None:
        """Show the rows of a source, the cursor still on its record and that record on the same line.

        A record that is gone leaves the cursor at the same place; marks of records that are gone go.

        Args:
            source: gives the rows.
            changed: the only records that may look different from those shown before; None = all may.
        """
        before, line_of_cursor, shown = self.highlighted, self._cursor - self._top, self.visible_ids()
        self._source, self._ids = source, source.ids()
        for record_id in list(self._rows) if changed is None else changed:
            self._rows.pop(record_id, None)
        last = max(len(self._ids) - 1, 0)
        found = self._index(before)
        if found is None:
            self._cursor = min(self._cursor, last)
        else:
            self._cursor, self._top = found, found - line_of_cursor
        if self._marked:
            self._set_marked(self._marked.intersection(self._ids))
        self._keep_in_view()
        if changed is None or not shown or not self._ids:
            self.refresh()
        else:
            self._draw_changed(shown, line_of_cursor, changed)
        self._tell()

    def _draw_changed(self, before: Sequence[int], line_of_cursor: int, changed: Set[int]) -> None:
        """Draw the lines on which another record stands than before, or one that changed, or the cursor."""
        now, line_of_cursor_now = self.visible_ids(), self._cursor - self._top
        moved = {line_of_cursor, line_of_cursor_now} if line_of_cursor != line_of_cursor_now else set()
        for y, (one, other) in enumerate(zip_longest(before, now)):
            if one != other or other in changed or y in moved:
                self._refresh_lines(y + 1)

    def visible_ids(self) -> Sequence[int]:
        """Return the records that are on the screen, in order."""
        return self._ids[self._top : self._top + self._page]

    def refresh_rows(self, ids: Iterable[int] | None = None) -> None:
        """Read these records again (None = all), and draw those on the screen that look different now."""
        changed = {*self._rows, *self.visible_ids()} if ids is None else set(ids)
        before = {record_id: self._rows.pop(record_id, None) for record_id in changed}
        for index, record_id in enumerate(self.visible_ids(), self._top):
            if record_id in changed and self._fit_row(record_id) != before[record_id]:
                self._draw(index)

    def highlight(self, record_id: int) -> bool:
        """Put the cursor on a record; say whether it is in the list."""
        index = self._index(record_id)
        if index is not None:
            self._move_to(index)
        return index is not None

    def clear_marks(self) -> None:
        """Take all marks away."""
        self._set_marked(frozenset())

    def keep_marks(self, ids: Set[int]) -> None:
        """Take the marks away of all records but these."""
        self._set_marked(self._marked & ids)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns; the next source must give their cells."""
        self._columns = tuple(columns)
        self._lay_out()

    def set_sort(self, key: str | None, reverse: bool = False) -> None:
        """Mark the column the rows are sorted by."""
        self._sort = (key, reverse)
        self._refresh_lines(0)

    def set_empty(self, text: str) -> None:
        """Say something else when there are no rows."""
        self._empty = text
        if not self._ids:
            self.refresh()

    def action_move(self, rows: int) -> None:
        """Move the cursor by some rows."""
        self._move_to(self._cursor + rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor and the view by some screens, one row less each so that the eye finds its place."""
        step = pages * max(self._page - 1, 1)
        self._move_to(self._cursor + step, self._top + step)

    def action_go_to(self, index: int) -> None:
        """Move the cursor to a row; negative numbers count from the end."""
        self._move_to(index if index >= 0 else len(self._ids) + index)

    def action_open(self) -> None:
        """Ask for the record under the cursor to be opened."""
        if self.highlighted is not None:
            self.post_message(self.Opened(self, self.highlighted))

    def action_mark(self) -> None:
        """Mark the record under the cursor, or take its mark away, and go on to the next."""
        if self.highlighted is not None:
            self._set_marked(self._marked ^ {self.highlighted})
            self.action_move(1)

    def action_mark_all(self) -> None:
        """Mark all rows that the list has now; where all are marked, none."""
        every = frozenset(self._ids)
        self._set_marked(frozenset() if every <= self._marked else every)

    def action_sort_by(self, step: int) -> None:
        """Ask for the rows sorted by the column before or after the present one, or (0) the other way round."""
        keys = [place.column.key for place in self._places]
        key, reverse = self._sort
        if not keys or (not step and key is None):
            return
        if step:
            at = keys.index(key) + step if key in keys else min(step, 0)
            key, reverse = keys[at % len(keys)], False
        else:
            reverse = not reverse
        assert key is not None
        self.post_message(self.SortAsked(self, key, reverse))

    def render_line(self, y: int) -> Strip:
        """Draw one line: the headings, a row, or what to do when there are none."""
        width = self.size.width
        if y == 0:
            style = self._style("heading")
            return Strip([Segment(" " * _MARGIN + self._heading(), style)]).crop(0, width)
        index = self._top + y - 1
        if index < len(self._ids):
            return self._row(index, width)
        if not self._ids:
            said = wrap(self._empty, width)
            return Strip([Segment(fit(said[y - 1] if y <= len(said) else "", width), self._style("empty"))])
        return Strip.blank(width, self.rich_style)

    def on_resize(self, event: events.Resize) -> None:
        """Lay the columns out for the new width."""
        self._lay_out()

    def on_focus(self) -> None:
        """Draw the cursor as the one that keys move."""
        self._draw(self._cursor)

    def on_blur(self) -> None:
        """Draw the cursor as one that keys do not move."""
        self._draw(self._cursor)

    def on_click(self, event: events.Click) -> None:
        """Open the row under the mouse, mark it when its margin was meant, sort by a heading."""
        event.stop()
        at = event.get_content_offset(self)
        # Who clicks twice out of habit means one opening.
        if at is None or event.chain > 1:
            return
        if at.y == 0:
            if not self._menu:
                self._sort_by_cell(at.x - _MARGIN)
            return
        index = self._top + at.y - 1
        if index >= len(self._ids):
            return
        self._move_to(index)
        if at.x < _MARGIN and not self._menu:
            self._set_marked(self._marked ^ {self._ids[index]})
        else:
            self.action_open()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go down three rows."""
        event.stop()
        self.action_move(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go up three rows."""
        event.stop()
        self.action_move(-3)

    @property
    def _page(self) -> int:
        """Rows that fit below the headings."""
        return max(self.size.height - 1, 1)

    def _index(self, record_id: int | None) -> int | None:
        if record_id is None:
            return None
        # Most changes leave the record where it was: one comparison instead of a search through all.
        if self._cursor < len(self._ids) and self._ids[self._cursor] == record_id:
            return self._cursor
        try:
            return self._ids.index(record_id)
        except ValueError:
            return None

    def _lay_out(self) -> None:
        self._rows.clear()
        self._places = layout(self._columns, self.size.width - _MARGIN)
        self._keep_in_view()
        self.refresh()

    def _keep_in_view(self) -> bool:
        """Scroll as little as brings the cursor into view and leaves no gap at the end; say whether it scrolled."""
        before = self._top
        self._top = min(self._top, self._cursor, max(len(self._ids) - self._page, 0))
        self._top = max(self._top, self._cursor - self._page + 1, 0)
        return self._top != before

    def _move_to(self, index: int, top_row: int | None = None) -> None:
        """Put the cursor on a row, the view as it is or from another row on, and draw what looks different then."""
        before, top = self._cursor, self._top
        self._cursor = max(min(index, len(self._ids) - 1), 0)
        if top_row is not None:
            self._top = top_row
        self._keep_in_view()
        if self._top != top:
            self._refresh_lines(1, self._page)
        elif self._cursor != before:
            self._draw(before)
            self._draw(self._cursor)
        self._tell()

    def _draw(self, index: int) -> None:
        y = index - self._top
        if 0 <= y < self._page:
            self._refresh_lines(y + 1)

    def _refresh_lines(self, y: int, count: int = 1) -> None:
        gutter = self.gutter
        self.refresh(Region(gutter.left, gutter.top + y, self.size.width, count))

    def _tell(self) -> None:
        now = (self.highlighted, self.position)
        if now != self._told:
            self._told = now
            self.post_message(self.Highlighted(self, *now))

    def _set_marked(self, marked: frozenset[int]) -> None:
        if marked == self._marked:
            return
        changed = marked ^ self._marked
        self._marked = marked
        for index, record_id in enumerate(self.visible_ids(), self._top):
            if record_id in changed:
                self._draw(index)
        self.post_message(self.MarksChanged(self, marked))

    def _sort_by_cell(self, x: int) -> None:
        for place in self._places:
            if place.start <= x <= place.start + place.width:
                key, reverse = self._sort
                again = key == place.column.key and not reverse
                self.post_message(self.SortAsked(self, place.column.key, again))
                return

    def _heading(self) -> str:
        return heading(self._places, max(self.size.width - _MARGIN, 0), *self._sort)

    def _row(self, index: int, width: int) -> Strip:
        record_id = self._ids[index]
        text, emphasis = self._rows.get(record_id) or self._fit_row(record_id)
        here = index == self._cursor
        plain = self.rich_style
        style = self._style(emphasis) if emphasis else plain
        if here and self.has_focus:
            cursor = self.get_component_rich_style("record-table--cursor", partial=True)
            plain, style = plain + cursor, style + cursor
        margin = (">" if here else " ") + ("*" if record_id in self._marked else " ")
        said = self._telling if emphasis in ("late", "soon") else None
        if said is None:
            return Strip([Segment(margin + text, style)]).crop(0, width)
        row = Strip([Segment(margin + text, plain)]).crop(0, width)
        start, end = _MARGIN + said.start, _MARGIN + said.start + said.width
        return Strip.join([row.crop(0, start), Strip([Segment(row.crop(start, end).text, style)]), row.crop(end)])

    @property
    def _telling(self) -> Place | None:
        """The column on the screen that says in words why a row is emphasised."""
        return next((place for place in self._places if place.column.telling), None)

    def _fit_row(self, record_id: int) -> tuple[str, str]:
        if len(self._rows) >= _KEPT:
            self._rows.clear()
        width = max(self.size.width - _MARGIN, 0)
        row = (line(self._places, self._source.cells(record_id), width), self._source.style(record_id))
        self._rows[record_id] = row
        return row

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"record-table--{part}")
