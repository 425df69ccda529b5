"""What of the office lists waits for a person: reminders that are due, whom they stand in for, that they are back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from botui.models import calendar
from botui.models.base import Between, Waiting
from botui.models.office.context import Context
from botui.models.office.records import Reminder
from botui.models.office.standins import StandIn


def waiting(ctx: Context) -> Iterator[Waiting]:
    """Yield what of the office lists waits for whoever acts."""
    if ctx.by is None:
        return
    by_today = Between(high=(ctx.today + timedelta(days=1)).isoformat())
    for one in ctx.data.find(Reminder, person=ctx.by, done_at=None, on=by_today):
        day = calendar.day_words(one.on, ctx.today)
        yield Waiting(
            collection="reminders",
            number=one.id,
            what=f"{one.about} {one.note}".strip(),
            why=f"reminder of {day}" if one.on < ctx.today else "reminder",
            due=ctx.end_of(one.on),
            verb="acknowledge",
        )
    yield from _standing_in(ctx, ctx.by)
    yield from _back(ctx, ctx.by)


def _standing_in(ctx: Context, person: int) -> Iterator[Waiting]:
    for one in ctx.data.find(StandIn, stand_in=person, ended_at=None, acknowledged_at=None):
        if one.ends >= ctx.today:
            yield Waiting(
                collection="standins",
                number=one.id,
                what=f"You stand in for {ctx.person(one.person)}{f': {one.note}' if one.note else ''}",
                why=f"{calendar.day_words(one.starts, ctx.today)} to {calendar.day_words(one.ends, ctx.today)}",
                due=ctx.end_of(one.starts),
                verb="acknowledge",
                personal=True,
            )


def _back(ctx: Context, person: int) -> Iterator[Waiting]:
    for one in ctx.data.find(StandIn, person=person, ended_at=None):
        if one.begun_at is not None:
            yield Waiting(
                collection="standins",
                number=one.id,
                what=f"You are away; {ctx.person(one.stand_in)} stands in",
                why=f"until {calendar.day_words(one.ends, ctx.today)}: are you back?",
                due=ctx.end_of(one.ends),
                verb="cancel",
                next=one.ends < ctx.today,
                personal=True,
            )
