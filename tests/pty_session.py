"""Run a program in a pseudo-terminal, as a person at a terminal would: send keys, look at the screen."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping
from types import TracebackType

import pyte

PATIENCE = 20.0
"""Seconds to wait for something that must happen; only a failing test waits that long."""


class PtySession:
    """A program in a terminal of its own, watched through pyte.

    Attributes:
        screen: what the terminal shows.
        received: all bytes the program has written so far.
    """

    def __init__(
        self,
        arguments: list[str],
        *,
        columns: int = 80,
        lines: int = 24,
        environ: Mapping[str, str] | None = None,
        program: str = sys.executable,
    ) -> None:
        """Start ``program arguments``; the environment is ours without Textual's switches, and ``environ``."""
        self.screen = pyte.Screen(columns, lines)
        self.received = b""
        self._stream = pyte.ByteStream(self.screen)
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("TEXTUAL")}
        wanted = {**inherited, "TERM": "xterm-256color", "LANG": "C.UTF-8", **(environ or {})}
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            # whoever runs the tests may be deaf to it (nohup), and children of theirs would be
            signal.signal(signal.SIGHUP, signal.SIG_DFL)
            os.execve(program, [program, *arguments], wanted)
        self._status: int | None = None
        self.resize(columns, lines)

    def __enter__(self) -> PtySession:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.alive():
            os.kill(self.pid, signal.SIGKILL)
        self.exit_status()
        os.close(self.master)

    def send(self, keys: bytes | str) -> None:
        """Type; reads meanwhile, so that neither side waits for the other."""
        data = keys.encode() if isinstance(keys, str) else keys
        while data:
            readable, writable, _ = select.select([self.master], [self.master], [], PATIENCE)
            if readable and not self._read():
                return
            if writable:
                data = data[os.write(self.master, data[:1024]) :]

    def resize(self, columns: int, lines: int) -> None:
        """Give the terminal another size."""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.screen.resize(lines, columns)

    def wait_for(self, condition: str | Callable[[], bool]) -> None:
        """Read until a text is on the screen, or a condition holds."""
        met = condition if callable(condition) else lambda: condition in self.text()
        limit = time.monotonic() + PATIENCE
        while not met():
            if time.monotonic() > limit or not self._wait(0.05):
                assert met(), f"not seen: {condition}\n{self.text()}"
                return

    def settle(self, quiet: float = 0.25) -> bytes:
        """Read until the program has been quiet for a while; the bytes read."""
        before = len(self.received)
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            if not select.select([self.master], [], [], quiet)[0] or not self._read():
                break
        return self.received[before:]

    def sync(self, probe: bytes) -> bytes:
        """Wait until the program has drawn all it has to: it rings the bell for a probe, twice with nothing between.

        Args:
            probe: a key that the program answers with a bell once it has drawn what came before.

        Returns:
            The bytes drawn, without the bells.
        """
        before = len(self.received)
        silent = 0
        while silent < 2:
            start = len(self.received)
            self.send(probe)
            self.wait_for(lambda start=start: b"\x07" in self.received[start:])  # type: ignore[misc]
            silent = silent + 1 if self.settle(0.04) == b"" and self.received[start:] == b"\x07" else 0
        return self.received[before:].replace(b"\x07", b"")

    def text(self) -> str:
        """The screen as lines of text."""
        return "\n".join(self.screen.display)

    def alive(self) -> bool:
        """Whether the program still runs."""
        if self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self._status = status if pid else None
        return self._status is None

    def exit_status(self) -> int:
        """What the program ended with, as shells number it; waits for the end."""
        while self.alive():
            self._wait(0.05)
        assert self._status is not None
        code = os.waitstatus_to_exitcode(self._status)
        return 128 - code if code < 0 else code

    def _wait(self, seconds: float) -> bool:
        """Read what comes within some seconds; False when the terminal was closed on the other side."""
        return not select.select([self.master], [], [], seconds)[0] or self._read()

    def _read(self) -> bool:
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return False
        self.received += data
        self._stream.feed(data)
        return bool(data)


HOSTILE = {
    "one byte of Latin-1": b"\xe9",
    "a byte that is never UTF-8": b"\xff",
    "a cut character": b"\xf0\x9f",
    "a kitty key beyond Unicode": b"\x1b[1114112u",
    "a paste without an end": b"\x1b[200~some text",
    "a faked window": b"\x1b[?2048;1$y\x1b[48;1;1;1;1t",
    "an enormous window": b"\x1b[48;30000;30000;0;0t",
    "50,000 parameters": b"\x1b[" + b"1;" * 50_000 + b"m",
    "100 kB of junk": bytes(range(256)) * 400,
    "100 kB typed": b"x" * 100_000,
    "a string without an end": b"\x1b]0;" + b"t" * 10_000,
    "ctrl and backslash, z, d, s, v, c, q": b"\x1c\x1a\x04\x13\x16\x03",
    "twenty times escape": b"\x1b" * 20,
    "NUL": b"\x00" * 10,
    "mode reports": b"\x1b[?2026;1$y\x1b[?1;2c\x1b[5;5R\x1b[0n",
}
"""What no keyboard sends; each costs a plain Textual app its life or seconds of its time."""
