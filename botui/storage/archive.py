"""The file that holds a backup: a ZIP with a manifest, of which nothing is believed before it is read and compared."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import glob
import json
import lzma
import os
import re
import secrets
import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from ..models.errors import Refused, StoreFull
from .files import make_folder, sync_folder
from .format import FORMAT

MANIFEST: Final = "manifest.json"
"""Name of the member that says what the others are."""
_MANIFEST_LIMIT: Final = 64 << 20
"""Bytes of the longest manifest that is read: about 500,000 attachments."""
_FOLDERS: Final = ("files", "history")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
)
"""What reading a file raises that is no backup; RuntimeError is zipfile's word for an encrypted one."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    Attributes:
        at: when it was made, as headers have times.
        store: name of the snapshot.
        format: version of the store's format.
        head: digest of the last line of the journal.
        generation: number of the journal.
        records: how many documents there are.
        changes: how many commits the journals have, closed ones included.
        files: name in the archive -> bytes and SHA-256.
    """

    at: str
    store: str
    format: int
    head: str
    generation: int
    records: int
    changes: int
    files: dict[str, tuple[int, str]]


def belongs(name: str, store: str) -> bool:
    """Say whether a file of this name, relative to the folder of a store, is part of a backup of it.

    Caches and temporary files are not; nor is any name that could lead elsewhere.
    """
    if name in (store, f"{store}.journal", f"{store}.erased", "secrets.json"):
        return True
    top, *rest = name.split("/")
    odd = any(part.startswith(".") or not part or "\\" in part or not part.isprintable() for part in rest)
    cache = top == "history" and name.endswith(".index")
    return top in _FOLDERS and bool(rest) and not odd and not cache


class Writer:
    """Writes an archive; the manifest comes last.

    Args:
        path: the file, which is not there yet.
        at: the time that its members bear.
    """

    def __init__(self, path: Path, at: datetime) -> None:
        self.files: dict[str, tuple[int, str]] = {}
        self._time = (max(at.year, 1980), at.month, at.day, at.hour, at.minute, at.second)
        self._file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "w+b")
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED)

    def add(self, name: str, data: bytes) -> None:
        """Add a member."""
        self.files[name] = (len(data), sha256(data).hexdigest())
        self._write(name, data)

    def finish(self, manifest: Manifest) -> None:
        """Add the manifest and bring all of it to the disk."""
        self._write(MANIFEST, json.dumps({"botui": "backup", **asdict(manifest)}, indent=1).encode())
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        # so that reading it back reads the disk, not the memory that it was written from
        os.posix_fadvise(self._file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)

    def close(self) -> None:
        """Let go of the file, finished or not."""
        with contextlib.suppress(OSError, ValueError):
            self._zip.close()
        with contextlib.suppress(OSError):
            self._file.close()

    def _write(self, name: str, data: bytes) -> None:
        info = zipfile.ZipInfo(name, self._time)
        info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o100600 << 16
        self._zip.writestr(info, data)


def read_manifest(file: Path) -> Manifest:
    """Return what a backup says of itself.

    Raises:
        Refused: it is no backup, or one of a newer version.
        OSError: it cannot be read.
    """
    with _opened(file) as archive:
        return _manifest(archive, file)


def unpack(file: Path, folder: Path, store: str) -> Manifest:
    """Read a backup into an empty folder, comparing every member with the manifest.

    Args:
        file: the backup.
        folder: where the files go.
        store: name of the snapshot that is wanted.

    Raises:
        Refused: it is damaged, of a newer version, of another store, or holds what no backup holds.
        StoreFull: there is no room for what it says it holds.
        OSError: a file cannot be read or written.
    """
    with _opened(file) as archive:
        manifest = _manifest(archive, file)
        _refuse_odd(archive.infolist(), manifest, file)
        if manifest.store != store:
            raise Refused(f"{file} is the backup of {manifest.store}, not of {store}.")
        total = sum(size for size, _ in manifest.files.values())
        free = shutil.disk_usage(folder).free
        if total > free:
            raise StoreFull(f"Unpacked, {file} takes {total:,} bytes; the disk has room for {free:,}.")
        for name in manifest.files:
            _unpack(archive, manifest, name, folder / name)
        for path, _, _ in os.walk(folder):
            sync_folder(Path(path))
    return manifest


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except _UNREADABLE as error:
        raise _unreadable(file, error) from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # it names a place before its beginning
            raise _unreadable(file, error) from error
        raise


def _unreadable(file: Path, error: Exception) -> Refused:
    return Refused(f"{file} is not a backup of botui, or it is damaged ({error}).")


def _manifest(archive: zipfile.ZipFile, file: Path) -> Manifest:
    info = archive.getinfo(MANIFEST)
    if info.file_size > _MANIFEST_LIMIT:
        raise ValueError("its manifest is too long")
    said = json.loads(archive.read(info))
    if said.pop("botui") != "backup":
        raise ValueError("its manifest is of something else")
    if said["format"] > FORMAT:
        raise Refused(
            f"{file} was made by a newer version of botui (format {said['format']}; this one reads up to {FORMAT})."
        )
    files = {str(name): (int(size), str(digest)) for name, (size, digest) in said.pop("files").items()}
    if not all(size >= 0 and _DIGEST.fullmatch(digest) for size, digest in files.values()):
        raise ValueError("its manifest is damaged")
    return Manifest(**said, files=files)


def _refuse_odd(members: Iterable[zipfile.ZipInfo], manifest: Manifest, file: Path) -> None:
    """Raise Refused for a member that is none of ours, whatever it is there for."""
    left = {MANIFEST, *manifest.files}
    for info in members:
        kind = info.external_attr >> 28
        if info.filename not in left or kind not in (0, 0o10) or info.compress_type not in (0, zipfile.ZIP_DEFLATED):
            raise Refused(f"{file} holds '{info.filename}', which does not belong into a backup: it is not used.")
        left.discard(info.filename)
    for name in sorted(manifest.files):
        if not belongs(name, manifest.store):
            raise Refused(f"{file} holds '{name}', which does not belong into a backup: it is not used.")
        if name in left:
            raise Refused(f"{file} lacks '{name}': it is damaged.")


def _unpack(archive: zipfile.ZipFile, manifest: Manifest, name: str, target: Path) -> None:
    size, digest = manifest.files[name]
    make_folder(target.parent)
    seen, summed = 0, sha256()
    fd = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with archive.open(name) as source, os.fdopen(fd, "wb") as out:
        while part := source.read(1 << 20):
            seen += len(part)
            if seen > size:
                break
            summed.update(part)
            out.write(part)
        out.flush()
        os.fsync(fd)
    if (seen, summed.hexdigest()) != (size, digest):
        raise ValueError(f"{name} is not what the manifest says")


@contextlib.contextmanager
def workplace(folder: Path, name: str) -> Iterator[Path]:
    """Give a folder for work in progress, gone afterwards; those that a crash left are removed first.

    Args:
        folder: where it is made.
        name: what it is for; only what was left of the same is removed.
    """
    for left in folder.glob(f".{glob.escape(name)}.????????.work"):
        with contextlib.suppress(OSError), _held(left):
            shutil.rmtree(left)
    place = folder / f".{name}.{secrets.token_hex(4)}.work"
    place.mkdir(mode=0o700)
    try:
        with _held(place):
            yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder: whoever else wants it knows that somebody works there.

    Raises:
        BlockingIOError: somebody does.
    """
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(fd)
