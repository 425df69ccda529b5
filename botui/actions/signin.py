"""Signing in: what is asked, in which order, and what comes of the answers; the screens only show it.

Whoever asks learns nothing of who works here: a name that nobody has is asked for a PIN like any other, and the door
has one sentence for whatever did not fit. What was typed or scanned is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from botui.access import LENGTHS, MISSED, LockedOut, bad_pin
from botui.actions.basket import NO_BADGE, items_of, why_no_badge
from botui.actions.claims import Claim, named, scanned
from botui.actions.ticking import HAS_PIN, tick
from botui.data import Desk
from botui.models.base import NotAllowed, Refused, clean

T = TypeVar("T")
D = TypeVar("D", covariant=True)


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
PIN_OR_SCAN: Final = Question(
    "PIN", True, "Or scan what you take, then your badge again. No PIN yet? Choose 4 to 8 digits."
)
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
        takes: whether what is scanned after a badge is taken in its owner's name, without a PIN.

    Attributes:
        took: the item that was scanned after a badge: the desk that was answered is for taking it, and for no more.
    """

    def __init__(self, desk: Desk, *, badge_alone: bool = True, takes: bool = False) -> None:
        self._desk = desk.for_person(None)
        self._badge_alone = badge_alone
        self._takes = takes
        self._by_scan = False
        self._claim: Claim | None = None
        self._chosen = _Chosen()
        self.took = ""

    @property
    def question(self) -> Question:
        """The name, the PIN, or once more the PIN that is chosen now."""
        if self._chosen.begun:
            return AGAIN
        if self._claim is None:
            return NAME
        return PIN_OR_SCAN if self._by_scan and self._desk.settings.take_by_badge else PIN

    def scan(self, code: str) -> Desk | None:
        """Begin anew with a badge; where it is enough, it signs in.

        Raises:
            NotAllowed: it is nobody's, where a badge alone would be enough; or it is a PIN that does not fit.
        """
        if self._by_scan and self._claim is not None and items_of(self._desk, code):
            return self._take(self._claim, code)
        claim = scanned(self._desk, code)
        if self._claim is not None and not _new_here(self._desk, self._claim) and _may_be_pin(claim):
            return self.answer(code)
        self._chosen.forget()
        self._claim, self._by_scan = claim, self._takes
        if not self._badge_alone or self._desk.settings.badge_only is None or (claim.persons and not claim.by_badge):
            return None
        self._claim = None
        if not claim.persons:
            _missed(self._desk, lambda: _no_badge(self._desk, claim))
        return self._desk.for_person(claim.persons[0], by_badge=True)

    def _take(self, claim: Claim, code: str) -> Desk:
        """Let whose badge was scanned take an item; a badge that does not fit is a miss like any other.

        Raises:
            NotAllowed: it was no badge, or its owner may not take anything without a PIN.
        """
        if items_of(self._desk, claim.text):
            raise NotAllowed(NO_BADGE)
        if not claim.by_badge or not claim.persons:
            _missed(self._desk, lambda: _no_badge(self._desk, claim))
        desk = self._desk.for_person(claim.persons[0], by_badge=True)
        _missed(self._desk, lambda: self._desk.door.refuse_locked(claim.text, claim.persons))
        if reason := why_no_badge(desk):
            raise NotAllowed(reason)
        self.took = code
        return desk

    def answer(self, text: str) -> Desk | None:
        """Take the name, then the PIN.

        Raises:
            NotAllowed: it did not fit.
            Refused: it is no PIN.
            StoreError: the PINs cannot be read or written.
        """
        claim = self._claim
        if claim is None:
            self._claim, self._by_scan = (named(self._desk, text) if clean(text) else None), False
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
        tick(desk, person, HAS_PIN)
        return desk

    def back(self) -> bool:
        """Ask for the name again."""
        before = self._claim is not None
        self._chosen.forget()
        self._claim, self._by_scan = None, False
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
        tick(self._desk, person, HAS_PIN)
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
