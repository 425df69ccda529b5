"""What of attendance waits for a person: what they did not punch themselves, what they put right for others."""

from __future__ import annotations

from collections.abc import Iterator

from botui.models import calendar
from botui.models.base import Waiting, and_more
from botui.models.hr.punch import Punch, Way
from botui.models.hr.punches_kind import missing
from botui.models.hr.reporting_lines import manager
from botui.models.office import Context


def waiting_for(ctx: Context) -> Iterator[Waiting]:
    """Yield what whoever acts did not punch, and the first that they are to put right for others."""
    if not ctx.roles & {"hr", "manager"}:
        found = _missing(ctx, person=ctx.by)
        yield from (_waiting(ctx, one, "tell HR, or your manager, when it was", "") for one in found[:1])
        return
    every = _missing(ctx)
    own = [one for one in every if one.person == ctx.by]
    theirs = [one for one in every if one.person != ctx.by and _sees_to(ctx, one.person)]
    yield from (_waiting(ctx, one, "tell HR, or your manager, when it was", "") for one in own[:1])
    yield from (_waiting(ctx, one, f"put it right{and_more(theirs)}", "correct") for one in theirs[:1])


def _missing(ctx: Context, **whose: object) -> list[Punch]:
    where = {name: one[0] if isinstance(one, tuple) else one for name, one in missing(ctx).items()}
    return sorted(ctx.data.find(Punch, **where, **whose), key=lambda one: (one.at, one.id))


def _sees_to(ctx: Context, person: int) -> bool:
    return "hr" in ctx.roles or manager(ctx, person) == ctx.by


def _waiting(ctx: Context, one: Punch, why: str, verb: str) -> Waiting:
    day = calendar.day_words(ctx.settings.local(one.at).date(), ctx.today)
    half = "out" if one.way is Way.IN else "in"
    return Waiting(
        collection="punches",
        number=one.id,
        what=f"No {half} of {ctx.person(one.person)}, {day}",
        why=why,
        since=one.at,
        verb=verb,
        personal=True,
    )
