"""Handing tickets over to a stand-in while somebody is away, and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from botui import areas
from botui.models.base import Change
from botui.models.office import Context
from botui.models.tickets.comments import say, short
from botui.models.tickets.shape import CommentKind, State, Ticket

_STATES: Final = (State.NEW, State.OPEN, State.WAITING)


def hand_over(ctx: Context, person: int, to: int, note: str) -> Change:
    """Give all that somebody has and that is to be done to somebody else, with a line of the desk on each."""
    change = Change("tickets.assign")
    for state in _STATES:
        for ticket in ctx.data.find(Ticket, owner=person, state=state.value):
            change.set(ticket, owner=to)
            say(ctx, change, ticket, CommentKind.SYSTEM, note)
    return change


def take_back(ctx: Context, references: Sequence[str], person: int, stand_in: int) -> Change:
    """Give back what the stand-in still has and is still to be done."""
    change = Change("tickets.assign")
    for reference in references:
        collection, number = areas.parse_ref(reference) or ("", 0)
        ticket = ctx.data.get(Ticket, number) if collection == "tickets" else None
        if ticket is not None and ticket.is_active and ticket.owner == stand_in:
            change.set(ticket, owner=person)
            say(ctx, change, ticket, CommentKind.SYSTEM, f"Taken back by {short(ctx, person)}.")
    return change
