"""Folding the journal into a new snapshot, so that a crash at any point leaves a pair known to be right."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..models.errors import StoreDamaged, StoreFull
from .files import Handle, Paths, append, keep, replace, sweep, write_beside
from .format import FORMAT, NO_DIGEST, encode_line, hexdigest
from .log import ADOPT, Log, read_snapshot


def compact(
    log: Log, paths: Paths, at: str, flush: Callable[[Handle, int], None], *, adopted: str | None = None
) -> None:
    """Write the documents as the next snapshot and begin the next journal; the caller holds the lock.

    The journal announces the snapshot before it appears, and is kept in the history before the next one takes
    its place. Whatever step is the last one done, opening finds a snapshot that its journal knows.

    Args:
        log: the store, read to its end; it is moved on to the new journal.
        paths: where it is.
        at: time for the headers.
        flush: brings a journal to the disk, and remembers it if that fails.
        adopted: digest of a snapshot of somebody else's that is now taken for the truth.

    Raises:
        StoreDamaged: the snapshot on disk is not the one the journal knows, or the history has another journal of
            this generation.
        OSError: the disk did not allow it; the store goes on with the old journal.
    """
    if log.handle is None:
        return
    if adopted is None:
        found = read_snapshot(paths)
        if (hexdigest(found), len(found)) not in log.snapshots:
            raise StoreDamaged(f"{paths.snapshot} was changed by another program. {ADOPT}")
    _refuse_other(log.handle, paths.closed(log.generation))
    sweep(paths.snapshot)
    sweep(paths.journal)
    data = log.tables.encode()
    digest = hexdigest(data)
    seal: dict[str, Any] = {"gen": log.generation + 1, "snapshot": digest, "size": len(data)}
    if adopted is not None:
        seal["adopted"] = adopted
    beside = write_beside(paths.snapshot, data)
    try:
        _announce(log, at, seal)
        flush(log.handle, log.offset)
        replace(beside, paths.snapshot)
    except (OSError, StoreFull):
        beside.unlink(missing_ok=True)  # on a full disk its room is what the next commits need
        raise
    keep(paths.journal, paths.closed(log.generation))
    begin(log, paths, at, digest, len(data))


def _refuse_other(journal: Handle, closed: Path) -> None:
    """Do nothing if a journal may take its place in the history; a crash may have left it there already.

    Raises:
        StoreDamaged: what is there is another one: somebody put an older state of the store back.
    """
    if closed.exists() and not journal.read(0).startswith(closed.read_bytes()):
        raise StoreDamaged(f"{closed} is another journal of the same generation. To see all, run: botui check")


def begin(log: Log, paths: Paths, at: str, digest: str, size: int, *, adopted: str | None = None) -> None:
    """Put a new, empty journal in place that follows the snapshot with this digest and size."""
    before = log.head if log.generation else NO_DIGEST
    header: dict[str, Any] = {
        "format": FORMAT,
        "gen": log.generation + 1,
        "at": at,
        "next": dict(sorted(log.tables.marks.items())),
        "snapshot": digest,
        "size": size,
        "prev": before,
    }
    if adopted is not None:
        header["adopted"] = adopted
    _, line = encode_line(before, header)
    replace(write_beside(paths.journal, line), paths.journal)
    log.start(Handle(paths.journal, os.O_RDWR | os.O_APPEND))


def _announce(log: Log, at: str, seal: dict[str, Any]) -> None:
    assert log.handle is not None
    entry, line = encode_line(log.head, {"at": at, "seal": seal})
    append(log.handle, log.offset, line)
    log.take_in(entry, len(line))
