"""Public keys as OpenSSH and PuTTY write them, and the lines of an ``authorized_keys`` file that open a desk.

A line names its person in the command it forces, and sshd runs nothing else for that key: so who somebody is comes from
a file they cannot write, never from what their side of the connection says. Lines of others are left byte for byte.
"""

from __future__ import annotations

import base64
import binascii
import fcntl
import hashlib
import os
import re
import shlex
import stat
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from botui.models.base import clean
from botui.models.errors import Refused
from botui.storage.files import disk_errors, replace, write_beside

SMALLEST_RSA: Final = 2048
"""Bits an RSA key must have: what NIST SP 800-57 and OpenSSH's own default (3072) leave as the least."""
_LARGEST: Final = 64 * 1024
"""Bytes of a file that may hold a public key; the longest key of all takes three thousand."""
_PARTS: Final = {
    "ssh-ed25519": 2,
    "sk-ssh-ed25519@openssh.com": 3,
    "ecdsa-sha2-nistp256": 3,
    "ecdsa-sha2-nistp384": 3,
    "ecdsa-sha2-nistp521": 3,
    "sk-ecdsa-sha2-nistp256@openssh.com": 4,
    "ssh-rsa": 3,
}
"""Types of keys that are taken, and of how many strings each is made (RFC 4253, 5656, 8709, PROTOCOL.u2f)."""
_OTHER_TYPE: Final = re.compile(r"(ssh|sk|ecdsa|rsa|dsa|x509|pgp)[-\w.@]*-[-\w.@]+")
_PRIVATE: Final = ("PRIVATE KEY", "PuTTY-User-Key-File")
_PUTTYGEN: Final = ("---- BEGIN SSH2 PUBLIC KEY ----", "---- END SSH2 PUBLIC KEY ----")
"""Between what the key stands that PuTTYgen saves (RFC 4716)."""
_LINE: Final = re.compile(r'restrict,pty,command="((?:\\"|[^"])*)" (\S+) (\S+) botui P-\d+(?: (.*))?')


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key.

    Attributes:
        kind: its type as OpenSSH writes it, such as ``ssh-ed25519``.
        text: the key itself, base64.
        comment: what its owner called it, such as ``mary@laptop``.
    """

    kind: str
    text: str
    comment: str = ""

    @property
    def fingerprint(self) -> str:
        """What ``ssh-keygen -l`` calls the key."""
        digest = hashlib.sha256(base64.b64decode(self.text)).digest()
        return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")


def read_public_key(path: Path) -> PublicKey:
    """Return the one public key in a file.

    Raises:
        Refused: there is none, it is a private one, there are several, or it is of a kind that is not taken.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise Refused(f"The key file cannot be read: {error.strerror}.") from None
    text = data.decode("utf-8", "replace").lstrip("\ufeff")
    if any(mark in text for mark in _PRIVATE):
        raise Refused(
            "This is a private key, which nobody but its owner should ever have: "
            "give the public one, in the file of the same name that ends with .pub."
        )
    if all(mark in text for mark in _PUTTYGEN):
        return _from_puttygen(text)
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if len(lines) > 1 and all(_key_at(line.split()) is not None for line in lines):
        raise Refused(f"The file holds {len(lines)} keys: give each in a file of its own.")
    if len(lines) != 1 or len(data) > _LARGEST:
        raise Refused("The file does not hold one public key: a line such as 'ssh-ed25519 AAAA... mary@laptop'.")
    return _from_line(lines[0])


def _from_puttygen(text: str) -> PublicKey:
    """Return the key of a file that holds headers, which may go on in the next line, and then the key."""
    body = text.partition(_PUTTYGEN[0])[2].partition(_PUTTYGEN[1])[0]
    lines = re.sub(r"\\\r?\n", "", body).splitlines()
    blob = "".join(line.strip() for line in lines if ":" not in line)
    try:
        kind = _strings(base64.b64decode(blob, validate=True))[0].decode("ascii")
    except (binascii.Error, ValueError, struct.error):
        raise Refused("The key is damaged: save it again.") from None
    return _checked(PublicKey(kind, blob))


def _from_line(line: str) -> PublicKey:
    words = line.split(None, 2)
    place = _key_at(line.split())
    if place is None:
        if _OTHER_TYPE.fullmatch(words[0]) and len(words) > 1:
            raise Refused(
                f"A key of the type '{clean(words[0])[:40]}' is not taken: make one with ssh-keygen -t ed25519."
            )
        raise Refused("The file does not hold a public key: a line such as 'ssh-ed25519 AAAA... mary@laptop'.")
    if place > 0:
        raise Refused("There are options before the key: only the key is taken, 'type key comment'.")
    return _checked(PublicKey(words[0], words[1], clean(words[2])[:60] if len(words) > 2 else ""))


def _key_at(words: list[str]) -> int | None:
    """Return where in a line a key of a type that is taken begins."""
    return next((place for place, word in enumerate(words[:-1]) if word in _PARTS), None)


