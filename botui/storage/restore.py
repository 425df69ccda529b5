"""Putting a backup back: checked first, what was there is kept, and a crash at any moment leaves one whole store.

What is to come is laid out in a folder of its own, whole and on the disk. Then everything that is there is moved
aside, the journal first, and everything new is moved in, the journal last. So a store that has its journal is whole,
the old one or the new one; without a journal it opens for nobody, and ``restore`` finishes what was begun.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, Final

from ..models.errors import Refused, StoreDamaged, StoreLocked
from .archive import Manifest, unpack, workplace
from .compaction import begin
from .copies import all_purges
from .files import Handle, Paths, append, disk_errors, make_folder, replace, sync_folder, write_beside
from .format import encode_line, stamp, utc_now
from .lock import FileLock
from .log import RESTORING, Log, load, open_journal
from .purge import again, erased, remember
from .verify import verify

IN_USE: Final = (
    "Somebody has the store open, at a desk or with a command: ask them to leave, or give --even-if-open; "
    "open desks then show what was put back. Nothing was changed."
)
_TOPS: Final = "contents"
"""File that names what belongs into the folder of the store: what is missing from it was moved in already."""
_WAIT: Final = 1.0
"""Seconds to wait for a command that is about to end."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, or would be.

    Attributes:
        manifest: what the backup says of itself.
        replaced: head of the chain that was there; empty = there was none, or it could not be read.
        readable: whether what was there was read to its end, so that no number is given twice.
        aside: where what was there is kept; None = there was nothing.
    """

    manifest: Manifest
    replaced: str
    readable: bool
    aside: Path | None


def inspect(path: Path, file: Path, place: Path) -> Restored:
    """Check a backup, and say what putting it back would do; the store is not touched.

    Args:
        path: the snapshot, ``office.json``.
        file: the backup.
        place: a folder with room for the backup, unpacked.

    Raises:
        Refused: the backup is not to be used; the sentence says why.
        StoreFull: the disk has no room for it, or fails.
        StoreDamaged: the store is of a newer version, or an earlier restore was interrupted.
    """
    paths = Paths(Path(path).absolute())
    with disk_errors(), workplace(place, "restore") as staged:
        manifest = _checked(Path(file), staged, paths)
        old, readable = _old(paths)
        return Restored(manifest, _head(old), readable, paths.folder if _present(paths) else None)


def restore(
    path: Path,
    file: Path,
    *,
    header: Mapping[str, Any],
    even_if_open: bool = False,
    timeout: float = 5.0,
    clock: Callable[[], datetime] = utc_now,
) -> Restored:
    """Put a backup in place of a store, or where there is none yet.

    The last line of its journal says so; numbers that were given since the backup are not given again.

    Args:
        path: the snapshot, ``office.json``.
        file: the backup.
        header: ``by`` and ``on`` of that line.
        even_if_open: do it although others have the store open; they read it anew.
        timeout: how many seconds to wait for those who write.
        clock: what time it is.

    Raises:
        Refused: the backup is not to be used; the sentence says why.
        StoreLocked: others have the store open, or did not finish writing.
        StoreFull: the disk has no room for it, or fails.
        StoreDamaged: the store is of a newer version, or an earlier restore was interrupted.
    """
    paths = Paths(Path(path).absolute())
    with disk_errors(), _folder(paths.folder), workplace(paths.folder, "restore") as place:
        staged = place / "store"
        staged.mkdir(mode=0o700)
        manifest = _checked(Path(file), staged, paths)
        with _alone(paths, even_if_open), _locked(paths, timeout) as lock:
            old, readable = _old(paths)
            _erase_anew(paths, Paths(staged / paths.snapshot.name), header, clock)
            note = f"{Path(file).name}, head {manifest.head}; replaced head {_head(old) or '-'}"
            line = {**header, "do": "store.restore", "note": note}
            _add_line(Paths(staged / paths.snapshot.name), line, old.tables.marks, clock())
            aside = _swap(paths, _begin(paths, staged, clock()))
            lock.mark()
    return Restored(manifest, _head(old), readable, aside)


def finish(path: Path, *, timeout: float = 5.0) -> bool:
    """Finish a restore that was interrupted; return whether the backup is in place.

    Where moving had not yet begun, what was laid out is thrown away and the store is as it was.

    Raises:
        Refused: there is nothing to finish.
        StoreLocked, StoreFull: as ``restore``.
    """
    paths = Paths(Path(path).absolute())
    if paths.restoring() is None:
        raise Refused("No restore was interrupted: say which backup is to be put back.")
    with disk_errors(), _locked(paths, timeout) as lock:
        begun = paths.restoring()
        if begun is None:  # somebody else finished it while we waited
            return True
        if (begun / paths.journal.name).exists() and paths.journal.exists():
            _throw_away(begun)
            return False
        _swap(paths, begun)
        lock.mark()
    return True


def _checked(file: Path, staged: Path, paths: Paths) -> Manifest:
    """Unpack a backup and check all of it."""
    if not file.is_file():
        raise Refused(f"There is no file {file}.")
    manifest = unpack(file, staged, paths.snapshot.name)
    report = verify(staged / paths.snapshot.name)
    if report.problems:
        raise Refused(f"{file} is not put back: the store in it is damaged. {report.problems[0]}")
    found = (report.head, report.generation, report.commits, sum(report.documents.values()))
    if found != (manifest.head, manifest.generation, manifest.changes, manifest.records):
        raise Refused(f"{file} is not put back: what is in it is not what it says.")
    return manifest


def _old(paths: Paths) -> tuple[Log, bool]:
    """Return what is there as far as it can be read, and whether that is all of it."""
    if paths.restoring() is not None:
        raise StoreDamaged(RESTORING)
    _refuse_newer(paths)
    for adopting in (False, True):
        # a snapshot that does not fit still tells its numbers
        with contextlib.suppress(StoreDamaged):
            return load(paths, read_only=True, adopting=adopting), not adopting
    return Log(), False


def _refuse_newer(paths: Paths) -> None:
    journal = open_journal(paths, read_only=True)
    if journal is not None:
        with contextlib.suppress(ValueError, LookupError, TypeError):
            Log().start(journal)


def _erase_anew(paths: Paths, staged: Paths, header: Mapping[str, Any], clock: Callable[[], datetime]) -> None:
    """Take out of what is put back whatever was erased for good since that backup was made, and go on knowing it."""
    known = all_purges(paths)
    again(staged.snapshot, known, header, clock)
    names = {one.name for one in known}
    if known:
        remember(staged, [*(one for one in erased(staged) if one.name not in names), *known])


def _head(old: Log) -> str:
    return old.head if old.generation else ""


def _present(paths: Paths) -> list[Path]:
    """Return everything there is that a restore replaces, the journal first."""
    beside = (paths.history, paths.folder / "files", paths.folder / "secrets.json", paths.erased, paths.erasing)
    names = (paths.journal, paths.snapshot, *beside)
    return [one for one in names if one.exists()]


def _add_line(staged: Paths, header: Mapping[str, Any], marks: Mapping[str, int], now: datetime) -> None:
    """Note in the journal, before anybody can read it, that and over what it was put back."""
    log = load(staged, read_only=False)
    at = stamp(now, log.at)
    if log.handle is None:
        ((digest, size),) = log.snapshots
        begin(log, staged, at, digest, size)
    assert log.handle is not None
    raised = {table: mark for table, mark in sorted(marks.items()) if mark > log.tables.marks.get(table, 1)}
    line = {"at": at, "by": None, **header, **({"next": raised} if raised else {})}
    append(log.handle, log.offset, encode_line(log.head, line)[1])
    os.fsync(log.handle.fd)


def _begin(paths: Paths, staged: Path, now: datetime) -> Path:
    """Give what is laid out the name under which it is found after a crash."""
    tops = sorted(one.name for one in staged.iterdir())
    replace(write_beside(staged / _TOPS, json.dumps(tops).encode()), staged / _TOPS)
    name = now.astimezone(UTC).strftime("%Y%m%d-%H%M%S")
    names = (name if number == 1 else f"{name}-{number}" for number in count(1))
    free = next(one for one in names if not (paths.folder / f"replaced-{one}").exists())
    begun = paths.folder / f"restoring-{free}"
    replace(staged, begun)
    return begun


def _swap(paths: Paths, begun: Path) -> Path | None:
    """Move everything aside and everything new in; goes on wherever it was interrupted."""
    aside = paths.folder / begun.name.replace("restoring", "replaced")
    tops = json.loads((begun / _TOPS).read_bytes())
    if all((begun / top).exists() for top in tops):
        _move_aside(paths, begun, aside)
    try:
        for last in (False, True):
            for top in tops:
                if (top == paths.journal.name) == last and (begun / top).exists():
                    os.rename(begun / top, paths.folder / top)
            sync_folder(paths.folder)
        _throw_away(begun)
    except OSError as error:
        raise StoreDamaged(f"The disk reports an error ({error.strerror}). {RESTORING}") from error
    return aside if aside.exists() else None


def _move_aside(paths: Paths, begun: Path, aside: Path) -> None:
    """Move everything there is aside, or on an error leave everything where it was and nothing to be finished."""
    moved: list[Path] = []
    try:
        for one in _present(paths):
            make_folder(aside)
            os.rename(one, aside / one.name)
            moved.append(one)
        if aside.exists():
            sync_folder(aside)
        sync_folder(paths.folder)
    except OSError:
        for one in reversed(moved):
            os.rename(aside / one.name, one)
        _throw_away(begun)
        with contextlib.suppress(OSError):
            aside.rmdir()
        raise


def _throw_away(begun: Path) -> None:
    """Take away what is laid out, under a name first that nobody takes for something to be finished."""
    with workplace(begun.parent, "restore") as place:
        os.rename(begun, place / begun.name)


@contextlib.contextmanager
def _folder(folder: Path) -> Iterator[None]:
    """Make the folder of a store, and take it away again if nothing came of it."""
    new = not folder.is_dir()
    make_folder(folder)
    try:
        yield
    except BaseException:
        if new:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


@contextlib.contextmanager
def _alone(paths: Paths, even_if_open: bool) -> Iterator[None]:
    """Hold the lock that everybody shares who has the store open.

    Raises:
        StoreLocked: somebody has.
    """
    if even_if_open:
        yield
        return
    folder = Handle(paths.folder, os.O_RDONLY | os.O_DIRECTORY)
    until = time.monotonic() + _WAIT
    while True:
        try:
            fcntl.flock(folder.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise StoreLocked(IN_USE) from None
            time.sleep(0.05)
        else:
            break
    try:
        yield
    finally:
        fcntl.flock(folder.fd, fcntl.LOCK_UN)


@contextlib.contextmanager
def _locked(paths: Paths, timeout: float) -> Iterator[FileLock]:
    lock = FileLock(paths.lock)
    lock.acquire(timeout)
    try:
        yield lock
    finally:
        lock.release()
