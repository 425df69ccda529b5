"""Leave in the sample office: taken, approved, asked for, refused, a few ill; somebody is away today."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any, Final

from botui.actions.sample.hr_joining import starters
from botui.actions.sample.year import Year
from botui.changing import follow_up
from botui.models.base import Record, Refused
from botui.models.hr import leave_asking, leave_booking, leave_clock, leave_usual
from botui.models.hr.leave import Leave, LeaveEntry, LeaveType, Part, State, Why
from botui.models.office import Person, Presence

_BEGINS: Final = 200
"""Days ago on which the leave book was begun: what was before is in opening balances."""
_ANNUAL, _SICK, _LIEU = "Annual leave", "Sick leave", "Time off in lieu"
_TAKEN: Final = 12
"""How many weeks of leave lie behind in the usual sample."""
_REASONS: Final = ("", "", "Family", "Moving house", "A wedding")


def play(year: Year, rng: Random, share: float) -> None:
    """Plan the leave of a year, as far as somebody works as HR."""
    if year.hr is None:
        return
    plot = _Plot(year, rng, year.hr)
    first = max(year.last - _BEGINS, 1)
    year.on(first, plot.begin, 0.1)
    for _ in range(max(round(_TAKEN * share), 3)):
        ago = rng.randrange(20, _BEGINS - 30)
        year.on(max(year.last - ago, first + 1), partial(plot.leave, -ago, rng.randrange(2, 9), "yes"), 0.4)
    for ahead, days, answer in ((-1, 3, "yes"), (9, 4, "yes"), (24, 9, "yes"), (12, 4, ""), (30, 1, ""), (16, 2, "no")):
        year.on(year.last - 6, partial(plot.leave, ahead, days, answer), 0.5)
    for ago, days in ((80, 1), (31, 2), (12, 5), (4, 4)):
        year.on(max(year.last - ago, first + 1), partial(plot.ill, days), 0.1)
    year.on(year.last - 15, plot.worked, 0.9)
    year.on(year.last - 2, plot.half_a_day, 0.3)
    year.on(year.last - 20, plot.away_now, 0.6)


class _Plot:
    """What people and HR do about leave in a year that is being played."""

    def __init__(self, year: Year, rng: Random, hr: Person) -> None:
        self._year, self._room, self._rng, self._hr = year, year.room, rng, hr
        coming = {one.id for one in starters(year)}
        self._people = [one for one in year.people if one.id not in coming and one.id != hr.id]

    def _type(self, name: str) -> int:
        return next((one.id for one in self._room.all(LeaveType) if one.name == name), 0)

    def _file(self, at: datetime, by: Person, model: type[Record], /, **values: Any) -> Any:
        """File a record by its rule; return it, or None where it is refused."""
        rule: Any = leave_asking.create if model is Leave else leave_booking.create
        new = model.model_validate({**values, "id": self._room.new_id(model)})
        with suppress(Refused):
            self._room.let(at, by, lambda ctx: rule(ctx, new))
        return self._room.get(model, new.id)

    def begin(self, at: datetime) -> None:
        """Take the usual types, and write what people had on that day, or let it be granted."""
        ctx = self._room.context(at, None)
        for change in leave_usual.usual(ctx):
            self._room.apply(change)
        for person in self._rng.sample(self._people, len(self._people) // 3):
            left = Decimal(self._rng.randrange(12, 40)) / 2
            values = {"type": self._type(_ANNUAL), "amount": left, "why": Why.OPENING}
            self._file(at, self._hr, LeaveEntry, person=person.id, **values)
        for change in leave_clock.due(ctx):
            self._room.apply(follow_up(ctx, change))

    def leave(self, ahead: int, days: int, answer: str, at: datetime) -> None:
        """Let somebody ask for leave so many days from the end, and whoever is asked say yes or no, or nothing yet."""
        person = self._rng.choice(self._people)
        starts = self._weekday(self._year.date_of(self._year.last) + timedelta(days=ahead))
        values = {"starts": starts, "ends": starts + timedelta(days=days), "reason": self._rng.choice(_REASONS)}
        made = self._file(at, person, Leave, type=self._type(_ANNUAL), **values)
        if made is not None and answer:
            self._decide(at, made, "approve" if answer == "yes" else "refuse")

    def away_now(self, at: datetime) -> None:
        """Let those whom the directory shows as away at the end have asked for it."""
        starts = self._weekday(self._year.date_of(self._year.last) - timedelta(days=3))
        for person in self._people:
            if person.presence is Presence.AWAY and person.back_at is not None:
                ends = self._year.today(person.back_at) - timedelta(days=1)
                made = self._file(at, person, Leave, type=self._type(_ANNUAL), starts=starts, ends=ends)
                if made is not None:
                    self._decide(at, made, "approve")

    def _decide(self, at: datetime, leave: Leave, verb: str) -> None:
        by = self._room.get(Person, leave.approver or 0)
        if by is None or leave.state is not State.ASKED:
            return
        reason = {"reason": "Too many are away on these days."} if verb == "refuse" else {}
        with suppress(Refused):
            self._room.verb(at + timedelta(hours=2), by, leave, verb, **reason)

    def ill(self, days: int, at: datetime) -> None:
        """Let somebody say that they are ill."""
        starts = self._weekday(self._year.today(at))
        ends = starts + timedelta(days=days - 1)
        self._file(at, self._rng.choice(self._people), Leave, type=self._type(_SICK), starts=starts, ends=ends)

    def worked(self, at: datetime) -> None:
        """Credit time that was worked, and let one of those take some of it off."""
        lieu = self._type(_LIEU)
        for person in self._rng.sample(self._people, min(3, len(self._people))):
            values = {"type": lieu, "amount": Decimal(6), "why": Why.LIEU, "note": "Stocktake on a Saturday"}
            self._file(at, self._hr, LeaveEntry, person=person.id, **values)
        starts = self._weekday(self._year.today(at) + timedelta(days=8))
        made = self._file(at, person, Leave, type=lieu, starts=starts, hours=Decimal(3))
        if made is not None:
            self._decide(at, made, "approve")

    def half_a_day(self, at: datetime) -> None:
        """Let somebody ask for half a day."""
        starts = self._weekday(self._year.today(at) + timedelta(days=5))
        person = self._rng.choice(self._people)
        self._file(at, person, Leave, type=self._type(_ANNUAL), starts=starts, part=Part.AFTERNOON)

    def _weekday(self, day: date) -> date:
        """Return a day, or the Monday after it where it is of a weekend."""
        return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
