"""Tickets and what is said about them, bound together for the screens, the command line and the import."""

from __future__ import annotations

from typing import Final

from botui.models.base import Kind, View
from botui.models.tickets import deadlines
from botui.models.tickets.shape import Comment, CommentKind, State, Ticket
from botui.models.tickets.views import VIEWS

TICKETS: Final = Kind(
    model=Ticket,
    one="ticket",
    many="Tickets",
    title=lambda ticket: ticket.subject,
    rules="botui.models.tickets.rules:TICKETS",
    views=VIEWS,
    columns=("priority", "subject", "owner", "state"),
    index=(
        "subject",
        "state",
        "owner",
        "requester",
        "on_behalf_of",
        "party",
        "for_person",
        "kind",
        "topic",
        "department",
        "place",
        "fault",
        "priority",
        "channel",
        "parent",
        "merged_into",
        "waiting_for",
        "waiting_until",
        "acknowledged_at",
        "approval",
        "approver",
        "created_at",
        "resolved_at",
        "closed_at",
    ),
    derived={"next_due": deadlines.next_due},
    aliases=("codes",),
    text=("subject", "body", "tags", "codes", "resolution", "caller", "number"),
    states={state.value: state.label for state in State},
    row_style=deadlines.row_style,
)
COMMENTS: Final = Kind(
    model=Comment,
    one="comment",
    many="Comments",
    title=lambda comment: comment.body.partition("\n")[0][:80],
    views=(
        View(
            name="all",
            label="Comments",
            where=lambda _: {},
            sort="at",
            down=True,
            empty="Nothing was said yet: r on a ticket replies.",
        ),
    ),
    index=("ticket", "kind", "author", "at"),
    text=("body",),
    rules="botui.models.tickets.rules:COMMENTS",
    parent="ticket",
    shared={"kind": (CommentKind.PUBLIC.value,)},
)
