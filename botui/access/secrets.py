"""PINs and badges: what proves who somebody is, kept scrambled in ``secrets.json`` and nowhere else.

The file lies in the store's folder (0600, replaced as a whole), is part of every backup and never of the journal. What
is in it can be tried by whoever holds it: 10,000 PINs of four digits take minutes. It stops a look at the glass and a
look into the history, not somebody with the file (``docs/security.md``).
"""

from __future__ import annotations

import hmac
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from hashlib import scrypt, sha256
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import Any, Final, TypeVar, cast

import orjson

from botui.models.base import Refused, clean
from botui.models.errors import StoreDamaged
from botui.storage import write_atomic
from botui.storage.files import disk_errors
from botui.storage.lock import FileLock

T = TypeVar("T")

NAME: Final = "secrets.json"
LENGTHS: Final = (4, 8)
"""Digits of a PIN, least and most (DESIGN section 4)."""
COST: Final = {"n": 2**14, "r": 8, "p": 1}
"""What one try costs: 40 ms and 16 MiB, measured (terminal.md); what is stricter is too much for a small machine."""
_COSTLIEST: Final = 2**17
"""What the numbers of a try, multiplied, may come to: what is more was written by another program."""
_DAMAGED: Final = f"{NAME} cannot be read: put it back from a backup (botui restore)."
_GONE: Final = f"{NAME} is gone: put it back from a backup, or give PINs anew."
"""On one line of 80 cells; ``docs/store.md`` says how."""
_MARK: Final = b"secrets.json was begun. Leave this file where it is.\n"
"""What the file of the lock holds from the first change on: without it nobody may choose a PIN as if for the first
time."""
_PATIENCE: Final = 5.0
"""Seconds a change of the file waits for another."""
_DIGITS: Final = re.compile(r"[0-9]+", re.ASCII)


class Secrets:
    """The PINs and badges of one office.

    Args:
        folder: the store's.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._turn = Lock()
        self._lock_path = folder / f"{NAME}.lock"
        self._lock = FileLock(self._lock_path)
        self._known: tuple[tuple[int, int, int], dict[str, Any]] = ((0, 0, 0), {})

    # --- PINs ---------------------------------------------------------------------------------------------------

    def has_pin(self, person: int) -> bool:
        """Return whether somebody has chosen a PIN."""
        return str(person) in self.read().get("pins", {})

    def fits(self, person: int, pin: str) -> bool:
        """Return whether this is somebody's PIN; takes as long for somebody who has none, or is not there."""
        kept = self.read().get("pins", {}).get(str(person))
        salt, cost = (bytes.fromhex(kept["salt"]), kept) if kept else (b"nobody", COST)
        tried = _scrambled(pin, salt, cost)
        return kept is not None and hmac.compare_digest(tried, str(kept["hash"]))

    def set_pin(self, person: int, pin: str) -> None:
        """Give somebody a new PIN in place of the old one.

        Raises:
            Refused: it is not 4 to 8 digits, or one that everybody tries first.
            StoreError: the file cannot be changed.
        """
        self.share_pin((person,), pin)

    def first_pin(self, person: int, pin: str) -> None:
        """Give somebody their first PIN.

        Raises:
            Refused: it cannot be one, or somebody chose one for them meanwhile, at another terminal.
            StoreError: the file cannot be changed.
        """
        if reason := bad_pin(pin):
            raise Refused(reason, {"pin": reason})
        made = _kept(pin)

        def choose(all_: dict[str, Any]) -> None:
            if all_.setdefault("pins", {}).setdefault(str(person), made) is not made:
                raise Refused("A PIN was chosen for this name just now: was that not you, tell your administrator.")

        self.change(choose)

    def share_pin(self, persons: Iterable[int], pin: str) -> None:
        """Give several people one PIN in place of theirs, at the cost of one: for an office that is a sample.

        Raises:
            Refused: it is not 4 to 8 digits, or one that everybody tries first.
            StoreError: the file cannot be changed.
        """
        if reason := bad_pin(pin):
            raise Refused(reason, {"pin": reason})
        kept = _kept(pin)
        self.change(lambda all_: all_.setdefault("pins", {}).update(dict.fromkeys(map(str, persons), kept)))

    def forget_pin(self, person: int) -> None:
        """Take somebody's PIN away: at the next sign-in they choose a new one."""
        self.change(lambda all_: all_.setdefault("pins", {}).pop(str(person), None))

    # --- badges -------------------------------------------------------------------------------------------------

    def badge_owner(self, code: str) -> int | None:
        """Return whose badge carries this code, or None."""
        kept = self.read()
        found = kept.get("badges", {}).get(_digest(kept, code)) if kept.get("key") and clean(code) else None
        return int(found) if found is not None else None

    def badges(self, person: int) -> int:
        """Return how many badges somebody has."""
        return sum(1 for one in self.read().get("badges", {}).values() if one == person)

    def add_badge(self, person: int, code: str) -> None:
        """Give somebody a badge.

        Raises:
            Refused: the code is too short to be nobody else's by chance, or somebody has it.
            StoreError: the file cannot be changed.
        """
        code = clean(code)
        if not 4 <= len(code) <= 60:
            raise Refused("The code of a badge has 4 to 60 characters.")

        def add(all_: dict[str, Any]) -> None:
            all_.setdefault("key", os.urandom(16).hex())
            owner = all_.setdefault("badges", {}).setdefault(_digest(all_, code), person)
            if owner != person:
                raise Refused("This badge is somebody's already.")

        self.change(add)

    def forget_badges(self, person: int) -> int:
        """Take all badges of somebody away; return how many there were."""

        def forget(all_: dict[str, Any]) -> int:
            before = all_.get("badges", {})
            all_["badges"] = {code: owner for code, owner in before.items() if owner != person}
            return len(before) - len(all_["badges"])

        return self.change(forget)

    def holders(self) -> set[int]:
        """Return who has a PIN or a badge.

        Raises:
            StoreDamaged: the file is not what this program wrote, or it was there and is gone.
        """
        kept = self.read()
        return {*map(int, kept.get("pins", {})), *kept.get("badges", {}).values()}

    # --- the file -----------------------------------------------------------------------------------------------

    def read(self) -> dict[str, Any]:
        """Return all that is kept; not to be changed.

        Raises:
            StoreDamaged: the file is not what this program wrote, or it was there and is gone.
        """
        try:
            stat = self.path.stat()
            key = (stat.st_mtime_ns, stat.st_ino, stat.st_size)
            if key != self._known[0]:
                self._known = (key, self._load())
        except FileNotFoundError:
            self._refuse_gone()
            return {}
        except OSError as error:
            raise StoreDamaged(_DAMAGED) from error
        return self._known[1]

    def _refuse_gone(self) -> None:
        with suppress(FileNotFoundError):
            # looked at twice: the first change names the file before it marks the lock
            if self._lock_path.stat().st_size and not self.path.exists():
                raise StoreDamaged(_GONE)

    def _load(self) -> dict[str, Any]:
        try:
            found = orjson.loads(self.path.read_bytes())
            _require_sound(found)
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, AttributeError, KeyError) as error:
            raise StoreDamaged(_DAMAGED) from error
        return cast("dict[str, Any]", found)

    def change(self, how: Callable[[dict[str, Any]], T]) -> T:
        """Change what is kept, alone, and replace the file.

        Raises:
            StoreError: it cannot be read or written; it is as it was.
        """
        with self._turn, self._alone():
            # not what is at hand: two changes within a tick of the disk's clock look like one
            kept = self._load()
            answer = how(kept)
            write_atomic(self.path, orjson.dumps(kept))
            with suppress(OSError):  # what was to be kept is kept, and the next change marks it
                self._lock.mark(_MARK)
            return answer

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with disk_errors():
            self._lock.acquire(_PATIENCE)
        try:
            yield
        finally:
            self._lock.release()


