"""What people must hold and do not: courses of their position and of the house, papers, policies not acknowledged.

One place says what is lacking; the report of gaps, a course's page and My desk all ask here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from botui import areas
from botui.models.base import Choice
from botui.models.hr.acknowledging import asked_of
from botui.models.hr.course import Course
from botui.models.hr.person_file import HERE, PersonFile
from botui.models.hr.policy import Policy
from botui.models.hr.policy import State as PolicyState
from botui.models.hr.position import Position
from botui.models.hr.qualification import SOON_DAYS, Certificate, State
from botui.models.office import Context, Person
from botui.models.records.document import KEPT, Document, Privacy

AHEAD: Final = timedelta(days=SOON_DAYS)
"""What ends within this time is a gap to come, where nobody says another day."""
_KEPT: Final = tuple(sorted(one.value for one in KEPT))


class Need(Choice):
    """What sort of thing is lacking."""

    COURSE = "course", "training"
    PAPER = "paper", "document"
    POLICY = "policy", "policy"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that somebody must have and has not, or will not have soon.

    Attributes:
        person: who.
        need: what sort of thing it is; ``what``: which.
        ends: the last day on which they had or have it; None = they never had it.
        ref: the record it is about.
    """

    person: int
    need: Need
    what: str
    ends: date | None
    ref: str

    def state(self, day: date) -> str:
        """Return how it stands on a day, in words."""
        if self.ends is None:
            return "not read yet" if self.need is Need.POLICY else "missing"
        return f"{'ended' if self.ends < day else 'ends'} {self.ends}"


def courses_of(ctx: Context, person: int) -> list[Course]:
    """Return the courses that somebody must hold: those of everybody and those of their position, by number."""
    wanted = {one.id: one for one in ctx.data.find(Course, active=True, everyone=True)}
    for file in ctx.data.find(PersonFile, person=person):
        position = ctx.data.get(Position, file.position) if file.position and file.status in HERE else None
        for number in position.courses if position else ():
            course = ctx.data.get(Course, number)
            if course is not None and course.active:
                wanted[number] = course
    return [wanted[number] for number in sorted(wanted)]


def gaps_of(ctx: Context, person: Person, day: date, until: date | None = None) -> Iterator[Gap]:
    """Yield what somebody lacks on a day or loses until another, by itself 30 days later."""
    last = until or day + AHEAD
    yield from _courses(ctx, person, last)
    yield from _papers(ctx, person, last)
    in_force = ctx.data.find(Policy, state=PolicyState.IN_FORCE.value)
    for policy in asked_of(ctx, person, in_force):
        since = policy.starts or day
        if since + timedelta(days=policy.days) < day:
            yield Gap(person.id, Need.POLICY, policy.name, None, policy.ref)


def _courses(ctx: Context, person: Person, last: date) -> Iterator[Gap]:
    for course in courses_of(ctx, person.id):
        held = ctx.data.find(Certificate, person=person.id, course=course.id, state=State.HELD.value)
        ends = max((one.ends or date.max for one in held), default=None)
        if ends is None or ends <= last:
            yield Gap(person.id, Need.COURSE, course.name, ends, course.ref)


def _papers(ctx: Context, person: Person, last: date) -> Iterator[Gap]:
    """Yield papers about somebody that end or have ended and that no later one of the same class stands for."""
    found = ctx.data.find(Document, person=person.id, privacy=Privacy.HR.value)
    kept = [one for one in found if one.state.value in _KEPT and one.ends_on is not None]
    for one in kept:
        ends = one.ends_on
        later = (other.ends_on for other in kept if other.schedule == one.schedule and other.title == one.title)
        if ends is not None and ends <= last and not any(other and other > ends for other in later):
            yield Gap(person.id, Need.PAPER, one.title, ends, one.ref)
    tags = {tag for one in found if one.state.value in _KEPT for tag in one.tags}
    for file in ctx.data.find(PersonFile, person=person.id):
        position = ctx.data.get(Position, file.position) if file.position and file.status in HERE else None
        if position is not None:
            for tag in position.papers:
                if tag not in tags:
                    yield Gap(person.id, Need.PAPER, tag, None, areas.ref("positions", position.id))


def lacking(ctx: Context, course: Course) -> list[Person]:
    """Return who must hold a course today and does not."""
    have = {one.person for one in ctx.data.find(Certificate, course=course.id) if one.holds(ctx.today)}
    must = {one.id for one in ctx.data.find(Person, active=True)} if course.everyone else set()
    for position in ctx.data.find(Position):
        if course.id in position.courses:
            files = ctx.data.find(PersonFile, position=position.id)
            must |= {one.person for one in files if one.status in HERE}
    people = (ctx.data.get(Person, one) for one in sorted(must - have))
    return [one for one in people if one is not None and one.active]
