"""Types of leave: made and changed by HR; what an account stands on stays as it is."""

from __future__ import annotations

from datetime import date
from typing import Final

from botui.models.base import Change, Refused, fold
from botui.models.hr.leave import Leave, LeaveEntry, LeaveType, Per, Why
from botui.models.office import Context

_STANDS: Final = ("unit", "counted", "in_lieu")
"""Fields that say what the figures of an account mean."""


def create(ctx: Context, kind: LeaveType) -> Change:
    """Make a type; its allowances are granted from the beginning of this year, if no other day is said.

    Raises:
        Refused: there is one of this name, or its rules do not go together.
    """
    _refuse_unfit(ctx, kind)
    new = kind.model_copy(update={"since": kind.since or date(ctx.today.year, 1, 1), "reckoned": None})
    return Change("leavetypes.add", f"{new.name} can be asked for.").add(new)


def revise(ctx: Context, before: LeaveType, after: LeaveType) -> Change:
    """Change the rules of a type: what was granted and closed before stays, what comes follows the new ones.

    Where an allowance begins with it, none comes for years before this one; where it is granted by the month instead of
    by the year, or the other way round, none comes twice for this year.

    Raises:
        Refused: leave of it was booked in another unit, or the rules do not go together.
    """
    since = _since(ctx, before, after)
    said = f" It is granted so from {since:%d.%m.%Y} on." if since and since > ctx.today != before.since else ""
    after = after.model_copy(update={"since": since})
    changed = {name for name in LeaveType.model_fields if getattr(before, name) != getattr(after, name)}
    stands = changed.intersection(_STANDS)
    if stands and (ctx.data.numbers(LeaveEntry, 1, type=before.id) or ctx.data.numbers(Leave, 1, type=before.id)):
        why = "There is leave of this type already: make another type, and put this one out of use."
        raise Refused(why, dict.fromkeys(stands, "Leave stands on this."))
    _refuse_unfit(ctx, after)
    return Change("leavetypes.edit", f"{after.name} is changed.{said}").set(
        before, **{name: getattr(after, name) for name in changed}
    )


def _since(ctx: Context, before: LeaveType, after: LeaveType) -> date | None:
    """Return since when a type grants what its new rules say, where nobody says since when."""
    if after.since != before.since or not _grants(after):
        return after.since
    this_year = date(ctx.today.year, 1, 1)
    granted = {"type": before.id, "why": Why.ALLOWANCE.value, "year": ctx.today.year}
    if after.per is not before.per and ctx.data.numbers(LeaveEntry, 1, **granted):
        return this_year.replace(year=ctx.today.year + 1)
    return after.since if _grants(before) else max(after.since or this_year, this_year)


def _grants(kind: LeaveType) -> bool:
    return kind.active and bool(kind.allowance) and kind.per is not Per.NEVER


def _refuse_unfit(ctx: Context, kind: LeaveType) -> None:
    for one in ctx.data.find(LeaveType, active=True):
        if kind.active and one.id != kind.id and fold(one.name) == fold(kind.name):
            raise Refused(f"There is {one.name} already: {one.ref}.", {"name": "Another name, please."})
    granted = bool(kind.allowance) and kind.per is not Per.NEVER
    if granted and not kind.counted:
        raise Refused("What has no balance has no allowance.", {"allowance": "0, or with a balance."})
    if granted and kind.in_lieu:
        raise Refused("Time in lieu is credited for time worked, not granted.", {"allowance": "0, please."})
    if kind.in_lieu and not kind.counted:
        raise Refused("Time in lieu has a balance.", {"counted": "y, please."})
