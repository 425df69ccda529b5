"""Attendance in the sample office: a few people who punch, two weeks of it, with what was forgotten and put right."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from functools import partial
from random import Random
from typing import Final

from botui.actions.sample.year import Year
from botui.models.base import Change, Refused
from botui.models.hr.pairing import pair
from botui.models.hr.punch import Punch, Way
from botui.models.office import Context, Person, Presence

_DAYS: Final = 10
"""Days of the office on which people punched."""
_PEOPLE: Final = 8
"""How many of the usual sample punch; the others have no fixed hours."""
_FORGOTTEN: Final = (2, 6)
"""How many days ago somebody did not punch out: what is farther back is put right by now."""


def play(year: Year, rng: Random, share: float) -> None:
    """Plan the coming and going of the last days.

    Args:
        year: the days.
        rng: what is drawn from.
        share: how large the sample is, of the usual one.
    """
    staff = [one for one in year.people if one.presence is Presence.IN]
    people = rng.sample(staff, min(len(staff), max(round(_PEOPLE * share), 2)))
    for day in range(max(year.last - _DAYS + 1, 1), year.last + 1):
        for person in people:
            ago = year.last - day
            forgets = person is people[0] and ago in _FORGOTTEN
            came, went = rng.uniform(0.0, 0.06), rng.uniform(0.93, 0.99)
            year.on(day, partial(_punch, year, person, Way.IN), came)
            if not forgets:
                year.on(day, partial(_punch, year, person, Way.OUT), went)
            elif ago > 3:
                year.on(day + 1, partial(_put_right, year, person), 0.3)


def _punch(year: Year, person: Person, way: Way, at: datetime) -> None:
    """Book one punch; how people stand in the directory today is told by others."""

    def book(ctx: Context) -> Change:
        change = Change("punches.add")
        change.add(Punch(id=year.room.new_id(Punch), person=person.id, at=at, way=way))
        pair(ctx, change, person.id, at)
        return change

    year.room.let(at, person, book)


def _put_right(year: Year, person: Person, at: datetime) -> None:
    """Let HR write when somebody went who did not punch out."""
    open_ = [one for one in year.room.find(Punch, person=person.id, pair=None, way=Way.IN.value) if one.at < at]
    if year.hr is None or year.hr.id == person.id or not open_:
        return
    came = min(open_, key=lambda one: one.at)
    day = year.day_of(year.today(came.at))
    with suppress(Refused):
        year.room.verb(at, year.hr, came, "correct", went=year.moment(day, 0.95), reason="Left in a hurry")
