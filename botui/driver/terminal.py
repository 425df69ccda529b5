"""Textual's driver for terminals of Linux and macOS, with our output and our input."""

from __future__ import annotations

import os
import select
import signal
import sys
import termios
import time
from codecs import getincrementaldecoder
from contextlib import suppress
from functools import partial
from typing import Any, Final, cast

from textual import events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from botui.driver.canvas import Canvas
from botui.driver.cells import TextOnly
from botui.driver.keys import FloodGate, KeyReader
from botui.driver.output import TerminalFile
from botui.terminal import HANG_UP

_ORDERS: Final = frozenset(
    {f"\x1b[?{mode}{switch}" for mode in (7, 25, 1000, 1003, 1006, 1015, 1049, 2004) for switch in "hl"} | {"\x07"}
)
"""What Textual writes besides drawing and may reach the terminal: line wrap, cursor, mouse, alternate screen, bracketed
paste, bell. Not: the clipboard (OSC 52, a shared terminal's), pointer shapes, focus reports, kitty keys, queries."""
_WAITING_FRAMES: Final = 4
"""Frames on their way to a slow terminal after which the next ones are drawn as one, later."""
_SLOW_LINE_PAUSE: Final = 0.05
"""Seconds until a slow terminal is looked at again."""
_LARGEST: Final = (1000, 500)
"""Columns and lines beyond which no screen goes; a terminal may claim anything."""
_READ: Final = 4096


