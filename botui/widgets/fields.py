"""One field of a form: its label, the place to type, and words beside or under it.

Everything is typed as text that ``coerce`` understands; `as_text` is its inverse. What is pasted or put into a field
is cleaned as the models clean it, so that no control sequence reaches the terminal on its way through a form.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from typing import Any, Final

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, TextArea

from botui import areas
from botui.data import Desk
from botui.models.base import LINE_MAX, NotAllowed, clean
from botui.models.shape import FieldKind, FieldSpec, show
from botui.text import assemble, fit, wrap

_SHORT: Final = {
    FieldKind.NUMBER: 14,
    FieldKind.MONEY: 16,
    FieldKind.YESNO: 6,
    FieldKind.DATE: 18,
    FieldKind.WHEN: 20,
    FieldKind.CHOICE: 22,
    FieldKind.REF: 30,
}
"""Cells to type in where a value is short; the rest of the line says how it was read, or what is wrong with it."""

_UNDER: Final = 3
"""Lines of words under a field at most; the longest sentence, the forms a date is written in, takes them."""

_NEAR: Final = 0.9
"""Share of a limit from which on the count is shown."""

_HELP: Final = {
    FieldKind.YESNO: "yes or no",
    FieldKind.DATE: "Such as today, fri, +3d, 1412 or 2026-12-14.",
    FieldKind.WHEN: "Such as 14:30, tomorrow 9, fri 14:30, in 2h.",
    FieldKind.CHOICE: "Its beginning will do; F4 lists what there is.",
    FieldKind.CHOICES: "Several with commas between; F4 lists what there is.",
    FieldKind.REF: "Name, initials or reference, or scan it; F4 lists what there is.",
    FieldKind.REFS: "Several with commas between; F4 lists what there is.",
    FieldKind.WORDS: "Several with commas between.",
    FieldKind.PROSE: "Enter begins a new line, Tab leaves, F5 saves.",
}
"""What to say of a field that has no help of its own."""


def as_text(spec: FieldSpec, value: Any, desk: Desk) -> str:
    """Return the text a person would type for a value, such that ``coerce`` reads the same value back.

    Moments are in office time, to the minute; a record is its initials or name where these name no other, else its
    reference.
    """
    return show(spec, value, partial(ref_text, desk), desk.settings.local)


def ref_text(desk: Desk, collection: str, number: int) -> str:
    """Return the shortest text that names this record and no other: initials, name or title, or its reference."""
    with suppress(NotAllowed):
        record = desk.peek(collection, number)
        for word in (getattr(record, name, "") for name in ("initials", "name", "title")):
            if word and "," not in word and desk.candidates(collection, word) == [number]:
                return str(word)
    return areas.ref(collection, number)


def typed(text: str, *, lines: bool = False) -> str:
    """Return text as it may stand in a field: cleaned, but for blanks at the ends that somebody is typing."""
    return clean(f".{text}.", lines=lines)[1:-1]


async def settled(widget: Widget | None) -> None:
    """Wait until a widget has taken in all keys that came before; type-ahead on a slow line arrives in bursts."""
    if widget is None or not widget.is_attached:
        return
    done = asyncio.Event()
    widget.call_later(done.set)
    with suppress(TimeoutError):
        await asyncio.wait_for(done.wait(), 1)


class LineInput(Input):
    """A lean line to type in: one cell high, no border, nothing that blinks.

    Args:
        text: what it holds.
        select_on_focus: typing replaces what it holds, until the cursor is moved.
    """

    DEFAULT_CSS = """
    LineInput { height: 1; padding: 0; border: none !important; scrollbar-size: 0 0; }
    """

    def __init__(self, text: str = "", *, select_on_focus: bool = False) -> None:
        # not compact=True, which says the same by a class and works out all styles once more before it is mounted
        super().__init__(typed(text), select_on_focus=select_on_focus)
        self.cursor_blink = False

    def replace(self, text: str, start: int, end: int) -> None:
        """Put cleaned text in place of a part."""
        super().replace(typed(text), start, end)

    def _on_paste(self, event: events.Paste) -> None:
        # The inherited handler takes the first line only: the rest would be lost without a word.
        event.prevent_default()
        event.stop()
        self.replace(event.text.strip("\r\n"), *self.selection)


class TextBox(TextArea):
    """A lean box of several lines: Enter is a new line, Tab leaves.

    Args:
        text: what it holds.
        rows: its height in lines.
    """

    DEFAULT_CSS = """
    TextBox { padding: 0; scrollbar-size: 0 0; }
    """

    def __init__(self, text: str, rows: int) -> None:
        super().__init__(typed(text, lines=True), compact=True, tab_behavior="focus", highlight_cursor_line=False)
        self.cursor_blink = False
        self.styles.height = rows

    def on_unmount(self) -> None:
        """Forget what was typed: Textual's App remembers every box there was, to tell it of a new theme."""
        self.load_text("")

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.move_cursor(self.replace(typed(event.text, lines=True), *self.selection).end_location)


