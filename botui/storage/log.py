"""One store as far as it has been read: loading a snapshot with its journal, and following the journal."""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from json import JSONDecodeError
from typing import Final

from ..models.errors import StoreDamaged
from .files import Handle, Paths
from .format import FORMAT, NO_DIGEST, Entry, decode_line, glance, hexdigest, whole_lines
from .tables import Tables, decode_snapshot

EMPTY: Final = (hexdigest(b""), 0)
"""Digest and size of a snapshot that is not there."""

ADOPT: Final = "If it is right as it is now, run: botui adopt; if not: botui repair"
BACKUP: Final = "Restore it from a backup, or run: botui repair"
RESTORING: Final = (
    "A backup is being put back; nothing is lost. If nobody is doing that any more, it was interrupted: "
    "to finish it, run 'botui restore' without a file."
)
EXCHANGED: Final = (
    "{} holds what belongs into {}, and the other way round: somebody exchanged them. "
    "Give both their right names, then run: botui check"
)
_LOAD_TRIES: Final = 20
_AT_A_TIME: Final = 1 << 20
"""Bytes of the journal cut into lines at a time."""


@dataclass(slots=True)
class Log:
    """What has been read of one store.

    Attributes:
        handle: the journal, held open; None before the first write ever.
        tables: all documents.
        generation: number of the journal; 0 while there is none.
        prev: digest of the last line of the generation before.
        head: digest of the last line read.
        offset: bytes of the journal that were read, all of them whole lines.
        at: time of the last commit, as in the header.
        snapshot_size: bytes of the snapshot.
        snapshots: digest and size of every snapshot that fits this journal: the one it began with, and those
            announced in it.
        snapshot: the one that was read, held open: documents stay in it.
        stale: what was followed goes on from a snapshot of somebody else's: only reading all anew tells the documents.
    """

    handle: Handle | None = None
    tables: Tables = field(default_factory=Tables)
    generation: int = 0
    prev: str = NO_DIGEST
    head: str = NO_DIGEST
    offset: int = 0
    at: str = ""
    snapshot_size: int = 0
    snapshots: set[tuple[str, int]] = field(default_factory=set)
    snapshot: Handle | None = None
    stale: bool = False

    def start(self, handle: Handle) -> None:
        """Begin to read a journal: take in its first line.

        Raises:
            StoreDamaged: it is of another version.
            ValueError, LookupError: it is not the first line of a journal.
        """
        line = handle.line()
        header = decode_line(line.removesuffix(b"\n"), None).header
        if header.get("format", FORMAT) != FORMAT:
            raise StoreDamaged(
                f"The store was written by another version of botui (format {header['format']}); "
                f"this one reads format {FORMAT} only. Nothing was changed."
            )
        entry = decode_line(line[:-1], header["prev"])
        self.handle, self.generation, self.offset = handle, header["gen"], len(line)
        self.prev, self.head, self.at = header["prev"], entry.digest, header["at"]
        self.snapshot_size, self.stale = header["size"], "adopted" in header
        self.snapshots = {(header["snapshot"], header["size"])}
        for table, mark in header["next"].items():
            self.tables.raise_mark(table, mark)

    def advance(self) -> Iterator[bytes]:
        """Read the whole lines that came since, take them in and give the commits among them, not parsed yet.

        Raises:
            ValueError: a line does not fit.
        """
        assert self.handle is not None
        data = self.handle.read(self.offset)
        position, end = 0, whole_lines(data)
        while position < end:
            # so many at a time that cutting them apart does not hold a big journal in memory twice
            stop = data.rfind(b"\n", position, min(end, position + _AT_A_TIME)) + 1 or data.index(b"\n", position) + 1
            yield from self._take_in_lines(data[position : stop - 1].split(b"\n"))
            position = stop

    def _take_in_lines(self, lines: list[bytes]) -> Iterator[bytes]:
        before = self.head.encode()
        for line in lines:
            seen = glance(line, before)
            if seen is not None:
                before, at, table, number, doc = seen
                self.tables.put(table, number, doc)
                self.head, self.at = before.decode(), at.decode()
                self.offset += len(line) + 1
                yield line
            else:
                entry = decode_line(line, self.head)
                self.take_in(entry, len(line) + 1)
                before = self.head.encode()
                if "seal" not in entry.header:
                    yield line

    def take_in(self, entry: Entry, size: int) -> None:
        """Do what one line of ``size`` bytes says."""
        header = entry.header
        for op in entry.ops:
            self.tables.apply(op)
        if "next" in header:
            for table, mark in header["next"].items():
                self.tables.raise_mark(table, mark)
        if "seal" in header:
            self.snapshots.add((header["seal"]["snapshot"], header["seal"]["size"]))
            self.stale |= "adopted" in header["seal"]
        self.head, self.at = entry.digest, header["at"]
        self.offset += size


