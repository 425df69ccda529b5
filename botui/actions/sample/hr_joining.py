"""Who begins and who leaves in the sample office: one began this week, one comes next week, one leaves next month."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Final

from botui.actions.sample.lists import clerks
from botui.actions.sample.year import Year
from botui.models.base import Refused
from botui.models.equipment.asset import Asset, Status
from botui.models.equipment.loan import Loan
from botui.models.hr import offboarding, person_filing
from botui.models.hr.person_file import PersonFile
from botui.models.hr.task import Step, StepState, Who
from botui.models.office import Person, Role

_BEGAN: Final = -3
_BEGINS: Final = 6
"""Days from today to the first one of who is new, and of who comes and is not prepared."""
_NOTICE: Final = 19
"""Days from today to the last one of who leaves."""


def starters(year: Year) -> list[Person]:
    """Return who is new in the office, and who comes next: both have a first day that is near."""
    return [one for one in year.people if one.roles == (Role.STAFF,)][-2:]


def play(year: Year, rng: Random, share: float) -> None:
    """Plan who begins and who leaves, as far as somebody works as HR."""
    if year.hr is None:
        return
    for person, days in zip(starters(year), (_BEGAN, _BEGINS), strict=False):
        year.on(year.last - 8, partial(_taken_on, year, year.hr, person, days), 0.4)
    year.on(year.last - 2, partial(_equipped, year, rng), 0.5)
    year.on(year.last - 1, partial(_ticked, year, year.hr), 0.5)
    year.on(year.last - 4, partial(_leaves, year, year.hr), 0.6)


def _taken_on(year: Year, hr: Person, person: Person, days: int, at: datetime) -> None:
    """File who is new, and begin what there is to prepare for whom the first day has come."""
    if [one for one in year.room.all(PersonFile) if one.person == person.id]:
        return
    starts = year.date_of(year.last) + timedelta(days=days)
    new = PersonFile(id=year.room.new_id(PersonFile), person=person.id, starts=starts)
    year.room.let(at, hr, partial(person_filing.create, file=new))
    if days < 0:
        year.room.verb(at, hr, new, "run")


def _equipped(year: Year, rng: Random, at: datetime) -> None:
    """Hand something out to who is new: its step ticks itself."""
    clerk = next(iter(clerks(year.office)), None)
    ready = [one for one in year.room.all(Asset) if one.status is Status.READY]
    for new in starters(year)[:1]:
        if clerk is not None and ready:
            with suppress(Refused):
                year.room.verb(at, clerk, rng.choice(ready), "hand_out", to=new.initials)


def _ticked(year: Year, hr: Person, at: datetime) -> None:
    """Let HR and the clerks tick what lies behind, but for the last of it."""
    new = [one.id for one in starters(year)[:1]]
    mine = [one for one in year.room.all(Step) if one.person in new]
    behind = [one for one in mine if one.due and one.due < year.today(at) and one.state is StepState.OPEN]
    for step in behind[:-2]:
        by = next(iter(clerks(year.office)), hr) if step.who is Who.CLERK else hr
        with suppress(Refused):
            year.room.verb(at, by, step, "tick")


def _leaves(year: Year, hr: Person, at: datetime) -> None:
    """Enter that somebody leaves who has something of the office, so that there is something to take back."""
    holders = {one.person for one in year.room.all(Loan) if one.person and one.back_at is None}
    staff = [one for one in year.people if one.roles == (Role.STAFF,)][:-2]
    person = next((one for one in reversed(staff) if one.id in holders), staff[-1] if staff else None)
    if person is None:
        return
    if not [one for one in year.room.all(PersonFile) if one.person == person.id]:
        starts = year.date_of(0) - timedelta(days=400)
        new = PersonFile(id=year.room.new_id(PersonFile), person=person.id, starts=starts)
        year.room.let(at, hr, partial(person_filing.create, file=new))
    file = next(one for one in year.room.all(PersonFile) if one.person == person.id)
    if offboarding.cannot_resign(year.room.context(at, hr), file) is None and file.ends is None:
        day = year.date_of(year.last) + timedelta(days=_NOTICE)
        year.room.verb(at, hr, file, "resign", day=day, reason="Moves away")
