"""News of other processes' commits, without asking again and again."""

from __future__ import annotations

import ctypes
import os
import struct
from contextlib import suppress
from typing import Final

from .files import Paths

_IN_MODIFY: Final = 0x2
_IN_MOVED_TO: Final = 0x80
_IN_CREATE: Final = 0x100
_IN_Q_OVERFLOW: Final = 0x4000
_EVENT: Final = struct.Struct("iIII")


class Watcher:
    """Tells when the journal of a store changed.

    The folder is watched, not the file: a watch on the file goes blind with the first rename. One account has
    few watchers (128 by default), and some file systems none; ``fileno`` is None then, and ``drain`` compares
    the file with how it was at the last call, to be called every few seconds.

    Args:
        paths: where the store is; without its folder there is nothing to watch yet.
    """

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._name = os.fsencode(paths.journal.name)
        self._fd = _inotify(os.fsencode(paths.folder))
        self._seen = self._look()

    def fileno(self) -> int | None:
        """Return what to wait on for reading, or None."""
        return self._fd

    def drain(self) -> bool:
        """Take in all that was reported and say whether the journal may have changed."""
        if self._fd is None:
            before, self._seen = self._seen, self._look()
            return before != self._seen
        changed = False
        with suppress(BlockingIOError):
            while data := os.read(self._fd, 1 << 16):
                changed |= self._ours(data)
        return changed

    def close(self) -> None:
        """Stop watching."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def _ours(self, data: bytes) -> bool:
        position = 0
        while position < len(data):
            _, mask, _, length = _EVENT.unpack_from(data, position)
            position += _EVENT.size + length
            if mask & _IN_Q_OVERFLOW or data[position - length : position].rstrip(b"\0") == self._name:
                return True
        return False

    def _look(self) -> tuple[int, int] | None:
        with suppress(OSError):
            stat = os.stat(self._paths.journal)
            return stat.st_ino, stat.st_size
        return None


def _inotify(folder: bytes) -> int | None:
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "inotify_init1"):
        return None
    fd: int = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
    if fd < 0:
        return None
    if libc.inotify_add_watch(fd, folder, _IN_MODIFY | _IN_MOVED_TO | _IN_CREATE) < 0:
        os.close(fd)
        return None
    return fd
