"""Who is in the house: what is read out at the meeting point when it had to be left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from botui.models.base import fold
from botui.models.hr.away import on_day
from botui.models.hr.punch import Way
from botui.models.hr.punching import last_of
from botui.models.office import Context, Person, Place, Presence
from botui.models.office.reports import Report


@dataclass(frozen=True, slots=True)
class Inside:
    """Somebody who is in, as far as is known.

    Attributes:
        place: where they usually are; empty = nobody said.
        phone: by which they are reached outside, else inside.
    """

    person: int
    name: str
    place: str
    phone: str


def inside(ctx: Context) -> list[Inside]:
    """Return who is in now, place by place: all who work here but those who are out, went away or have leave today."""
    away = set(_away(ctx, ctx.today))
    places = {one.id: one.name for one in ctx.data.find(Place)}
    found = [
        Inside(one.id, one.name, places.get(one.place or 0, ""), one.mobile or one.extension)
        for one in ctx.data.find(Person, active=True, presence=Presence.IN.value)
        if one.id not in away
    ]
    return sorted(found, key=lambda one: (not one.place, fold(one.place), fold(one.name)))


def _away(ctx: Context, day: date) -> Iterator[int]:
    """Yield who has leave all day and did not come all the same: who punched in is in."""
    for one in on_day(ctx, day):
        if one.all_day:
            last = last_of(ctx, one.person)
            if last is None or last.way is Way.OUT:
                yield one.person


def evacuation(ctx: Context, since: date, until: date) -> Report:
    """Tell who is in now, place by place, for the meeting point; the days say nothing here."""
    found = inside(ctx)
    rows = [(one.place, one.name, one.phone, "") for one in found]
    if found:
        rows.append(("All", f"{len(found):,} in", "", ""))
    title = f"Who is in, {ctx.settings.local(ctx.now):%Y-%m-%d %H:%M}"
    return Report(title, ("Place", "Name", "Phone", "Seen outside"), tuple(rows))


def now(today: date) -> tuple[date, date]:
    """Return the days of who is in: today."""
    return today, today
