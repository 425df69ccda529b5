"""What of tickets waits for a person, what they asked for and where it stands, and what people can ask for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from botui.models import calendar
from botui.models.base import Asked, Between, Offer, Waiting, stamp
from botui.models.office import Context, Priority
from botui.models.tickets.approval import words
from botui.models.tickets.lifecycle import shown, wait_words
from botui.models.tickets.shape import Approval, State, Ticket, TicketKind, WaitFor

OFFERS: Final = (
    Offer(label="Ask the office for something", collection="tickets", values={"kind": TicketKind.REQUEST}),
    Offer(
        label="Approval for a purchase",
        collection="tickets",
        values={"kind": TicketKind.REQUEST, "subject": "Purchase: "},
        verb="ask_approval",
    ),
)


def waiting(ctx: Context) -> Iterator[Waiting]:
    """Yield what of tickets waits for whoever acts, each ticket for its most pressing reason."""
    if ctx.by is None:
        return
    found: dict[int, Waiting] = {}
    for ticket in _concerning(ctx, ctx.by):
        one = _waiting(ctx, ticket, ctx.by)
        if one is not None:
            found.setdefault(ticket.id, one)
    yield from found.values()


def _concerning(ctx: Context, me: int) -> Iterator[Ticket]:
    find = ctx.data.find
    yield from find(Ticket, approver=me, approval=Approval.ASKED.value)
    yield from find(Ticket, for_person=me, acknowledged_at=None)
    # of what is broken the fault waits for them, and not its tickets as well
    for state in (State.NEW, State.OPEN):
        yield from find(Ticket, owner=me, state=state.value, fault=None)
    # what waits itself is somebody else's turn, unless it is late
    yield from find(Ticket, owner=me, state=State.WAITING.value, fault=None, next_due=Between(high=stamp(ctx.now)))
    for name in ("requester", "on_behalf_of"):
        yield from find(Ticket, waiting_for=WaitFor.REQUESTER.value, **{name: me})


def _waiting(ctx: Context, ticket: Ticket, me: int) -> Waiting | None:
    """Return why a ticket waits for somebody; None if it does not."""
    if not ticket.is_active:
        return None
    due = _due(ticket)
    mine, stopped = ticket.owner == me, ticket.state is State.WAITING
    why, verb, blocking = "", "", False
    if ticket.approver == me and ticket.approval is Approval.ASKED:
        amount = "" if ticket.amount is None else f": {ticket.amount:,.2f} {ctx.settings.currency}"
        why, verb, blocking = f"to approve{amount}", "approve", True
    elif ticket.kind is TicketKind.MESSAGE and ticket.for_person == me and ticket.acknowledged_at is None:
        why, verb, blocking = f"message from {ticket.caller or 'somebody'}", "acknowledge", True
    elif stopped and ticket.waiting_for is WaitFor.REQUESTER:
        if me not in (ticket.requester, ticket.on_behalf_of):
            return None
        why, verb, blocking = "asked by you: waiting for you", "reply", True
    elif not mine or (stopped and (due is None or due > ctx.now)):
        return None
    elif stopped and ticket.waiting_for:
        why = f"{due_words(ctx, due)}, {wait_words(ctx, ticket.waiting_for, ticket.waiting_until)}"
    else:
        why = due_words(ctx, due) or ("new" if ticket.state is State.NEW else "yours")
    return Waiting(
        collection="tickets",
        number=ticket.id,
        what=ticket.subject.removeprefix(f"{ticket.caller} rang: ") if ticket.caller else ticket.subject,
        why=why,
        due=due,
        since=ticket.created_at,
        verb=verb,
        next=ticket.urgent or ticket.level is Priority.P1,
        active=mine and not stopped,
        blocking=blocking,
        waiting=stopped and mine and not blocking,
    )


def _due(ticket: Ticket) -> datetime | None:
    """Return the deadline that breaks next, as ``deadlines.next_due`` of its document, without making that."""
    if ticket.paused_at is not None:
        return None
    answer = ticket.first_response_due if ticket.first_response_at is None else None
    return min((due for due in (ticket.resolution_due, answer) if due is not None), default=None)


def due_words(ctx: Context, due: datetime | None) -> str:
    """Return until when in words: ``late since 14:30``, ``due today 16:00``, ``due Fri 27 Nov``; nothing for never."""
    if due is None:
        return ""
    if due > ctx.now:
        return f"due {shown(ctx, due)}"
    today = ctx.settings.local(due).date() == ctx.today
    return f"late since {calendar.clock(due, ctx.settings.zone) if today else shown(ctx, due)}"


def asked(ctx: Context) -> Iterator[Asked]:
    """Yield what whoever acts has asked for and is not over, and what was done and can still be opened again."""
    if ctx.by is None:
        return
    seen: set[int] = set()
    for name in ("requester", "on_behalf_of"):
        for state in (State.NEW, State.OPEN, State.WAITING, State.RESOLVED):
            for ticket in ctx.data.find(Ticket, state=state.value, **{name: ctx.by}):
                if ticket.id not in seen and ticket.owner != ctx.by:
                    seen.add(ticket.id)
                    yield _asked(ctx, ticket)


def _asked(ctx: Context, ticket: Ticket) -> Asked:
    until = ticket.waiting_until if ticket.state is State.WAITING else ticket.resolution_due
    state = ticket.state.label
    if ticket.state is State.WAITING and ticket.waiting_for:
        state = (
            "waits for you" if ticket.waiting_for is WaitFor.REQUESTER else wait_words(ctx, ticket.waiting_for, None)
        )
    if ticket.approval is Approval.ASKED and ticket.is_active:
        state = f"to approve: {ctx.person(ticket.approver)}"
    elif ticket.approval is not None and ticket.is_active:
        state = words(ctx, ticket)
    return Asked(
        collection="tickets",
        number=ticket.id,
        what=ticket.subject,
        state=state,
        owner=ticket.owner,
        until=until if ticket.is_active else None,
        since=ticket.created_at,
    )
