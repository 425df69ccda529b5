"""Attachments: files kept by their content, under ``files/`` of the store; what two records have is there once.

A file comes only out of the folder that is set as the office's inbox, which no name leads out of. It is on the disk
before a record names it; what is taken away is gone for good, with the text that was read in it.
"""

from __future__ import annotations

import os
import re
import stat
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from ..models.errors import Refused, StoreDamaged
from .files import PIECE, disk_errors, make_folder, replace, sync_folder, write_beside
from .sorts import HEAD, media_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE_MAX: Final = 50 << 20
"""Bytes of the largest file that is kept: a backup reads each as a whole into memory."""
TEXT_MAX: Final = 200_000
"""Characters of its text that are kept to be searched: a hundred pages."""
_AT_HAND: Final = 2_000_000
"""Characters of texts that are kept at hand: each letter that is typed into a filter looks at all of them."""
_EACH: Final = 150
"""Characters that keeping one of them takes besides."""
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_UNFINISHED: Final = (".part", ".partial", ".tmp", ".crdownload", "~")
"""Ends of names that scanners and browsers give to what they still write."""
_SETTLED: Final = 5.0
"""Seconds since its last change after which a file is taken to be written to its end."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is kept.

    Attributes:
        digest: SHA-256 of the content, in hexadecimal.
        size: bytes.
        media: what it is, by its content.
    """

    digest: str
    size: int
    media: str


