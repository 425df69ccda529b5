"""The lock of a store between processes: flock on a file that is never renamed or removed.

A POSIX record lock would be lost when any descriptor on the file is closed. Who gives up waiting leaves its descriptor
to the thread that waits, so that it can never release the lock of one that came after.
"""

from __future__ import annotations

import _thread
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
    """One handle's way to the lock; the caller sees to it that one thread at a time uses it.

    The file is held open from the first use on.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._fd = -1
        self._key = (0, 0)
        self._open_fds: set[int] = set()
        self._marked = False

    def close(self) -> None:
        """Let go of the file."""
        if self._fd >= 0:
            self._close(self._fd)
            self._fd = -1

    def __del__(self) -> None:
        self.close()

    def acquire(self, timeout: float) -> None:
        """Take the lock, waiting at most ``timeout`` seconds.

        Raises:
            StoreLocked: another process held it for longer than ``timeout``.
            OSError: the file of the lock cannot be made.
        """
        if self._fd < 0 or not self._in_place():
            self._fd = self._open()
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._wait(timeout)

    def release(self) -> None:
        """Give the lock back."""
        if self._fd >= 0:
            fcntl.flock(self._fd, fcntl.LOCK_UN)

    def forget(self) -> None:
        """Close without unlocking: what a forked child does with the lock of its parent."""
        while self._open_fds:
            os.close(self._open_fds.pop())
        self._fd = -1

    def mark(self) -> None:
        """Note in the file of the lock, now held, that there is a journal: it is missed when it is gone."""
        if not self._marked and os.fstat(self._fd).st_size == 0:
            os.write(self._fd, MARK)
        self._marked = True

    def _open(self) -> int:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        try:
            fd = os.open(self._path, flags, 0o600)
        except FileNotFoundError:
            make_folder(self._path.parent)
            fd = os.open(self._path, flags, 0o600)
        self._open_fds.add(fd)
        stat = os.fstat(fd)
        self._key = (stat.st_dev, stat.st_ino)
        self._marked = False
        return fd

    def _in_place(self) -> bool:
        """Say whether the file held open is the one others open; a folder put back by hand has another one."""
        with contextlib.suppress(FileNotFoundError):
            stat = os.stat(self._path)
            if (stat.st_dev, stat.st_ino) == self._key:
                return True
        self._close(self._fd)
        return False

    def _close(self, fd: int) -> None:
        self._open_fds.discard(fd)
        os.close(fd)

    def _wait(self, timeout: float) -> None:
        # asking again and again is unfair (0.6-1.6 s under 50 writers); a blocking flock queues, but has no
        # time limit, so a thread of its own does the waiting (a bare one: 40 us less than threading's)
        fd = self._fd
        guard, arrived = threading.Lock(), threading.Lock()
        arrived.acquire()
        held = given_up = False

        def block() -> None:
            nonlocal held
            with contextlib.suppress(OSError):
                fcntl.flock(fd, fcntl.LOCK_EX)
                with guard:
                    held = not given_up
                if not held:
                    self._close(fd)
            arrived.release()

        _thread.start_new_thread(block, ())
        arrived.acquire(timeout=timeout)
        with guard:
            given_up = not held
        if given_up:
            self._fd = -1
            raise StoreLocked(BUSY)
