"""What time alone does to tickets: dated waits come back, what was resolved closes, recurring tickets are made.

Each is done once, as of the moment when it was due, whenever a desk looks. What may be due is found among the values
kept at hand, so that looking costs next to nothing when nothing is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from botui.models.base import Between, Change, stamp
from botui.models.office import Context
from botui.models.tickets.lifecycle import awake, close
from botui.models.tickets.recurring import Recurring, due_tickets
from botui.models.tickets.shape import State, Ticket

_SECOND: Final = timedelta(seconds=1)


def clock(ctx: Context) -> Iterator[Change]:
    """Yield what is due by now, one change for each record."""
    yield from _waits_over(ctx)
    yield from _closings(ctx)
    yield from _recurring(ctx)


def _at(ctx: Context, moment: datetime) -> Context:
    return replace(ctx, now=moment, by=None)


def _waits_over(ctx: Context) -> Iterator[Change]:
    by_now = Between(high=stamp(ctx.now + _SECOND))
    for ticket in ctx.data.find(Ticket, state=State.WAITING.value, waiting_until=by_now):
        if ticket.waiting_until is not None:
            change = Change("tickets.back", f"{ticket.ref} is back: its time has come.")
            yield change.set(ticket, state=State.OPEN, **awake(_at(ctx, ticket.waiting_until), ticket))


def closes_at(ctx: Context, resolved_at: datetime) -> datetime:
    """Return when a resolved ticket closes: some working days later, in an office that never opens some days."""
    days = ctx.settings.close_after
    try:
        return ctx.settings.business_hours().add_days(resolved_at, days)
    except ValueError:
        return resolved_at + timedelta(days=days)


def _closings(ctx: Context) -> Iterator[Change]:
    # A working day may end early, so that the last of them is shorter than a day, but no more than that.
    long_ago = Between(high=stamp(ctx.now - timedelta(days=ctx.settings.close_after) + timedelta(days=1)))
    for ticket in ctx.data.find(Ticket, state=State.RESOLVED.value, resolved_at=long_ago):
        if ticket.resolved_at is not None and (due := closes_at(ctx, ticket.resolved_at)) <= ctx.now:
            yield close(_at(ctx, due), ticket, None)


def _recurring(ctx: Context) -> Iterator[Change]:
    by_today = Between(high=(ctx.today + timedelta(days=1)).isoformat())
    for recurring in ctx.data.find(Recurring, active=True, next_on=by_today):
        if change := due_tickets(ctx, recurring):
            yield change