def _require_sound(kept: Any) -> None:
    """Do nothing if this is what this program writes.

    Raises:
        ValueError, TypeError, AttributeError, KeyError: it is not.
    """
    bytes.fromhex(kept.get("key", ""))
    for person, pin in kept.get("pins", {}).items():
        int(person), bytes.fromhex(pin["salt"]), bytes.fromhex(pin["hash"])
        n, r, p = (int(pin[name]) for name in COST)
        if n < 2 or n & (n - 1) or r < 1 or p < 1 or n * r * p > _COSTLIEST:
            raise ValueError
    for code, owner in kept.get("badges", {}).items():
        bytes.fromhex(code), int(owner)
    for missed in kept.get("misses", {}).values():
        if int(missed["count"]) < 0 or datetime.fromisoformat(missed["until"]).tzinfo is None:
            raise ValueError


def bad_pin(pin: str) -> str:
    """Return why a text cannot be a PIN, in words; empty = it can."""
    low, high = LENGTHS
    if not _DIGITS.fullmatch(pin) or not low <= len(pin) <= high:
        return f"A PIN has {low} to {high} digits."
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if len(steps) == 1 and steps <= {0, 1, 9}:
        return "That is one of the first that anybody tries: choose another."
    return ""


def _kept(pin: str) -> dict[str, Any]:
    salt = os.urandom(16)
    return {"salt": salt.hex(), "hash": _scrambled(pin, salt, COST), **COST}


def _scrambled(pin: str, salt: bytes, cost: dict[str, Any]) -> str:
    return scrypt(
        pin.encode(errors="replace"), salt=salt, n=int(cost["n"]), r=int(cost["r"]), p=int(cost["p"]), dklen=32
    ).hex()


def _digest(kept: dict[str, Any], code: str) -> str:
    return hmac.new(bytes.fromhex(kept["key"]), clean(code).encode(), sha256).hexdigest()