@contextmanager
def collector_off() -> Iterator[None]:
    """Keep the garbage collector out of a load, where it only costs (a third of the time)."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def open_journal(paths: Paths, *, read_only: bool) -> Handle | None:
    """Open the journal, or return None where there is none."""
    with suppress(FileNotFoundError):
        return Handle(paths.journal, os.O_RDONLY if read_only else os.O_RDWR | os.O_APPEND)
    return None


def read_snapshot(paths: Paths) -> bytes:
    """Return the bytes of the snapshot; a file that is not there is an empty one."""
    with suppress(FileNotFoundError):
        return paths.snapshot.read_bytes()
    return b""


def load(paths: Paths, *, read_only: bool, adopting: bool = False) -> Log:
    """Read a whole store.

    Args:
        paths: where it is.
        read_only: open the journal for reading only.
        adopting: take whatever snapshot is there.

    Raises:
        StoreDamaged: something does not fit; the sentence says what.
    """
    with collector_off():
        for _ in range(_LOAD_TRIES):
            # in this order: a snapshot read after the journal was opened is never older than that journal, and
            # a line that announces it is there before it is
            handle = open_journal(paths, read_only=read_only)
            snapshot = _open_snapshot(paths)
            data = b"" if snapshot is None else snapshot.read(0)
            if handle is None:
                if paths.restoring() is not None:
                    raise StoreDamaged(RESTORING)
                if adopting or not _begun(paths):
                    tables = _tables(paths, data, snapshot, check=True)
                    return Log(tables=tables, snapshots={(hexdigest(data), len(data))}, snapshot=snapshot)
                continue
            log = Log(handle=handle, snapshot=snapshot)
            _replay(log, paths, data, adopting=adopting)
            if not data and EMPTY not in log.snapshots:
                break
            if adopting or (hexdigest(data), len(data)) in log.snapshots:
                return log
            if not _replaced(paths, handle):
                break
    if handle is None:
        raise StoreDamaged(f"{paths.journal} is gone. {BACKUP}")
    if not data:
        raise StoreDamaged(f"{paths.snapshot} is {'empty' if paths.snapshot.exists() else 'gone'}. {BACKUP}")
    raise StoreDamaged(
        f"{paths.snapshot} does not fit its journal: another program changed it, or it is damaged. {ADOPT}"
    )


def refuse_exchanged(paths: Paths) -> None:
    """Do nothing unless snapshot and journal each begin as the other one should.

    Raises:
        StoreDamaged: they do; the sentence says what to do.
    """
    found = b""
    for file in (paths.snapshot, paths.journal):
        with suppress(FileNotFoundError), file.open("rb") as opened:
            found += opened.read(1)
    if found == b"[{":
        raise StoreDamaged(EXCHANGED.format(paths.snapshot, paths.journal.name))


def _replay(log: Log, paths: Paths, data: bytes, *, adopting: bool) -> None:
    handle = log.handle
    assert handle is not None
    try:
        log.tables = _tables(paths, data, log.snapshot, check=adopting)
        log.start(handle)
        deque(log.advance(), maxlen=0)
        log.stale = False
    except (ValueError, LookupError, TypeError) as error:
        raise StoreDamaged(
            f"{paths.journal} is damaged after byte {log.offset}: {_plain(error, 'the line there')}. "
            "Nothing was changed; restore it from a backup, or run: botui repair"
        ) from error


def _plain(error: Exception, line: str = "") -> str:
    """Return what is wrong in words; of what cannot be parsed, the line says more than what was expected there."""
    return f"{line or f'line {error.lineno}'} is not JSON" if isinstance(error, JSONDecodeError) else str(error)


def _open_snapshot(paths: Paths) -> Handle | None:
    with suppress(FileNotFoundError):
        return Handle(paths.snapshot, os.O_RDONLY)
    return None


def _tables(paths: Paths, data: bytes, snapshot: Handle | None, *, check: bool = False) -> Tables:
    """Read a snapshot; ``check`` also looks at every document, where no digest vouches for them."""
    try:
        tables = decode_snapshot(data, snapshot) if data and snapshot is not None else Tables()
        for table, docs in tables.docs.items() if check else ():
            tables.raise_mark(table, docs.check() + 1)
        return tables
    except (ValueError, TypeError) as error:
        refuse_exchanged(paths)
        raise StoreDamaged(f"{paths.snapshot} cannot be read: {_plain(error)}. {BACKUP}") from error


def _begun(paths: Paths) -> bool:
    with suppress(FileNotFoundError):
        return paths.lock.stat().st_size > 0
    return False


def _replaced(paths: Paths, handle: Handle) -> bool:
    stat = os.stat(paths.journal)
    return (stat.st_dev, stat.st_ino) != handle.key
