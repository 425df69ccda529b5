"""Joining two faults that are the same."""

from __future__ import annotations

from typing import Any

from botui.models.base import Change, Refused
from botui.models.equipment import in_step
from botui.models.equipment.fault import Fault, State
from botui.models.equipment.fault_forms import Join
from botui.models.equipment.moves import over
from botui.models.equipment.repair import Repair
from botui.models.office import Context
from botui.models.tickets import Ticket
from botui.models.tickets.comments import say
from botui.models.tickets.lifecycle import awake
from botui.models.tickets.shape import CommentKind
from botui.models.tickets.shape import State as TicketState


def join(ctx: Context, fault: Fault, args: Join) -> Change:
    """End a fault that is the same as another: its tickets go over to the one that stays, its log is shown there.

    Raises:
        Refused: the other one is this one, is over, or is of something else.
    """
    other = ctx.data.get(Fault, args.into)
    if other is None or other.id == fault.id:
        raise Refused("Join it with another fault.", {"into": "Another fault, please."})
    if not other.is_open:
        raise Refused(f"{other.ref} is {other.state.label}.", {"into": f"This is {other.state.label}."})
    if other.asset != fault.asset:
        raise Refused(f"{other.ref} is of something else.", {"into": "One of the same asset, please."})
    step = Repair.of(ctx, "merge", fault)
    mine, theirs = step.tickets(), in_step.tickets_of(ctx, other)
    step.move(**over(ctx, State.JOINED, ""), joined_into=other.id)
    stays = Repair(ctx, step.change, step.register, other)
    stays.move(**_both(fault, other))
    for one in mine:
        _go_over(ctx, step.change, stays.fault, one, theirs)
    return stays.go_on(f"{fault.ref} is joined with {other.ref}.")


def _both(fault: Fault, other: Fault) -> dict[str, Any]:
    """Return the values of a fault that goes on for another one, too: the worse of both."""
    severities = [one.severity for one in (fault, other) if one.severity is not None]
    values: dict[str, Any] = {
        "reports": fault.reports + other.reports,
        "stops": fault.stops or other.stops,
        "severity": min(severities, default=None),
        "due": min((one.due for one in (fault, other) if one.due), default=None),
        "down_since": min((one.down_since for one in (fault, other) if one.down_since), default=None),
        "vendor": other.vendor or fault.vendor,
    }
    return values if other.checklist else {**values, "guide": fault.guide, "checklist": fault.checklist}


def _go_over(ctx: Context, change: Change, other: Fault, ticket: Ticket, theirs: list[Ticket]) -> None:
    """Give a ticket to the fault that stays; whoever has one for that already keeps the older one."""
    change.set(ticket, fault=other.id)
    twice = next((one for one in theirs if one.requester and one.requester == ticket.requester and one.is_active), None)
    if twice is not None and ticket.is_active:
        end = {"state": TicketState.MERGED, "merged_into": twice.id, "closed_at": ctx.now}
        change.set(ticket, **awake(ctx, ticket), **end)
        say(ctx, change, twice, CommentKind.SYSTEM, f"{ticket.ref} was merged into this: {ticket.subject}.")
    elif ticket.is_active:
        change.set(ticket, **in_step.standing(ctx, other, ticket))
