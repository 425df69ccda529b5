"""A kiosk's desk is never gone for long: a small process keeps it running, and starts it anew when it dies.

The parent is forked off before models and Textual are imported, so that it stays small and does nothing that could
fail; the desk is its child. Linux only: it waits for signals with ``sigtimedwait`` and has the kernel tell the desk
when its parent is gone.
"""

from __future__ import annotations

import os
import signal
import termios
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Final, TextIO

from botui.terminal import HANG_UP

SHORT: Final = 10.0
"""Seconds below which a desk counts as one that could not stay open."""
AT_ONCE: Final = 5
"""How many such in a row are started anew without a pause, before it is time to slow down."""
LONGEST_PAUSE: Final = 8
"""Seconds between two starts at most: whoever mends what is wrong sees the desk come back soon."""
SECONDS_TO_END: Final = {signal.SIGTERM: 8.0, signal.SIGHUP: 3.0}
"""How long the desk may take to end when it is told to: less than a service manager waits (10 s in our unit), and
more than the desk itself gives its drafts (``botui.terminal.SECONDS_TO_SAVE``)."""

_WATCHED: Final = frozenset({signal.SIGCHLD, signal.SIGTERM, signal.SIGHUP})
_IGNORED: Final = (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTTOU, signal.SIGUSR1, signal.SIGUSR2)
_PR_SET_PDEATHSIG: Final = 1
_PUT_RIGHT: Final = b"\x18\x1b[r\x1b[m\x1b[?1049l\x1b[?2004l\x1b[?25h\x1b[?7h\x1b[H\x1b[2J"
"""What a desk that was killed did not send any more: ends a sequence cut in the middle, leaves the other screen, shows
the cursor, and leaves nothing of the desk on a console that has one screen only."""


def supervise(desk: Callable[[datetime | None], int], clock: Callable[[], datetime], err: TextIO) -> int:
    """Run the desk in a process of its own, again and again, until a SIGTERM or a hang-up; return what to end with.

    Returns twice: in the desk's process with what the desk returned, so that the caller ends it as it would end
    without a supervisor, and in this one.

    Args:
        desk: runs the desk on this terminal; is given when the one before died, None the first time.
        clock: what time it is, UTC.
        err: where it is said that the desk does not stay open.
    """
    glass = _Glass()
    signal.pthread_sigmask(signal.SIG_BLOCK, _WATCHED)
    for number in _IGNORED:
        signal.signal(number, signal.SIG_IGN)
    died: datetime | None = None
    short = 0
    while True:
        glass.hush()
        begun = time.monotonic()
        supervisor = os.getpid()
        child = os.fork()
        if child == 0:
            _end_with(supervisor)
            return desk(died)
        told, code = _wait_for(child)
        if code < 0:
            glass.put_right()
        glass.hush()
        if told is not None or not glass.is_there():
            glass.give_back()
            return _code(told, code)
        died = clock()
        short = short + 1 if time.monotonic() - begun < SHORT else 0
        if seconds := pause(short):
            _say_pause(err, short, seconds)
            if (told := _told_within(seconds)) is not None:
                glass.give_back()
                return _code(told, 0)


def _say_pause(err: TextIO, short: int, seconds: int) -> None:
    wait = f"{seconds} second{'s' if seconds > 1 else ''}"
    err.write(
        f"botui: The desk could not stay open {short} times in a row. It tries again in {wait}. "
        "Whoever looks after this machine: the reason stands above, or in fault.txt in the office's folder.\n"
    )
    err.flush()


def pause(short: int) -> int:
    """Return how many seconds to wait before the next start.

    Args:
        short: how many desks in a row could not stay open.
    """
    return 0 if short < AT_ONCE else min(2 ** (short - AT_ONCE), LONGEST_PAUSE)


def _end_with(supervisor: int) -> None:
    """Have this process, the desk, told to end when its supervisor dies, and take signals again."""
    import ctypes  # only here: the supervisor stays small

    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _WATCHED)
    if os.getppid() != supervisor:
        os._exit(128 + signal.SIGTERM)


def _wait_for(child: int) -> tuple[signal.Signals | None, int]:
    """Wait until the desk has ended, passing on what this process is told; return that, and the exit code.

    A desk that was told to end and does not in time is killed.
    """
    told, until = None, None
    while True:
        left = 86_400.0 if until is None else max(0.0, until - time.monotonic())
        found = signal.sigtimedwait(_WATCHED, left)
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return told, os.waitstatus_to_exitcode(status)
        number = signal.Signals(found.si_signo) if found else None
        if number in SECONDS_TO_END:
            told, until = number, time.monotonic() + SECONDS_TO_END[number]
            os.kill(child, number)
        elif number is None and until is not None:
            os.kill(child, signal.SIGKILL)


def _told_within(seconds: int) -> signal.Signals | None:
    """Wait some seconds, with no desk; return what this process was told meanwhile."""
    found = signal.sigtimedwait(tuple(SECONDS_TO_END), seconds)
    return signal.Signals(found.si_signo) if found else None


def _code(told: signal.Signals | None, code: int) -> int:
    if told is signal.SIGTERM:
        return 0 if code in (0, -signal.SIGTERM) else 128 - code if code < 0 else code
    return HANG_UP


class _Glass:
    """The terminal as it was found; between two desks it shows nothing that is typed and stops for no key."""

    def __init__(self) -> None:
        self._keys, self._screen = 0, 2
        self._found = termios.tcgetattr(self._keys)

    def hush(self) -> None:
        """Show no keys, raise no signals, and forget what was typed to a desk that died."""
        with suppress(termios.error):
            quiet = termios.tcgetattr(self._keys)
            quiet[:4] = self._found[:4]
            quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG)
            termios.tcsetattr(self._keys, termios.TCSAFLUSH, quiet)

    def put_right(self) -> None:
        """Do for a desk that was killed what it would have done on leaving."""
        with suppress(OSError):
            os.write(self._screen, _PUT_RIGHT)

    def is_there(self) -> bool:
        """Return whether there still is a terminal."""
        return os.isatty(self._keys)

    def give_back(self) -> None:
        """Leave the terminal as it was found."""
        with suppress(OSError, termios.error):
            termios.tcsetattr(self._keys, termios.TCSANOW, self._found)
