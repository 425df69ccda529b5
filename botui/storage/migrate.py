"""From older formats to the present one: one step for each version, the old files kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from .files import Paths, write_atomic
from .format import FORMAT
from .log import read_snapshot


def migrate(paths: Paths, found: int) -> None:
    """Bring a store to the present format, before its first commit in it; the caller holds the lock.

    Args:
        paths: where it is.
        found: the version it has; 0 = a file of stock TinyDB, or nothing.

    Raises:
        OSError: the disk did not allow it; the store is as it was.
    """
    for version in range(found, FORMAT):
        _STEPS[version](paths)


def _keep_original(paths: Paths) -> None:
    """Version 0 has no journal: all there is to it is the file as stock TinyDB wrote it, kept for whoever wants it."""
    data = read_snapshot(paths)
    if data:
        # a copy: another program that goes on writing the file would write a second name of it, too
        write_atomic(paths.original, data)


_STEPS: Final[Mapping[int, Callable[[Paths], None]]] = {0: _keep_original}
"""Version -> what takes a store of it to the next."""
