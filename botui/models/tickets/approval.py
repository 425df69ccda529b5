"""Approvals: somebody with a say is asked, says yes or no, and nobody says it of their own request.

Who may say it is ``botui.access``'s to decide (the capability ``approve``); what follows is here. The same three verbs
serve every area that has something to approve.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any

from pydantic import Field

from botui.models.base import Arguments, Change, Prose, Refused, Ui
from botui.models.office import Context, Money, Person, manager_of, may_approve_for
from botui.models.tickets.comments import actor, say
from botui.models.tickets.shape import Approval, CommentKind, Ticket

FIXED = frozenset({"amount", "requester", "on_behalf_of"})
"""Fields on which an approval stands: they stay as they were when it was asked for."""


def refuse_fixed(ctx: Context, ticket: Ticket, names: Collection[str]) -> None:
    """Do nothing unless one of these fields is what an approval stands on, which is not changed together with it.

    Raises:
        Refused: it is; the sentence says who was asked.
    """
    stands = ticket.approval in (Approval.ASKED, Approval.APPROVED) and "approval" not in names
    if stands and (wrong := FIXED.intersection(names)):
        said = f"This is what {ctx.person(ticket.approver)} was asked to approve: ask anew (Q) if it has changed."
        raise Refused(said, dict.fromkeys(wrong, "An approval stands on this."))


class AskApproval(Arguments):
    """Who is asked, and for how much."""

    to: Annotated[
        int | None, Ui(label="Who approves", ref="people", help="Empty = the manager of the one who asked.")
    ] = None
    amount: Annotated[Money | None, Ui(label="Amount", help="Empty = as the ticket says.")] = None
    note: Annotated[Prose, Ui(label="Note", rows=3)] = ""


class Approve(Arguments):
    """A word with the approval."""

    note: Annotated[Prose, Ui(label="Note", rows=3)] = ""


class Refuse(Arguments):
    """Why it is not approved."""

    reason: Annotated[Prose, Field(min_length=1), Ui(label="Reason", rows=3, help="The one who asked sees it.")]


def asked_by(ticket: Ticket) -> frozenset[int]:
    """Return whose request it is: the one who asked and for whom, else who took it down."""
    named = {ticket.requester, ticket.on_behalf_of} - {None} or {ticket.created_by} - {None}
    return frozenset(one for one in named if one is not None)


def ask_approval(ctx: Context, ticket: Ticket, args: AskApproval) -> Change:
    """Ask somebody to approve a ticket; the one asked before is asked no longer.

    Raises:
        Refused: nobody is said and there is no manager, it is their own request, or whoever asks would say yes too.
    """
    actor(ctx)
    asker = ticket.on_behalf_of or ticket.requester or ticket.created_by
    approver = ctx.data.get(Person, args.to or manager_of(ctx, asker) or 0)
    if approver is None or not approver.active:
        raise Refused("Who is to approve it?", {"to": "Somebody who works here, please."})
    if approver.id in asked_by(ticket):
        raise Refused("Nobody approves their own request.", {"to": "Somebody else, please."})
    if ctx.by == approver.id or may_approve_for(ctx, approver.id, "tickets"):
        raise Refused("Nobody asks for an approval that they would give.", {"to": "Somebody else, please."})
    amount = ticket.amount if args.amount is None else args.amount
    change = Change("tickets.ask_approval", f"{approver.name} is asked to approve {ticket.ref}{_worth(ctx, amount)}.")
    change.set(ticket, amount=amount, approver=approver.id, approval=Approval.ASKED, approval_note="", **_NOBODY)
    return say(ctx, change, ticket, CommentKind.INTERNAL, args.note) if args.note else change


_NOBODY: dict[str, Any] = {"approved_by": None, "approved_for": None, "approved_at": None}


def words(ctx: Context, ticket: Ticket) -> str:
    """Return in words where the approval of a ticket stands; nothing where none was asked for."""
    match ticket.approval:
        case None:
            return ""
        case Approval.ASKED:
            return f"waits for the approval of {ctx.person(ticket.approver)}{_worth(ctx, ticket.amount)}"
        case done:
            stood = f" for {ctx.person(ticket.approved_for)}" if ticket.approved_for else ""
            return f"{done.label} by {ctx.person(ticket.approved_by)}{stood}{_worth(ctx, ticket.amount)}"


def _worth(ctx: Context, amount: Any) -> str:
    return "" if amount is None else f": {amount:,.2f} {ctx.settings.currency}"


def nothing_asked(ctx: Context, ticket: Ticket) -> str | None:
    """Guard of approve and refuse."""
    if ticket.approval is Approval.ASKED:
        return None
    return f"It is {words(ctx, ticket)} already." if ticket.approval else "No approval is asked for."


def approve(ctx: Context, ticket: Ticket, args: Approve) -> Change:
    """Say yes."""
    return _decide(ctx, ticket, Approval.APPROVED, args.note)


def refuse(ctx: Context, ticket: Ticket, args: Refuse) -> Change:
    """Say no, and why."""
    return _decide(ctx, ticket, Approval.REFUSED, args.reason)


def _decide(ctx: Context, ticket: Ticket, decision: Approval, note: str) -> Change:
    me = actor(ctx)
    verb = "approve" if decision is Approval.APPROVED else "refuse"
    stands_for = ticket.approver if ticket.approver != me else None
    who = f" for {ctx.person(stands_for)}" if stands_for else ""
    change = Change(f"tickets.{verb}", f"{ticket.ref} is {decision.label}{who}{_worth(ctx, ticket.amount)}.")
    done = {"approved_by": me, "approved_for": stands_for, "approved_at": ctx.now}
    change.set(ticket, approval=decision, approval_note=note, **done)
    return say(ctx, change, ticket, CommentKind.PUBLIC, note) if note else change
