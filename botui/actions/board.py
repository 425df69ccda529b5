"""The office board: who is in and who is out, for whom messages wait and parcels lie here, which meetings go on now.

It is the only way in which somebody who has not said who they are learns anything of people, and it gives these few
values alone: no mobile number, no mail, no code, no role.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from botui.data import Desk
from botui.models.base import Where, fold
from botui.models.meetings.clashes import now_on
from botui.models.meetings.times import until_when
from botui.models.office import Context, Presence
from botui.models.tickets.shape import ACTIVE, TicketKind

IN_USE: Final = "in use"
"""What is said of a meeting that is private."""
# the words of the parcel book: its models are loaded only where there are parcels
_HERE: Final[Where] = {"direction": ("in",), "state": ("here",)}
_WAITING: Final[Where] = {
    "kind": (TicketKind.MESSAGE.value,),
    "acknowledged_at": (None,),
    "state": tuple(state.value for state in ACTIVE),
}


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
        parcels: initials and how many parcels are here: not from whom, nor where they lie.
    """

    people: tuple[Phone, ...]
    messages: tuple[tuple[str, int], ...]
    meetings: tuple[Running, ...]
    parcels: tuple[tuple[str, int], ...] = ()


def board(desk: Desk) -> Board:
    """Return what the board says now.

    Raises:
        NotAllowed: this desk may not look at it.
        StoreDamaged: it cannot be told.
    """
    if desk.may("people", "read") is not None:
        desk.require("people", "board")
    ctx = desk.as_system().context()
    found = sorted(_people(desk, ctx), key=lambda one: (fold(one[0].name), one[0].number))
    told = [one for one, tells in found if tells]
    messages = _counted(desk, "tickets", _WAITING, "for_person", told)
    parcels = _counted(desk, "parcels", _HERE, "person", told)
    return Board(tuple(one for one, _ in found), tuple(messages), tuple(_meetings(desk, ctx)), tuple(parcels))


def _people(desk: Desk, ctx: Context) -> Iterator[tuple[Phone, bool]]:
    """Yield who works here, and whether the board may tell that messages wait for them.

    Read from the documents: a model would cost ten times as long, at each change that somebody makes.
    """
    for number in desk.store.index("people").find({"active": (True,)}):
        doc = desk.store.journal.get("people", number)
        # whose record cannot be read is missing here, and botui check says so
        with suppress(KeyError, TypeError, ValueError):
            if doc is not None:
                yield _phone(ctx, number, doc), doc.get("on_board", True)


def _phone(ctx: Context, number: int, doc: Mapping[str, Any]) -> Phone:
    presence, back = Presence(doc.get("presence", Presence.IN)), ""
    if presence is not Presence.IN and doc.get("back_at"):
        back = until_when(ctx, datetime.fromisoformat(doc["back_at"]))
    return Phone(number, doc["name"], doc.get("initials", ""), doc.get("extension", ""), presence, back)


def _counted(
    desk: Desk, collection: str, where: Where, field: str, people: Iterable[Phone]
) -> Iterator[tuple[str, int]]:
    """Yield initials and how many records wait for them, by the field that says for whom one is."""
    if not desk.store.journal.count(collection):
        return
    index = desk.store.index(collection)
    # a live list: it follows each change at the cost of what changed
    waiting = index.listing("board", where).ids()
    counts = Counter(index.value(number, field) for number in waiting)
    for one in people:
        if one.initials and counts[one.number]:
            yield one.initials, counts[one.number]


def _meetings(desk: Desk, ctx: Context) -> Iterator[Running]:
    """Yield what goes on now; of what is private the room alone, for whoever looks: others pass by, too."""
    name = desk.as_system().title
    for one in now_on(ctx):
        if one.place or not one.private:
            what = IN_USE if one.private else one.subject
            yield Running(what, name("places", one.place), until_when(ctx, one.ends))


def on_phone_list(one: Phone, words: Sequence[str]) -> bool:
    """Return whether somebody fits what is typed: each word begins a word of the name, the initials or the number."""
    has = [*fold(one.name).split(), fold(one.initials), fold(one.extension)]
    return all(any(part.startswith(word) for part in has) for word in words)
