"""Filing and changing tickets: what the topic decides, who asks, and what an edit makes necessary."""

from __future__ import annotations

from typing import Any, Final

from botui.models.base import Change, Refused
from botui.models.office import Context, Priority, Topic
from botui.models.shape import fields_of
from botui.models.tickets.approval import refuse_fixed
from botui.models.tickets.deadlines import dues
from botui.models.tickets.lifecycle import shown
from botui.models.tickets.shape import Channel, State, Step, Ticket, TicketKind, WaitFor, steps
from botui.models.tickets.tree import check_parent

_NOT_APPROVED: Final = {
    "approval": None,
    "approver": None,
    "approval_note": "",
    "approved_by": None,
    "approved_for": None,
    "approved_at": None,
}
_MOVED_BY_VERBS: Final = {
    **_NOT_APPROVED,
    "state": State.NEW,
    "owner": None,
    "waiting_for": None,
    "waiting_until": None,
    "resolution": "",
    "satisfaction": None,
    "first_response_at": None,
    "resolved_at": None,
    "closed_at": None,
    "merged_into": None,
    "fault": None,
    "minutes": 0,
    "reopened": 0,
    "paused_at": None,
    "paused_for": 0,
    "acknowledged_at": None,
}

TIMES_OF_THE_PAST: Final = ("created_at", "first_response_at", "resolved_at", "closed_at")
"""Times at which something was done."""


def create(ctx: Context, ticket: Ticket) -> Change:
    """File a new ticket: its life begins now, whatever was typed."""
    new = opened(ctx, ticket.model_copy(update={**_MOVED_BY_VERBS, "created_at": ctx.now, "created_by": ctx.by}))
    due = new.first_response_due or new.resolution_due
    words = f", {new.level.label}: {'answer' if new.first_response_due else 'done'} by {shown(ctx, due)}" if due else ""
    return Change("tickets.add", f"{new.ref} is filed{words}.").add(new)


def opened(ctx: Context, ticket: Ticket) -> Ticket:
    """Return a new ticket with all that follows from what was typed: topic, who asks, deadlines.

    Raises:
        Refused: a message is for nobody, or the parent cannot be one.
    """
    check_parent(ctx, ticket, ticket.parent)
    values: dict[str, Any] = from_topic(ctx, ticket)
    if ticket.kind is TicketKind.MESSAGE:
        if ticket.for_person is None:
            raise Refused("A message is for somebody.", {"for_person": "This is needed."})
        values["owner"] = ticket.for_person
    elif ticket.requester is None and ticket.party is None and ticket.channel is Channel.KIOSK:
        values["requester"] = ticket.created_by
    filed = ticket.model_copy(update=values)
    return filed.model_copy(update=dues(ctx, filed))


def from_topic(ctx: Context, ticket: Ticket) -> dict[str, Any]:
    """Return what the topic decides and nobody typed: department, how soon, steps."""
    topic = ctx.data.get(Topic, ticket.topic) if ticket.topic else None
    return {
        "department": ticket.department or (topic.department if topic else None),
        "priority": ticket.priority or (topic.priority if topic else Priority.P3),
        "checklist": ticket.checklist or _steps(topic),
    }


def _steps(topic: Topic | None) -> tuple[Step, ...]:
    return steps(topic.checklist) if topic else ()


def file_past(ctx: Context, ticket: Ticket) -> Change:
    """File a ticket as another system knew it: its state and its times stay, deadlines are reckoned from them.

    Deadlines that came with it are kept, so that what was met or missed there is met or missed here.

    Raises:
        Refused: its times contradict each other or lie ahead.
    """
    refuse_impossible_times(ctx, ticket)
    came = ticket.created_at or ctx.now
    if ticket.kind is TicketKind.MESSAGE and ticket.for_person is None:
        raise Refused("A message is for somebody.", {"for_person": "This is needed."})
    check_parent(ctx, ticket, ticket.parent)
    # who approved it there cannot be proved here
    values: dict[str, Any] = {**from_topic(ctx, ticket), **_NOT_APPROVED, "created_at": came}
    if ticket.state is State.WAITING and ticket.waiting_for is WaitFor.REQUESTER:
        # Since when is not known; the last word that is known of is the fairest guess.
        values["paused_at"] = ticket.paused_at or ticket.first_response_at or came
    if ticket.state is State.CLOSED:
        values["resolved_at"] = ticket.resolved_at or ticket.closed_at
        values["closed_at"] = ticket.closed_at or ticket.resolved_at
    filed = ticket.model_copy(update=values)
    reckoned = dues(ctx, filed.model_copy(update={"first_response_at": None}))
    filed = filed.model_copy(update={name: getattr(ticket, name) or due for name, due in reckoned.items()})
    return Change("tickets.import", f"{filed.ref} is taken over.").add(filed)


def refuse_impossible_times(ctx: Context, ticket: Ticket) -> None:
    """Do nothing if what another system says was done lies behind us, and not before the ticket came in.

    Raises:
        Refused: it does not.
    """
    came = ticket.created_at or ctx.now
    for name in TIMES_OF_THE_PAST:
        at = getattr(ticket, name)
        if at is not None and at > ctx.now:
            raise Refused("A time of the past lies ahead.", {name: "This is in the future."})
        if at is not None and at < came:
            raise Refused("It was done before it came in.", {name: "This is before it came in."})


def revise(ctx: Context, before: Ticket, after: Ticket) -> Change:
    """Change what was typed; a new topic, priority or day makes new deadlines while there is something to do.

    Raises:
        Refused: it was merged, a verb moves that field, or the parent cannot be one.
    """
    if before.state is State.MERGED:
        raise Refused(f"{before.ref} was merged: change the other one.")
    labels = {spec.name: spec for spec in fields_of(Ticket)}
    changed = {name for name in Ticket.model_fields if getattr(before, name) != getattr(after, name)}
    for name in changed:
        if name not in labels or not labels[name].ui.form:
            label = labels[name].label if name in labels else name
            raise Refused(f"'{label}' is moved by a verb, not by hand.", {name: "A verb moves this."})
    refuse_fixed(ctx, before, changed)
    if "parent" in changed:
        check_parent(ctx, before, after.parent)
    if after.kind is TicketKind.MESSAGE and after.for_person is None:
        raise Refused("A message is for somebody: take it down as a call.", {"kind": "Not as an edit."})
    if after.topic and "topic" in changed:
        # What the topic decides it decides anew, unless it was typed in this very edit.
        untyped = {name: None for name in ("department", "priority") if name not in changed}
        decided = from_topic(ctx, after.model_copy(update=untyped))
        after = after.model_copy(update={**decided, "department": decided["department"] or before.department})
    elif after.priority is None:
        after = after.model_copy(update={"priority": from_topic(ctx, after)["priority"]})
    if before.is_active and changed & {"topic", "priority", "kind", "wanted_by"}:
        after = after.model_copy(update=dues(ctx, after))
    values = {name: value for name, value in after if value != getattr(before, name)}
    return Change("tickets.edit", f"{before.ref} is changed.").set(before, **values)
