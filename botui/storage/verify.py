"""Reading everything a store ever wrote, and saying what does not fit; and taking in what somebody else wrote."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ..models.errors import StoreDamaged
from . import compaction
from .files import Handle, Paths, disk_errors, write_atomic
from .format import NO_DIGEST, decode_line, hexdigest, stamp, utc_now
from .lock import FileLock
from .log import EMPTY, Log, load, read_snapshot
from .tables import Tables


@dataclass(frozen=True, slots=True)
class Report:
    """What ``verify`` found.

    Attributes:
        problems: what does not fit, in words; empty = everything does.
        notes: what is worth knowing and no problem.
        head: digest of the last line; noted elsewhere, it shows whether the past was rewritten.
        generation: number of the present journal.
        commits: how many were read.
        documents: how many each table has.
    """

    problems: tuple[str, ...]
    notes: tuple[str, ...]
    head: str
    generation: int
    commits: int
    documents: dict[str, int]


def verify(path: Path) -> Report:
    """Read history, snapshot and journal of a store and check the whole chain; change nothing.

    Args:
        path: the snapshot, ``office.json``.
    """
    paths = Paths(Path(path))
    check = _Check()
    log: Log | None = None
    try:
        log = load(paths, read_only=True)
    except StoreDamaged as error:
        check.problems.append(str(error))
    for generation in paths.generations():
        if log is None or generation < log.generation:
            past = Handle(paths.closed(generation), os.O_RDONLY)
            check.journal(generation, past.read(0), paths.closed(generation).name)
    if log is None:
        return check.report(0, {})
    if log.handle is not None:
        check.journal(log.generation, log.handle.read(0)[: log.offset], paths.journal.name)
        if log.handle.size() > log.offset:
            check.notes.append("The last write was cut off; the next one puts it aside.")
    if check.state is not None and check.state.encode() != log.tables.encode():
        check.problems.append(f"{paths.snapshot.name} does not say what the journals say.")
    return check.report(log.generation, {name: len(docs) for name, docs in log.tables.docs.items()})


class _Check:
    """Goes through journals in order.

    Attributes:
        state: the documents as the journals alone make them; None when they cannot tell.
    """

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.notes: list[str] = []
        self.state: Tables | None = Tables()
        self._head = NO_DIGEST
        self._generation = 0
        self._sealed: tuple[str, int] | None = EMPTY
        self._commits = 0

    def report(self, generation: int, documents: dict[str, int]) -> Report:
        """Put together what was found."""
        return Report(tuple(self.problems), tuple(self.notes), self._head, generation, self._commits, documents)

    def journal(self, generation: int, data: bytes, name: str) -> None:
        """Check one journal against itself and the one before."""
        position = 0
        try:
            for number, line in enumerate(data.split(b"\n")[:-1]):
                if number == 0:
                    self._first(decode_line(line, None).header, generation, name)
                self._line(line, name)
                position += len(line) + 1
            if position < len(data) or not data:
                raise ValueError("its last line has no end")
        except (ValueError, LookupError, TypeError) as error:
            self.problems.append(f"{name} is damaged after byte {position}: {error}.")
            self.state = self._sealed = None
            self._head = ""

    def _first(self, header: dict[str, Any], generation: int, name: str) -> None:
        follows = generation == self._generation + 1
        snapshot = (header["snapshot"], header["size"])
        if not follows and self._generation == 0:
            self.notes.append(f"The history before generation {generation} is not kept.")
        elif not follows:
            self.problems.append(f"Journals between {self._generation} and {generation} are missing.")
        elif self._head and header["prev"] != self._head:
            self.problems.append(f"{name} does not follow the journal before it.")
        elif "adopted" in header:
            self.notes.append(f"The journal before {name} was lost; it begins from the snapshot found then.")
        elif generation > 1 and self._sealed not in (None, snapshot):
            self.problems.append(f"{name} begins with another snapshot than was announced.")
        if not follows or self._sealed != snapshot:
            self.state = None
        self._generation, self._head, self._sealed = generation, header["prev"], None

    def _line(self, line: bytes, name: str) -> None:
        entry = decode_line(line, self._head)
        self._head = entry.digest
        if entry.purged:
            self.notes.append(f"{name}: {entry.purged} of the changes of {entry.header['at']} were purged.")
            self.state = None
        if "seal" in entry.header:
            self._seal(entry.header["seal"], name)
        elif "format" not in entry.header:
            self._commits += 1
        if self.state is not None:
            for op in entry.ops:
                self.state.apply(op)

    def _seal(self, seal: dict[str, Any], name: str) -> None:
        self._sealed = (seal["snapshot"], seal["size"])
        if "adopted" in seal:
            self.notes.append(f"{name}: a snapshot written by another program was adopted.")
            self.state = None
        elif self.state is not None and hexdigest(self.state.encode()) != seal["snapshot"]:
            self.problems.append(f"{name} announces another snapshot than its changes make.")
            self.state = None


def adopt(path: Path, *, timeout: float = 5.0, clock: Callable[[], datetime] = utc_now) -> Report:
    """Take a snapshot that somebody else rewrote for the truth, and say how the store is afterwards.

    What was committed since the snapshot it replaced is applied to it again; everything that was there is kept
    in ``history/``. Where the journal itself is gone, a new one begins from the snapshot. A store in which all
    fits is left alone.

    Args:
        path: the snapshot, ``office.json``.
        timeout: how many seconds to wait for those who write.
        clock: what time it is.

    Raises:
        StoreDamaged: the snapshot or the journal cannot be read.
        StoreLocked, StoreFull: as a transaction.
    """
    paths = Paths(Path(path))
    lock = FileLock(paths.lock)
    with disk_errors():
        lock.acquire(timeout)
        try:
            _adopt(paths, clock())
            lock.mark()
        finally:
            lock.release()
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