class DeskDriver(LinuxDriver):
    """Sends only the cells that changed, and survives every byte that comes in."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
        ascii_only: bool = False,
    ) -> None:
        """Drive the terminal on standard input and standard error.

        Args:
            app: the app to drive.
            debug: unused; Textual's driver logs keys with it.
            mouse: whether the app wants mouse events.
            size: columns and lines; None asks the terminal.
            ascii_only: send nothing but ASCII.
        """
        super().__init__(app, debug=False, mouse=mouse, size=size)
        app._filters.append(TextOnly())
        assert sys.__stderr__ is not None
        self._out = TerminalFile(sys.__stderr__.fileno(), "ascii" if ascii_only else "utf-8", self._terminal_is_gone)
        self._file = cast(Any, self._out)
        self._canvas = Canvas(80, 24, ascii_only)
        self._new_size: tuple[int, int] | None = None
        self._redraw = self._dirty = self._running = self._waits = False
        self._sent = 0
        self._wake: tuple[int, int] | None = None

    def write(self, data: str) -> None:
        """Take what Textual writes: orders on the list go on at once, all else is drawn on the canvas."""
        if data in _ORDERS:
            self._send(data)
        else:
            self._take_size()
            self._canvas.feed(data)
            self._dirty = True

    def flush(self) -> None:
        """Send what changed since the last frame, unless the terminal has not taken the last ones yet."""
        self._take_size()
        if not (self._dirty and self._running) or self._waits:
            return
        if self._sent - self._out.taken >= _WAITING_FRAMES:
            self._waits = True
            self._loop.call_later(_SLOW_LINE_PAUSE, self._try_again)
            return
        self._dirty = False
        if frame := self._canvas.frame():
            self._send(frame)

    def redraw(self) -> None:
        """Draw the whole screen anew, whatever the terminal shows now."""
        self._redraw = True
        self.flush()

    def start_application_mode(self) -> None:
        """Take the terminal; also after a stop from outside, when it may have been left in any state."""
        if self._running:
            self.suspend_application_mode()
        self._wake = os.pipe()
        self._sent = self._out.taken = 0
        self._redraw = self._running = True
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def stop_application_mode(self) -> None:
        """Give the terminal back, and leave nothing of the desk on it."""
        self._running = False
        self._send("\x1b[r\x1b[m\x1b[H\x1b[2J")
        super().stop_application_mode()

    def disable_input(self) -> None:
        """Stop reading keys."""
        if self._wake is None:
            return
        signal.signal(signal.SIGWINCH, signal.SIG_DFL)
        self._disable_mouse_support()
        self.exit_event.set()
        read_end, write_end = self._wake
        os.close(write_end)
        if self._key_thread is not None:
            self._key_thread.join()
        os.close(read_end)
        self._wake = self._key_thread = None
        self.exit_event.clear()
        with suppress(termios.error):
            termios.tcflush(self.fileno, termios.TCIFLUSH)

    def run_input_thread(self) -> None:
        """Read keys until input is disabled or the terminal is gone; sleeps while there is nothing to do."""
        assert self._wake is not None
        wake = self._wake[0]
        reader, gate = KeyReader(mouse=self._mouse), FloodGate()
        decode = getincrementaldecoder("utf-8")("replace").decode
        while not self.exit_event.is_set():
            now = time.monotonic()
            timeout = None if reader.deadline is None else max(0.0, reader.deadline - now)
            ready = select.select([self.fileno, wake], [], [], timeout)[0]
            text = ""
            if self.fileno in ready:
                if not (data := self._read()):
                    self._terminal_is_gone()
                    return
                text = decode(data)
            self._translate(reader, gate, text)

    def _translate(self, reader: KeyReader, gate: FloodGate, text: str) -> None:
        """Hand the app the events of one read; whatever goes wrong costs this read only."""
        now = time.monotonic()
        if text and not gate.arrived(now):
            reader.reset()
            return
        try:
            for message in reader.feed(text, now):
                if not gate.admit(_cost(message)):
                    reader.reset()
                    return
                self.process_message(message)
        except Exception:
            reader.reset()

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, _READ)
        except OSError:
            return b""

    def _terminal_is_gone(self) -> None:
        """End the app; called from the threads that notice."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(partial(self._app.exit, return_code=HANG_UP))

    def _send(self, data: str) -> None:
        if self._writer_thread is not None and self._writer_thread.is_alive():
            self._sent += 1
            self._writer_thread.write(data)

    def _try_again(self) -> None:
        self._waits = False
        self.flush()

    def _take_size(self) -> None:
        """Bring the canvas up to a size or a request that came in between, maybe from a signal handler."""
        size, self._new_size = self._new_size, None
        if size is not None:
            if size != (self._canvas.width, self._canvas.height):
                self._canvas.resize(*size)
            self._redraw = True
        if self._redraw:
            self._redraw, self._dirty = False, True
            self._canvas.forget()

    def _get_terminal_size(self) -> tuple[int, int]:
        """The size the terminal says it has, within reason; whatever it shows is then drawn anew."""
        try:
            columns, lines = os.get_terminal_size(self._out.fileno())
        except OSError:
            columns = lines = 0
        size = (min(columns or 80, _LARGEST[0]), min(lines or 24, _LARGEST[1]))
        self._new_size = size
        if size == (self._canvas.width, self._canvas.height):
            self._loop.call_soon_threadsafe(self.flush)
        return size

    def _request_terminal_sync_mode_support(self) -> None:
        """Not asked: a frame goes out in one piece anyway, and the answer would be input."""

    def _query_in_band_window_resize(self) -> None:
        """Not asked: the kernel tells of sizes, and whoever can type could fake the answer."""


def driver_class(*, ascii_only: bool) -> type[DeskDriver]:
    """The driver for one kind of terminal, as Textual's ``App(driver_class=...)`` takes it.

    Args:
        ascii_only: send nothing but ASCII.
    """

    class Configured(DeskDriver):
        def __init__(
            self,
            app: App[Any],
            *,
            debug: bool = False,
            mouse: bool = True,
            size: tuple[int, int] | None = None,
        ) -> None:
            super().__init__(app, debug=debug, mouse=mouse, size=size, ascii_only=ascii_only)

    return Configured


def redraw(app: App[Any]) -> None:
    """Draw the app's screen anew; nothing happens where it has no terminal, as in tests."""
    if isinstance(app._driver, DeskDriver):
        app._driver.redraw()


def _cost(message: Message) -> float:
    """How much of a burst an event takes: a paste counts by its length, the longest as half a burst."""
    return 1 + len(message.text) / 20 if isinstance(message, events.Paste) else 1
