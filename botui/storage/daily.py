"""A backup a day, made by whoever comes first: an open desk or ``botui tick``."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from ..models.errors import BotuiError, Refused
from .archive import read_manifest
from .backup import NOT_MADE, backup
from .copies import expire
from .files import Handle, Paths, disk_errors, make_folder, sync_folder
from .format import NO_DIGEST

AGAIN: Final = timedelta(hours=1)
"""After this time a backup that could not be made is tried again."""
_NOTE: Final = ".failure"
"""File that says when and why the last try failed; held by whoever makes a backup."""
_NOTE_SIZE: Final = 2_000
"""Bytes of it; a sentence with two long names of files fits in."""


@dataclass(frozen=True, slots=True)
class Daily:
    """What is known when a daily backup may be due.

    Attributes:
        path: the snapshot, ``office.json``.
        head: head of the chain.
        keep: how many daily backups are kept; 0 = none are made.
        day: what day it is in the office.
        now: what time it is.
    """

    path: Path
    head: str
    keep: int
    day: date
    now: datetime

    @property
    def folder(self) -> Path:
        """Where daily backups are."""
        return self.path.parent / "backups"

    def due(self) -> bool:
        """Say whether today's backup is to be made: none is there, something changed, no try failed just now."""
        if self.keep == 0 or self.head == NO_DIGEST:
            return False
        at, _ = self._failure()
        if at is not None and timedelta(0) <= self.now - at < AGAIN:
            return False
        # what cannot be looked at is told by trying
        with contextlib.suppress(Refused, OSError):
            kept = self._kept()
            return not self._target().exists() and (not kept or read_manifest(kept[-1]).head != self.head)
        return True

    def make(self) -> str:
        """Make today's backup if it is due and nobody else is at it, and take away those beyond the number kept.

        Returns:
            What is to be said: why it could not be made, once a day for the same reason; else nothing.
        """
        try:
            if self.due():
                with disk_errors(NOT_MADE), self._turn() as note:
                    said = self._make(note) if note is not None and self.due() else ""
                if said:
                    return said
            # last: whatever holds what was erased goes once there is a copy without it
            return self._expire()
        except BotuiError as error:
            return _words(error)

    def failed(self) -> str:
        """Return why the last try failed, if that is why there is no backup of today; else nothing."""
        return "" if self.keep == 0 or self._target().exists() else self._failure()[1]

    def state(self) -> str:
        """Say which daily backup there is now, or why there is none."""
        if self.keep == 0:
            return 'No daily backups are made: the setting "Daily backups" is 0.'
        kept = self._kept()
        if not kept:
            return "There is nothing to back up yet."
        said = "Today's backup is" if kept[-1] == self._target() else "Nothing was changed since the last one:"
        return f"{said} {kept[-1]}"

    def _make(self, note: Handle) -> str:
        try:
            backup(self.path, self._target(), clock=lambda: self.now)
        except BotuiError as error:
            return self._failed(note, _words(error))
        _note(note, "")
        for old in self._kept()[: -self.keep]:
            old.unlink()
        sync_folder(self.folder)
        return ""

    def _expire(self) -> str:
        """Take away the copies whose last day is over that hold what was erased; say which."""
        paths = Paths(self.path)
        if not paths.erased.exists() or self.failed():
            return ""  # what cannot be backed up now keeps the copies there are
        names = [one.name for one in expire(paths, self.day)]
        return f"Taken away, as it held what was erased for good: {', '.join(names)}." if names else ""

    def _target(self) -> Path:
        return self.folder / f"{self.path.stem}-{self.day.isoformat()}.zip"

    def _kept(self) -> list[Path]:
        """Return the daily backups there are, oldest first; nothing else is ever taken away."""
        name = re.compile(re.escape(self.path.stem) + r"-\d{4}-\d\d-\d\d\.zip")
        with contextlib.suppress(FileNotFoundError):
            return sorted(one for one in self.folder.iterdir() if name.fullmatch(one.name))
        return []

    @contextlib.contextmanager
    def _turn(self) -> Iterator[Handle | None]:
        """Give the file that tells of failures, held; None = somebody else makes the backup."""
        make_folder(self.folder)
        note = Handle(self.folder / _NOTE, os.O_RDWR | os.O_CREAT)
        try:
            fcntl.flock(note.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            try:
                yield note
            finally:
                fcntl.flock(note.fd, fcntl.LOCK_UN)

    def _failure(self) -> tuple[datetime | None, str]:
        """Return when the last try failed, and why."""
        with contextlib.suppress(OSError, ValueError):
            at, _, words = (self.folder / _NOTE).read_text("utf-8", "replace").partition("\n")
            return datetime.fromisoformat(at).astimezone(self.now.tzinfo), words.rstrip()
        return None, ""

    def _failed(self, note: Handle, words: str) -> str:
        before = self._failure()
        _note(note, f"{self.now.isoformat()}\n{words}")
        at, said = before
        return "" if at is not None and at.date() == self.now.date() and said == words else words


def _note(file: Handle, text: str) -> None:
    # always of the same length: to write over it needs no room on a full disk
    with contextlib.suppress(OSError):
        os.pwrite(file.fd, text.encode()[:_NOTE_SIZE].ljust(_NOTE_SIZE), 0)


def _words(error: BotuiError) -> str:
    return f"Today's backup: {error}"
