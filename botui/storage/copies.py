"""Copies of the store beside it that still hold what was erased since: backups, and what a restore or repair put aside.

Each has a last day, the first of those of the purges since it was made; then it goes for good. Copies elsewhere cannot
be reached from here.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from ..models.errors import Refused, StoreError
from .archive import read_manifest
from .files import Paths, disk_errors, sync_folder
from .format import stamp
from .purge import Purge, erased, pending

_ASIDE: Final = re.compile(r"(?:replaced|damaged)-(\d{8}-\d{6})(?:-\d+)?")
"""Folders that a restore or a repair left, with the time (UTC) at which they did."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that holds what was erased.

    Attributes:
        path: the file or folder.
        until: its last day.
    """

    path: Path
    until: date


def holding(paths: Paths) -> list[Copy]:
    """Return the copies beside a store that hold what was erased since they were made, by name.

    Raises:
        StoreDamaged: it is not known what was erased.
    """
    purges = all_purges(paths)
    found = ((file, _last_day(at, purges)) for file, at in _copies(paths)) if purges else ()
    return [Copy(file, until) for file, until in found if until is not None]


def overdue(paths: Paths, today: date) -> Iterator[str]:
    """Say which copies should be gone by now; errors are those of ``holding``."""
    for one in holding(paths):
        if one.until < today:
            name = one.path.relative_to(paths.folder)
            yield f"{name} holds what was erased for good and was to go on {one.until}: botui tick takes it away."


def expire(paths: Paths, today: date) -> list[Path]:
    """Take away for good the copies whose last day is over; return which.

    Raises:
        StoreError: it is not known what was erased, or the disk does not let them go.
    """
    gone = [one.path for one in holding(paths) if one.until < today]
    with disk_errors("a copy of what was erased is still there"):
        for path in gone:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
            sync_folder(path.parent)
    return gone


def all_purges(paths: Paths) -> list[Purge]:
    """Return all that was erased, with what is being erased just now."""
    known, begun = erased(paths), pending(paths)
    return known if begun is None or any(one.name == begun.name for one in known) else [*known, begun]


def _last_day(made: str, purges: list[Purge]) -> date | None:
    return min((date.fromisoformat(one.until) for one in purges if made <= one.at), default=None)


def _copies(paths: Paths) -> Iterator[tuple[Path, str]]:
    """Give the copies beside a store, and when each was made, as headers have times."""
    for file in sorted(paths.folder.glob("backups/*.zip")):
        try:
            yield file, read_manifest(file).at
        except (Refused, StoreError, OSError):
            continue  # no backup, or one that nobody can put back
    for folder in sorted(paths.folder.iterdir()):
        if (named := _ASIDE.fullmatch(folder.name)) and folder.is_dir():
            yield folder, stamp(datetime.strptime(named[1], "%Y%m%d-%H%M%S").replace(tzinfo=UTC))
