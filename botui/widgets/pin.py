"""The place where a PIN is typed: digits shown as dots, which nothing can copy, repeat or keep."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import events
from textual.content import Content
from textual.widget import Widget

LONGEST: Final = 12
"""Characters that are taken: more than any PIN has, so that one that is too long is told of."""


class PinLine(Widget, can_focus=True):
    """A line of dots. Not an Input, whose text can be cut, pasted and sent to the terminal's clipboard."""

    TAKES_PIN: ClassVar = True
    DEFAULT_CSS = """
    PinLine { height: 1; width: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._typed = ""

    def take(self) -> str:
        """Return what was typed, and forget it."""
        typed, self._typed = self._typed, ""
        self.refresh()
        return typed

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Say that what can be typed is typed here."""
        return character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """Take a digit, or take one back; other characters are no part of a PIN and do nothing."""
        if event.key in ("backspace", "ctrl+h"):
            self._typed = self._typed[:-1]
        elif event.key in ("delete", "ctrl+u"):
            self._typed = ""
        elif not self.check_consume_key(event.key, event.character):
            return
        elif event.character is not None and event.character.isdecimal():
            self._typed = (self._typed + event.character)[:LONGEST]
        event.stop()
        self.refresh()

    def render(self) -> Content:
        """Draw a dot for each digit, and where the next one goes."""
        return Content("\N{BULLET}" * len(self._typed) + ("_" if self.has_focus else ""))
