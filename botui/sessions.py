"""Which desks are open: one small file each in the store's folder, held by a lock for as long as the desk lives.

The lock is what counts: it goes with its process however that ends, so a file nobody holds is of a desk that is gone,
and whoever looks next takes it away. Nothing is written while nobody presses a key.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import select
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import orjson

from botui.models.errors import Refused
from botui.storage.files import make_folder

TOUCHED_AFTER: Final = timedelta(minutes=1)
"""How often a key that is pressed is noted at most: idle times are told in minutes."""
SECONDS_TO_LEAVE: Final = 3
"""How long it is waited for a desk that was asked to leave."""
CLOSED: Final = "This desk is not open any more."
"""What is said of a desk that was left meanwhile."""
_SUFFIX: Final = ".json"


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """A desk that is open now.

    Attributes:
        id: what it is called while it is open.
        pid: its process.
        person: who is at it; None = nobody is signed in.
        terminal: what its terminal is called in the history.
        since: when it was opened, UTC.
        active: when a key was last pressed, UTC, to the minute.
    """

    id: str
    pid: int
    person: int | None
    terminal: str
    since: datetime
    active: datetime


class Presence:
    """Shows others that this desk is open, until it is closed or its process ends.

    A file that cannot be written (a full disk) hides the desk from the list and does it no other harm.

    Args:
        store: the store's folder.
        terminal: what this terminal is called.
        clock: what time it is.
    """

    def __init__(self, store: Path, terminal: str, clock: Callable[[], datetime]) -> None:
        self._path = _folder(store) / f"{secrets.token_hex(3)}{_SUFFIX}"
        self._terminal = terminal
        self._clock = clock
        self._since = self._active = clock()
        self._person: int | None = None
        self._fd = -1

    @property
    def id(self) -> str:
        """What this desk is called in the list."""
        return self._path.stem

    def show(self, person: int | None) -> None:
        """Show that the desk is open, and who is at it."""
        if self._fd < 0 or person != self._person:
            self._person = person
            with suppress(OSError):
                self._write()

    def touch(self) -> None:
        """Note that a key was pressed."""
        now = self._clock()
        if not timedelta(0) <= now - self._active < TOUCHED_AFTER:
            self._active = now
            self._stamp(self._fd)

    def close(self) -> None:
        """Take the desk off the list."""
        if self._fd >= 0:
            with suppress(OSError):
                self._path.unlink()
            os.close(self._fd)
            self._fd = -1

    def _write(self) -> None:
        """Put a new file in place that is locked before anybody can see it, then let go of the old one."""
        make_folder(self._path.parent)
        note = {
            "pid": os.getpid(),
            "person": self._person,
            "terminal": self._terminal,
            "since": self._since.isoformat(),
        }
        beside = self._path.with_suffix(".new")
        fd = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.write(fd, orjson.dumps(note))
            self._stamp(fd)
            os.replace(beside, self._path)
        except OSError:
            beside.unlink(missing_ok=True)
            os.close(fd)
            raise
        if self._fd >= 0:
            os.close(self._fd)
        self._fd = fd

    def _stamp(self, fd: int) -> None:
        # the time of the file tells when a key was pressed: nothing has to be written for it
        if fd >= 0:
            with suppress(OSError):
                os.utime(fd, (self._active.timestamp(),) * 2)


def open_desks(store: Path) -> list[OpenDesk]:
    """Return the desks that are open on a store, the longest open first; files of those that died are taken away."""
    found = (_look(path) for path in _folder(store).glob(f"*{_SUFFIX}"))
    return sorted((one for one in found if one is not None), key=lambda one: (one.since, one.id))


def end(store: Path, name: str) -> bool:
    """End an open desk: its process is asked to leave, and keeps what was typed; return whether it has left.

    Args:
        store: the store's folder.
        name: the desk's ``id``.

    Raises:
        Refused: it is not open any more, or not a process of this account.
    """
    one = _named(store, name)
    try:
        # Held by a descriptor a process number cannot become another's; and if the file is still held then, by the
        # process that wrote its own number into it, that is the one we have.
        process = os.pidfd_open(one.pid)
        try:
            if _named(store, name).pid == one.pid:
                signal.pidfd_send_signal(process, signal.SIGTERM)
            return bool(select.select([process], [], [], SECONDS_TO_LEAVE)[0])
        finally:
            os.close(process)
    except ProcessLookupError:
        raise Refused(CLOSED) from None
    except OSError as error:
        raise Refused(f"This desk cannot be ended from here: {error.strerror}.") from None


def _named(store: Path, name: str) -> OpenDesk:
    for one in open_desks(store):
        if one.id == name:
            return one
    raise Refused(CLOSED)


def _folder(store: Path) -> Path:
    return store / "sessions"


def _look(path: Path) -> OpenDesk | None:
    """Return the desk of a file; None, and the file is taken away, if nobody holds it."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read(path, fd)
    else:
        if not _in_place(path, fd):  # somebody signed in or out meanwhile: the desk has a new file
            return _look(path)
        with suppress(OSError):
            path.unlink()
        return None
    finally:
        os.close(fd)


def _in_place(path: Path, fd: int) -> bool:
    try:
        return os.path.samestat(os.stat(path), os.fstat(fd))
    except FileNotFoundError:
        return False


def _read(path: Path, fd: int) -> OpenDesk | None:
    try:
        note: Any = orjson.loads(os.pread(fd, 1 << 16, 0))
        person = note["person"]
        return OpenDesk(
            path.stem,
            int(note["pid"]),
            None if person is None else int(person),
            str(note["terminal"]),
            datetime.fromisoformat(note["since"]),
            datetime.fromtimestamp(os.fstat(fd).st_mtime, UTC),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
