"""The people's files of the sample office: what was agreed with everybody, what they are paid, which papers end."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final

from botui.actions.sample.hr_joining import starters
from botui.actions.sample.year import Year
from botui.models.base import Change, Record, Refused
from botui.models.hr import amending, benefit_filing, pay_filing, person_filing, position_filing
from botui.models.hr.amendment import Amendment
from botui.models.hr.benefit import Benefit
from botui.models.hr.pay import Pay
from botui.models.hr.person_file import Employment, PersonFile
from botui.models.hr.position import Position
from botui.models.office import Context, Person, Role
from botui.models.records import filing
from botui.models.records.document import Document, Privacy

_PLANS: Final = (("Pension", "95"), ("Bus ticket", "49"), ("Health plan", "120"))
_KIN: Final = ("wife", "husband", "mother", "brother", "sister")
_STREETS: Final = ("Harbour Street", "Mill Lane", "Station Road", "Garden Row", "Quay Side")
_HOUR_WORKERS: Final = 0.1
_PART_TIMERS: Final = 0.25
_DAY: Final = timedelta(days=1)


def play(year: Year, rng: Random, share: float) -> None:
    """Plan the files of a year, as far as somebody works as HR."""
    if year.hr is None:
        return
    plot = _Plot(year, rng, year.hr)
    year.on(0, plot.begin, 0.05)
    year.on(year.last - 25, plot.paper, 0.3)
    year.on(year.last - 6, plot.ask, 0.4)
    year.on(year.last - 3, plot.plan, 0.5)
    year.on(year.last - 1, plot.ask, 0.6)


class _Plot:
    """What HR does with people's files in a year that is being played."""

    def __init__(self, year: Year, rng: Random, hr: Person) -> None:
        self._year, self._room, self._rng, self._hr = year, year.room, rng, hr
        coming = {one.id for one in starters(year)}
        self._people = [one for one in year.people if one.id not in coming]

    def _file(
        self, at: datetime, by: Person, rule: Callable[[Context, Any], Change], model: type[Record], /, **values: Any
    ) -> Any:
        """File a record by its rule; return it, or None where it is refused."""
        new = model.model_validate({**values, "id": self._room.new_id(model)})
        with suppress(Refused):
            self._room.let(at, by, lambda ctx: rule(ctx, new))
        return self._room.get(model, new.id)

    def begin(self, at: datetime) -> None:
        """File positions, and everybody who works here, with what they are paid."""
        jobs = sorted({(one.job, one.department) for one in self._people if one.job}, key=str)
        positions = {
            (job, department): self._file(
                at,
                self._hr,
                position_filing.create,
                Position,
                name=job,
                department=department,
                grade=f"G{place % 6 + 1}",
            )
            for place, (job, department) in enumerate(jobs)
        }
        for place, person in enumerate(self._people):
            position = positions.get((person.job, person.department))
            self._employ(at, person, place, position)

    def _employ(self, at: datetime, person: Person, place: int, position: Position | None) -> None:
        rng, part_time = self._rng, self._rng.random() < _PART_TIMERS
        starts = self._year.today(at) - timedelta(days=rng.randrange(90, 4000))
        hours = Decimal(rng.choice((20, 25, 30))) if part_time else Decimal(40)
        self._file(
            at,
            self._hr,
            person_filing.create,
            PersonFile,
            person=person.id,
            number=f"{1000 + place}",
            position=position.id if position else None,
            employment=Employment.PART_TIME if part_time else Employment.FULL_TIME,
            starts=starts,
            week_hours=hours,
            week_days="mon-thu" if hours == Decimal(20) else "",
            born=date(rng.randrange(1962, 2003), rng.randrange(1, 13), rng.randrange(1, 29)),
            address=f"{rng.choice(_STREETS)} {rng.randrange(1, 90)}",
            phone=f"0171 {rng.randrange(1_000_000, 9_999_999)}",
            emergency=f"{rng.choice(_KIN)}, 0172 {rng.randrange(1_000_000, 9_999_999)}",
            iban=f"DE{rng.randrange(10, 99)} 5001 0517 {rng.randrange(1000, 9999)} {rng.randrange(1000, 9999)} 00",
            insurance_number=f"{rng.randrange(10, 99)} {rng.randrange(100_000, 999_999)}",
        )
        by_hour = rng.random() < _HOUR_WORKERS
        amount = Decimal(rng.randrange(15, 22)) if by_hour else hours / 40 * rng.randrange(2600, 5200, 50)
        pay = {"person": person.id, "per": "hour" if by_hour else "month", "grade": position.grade if position else ""}
        self._file(at, self._hr, pay_filing.create, Pay, starts=starts, amount=round(amount, 2), **pay)
        if rng.random() < 0.3:
            raised = round(amount * Decimal("1.03"), 2)
            first = self._year.date_of(self._year.last // 2).replace(day=1) + timedelta(days=31)
            self._file(at, self._hr, pay_filing.create, Pay, starts=first.replace(day=1), amount=raised, **pay)
        for plan, cost in rng.sample(_PLANS, rng.choice((0, 1, 1, 2))):
            enrolled = {"person": person.id, "plan": plan, "cost": cost, "starts": starts}
            self._file(at, self._hr, benefit_filing.create, Benefit, **enrolled)

    def _staff(self) -> list[Person]:
        return [one for one in self._people if one.roles == (Role.STAFF,)] or self._people

    def paper(self, at: datetime) -> None:
        """File a paper that ends soon."""
        person, today = self._rng.choice(self._staff()), self._year.today(at)
        values = {"title": "Work permit", "privacy": Privacy.HR, "person": person.id, "tags": ("work permit",)}
        new = self._file(at, self._hr, filing.create, Document, **values, ends_on=today + timedelta(days=40))
        if new is not None:
            with suppress(Refused):
                self._room.verb(at, self._hr, new, "file")
        trainee = next((one for one in self._room.all(PersonFile) if one.person == self._staff()[0].id), None)
        if trainee is not None:
            after = trainee.model_copy(update={"fixed_until": today + timedelta(days=55)})
            self._room.let(at, self._hr, lambda ctx: person_filing.revise(ctx, trainee, after))

    def ask(self, at: datetime) -> None:
        """Let somebody ask for a change of their file; HR agrees to the first of them."""
        for one in self._room.all(Amendment):
            with suppress(Refused):
                self._room.verb(at, self._hr, one, "approve")
        person = self._rng.choice(self._staff())
        home = f"{self._rng.choice(_STREETS)} {self._rng.randrange(1, 90)}"
        self._file(at, person, amending.create, Amendment, text="I moved", address=home)

    def plan(self, at: datetime) -> None:
        """Plan that somebody works less from a day to come on, and is paid for that."""
        file = next((one for one in self._room.all(PersonFile) if one.week_hours == Decimal(40)), None)
        first = (self._year.today(at).replace(day=1) + timedelta(days=62)).replace(day=1)
        if file is None or file.person == self._hr.id:
            return
        with suppress(Refused):
            self._room.verb(at, self._hr, file, "amend", on=first, week_hours=Decimal(32), week_days="mon-thu")
        now = pay_filing.in_force(self._room.context(at, self._hr), file.person, first - _DAY)
        if now is not None:
            values = {"person": file.person, "per": now.per, "grade": now.grade}
            less = round(now.amount * Decimal("0.8"), 2)
            self._file(at, self._hr, pay_filing.create, Pay, starts=first, amount=less, **values)
