"""A fault and its tickets are kept in step: what is done with the one is done with the others, in the same change.

Each who reported a fault has a ticket of their own. While the fault is open its tickets that are not over stand as it
does: who has it, whether it waits and until when. What ends the fault ends them, with what was found out; what opens
it again opens those that ended with it. A ticket may be over before its fault: whoever asked is content, it was
rejected, or merged into another. And it may wait for the one who asked, or for a day, on its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from botui.models.base import Change, Refused
from botui.models.equipment.asset import Asset, Fate
from botui.models.equipment.fault import Fault, State, WaitFor, WorkKind
from botui.models.equipment.moves import again, given, looked_at, move, over
from botui.models.equipment.register import Register
from botui.models.office import Context
from botui.models.office.pending import as_will_be
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


# --- what is done with a ticket ---------------------------------------------------------------------------------------


def follow(ctx: Context, change: Change) -> None:
    """Let what a change does with tickets be done with their faults, and with the other tickets of those.

    A change that touches a fault itself has seen to its tickets.

    Raises:
        Refused: a ticket is opened again whose thing was written off, or is lost or retired meanwhile.
    """
    moved: dict[int, list[tuple[Ticket, Ticket]]] = {}
    for (collection, number), put in change.puts.items():
        if collection != Ticket.COLLECTION or put.gone or not put.was or not _MOVES.intersection(put.fields):
            continue
        before = ctx.data.get(Ticket, number)
        if before is not None and before.fault and (Fault.COLLECTION, before.fault) not in change.puts:
            moved.setdefault(before.fault, []).append((before, as_will_be(change, before)))
    for number, tickets in moved.items():
        if (fault := ctx.data.get(Fault, number)) is not None:
            _follow(ctx, change, fault, tickets)


_MOVES: Final = frozenset({"state", "owner", "waiting_for", "waiting_until"})
"""Fields of a ticket that say how it stands."""


def _follow(ctx: Context, change: Change, fault: Fault, moved: Iterable[tuple[Ticket, Ticket]]) -> None:
    register = Register(ctx, change)
    for before, after in moved:
        if after.is_active:
            fault = _goes_on(ctx, change, register, fault, before, after)
        elif before.is_active and after.state in DONE:
            fault = _done(ctx, change, register, fault, after)
    if fault.is_open:
        keep(ctx, change, fault, tickets_of(ctx, fault, change))
    register.close()


def _goes_on(ctx: Context, change: Change, register: Register, fault: Fault, before: Ticket, after: Ticket) -> Fault:
    """Move a fault as one of its tickets was moved that is not over."""
    if not fault.is_open:
        return _begins_again(ctx, change, register, fault, after)
    if not before.is_active:
        return fault
    if before.owner != after.owner:
        fault = move(ctx, register, fault, **given(ctx, fault, after.owner))
    if waits_alone(after):
        return fault
    if after.state is TicketState.WAITING and after.waiting_for is not None:
        quote = fault.waiting_for is WaitFor.QUOTE and after.waiting_for is TicketWait.VENDOR
        what = WaitFor.QUOTE if quote else _WAITED[after.waiting_for]
        wait = {"state": State.WAITING, "waiting_for": what, "waiting_until": after.waiting_until}
        return move(ctx, register, fault, **wait, looked_at=fault.looked_at or ctx.now)
    taken = change.action == "tickets.take" or (before.state is TicketState.WAITING and not waits_alone(before))
    return move(ctx, register, fault, **looked_at(ctx, fault, after.owner)) if taken and _waits(fault) else fault


def _waits(fault: Fault) -> bool:
    return fault.state is State.WAITING


_WAITED: Final = {TicketWait.PART: WaitFor.PART, TicketWait.VENDOR: WaitFor.VENDOR}
"""What a fault waits for where its ticket does."""


def _done(ctx: Context, change: Change, register: Register, fault: Fault, after: Ticket) -> Fault:
    """Let a fault be fixed when the last of its tickets is resolved by hand.

    How stands in the ticket: it was written for whoever asked, and all may read faults.
    """
    if not fault.is_open or any(one.is_active for one in tickets_of(ctx, fault, change)):
        return fault
    owner = {"owner": fault.owner or after.owner, "looked_at": fault.looked_at or ctx.now}
    return move(ctx, register, fault, **over(ctx, State.FIXED, f"Resolved with {after.ref}."), **owner)


def _begins_again(ctx: Context, change: Change, register: Register, fault: Fault, after: Ticket) -> Fault:
    """Open a fault again of which a ticket is opened again, with the other tickets that ended with it."""
    asset = register.get(Asset, fault.asset) if fault.asset else None
    gone = asset is not None and asset.fate in (Fate.LOST, Fate.RETIRED)
    if fault.state not in REOPENED or gone:
        what = f"{asset.called} is {asset.status.label}" if asset and gone else f"{fault.ref} is {fault.state.label}"
        raise Refused(f"{what}: there is nothing to repair. If something else is wrong, report it anew.")
    others = [one for one in ended_with(ctx, fault, change) if one.id != after.id]
    register.log(kind=WorkKind.NOTE, fault=fault.id, text=f"Opened again with {after.ref}.")
    fault = move(ctx, register, fault, **again(ctx, fault))
    begin_again(ctx, change, fault, others, f"{after.ref} says that it is not fixed.")
    return fault


REOPENED: Final = frozenset({State.FIXED, State.NOT_REPRODUCED})
"""States of a fault that can be open again."""


def ended_with(ctx: Context, fault: Fault, change: Change) -> list[Ticket]:
    """Return the tickets that were not over before a fault was: they open again with it."""
    found = (one for one in tickets_of(ctx, fault, change) if one.state in DONE)
    at = fault.closed_at
    return [one for one in found if at is None or one.resolved_at is None or one.resolved_at >= at]
