"""The lock of a store between processes: flock on a file that is never renamed or removed.

A POSIX record lock would be lost when any descriptor on the file is closed. Every holder opens the file anew, so
that a waiter that has given up can never release the lock of one that came after.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import threading
from pathlib import Path

from ..models.errors import StoreLocked
from .files import make_folder

BUSY = "Somebody else is writing to the store and did not finish in time: please try again."
"""What a writer that waited in vain is told."""

MARK = b"The journal of this store was begun. Leave this file where it is.\n"
"""What the file of the lock holds from the first commit on."""


class FileLock:
    """One handle's way to the lock; the caller sees to it that one thread at a time uses it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._fd = -1
        self._marked = False

    def acquire(self, timeout: float) -> None:
        """Take the lock, waiting at most ``timeout`` seconds.

        Raises:
            StoreLocked: another process held it for longer than ``timeout``.
            OSError: the file of the lock cannot be made.
        """
        fd = self._open()
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(fd)
            fd = self._wait(timeout)
        self._fd = fd

    def release(self) -> None:
        """Give the lock back."""
        if self._fd >= 0:
            fcntl.flock(self._fd, fcntl.LOCK_UN)
            self.forget()

    def forget(self) -> None:
        """Close without unlocking: what a forked child does with the lock of its parent."""
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            os.close(fd)

    def mark(self) -> None:
        """Note in the file of the lock, now held, that there is a journal: it is missed when it is gone."""
        if not self._marked and os.fstat(self._fd).st_size == 0:
            os.write(self._fd, MARK)
        self._marked = True

    def _open(self) -> int:
        with contextlib.suppress(FileNotFoundError):
            return os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        make_folder(self._path.parent)
        return os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def _wait(self, timeout: float) -> int:
        # asking again and again is unfair (0.6-1.6 s under 50 writers); a blocking flock queues, but has no
        # time limit, so a thread of its own does the waiting
        guard = threading.Lock()
        arrived = threading.Event()
        held: list[int] = []
        given_up = False

        def block() -> None:
            with contextlib.suppress(OSError):
                fd = self._open()
                fcntl.flock(fd, fcntl.LOCK_EX)
                with guard:
                    if given_up:
                        os.close(fd)
                    else:
                        held.append(fd)
            arrived.set()

        threading.Thread(target=block, daemon=True, name="botui-lock").start()
        arrived.wait(timeout)
        with guard:
            given_up = True
            if held:
                return held[0]
        raise StoreLocked(BUSY)
