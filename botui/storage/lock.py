"""The lock of a store between processes: flock on a file that is never renamed or removed.

A POSIX record lock would be lost when any descriptor on the file is closed. Who gives up waiting stays in the queue and
goes on waiting there at the next try: however often somebody tries while the lock is stuck, it costs one thread.
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


class _Place:
    """A place in the queue for the lock: asking again and again is unfair (0.6-1.6 s under 50 writers).

    A blocking flock queues, but has no time limit: a thread of its own does the waiting (a bare one: 40 us less than
    threading's). A lock that comes when nobody wants it any more is given back at once.
    """

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._guard, self._arrived = threading.Lock(), threading.Lock()
        self._waiting, self._wanted, self._held, self._left = True, True, False, False
        self._arrived.acquire()
        _thread.start_new_thread(self._block, ())

    def want(self) -> bool:
        """Say whether the lock is still to come, and want it again."""
        with self._guard:
            self._wanted = self._waiting
            return self._waiting

    def wait(self, timeout: float) -> bool:
        """Say whether the lock came in time; it is not wanted any more if not."""
        self._arrived.acquire(timeout=timeout)
        with self._guard:
            self._wanted = False
            return self._held

    def leave(self) -> bool:
        """Leave the descriptor to the thread if it still waits, and say so."""
        with self._guard:
            self._left = self._waiting
            return self._waiting

    def _block(self) -> None:
        came = False
        with contextlib.suppress(OSError):
            fcntl.flock(self._fd, fcntl.LOCK_EX)
            came = True
        with self._guard:
            self._waiting, self._held = False, came and self._wanted
            if came and not self._wanted:
                # closing alone would not do: a forked child may have the file open, too
                fcntl.flock(self._fd, fcntl.LOCK_UN)
            if self._left:
                os.close(self._fd)
        self._arrived.release()


class FileLock:
    """One handle's way to the lock; the caller sees to it that one thread at a time uses it.

    The file is held open from the first use on.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._fd = -1
        self._key = (0, 0)
        self._place: _Place | None = None
        self._marked = False

    def close(self) -> None:
        """Let go of the file."""
        place, self._place = self._place, None
        if self._fd >= 0 and not (place and place.leave()):
            os.close(self._fd)
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
        if self._place is None or not self._place.want():
            self._place = None
            try:
                fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._place = _Place(self._fd)
        if self._place is not None:
            if not self._place.wait(timeout):
                raise StoreLocked(BUSY)
            self._place = None

    def release(self) -> None:
        """Give the lock back."""
        if self._fd >= 0:
            fcntl.flock(self._fd, fcntl.LOCK_UN)

    def forget(self) -> None:
        """Close without unlocking: what a forked child does with the lock of its parent."""
        self._place = None
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            os.close(fd)

    def mark(self) -> None:
        """Note in the file of the lock, now held, that there is a journal: it is missed when it is gone."""
        if not self._marked and os.pread(self._fd, len(MARK) + 1, 0) != MARK:
            # written over, never emptied; a power cut may have left half of it
            os.pwrite(self._fd, MARK, 0)
            os.ftruncate(self._fd, len(MARK))
            os.fsync(self._fd)
        self._marked = True

    def _open(self) -> int:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        try:
            fd = os.open(self._path, flags, 0o600)
        except FileNotFoundError:
            make_folder(self._path.parent)
            fd = os.open(self._path, flags, 0o600)
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
        self.close()
        return False
