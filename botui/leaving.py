"""What opens the desk for somebody who does not work here any more: taken away as soon as the store says so.

PINs, badges and lines for SSH keys lie outside the journal, so that no change can hold them; the change that lets
somebody go is followed by this. Should the machine stop in between, the door is shut all the same: whoever is not in
the directory as working here is let in by none of them; and what is left of them is taken away by the clock.
"""

from __future__ import annotations

import os
import pwd
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from botui.access.ssh_keys import AuthorizedKeys, KeyLine, locked
from botui.models.base import plural
from botui.models.errors import StoreError
from botui.storage import Entry
from botui.store import Store

HOME: Final = Path(".ssh", "authorized_keys")
"""Where sshd looks for the keys of an account, in its home."""


@dataclass(frozen=True, slots=True)
class Doors:
    """What opens the desk for somebody.

    Attributes:
        pin: whether they have a PIN.
        badges: how many badges they have.
        keys: how many SSH keys open their desk, in the file of the account that owns the store.
    """

    pin: bool
    badges: int
    keys: int

    @property
    def words(self) -> str:
        """What it is, as a sentence says it: ``PIN, 1 badge, 2 SSH keys``; empty = nothing."""
        parts = (
            "PIN" if self.pin else "",
            plural(self.badges, "badge") if self.badges else "",
            plural(self.keys, "SSH key") if self.keys else "",
        )
        return ", ".join(part for part in parts if part)


def who_left(entry: Entry) -> Iterator[int]:
    """Yield who works here no more since a change."""
    for op in entry.ops:
        left = op.table == "people" and op.doc is not None and op.doc.get("active") is False
        if left and op.id is not None and (op.was or {}).get("active") is True:
            yield op.id


def doors_of(store: Store, person: int) -> Doors:
    """Return what opens the desk for somebody now.

    Raises:
        StoreDamaged: the file of PINs and badges cannot be read.
    """
    return Doors(store.secrets.has_pin(person), store.secrets.badges(person), len(_lines(store, person)))


def left_open(store: Store) -> list[int]:
    """Return who does not work here any more and still has something that would open the desk.

    Raises:
        StoreDamaged: the directory, or the file of PINs and badges, cannot be read.
    """
    kept = store.secrets.holders() | {one.person for one in _all_lines(store)}
    return sorted(kept.intersection(store.index("people").find({"active": (False,)}))) if kept else []


def shut(store: Store, person: int) -> Doors:
    """Take away all that opens the desk for somebody and return what it was; what cannot be written stays.

    A line for an SSH key that an administrator keeps in another file opens nothing either, and stays there.
    """
    pin, badges, keys = False, 0, 0
    with suppress(StoreError):
        if store.secrets.has_pin(person):
            store.secrets.forget_pin(person)
            pin = True
        badges = store.secrets.badges(person) and store.secrets.forget_badges(person)
    with suppress(StoreError, OSError):
        if _lines(store, person):
            keys = _remove_lines(store, person)
    return Doors(pin, badges, keys)


def _folder(store: Store) -> Path:
    return store.journal.path.parent.absolute()


def _file(store: Store) -> Path | None:
    """Return where sshd looks for the keys of the account that owns the store; None = that is not this account."""
    with suppress(OSError, KeyError):
        owner = _folder(store).stat().st_uid
        if owner == os.getuid():
            return Path(pwd.getpwuid(owner).pw_dir) / HOME
    return None


def _lines(store: Store, person: int) -> list[KeyLine]:
    return [one for one in _all_lines(store) if one.person == person]


def _all_lines(store: Store) -> list[KeyLine]:
    path = _file(store)
    with suppress(OSError):
        if path is not None and path.exists():
            return AuthorizedKeys(path).ours(_folder(store))
    return []


def _remove_lines(store: Store, person: int) -> int:
    path = _file(store)
    if path is None:
        return 0
    with locked(path) as keys:
        gone = [one for one in keys.ours(_folder(store)) if one.person == person]
        if gone:
            keys.remove(gone)
            keys.write()
    return len(gone)