class Field(Widget):
    """One field: label at the left, value, and words beside the value, or under it where there is no room.

    Args:
        spec: the field of the model.
        text: what it holds at first.
    """

    DEFAULT_CSS = """
    Field { height: auto; width: 100%; layout: vertical; }
    """

    def __init__(self, spec: FieldSpec, text: str) -> None:
        super().__init__()
        self.spec = spec
        self._words = ""
        self._wrong = False
        self._label = 0
        self.editor: LineInput | TextBox
        match spec.kind:
            case FieldKind.PROSE:
                self.editor = TextBox(text, max(spec.ui.rows, 2))
            case _:
                self.editor = LineInput(text, select_on_focus=spec.kind in _SHORT)

    def compose(self) -> ComposeResult:
        """Only the place to type is a widget; the label and the words are drawn around it."""
        yield self.editor

    @property
    def text(self) -> str:
        """What is typed."""
        return self.editor.text if isinstance(self.editor, TextBox) else self.editor.value

    @text.setter
    def text(self, text: str) -> None:
        if isinstance(self.editor, TextBox):
            self.editor.text = typed(text, lines=True)
            self.editor.move_cursor(self.editor.document.end)
        else:
            self.editor.value = typed(text)
            self.editor.cursor_position = len(self.editor.value)

    @property
    def blank(self) -> bool:
        """Whether nothing is typed."""
        return not self.text.strip()

    @property
    def words(self) -> str:
        """What stands beside or under the value."""
        return self._words

    @property
    def wrong(self) -> bool:
        """Whether the words say what is wrong."""
        return self._wrong

    @property
    def help(self) -> str:
        """One sentence on what to type."""
        return self.spec.ui.help or _HELP.get(self.spec.kind, "")

    @property
    def count(self) -> str:
        """Characters typed and those that fit, as ``190/200``, once the limit is near."""
        used, limit = len(self.text), self.spec.limit
        return f"{used:,}/{limit:,}" if limit and used >= limit * _NEAR else ""

    def say(self, words: str, *, wrong: bool = False) -> None:
        """Put words beside the value.

        Args:
            words: a sentence, taken literally.
            wrong: it says what is wrong.
        """
        if (words, wrong) != (self._words, self._wrong):
            self._words, self._wrong = words, wrong
            self._lay_out()

    def set_label_width(self, width: int) -> None:
        """Give the label this many cells, the sign before it included."""
        if width != self._label:
            self._label = width
            self._lay_out()

    def on_resize(self) -> None:
        """Find room for the words anew."""
        self._lay_out()

    def on_descendant_focus(self) -> None:
        """Mark the field that is typed in."""
        self.refresh()

    def on_descendant_blur(self) -> None:
        """Take the mark away."""
        self.refresh()

    def render(self) -> Content:
        """Draw the label and the words; the value is drawn over them by its own widget."""
        label = f"{'>' if self.editor.has_focus else ' '}{self.spec.label}{'*' if self.spec.required else ''}"
        shown = self._shown_words()
        style = "bold $text-error" if self._wrong else "$text-muted"
        head = fit(label, self._label)
        if self._fits_beside(shown):
            return assemble(head + " " * (self._value_width() + 1), (shown, style))
        rows = "\n" * self._rows()
        under = [f"{' ' * self._label}{line}" for line in self._under(shown)]
        return assemble(head + rows, ("\n".join(under), style))

    def _shown_words(self) -> str:
        return f"! {self._words}" if self._wrong else self._words

    def _rows(self) -> int:
        return max(self.spec.ui.rows, 2) if isinstance(self.editor, TextBox) else 1

    def _value_width(self) -> int:
        room = max(self.size.width - self._label, 1)
        if self.spec.kind in _SHORT:
            return min(_SHORT[self.spec.kind], room)
        if self.spec.kind is FieldKind.LINE and 0 < self.spec.limit < LINE_MAX:
            return min(self.spec.limit + 1, room)
        return room

    def _fits_beside(self, words: str) -> bool:
        room = self.size.width - self._label - self._value_width() - 1
        return len(wrap(words, room)) == 1 if room > 0 else not words

    def _under(self, words: str) -> list[str]:
        return wrap(words, self.size.width - self._label)[:_UNDER]

    def _lay_out(self) -> None:
        shown = self._shown_words()
        below = 0 if self._fits_beside(shown) else len(self._under(shown))
        self.editor.styles.margin = (0, 0, below, self._label)
        self.editor.styles.width = self._value_width()
        self.refresh()
