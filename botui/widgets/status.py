"""The two lines at the foot of every screen: what came of it, and which keys work now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from botui.text import cut, fit, one_line, wrap

Kind = Literal["ok", "warn", "error"]
"""How something went."""

_WORDS: dict[Kind, str] = {"ok": "OK", "warn": "Note", "error": "Error"}
"""The word before the text: no outcome is told by colour alone."""

MOST: dict[Kind, int] = {"ok": 2, "warn": 2, "error": 3}
"""Lines of what is long: an error ends with what to do, other sentences with what came of it; neither is cut off."""

_GAP = "  "
_MORE = ".=more"
"""What stands for keys there is no room for, where there is a key that lists all verbs."""


class StatusLine(Widget):
    """One line: the last outcome at the left, the place in the list at the right.

    What is long takes two, an error three.

    Args:
        id: the widget's name on its screen.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"status-line--ok", "status-line--warn", "status-line--error"}
    DEFAULT_CSS = """
    StatusLine {
        height: 1;
        & > .status-line--ok { color: $success; }
        & > .status-line--warn { color: $warning; text-style: bold; }
        & > .status-line--error { color: $error; text-style: bold; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._text = ""
        self._kind: Kind = "ok"
        self._position = ""
        self._lines = 1

    @property
    def text(self) -> str:
        """What is said, with its word; empty if nothing is."""
        return f"{_WORDS[self._kind]}: {self._text}" if self._text else ""

    @property
    def position(self) -> str:
        """Where the cursor is, such as ``3/10,000``; shown at the right."""
        return self._position

    @position.setter
    def position(self, position: str) -> None:
        if position != self._position:
            self._position = one_line(position)
            self.refresh()

    def say(self, text: str, kind: Kind = "ok") -> None:
        """Say an outcome; it stays until the next.

        Args:
            text: the sentence; taken literally.
            kind: how it went.
        """
        self._text, self._kind = one_line(text), kind
        self._make_room()
        self.refresh()

    def clear(self) -> None:
        """Say nothing."""
        if self._text:
            self.say("")

    def on_resize(self) -> None:
        """Take as many lines as the new width asks for."""
        self._make_room()

    def _make_room(self) -> None:
        lines = max(1, len(self._wrapped()))
        if lines != self._lines:
            self._lines = self.styles.height = lines

    def _wrapped(self) -> list[str]:
        """Return the lines of what is too long for one; else none."""
        width, most = self.size.width, MOST[self._kind]
        if cell_len(self.text) <= width:
            return []
        lines = wrap(self.text, width)
        return [*lines[: most - 1], " ".join(lines[most - 1 :])] if len(lines) >= most else lines

    def render_line(self, y: int) -> Strip:
        """Draw a line; what was said goes before the place where there is not room for both."""
        width = self.size.width
        if wrapped := self._wrapped():
            text = fit(wrapped[y] if y < len(wrapped) else "", width)
            return Strip([Segment(text, self.get_component_rich_style(f"status-line--{self._kind}"))], width)
        place = cut(self._position, width) if cell_len(self.text) + cell_len(self._position) < width else ""
        place = f" {place}" if place and cell_len(place) < width else ""
        style = self.get_component_rich_style(f"status-line--{self._kind}")
        said = Segment(fit(self.text, width - cell_len(place)), style)
        return Strip([said, Segment(place, self.rich_style)], width)


class KeyLine(Widget):
    """One line of the keys that work now, as ``n=New  Enter=Open``; those that do not work now are in brackets.

    Plain, as it changes from record to record: bold keys would cost a slow line some 30 bytes at each move.

    Args:
        id: the widget's name on its screen.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-line--off"}
    DEFAULT_CSS = """
    KeyLine {
        height: 1;
        & > .key-line--off { text-style: dim; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._keys: tuple[tuple[str, str, bool], ...] = ()

    def show(self, keys: Sequence[tuple[str, str, bool]]) -> None:
        """Show keys.

        Args:
            keys: of each the key as it is printed on the keyboard, what it does, and whether it works now.
        """
        shown = tuple((one_line(key), one_line(label), enabled) for key, label, enabled in keys)
        if shown != self._keys:
            self._keys = shown
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the keys that fit, whole, and how to see the rest."""
        width = self.size.width
        shown = fitting(self._keys, width)
        off = self.get_component_rich_style("key-line--off")
        segments: list[Segment] = []
        for key, label, enabled in self._keys[:shown]:
            if segments:
                segments.append(Segment(_GAP, self.rich_style))
            segments.append(Segment(f"{key}={label}", self.rich_style) if enabled else Segment(f"({key}={label})", off))
        if shown < len(self._keys) and any(key == _MORE[0] for key, _, _ in self._keys):
            segments.append(Segment(f"{_GAP if shown else ''}{_MORE}", self.rich_style))
        return Strip(segments).adjust_cell_length(width, self.rich_style)


def fitting(keys: Sequence[tuple[str, str, bool]], width: int) -> int:
    """Return how many keys of a `KeyLine` fit in ``width`` cells, the sign for more included if there is one."""
    used = [cell_len(f"{key}={label}") + 2 * (not enabled) + len(_GAP) for key, label, enabled in keys]
    if sum(used) - len(_GAP) <= width:
        return len(keys)
    more = any(key == _MORE[0] for key, _, _ in keys)
    room, count = width - len(_MORE) if more else width + len(_GAP), 0
    for cells in used:
        room -= cells
        if room < 0:
            break
        count += 1
    return count
