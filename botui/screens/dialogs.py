"""Small questions at the bottom of the screen: yes or no, one of many; and a text to read.

They cover only the lines they need and leave the rest of the screen as it is, so that a slow line carries little.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from botui.text import content, label
from botui.widgets.fields import LineInput, settled
from botui.widgets.record_table import Column, RecordTable
from botui.widgets.status import KeyLine

T = TypeVar("T")
R = TypeVar("R")

DIGITS = "123456789"
"""Keys that choose an entry at once; a list is no longer than these, so that what it is about stays in view."""


class Dialog(ModalScreen[R]):
    """What all have in common: at the bottom, as high as needed, the screen above it untouched."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f12", "leave", "Back", show=False)]
    DEFAULT_CSS = """
    Dialog {
        align: left bottom;
        background: transparent;
        overflow: hidden;
        & > .dialog {
            width: 100%;
            height: auto;
            max-height: 100%;
            background: $surface;
            border-top: solid $primary;
            border-title-style: bold;
            & > VerticalScroll { height: auto; scrollbar-size: 0 0; }
            & > Static { height: auto; }
            & > #help { height: 1; }
        }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        # Held, not looked up: keys typed ahead may close a dialog before its parts are on the screen.
        self.key_line = KeyLine()
        self._late: tuple[R | None] | None = None

    def answer(self, result: R | None) -> None:
        """Give the answer and close; while another screen is in front (a lock), wait until it is gone.

        To dismiss a screen takes the one in front off the stack, whichever that is.
        """
        if self.is_active:
            self.dismiss(result)
        else:
            self._late = (result,)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Close now if the answer came while another screen was in front."""
        event.refresh_styles = False  # they were set as it was mounted; nothing changes them behind another screen
        if self._late is not None:
            self.dismiss(*self._late)

    async def action_leave(self) -> None:
        """Go back without an answer."""
        self.answer(None)


def panel(title: str) -> Vertical:
    """Return the part of the screen that a dialog covers, under a line with its title."""
    box = Vertical(classes="dialog")
    box.border_title = label(title)
    return box


class Confirm(Dialog[bool]):
    """A question answered with yes or no; the answer that does no harm is the one Enter gives.

    Args:
        question: what is asked.
        yes: what yes means here, such as ``Undo``.
        no: what no means here.
        safe: the answer that does no harm; Enter and Escape give it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes", show=False),
        Binding("n", "answer(False)", "No", show=False),
        Binding("left,right,tab,shift+tab", "other", "Other answer", show=False),
        Binding("enter", "take", "Take", show=False),
    ]

    def __init__(self, question: str, *, yes: str = "Yes", no: str = "No", safe: bool = False) -> None:
        super().__init__()
        self._question = question
        self._words = {True: yes, False: no}
        self._safe = safe
        self._chosen = safe

    def compose(self) -> ComposeResult:
        """Show the question, the answers and the one that Enter gives."""
        with panel(""):
            with VerticalScroll(can_focus=False):
                yield Static(content(self._question))
            yield self.key_line

    def on_mount(self) -> None:
        """Show the answers."""
        self._draw()

    def action_answer(self, answer: bool) -> None:
        """Answer."""
        self.answer(answer)

    def action_other(self) -> None:
        """Let Enter give the other answer."""
        self._chosen = not self._chosen
        self._draw()

    def action_take(self) -> None:
        """Give the marked answer."""
        self.answer(self._chosen)

    async def action_leave(self) -> None:
        """Give the answer that does no harm."""
        self.answer(self._safe)

    def _draw(self) -> None:
        enter = ("Enter", self._words[self._chosen], True)
        self.key_line.show([("y", self._words[True], True), ("n", self._words[False], True), enter])


class _Filter(LineInput):
    """A filter that leaves digits, and other keys the list is told of, to the list until something is typed."""

    def __init__(self, left: str) -> None:
        super().__init__()
        self._left = DIGITS + left

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Say whether the key is to be typed."""
        return super().check_consume_key(key, character) and (bool(self.value) or key not in self._left)


class _Entries:
    """The rows of a list to choose from: those that fit the filter, the first nine numbered before one is typed."""

    def __init__(self, texts: Sequence[str], numbers: Sequence[int], numbered: bool) -> None:
        self._texts = texts
        self._numbers = numbers
        self._numbered = numbered

    def ids(self) -> Sequence[int]:
        return self._numbers

    def cells(self, number: int, /) -> Sequence[str]:
        sign = f"{number + 1}" if self._numbered and number < len(DIGITS) else " "
        return (f"{sign} {self._texts[number]}",)

    def style(self, number: int, /) -> str:
        return ""


