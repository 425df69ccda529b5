"""Signing in: what is asked, in which order, and what comes of the answers; the screens only show it.

Whoever asks learns nothing of who works here: a name that nobody has is asked for a PIN like any other, and the door
has one sentence for whatever did not fit. What was typed or scanned is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Final, Protocol, TypeVar

from botui import areas
from botui.access import LENGTHS, MISSED, LockedOut, bad_pin
from botui.data import Desk
from botui.models.base import NotAllowed, Refused, clean, fold
from botui.models.calendar import day_words
from botui.past import describe
from botui.storage.format import stamp as journal_time

T = TypeVar("T")
D = TypeVar("D", covariant=True)

SHARED_BY: Final = 4
"""People who may share initials or a name and are told apart by their PINs; each that is tried costs 40 ms."""
REMEMBERED: Final = timedelta(days=30)
"""How far back "last here" looks."""
LOOKED_AT: Final = 2_000
"""Changes, of whomever, that it looks at at most: some 50 ms."""


# --- who somebody says they are -------------------------------------------------------------------------------------


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
    return Claim(code, tuple(_working(desk, [owner])), by_badge=True)


def named(desk: Desk, text: str) -> Claim:
    """Return who a typed text may be: by initials or a code, P-number, whole name, or its beginning if no other's."""
    word = clean(text)[:200]
    if not word:
        return Claim(text)
    # Nobody has signed in yet, and so nobody may look: the system does, and tells no one.
    system = desk.as_system()
    found = _working(desk, system.aliases("people", word))
    parsed = areas.parse_ref(word)
    if not found and parsed is not None and parsed[0] == "people":
        found = _working(desk, [parsed[1]])
    if not found:
        index, wanted = desk.store.index("people"), fold(word)
        names = {one: fold(str(index.value(one, "name") or "")) for one in index.named("name", wanted)}
        found = _working(desk, [one for one, name in names.items() if name.startswith(wanted)])
        if len(found) > 1 and any(names[one] != wanted for one in found):
            found = []
    return Claim(text, tuple(found) if len(found) <= SHARED_BY else ())


def _working(desk: Desk, numbers: list[int]) -> list[int]:
    docs = ((one, desk.store.journal.get("people", one)) for one in numbers)
    return [one for one, doc in docs if doc is not None and doc.get("active", True)]


# --- questions and answers --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Question:
    """One question, on one line.

    Attributes:
        label: what is asked for.
        secret: what is typed is shown as dots.
        hint: a sentence on how to answer.
    """

    label: str
    secret: bool = False
    hint: str = ""


NAME: Final = Question("Who are you", hint="Scan your badge, or type your initials or name.")
PIN: Final = Question("PIN", True, "The first time choose one: 4 to 8 digits.")
OWN_PIN: Final = Question("PIN", True)
OLD: Final = Question("PIN until now", True)
NEW: Final = Question("New PIN", True, "4 to 8 digits.")
AGAIN: Final = Question("PIN once more", True, "So that no slip becomes your PIN.")


class Asking(Protocol[D]):
    """Questions that lead to something, one after the other; answers may take time and change the store."""

    @property
    def question(self) -> Question:
        """What is asked now."""
        ...

    def answer(self, text: str) -> D | None:
        """Take an answer; returns what came of it in the end, None = the next question.

        Raises:
            BotuiError: it will not do; the question stays, or another is asked.
        """
        ...

    def scan(self, code: str) -> D | None:
        """Take what was scanned as the answer."""
        ...

    def back(self) -> bool:
        """Go one question back; False = there is none before."""
        ...


