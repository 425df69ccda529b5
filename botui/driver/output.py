"""The way out: bytes to the terminal, from a thread of Textual's that may wait for a slow line."""

from __future__ import annotations

import io
import os
import select
from collections.abc import Callable


class TerminalFile(io.TextIOBase):
    """What Textual's writer thread writes to: never raises, for a thread that dies would freeze the desk.

    Attributes:
        taken: how many texts the writer thread has taken from its queue so far.
    """

    def __init__(self, fileno: int, encoding: str, on_lost: Callable[[], None]) -> None:
        """Write to a terminal.

        Args:
            fileno: of the terminal.
            encoding: of what it shows.
            on_lost: called from the writer thread when the terminal is gone.
        """
        self.taken = 0
        self._fileno = fileno
        self._charset = encoding
        self._on_lost = on_lost
        self._pending = b""

    def fileno(self) -> int:
        """The terminal's file number."""
        return self._fileno

    def write(self, text: str) -> int:
        """Take a text; it goes out with the next flush."""
        self._pending += text.encode(self._charset, "replace")
        self.taken += 1
        return len(text)

    def flush(self) -> None:
        """Send all that was taken, however long the terminal takes."""
        data, self._pending = self._pending, b""
        while data:
            try:
                data = data[os.write(self._fileno, data) :]
            except BlockingIOError:
                select.select([], [self._fileno], [])
            except OSError:
                self._on_lost()
                return
