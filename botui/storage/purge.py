"""Erasing records for good: out of the past too, with the chain of digests whole (docs/format.md, *Erased records*).

The line that takes the records away is a commit like any other and says in its header what is purged. Before it is
written, a note beside the store says that; after it, the journal is closed, and in every journal up to this line each
op on one of these records gives way to its own digest. Killed at any point, whoever opens the store next goes on with
the note; where the line was never written, nothing was begun.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from dataclasses import replace as replaced
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import orjson

from ..models.errors import StoreDamaged
from .attachments import Attachments
from .files import Handle, Paths, disk_errors, make_folder, replace, sweep, sync_folder, write_atomic, write_beside
from .format import PURGE, PURGES
from .journal import Journal
from .striking import Names, strike
from .transaction import Transaction

_PATIENCE: Final = 10.0
"""Seconds to wait for a backup that is being made; after that the next to open the store goes on."""


@dataclass(frozen=True, slots=True)
class Purge:
    """What is erased for good.

    Attributes:
        name: what the line in the journal and the note call it: the reference of the erasure, and once more with the
            time where it was done anew.
        at: when, as headers have times: a copy of the store made before holds what was erased.
        until: the last day on which such copies may be there, ISO.
        records: table -> numbers of the documents.
        stays: table -> number as text -> the document that stands in the place of one of them from then on.
        files: digests of the contents that went with them.
        persons: numbers of people whose PIN, badges and drafts went with them.
        struck: ops that gave way to their digests; -1 = not done yet.
    """

    name: str
    at: str
    until: str
    records: dict[str, list[int]]
    stays: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    persons: tuple[int, ...] = ()
    struck: int = -1


def announce(paths: Paths, purge: Purge) -> None:
    """Note what is about to be erased; the caller holds the lock of writers, and writes the line then.

    Raises:
        StoreFull: it cannot be noted; nothing was changed.
    """
    write_atomic(paths.erasing, orjson.dumps(asdict(purge)))


def pending(paths: Paths) -> Purge | None:
    """Return the purge that was announced and is not known to be done, or None."""
    try:
        return _purge(orjson.loads(paths.erasing.read_bytes()))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError) as error:
        raise StoreDamaged(f"{paths.erasing} cannot be read: put it back from a backup.") from error


def written(paths: Paths, purge: Purge) -> bool:
    """Return whether the line of a purge is in the journal: what was only announced changes nothing."""
    return _place(paths, purge.name) is not None


def erased(paths: Paths) -> list[Purge]:
    """Return all that was erased in this store, oldest first: a copy that is put back is purged of it anew.

    Raises:
        StoreDamaged: the list cannot be read.
    """
    try:
        return [_purge(one) for one in orjson.loads(paths.erased.read_bytes())]
    except FileNotFoundError:
        return []
    except (ValueError, TypeError, KeyError) as error:
        raise StoreDamaged(f"{paths.erased} cannot be read: put it back from a backup.") from error


def remember(paths: Paths, purges: Collection[Purge]) -> None:
    """Keep the list of what was erased."""
    write_atomic(paths.erased, orjson.dumps([asdict(one) for one in purges], option=orjson.OPT_APPEND_NEWLINE))


def _purge(said: dict[str, Any]) -> Purge:
    return Purge(**{**said, "files": tuple(said["files"]), "persons": tuple(said["persons"])})


def finish(journal: Journal, patience: float = _PATIENCE) -> Purge | None:
    """Do what is left of the purge that was announced; return it once it is done, None = there is nothing to do now.

    Args:
        journal: the store, opened to write.
        patience: seconds to wait for a backup that is being made.

    Raises:
        StoreError: it cannot be done now; whoever opens the store next goes on.
    """
    paths = Paths(journal.path)
    if not paths.erasing.exists():
        return None
    with disk_errors("what was erased is not out of the history yet"), _alone(paths, patience) as mine:
        purge = pending(paths) if mine else None
        if purge is None:
            return None
        place = _place(paths, purge.name)
        if place == 0:
            journal.compact()
            place = _place(paths, purge.name)
        if place is None:  # it was announced, and then not done
            paths.erasing.unlink()
            return None
        struck = sum(_strike(paths, generation, purge) for generation in paths.generations() if generation <= place)
        _clean_asides(paths, purge)
        done = Purge(**{**asdict(purge), "struck": struck})
        remember(paths, [*(one for one in erased(paths) if one.name != purge.name), done])
        paths.erasing.unlink()
        sync_folder(paths.folder)
        return done


def again(path: Path, purges: Collection[Purge], header: Mapping[str, Any], clock: Callable[[], datetime]) -> int:
    """Purge a store anew of what was erased in it and is there again; return how many records that were.

    That is a copy made before, ere anybody sees it; or a store into which somebody put an old snapshot.

    Args:
        path: the snapshot.
        purges: all that was erased.
        header: ``by`` and ``on`` of the lines that say so.
        clock: what time it is, for these lines.
    """
    if not purges:
        return 0
    paths, journal, gone = Paths(path), Journal(path, clock=clock), 0
    for purge in purges:
        done = _place(paths, purge.name) is not None
        if done and not returned(journal, purge):
            continue
        with journal.transaction(**header, do="store.erase") as tx:
            again_ = _anew(purge, tx.header["at"]) if done else purge
            announce(paths, again_)
            gone += take_away(tx, again_)
        finish(journal)
        Attachments(paths.folder).destroy([one for one in purge.files if not _needed(journal, one)])
    journal.close()
    return gone


def returned(journal: Journal, purge: Purge) -> list[tuple[str, int]]:
    """Return which of the records that a purge took away are there again: numbers are never given twice.

    What stayed in the place of one may have been changed since, and then the history says so.
    """
    found = ((table, number) for table, numbers in purge.records.items() for number in numbers)
    return [one for one in found if (doc := journal.get(*one)) is not None and not _stayed(journal, purge, *one, doc)]


def _stayed(journal: Journal, purge: Purge, table: str, number: int, doc: dict[str, Any]) -> bool:
    stays = purge.stays.get(table, {}).get(str(number))
    if stays is None or doc == stays:
        return stays is not None
    last = deque(journal.history(table, number), maxlen=1)
    return any((op.table, op.id, op.doc) == (table, number, doc) for entry in last for op in entry.ops)


def _anew(purge: Purge, at: str) -> Purge:
    """Return a purge that is done once more: copies made until now have as long to go as they had then."""
    days = date.fromisoformat(purge.until) - datetime.fromisoformat(purge.at).date()
    until = datetime.fromisoformat(at).date() + days
    return replaced(purge, name=f"{purge.name} {at}", at=at, until=until.isoformat())


def _needed(journal: Journal, digest: str) -> bool:
    """Return whether a record that is left has the contents of this digest, too."""
    return any(digest.encode() in raw for table in journal.tables() for _, raw in journal.items(table))


def take_away(tx: Transaction, purge: Purge) -> int:
    """Take the records away, or put in their place what stays, and let the line say so; return how many there were."""
    there = {table: [one for one in numbers if tx.exists(table, one)] for table, numbers in purge.records.items()}
    tx.header[PURGE], tx.bare = purge.name, True
    tx.header[PURGES] = {table: numbers for table, numbers in there.items() if tx.has(table)}
    for table, numbers in there.items():
        for number in numbers:
            stays = purge.stays.get(table, {}).get(str(number))
            if stays is None:
                tx.remove(table, number)
            else:
                tx.renew(table, number, stays)
    return sum(map(len, there.values()))


@contextmanager
def _alone(paths: Paths, patience: float) -> Iterator[bool]:
    """Hold the lock of the closed journals, which a backup shares while it reads them; False = it did not come."""
    make_folder(paths.history)
    folder = Handle(paths.history, os.O_RDONLY | os.O_DIRECTORY)
    until = time.monotonic() + patience
    mine = False
    while not mine:
        try:
            fcntl.flock(folder.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            mine = True
        except BlockingIOError:
            if time.monotonic() >= until:
                break
            time.sleep(0.02)
    try:
        yield mine
    finally:
        if mine:
            fcntl.flock(folder.fd, fcntl.LOCK_UN)


@contextmanager
def undisturbed(paths: Paths) -> Iterator[None]:
    """Let no closed journal change meanwhile: a copy of the store is of one moment."""
    if not paths.history.is_dir():
        yield
        return
    folder = Handle(paths.history, os.O_RDONLY | os.O_DIRECTORY)
    fcntl.flock(folder.fd, fcntl.LOCK_SH)
    try:
        yield
    finally:
        fcntl.flock(folder.fd, fcntl.LOCK_UN)


def _place(paths: Paths, name: str) -> int | None:
    """Return the generation in whose journal the line of a purge stands; 0 = in the one in place, None = in none."""
    needle = _needle(name)
    with suppress(FileNotFoundError):
        if needle in paths.journal.read_bytes():
            return 0
    found = (one for one in reversed(paths.generations()) if needle in paths.closed(one).read_bytes())
    return next(found, None)


def _needle(name: str) -> bytes:
    # quotes in texts are escaped, so these bytes are a key of a header
    return b'"%s":%s' % (PURGE.encode(), orjson.dumps(name))


def _strike(paths: Paths, generation: int, purge: Purge) -> int:
    """Purge one closed journal, the line of the purge last of all; return how many of its ops are digests now.

    The records are gone from the state that the journals make as long as that line takes them away, and once none is
    left that made them: so it is true at every moment.
    """
    file = paths.closed(generation)
    data = file.read_bytes()
    new, struck = strike(data, {table: set(numbers) for table, numbers in purge.records.items()}, _needle(purge.name))
    if new != data:
        sweep(file)
        replace(write_beside(file, new), file)
    paths.index(generation).unlink(missing_ok=True)
    return struck


def _clean_asides(paths: Paths, purge: Purge) -> None:
    """Take what was erased out of what lies beside the journals, of no meaning to the store."""
    for left in paths.history.glob("*.torn"):
        left.unlink()
    for file in (*paths.history.glob("*.adopted"), paths.original):
        if file.exists():
            _clean_copy(file, purge.records)
    (paths.folder / "fault.txt").unlink(missing_ok=True)
    for work in (*paths.folder.glob(".*.work"), *paths.folder.glob("backups/.*.work")):
        with suppress(OSError):
            folder = Handle(work, os.O_RDONLY | os.O_DIRECTORY)
            fcntl.flock(folder.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)  # nobody works there any more
            shutil.rmtree(work)
    sync_folder(paths.history)


def _clean_copy(file: Path, records: Names) -> None:
    """Take records out of an old snapshot; one that cannot be read goes as a whole."""
    try:
        whole = json.loads(file.read_bytes())
        for table, numbers in records.items():
            for number in numbers:
                whole.get(table, {}).pop(str(number), None)
        data = json.dumps(whole, ensure_ascii=False).encode()
    except (ValueError, AttributeError):
        file.unlink()
        return
    replace(write_beside(file, data), file)