class _Chosen:
    """A PIN that is being chosen: typed twice."""

    def __init__(self) -> None:
        self._first = ""

    @property
    def begun(self) -> bool:
        return bool(self._first)

    @property
    def question(self) -> Question:
        return AGAIN if self._first else NEW

    def take(self, pin: str) -> bool:
        """Return whether it was typed twice alike.

        Raises:
            Refused: it cannot be one, or the two were not the same.
        """
        if not self._first:
            if reason := bad_pin(pin):
                raise Refused(reason)
            self._first = pin
            return False
        first, self._first = self._first, ""
        if pin != first:
            raise Refused("These were two different PINs: choose one anew.")
        return True

    def forget(self) -> None:
        self._first = ""


class SignIn:
    """Who somebody is, proved by their PIN; who has none yet chooses it.

    Args:
        desk: any desk at this terminal; nothing is done in the name of whose it is.
        badge_alone: whether a badge may be enough, where the office says so.
    """

    def __init__(self, desk: Desk, *, badge_alone: bool = True) -> None:
        self._desk = desk.for_person(None)
        self._badge_alone = badge_alone
        self._claim: Claim | None = None
        self._chosen = _Chosen()

    @property
    def question(self) -> Question:
        """The name, the PIN, or once more the PIN that is chosen now."""
        if self._chosen.begun:
            return AGAIN
        return NAME if self._claim is None else PIN

    def scan(self, code: str) -> Desk | None:
        """Begin anew with a badge; where it is enough, it signs in.

        Raises:
            NotAllowed: it is nobody's, where a badge alone would be enough; or it is a PIN that does not fit.
        """
        claim = scanned(self._desk, code)
        if self._claim is not None and not _new_here(self._desk, self._claim) and _may_be_pin(claim):
            return self.answer(code)
        self._chosen.forget()
        self._claim = claim
        if not self._badge_alone or self._desk.settings.badge_only is None or (claim.persons and not claim.by_badge):
            return None
        self._claim = None
        if not claim.persons:
            _missed(self._desk, lambda: _no_badge(self._desk, claim))
        return self._desk.for_person(claim.persons[0], by_badge=True)

    def answer(self, text: str) -> Desk | None:
        """Take the name, then the PIN.

        Raises:
            NotAllowed: it did not fit.
            Refused: it is no PIN.
            StoreError: the PINs cannot be read or written.
        """
        claim = self._claim
        if claim is None:
            self._claim = named(self._desk, text) if clean(text) else None
            return None
        if self._chosen.begun or _new_here(self._desk, claim):
            return self._choose(claim.persons[0], text)
        if not (text.isdecimal() and LENGTHS[0] <= len(text) <= LENGTHS[1]):
            raise Refused("A PIN has 4 to 8 digits.")
        try:
            person = _missed(self._desk, lambda: self._desk.door.check(claim.text, claim.persons, text))
        except LockedOut:
            self._claim = None
            raise
        return self._desk.for_person(person, confirmed=True)

    def _choose(self, person: int, text: str) -> Desk | None:
        if not self._chosen.take(text):
            return None
        self._desk.secrets.first_pin(person, text)
        desk = self._desk.for_person(person, confirmed=True)
        desk.log("desk.pin", "first", ("people", person))
        return desk

    def back(self) -> bool:
        """Ask for the name again."""
        before = self._claim is not None
        self._chosen.forget()
        self._claim = None
        return before


def _new_here(desk: Desk, claim: Claim) -> bool:
    return len(claim.persons) == 1 and not desk.secrets.has_pin(claim.persons[0])


def _may_be_pin(claim: Claim) -> bool:
    """Return whether what came as a scan may be a PIN: a machine that stalls hands over all its keys at once.

    Badges and codes of people are none. Never where a PIN is chosen: nobody's PIN is to be the code of a card.
    """
    known = claim.persons or claim.by_badge
    return not known and claim.text.isdecimal() and LENGTHS[0] <= len(claim.text) <= LENGTHS[1]


def _no_badge(desk: Desk, claim: Claim) -> None:
    desk.door.miss(claim.text)
    raise NotAllowed(MISSED)


