"""The engine: documents in memory, a journal on disk, many processes and threads on both."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import orjson

from ..models.errors import StoreDamaged, StoreError, StoreFull, StoreLocked
from . import compaction
from .files import Handle, Paths, append, disk_errors, make_folder, write_atomic
from .format import RESERVED, Entry, decode_line, encode_document, encode_line, hexdigest
from .history import entries_of
from .lock import BUSY, FileLock
from .log import Log, collector_off, load, open_journal, read_snapshot
from .transaction import Delta, Transaction
from .watch import Watcher

COMPACT_AT: Final = 1 << 20
"""A journal smaller than this, in bytes, is not worth compacting: it is read in milliseconds."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Journal:
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
        clock: Callable[[], datetime] = _utc_now,
        compact_at: int = COMPACT_AT,
    ) -> None:
        self._paths = Paths(Path(path))
        self._clock = clock
        self._compact_at = compact_at
        self._read_only = read_only
        self._notes: list[str] = []
        self._failed = ""
        self._lock = FileLock(self._paths.lock, timeout)
        self._make_locks()
        self._log: Log | None = load(self._paths, read_only=read_only)
        _OPEN.add(self)

    # ---- what there is

    @property
    def path(self) -> Path:
        """The snapshot, as given."""
        return self._paths.snapshot

    @property
    def generation(self) -> int:
        """The number of the present journal; 0 before the first commit ever."""
        return self._now().generation

    @property
    def head(self) -> str:
        """The digest of the last line read: the whole past in 32 hex digits."""
        return self._now().head

    @property
    def notes(self) -> tuple[str, ...]:
        """What was mended since opening, in words."""
        return tuple(self._notes)

    @property
    def size(self) -> int:
        """Bytes in the present journal."""
        return self._now().offset

    @property
    def needs_compaction(self) -> bool:
        """Say whether the journal has outgrown its snapshot."""
        return self.size > max(self._compact_at, 2 * self._now().snapshot_size)

    def tables(self) -> list[str]:
        """Return the names of all tables, in order of the alphabet."""
        return sorted(self._now().tables.docs)

    def ids(self, table: str) -> list[int]:
        """Return the numbers of a table's documents, ascending."""
        with self._state:
            return list(self._now().tables.ordered(table))

    def raw(self, table: str, id: int) -> bytes | None:  # noqa: A002 - the field's name everywhere
        """Return a document as the bytes of its JSON, or None."""
        return self._now().tables.docs.get(table, {}).get(id)

    def get(self, table: str, id: int) -> dict[str, Any] | None:  # noqa: A002
        """Return a document, parsed anew, or None."""
        data = self.raw(table, id)
        return None if data is None else orjson.loads(data)

    def items(self, table: str) -> Iterator[tuple[int, bytes]]:
        """Return all documents of a table as they are now, ascending."""
        with self._state:
            return iter(list(self._now().tables.ordered(table).items()))

    def count(self, table: str) -> int:
        """Return how many documents a table has."""
        return len(self._now().tables.docs.get(table, ()))

    def next_id(self, table: str) -> int:
        """Return the number the next new document gets, unless somebody else is first."""
        return self._now().tables.marks.get(table, 1)

    # ---- following

    def refresh(self) -> Delta:
        """Take in what others have committed; one look at the file when nothing came.

        Raises:
            StoreDamaged: what came does not fit.
        """
        with self._state:
            return self._follow()

    def watch(self) -> Watcher:
        """Return something to wait on for news; see ``Watcher``."""
        return Watcher(self._paths)

    def history(self, table: str | None = None, id: int | None = None) -> Iterator[Entry]:  # noqa: A002
        """Return past commits, oldest first, from the closed journals and the present one.

        Args:
            table: only commits that touched this table.
            id: only those that touched this document of it.
        """
        log = self._now()
        return entries_of(self._paths, log.generation, log.handle, log.offset, table, id)

    # ---- writing

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
        flush: Handle | None = None
        with self._writing() as delta:
            at = self._stamp()
            tx = Transaction(self._now().tables, delta, {"at": at, "by": None, **header})
            yield tx
            if tx.process != os.getpid():
                raise RuntimeError("The process was forked inside a transaction; only the parent may commit it.")
            _check_header({**tx.header, "at": at}, but={"at"})
            flush = self._commit(tx, {**tx.header, "at": at})
        if flush is not None:
            self._flush(flush)

    def compact(self) -> None:
        """Write a new snapshot and begin a new journal; the old one goes to the history.

        Raises:
            StoreLocked, StoreFull, StoreDamaged: as a transaction.
        """
        with self._writing(), self._state, disk_errors():
            compaction.compact(self._now(), self._paths, self._stamp(), self._flush)

    def close(self) -> None:
        """Let go of files and memory; afterwards every use raises ValueError."""
        self._log = None

    # ---- inside

    def _now(self) -> Log:
        if self._log is None:
            raise ValueError("The store is closed.")
        return self._log

    def _make_locks(self) -> None:
        # order: turn (a writer's whole transaction) > state (memory against the file) ; flushing stands alone
        self._turn = threading.Lock()
        self._state = threading.Lock()
        self._flushing = threading.Lock()
        self._owner: int | None = None

    def _after_fork(self) -> None:
        torn = self._state.locked()
        self._make_locks()
        self._lock.forget()
        if torn and self._log is not None:
            self._log = load(self._paths, read_only=self._read_only)

    def _stamp(self) -> str:
        now = self._clock().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return max(now, self._now().at)

    def _follow(self) -> Delta:
        log = self._now()
        try:
            stat = os.stat(self._paths.journal)
        except FileNotFoundError:
            if log.handle is None:
                return Delta()
            raise StoreDamaged(f"{self._paths.journal} is gone while the store is in use.") from None
        key = (stat.st_dev, stat.st_ino)
        if log.handle is not None and key == log.handle.key and stat.st_size == log.offset:
            return Delta()
        try:
            return Delta(tuple(self._new_entries(log)))
        except (ValueError, LookupError, TypeError):
            # a backup was put back under us, or it is damaged: reading it all tells which
            self._log = load(self._paths, read_only=self._read_only)
            return Delta(reloaded=True)

    def _new_entries(self, log: Log) -> Iterator[Entry]:
        if log.handle is None or log.handle.size() < log.offset:
            raise ValueError("nothing to go on from")
        with collector_off():
            while True:
                newer = open_journal(self._paths, read_only=self._read_only)
                yield from log.advance()
                if newer is None or newer.key == log.handle.key:
                    return
                before, generation = log.head, log.generation
                log.start(newer)
                if (log.generation, log.prev) != (generation + 1, before):
                    raise ValueError("not the next journal")

    @contextmanager
    def _writing(self) -> Iterator[Delta]:
        if self._read_only:
            raise StoreFull("The store was opened for reading only: nothing was changed.")
        if self._owner == threading.get_ident():
            raise RuntimeError("A transaction is open already.")
        if not self._turn.acquire(timeout=self._lock.timeout):
            raise StoreLocked(BUSY)
        self._owner = threading.get_ident()
        turn = self._turn
        try:
            if self._failed:
                raise StoreFull(self._failed)
            self._now()
            with disk_errors():
                self._lock.acquire()
            try:
                yield self._catch_up()
            finally:
                self._lock.release()
        finally:
            self._owner = None
            turn.release()

    def _catch_up(self) -> Delta:
        with self._state:
            delta = self._follow()
            log = self._now()
            if log.handle is None:
                data = read_snapshot(self._paths)
                if (hexdigest(data), len(data)) not in log.snapshots:
                    self._log = load(self._paths, read_only=False)
                    delta = Delta(reloaded=True)
            else:
                with disk_errors():
                    self._lock.mark()
                    if log.handle.size() > log.offset:
                        self._mend(log, log.handle)
            return delta

    def _mend(self, log: Log, handle: Handle) -> None:
        tail = handle.read(log.offset)
        aside = self._paths.torn(log.generation, log.offset)
        make_folder(aside.parent)
        write_atomic(aside, tail)
        os.ftruncate(handle.fd, log.offset)
        self._notes.append(
            f"A write that was cut off ({len(tail)} bytes, never confirmed to anybody) was taken out of "
            f"{self._paths.journal.name} and put aside as {aside}."
        )

    def _commit(self, tx: Transaction, header: dict[str, Any]) -> Handle | None:
        """Append what changed and take it in; return the journal if it is still to be flushed."""
        ops = tx.ops()
        if not ops:
            return None
        marks = tx.marks(ops)
        if marks:
            header["next"] = marks
        encode_document(header)
        with self._state, disk_errors():
            log = self._now()
            if log.handle is None:
                ((digest, size),) = log.snapshots
                compaction.begin(log, self._paths, header["at"], digest, size)
                self._lock.mark()
            handle = log.handle
            assert handle is not None
            _, line = encode_line(log.head, header, ops)
            append(handle, line)
            tx.entry = decode_line(line[:-1], None)
            log.take_in(tx.entry, len(line))
        return handle if not self._compact_when_due(header["at"]) else None

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

    def _flush(self, handle: Handle) -> None:
        wanted = handle.size()
        with self._flushing:
            if handle.flushed >= wanted:
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
