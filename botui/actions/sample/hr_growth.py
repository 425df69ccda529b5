"""Training, reviews, policies and safety in the sample office: a year of each, and something of it for every list."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any, Final

from botui.actions.sample.year import Year
from botui.areas import kind
from botui.models.base import Record, Refused
from botui.models.hr import incident_book
from botui.models.hr.course import Course, CourseKind
from botui.models.hr.cycle import Cycle
from botui.models.hr.drill import Drill, DrillKind
from botui.models.hr.incident import Incident, IncidentKind
from botui.models.hr.policy import Policy
from botui.models.hr.qualification import Certificate
from botui.models.hr.review import Review
from botui.models.hr.training import Training
from botui.models.office import Department, Person, Place, Role

_COURSES: Final[tuple[dict[str, Any], ...]] = (
    {"name": "First aid", "kind": CourseKind.WORKSHOP, "months": 24, "first_aid": True},
    {"name": "Fire safety", "kind": CourseKind.SEMINAR, "months": 12, "everyone": True},
    {"name": "Data protection", "kind": CourseKind.ONLINE, "months": 24, "everyone": True},
    {"name": "Fork lift", "kind": CourseKind.EXAM, "months": 60},
    {"name": "Spreadsheets", "kind": CourseKind.SELF},
)
_FIRST_AID, _FIRE, _DATA, _LIFT, _SHEETS = range(5)
_POLICIES: Final[tuple[tuple[str, str, int, float], ...]] = (
    ("Clean desk", "Papers and screens are locked away when nobody is at the desk.", 1, 0.95),
    ("E-mail and internet", "Office mail is for office matters. Attachments of strangers stay closed.", 2, 0.6),
    ("Visitors", "Visitors sign in at the desk and are fetched there.", 0, 0.0),
)
"""Name, text, versions that came into force, and how many of the people have read the last one."""
_GOALS: Final = "50% Answers within a working day\n30% Papers are filed the day they come\n20% Learns something new"
_WORDS: Final = ("A good year.", "More care with dates, please.", "Helps wherever help is needed.", "")
_SAFE: Final = "Mats on the stairs; the cleaner puts up a sign."


def play(year: Year, rng: Random, share: float) -> None:
    """Plan a year of training, reviews, policies and safety.

    Args:
        year: the days.
        rng: what is drawn from.
        share: how large the sample is, of the usual one.
    """
    if not year.people or year.last < 60:
        return
    plot = _Plot(year, rng, max(round(12 * share), 3))
    year.on(1, plot.begin, 0.2)
    for ago, course in ((220, _FIRE), (160, _FIRST_AID), (90, _DATA), (3, _SHEETS)):
        year.on(max(year.last - ago - 14, 2), partial(plot.training, course=course, ago=ago), 0.4)
    year.on(year.last - 5, partial(plot.training, course=_FIRST_AID, ago=-9), 0.4)
    for place, policy in enumerate(_POLICIES):
        year.on(max(year.last - 120 + 20 * place, 2), partial(plot.policy, *policy), 0.3)
    year.on(max(year.last - 230, 2), partial(plot.cycle, name="Last year", over=True), 0.3)
    year.on(year.last - 30, partial(plot.cycle, name="This year", over=False), 0.3)
    for ago in (210, 40, 12, 1):
        year.on(max(year.last - ago, 2), partial(plot.incident, ago=ago), 0.6)
    for ago, took in ((240, "6.5"), (60, "4.5")):
        year.on(max(year.last - ago, 2), partial(plot.drill, minutes=took), 0.7)


class _Plot:
    """What HR does about training, reviews, policies and safety in a year that is being played."""

    def __init__(self, year: Year, rng: Random, many: int) -> None:
        self._year, self._room, self._rng, self._many = year, year.room, rng, many

    def _hr(self) -> Person:
        """Return who works for HR, or in a house without one whoever sees to everything."""
        people = [one for one in self._year.people if Role.HR in one.roles]
        return people[0] if people else self._year.keepers[0]

    def _some(self, many: int) -> list[Person]:
        return self._rng.sample(self._year.people, min(many, len(self._year.people)))

    def _file(self, at: datetime, by: Person | None, model: type[Record], /, **values: Any) -> Any:
        """File a record as the rules file it; return it as it is kept, or None if they refuse it."""
        new = model.model_validate({**values, "id": self._room.new_id(model)})
        create = kind(model.COLLECTION).create
        with suppress(Refused):
            self._room.let(at, by, lambda ctx: create(ctx, new))
        return self._room.get(model, new.id)

    def _verb(self, at: datetime, by: Person, record: Record, name: str, /, **values: Any) -> None:
        with suppress(Refused):
            self._room.verb(at, by, record, name, **values)

    def begin(self, at: datetime) -> None:
        """Write the courses down, and certificates that people brought along."""
        made = [self._file(at, self._hr(), Course, **values) for values in _COURSES]
        today = self._year.today(at)
        for person in self._some(self._many // 2):
            starts = today - timedelta(days=self._rng.randrange(300, 1_500))
            self._file(at, self._hr(), Certificate, person=person.id, course=made[_LIFT].id, starts=starts)
        for days, person in zip((345, 372, 400), self._some(3), strict=False):
            ends = today + timedelta(days=days)
            kept: dict[str, Any] = {"course": made[_FIRST_AID].id, "starts": today - timedelta(days=300), "ends": ends}
            self._file(at, self._hr(), Certificate, person=person.id, by="Red Cross", **kept)

    def training(self, at: datetime, *, course: int, ago: int) -> None:
        """Plan a training two weeks ahead; of one that is over long enough it is known who came."""
        found = next((one for one in self._room.all(Course) if one.name == _COURSES[course]["name"]), None)
        if found is None:
            return
        day = self._year.last - ago
        start = self._year.moment(day, 0.25) if ago >= 0 else self._year.office.now + timedelta(days=-ago)
        values: dict[str, Any] = {"course": found.id, "start": start, "end": start + timedelta(hours=3)}
        held = self._file(at, self._hr(), Training, **values, place=self._place(), trainer="Red Cross", seats=40)
        if held is None:
            return
        people = tuple(one.id for one in self._some(self._many * (2 if found.everyone else 1)))
        self._verb(at, self._hr(), held, "book", people=people)
        if ago > 3:
            self._year.on(day, lambda then: self._verb(then, self._hr(), held, "tick", people=people[:-1]), 0.9)

    def policy(self, name: str, text: str, versions: int, share: float, at: datetime) -> None:
        """Write a policy, put it in force, and let most people read it."""
        made = self._file(at, self._hr(), Policy, name=name, text=text)
        day = self._year.day_of(self._year.today(at))
        for version in range(versions):
            news = "What is asked of you is shorter now." if version else ""
            now = at if not version else self._year.moment(day + 60, 0.4)
            self._verb(now, self._hr(), made, "run", news=news)
        for person in self._some(round(len(self._year.people) * share)):
            then = min(day + 60 * (versions - 1) + self._rng.randrange(1, 12), self._year.last)
            self._year.on(then, partial(self._reads, person, made), self._rng.random())

    def _reads(self, person: Person, policy: Policy, at: datetime) -> None:
        self._verb(at, person, policy, "acknowledge")

    # --- reviews --------------------------------------------------------------------------------------------------

    def cycle(self, at: datetime, *, name: str, over: bool) -> None:
        """Open the reviews of one department; some are signed, of a cycle that is over all but one."""
        headed = [one for one in self._room.all(Department) if one.manager]
        if not headed:
            return
        today = self._year.today(at)
        department = headed[0 if over else len(headed) // 2]
        due = {"due": today + timedelta(days=45), "starts": date(today.year - 1, 1, 1), "goals": _GOALS}
        made = self._file(at, self._hr(), Cycle, name=f"Reviews {name.lower()}", department=department.id, **due)
        self._verb(at, self._hr(), made, "run")
        day = self._year.day_of(today)
        reviews = self._room.find(Review, cycle=made.id)[: self._many]
        for place, review in enumerate(reviews):
            steps = 4 if over and place else place % 4
            self._year.on(day + 3 + place % 8, partial(self._reviewed, review, steps), self._rng.random())
        if over:
            self._year.on(day + 60, lambda then: self._verb(then, self._hr(), made, "close"), 0.5)

    def _reviewed(self, review: Review, steps: int, at: datetime) -> None:
        """Take a review so many steps on: own scores, handed in, given, signed."""
        person = self._room.at(Person, review.person)
        manager = self._room.get(Person, review.manager) if review.manager else None
        acts: Sequence[tuple[Person, str, dict[str, Any]]] = (
            (person, "rate", {"scores": self._scores(), "comment": self._rng.choice(_WORDS)}),
            (person, "submit", {}),
            (manager or self._hr(), "rate", {"scores": self._scores(), "comment": self._rng.choice(_WORDS)}),
            (person, "acknowledge", {}),
        )
        for by, name, values in acts[:steps]:
            self._verb(at, by, review, name, **values)

    def _scores(self) -> str:
        return " ".join(str(self._rng.randrange(3, 6)) for _ in _GOALS.splitlines())

    # --- safety ---------------------------------------------------------------------------------------------------

    def incident(self, at: datetime, *, ago: int) -> None:
        """Write an accident or a near miss down; older ones were looked into and closed."""
        hurt, aider, owner = self._some(3)
        if ago == 1:
            said = incident_book.Report(
                what="Shelf came loose, nobody under it", kind=IncidentKind.NEAR_MISS, who="Eve"
            )
            self._room.let(at, None, lambda ctx: incident_book.report(ctx, said))
            return
        lost = 5 if ago == 12 else 0
        values: dict[str, Any] = {"what": "Slipped on the wet stairs", "injury": "sprained ankle", "days_lost": lost}
        values |= {"first_aid": "cooled and bandaged", "aider": aider.id, "person": hurt.id, "place": self._place()}
        made = self._file(at, owner, Incident, **values)
        if made is None:
            return
        self._verb(at, self._hr(), made, "assign", to=owner.id)
        if ago > 100:
            self._verb(at, owner, made, "note", text="The stairs had just been cleaned.")
            self._verb(at, owner, made, "resolve", measures=_SAFE)

    def drill(self, at: datetime, *, minutes: str) -> None:
        """Write an evacuation down, with a day for the next."""
        people = len(self._year.people)
        late = tuple(one.id for one in self._some(1))
        kept: dict[str, Any] = {"kind": DrillKind.EVACUATION, "minutes": minutes, "present": people, "missing": late}
        next_on = self._year.today(at) + timedelta(days=80)
        note = "The door to the yard was locked." if minutes > "6" else ""
        self._file(at, self._hr(), Drill, **kept, note=note, next_on=next_on, place=self._place(), led_by="Fire warden")

    def _place(self) -> int | None:
        return next((one.id for one in self._room.all(Place) if one.active), None)
