"""What must hold among tickets and within each, whoever wrote them."""

from __future__ import annotations

from collections.abc import Iterator

from botui.models.soundness import Records, circle_words
from botui.models.tickets.approval import asked_by
from botui.models.tickets.shape import ACTIVE, OVER, Approval, State, Ticket, TicketKind


def check(records: Records) -> Iterator[str]:
    """Say what does not hold: tickets within each other, links to nothing, states that the fields contradict."""
    tickets = list(records.all(Ticket))
    yield from circle_words("tickets", "Part of", {one.id: one.parent for one in tickets if one.parent is not None})
    merged = {one.id: one.merged_into for one in tickets if one.merged_into is not None}
    yield from circle_words("tickets", "Merged into", merged)
    for ticket in tickets:
        for link in ticket.links:
            if not records.has(link):
                yield f"{ticket.ref}: Links: there is no {link}."
        for words in _contradictions(ticket):
            yield f"{ticket.ref}: {words}"


def _contradictions(ticket: Ticket) -> Iterator[str]:
    state = f"it is {ticket.state.label}"
    # another system, whose number is in the codes, may not have said when
    ours = not ticket.codes
    if ours and ticket.state in OVER and ticket.closed_at is None:
        yield f"Closed: {state}, and it is not said since when."
    if ticket.state in ACTIVE and ticket.closed_at is not None:
        yield f"Closed: {state}, and has a time when it was closed."
    if ours and ticket.state is State.RESOLVED and ticket.resolved_at is None:
        yield f"Resolved: {state}, and it is not said since when."
    if ticket.state in ACTIVE and ticket.resolved_at is not None:
        yield f"Resolved: {state}, and has a time when it was resolved."
    if (ticket.state is State.WAITING) != (ticket.waiting_for is not None):
        what = ticket.waiting_for.label if ticket.waiting_for else "nothing"
        yield f"Waiting for: {state}, and waits for {what}."
    if (ticket.state is State.MERGED) != (ticket.merged_into is not None):
        yield f"Merged into: {state}, and it is {'' if ticket.merged_into else 'not '}said into which one."
    if ticket.kind is TicketKind.MESSAGE and ticket.for_person is None:
        yield "Message for: this is needed."
    yield from _approval(ticket)


def _approval(ticket: Ticket) -> Iterator[str]:
    decided = ticket.approval in (Approval.APPROVED, Approval.REFUSED)
    if (ticket.approval is None) != (ticket.approver is None):
        yield "Who approves: an approval is somebody's who was asked."
    if decided != (ticket.approved_by is not None):
        yield f"Decided by: {'this is needed' if decided else 'nothing was decided yet'}."
    if decided and {ticket.approved_by, ticket.approved_for} & asked_by(ticket):
        yield "Decided by: nobody approves their own request."
