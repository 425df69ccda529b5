"""The reading half of the engine: documents from memory, kept up to date by following the journal."""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

from ..models.errors import StoreDamaged
from .files import Handle, Paths, disk_errors
from .format import Entry
from .history import Past, entries_between, entries_of, recent_entries
from .log import BACKUP, RESTORING, Log, collector_off, load, open_journal
from .transaction import NOTHING, Delta
from .watch import Watcher


class Reader:
    """A store as its readers see it; ``Journal`` adds the writing.

    Args:
        path: the snapshot, ``office.json``.
        read_only: open the files for reading only.
    """

    def __init__(self, path: Path, *, read_only: bool) -> None:
        # absolute: the process may go to another folder
        self._paths = Paths(Path(path).absolute())
        self._read_only = read_only
        # guards memory against the file: held for moments, never while waiting for another process
        self._state = threading.Lock()
        self._log: Log | None = self._load()
        self._presence = presence(self._paths)
        # followed, but not yet told to anybody: what a compaction, or a write that then failed, came upon
        self._untold = NOTHING

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
    def size(self) -> int:
        """Bytes in the present journal."""
        return self._now().offset

    def tables(self) -> list[str]:
        """Return the names of all tables, in order of the alphabet."""
        return sorted(self._now().tables.docs)

    def ids(self, table: str) -> list[int]:
        """Return the numbers of a table's documents, ascending."""
        with self._state:
            return list(self._now().tables.held(table))

    def raw(self, table: str, id: int) -> bytes | None:  # noqa: A002 - the field's name everywhere
        """Return a document as the bytes of its JSON, or None."""
        return self._now().tables.raw(table, id)

    def get(self, table: str, id: int) -> dict[str, Any] | None:  # noqa: A002
        """Return a document, parsed anew, or None."""
        data = self.raw(table, id)
        return None if data is None else orjson.loads(data)

    def items(self, table: str) -> Iterator[tuple[int, bytes]]:
        """Return all documents of a table as they are now, ascending."""
        with self._state:
            return self._now().tables.held(table).pairs()

    def count(self, table: str) -> int:
        """Return how many documents a table has."""
        with self._state:
            return len(self._now().tables.held(table))

    def next_id(self, table: str) -> int:
        """Return the number the next new document gets, unless somebody else is first."""
        return self._now().tables.marks.get(table, 1)

    def refresh(self) -> Delta:
        """Take in what others have committed; one look at the file when nothing came.

        Raises:
            StoreDamaged: what came does not fit.
        """
        with self._state:
            self._follow()
            return self._news()

    def watch(self) -> Watcher:
        """Return something to wait on for news; see ``Watcher``."""
        return Watcher(self._paths)

    def history(self, table: str | None = None, id: int | None = None) -> Iterator[Entry]:  # noqa: A002
        """Return past commits, oldest first, from the closed journals and the present one.

        Args:
            table: only commits that touched this table.
            id: only those that touched this document of it, or say of themselves that they are about it.
        """
        return entries_of(self._past(), table, id)

    @property
    def read_only(self) -> bool:
        """Whether it was opened for reading only."""
        return self._read_only

    def recent(self, since: str) -> Iterator[Entry]:
        """Return past commits, newest first, as far back as a time as headers have it; what is older is not read."""
        return recent_entries(self._past(), since)

    def between(self, since: str, until: str = "", by: int | None = None) -> Iterator[Entry]:
        """Return past commits from ``since`` on and before ``until`` (empty = no end), oldest first.

        Args:
            since: a time as headers have it.
            until: likewise.
            by: only those of this person; ``NOBODY`` = those of nobody; None = of all.
        """
        return entries_between(self._past(), since, until, by)

    def close(self) -> None:
        """Let go of files and memory; afterwards every use raises ValueError."""
        self._log = self._presence = None

    def _past(self) -> Past:
        log = self._now()
        return Past(self._paths, log.generation, log.handle, log.offset, keeps=not self._read_only)

    def _now(self) -> Log:
        if self._log is None:
            raise ValueError("The store is closed.")
        return self._log

    def _load(self) -> Log:
        with disk_errors():
            return load(self._paths, read_only=self._read_only)

    def _news(self) -> Delta:
        news, self._untold = self._untold, NOTHING
        return news

    @disk_errors()
    def _follow(self) -> None:
        log = self._now()
        try:
            stat = os.stat(self._paths.journal)
        except FileNotFoundError:
            if log.handle is None:
                return
            restoring = self._paths.restoring() is not None
            raise StoreDamaged(RESTORING if restoring else f"{self._paths.journal} is gone. {BACKUP}") from None
        key = (stat.st_dev, stat.st_ino)
        if log.stale or (log.snapshot is not None and log.snapshot.rewritten()):
            self._reload()
            log = self._now()
        if log.handle is not None and key == log.handle.key and stat.st_size == log.offset:
            return
        try:
            lines = tuple(self._new_lines(log, key))
        except (ValueError, LookupError, TypeError):
            # a backup was put back under us, or it is damaged: reading it all tells which
            self._reload()
        else:
            self._untold = self._untold.and_lines(lines)

    def _reload(self) -> None:
        self._untold = Delta(reloaded=True)
        self._log = self._load()

    def _new_lines(self, log: Log, key: tuple[int, int]) -> Iterator[bytes]:
        """Read on, in the journals that came after if this is not the one in place, whose key is given."""
        if log.handle is None or log.handle.size() < log.offset:
            raise ValueError("nothing to go on from")
        with collector_off():
            while True:
                # opened first: the one held open is complete once another has taken its place
                newer = None if log.handle.key == key else open_journal(self._paths, read_only=self._read_only)
                yield from log.advance()
                if log.stale:
                    raise ValueError("another program's snapshot was taken in")
                if newer is None or newer.key == log.handle.key:
                    return
                # looked at first: should reading anew fail as well, what is in memory stays one whole state
                coming = Log()
                coming.start(newer)
                if coming.stale or (coming.generation, coming.prev) != (log.generation + 1, log.head):
                    raise ValueError("not the next journal")
                log.start(newer)


def presence(paths: Paths) -> Handle | None:
    """Share the lock of the store's folder, so that a restore knows that somebody has the store open.

    It leaves no file, needs no right to write, and goes with the last process that holds it. A courtesy: without
    it (there is no folder yet, a backup is being put back, no descriptor is left) the store works as well.
    """
    with suppress(OSError):
        folder = Handle(paths.folder, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(folder.fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return folder
    return None
