"""The few things done to files, and what their failing means. All files are 0600 in folders of 0700."""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from ..models.errors import StoreDamaged, StoreFull

PIECE: Final = 1 << 17
"""Bytes read at a time where all of a file is looked at: little enough to leave no holes in memory."""
_LINE: Final = 1 << 12
"""Bytes read at a time where one line is looked for: few lines are longer."""


class Paths:
    """Where the parts of one store are.

    Attributes:
        snapshot: the file of the store (``office.json``); the others stand beside it.
        folder: the folder of the store.
        journal: what was committed since the snapshot.
        lock: held by whoever writes; never renamed, never removed.
        history: the folder of closed journals and of everything that was put aside.
    """

    def __init__(self, snapshot: Path) -> None:
        self.snapshot = snapshot
        self.folder = snapshot.parent
        self.journal = snapshot.with_name(snapshot.name + ".journal")
        self.lock = snapshot.with_name(snapshot.name + ".lock")
        self.history = self.folder / "history"

    def closed(self, generation: int) -> Path:
        """Where the journal of a past generation is kept."""
        return self.history / f"{self.snapshot.name}.{generation:06d}.journal"

    def index(self, generation: int) -> Path:
        """Where a cache of what a closed journal touched is kept."""
        return self.history / f"{self.snapshot.name}.{generation:06d}.index"

    def torn(self, generation: int, offset: int) -> Path:
        """Where a cut-off write, found at ``offset`` of a journal, is put aside."""
        return self.history / f"{self.snapshot.name}.{generation:06d}.{offset}.torn"

    def adopted(self, generation: int) -> Path:
        """Where somebody else's snapshot is kept that was adopted at the end of this generation."""
        return self.history / f"{self.snapshot.name}.{generation:06d}.adopted"

    def damaged(self, generation: int) -> Path:
        """Where it is noted that the journal of this generation was damaged, and where all of it was put aside."""
        return self.history / f"{self.snapshot.name}.{generation:06d}.damaged"

    def repaired(self) -> dict[int, str]:
        """Return the generations of which a repair kept in the history what could be read, and where the rest is."""
        found = self.history.glob(f"{glob.escape(self.snapshot.name)}.*.damaged")
        notes = {path.name.split(".")[-2]: path.read_text("utf-8", "replace").strip() for path in found}
        return {int(number): where for number, where in notes.items() if number.isdecimal()}

    @property
    def original(self) -> Path:
        """Where the file of stock TinyDB is kept on which the store was begun."""
        return self.history / f"{self.snapshot.name}.000000.original"

    @property
    def erasing(self) -> Path:
        """Where it is noted that records are being erased for good; not there = nothing is left to be done."""
        return self.snapshot.with_name(self.snapshot.name + ".erasing")

    @property
    def erased(self) -> Path:
        """Where it is listed what was ever erased for good, by number: a copy that is put back is purged of it anew."""
        return self.snapshot.with_name(self.snapshot.name + ".erased")

    def restoring(self) -> Path | None:
        """Return where a backup waits that is being put back, or whose putting back was interrupted."""
        return min(self.folder.glob("restoring-*"), default=None)

    def generations(self) -> list[int]:
        """Return the closed generations that are kept, oldest first."""
        start = self.snapshot.name + "."
        if not self.history.is_dir():
            return []
        names = (name for name in os.listdir(self.history) if name.startswith(start))
        numbers = (name[len(start) :].removesuffix(".journal") for name in names if name.endswith(".journal"))
        return sorted(int(number) for number in numbers if number.isdecimal())


