"""A driver that speaks the language of whoever sits at the desk: types, presses, looks at the glass.

async with Kiosk.open(folder, as_="ML") as kiosk:
    await kiosk.press("1", "3")
    kiosk.sees("Printer jams")
    kiosk.says("OK: T-1 is yours.")
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from textual import events
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen

from botui.app import DeskApp
from botui.data import Desk
from botui.terminal import Terminal
from botui.widgets.record_table import RecordTable
from botui.widgets.scan import GAP
from botui.widgets.status import KeyLine, StatusLine
from tests.idle import until_idle

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday at ten in the morning in Berlin."""


ENDING = ("keys", "load", "follow", "minute", "beside", "check")
"""Groups of workers that end by themselves, whatever is in front."""


PIN = "4711"


def give_pins(desk: Desk, *persons: int, pin: str = PIN) -> None:
    """Give people one PIN, made once: each would cost 40 ms."""
    desk.secrets.share_pin(persons, pin)


class Clock:
    """A clock that stands still until it is told."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: int) -> None:
        """Let time pass: ``forward(hours=2)``."""
        self.now += timedelta(**span)


class Kiosk:
    """One terminal with somebody in front of it."""

    def __init__(self, app: DeskApp, pilot: Pilot[Any], clock: Clock) -> None:
        self.app = app
        self.pilot = pilot
        self.clock = clock

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        folder: Path,
        *,
        as_: str = "",
        clock: Clock | None = None,
        size: tuple[int, int] = (80, 24),
        terminal: str = "T1",
        kiosk: bool = False,
        idle: int = 300,
    ) -> AsyncIterator[Kiosk]:
        """Open a desk on a store."""
        clock = clock or Clock()
        desk = Desk.open(folder, None, terminal, clock)
        if as_:
            desk = desk.for_person(desk.as_system().look_up("people", as_))
        app = DeskApp(lambda: desk, Terminal(False, 256), kiosk=kiosk, idle=idle)
        app.animation_level = "none"  # as at a real desk (``botui.terminal``)
        async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
            found = cls(app, pilot, clock)
            await found.settle()
            yield found
        desk.store.close()

    @property
    def desk(self) -> Desk:
        """The desk behind the glass."""
        return self.app.desk

    @property
    def screen(self) -> Screen[Any]:
        """The screen in front."""
        return self.app.screen

    async def settle(self) -> None:
        """Wait until everything asked for has been done and drawn: no work is left but what waits for an answer."""
        for _ in range(2000):
            await until_idle(self.app)
            await self.app.in_store(int)
            await until_idle(self.app)
            asks = isinstance(self.screen, ModalScreen)
            held = self.app._scans._buffer.deadline is not None
            busy = [one for one in self.app.workers if one.is_running and not (asks and one.group not in ENDING)]
            if not busy and not held:
                return
            await asyncio.sleep(0.001)
        raise AssertionError(f"never settles: {busy}; the glass shows:\n{self.glass()}")

    async def press(self, *keys: str) -> Kiosk:
        """Press keys, one after the other, waiting for each to be done."""
        for key in keys:
            await self.app._press_keys([key])
            await self.settle()
        return self

    async def type(self, text: str) -> Kiosk:
        """Type a text, line by line as fast as keys come, but where a desk would take that for a scanner."""
        for line in text.splitlines(keepends=True):
            # a key from just before the desk is wary no more may still be held when the next ones come
            wary = self.app.kiosk or monotonic() < self.app._scans._buffer._wary_until + 4 * GAP
            for one in line:
                self._send(one)
                if wary:
                    await until_idle(self.app)
                    await asyncio.sleep(GAP * 1.2)
            await until_idle(self.app)
        await self.settle()
        return self

    def _send(self, character: str) -> None:
        self.app.post_message(events.Key(_KEYS.get(character, character), character))

    async def sign_in(self, who: str, pin: str = PIN) -> Kiosk:
        """Lock, and sign in with initials or a name and a PIN; ``give_pins`` gave it."""
        await self.press("f10")
        await self.type(f"{who}\r")
        return await self.type(f"{pin}\r")

    async def scan(self, code: str) -> Kiosk:
        """Scan a code with a scanner that sends ``~`` before it and Enter after it, all at once."""
        for character in f"~{code}\r":
            self._send(character)
        await self.settle()
        # What comes right behind a scan is taken for the next line of it; a hand is not that quick.
        await asyncio.sleep(GAP * 1.2)
        # Whose badge it is and what has the code is asked one after the other, by no worker that could be waited for.
        await self.settle()
        return self

    async def left_alone(self, seconds: float) -> Kiosk:
        """Let so long pass without a key, as the desk reckons it: on a busy machine as on any other."""
        idle = self.app._idle
        ahead = idle._clock() - monotonic() + seconds
        idle._clock = lambda: monotonic() + ahead
        if idle._timer is not None:
            idle._timer.stop()
        idle._look()
        await self.settle()
        return self

    async def until(self, holds: Callable[[], bool], seconds: float = 5) -> None:
        """Wait until something holds that another session brings about."""
        for _ in range(int(seconds / 0.02)):
            if holds():
                return
            await asyncio.sleep(0.02)
            await self.pilot.pause()
        raise AssertionError(f"did not come to pass; the glass shows:\n{self.glass()}")

    def glass(self) -> str:
        """Return what is on the glass, as text."""
        lines = self.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in line).rstrip() for line in lines)

    def sees(self, *texts: str) -> Kiosk:
        """Check that texts are on the glass."""
        glass = self.glass()
        for text in texts:
            assert text in glass, f"{text!r} is not on the glass:\n{glass}"
        return self

    def does_not_see(self, *texts: str) -> Kiosk:
        """Check that texts are not on the glass."""
        glass = self.glass()
        for text in texts:
            assert text not in glass, f"{text!r} is on the glass:\n{glass}"
        return self

    def says(self, text: str) -> Kiosk:
        """Check what the status line says."""
        said = self.screen.query_one(StatusLine).text
        assert text in said, f"the status line says {said!r}, not {text!r}:\n{self.glass()}"
        return self

    @property
    def table(self) -> RecordTable:
        """The list on the screen."""
        return self.screen.query_one(RecordTable)

    @property
    def under_cursor(self) -> int | None:
        """The number of the record under the cursor."""
        return self.table.highlighted

    def keys(self) -> str:
        """Return the line of keys."""
        return "".join(segment.text for segment in self.screen.query_one(KeyLine).render_line(0))


_KEYS = {
    " ": "space",
    "\r": "enter",
    "\t": "tab",
    "[": "left_square_bracket",
    "]": "right_square_bracket",
    "/": "slash",
    "@": "at",
    ".": "full_stop",
    ":": "colon",
    "=": "equals_sign",
    "-": "minus",
    "(": "left_parenthesis",
    ")": "right_parenthesis",
    "~": "tilde",
    "+": "plus",
    ",": "comma",
    "*": "asterisk",
    "?": "question_mark",
    "!": "exclamation_mark",
    "'": "apostrophe",
    '"': "quotation_mark",
    "#": "number_sign",
    "$": "dollar_sign",
    "%": "percent_sign",
    "&": "ampersand",
    ";": "semicolon",
    "<": "less_than_sign",
    ">": "greater_than_sign",
    "_": "underscore",
    "\\": "backslash",
    "|": "vertical_line",
    "{": "left_curly_bracket",
    "}": "right_curly_bracket",
    "^": "circumflex_accent",
    "`": "grave_accent",
}
