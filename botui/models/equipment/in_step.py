"""A fault and its tickets are kept in step: what is done with the one is done with the others, in the same change.

Each who reported a fault has a ticket of their own. While the fault is open its tickets that are not over stand as it
does: who has it, whether it waits and until when. What ends the fault ends them, with what was found out; what opens
it again opens those that ended with it. A ticket may be over before its fault: whoever asked is content, it was
rejected, or merged into another. And it may wait for the one who asked, or for a day, on its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from botui.models.base import Change
from botui.models.equipment.fault import Fault, State, WaitFor
from botui.models.office import Context
from botui.models.tickets import Ticket
from botui.models.tickets.comments import say
from botui.models.tickets.deadlines import started
from botui.models.tickets.lifecycle import answered, awake
from botui.models.tickets.shape import CommentKind
from botui.models.tickets.shape import State as TicketState
from botui.models.tickets.shape import WaitFor as TicketWait

WAITS: Final = {
    WaitFor.PART: TicketWait.PART,
    WaitFor.QUOTE: TicketWait.VENDOR,
    WaitFor.VENDOR: TicketWait.VENDOR,
}
"""What a ticket waits for while its fault waits."""
OWN_WAITS: Final = frozenset({TicketWait.REQUESTER, TicketWait.DATE})
"""What a ticket waits for on its own, whatever its fault does."""
DONE: Final = frozenset({TicketState.RESOLVED, TicketState.CLOSED})
"""States of a ticket that was dealt with."""


def tickets_of(ctx: Context, fault: Fault, change: Change | None = None) -> list[Ticket]:
    """Return the tickets of a fault, as they will be after what a change does so far."""
    found = ctx.data.find(Ticket, fault=fault.id) if fault.id else []
    return [one if change is None else as_will_be(change, one) for one in found]


def as_will_be(change: Change, ticket: Ticket) -> Ticket:
    """Return a ticket as it will be after what a change does so far."""
    put = change.puts.get((ticket.COLLECTION, ticket.id))
    if put is None or not put.fields:
        return ticket
    merged = {**ticket.doc(), **put.fields}
    return Ticket.load(ticket.id, {name: value for name, value in merged.items() if value is not None})


def waits_alone(ticket: Ticket) -> bool:
    """Return whether a ticket waits for something that its fault does not wait for."""
    return ticket.state is TicketState.WAITING and ticket.waiting_for in OWN_WAITS


def standing(ctx: Context, fault: Fault, ticket: Ticket) -> dict[str, Any]:
    """Return the values with which a ticket that is not over stands as its open fault does."""
    if waits_alone(ticket):
        return {"owner": fault.owner}
    if fault.state is State.WAITING and fault.waiting_for is not None:
        wait = {"waiting_for": WAITS[fault.waiting_for], "waiting_until": fault.waiting_until}
        return {**started(ctx, ticket), "state": TicketState.WAITING, "owner": fault.owner, **wait}
    still_new = fault.state is State.REPORTED and ticket.state is TicketState.NEW
    state = TicketState.NEW if still_new else TicketState.OPEN
    return {**awake(ctx, ticket), "state": state, "owner": fault.owner}


def keep(ctx: Context, change: Change, fault: Fault, tickets: Iterable[Ticket]) -> None:
    """Let tickets that are not over stand as their open fault does."""
    for one in tickets:
        if one.is_active:
            change.set(one, **standing(ctx, fault, one))


def end(ctx: Context, change: Change, fault: Fault, tickets: Iterable[Ticket], words: str) -> None:
    """Resolve the tickets of a fault that is over, with what came of it; whoever asked reads it."""
    for one in tickets:
        if one.is_active:
            done = {"state": TicketState.RESOLVED, "resolved_at": ctx.now, "resolution": words, "owner": fault.owner}
            change.set(one, **awake(ctx, one), **answered(ctx, one), **done)
            say(ctx, change, one, CommentKind.PUBLIC, words)


def begin_again(ctx: Context, change: Change, fault: Fault, tickets: Iterable[Ticket], why: str) -> None:
    """Open the tickets again that ended with a fault, which is as it is now."""
    for one in tickets:
        if one.state in DONE:
            change.set(one, **opened_again(ctx, fault, one))
            say(ctx, change, one, CommentKind.SYSTEM, f"Opened again. {why}".strip())


def opened_again(ctx: Context, fault: Fault, ticket: Ticket) -> dict[str, Any]:
    """Return the values of a ticket that is opened again as its fault stands."""
    values: dict[str, Any] = {
        "state": TicketState.OPEN,
        "resolved_at": None,
        "closed_at": None,
        "resolution": "",
        "satisfaction": None,
        "reopened": ticket.reopened + 1,
    }
    return {**values, **standing(ctx, fault, ticket.model_copy(update=values))}