class Choose(Dialog[T | None], Generic[T]):
    """One of many: typing filters, a digit takes one of the first nine, Enter the one at the cursor.

    Only the lines in view are drawn, so that thousands cost as ten.

    Args:
        title: what is chosen.
        entries: of each what is shown, and what it stands for.
        empty: what to say when there is nothing.
        hint: what to type, above the list.
        rows: entries shown at once at most.
        keys: letters that are not typed as the beginning of a filter, for a subclass that binds them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(digit, f"number({digit})", show=False, priority=True) for digit in DIGITS),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("enter", "take", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        entries: Sequence[tuple[str, T]],
        *,
        empty: str = "There is nothing to choose.",
        hint: str = "Type to filter",
        rows: int = len(DIGITS),
        keys: str = "",
    ) -> None:
        super().__init__()
        self._title = title
        self._empty = empty
        self._most = rows
        self._texts = [shown for shown, _ in entries]
        self._values = [value for _, value in entries]
        self._folded: list[str] = []
        self._filter = _Filter(keys)
        self._table = RecordTable([Column("text", hint, 10, flex=True)], empty=empty)

    def compose(self) -> ComposeResult:
        """Show the filter, the list and the keys."""
        # Before it is first drawn: what is drawn twice is sent twice.
        self._arrange(self.app.size.height)
        with panel(self._title):
            yield self._filter
            yield self._table
            yield self.key_line

    def on_mount(self) -> None:
        """Show what there is."""
        self._show()
        self.key_line.show([("1-9 Enter", "Take", True), ("Esc", "Back", True)])
        self.set_focus(self._filter)

    def on_resize(self, event: events.Resize) -> None:
        """Take as many lines as there are entries, but no more than the screen has."""
        self._arrange(event.size.height)

    def _arrange(self, height: int) -> None:
        room = max(min(self._most, height - 4), 1)
        self._table.styles.height = 1 + min(max(len(self._texts), 1), room)

    def on_input_changed(self, message: Input.Changed) -> None:
        """Filter as it is typed."""
        message.stop()
        self._show()

    def on_record_table_opened(self, message: RecordTable.Opened) -> None:
        """Take what was clicked."""
        message.stop()
        self.answer(self._values[message.id])

    async def action_number(self, digit: int) -> None:
        """Take one of the first nine, unless a filter is being typed."""
        await settled(self._filter)
        if self._filter.value:
            raise SkipAction
        if digit <= len(self._values):
            self.answer(self._values[digit - 1])

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self._table.action_move(rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor by pages."""
        self._table.action_page(pages)

    async def action_take(self) -> None:
        """Take the entry at the cursor."""
        await settled(self._filter)
        self._show()
        if self._table.highlighted is not None:
            self.answer(self._values[self._table.highlighted])

    def _show(self) -> None:
        words = self._filter.value.casefold().split()
        self._table.set_empty("Nothing fits what is typed." if words and self._texts else self._empty)
        if not words:
            self._table.show(_Entries(self._texts, range(len(self._texts)), True))
            return
        if not self._folded:
            self._folded = [text.casefold() for text in self._texts]
        found = [at for at, text in enumerate(self._folded) if all(word in text for word in words)]
        self._table.show(_Entries(self._texts, found, False))


class Tell(Dialog[None]):
    """A text to read: a history, help.

    Args:
        title: what it is.
        text: many lines, shown as they are.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,q", "leave", "Back", show=False)]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._part = VerticalScroll()

    def compose(self) -> ComposeResult:
        """Show the text in a part that the arrow keys scroll."""
        with panel(self._title):
            with self._part:
                self._part.styles.max_height = _text_rows(self.app.size.height)
                yield Static(content(self._text))
            yield self.key_line

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.key_line.show([("Up Down PgUp PgDn", "Read on", True), ("Esc", "Back", True)])

    def on_resize(self, event: events.Resize) -> None:
        """Take as many lines as the text has, and leave the title and the keys in view."""
        self._part.styles.max_height = _text_rows(event.size.height)


def _text_rows(height: int) -> int:
    return max(height - 4, 1)
