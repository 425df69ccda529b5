"""Putting words to a ticket, and who speaks for whom: what all other rules of tickets stand on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from botui.models.base import PROSE_MAX, Change, Refused
from botui.models.office import Context, Lookup, Person
from botui.models.shape import build
from botui.models.tickets.shape import Comment, CommentKind, Ticket

_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


def actor(ctx: Context) -> int:
    """Return who acts.

    Raises:
        Refused: nobody has signed in.
    """
    if ctx.by is None:
        raise Refused("Say who you are first.")
    return ctx.by


def short(ctx: Context, number: int | None) -> str:
    """Return a person's initials for a sentence."""
    found = ctx.data.get(Person, number) if number else None
    return (found.initials or found.name) if found else "nobody"


def for_desk(ctx: Context, ticket: Ticket) -> bool:
    """Return whether the actor speaks for the desk: everybody but the one who asked, and always who has it."""
    return ctx.by is not None and (ctx.by == ticket.owner or ctx.by not in (ticket.requester, ticket.on_behalf_of))


def at_desk(ctx: Context, ticket: Ticket) -> bool:
    """Return whether the actor works on this ticket: speaks for the desk, or is a back-office executive anyway."""
    return for_desk(ctx, ticket) or "clerk" in ctx.roles


def desk_only(ctx: Context, ticket: Ticket) -> str | None:
    """Guard of the verbs that are not for the one who asked."""
    return None if at_desk(ctx, ticket) else "This is for the desk to do; write a reply instead."


def say(
    ctx: Context, change: Change, ticket: Ticket, kind: CommentKind, body: str, minutes: int = 0, number: int = 0
) -> Change:
    """Add a comment to a change, with the minutes it took; ``number`` is its own where it was given out already.

    Raises:
        Refused: the text is too long.
    """
    if kind is CommentKind.SYSTEM:
        body = body[:PROSE_MAX]
    values = {"ticket": ticket.id, "author": ctx.by, "at": ctx.now, "kind": kind, "body": body, "minutes": minutes}
    change.add(build(Comment, {**values, "id": number or ctx.data.new_id(Comment)}))
    return change.set(ticket, minutes=ticket.minutes + minutes) if minutes else change


def thread(data: Lookup, ticket: Ticket) -> list[Comment]:
    """Return what was said about a ticket and about those merged into it, oldest first."""
    found = [one for number in _merged(data, ticket.id, set()) for one in data.find(Comment, ticket=number)]
    return sorted(found, key=lambda one: (one.at or _LONG_AGO, one.id))


def _merged(data: Lookup, number: int, seen: set[int]) -> Iterator[int]:
    if number in seen:
        return
    seen.add(number)
    yield number
    for other in data.find(Ticket, merged_into=number):
        yield from _merged(data, other.id, seen)