class Handle:
    """An open file that is closed with the last reference to it.

    One thread may still be flushing a journal that another has just replaced; closing it by hand would pull
    it, or worse a stranger with the same number, from under the first.

    Attributes:
        path: where it was when it was opened.
        fd: the descriptor.
        key: device and inode; comparable only while the file is held open.
        flushed: how many bytes are known to be on the disk.
    """

    __slots__ = ("_was", "fd", "flushed", "key", "path")

    def __init__(self, path: Path, flags: int) -> None:
        self.path = path
        self.fd = os.open(path, flags | os.O_CLOEXEC, 0o600)
        stat = os.fstat(self.fd)
        self.key = (stat.st_dev, stat.st_ino)
        self.flushed = 0
        self._was = (stat.st_size, stat.st_mtime_ns)

    def __del__(self, close: Callable[[int], None] = os.close) -> None:
        if hasattr(self, "fd"):
            close(self.fd)

    def size(self) -> int:
        """Return the present length in bytes."""
        return os.fstat(self.fd).st_size

    def rewritten(self) -> bool:
        """Say whether somebody wrote into the file since it was opened: whoever knows its content reads it again."""
        stat = os.fstat(self.fd)
        return (stat.st_size, stat.st_mtime_ns) != self._was

    def read(self, start: int) -> bytes:
        """Return everything from ``start`` on."""
        parts = []
        # asking for what is there, not for plenty: each buffer of plenty is mapped and unmapped
        while (left := self.size() - start) > 0 and (part := os.pread(self.fd, left, start)):
            parts.append(part)
            start += len(part)
        return b"".join(parts)

    def line(self, start: int = 0) -> bytes:
        """Return the line that begins at ``start`` with its newline, or all there is where none ends."""
        size = _LINE
        while True:
            data = os.pread(self.fd, size, start)
            end = data.find(b"\n") + 1
            if end or len(data) < size:
                return data[: end or None]
            size *= 4

    def line_start(self, place: int) -> int:
        """Return where the line begins to which the byte at ``place`` belongs."""
        size = _LINE
        while True:
            begin = max(0, place - size)
            found = os.pread(self.fd, place - begin, begin).rfind(b"\n") + 1
            if found or not begin:
                return begin + found
            size *= 4

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, bytes]]:
        """Return what is between two places, whole lines at a time, each time with where that begins.

        Read, not mapped: a program that cuts a mapped file short would kill the process.

        Raises:
            StoreDamaged: somebody did cut it short.
        """
        size = PIECE
        while start < end:
            size = min(size, end - start)
            data = os.pread(self.fd, size, start)
            if len(data) < size:
                raise StoreDamaged(f"Another program cut {self.path} short while it was in use.")
            whole = data.rfind(b"\n") + 1 or (size if start + size == end else 0)
            if whole:
                yield start, data[:whole]
            # a line that is longer than a piece is read again with more
            start, size = (start + whole, PIECE) if whole else (start, 2 * size)


class _DiskErrors(contextlib.ContextDecorator):
    """What ``disk_errors`` returns; no generator: every commit passes four of them."""

    __slots__ = ("_outcome",)

    def __init__(self, outcome: str) -> None:
        self._outcome = outcome

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, OSError):
            return
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            reason = "The disk is full"
        elif error.errno == errno.EROFS:
            reason = "The disk can only be read"
        elif error.errno in (errno.EACCES, errno.EPERM):
            reason = f"This account has no right to {error.filename or 'the folder'}"
        elif error.errno in (errno.EMFILE, errno.ENFILE):
            reason = "Too many files are open, close something first"
        else:
            reason = f"The disk reports an error ({error.strerror})"
        raise StoreFull(f"{reason}: {self._outcome}.") from error


def disk_errors(outcome: str = "nothing was changed") -> _DiskErrors:
    """Turn what the operating system reports into the office's words: for a ``with``, or above a function.

    Args:
        outcome: how things are after a failure.

    Raises:
        StoreFull: in place of any OSError.
    """
    return _DiskErrors(outcome)


def append(handle: Handle, size: int, data: bytes) -> None:
    """Add to the end of a file of ``size`` bytes, or leave it as it was.

    Raises:
        OSError: it could not be written as a whole.
    """
    try:
        if os.write(handle.fd, data) != len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    except OSError:
        os.ftruncate(handle.fd, size)
        raise


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, to be read by this account only."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder last."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")


def sweep(path: Path) -> None:
    """Remove what crashes left beside a file; only for who knows that nobody is writing it."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.????????.new"):
        left.unlink(missing_ok=True)


def write_beside(path: Path, data: bytes) -> Path:
    """Write ``data`` to disk under a temporary name beside ``path``, and return that name."""
    beside = _beside(path)
    fd = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(fd, view) :]
        os.fsync(fd)
    except OSError:
        beside.unlink()
        raise
    finally:
        os.close(fd)
    return beside


def replace(beside: Path, path: Path) -> None:
    """Put a file written beside in its place, for good."""
    os.replace(beside, path)
    sync_folder(path.parent)


def write_atomic(path: Path, data: bytes) -> None:
    """Replace a file as a whole: after a crash it is the old or the new one, never a mixture.

    For secrets, drafts, sessions and settings; the folder is made if it is not there.

    Args:
        path: the file, made readable by this account only.
        data: all of its new content.

    Raises:
        StoreFull: the disk is full, read-only or failing; the old file is untouched.
    """
    with disk_errors():
        make_folder(path.parent)
        replace(write_beside(path, data), path)


def keep(path: Path, target: Path) -> None:
    """Give a file a second name for good, or a copy where the file system knows no second names."""
    make_folder(target.parent)
    if target.exists() and os.path.samefile(path, target):
        return
    sweep(target)
    beside = _beside(target)
    try:
        os.link(path, beside)
    except OSError:
        beside = write_beside(target, path.read_bytes())
    replace(beside, target)
