"""A desk, or an app to compare it with, in a terminal of its own: when its bytes came, what it costs the machine."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Self

from benchmarks.memory import pss
from tests.pty_session import PATIENCE, PtySession

BARE = ("-m", "benchmarks.bare")
"""The reference: a bare Textual app with a list of 100 rows."""
_ENVIRON = {"BOTUI_CONFIG": "", "COLORTERM": "", "NO_COLOR": ""}


def desk(folder: Path) -> tuple[str, ...]:
    """Return what starts the desk of the first person as somebody at this terminal would."""
    return ("-m", "botui", "--data", str(folder), "--as", "P-1")


class Terminal(PtySession):
    """A program in a terminal that notes when bytes came; nothing draws them, so that nothing holds the program up.

    Attributes:
        began: ``time.perf_counter`` before the fork.
        came: the same when the last bytes came.
        came_at: the same by the clock on the wall, in nanoseconds.
    """

    def __init__(self, arguments: tuple[str, ...]) -> None:
        self.began = self.came = time.perf_counter()
        self.came_at = time.time_ns()
        super().__init__(list(arguments), environ=_ENVIRON)

    def __enter__(self) -> Self:
        return self

    def until(self, marker: bytes, since: int = 0) -> float:
        """Read until a text has come; return the milliseconds from the fork to the read that brought it.

        Args:
            marker: the text, as it is sent.
            since: only what came after so many bytes counts.
        """
        end = time.perf_counter() + PATIENCE
        while self.received.find(marker, since) < 0:
            if time.perf_counter() > end or not self._wait(0.5):
                raise RuntimeError(f"{marker!r} never came, but {self.received[-500:]!r}")
        return (self.came - self.began) * 1000

    def after(self, keys: str, quiet: float = 0.3) -> tuple[int, float]:
        """Type, and read until nothing came for a while; return the bytes and the milliseconds to the last of them."""
        before, start = len(self.received), time.perf_counter()
        self.came = start
        self.send(keys)
        self.settle(quiet)
        return len(self.received) - before, (self.came - start) * 1000

    def memory(self) -> float:
        """Return the MiB of memory that are its own, plus its share of what it shares (PSS)."""
        return pss(self.pid) / (1 << 20)

    def busy(self) -> float:
        """Return the milliseconds of processor time that all its threads have used."""
        tasks = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e6

    def _read(self) -> bool:
        try:
            data = os.read(self.master, 1 << 16)
        except OSError:
            return False
        self.came, self.came_at = time.perf_counter(), time.time_ns()
        self.received += data
        return bool(data)
