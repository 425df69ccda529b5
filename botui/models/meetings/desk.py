"""Meetings on a person's desk: what waits for them there, and what they can call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from botui import areas
from botui.models.base import Offer, Waiting
from botui.models.meetings.waiting import Why, waiting_for
from botui.models.office import Context

OFFERS: Final = (Offer(label="A meeting", collection="meetings"),)


def waiting(ctx: Context) -> Iterator[Waiting]:
    """Yield what of meetings waits for whoever acts; nobody stands in at a meeting, but for the steps of events."""
    if ctx.by is None:
        return
    for one in waiting_for(ctx, ctx.by):
        collection, number = areas.parse_ref(one.ref) or ("meetings", 0)
        step = one.why is Why.STEP
        yield Waiting(
            collection=collection,
            number=number,
            what=one.what,
            why=one.words,
            due=one.when,
            verb="tick" if step else "acknowledge" if one.why in (Why.UNSEEN, Why.CANCELLED) else "",
            next=one.why in (Why.BEGINS, Why.ON),
            active=step or one.why is Why.UNSEEN,
            personal=not step,
        )
