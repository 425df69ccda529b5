"""What time does with absences: who goes away is shown as away in the directory, and who is back as in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from botui.models.base import Between, Change
from botui.models.hr.leave import Absence
from botui.models.office import Context, Person, Presence
from botui.models.office.standins import back_at


def due(ctx: Context) -> Iterator[Change]:
    """Yield what begins by today, then what ended, one change for each; of half a day only that it was."""
    by_today = Between(high=(ctx.today + timedelta(days=1)).isoformat())
    for one in ctx.data.find(Absence, begun_at=None, starts=by_today):
        yield _begin(ctx, one)
    over = Between(high=ctx.today.isoformat())
    for one in ctx.data.find(Absence, begun_at=Between(low=""), ended_at=None, ends=over):
        if back_at(ctx, one.ends) <= ctx.now:
            yield _end(ctx, one)


def _begin(ctx: Context, one: Absence) -> Change:
    began = datetime.combine(one.starts, time(0), ctx.settings.tz).astimezone(UTC)
    change = Change("absences.begin", f"{ctx.person(one.person)} is away.").set(one, begun_at=min(began, ctx.now))
    person = ctx.data.get(Person, one.person)
    if one.all_day and one.ends >= ctx.today and person is not None and person.presence is not Presence.AWAY:
        change.set(person, presence=Presence.AWAY, back_at=back_at(ctx, one.ends))
    return change


def _end(ctx: Context, one: Absence) -> Change:
    """Return that somebody is back; whoever said otherwise meanwhile, or punched, is as they said."""
    back = back_at(ctx, one.ends)
    change = Change("absences.end", f"{ctx.person(one.person)} is back.").set(one, ended_at=back)
    person = ctx.data.get(Person, one.person)
    if one.all_day and person is not None and person.presence is Presence.AWAY and person.back_at == back:
        change.set(person, presence=Presence.IN, back_at=None)
    return change
