"""Taking in a snapshot that somebody else wrote."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from ..models.errors import StoreDamaged
from . import compaction
from .files import Handle, Paths, disk_errors, write_atomic
from .format import hexdigest, stamp, utc_now
from .lock import FileLock
from .log import Log, load, read_snapshot
from .purge import again, erased
from .verify import Report, verify


def adopt(path: Path, *, timeout: float = 5.0, clock: Callable[[], datetime] = utc_now) -> Report:
    """Take a snapshot that somebody else rewrote for the truth, and say how the store is afterwards.

    What was committed since the snapshot it replaced is applied to it again; everything that was there is kept
    in ``history/``. Where the journal itself is gone, a new one begins from the snapshot. A store in which all
    fits is left alone.

    What was erased for good and is in it all the same is erased anew.

    Args:
        path: the snapshot, ``office.json``.
        timeout: how many seconds to wait for those who write.
        clock: what time it is.

    Raises:
        StoreDamaged: the snapshot or the journal cannot be read, or the journal is not the newest one.
        StoreLocked, StoreFull: as a transaction.
    """
    paths = Paths(Path(path).absolute())
    lock = FileLock(paths.lock)
    with disk_errors():
        lock.acquire(timeout)
        try:
            _adopt(paths, clock())
            lock.mark()
        finally:
            lock.release()
    again(paths.snapshot, erased(paths), {}, clock)
    return verify(path)


def _adopt(paths: Paths, now: datetime) -> None:
    log = load(paths, read_only=False, adopting=True)
    data = read_snapshot(paths)
    digest = hexdigest(data)
    if log.handle is not None and (digest, len(data)) in log.snapshots:
        return
    if log.handle is None:
        _after_last_closed(log, paths)
        compaction.begin(log, paths, stamp(now, log.at), digest, len(data), adopted=digest)
        return
    if max(paths.generations(), default=0) > log.generation:
        raise StoreDamaged(
            f"{paths.journal.name} is of generation {log.generation}, and {paths.history.name} has a later one: "
            "it was replaced by an older one. Run: botui repair"
        )
    write_atomic(paths.adopted(log.generation), data)
    compaction.compact(log, paths, stamp(now, log.at), lambda journal, _: os.fdatasync(journal.fd), adopted=digest)


def _after_last_closed(log: Log, paths: Paths) -> None:
    """Let the chain and the numbers go on from the last journal in the history, if there is one."""
    kept = paths.generations()
    if not kept:
        return
    last = Log()
    last.start(Handle(paths.closed(kept[-1]), os.O_RDONLY))
    deque(last.advance(), maxlen=0)
    log.generation, log.head, log.at = last.generation, last.head, last.at
    for table, mark in last.tables.marks.items():
        log.tables.raise_mark(table, mark)
