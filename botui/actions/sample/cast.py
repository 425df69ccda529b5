"""Who plays in each ticket: who asks, who works on it, what it is about, in the words of its story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Final

from botui import areas
from botui.actions.sample import phrases, words
from botui.actions.sample.life import Matter
from botui.actions.sample.lists import Office, clerks
from botui.models.office import Party, PartyKind, Person
from botui.models.tickets import State, TicketKind
from botui.models.tickets.calls import Becomes

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_ADMINISTRATOR: Final = 0.2
"""How much of everything the administrator has on top of her own department's."""


@dataclass(slots=True)
class Scene:
    """One ticket with all who play in it.

    Attributes:
        number: of the ticket.
        owner: who works on it, whether or not they have it.
        requester, party: who asks; one of them is there.
        filler: what the names in the words of its story stand for.
        about, text: what a call is about, and what was said; empty where there was none.
    """

    matter: Matter
    number: int
    owner: Person
    requester: Person | None
    party: Party | None
    filler: dict[str, str]
    about: str = ""
    text: str = ""

    @property
    def ref(self) -> str:
        """The reference of the ticket."""
        return areas.ref("tickets", self.number)

    def caller(self) -> tuple[str, str]:
        """Return name and number of whoever rings about it."""
        if self.party is not None:
            contact = self.party.contacts.partition("\n")[0].split(", ")
            return contact[0] or self.party.name, contact[-1] if len(contact) > 1 else self.party.phone
        assert self.requester is not None
        return self.requester.name, self.requester.extension or self.requester.mobile

    def who(self) -> str:
        """Return whoever rings about it as a ticket says it: the name, and the firm."""
        name, _ = self.caller()
        return f"{name} ({self.party.name})"[:80] if self.party else name


class Cast:
    """Picks who plays in the tickets of an office.

    Args:
        office: its lists.
        first: the number of the first ticket; the plans are numbered from 1.
    """

    def __init__(self, office: Office, first: int) -> None:
        self.office = office
        self.rng: Random = office.rng
        self.people = [one for one in office.people if one.active]
        self.parties = [one for one in office.parties if one.active]
        self.administrator = office.administrator()
        self._before = first - 1
        self._desks: dict[int | None, list[Person]] = {}
        self._firms: dict[str, list[Party]] = {}

    def at(self, second: int) -> datetime:
        """Return the moment of a second of office time."""
        return self.office.time.at(second)

    def number(self, matter: Matter) -> int:
        """Return the number that the ticket of a plan has."""
        return self._before + matter.number

    def ref(self, matter: Matter) -> str:
        """Return the reference that the ticket of a plan has."""
        return areas.ref("tickets", self.number(matter))

    def clerk(self, department: int | None = None) -> Person:
        """Return who works on something: mostly somebody of the department, now and then the administrator."""
        if department not in self._desks:
            self._desks[department] = clerks(self.office, department)
        desk = self._desks[department]
        if self.administrator is not None and (not desk or self.rng.random() < _ADMINISTRATOR):
            return self.administrator
        return self.rng.choice(desk)

    def scene(self, matter: Matter) -> Scene:
        """Return who plays in a ticket."""
        requester, party = self._asks(matter)
        owner = self.clerk(matter.topic.department if matter.topic else None)
        message = matter.kind is TicketKind.MESSAGE
        if message and matter.state is State.NEW and self.administrator and self.rng.random() < 0.5:
            owner = self.administrator
        scene = Scene(matter, self.number(matter), owner, requester, party, self._filler(matter))
        if message:
            scene.about, scene.text = (one.format_map(scene.filler) for one in self.rng.choice(phrases.MESSAGES))
        elif matter.call is Becomes.NOTE:
            scene.text = self.rng.choice(phrases.QUESTIONS)
        return scene

    def _asks(self, matter: Matter) -> tuple[Person | None, Party | None]:
        message = matter.kind is TicketKind.MESSAGE
        outside = message or (matter.story is not None and matter.story.outside)
        if outside and self.parties and (not message or self.rng.random() < 0.7):
            return None, self.rng.choice(self.parties)
        if matter.plan is not None and self.administrator is not None:
            return self.administrator, None
        return self.rng.choice(self.people), None

    def _filler(self, matter: Matter) -> dict[str, str]:
        firms = self._suppliers(matter.topic.name if matter.topic else "")
        return {
            "place": matter.place.name if matter.place else "the office",
            "colleague": self.rng.choice(self.people).name,
            "party": self.rng.choice(firms).name if firms else "the supplier",
            "number": str(self.rng.randrange(1000, 10_000)),
            "few": str(self.rng.randrange(3, 13)),
            "day": self.rng.choice(_DAYS),
        }

    def _suppliers(self, topic: str) -> list[Party]:
        """Return the firms that have to do with a topic: those of the trades, else all who supply, else all."""
        if topic not in self._firms:
            trades = words.TRADES_OF.get(topic, ())
            fit = [one for one in self.parties if any(trade in one.name for trade in trades)]
            supply = [one for one in self.parties if one.kind in (PartyKind.SUPPLIER, PartyKind.BOTH)]
            self._firms[topic] = fit or supply or self.parties
        return self._firms[topic]
