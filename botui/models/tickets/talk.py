"""Replies and notes: what the requester sees, and what stays among the desk."""

from __future__ import annotations

from typing import Annotated, Any

from botui.models.base import Arguments, Change, Choice, Prose, Refused, Ui
from botui.models.office import Context, Reply
from botui.models.tickets.comments import actor, for_desk, say
from botui.models.tickets.lifecycle import Minutes, Wait, answered, awake, hands, solved, unfinished, waiting
from botui.models.tickets.shape import Comment, CommentKind, State, Ticket, WaitFor


class Then(Choice):
    """What happens to the ticket with the reply."""

    STAY = "stay", "stays open"
    WAIT = "wait", "waits for an answer"
    RESOLVE = "resolve", "is resolved"


class Answer(Arguments):
    """A reply to the one who asked; a canned reply, own words, or both."""

    text: Annotated[Prose, Ui(label="Reply", rows=6)] = ""
    canned: Annotated[int | None, Ui(label="Canned reply", ref="replies", help="Goes before your own words.")] = None
    then: Annotated[Then, Ui(label="Then it")] = Then.STAY
    minutes: Minutes = 0


class Note(Arguments):
    """A note that only the desk sees."""

    text: Annotated[Prose, Ui(label="Note", rows=5)]
    minutes: Minutes = 0


def reply(ctx: Context, ticket: Ticket, args: Answer, number: int = 0) -> Change:
    """Write to the one who asked, or as the one who asked; what the desk writes stops the first-response clock.

    A word of the one who asked ends the wait for it. It does not open what is resolved: that is a verb of its own,
    or every thank-you would open a ticket again.
    """
    actor(ctx)
    canned = ctx.data.get(Reply, args.canned) if args.canned else None
    text = "\n\n".join(one for one in (canned.text if canned else "", args.text) if one)
    if not text:
        raise Refused("There is nothing to send yet.", {"text": "This is needed."})
    change = say(ctx, Change("tickets.reply"), ticket, CommentKind.PUBLIC, text, args.minutes, number)
    if not for_desk(ctx, ticket):
        return _word_of_requester(ctx, ticket, change)
    change.said = f"Your reply to {ticket.ref} is kept."
    values: dict[str, Any] = {}
    if ticket.is_active:
        values = {**answered(ctx, ticket), **hands(ctx, ticket)}
        if ticket.state is State.NEW:
            values["state"] = State.OPEN
    if args.then is not Then.STAY:
        values |= _then(ctx, ticket, args.then)
        change.said = f"Your reply to {ticket.ref} is kept; it {args.then.label}."
    return change.set(ticket, **values)


def _word_of_requester(ctx: Context, ticket: Ticket, change: Change) -> Change:
    change.said = f"Your word on {ticket.ref} is kept."
    if ticket.state is State.WAITING and ticket.waiting_for is WaitFor.REQUESTER:
        change.said = f"{ticket.ref} goes on."
        change.set(ticket, state=State.OPEN, **awake(ctx, ticket))
    return change


def _then(ctx: Context, ticket: Ticket, then: Then) -> dict[str, Any]:
    if not ticket.is_active:
        raise Refused(f"{ticket.ref} is {ticket.state.label} already.", {"then": "It is done already."})
    if then is Then.WAIT:
        return waiting(ctx, ticket, Wait())
    if reason := unfinished(ctx, ticket):
        raise Refused(reason, {"then": reason})
    return solved(ctx, ticket, ticket.resolution)


def note(ctx: Context, ticket: Ticket, args: Note, number: int = 0) -> Change:
    """Write something down that only the desk sees; it stops no clock."""
    actor(ctx)
    if not args.text:
        raise Refused("There is nothing to keep yet.", {"text": "This is needed."})
    change = Change("tickets.note", f"Your note to {ticket.ref} is kept.")
    return say(ctx, change, ticket, CommentKind.INTERNAL, args.text, args.minutes, number)


def create_comment(ctx: Context, comment: Comment) -> Change:
    """File a comment as the verb would that makes one of its kind."""
    ticket = ctx.data.get(Ticket, comment.ticket)
    if ticket is None:
        raise Refused("There is no such ticket.", {"ticket": "There is no such ticket."})
    if ticket.state is State.MERGED:
        raise Refused(f"{ticket.ref} was merged: write to the other one.", {"ticket": "This was merged."})
    if comment.kind is CommentKind.SYSTEM:
        raise Refused("Only the desk itself writes these.", {"kind": "A reply or a note, please."})
    if comment.kind is CommentKind.PUBLIC:
        return reply(ctx, ticket, Answer(text=comment.body, minutes=comment.minutes), comment.id)
    return note(ctx, ticket, Note(text=comment.body, minutes=comment.minutes), comment.id)


def revise_comment(ctx: Context, before: Comment, after: Comment) -> Change:
    """Correct the words of a comment of one's own; what it is and whose it is stays."""
    if before.kind is CommentKind.SYSTEM or before.author is None or before.author != ctx.by:
        raise Refused("Only who wrote it may correct it.")
    kept = after.model_copy(update={"body": before.body})
    if kept.doc() != before.doc():
        raise Refused("Only the words can be corrected; write another one for the rest.")
    return Change("comments.edit", "The words are corrected.").set(before, body=after.body)
