"""Merging, splitting and linking tickets. Nothing is lost: a merged ticket stays, with all that was said."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from botui import areas
from botui.models.base import Arguments, Change, Line, Prose, Record, Refused, Ui
from botui.models.office import Context
from botui.models.tickets.comments import say
from botui.models.tickets.filing import opened
from botui.models.tickets.lifecycle import awake
from botui.models.tickets.shape import LINKS_MAX, Comment, CommentKind, State, Ticket
from botui.models.tickets.tree import ancestors

_TAGS_MAX = 30


class Merge(Arguments):
    """Which ticket goes on for both."""

    into: Annotated[int, Ui(label="Merge into", ref="tickets", help="That one stays, this one ends.")]


class Split(Arguments):
    """What becomes a ticket of its own."""

    subject: Annotated[Line, Field(min_length=1), Ui(label="Subject")]
    comment: Annotated[int | None, Ui(label="From comment", ref="comments", help="Empty = the text below.")] = None
    body: Annotated[Prose, Ui(label="What it is about", rows=4)] = ""


class Link(Arguments):
    """What it has to do with."""

    to: Annotated[Line, Field(min_length=1), Ui(label="Link to", names=True, help="A reference such as T-12.")]
    remove: Annotated[bool, Ui(label="Take the link away")] = False


def _joined(first: tuple[str, ...], second: tuple[str, ...], most: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))[:most]


def merge(ctx: Context, ticket: Ticket, args: Merge) -> Change:
    """End a ticket that is the same matter as another; links, tags and parts go over to the one that stays.

    Raises:
        Refused: the other one is this one, is over, or is part of this one.
    """
    other = ctx.data.get(Ticket, args.into)
    if other is None or other.id == ticket.id:
        raise Refused("Merge it into another ticket.", {"into": "Another ticket, please."})
    if not other.is_active and other.state is not State.RESOLVED:
        raise Refused(f"{other.ref} is {other.state.label}.", {"into": f"This is {other.state.label}."})
    if any(above.id == ticket.id for above in ancestors(ctx.data, other.parent)):
        raise Refused(f"{other.ref} is part of {ticket.ref}.", {"into": "This is part of the ticket itself."})
    change = Change("tickets.merge", f"{ticket.ref} is merged into {other.ref}.")
    end = {"state": State.MERGED, "merged_into": other.id, "closed_at": ctx.now}
    change.set(ticket, **awake(ctx, ticket), **end)
    links = tuple(one for one in (*ticket.links, ticket.ref) if one != other.ref)
    change.set(
        other,
        links=_joined(other.links, links, LINKS_MAX),
        tags=_joined(other.tags, ticket.tags, _TAGS_MAX),
        codes=_joined(other.codes, ticket.codes, 20),
    )
    for part in ctx.data.find(Ticket, parent=ticket.id):
        change.set(part, parent=other.id)
    asked = f", asked by {ctx.person(ticket.requester)}" if ticket.requester not in (None, other.requester) else ""
    return say(ctx, change, other, CommentKind.SYSTEM, f"{ticket.ref} was merged into this: {ticket.subject}{asked}.")


def split(ctx: Context, ticket: Ticket, args: Split) -> Change:
    """Make a second matter in a ticket a ticket of its own, linked both ways.

    Raises:
        Refused: the comment belongs to another ticket, or a ticket has too many links.
    """
    said = ctx.data.get(Comment, args.comment) if args.comment else None
    if args.comment and (said is None or said.ticket != ticket.id):
        raise Refused("That was not said about this ticket.", {"comment": "One of this ticket, please."})
    body = args.body or (said.body if said else "")
    new = Ticket(
        id=ctx.data.new_id(Ticket),
        subject=args.subject,
        body=body,
        topic=ticket.topic,
        requester=ticket.requester,
        party=ticket.party,
        on_behalf_of=ticket.on_behalf_of,
        channel=ticket.channel,
        place=ticket.place,
        department=ticket.department,
        created_at=ctx.now,
        created_by=ctx.by,
        links=(ticket.ref,),
    )
    new = opened(ctx, new)
    change = Change("tickets.split", f"{new.ref} is split off {ticket.ref}.").add(new)
    change.set(ticket, links=_with(ticket, new.ref))
    say(ctx, change, new, CommentKind.SYSTEM, f"Split off {ticket.ref}: {ticket.subject}")
    return say(ctx, change, ticket, CommentKind.SYSTEM, f"{new.ref} was split off: {new.subject}")


def link(ctx: Context, ticket: Ticket, args: Link) -> Change:
    """Link a ticket to another record, or take the link away; between tickets it goes both ways.

    Raises:
        Refused: there is no such record, or a ticket has too many links.
    """
    other = _record(ctx, args.to)
    if other.COLLECTION == ticket.COLLECTION and other.id == ticket.id:
        raise Refused("A ticket is not linked to itself.", {"to": "Another record, please."})
    linked = other.ref in ticket.links
    if linked is not args.remove:
        raise Refused(f"{ticket.ref} is {'linked' if linked else 'not linked'} to {other.ref} already.")
    words = "not linked to" if args.remove else "linked to"
    change = Change("tickets.link", f"{ticket.ref} is {words} {other.ref}.")
    edit = _without if args.remove else _with
    change.set(ticket, links=edit(ticket, other.ref))
    return change.set(other, links=edit(other, ticket.ref)) if isinstance(other, Ticket) else change


def _record(ctx: Context, text: str) -> Record:
    parsed = areas.parse_ref(text)
    if parsed is None:
        raise Refused(f"'{text[:30]}' is not a reference such as T-12.", {"to": "Write it like T-12."})
    model: type[Record] = areas.kind(parsed[0]).model
    found = ctx.data.get(model, parsed[1])
    if found is None:
        words = f"There is no {areas.ref(*parsed)}."
        raise Refused(words, {"to": words})
    return found


def _with(ticket: Ticket, ref: str) -> tuple[str, ...]:
    links = tuple(dict.fromkeys((*ticket.links, ref)))
    if len(links) > LINKS_MAX:
        raise Refused(f"{ticket.ref} has {LINKS_MAX} links; no more fit.")
    return links


def _without(ticket: Ticket, ref: str) -> tuple[str, ...]:
    return tuple(one for one in ticket.links if one != ref)
