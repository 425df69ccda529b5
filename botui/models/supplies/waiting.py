"""What of supplies waits for a person, what they asked for, and what they can ask for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from botui.models.base import Asked, Offer, Waiting
from botui.models.office import Context
from botui.models.supplies.request import Request, State

OFFERS: Final = (Offer(label="Supplies", collection="requests"),)


def waiting(ctx: Context) -> Iterator[Waiting]:
    """Yield the requests that are to be decided, for those who run the store room."""
    if "clerk" in ctx.roles:
        for one in ctx.data.find(Request, state=State.ASKED.value):
            yield Waiting(
                collection="requests",
                number=one.id,
                what=one.what,
                why="asked for",
                since=one.created_at,
                verb="accept",
            )


def asked(ctx: Context) -> Iterator[Asked]:
    """Yield what whoever acts asked the store room for."""
    for one in ctx.data.find(Request, person=ctx.by) if ctx.by else ():
        yield Asked(collection="requests", number=one.id, what=one.what, state=one.state.label, since=one.created_at)
