"""A backup of a store in one file, made while others write, and read back before it counts."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from ..models.errors import Refused, StoreDamaged, StoreFull, StoreLocked
from .archive import Manifest, Writer, belongs, unpack, workplace
from .files import Handle, Paths, disk_errors, sync_folder
from .format import FORMAT, stamp, utc_now
from .log import Log, load
from .purge import undisturbed
from .reading import presence
from .verify import verify

NOT_MADE: Final = "no backup was made"
_COMMIT: Final = re.compile(rb'^\["[0-9a-f]{32}",\{"at":"[^"]*","by":', re.MULTILINE)
"""How the line of a commit begins; first lines and seals are by nobody."""


def backup(path: Path, file: Path, *, clock: Callable[[], datetime] = utc_now) -> Manifest:
    """Write a store into one file, read that back, check it, and only then give it its name.

    Nobody need wait or stop for it: the journal and the snapshot that belong together are held open from the
    moment they were read, closed journals never change, and everything else is replaced as a whole.

    Args:
        path: the snapshot, ``office.json``.
        file: what the backup is to be called; must not be there yet.
        clock: what time it is.

    Raises:
        Refused: there is such a file already, or no such folder.
        StoreDamaged: the store, or what was read back, does not fit.
        StoreLocked: something is being erased for good.
        StoreFull: the disk is full, read-only or failing; nothing is left of the attempt.
    """
    paths, file = Paths(Path(path).absolute()), Path(file).absolute()
    if file.exists() or file.is_symlink():
        raise _there_already(file)
    if not file.parent.is_dir():
        raise Refused(f"There is no folder {file.parent}: {NOT_MADE}.")
    here = presence(paths)  # a restore would exchange the attachments halfway
    with disk_errors(NOT_MADE), workplace(file.parent, file.name) as place:
        at = clock()  # before all is read: what is erased later than this may be in it
        with undisturbed(paths):
            if paths.erasing.exists():
                raise StoreLocked(f"Something is being erased for good just now: {NOT_MADE}. Try again in a moment.")
            written = _write(paths, load(paths, read_only=True), place / file.name, at)
        _read_back(place / file.name, place / "read back", written)
        _name(place / file.name, file)
    del here
    return written


def _write(paths: Paths, log: Log, file: Path, now: datetime) -> Manifest:
    archive = Writer(file, now)
    with contextlib.closing(archive):
        changes = 0
        for name, data in _parts(paths, log):
            archive.add(name, data)
            changes += len(_COMMIT.findall(data)) if name.endswith(".journal") else 0
        records = sum(len(docs) for docs in log.tables.docs.values())
        manifest = Manifest(
            stamp(now), paths.snapshot.name, FORMAT, log.head, log.generation, records, changes, archive.files
        )
        archive.finish(manifest)
    return manifest


def _parts(paths: Paths, log: Log) -> Iterator[tuple[str, bytes]]:
    """Give what belongs into a backup, name and bytes."""
    if log.snapshot is not None:
        yield paths.snapshot.name, log.snapshot.read(0)
    if log.handle is not None:
        yield paths.journal.name, log.handle.read(0)[: log.offset]
    files = [paths.folder / "secrets.json", paths.erased, *_below(paths.history), *_below(paths.folder / "files")]
    # a journal that was closed meanwhile is the one held open, or came after it; looked for last: it is among the files
    newer = {paths.closed(one) for one in paths.generations() if one >= log.generation}
    for file in files:
        name = str(file.relative_to(paths.folder))
        if belongs(name, paths.snapshot.name) and file not in newer and file.is_file() and not file.is_symlink():
            yield name, Handle(file, os.O_RDONLY).read(0)


def _below(folder: Path) -> Iterator[Path]:
    for path, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(path) / name for name in sorted(names))


def _read_back(file: Path, folder: Path, written: Manifest) -> None:
    """Raise StoreDamaged if what is on the disk is not a whole and sound store."""
    folder.mkdir(mode=0o700)
    try:
        read = unpack(file, folder, written.store)
    except Refused as error:
        raise StoreDamaged(f"What was written could not be read back: {NOT_MADE}. {error}") from error
    except StoreFull as error:
        raise StoreFull(f"To check it, a backup is unpacked beside itself: {NOT_MADE}. {error}") from error
    report = verify(folder / written.store)
    if report.problems:
        raise StoreDamaged(f"The store is damaged: {NOT_MADE}. {report.problems[0]} To see all, run: botui check")
    if read != written or (report.head, report.commits) != (written.head, written.changes):
        raise StoreDamaged(f"What was read back is not what was written: {NOT_MADE}.")


def _name(beside: Path, file: Path) -> None:
    """Give a finished file its name, unless somebody was first."""
    try:
        os.link(beside, file)
    except FileExistsError:
        raise _there_already(file) from None
    except OSError:  # a file system without second names
        if file.exists():
            raise _there_already(file) from None
        os.rename(beside, file)
    sync_folder(file.parent)


def _there_already(file: Path) -> Refused:
    if file.is_dir():
        return Refused(f"{file} is a folder: say also what the backup in it is to be called, such as office.zip.")
    return Refused(f"{file} is there already: give the backup another name.")
