"""The doors of whoever has not said who they are: each asks whether a guest may, whatever the screen offers.

Nothing here tells who works here or which numbers there are, beyond what the board tells everybody, and what the thing
is called whose label somebody has in front of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from botui import areas
from botui.access import Door
from botui.data import Desk, Done
from botui.models.base import Change, NotAllowed, Refused, clean
from botui.models.equipment import guests as things
from botui.models.equipment.fault import Fault
from botui.models.equipment.guests import Report
from botui.models.office import Context
from botui.models.shape import build
from botui.models.tickets import Ticket, guests
from botui.models.tickets.guests import (
    ACTION,
    MISSED,
    TOO_MANY,
    UNSEEN_MAX,
    UNSEEN_WITHIN,
    Message,
    Question,
)
from botui.storage.format import stamp as journal_time

TOLD: Final = "desk.told"
"""What it is called in the journal that a guest was told what a thing is called."""
TOLD_MAX: Final = 12
"""Things of which guests at one terminal are told that within ``UNSEEN_WITHIN``, at most."""
NOT_TOLD: Final = "Many were asked for here just now: what it is called is not said. It can be reported all the same."


@dataclass(frozen=True, slots=True)
class Thing:
    """What a guest is told of the thing whose label they have in front of them.

    Attributes:
        number: what stands on the label.
        lines: its name, whether it is reported already and what to use instead.
    """

    number: str
    lines: tuple[str, ...]

    @property
    def said(self) -> str:
        """All lines as sentences."""
        name, *rest = self.lines
        return " ".join((f"{name}." if rest else name, *rest))


def thing(desk: Desk, code: str) -> Thing | None:
    """Return what a guest is told of the thing that a typed or scanned code is of; None = of none, or of several.

    Raises:
        NotAllowed: this desk may not report one.
    """
    desk.require(Fault.COLLECTION, "report")
    # nobody has signed in, and so nobody may look: the system does, and tells no more than this
    ctx = desk.as_system().context()
    found = things.thing_of(ctx, code)
    if found is None:
        return None
    if not _is_told(desk, found.ref):
        return Thing(clean(code), (NOT_TOLD,))
    return Thing(found.tag or found.ref, tuple(things.told(ctx, found)))


def _is_told(desk: Desk, ref: str) -> bool:
    """Return whether a guest is still told about a thing here, and write down that they are, each thing once.

    Whoever tries one number after the other learns what a few things are called, not what the office owns.
    """
    since, mine = journal_time(desk.clock() - UNSEEN_WITHIN), {"do": TOLD, "on": desk.terminal}
    lines = (entry.header for entry in desk.store.journal.recent(since))
    told = {line.get("note") for line in lines if mine.items() <= line.items()}
    if ref not in told and len(told) < TOLD_MAX:
        desk.log(TOLD, ref)
    return ref in told or len(told) < TOLD_MAX


def report(desk: Desk, values: Mapping[str, Any]) -> Done:
    """File what is wrong or broken, in nobody's name; what is known already is joined.

    Raises:
        Refused: the values are none of a ``Report``, no thing has the number, or too many are unseen.
        NotAllowed: this desk may not.
    """
    said = build(Report, values)
    desk.require(Fault.COLLECTION, "report")
    return _file(desk, lambda ctx: things.report(ctx, said))


def leave_message(desk: Desk, person: int, values: Mapping[str, Any]) -> Done:
    """Leave a message for somebody of the phone list.

    Raises:
        Refused: the values are none of a ``Message``, nobody of that number works here, or too many are unseen.
        NotAllowed: this desk may not.
    """
    said = build(Message, values)
    desk.require("people", "board")
    return _file(desk, lambda ctx: guests.leave_message(ctx, person, said))


def _file(desk: Desk, rule: Callable[[Context], Change]) -> Done:
    desk.require("tickets", "report")

    def decide(ctx: Context) -> Change:
        # counted under the lock: two forms that are sent at once are two
        if _unseen_here(desk, ctx) >= UNSEEN_MAX:
            raise Refused(TOO_MANY)
        return rule(ctx)

    done = desk.apply(decide)
    assert done is not None
    return done


def _unseen_here(desk: Desk, ctx: Context) -> int:
    """Return how many guests' tickets of this terminal nobody has looked at, of the last minutes."""
    since = journal_time(ctx.now - UNSEEN_WITHIN)
    mine = {"do": ACTION, "on": desk.terminal}
    filed = [
        op.id
        for entry in desk.store.journal.recent(since)
        if mine.items() <= entry.header.items()
        for op in entry.ops
        if op.table == Ticket.COLLECTION and op.id is not None
    ]
    found = (ctx.data.get(Ticket, number) for number in filed)
    return sum(1 for one in found if one is not None and (guests.unseen(one) or _joined(ctx, one)))


def _joined(ctx: Context, ticket: Ticket) -> bool:
    """Return whether a ticket joined a fault that was looked at already, which says nothing of this report."""
    fault = ctx.data.get(Fault, ticket.fault) if ticket.fault and ticket.is_active else None
    looked_at = fault.looked_at if fault is not None else None
    return looked_at is not None and ticket.created_at is not None and looked_at < ticket.created_at


def where_is(desk: Desk, values: Mapping[str, Any]) -> Done:
    """Return in words where a ticket stands, for whoever knows its number and the initials of who asked for it.

    A miss says the same whether the number is nobody's or somebody else's. It is counted at a door of its own, by the
    sign-in's rule: four for one number lock that number at this terminal for two minutes, then twice as long; twenty
    lock them all. What fits takes no miss away, else one's own ticket would buy guesses at others'.

    Raises:
        Refused: the values are none of a ``Question``.
        NotAllowed: it does not fit, or this desk may not.
        LockedOut: there were too many misses.
    """
    desk.require("tickets", "look_up")
    asked = build(Question, values)
    name, number = Ticket.COLLECTION, _number(asked.number)
    door = Door(desk.secrets, f"{desk.terminal}\n{name}", desk.clock)
    # where sign-in counts for people, this door counts for tickets, there or not
    door.refuse_locked(name, (number,))
    # nobody has signed in, and so nobody may look: the system does, and tells no more than this
    ctx = desk.as_system().context()
    ticket = ctx.data.get(Ticket, number)
    if ticket is None or not guests.is_asked_by(ctx, ticket, asked.who):
        door.miss(name, (number,))
        desk.log("desk.miss", "look up")
        raise NotAllowed(MISSED)
    return Done(guests.standing(ctx, ticket), (), "")


def _number(text: str) -> int:
    """Return the number of the ticket that a text names, with its prefix or without; 0 = none."""
    prefix = areas.collection(Ticket.COLLECTION).prefix
    found = areas.parse_ref(text) or areas.parse_ref(f"{prefix}-{text.strip()}")
    return found[1] if found and found[0] == Ticket.COLLECTION else 0
