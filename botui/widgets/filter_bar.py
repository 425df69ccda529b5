"""The line a filter is typed into: ``/ printer owner:ML``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

_LONGEST = 200
"""Characters of a filter at most: more than anybody types, and a bound for what is read at every key."""


class FilterBar(Horizontal):
    """A filter that works as it is typed; hidden until opened.

    Enter goes back to the list and leaves the filter standing, Escape or F12 clears it, and once it is clear hides it.

    Args:
        id: the widget's name on its screen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f12", "step_back", "Clear the filter", show=False),
    ]
    DEFAULT_CSS = """
    FilterBar {
        height: 1;
        display: none;
        & > Static { width: 2; }
        & > Input {
            width: 1fr;
            height: 1;
            padding: 0;
            border: none !important;
            background: transparent;
            background-tint: transparent;
        }
    }
    """

    @dataclass
    class Changed(Message):
        """Another filter is wanted."""

        bar: FilterBar
        """The bar."""
        text: str
        """What it now says."""

        @property
        def control(self) -> FilterBar:
            """The bar, for handlers that tell one from another."""
            return self.bar

        def can_replace(self, message: Message) -> bool:
            """Let a newer text stand for those not looked at yet: a slow list filters once for many letters."""
            return isinstance(message, FilterBar.Changed) and message.bar is self.bar

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._input = Input(max_length=_LONGEST, select_on_focus=False)
        self._input.cursor_blink = False
        self._back_to: Widget | None = None

    def compose(self) -> ComposeResult:
        """Put the prompt before the field."""
        yield Static("/ ", markup=False)
        yield self._input

    @property
    def text(self) -> str:
        """What the filter says."""
        return self._input.value

    @text.setter
    def text(self, text: str) -> None:
        self._input.value = text
        self._input.cursor_position = len(text)
        self.display = bool(text) or self._input.has_focus

    def open(self) -> None:
        """Show the filter and type into it; what has the focus now gets it back."""
        self.display = True
        if not self._input.has_focus:
            self._back_to = self.screen.focused
        self._input.focus()

    def step_back(self) -> bool:
        """Clear the filter, or hide it when it is clear; say whether there was anything to do.

        For Escape in the field, and for the screen's own Escape while the list has the focus.
        """
        if not self.display:
            return False
        if self._input.has_focus and not self.text:
            self._return()
        elif not self._input.has_focus:
            self.display = False
        self._input.value = ""
        return True

    def action_step_back(self) -> None:
        """Clear the filter; when it is clear, hide it and go back to the list."""
        self.step_back()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Go back to the list; the filter stays, unless it is empty."""
        message.stop()
        self._return()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Pass the new text on."""
        message.stop()
        self.post_message(self.Changed(self, message.value))

    def _return(self) -> None:
        self.display = bool(self.text)
        if self._back_to is not None and self._back_to.is_attached:
            self._back_to.focus()
        else:
            self.screen.focus_next()
