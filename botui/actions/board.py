"""The office board: who is in and who is out, for whom messages wait, which meetings go on now.

It is the only way in which somebody who has not said who they are learns anything of people, and it gives these few
values alone: no mobile number, no mail, no code, no role.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from botui.data import Desk
from botui.models.base import StoreDamaged, fold
from botui.models.meetings.clashes import now_on
from botui.models.meetings.times import until_when
from botui.models.office import Context, Person, Presence
from botui.models.tickets.shape import ACTIVE, TicketKind

IN_USE: Final = "in use"
"""What is said of a meeting that is private."""


@dataclass(frozen=True, slots=True)
class Phone:
    """Somebody on the phone list.

    Attributes:
        back: when they are back, in words; empty = not said, or in.
    """

    number: int
    name: str
    initials: str
    extension: str
    presence: Presence
    back: str


@dataclass(frozen=True, slots=True)
class Running:
    """A meeting that goes on now: what it is, or that the room is in use; where, and until when in words."""

    what: str
    room: str
    until: str


@dataclass(frozen=True, slots=True)
class Board:
    """What the board says.

    Attributes:
        people: all who work here, by name.
        messages: initials and how many messages wait, of those who are not against it.
        meetings: what goes on now, the one that ends first first.
    """

    people: tuple[Phone, ...]
    messages: tuple[tuple[str, int], ...]
    meetings: tuple[Running, ...]


def board(desk: Desk) -> Board:
    """Return what the board says now.

    Raises:
        NotAllowed: this desk may not look at it.
        StoreDamaged: it cannot be told.
    """
    if desk.may("people", "read") is not None:
        desk.require("people", "board")
    system = desk.as_system()
    ctx = system.context()
    people = sorted(_people(system), key=lambda one: (fold(one.name), one.id))
    return Board(
        tuple(_phone(ctx, one) for one in people),
        tuple(_messages(system, people)),
        tuple(_meetings(desk, ctx)),
    )


def _people(system: Desk) -> Iterator[Person]:
    for number in system.ids("people", {"active": (True,)}):
        # whose record cannot be read is missing here, and botui check says so
        with suppress(StoreDamaged):
            person = system.peek("people", number)
            if person is not None:
                yield person


def _phone(ctx: Context, one: Person) -> Phone:
    back = until_when(ctx, one.back_at) if one.back_at and one.presence is not Presence.IN else ""
    return Phone(one.id, one.name, one.initials, one.extension, one.presence, back)


def _messages(system: Desk, people: Sequence[Person]) -> Iterator[tuple[str, int]]:
    index = system.store.index("tickets")
    waiting = {"kind": (TicketKind.MESSAGE.value,), "acknowledged_at": (None,), "state": tuple(ACTIVE)}
    counts = Counter(index.value(number, "for_person") for number in index.find(waiting))
    for one in people:
        if one.on_board and one.initials and counts[one.id]:
            yield one.initials, counts[one.id]


def _meetings(desk: Desk, ctx: Context) -> Iterator[Running]:
    system = desk.as_system()
    for one in now_on(ctx):
        hidden = one.private and not desk.sees("meetings", one.id)
        if one.place or not hidden:
            what = IN_USE if hidden else one.subject
            yield Running(what, system.title("places", one.place), until_when(ctx, one.ends))


def on_phone_list(one: Phone, words: Sequence[str]) -> bool:
    """Return whether somebody fits what is typed: each word begins a word of the name, the initials or the number."""
    has = [*fold(one.name).split(), fold(one.initials), fold(one.extension)]
    return all(any(part.startswith(word) for part in has) for word in words)
