"""The lock of a store between processes: flock on a file that is never renamed or removed.

A POSIX record lock would be lost when any descriptor on the file is closed. Who gives up waiting stays in the queue and
goes on waiting there at the next try: however often somebody tries while the lock is stuck, it costs one thread.
"""

from __future__ import annotations

import _thread
import contextlib
import fcntl
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from ..models.errors import StoreLocked
from .files import make_folder

BUSY = "Somebody else is writing and did not finish in time: please try again."
"""What a writer that waited in vain is told."""

MARK = b"The journal of this store was begun. Leave this file where it is.\n"
"""What the file of the lock holds from the first commit on."""


_LEFT: Final[set[int]] = set()
"""Files that threads will close when the lock they wait for has come; a forked child has no such threads."""


class _Queue:
    """A thread that stands in the queue for the lock, again and again, until the file is closed.

    Asking again and again is unfair (waits of 0.6-1.6 s under 50 writers). A blocking flock queues, but has no time
    limit: the thread waits in it, and the caller, with a time limit, for the thread. It is kept, since a new one for
    each wait costs as much as reading what twenty others wrote.
    """

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._guard = threading.Lock()
        self._asked, self._came = _thread.allocate_lock(), _thread.allocate_lock()
        self._asked.acquire()
        self._came.acquire()
        self._waiting = self._wanted = self._held = self._closed = False
        _thread.start_new_thread(self._stand, ())

    @property
    def waiting(self) -> bool:
        """Whether the thread still stands in the queue, for somebody who has given up."""
        return self._waiting

    def wait(self, timeout: float) -> bool:
        """Say whether the lock came in time; if not, the place is kept, and the lock given back when it comes."""
        with self._guard:
            self._wanted = True
            if not self._waiting:
                self._waiting = True
                self._asked.release()
        try:
            self._came.acquire(timeout=timeout)
        except BaseException:  # a signal: nobody would give back what comes later
            if self._leave():
                fcntl.flock(self._fd, fcntl.LOCK_UN)
            raise
        return self._leave()

    def _leave(self) -> bool:
        """Want the lock no longer, and say whether it has come."""
        with self._guard:
            self._wanted = False
            if not self._waiting:
                self._came.acquire(blocking=False)  # it may have come after the time was up
            held, self._held = self._held, False
            return held

    def close(self) -> None:
        """End the thread and close the file, at once or when the lock has come."""
        with self._guard:
            self._closed = True
            _LEFT.add(self._fd)
            if not self._waiting:
                self._asked.release()

    def _stand(self) -> None:
        while True:
            self._asked.acquire()
            came = False
            with contextlib.suppress(OSError):
                if not self._closed:
                    fcntl.flock(self._fd, fcntl.LOCK_EX)
                    came = True
            with self._guard:
                self._waiting, self._held = False, came and self._wanted
                if came and not self._wanted:
                    # closing alone would not do: a forked child may have the file open, too
                    fcntl.flock(self._fd, fcntl.LOCK_UN)
                if self._wanted:
                    self._came.release()
                if self._closed:
                    _LEFT.discard(self._fd)
                    os.close(self._fd)
                    return


class FileLock:
    """One handle's way to the lock; the caller sees to it that one thread at a time uses it.

    The file is held open from the first use on.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._fd = -1
        self._key = (0, 0)
        self._queue: _Queue | None = None
        self._marked = False

    def close(self) -> None:
        """Let go of the file."""
        if self._queue is not None:
            self._queue.close()
        elif self._fd >= 0:
            os.close(self._fd)
        self._fd, self._queue = -1, None

    def __del__(self, ending: Callable[[], bool] = sys.is_finalizing) -> None:
        if not ending():  # the system closes what is open then, and half of the modules are gone
            self.close()

    def acquire(self, timeout: float) -> None:
        """Take the lock, waiting at most ``timeout`` seconds.

        Raises:
            StoreLocked: another process held it for longer than ``timeout``.
            OSError: the file of the lock cannot be made.
        """
        if self._fd < 0 or not self._in_place():
            self._fd = self._open()
        # who still stands in the queue shares the file, and would be given the lock together with this
        if self._queue is None or not self._queue.waiting:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
        if self._queue is None:
            try:
                self._queue = _Queue(self._fd)
            except RuntimeError as error:  # the system has no thread to spare
                raise StoreLocked(BUSY) from error
        if not self._queue.wait(timeout):
            raise StoreLocked(BUSY)

    def release(self) -> None:
        """Give the lock back."""
        if self._fd >= 0:
            fcntl.flock(self._fd, fcntl.LOCK_UN)

    def forget(self) -> None:
        """Close without unlocking: what a forked child does with the lock of its parent."""
        self._queue = None
        self.close()

    def mark(self, words: bytes = MARK) -> None:
        """Note in the file of the lock, now held, that what it guards was begun: it is missed when it is gone."""
        if not self._marked and os.pread(self._fd, len(words) + 1, 0) != words:
            # written over, never emptied; a power cut may have left half of it
            os.pwrite(self._fd, words, 0)
            os.ftruncate(self._fd, len(words))
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


def _after_fork() -> None:
    # before anybody opens something under these numbers; a parent killed in that moment would leave the lock held
    while _LEFT:
        os.close(_LEFT.pop())


os.register_at_fork(after_in_child=_after_fork)