def _missed(desk: Desk, check: Callable[[], T]) -> T:
    """Do what the door checks; a miss is a line of the journal, without what was typed."""
    try:
        return check()
    except NotAllowed as error:
        desk.log("desk.miss", "locked" if isinstance(error, LockedOut) else "")
        raise


class Confirm:
    """The PIN of whoever is signed in, once more; who has none yet chooses it.

    Args:
        desk: whose; ``confirmed`` is set in it.
        change: a new PIN is chosen then.
    """

    def __init__(self, desk: Desk, *, change: bool = False) -> None:
        self._desk = desk
        self._change = change
        self._new = _Chosen()
        self._first = not desk.secrets.has_pin(desk.person or 0)
        self._proved = self._first or (change and desk.just_confirmed)

    @property
    def question(self) -> Question:
        """The PIN there is, then the new one twice."""
        if self._proved:
            return self._new.question
        return OLD if self._change else OWN_PIN

    def answer(self, text: str) -> str | None:
        """Take a PIN, and return at last what was done, in a sentence.

        Raises:
            NotAllowed: it does not fit.
            Refused: it cannot be the new one.
            StoreError: the PINs cannot be read or written.
        """
        if not self._proved:
            _missed(self._desk, lambda: self._desk.confirm(text))
            self._proved = True
            return None if self._change else "Confirmed."
        person = self._desk.person or 0
        if not self._new.begun and self._change and self._desk.secrets.fits(person, text):
            raise Refused("That is the PIN you have: choose another.")
        if not self._new.take(text):
            return None
        if self._first:
            self._desk.secrets.first_pin(person, text)
        else:
            self._desk.secrets.set_pin(person, text)
        self._desk.log("desk.pin", "first" if self._first else "", ("people", person))
        self._desk.confirm(text)
        return "Your PIN is changed." if self._change else "Your PIN is set."

    def scan(self, code: str) -> str | None:
        """Refuse a scan: a badge is no PIN.

        Raises:
            Refused: always, unless it is a PIN that was typed.
        """
        if not self._proved and _may_be_pin(scanned(self._desk, code)):
            return self.answer(code)
        raise Refused("Type the PIN, please: a badge is not enough here.")

    def back(self) -> bool:
        """Say that there is nothing before."""
        return False


# --- what is said then ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Last:
    """What somebody did last, so that they see whether it was them: a sentence, and the change's digest."""

    said: str
    digest: str


def last_here(desk: Desk) -> Last | None:
    """Return what this person did last, where and when; None = nothing of late.

    Raises:
        StoreDamaged: the journal cannot be read.
    """
    since = journal_time(desk.clock() - REMEMBERED)
    for entry in islice(desk.store.journal.recent(since), LOOKED_AT):
        header = entry.header
        if header.get("by") == desk.person and entry.ops:
            local, today = desk.settings.local(datetime.fromisoformat(header["at"])), desk.typing().now.date()
            where = "here" if header.get("on") == desk.terminal else f"at {clean(str(header.get('on') or 'a command'))}"
            said = f"Last {where} {day_words(local.date(), today)} {local:%H:%M}: {describe(entry)}."
            return Last(said, entry.digest)
    return None


def not_me(desk: Desk, last: Last) -> None:
    """Write down that somebody else did this in this person's name."""
    desk.log("desk.not_me", last.digest, ("people", desk.person or 0))


def turned_out(desk: Desk) -> str:
    """Return why a desk must be left now by who is at it, in a sentence; empty = it need not.

    They left the office meanwhile, or signed out everywhere.
    """
    if desk.person is None:
        return ""
    doc = desk.store.journal.get("people", desk.person)
    if doc is None or not doc.get("active", True):
        return "You are signed out: your record says that you do not work here."
    left = doc.get("signed_out_at")
    # moments are kept to the second
    if left and datetime.fromisoformat(left) >= desk.began.replace(microsecond=0):
        return "You are signed out at every desk."
    return ""
