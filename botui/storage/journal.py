"""The engine: documents in memory, a journal on disk, many processes and threads on both."""

from __future__ import annotations

import os
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from ..models.errors import StoreError, StoreFull, StoreLocked
from . import compaction
from .files import Handle, append, disk_errors, write_atomic
from .format import RESERVED, encode_document, encode_line, hexdigest, stamp, utc_now
from .lock import BUSY, FileLock
from .log import Log, read_snapshot
from .migrate import migrate
from .reading import Reader
from .transaction import Transaction

COMPACT_AT: Final = 1 << 20
"""A journal smaller than this, in bytes, is not worth compacting: it is read in milliseconds."""


class Journal(Reader):
    """One store, opened: ``office.json`` with its journal, its lock and its history.

    Reads answer from memory and never wait for a writer of another process; ``refresh`` brings memory up to
    date. All methods may be called from any thread, and go on working in a forked child.

    Args:
        path: the snapshot, ``office.json``. Nothing need be there yet: files come with the first commit.
        timeout: how many seconds a transaction waits for its turn.
        read_only: never write, not even a lock.
        clock: what time it is, for the headers.
        compact_at: smallest journal, in bytes, that is compacted by itself.

    Raises:
        StoreDamaged: the files do not fit together.
    """

    def __init__(
        self,
        path: Path,
        *,
        timeout: float = 5.0,
        read_only: bool = False,
        clock: Callable[[], datetime] = utc_now,
        compact_at: int = COMPACT_AT,
    ) -> None:
        super().__init__(path, read_only=read_only)
        self._clock = clock
        self._compact_at = compact_at
        self._timeout = timeout
        self._notes: list[str] = []
        self._failed = ""
        self._lock = FileLock(self._paths.lock)
        self._make_locks()
        _OPEN.add(self)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was mended since opening, in words."""
        return tuple(self._notes)

    @property
    def needs_compaction(self) -> bool:
        """Say whether the journal has outgrown its snapshot."""
        return self.size > max(self._compact_at, 2 * self._now().snapshot_size)

    @contextmanager
    def transaction(self, **header: Any) -> Iterator[Transaction]:
        """Do one unit of work under the lock, and commit it on leaving without an exception.

        Nothing is written if nothing changed. On return the commit is on disk.

        Args:
            header: ``by``, ``on``, ``do``, ``note`` and whatever else the line is to say of itself.

        Raises:
            StoreLocked: somebody else held the store for too long.
            StoreFull: the disk is full, read-only or failing; nothing was changed.
            StoreDamaged: what others wrote does not fit.
            RuntimeError: this thread is in a transaction of this store already.
        """
        _check_header(header)
        unflushed: tuple[Handle, int] | None = None
        with self._writing():
            at = self._stamp()
            with self._state:
                news = self._news()
            tx = Transaction(self._now().tables, news, {"at": at, "by": None, **header})
            yield tx
            if tx.process != os.getpid():
                raise RuntimeError("The process was forked inside a transaction; only the parent may commit it.")
            _check_header({**tx.header, "at": at}, but={"at"})
            unflushed = self._commit(tx, {**tx.header, "at": at})
        if unflushed is not None:
            self._flush(*unflushed)

    def compact(self) -> None:
        """Write a new snapshot and begin a new journal; the old one goes to the history.

        Raises:
            StoreLocked, StoreFull, StoreDamaged: as a transaction.
        """
        with self._writing(), self._state, disk_errors():
            compaction.compact(self._now(), self._paths, self._stamp(), self._flush)

    def close(self) -> None:
        """Let go of files and memory; afterwards every use raises ValueError."""
        super().close()
        if self._turn.acquire(blocking=False):
            self._lock.close()
            self._turn.release()

    def _make_locks(self) -> None:
        # taken in this order: a writer's turn (its whole transaction), the state; flushing stands alone
        self._turn = threading.Lock()
        self._owner: int | None = None
        self._flushing = threading.Lock()

    def _after_fork(self) -> None:
        half_done = self._state.locked()
        self._state = threading.Lock()
        self._make_locks()
        self._lock.forget()
        if half_done and self._log is not None:
            self._reload()

    def _stamp(self) -> str:
        return stamp(self._clock(), self._now().at)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if self._read_only:
            raise StoreFull("The store was opened for reading only: nothing was changed.")
        if self._owner == threading.get_ident():
            raise RuntimeError("A transaction is open already.")
        turn, until = self._turn, time.monotonic() + self._timeout
        if not turn.acquire(timeout=self._timeout):
            raise StoreLocked(BUSY)
        self._owner = threading.get_ident()
        try:
            if self._failed:
                raise StoreFull(self._failed)
            self._now()
            with disk_errors():
                self._lock.acquire(max(0.0, until - time.monotonic()))
            try:
                self._catch_up()
                yield
            finally:
                self._lock.release()
        finally:
            self._owner = None
            turn.release()

    def _catch_up(self) -> None:
        with self._state:
            self._follow()
            log = self._now()
            if log.handle is None:
                data = read_snapshot(self._paths)
                if (hexdigest(data), len(data)) not in log.snapshots:
                    self._reload()
            else:
                with disk_errors():
                    self._lock.mark()
                    if log.handle.size() > log.offset:
                        self._mend(log, log.handle)

    def _mend(self, log: Log, handle: Handle) -> None:
        tail = handle.read(log.offset)
        aside = self._paths.torn(log.generation, log.offset)
        write_atomic(aside, tail)
        os.ftruncate(handle.fd, log.offset)
        self._notes.append(
            f"A write that was cut off ({len(tail)} bytes, never confirmed to anybody) was taken out of "
            f"{self._paths.journal.name} and put aside as {aside}."
        )

    def _commit(self, tx: Transaction, header: dict[str, Any]) -> tuple[Handle, int] | None:
        """Append what changed and take it in; return the journal and up to where it is still to be flushed."""
        ops = tx.ops()
        if not ops and not tx.bare:
            return None
        marks = tx.marks(ops)
        if marks:
            header["next"] = marks
        with self._state, disk_errors():
            log = self._now()
            if log.handle is None:
                encode_document(header)
                ((digest, size),) = log.snapshots
                migrate(self._paths, 0)
                compaction.begin(log, self._paths, header["at"], digest, size)
                self._lock.mark()
            handle = log.handle
            assert handle is not None
            entry, line = encode_line(log.head, header, ops)
            append(handle, log.offset, line)
            log.take_in(entry, len(line))
            tx.entry = entry
            end = log.offset
        return None if self._compact_when_due(header["at"]) else (handle, end)

    def _compact_when_due(self, at: str) -> bool:
        if not self.needs_compaction:
            return False
        try:
            with self._state, disk_errors():
                compaction.compact(self._now(), self._paths, at, self._flush)
        except StoreError as error:
            self._compact_at = 2 * self.size
            self._notes.append(f"The journal could not be compacted and goes on growing: {error}")
            return False
        return True

    def _flush(self, handle: Handle, end: int) -> None:
        with self._flushing:
            if handle.flushed >= end:
                return
            if self._failed:
                raise StoreFull(self._failed)
            reached = handle.size()
            try:
                os.fdatasync(handle.fd)
            except OSError as error:
                # the kernel may have dropped the pages and would call a second try a success
                self._failed = (
                    f"The disk reports an error ({error.strerror}); the last change may not have been kept. "
                    "Have the disk looked at, then start again."
                )
                raise StoreFull(self._failed) from error
            handle.flushed = reached


def _check_header(header: dict[str, Any], but: set[str] | None = None) -> None:
    taken = (RESERVED - (but or set())) & header.keys()
    if taken:
        raise ValueError(f"The store itself writes these keys of the header: {', '.join(sorted(taken))}.")


_OPEN: weakref.WeakSet[Journal] = weakref.WeakSet()


def _after_fork() -> None:
    for journal in list(_OPEN):
        journal._after_fork()


os.register_at_fork(after_in_child=_after_fork)
