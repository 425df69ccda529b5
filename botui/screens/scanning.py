"""What pages have in common on which things are scanned one after the other into a list."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

from textual import work

from botui.screens.dialogs import Choose
from botui.screens.frame import DeskScreen


class Passing:
    """A question asked while a list is scanned: what is scanned meanwhile waits for the answer.

    Args:
        pass_on: takes what was scanned.
        arguments: those of the dialog.
        more: the same.
    """

    def __init__(self, pass_on: Callable[[str], bool], *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._pass_on = pass_on

    def take_scan(self, code: str) -> bool:
        """Keep what was scanned for after the answer."""
        return self._pass_on(code)


class Which(Passing, Choose[Any]):
    """One of several, asked while a list is scanned."""


class ScanListScreen(DeskScreen):
    """A page that takes every scan in, one after the other, also while it asks something about the one before.

    Attributes:
        filled: set once the list stands: what is scanned before waits for it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.filled = asyncio.Event()
        self._codes: deque[str] = deque()
        self._taking = False

    def take_scan(self, code: str) -> bool:
        """Keep what was scanned until those before it are taken in."""
        self._codes.append(code)
        if not self._taking:
            self._taking = True
            self._take_codes()
        return True

    @work
    async def _take_codes(self) -> None:
        try:
            await self.filled.wait()
            while self._codes:
                await self.take_code(self._codes.popleft())
        finally:
            self._taking = False

    async def take_code(self, code: str) -> None:
        """Take in one code."""
        raise NotImplementedError

    async def which(self, found: list[tuple[str, int]]) -> tuple[str, int] | None:
        """Return the one record of those that have the code; several ask, and None is the answer of who leaves."""
        if len(found) == 1:
            return found[0]
        entries = [(f"{self.desk.title(*one)}", one) for one in found]
        chosen: tuple[str, int] | None = await self.app.push_screen_wait(
            Which(self.take_scan, "Which one was scanned?", entries)
        )
        return chosen

    def say_behind(self, said: str) -> None:
        """Say an outcome on the page that is in front now that this one is left."""
        if isinstance(self.app.screen, DeskScreen):
            self.app.screen.say(said)