def _checked(key: PublicKey) -> PublicKey:
    """Return a key that is what it says.

    Raises:
        Refused: it is damaged, or too weak.
    """
    broken = Refused("The key is damaged: copy the whole line again.")
    try:
        parts = _strings(base64.b64decode(key.text, validate=True))
    except (binascii.Error, ValueError, struct.error):
        raise broken from None
    if parts[0] != key.kind.encode() or len(parts) != _PARTS.get(key.kind) or not all(parts):
        if key.kind not in _PARTS:
            raise Refused("A key of this type is not taken: make one with ssh-keygen -t ed25519.")
        raise broken
    if key.kind.endswith("ed25519") and len(parts[1]) != 32:
        raise broken
    if key.kind == "ssh-rsa" and int.from_bytes(parts[2], "big").bit_length() < SMALLEST_RSA:
        raise Refused(f"An RSA key needs {SMALLEST_RSA} bits or more: make another one with ssh-keygen -t ed25519.")
    return key


def _strings(blob: bytes) -> list[bytes]:
    """Return the strings of a key: each with its length before it, to the very end."""
    found, place = [], 0
    while place < len(blob):
        (size,) = struct.unpack_from(">I", blob, place)
        if place + 4 + size > len(blob):
            raise ValueError("cut short")
        found.append(blob[place + 4 : place + 4 + size])
        place += 4 + size
    if not found:
        raise ValueError("empty")
    return found


# --- lines of authorized_keys ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A line that opens a desk.

    Attributes:
        person: number of the person whose desk it opens, as the forced command says.
        key: the key it is opened with.
        store: folder of the store.
    """

    person: int
    key: PublicKey
    store: str

    def opens(self, store: Path) -> bool:
        """Return whether it is a desk of this store, by whatever way its folder is named."""
        return os.path.realpath(self.store) == os.path.realpath(store)


def written(person: int, key: PublicKey, command: list[str]) -> str:
    """Return the line for a key.

    Args:
        person: whose desk it opens.
        key: the key.
        command: the words that open the desk, as the shell is to read them; the last but two is the store.
    """
    forced = " ".join(command).replace('"', '\\"')
    if not forced.isprintable():
        raise Refused("The folder of the store has a name that cannot stand in a line for SSH.")
    return f'restrict,pty,command="{forced}" {key.kind} {key.text} botui P-{person} {key.comment}'.rstrip()


def parsed(line: bytes) -> KeyLine | None:
    """Return what a line says, or None if it is not one of ours."""
    found = _LINE.fullmatch(line.decode("utf-8", "replace").strip())
    if found is None:
        return None
    try:
        words = shlex.split(found[1].replace('\\"', '"'))
        *_, data, store, group, verb, ref = words
        key = _checked(PublicKey(found[2], found[3], found[4] or ""))
    except (ValueError, Refused):
        return None
    number = re.fullmatch(r"P-(\d{1,9})", ref)
    if (data, group, verb) != ("--data", "ssh", "desk") or number is None:
        return None
    return KeyLine(int(number[1]), key, store)


class AuthorizedKeys:
    """The lines of an ``authorized_keys`` file.

    Args:
        path: the file; it need not be there yet.

    Attributes:
        lines: its lines as they are, without their ends.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        data = self.path.read_bytes() if self.path.exists() else b""
        self.lines = data.split(b"\n")
        if not self.lines[-1]:
            self.lines.pop()

    def ours(self, store: Path) -> list[KeyLine]:
        """Return the lines that open desks of a store."""
        return [one for one in map(parsed, self.lines) if one is not None and one.opens(store)]

    def place(self, key: PublicKey) -> int | None:
        """Return the number of the line in which a key stands, whosever line it is; sshd takes the first."""
        wanted = key.text.encode()
        numbers = (number for number, line in enumerate(self.lines, 1) if wanted in line.split())
        return next((number for number in numbers if not self.lines[number - 1].lstrip().startswith(b"#")), None)

    def add(self, line: str) -> None:
        """Add a line at the end."""
        self.lines.append(line.encode())

    def remove(self, gone: list[KeyLine]) -> None:
        """Take lines away."""
        self.lines = [line for line in self.lines if (one := parsed(line)) is None or one not in gone]

    def write(self) -> None:
        """Put the file in place as a whole; it keeps owner and rights, a new one is this account's alone.

        Raises:
            StoreFull: it cannot be written; it is as it was.
        """
        with disk_errors("the keys are as they were"):
            beside = write_beside(self.path, b"".join(line + b"\n" for line in self.lines))
            if self.path.exists():
                was = self.path.stat()
                os.chmod(beside, stat.S_IMODE(was.st_mode) & ~(stat.S_IWGRP | stat.S_IWOTH))
                os.chown(beside, was.st_uid, was.st_gid)
            replace(beside, self.path)


@contextmanager
def locked(path: Path) -> Iterator[AuthorizedKeys]:
    """Give the lines of a file while nobody else changes it with botui; its folder is made if that alone is missing.

    Raises:
        StoreFull: the folder cannot be made or read.
    """
    with disk_errors("the keys are as they were"):
        folder = path.resolve().parent
        folder.mkdir(mode=0o700, exist_ok=True)
        fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield AuthorizedKeys(path)
    finally:
        os.close(fd)
