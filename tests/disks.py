"""Disks that are full, refuse, or can only be read: real ones where this machine allows mounting, else limits."""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol

import pytest

from .faults import in_child

_NEW_NAMESPACE: Final = 0x00020000
_NEW_USER: Final = 0x10000000
_READ_ONLY, _REMOUNT, _RECURSIVE, _PRIVATE = 0x1, 0x20, 0x4000, 0x40000
_libc = ctypes.CDLL(None, use_errno=True)


def _call(result: int, what: str) -> None:
    if result:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def _mount(kind: bytes, folder: Path | str, flags: int, options: bytes = b"") -> None:
    _call(_libc.mount(b"none", os.fsencode(folder), kind, flags, options), "mount")


def _own_namespace() -> None:
    """Let this process, which is to end soon, mount what nobody else sees."""
    uid, gid = os.geteuid(), os.getegid()
    _call(_libc.unshare(_NEW_NAMESPACE | (_NEW_USER if uid else 0)), "unshare")
    if uid:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"0 {uid} 1")
        Path("/proc/self/gid_map").write_text(f"0 {gid} 1")
    _mount(b"none", "/", _RECURSIVE | _PRIVATE)


class Disk(Protocol):
    """A disk that the test fills and empties.

    Attributes:
        folder: where a store may be made on it.
    """

    folder: Path

    def fill(self, left: int = 0) -> None:
        """Leave so many steps of room (blocks, or some bytes) and no more."""
        ...

    def free(self) -> None:
        """Let there be room again."""
        ...

    def read_only(self, on: bool) -> None:
        """Let nobody write, or let them again."""
        ...


class Tmpfs:
    """A file system in memory of 256 kB, in a namespace of this process."""

    def __init__(self, folder: Path, options: bytes = b"size=256k") -> None:
        _own_namespace()
        folder.mkdir(parents=True, exist_ok=True)
        _mount(b"tmpfs", folder, 0, options)
        self._mounted = folder
        self.folder = folder / "office"
        self._ballast = folder / "ballast"

    def fill(self, left: int = 0) -> None:
        """Write ballast until nothing fits, and take some blocks of it away."""
        with self._ballast.open("ab", buffering=0) as file:
            try:
                while file.write(b"x" * 4096):
                    pass
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
        os.truncate(self._ballast, max(0, (self._ballast.stat().st_size // 4096 - left) * 4096))

    def free(self) -> None:
        """Take the ballast away."""
        self._ballast.unlink(missing_ok=True)

    def read_only(self, on: bool) -> None:
        """Let nobody write, or let them again."""
        _mount(b"tmpfs", self._mounted, _REMOUNT | (_READ_ONLY if on else 0))


class Limit:
    """What a small disk does, where none can be mounted: in a process that is to end soon.

    No file grows beyond the largest there is; calls that make a file too many, or that write to what can only be read,
    are refused with the system's own errors.
    """

    def __init__(self, folder: Path, files: int | None = None) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder / "office"
        self._all, self._files, self._read_only = folder, files, False
        for name in ("open", "mkdir", "link", "replace", "unlink", "ftruncate"):
            setattr(os, name, self._guarded(name, getattr(os, name)))

    def read_only(self, on: bool) -> None:
        """Let nobody write, or let them again."""
        self._read_only = on

    def _guarded(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def attempt(*arguments: Any, **options: Any) -> Any:
            writes = name != "open" or arguments[1] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if self._read_only and writes:
                raise OSError(errno.EROFS, os.strerror(errno.EROFS))
            new = name in ("mkdir", "link") or (
                name == "open" and arguments[1] & os.O_CREAT and not os.path.exists(arguments[0])
            )
            if new and self._files is not None and sum(1 for _ in self._all.rglob("*")) >= self._files:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*arguments, **options)

        return attempt

    def fill(self, left: int = 0) -> None:
        """Allow files to grow by a few bytes at most."""
        sizes = [file.stat().st_size for file in self.folder.rglob("*") if file.is_file()]
        resource.setrlimit(resource.RLIMIT_FSIZE, (max(sizes, default=0) + 40 * left, resource.RLIM_INFINITY))

    def free(self) -> None:
        """Allow all again."""
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def may_mount(folder: Path) -> bool:
    """Say whether a file system can be mounted here, in a namespace of a process's own."""
    child = folder / "trial"

    def attempt() -> None:
        try:
            Tmpfs(child)
        except OSError:
            os._exit(77)

    return in_child(attempt) == 0


def on_disk(folder: Path, work: Callable[[Any], None], *, real: bool, files: int | None = None) -> None:
    """Do the work in a process of its own on a small disk: a real one, if that is wished and allowed here.

    Args:
        folder: where it may be.
        work: what is to be done on it.
        real: a real one, if it can be mounted.
        files: how many there may be on it.
    """
    place, mounted = folder / "disk", real and may_mount(folder)
    options = b"size=256k" if files is None else b"size=256k,nr_inodes=%d" % files
    assert in_child(lambda: work(Tmpfs(place, options) if mounted else Limit(place, files))) == 0


@contextmanager
def refusing(monkeypatch: pytest.MonkeyPatch, number: int, call: int) -> Iterator[list[str]]:
    """Let the n-th call to the disk fail with this error, and all after it too; give the names of those refused."""
    left, refused = call, list[str]()

    def watched(name: str) -> Callable[..., Any]:
        real: Callable[..., Any] = getattr(os, name)

        def attempt(*arguments: Any, **options: Any) -> Any:
            nonlocal left
            if name == "open" and not arguments[1] & (os.O_CREAT | os.O_WRONLY | os.O_RDWR):
                return real(*arguments, **options)
            left -= 1
            if left < 0:
                refused.append(name)
                raise OSError(number, os.strerror(number))
            return real(*arguments, **options)

        return attempt

    with monkeypatch.context() as patched:
        for name in ("open", "write", "fsync", "fdatasync", "replace", "link", "ftruncate", "mkdir"):
            patched.setattr(os, name, watched(name))
        yield refused
