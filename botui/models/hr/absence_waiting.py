"""Leave on a person's desk: what they are to approve, and what they asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Final

from botui.models import calendar
from botui.models.base import Asked, Between, Offer, Waiting
from botui.models.hr.away import named, others
from botui.models.hr.leave import Leave, State
from botui.models.office import Context

OFFER: Final = Offer(label="Days off", collection="leave")
TOLD_FOR: Final = timedelta(days=14)
"""How long somebody is told that their leave was refused."""


def waiting_for(ctx: Context) -> Iterator[Waiting]:
    """Yield the leave that whoever acts is asked to approve: of whom, when, and who else is away then."""
    for one in ctx.data.find(Leave, approver=ctx.by, state=State.ASKED.value):
        away = others(ctx, one.person or 0, one.starts, one.last)
        yield Waiting(
            collection="leave",
            number=one.id,
            what=f"{ctx.person(one.person)}, {days_words(ctx, one)}",
            why=f"to approve; away then: {named(ctx, away, 2)}",
            due=datetime.combine(one.starts, time(0), ctx.settings.tz).astimezone(UTC),
            since=one.created_at,
            verb="approve",
            blocking=True,
        )


def asked(ctx: Context) -> Iterator[Asked]:
    """Yield the leave of whoever acts that is asked for or ahead, and what was refused lately."""
    today = Between(low=ctx.today.isoformat())
    for state in (State.ASKED, State.APPROVED):
        for one in ctx.data.find(Leave, person=ctx.by, state=state.value, until=today):
            yield _asked(ctx, one)
    for one in ctx.data.find(Leave, person=ctx.by, state=State.REFUSED.value):
        if one.decided_at is None or one.decided_at > ctx.now - TOLD_FOR:
            yield _asked(ctx, one)


def _asked(ctx: Context, one: Leave) -> Asked:
    why = f": {one.answer}" if one.state is State.REFUSED and one.answer else ""
    return Asked(
        collection="leave",
        number=one.id,
        what=f"Days off: {days_words(ctx, one)}",
        state=f"{one.state.label}{why}",
        owner=one.approver if one.state is State.ASKED else None,
        since=one.created_at,
    )


def days_words(ctx: Context, one: Leave) -> str:
    """Return the days of a leave in words: ``Mon 23 Nov to Fri 27 Nov``, ``Mon 23 Nov, first half``."""
    first = calendar.day_words(one.starts, ctx.today)
    if one.until > one.starts:
        return f"{first} to {calendar.day_words(one.until, ctx.today)}"
    if one.hours is not None:
        return f"{first}, {one.hours.normalize():f} h"
    return first if one.part is one.part.WHOLE else f"{first}, {one.part.label}"
