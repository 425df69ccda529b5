"""Which going out ends which coming in: reckoned from the times alone, whenever a punch is added or corrected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from botui.models.base import Between, Change, stamp
from botui.models.hr.punch import LONGEST, Punch, Way
from botui.models.office import Context
from botui.models.office.pending import ahead, as_will_be


def pairs(punches: Iterable[Punch]) -> dict[int, int]:
    """Return for each punch that has one the number of its other half; punches are all of one person, and all count.

    A coming in is ended by the first going out after it, unless somebody comes in once more before that, or it is
    longer ago than anybody is at work.
    """
    found: dict[int, int] = {}
    came: Punch | None = None
    for one in sorted(punches, key=lambda one: (one.at, one.id)):
        if one.way is Way.IN:
            came = one
        elif came is not None:
            if one.at - came.at <= LONGEST:
                found[came.id], found[one.id] = one.id, came.id
            came = None
    return found


def near(ctx: Context, change: Change, person: int, moment: datetime) -> list[Punch]:
    """Return what of somebody's punches counts around a moment, as it will be after what a change does so far.

    Only what lies so near can belong together: twice the longest stretch either way.
    """
    within = Between(low=stamp(moment - 2 * LONGEST), high=stamp(moment + 2 * LONGEST))
    there = [as_will_be(change, one) for one in ctx.data.find(Punch, person=person, corrected_at=None, at=within)]
    new = (put for (name, _), put in change.puts.items() if name == Punch.COLLECTION and put.was is None)
    added = [found for put in new if (found := ahead(ctx, change, Punch, put.id)) is not None]
    return [one for one in (*there, *added) if one.corrected_at is None and one.person == person]


def pair(ctx: Context, change: Change, person: int, moment: datetime) -> None:
    """Add to a change which punches of somebody belong together around a moment, after what it does so far."""
    around = near(ctx, change, person, moment)
    found = pairs(around)
    for one in around:
        if one.pair != found.get(one.id) and (one.id in found or not _farther(ctx, change, one, around)):
            _set(ctx, change, one, found.get(one.id))


def _farther(ctx: Context, change: Change, one: Punch, around: list[Punch]) -> bool:
    """Return whether a punch belongs to one that counts and lies farther away than was looked."""
    other = ahead(ctx, change, Punch, one.pair) if one.pair else None
    return other is not None and other.corrected_at is None and all(other.id != near.id for near in around)


def _set(ctx: Context, change: Change, one: Punch, other: int | None) -> None:
    put = change.puts.get((one.COLLECTION, one.id))
    change.set(one if put is not None and put.was is None else ctx.data.get(Punch, one.id) or one, pair=other)
