"""Recruitment and cases of the sample office: who is wanted, who applied and how far they are; two cases of HR's."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any, Final, TypeVar

from botui import areas
from botui.actions.sample.year import Year
from botui.models.base import Record, Refused
from botui.models.hr import hr_forms
from botui.models.hr.candidate import Candidate
from botui.models.hr.case import Case, Sort
from botui.models.hr.interview import Interview
from botui.models.hr.opening import Opening
from botui.models.office import Department, Person, Place
from botui.models.records.document import Document, Privacy
from botui.models.records.form import Form
from botui.models.records.form import Sort as FormSort
from botui.models.records.retention import RetentionClass

R = TypeVar("R", bound=Record)

_NAMES: Final = (
    *("Edith Vale", "Tomas Brandt", "Nadia Osei", "Piet Kramer", "Lucia Ferrant", "Owen Hale"),
    *("Mira Sand", "Jonas Tiede", "Greta Lund"),
)
"""Candidates: of the first opening six, one further each time, of the second the rest."""
_SOURCES: Final = ("our web page", "a job board", "a friend who works here", "the employment agency")
_STEPS: Final = ("shortlist", "book", "rate", "pass", "offer")
"""What is done with a candidate, one after the other."""
_ARRIVED: Final = (16, 13, 10, 4, 4, 2)
"""Days of the office ago on which the candidates of the first opening applied; the fourth is heard tomorrow."""


def play(year: Year, rng: Random, share: float) -> None:
    """Plan what HR does to find somebody, and two cases; nothing where nobody works as HR."""
    if year.hr is None or year.last < 60:
        return
    plot = _Plot(year, rng, year.hr)
    year.on(year.last - 55, plot.begin, 0.1)
    for number, ago in enumerate(_ARRIVED):
        year.on(year.last - ago, partial(plot.applies, number, opening=0, steps=5 - number), 0.3)
    for number in (6, 7):
        year.on(year.last - 52, partial(plot.applies, number, opening=1, steps=0), 0.3)
    year.on(year.last - 45, plot.refuse_all, 0.5)
    year.on(year.last - 1, partial(plot.applies, 8, opening=0, steps=-1), 0.4)
    year.on(year.last - 40, plot.discipline, 0.4)
    year.on(year.last - 6, plot.grievance, 0.4)


class _Plot:
    """What HR does in the last weeks of a year that is being played.

    Args:
        year: the days.
        rng: what is drawn from.
        hr: who works as HR.
    """

    def __init__(self, year: Year, rng: Random, hr: Person) -> None:
        self._year, self._room, self._rng, self._hr = year, year.room, rng, hr
        self._panel = [one for one in (year.manager, *year.keepers) if one is not None and one.id != hr.id][:2]
        self._openings: list[Opening] = []

    def begin(self, at: datetime) -> None:
        """Say who is wanted; one opening is for a while only, and files of those refused are not kept long."""
        department = next((one.id for one in self._room.all(Department) if one.active), None)
        manager = self._panel[0].id if self._panel else None
        today = self._year.today(self._year.office.now)
        short = next((one.id for one in self._room.all(RetentionClass) if one.name == "Not to be kept"), None)
        wanted: Sequence[dict[str, Any]] = (
            {"title": "Clerk, front desk", "headcount": 2, "starts": today + timedelta(days=40), "closes": today},
            {"title": "Help for the move", "starts": today - timedelta(days=30), "schedule": short},
        )
        for values in wanted:
            found = self._file(at, Opening, self._hr, department=department, manager=manager, **values)
            self._openings += [found] if found else []
        for change in hr_forms.usual(self._room.context(at, None)):
            self._room.apply(change)

    def applies(self, number: int, at: datetime, *, opening: int, steps: int) -> None:
        """Let somebody apply, with a CV; so many steps follow, a day or two apart."""
        if len(self._openings) <= opening:
            return
        name = _NAMES[number]
        cv = self._file(at, Document, self._hr, title=f"CV {name}", privacy=Privacy.HR, shelf="HR 1")
        mail = f"{name.lower().replace(' ', '.')}@example.org"
        one = self._file(
            at,
            Candidate,
            self._hr,
            name=name,
            opening=self._openings[opening].id,
            email=mail,
            phone=f"0171 555{self._rng.randrange(1000, 9999)}",
            source=self._rng.choice(_SOURCES),
            cv=cv.id if cv else None,
        )
        if one is not None:
            day = self._year.day_of(self._year.today(at))
            for place, name in enumerate(_STEPS[: max(steps, 0)], 1):
                self._year.on(day + 2 * place, partial(self._step, one.id, name), 0.1)

    def _step(self, number: int, name: str, at: datetime) -> None:
        candidate, today = self._room.at(Candidate, number), self._year.today(at)
        match name:
            case "book":
                opens = self._year.office.settings.business_hours().next_opening(at + timedelta(hours=12))
                start = opens + timedelta(hours=2)
                self._verb(at, self._hr, candidate, "book", start=start, attendees=self._numbers(), place=self._place())
            case "rate":
                self._score(at, candidate)
            case "offer":
                form = next((one.id for one in self._room.find(Form, sort=FormSort.OFFER)), None)
                self._verb(at, self._hr, candidate, "offer", pay=3100, form=form, answer_by=today + timedelta(days=9))
            case _:
                self._verb(at, self._hr, candidate, name)

    def _score(self, at: datetime, candidate: Candidate) -> None:
        for interview in self._room.find(Interview, candidate=candidate.id):
            for one in self._panel:
                self._verb(at, one, interview, "rate", points=self._rng.randrange(2, 6), text="")

    def refuse_all(self, at: datetime) -> None:
        """Refuse those who applied for what is not wanted any more, and close it."""
        if len(self._openings) < 2:
            return
        for one in self._room.find(Candidate, opening=self._openings[1].id):
            self._verb(at, self._hr, one, "reject", reason="The move is put off")
        self._verb(at, self._hr, self._openings[1], "close", reason="The move is put off")

    # --- cases ----------------------------------------------------------------------------------------------------

    def discipline(self, at: datetime) -> None:
        """Look into something that somebody did, and warn them."""
        person = self._somebody()
        values = {"subject": "Keys left in the door", "sort": Sort.DISCIPLINE, "person": person.id}
        case = self._file(at, Case, self._hr, **values, happened_on=self._day(at, -3))
        if case is not None:
            self._verb(at, self._hr, case, "note", text="Talked to both sides.", what="hearing")
            self._verb(at, self._hr, case, "warn", text="Please lock up when you leave last.", what="verbal")
            soon = self._year.today(self._year.office.now) + timedelta(days=20)
            self._verb(at, self._hr, case, "warn", text="Keys are handed out by day only.", what="other", until=soon)
            self._verb(at, self._hr, case, "resolve", outcome="Warned; nothing was lost.")

    def grievance(self, at: datetime) -> None:
        """Let somebody bring something to HR."""
        case = self._file(
            at, Case, self._somebody(), subject="Noise in the large office", happened_on=self._day(at, -1)
        )
        if case is not None:
            self._verb(at, self._hr, case, "note", text="Asked the neighbours.")

    # --- who, where -----------------------------------------------------------------------------------------------

    def _file(self, at: datetime, model: type[R], by: Person, **values: Any) -> R | None:
        kind = areas.kind(model.COLLECTION)
        number = self._room.new_id(model)
        with suppress(Refused):
            self._room.let(at, by, lambda ctx: kind.create(ctx, model.model_validate({**values, "id": number})))
        return self._room.get(model, number)

    def _verb(self, at: datetime, by: Person, record: Record, name: str, **values: Any) -> None:
        # somebody may be in another meeting then, or away
        with suppress(Refused):
            self._room.verb(at, by, record, name, **values)

    def _numbers(self) -> tuple[int, ...]:
        return tuple(one.id for one in self._panel)

    def _somebody(self) -> Person:
        others = [one for one in self._year.people if one.id != self._hr.id and one not in self._panel]
        return self._rng.choice(others or self._year.people)

    def _place(self) -> int:
        return next(one.id for one in self._room.all(Place) if one.active)

    def _day(self, at: datetime, days: int) -> date:
        return self._year.today(at) + timedelta(days=days)
