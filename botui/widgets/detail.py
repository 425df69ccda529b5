"""What is known about one record: labels and values, prose, sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widget import Widget

from botui.text import cut, fit, wrap
from botui.widgets.columns import Column, heading, layout
from botui.widgets.columns import line as columns_line

_LABEL = 18
"""Cells a column of labels takes at most; longer labels are clipped."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table to read: headings, and a line for each row, laid out as in a list."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of what is shown.

    Attributes:
        title: its heading; none if empty.
        body: rows of a label and a value, prose, or a table.
    """

    title: str
    body: Sequence[tuple[str, str]] | str | Grid


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is drawn.

    Attributes:
        label: the text before the value, filled up to the column of labels.
        text: the value, a piece of prose or a heading.
        title: the text is a heading.
    """

    label: str
    text: str
    title: bool = False


def lay_out(sections: Sequence[Section], width: int) -> list[Line]:
    """Return the lines of all sections, none wider than ``width`` cells.

    Values are wrapped beside their labels; one empty line stands between sections. Values without a text are shown
    as ``-``, so that an empty field can be told from one that was cut off.
    """
    lines: list[Line] = []
    for section in sections:
        if lines:
            lines.append(Line("", ""))
        if section.title:
            lines.append(Line("", cut(section.title, width), title=True))
        if isinstance(section.body, str):
            lines += [Line("", text) for text in wrap(section.body, width)]
        elif isinstance(section.body, Grid):
            lines += _grid(section.body, width)
        else:
            lines += _rows(section.body, width)
    return lines


def _grid(grid: Grid, width: int) -> list[Line]:
    places = layout(grid.columns, width)
    texts = [heading(places, width, None, False), *(columns_line(places, cells, width) for cells in grid.rows)]
    return [Line("", text) for text in texts]


def _rows(rows: Sequence[tuple[str, str]], width: int) -> list[Line]:
    longest = max((cell_len(cut(label, _LABEL)) for label, _ in rows), default=0)
    # A third of a narrow pane at most, so that values keep the greater part.
    column = min(longest, max(width // 3, 1))
    room = width - column - 1
    if room < 1:
        return [Line("", text) for label, value in rows for text in (cut(label, width), cut(value, width))]
    lines: list[Line] = []
    for label, value in rows:
        first, *more = wrap(value, room) or ["-"]
        lines.append(Line(fit(label, column) + " ", first or "-"))
        lines += [Line(" " * (column + 1), text) for text in more]
    return lines


class DetailPane(Widget, can_focus=True):
    """Shows sections of a record; with the focus, the arrow keys scroll it.

    While lines are hidden below, the last line says how many.

    Args:
        id: the widget's name on its screen.
        classes: its style classes.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_by(-1)", "Up", show=False),
        Binding("down", "scroll_by(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "go_to_start", "Start", show=False),
        Binding("end", "go_to_end", "End", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"detail-pane--title", "detail-pane--label", "detail-pane--more"}
    DEFAULT_CSS = """
    DetailPane {
        width: 1fr;
        height: 1fr;
        & > .detail-pane--title { text-style: bold; }
        & > .detail-pane--label { color: $text-muted; }
        & > .detail-pane--more { text-style: dim; }
        &:focus > .detail-pane--more { text-style: reverse; }
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._sections: Sequence[Section] = ()
        self._lines: list[Line] = []
        self._top = 0

    def show(self, sections: Sequence[Section], *, keep_place: bool = False) -> None:
        """Show other sections, from the start.

        Args:
            sections: what to show.
            keep_place: it is the same record as before: stay where it was scrolled to.
        """
        self._sections = tuple(sections)
        self._top = self._top if keep_place else 0
        self._lay_out()

    def action_scroll_by(self, lines: int) -> None:
        """Scroll by some lines."""
        self._go_to(self._top + lines)

    def action_page(self, pages: int) -> None:
        """Scroll by some screens."""
        self._go_to(self._top + pages * max(self.size.height - 1, 1))

    def action_go_to_start(self) -> None:
        """Scroll to the first line."""
        self._go_to(0)

    def action_go_to_end(self) -> None:
        """Scroll to the last line."""
        self._go_to(len(self._lines))

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width, index = self.size.width, self._top + y
        below = len(self._lines) - self._top - self.size.height
        if below > 0 and y == self.size.height - 1 and y > 0:
            text = fit(f"-- {below + 1} more lines --", width)
            return Strip([Segment(text, self.get_component_rich_style("detail-pane--more"))], width)
        if index >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        line = self._lines[index]
        if line.title:
            return Strip([Segment(fit(line.text, width), self.get_component_rich_style("detail-pane--title"))], width)
        label = Segment(line.label, self.get_component_rich_style("detail-pane--label"))
        return Strip([label, Segment(fit(line.text, width - cell_len(line.label)), self.rich_style)])

    def on_resize(self, event: events.Resize) -> None:
        """Wrap for the new width."""
        self._lay_out()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go down three lines."""
        event.stop()
        self.action_scroll_by(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go up three lines."""
        event.stop()
        self.action_scroll_by(-3)

    def _lay_out(self) -> None:
        self._lines = lay_out(self._sections, self.size.width)
        self._top = self._clamped(self._top)
        self.refresh()

    def _go_to(self, top: int) -> None:
        top = self._clamped(top)
        if top != self._top:
            self._top = top
            self.refresh()

    def _clamped(self, top: int) -> int:
        return max(min(top, len(self._lines) - self.size.height), 0)
