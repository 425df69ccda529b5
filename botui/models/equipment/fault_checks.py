"""What must hold among faults and their tickets: they are kept in step by whatever is done with either."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from botui.models.equipment.fault import Fault, State
from botui.models.equipment.in_step import WAITS, waits_alone
from botui.models.equipment.register import stops
from botui.models.soundness import Records, circle_words
from botui.models.tickets import Ticket
from botui.models.tickets.shape import State as TicketState

_GONE = frozenset({TicketState.REJECTED, TicketState.MERGED})


def check_faults(records: Records) -> Iterator[str]:
    """Say where a fault and its tickets, or its clock, do not say the same."""
    tickets: defaultdict[int, list[Ticket]] = defaultdict(list)
    for ticket in records.all(Ticket):
        if ticket.fault is not None:
            tickets[ticket.fault].append(ticket)
    joined: dict[int, int] = {}
    for fault in records.all(Fault):
        if fault.joined_into is not None:
            joined[fault.id] = fault.joined_into
        if (fault.down_since is not None) != stops(fault):
            yield f"{fault.ref}: Cannot be used since: it is {fault.state.label}, and its clock says something else."
        yield from _fields(fault)
        yield from _in_step(fault, tickets[fault.id])
    yield from circle_words("faults", "Joined with", joined)


def _fields(fault: Fault) -> Iterator[str]:
    """Say which field of a fault does not go with its state."""
    waits = fault.waiting_for is not None
    if waits != (fault.state is State.WAITING) or (fault.waiting_until is not None and not waits):
        yield f"{fault.ref}: Waiting for: it is {fault.state.label}."
    if (fault.closed_at is None) != fault.is_open:
        yield f"{fault.ref}: Done: it is {fault.state.label}."
    if (fault.joined_into is not None) != (fault.state is State.JOINED):
        yield f"{fault.ref}: Joined with: it is {fault.state.label}."


def _in_step(fault: Fault, tickets: list[Ticket]) -> Iterator[str]:
    active = [one for one in tickets if one.is_active]
    if fault.is_open and tickets and not active and not any(one.state in _GONE for one in tickets):
        yield f"{fault.ref}: it is {fault.state.label}, and all its tickets are dealt with."
    for one in active:
        if not fault.is_open:
            yield f"{fault.ref}: it is {fault.state.label}, and {one.ref} is {one.state.label}."
        elif fault.owner != one.owner:
            yield f"{fault.ref}: Who has it: {one.ref} says something else."
        elif not waits_alone(one) and not _stands_alike(fault, one):
            yield f"{fault.ref}: it is {fault.state.label}, and {one.ref} is {one.state.label}."


def _stands_alike(fault: Fault, ticket: Ticket) -> bool:
    """Return whether a ticket that is not over stands as its open fault does."""
    if fault.state is State.WAITING and fault.waiting_for is not None:
        same = ticket.state is TicketState.WAITING and ticket.waiting_until == fault.waiting_until
        return same and ticket.waiting_for is WAITS[fault.waiting_for]
    return ticket.state is TicketState.OPEN or (ticket.state is TicketState.NEW and fault.state is State.REPORTED)