class Inbox:
    """The folder into which the office's scanner writes.

    Args:
        folder: where it is; it need not be there.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self, now: float) -> list[str]:
        """Return what can be taken in, by name: plain files, not hidden, that nobody is writing any more.

        Args:
            now: what time it is, in seconds as the file system has them.
        """
        found = []
        with suppress(OSError), os.scandir(self.folder) as entries:
            for one in entries:
                if one.name.startswith(".") or one.name.lower().endswith(_UNFINISHED):
                    continue
                with suppress(OSError):
                    if one.is_file(follow_symlinks=False) and now - one.stat().st_mtime >= _SETTLED:
                        found.append(one.name)
        return sorted(found)

    @contextmanager
    def opened(self, name: str) -> Iterator[int]:
        """Open a file of the folder itself, to be read.

        Raises:
            Refused: there is none of this name; it is a link, or no plain file.
        """
        said = f"There is no file {name!r} in the inbox."
        if not name or name in (".", "..") or "/" in name or "\0" in name:
            raise Refused(said)
        try:
            fd = os.open(self.folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            raise Refused(said) from error
        try:
            if not stat.S_ISREG(os.fstat(fd).st_mode):
                raise Refused(f"{name} is no file.")
            yield fd
        finally:
            os.close(fd)

    def remove(self, name: str, digest: str) -> None:
        """Take a file out of the folder, if it is still what was taken in; what cannot be removed stays."""
        with suppress(OSError, Refused), self.opened(name) as fd:
            if sha256(os.pread(fd, SIZE_MAX + 1, 0)).hexdigest() == digest:
                os.unlink(self.folder / name)


class Attachments:
    """The files that records of a store name, by the digest of their content; safe to use from several threads.

    Args:
        folder: the folder of the store.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "files"
        self._texts: OrderedDict[str, str] = OrderedDict()
        self._length = 0
        self._lock = Lock()

    def path(self, digest: str) -> Path:
        """Return where the content of this digest is kept.

        Raises:
            Refused: this is no digest.
        """
        if not _DIGEST.fullmatch(digest):
            raise Refused(f"'{digest[:80]}' is no digest of a file.")
        return self._folder / digest[:2] / digest

    def has(self, digest: str) -> bool:
        """Return whether the content is there."""
        return self.path(digest).is_file()

    def take(self, inbox: Inbox, name: str) -> Kept:
        """Keep a file of the inbox, which stays there; one that is kept already is found again.

        Raises:
            Refused: it is too large, empty, still being written, of no sort that is kept or not what its name says.
            StoreFull: it cannot be written; nothing is kept of it.
        """
        with inbox.opened(name) as fd:
            before = os.fstat(fd)
            if before.st_size > SIZE_MAX:
                raise Refused(f"{name} has {before.st_size / (1 << 20):,.0f} MB; {SIZE_MAX >> 20} MB are kept at most.")
            with disk_errors():
                data = b"".join(iter(lambda: os.read(fd, PIECE), b""))[: SIZE_MAX + 1]
            after = os.fstat(fd)
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) != after.st_size:
            raise Refused(f"{name} is still being written: try again in a moment.")
        return self.keep(name, data)

    def keep(self, name: str, data: bytes) -> Kept:
        """Keep a content; one that is kept already is found again.

        Args:
            name: what its file is called, which says what it should be.
            data: all of it.

        Raises:
            Refused: it is empty, of no sort that is kept or not what its name says.
            StoreFull: it cannot be written; nothing is kept of it.
        """
        media = media_of(name, data[:HEAD])
        digest = sha256(data).hexdigest()
        path = self.path(digest)
        with disk_errors():
            if not path.is_file():
                make_folder(path.parent)
                replace(write_beside(path, data), path)
        return Kept(digest, len(data), media)

    def read(self, digest: str) -> bytes:
        """Return a content.

        Raises:
            StoreDamaged: it is not there, or not what it was.
        """
        try:
            data = self.path(digest).read_bytes()
        except OSError as error:
            raise StoreDamaged(f"The file {digest[:12]} is missing in {self._folder}: a backup has it.") from error
        if sha256(data).hexdigest() != digest:
            raise StoreDamaged(f"The file {digest[:12]} in {self._folder} was changed: a backup has it.")
        return data

    def keep_text(self, digest: str, text: str) -> None:
        """Keep the text that was read in a content, to be searched; no more than ``TEXT_MAX`` of it.

        Raises:
            StoreFull: it cannot be written.
        """
        path = self._text_path(digest)
        with disk_errors():
            make_folder(path.parent)
            replace(write_beside(path, text[:TEXT_MAX].encode(errors="replace")), path)
        with self._lock:
            self._forget(digest)

    def text(self, digest: str) -> str:
        """Return the text that was read in a content; nothing where none was."""
        with self._lock:
            if (known := self._texts.get(digest)) is not None:
                self._texts.move_to_end(digest)
                return known
        text = ""
        with suppress(OSError):
            text = self._text_path(digest).read_text("utf-8", "replace")
        with self._lock:
            self._forget(digest)
            self._texts[digest] = text
            self._length += len(text) + _EACH
            while self._length > _AT_HAND:
                self._length -= len(self._texts.popitem(last=False)[1]) + _EACH
        return text

    def destroy(self, digests: Iterable[str]) -> int:
        """Take contents away for good, with their texts; return how many there were.

        Raises:
            StoreFull: the disk does not let them go.
        """
        gone = 0
        with disk_errors("not all of it is destroyed"):
            for digest in digests:
                path = self.path(digest)
                for one in (self._text_path(digest), path):
                    there = one.is_file()
                    one.unlink(missing_ok=True)
                gone += there
                if there:
                    sync_folder(path.parent)
                with self._lock:
                    self._forget(digest)
        return gone

    def problems(self, named: Iterable[tuple[str, str, str]], say: Callable[[str], object]) -> None:
        """Say which contents are missing or changed.

        Args:
            named: reference of the record, name of the file, digest.
            say: told a sentence for each.
        """
        for ref, name, digest in named:
            try:
                self.read(digest)
            except (StoreDamaged, Refused) as error:
                say(f"{ref}: {name}: {error}")

    def _text_path(self, digest: str) -> Path:
        return self.path(digest).with_suffix(".text")

    def _forget(self, digest: str) -> None:
        if (known := self._texts.pop(digest, None)) is not None:
            self._length -= len(known) + _EACH
