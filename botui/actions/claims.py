"""Who somebody says they are, by badge, initials or name: a claim that the PIN has still to prove."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from botui import areas
from botui.data import Desk
from botui.models.base import clean, fold

SHARED_BY: Final = 4
"""People who may share initials or a name and are told apart by their PINs; each that is tried costs 40 ms."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Who somebody says they are.

    Attributes:
        text: what was typed or scanned.
        persons: those it may be, all of them working here; empty = a name that nobody has.
        by_badge: it is the code of a badge.
    """

    text: str = field(repr=False)
    persons: tuple[int, ...] = ()
    by_badge: bool = False


def scanned(desk: Desk, code: str) -> Claim:
    """Return whose badge a scanned code is; a code that only names somebody is as good as their name."""
    owner = desk.secrets.badge_owner(code)
    if owner is None:
        return named(desk, code)
    return Claim(code, tuple(working(desk, [owner])), by_badge=True)


def named(desk: Desk, text: str) -> Claim:
    """Return who a typed text may be: by initials or a code, P-number, whole name, or its beginning if no other's."""
    word = clean(text)[:200]
    if not word:
        return Claim(text)
    # Nobody has signed in yet, and so nobody may look: the system does, and tells no one.
    system = desk.as_system()
    found = working(desk, system.aliases("people", word))
    parsed = areas.parse_ref(word)
    if not found and parsed is not None and parsed[0] == "people":
        found = working(desk, [parsed[1]])
    if not found:
        index, wanted = desk.store.index("people"), fold(word)
        names = {one: fold(str(index.value(one, "name") or "")) for one in index.named("name", wanted)}
        found = working(desk, [one for one, name in names.items() if name.startswith(wanted)])
        if len(found) > 1 and any(names[one] != wanted for one in found):
            found = []
    return Claim(text, tuple(found) if len(found) <= SHARED_BY else ())


def working(desk: Desk, numbers: list[int]) -> list[int]:
    """Return those of these people who work here."""
    docs = ((one, desk.store.journal.get("people", one)) for one in numbers)
    return [one for one, doc in docs if doc is not None and doc.get("active", True)]
