"""What of training, reviews, policies and safety waits for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

from botui.models import calendar
from botui.models.base import Between, Waiting, and_more, plural, stamp
from botui.models.hr.acknowledging import asked_of, pending
from botui.models.hr.course import Course
from botui.models.hr.cycle import Cycle
from botui.models.hr.drills_rules import next_due
from botui.models.hr.incident import Incident
from botui.models.hr.incident import State as IncidentState
from botui.models.hr.policy import Policy
from botui.models.hr.policy import State as PolicyState
from botui.models.hr.qualification import SOON_DAYS, Certificate
from botui.models.hr.qualification import State as CertificateState
from botui.models.hr.review import Review
from botui.models.hr.review import State as ReviewState
from botui.models.hr.training import State as TrainingState
from botui.models.hr.training import Training
from botui.models.office import Context, Person

_WEEK: Final = timedelta(days=7)
"""So early somebody is told of a training they are on the list of."""


def waiting_for(ctx: Context) -> Iterator[Waiting]:
    """Yield what waits for whoever acts."""
    me = ctx.data.get(Person, ctx.by) if ctx.by else None
    if me is None:
        return
    yield from _policies(ctx, me)
    yield from _reviews(ctx, me)
    yield from _certificates(ctx, me)
    yield from _trainings(ctx, me)
    for one in ctx.data.find(Incident, owner=me.id, state=IncidentState.OPEN.value):
        yield _one(ctx, one, one.what, "you look into it", verb="resolve", active=True, since=one.created_at)
    if "hr" in ctx.roles:
        yield from _of_hr(ctx, me)


def _one(ctx: Context, record: Any, what: str, why: str, *, due: date | None = None, **more: Any) -> Waiting:
    until = ctx.end_of(due) if due else None
    return Waiting(collection=record.COLLECTION, number=record.id, what=what, why=why, due=until, **more)


def _policies(ctx: Context, me: Person) -> Iterator[Waiting]:
    for one in asked_of(ctx, me, ctx.data.find(Policy, state=PolicyState.IN_FORCE.value)):
        due = (one.starts or ctx.today) + timedelta(days=one.days)
        why = f"version {one.version}: read it, then say so"
        yield _one(ctx, one, one.name, why, due=due, verb="acknowledge", personal=True)


def _reviews(ctx: Context, me: Person) -> Iterator[Waiting]:
    mine = (
        (ReviewState.DRAFT, "give the goals your scores, then hand it in", "rate"),
        (ReviewState.RATED, "read it and sign it", "acknowledge"),
    )
    for state, why, verb in mine:
        for one in ctx.data.find(Review, person=me.id, state=state.value):
            handing = state is ReviewState.DRAFT and one.self_scores
            said, name = ("your scores are there: hand it in", "submit") if handing else (why, verb)
            yield _one(ctx, one, f"Your review, {_cycle(ctx, one)}", said, due=one.due, verb=name, personal=True)
    for one in ctx.data.find(Review, manager=me.id, state=ReviewState.SUBMITTED.value):
        what = f"Review of {ctx.person(one.person)}"
        yield _one(
            ctx, one, what, "handed in: give it", due=one.due, verb="rate", since=one.submitted_at, blocking=True
        )


def _cycle(ctx: Context, review: Review) -> str:
    found = ctx.data.get(Cycle, review.cycle)
    return found.name if found else ""


def _certificates(ctx: Context, me: Person) -> Iterator[Waiting]:
    for one in _ending(ctx, person=me.id):
        yield _one(ctx, one, f"Your certificate: {_course(ctx, one)}", _ends(ctx, one), due=one.ends, personal=True)


def _ending(ctx: Context, **where: object) -> list[Certificate]:
    """Return the certificates that end within 30 days or have ended, of those who work here, the first to end first."""
    soon = Between(high=(ctx.today + timedelta(days=SOON_DAYS + 1)).isoformat())
    found = ctx.data.find(Certificate, state=CertificateState.HELD.value, ends=soon, **where)
    here = (one for one in found if (person := ctx.data.get(Person, one.person)) is not None and person.active)
    return sorted(here, key=lambda one: (one.ends or date.max, one.id))


def _course(ctx: Context, one: Certificate) -> str:
    found = ctx.data.get(Course, one.course)
    return found.name if found else ""


def _ends(ctx: Context, one: Certificate) -> str:
    if one.ends is None:
        return ""
    return f"{'ended' if one.ends < ctx.today else 'ends'} {calendar.day_words(one.ends, ctx.today)}"


def _trainings(ctx: Context, me: Person) -> Iterator[Waiting]:
    soon = Between(low=stamp(ctx.now), high=stamp(ctx.now + _WEEK))
    for one in ctx.data.find(Training, on_list=me.id, state=TrainingState.PLANNED.value, start=soon):
        course = ctx.data.get(Course, one.course)
        local = ctx.settings.local(one.start)
        why = f"{calendar.day_words(local.date(), ctx.today)} {local:%H:%M}"
        what = f"Training: {course.name if course else ''}"
        yield _one(ctx, one, what, why, due=local.date(), verb="decline", waiting=True, personal=True)


def _of_hr(ctx: Context, me: Person) -> Iterator[Waiting]:
    """Yield what waits for whoever of HR comes first: of each sort the most pressing, and how many more."""
    if found := [one for one in _ending(ctx) if one.person != me.id]:
        first = found[0]
        what = f"Certificate of {ctx.person(first.person)}: {_course(ctx, first)}"
        yield _one(ctx, first, what, f"{_ends(ctx, first)}{and_more(found)}", due=first.ends, verb="renew")
    if new := ctx.data.find(Incident, state=IncidentState.NEW.value):
        why = f"nobody looks into it{and_more(new)}"
        yield _one(ctx, new[0], new[0].what, why, due=ctx.today, verb="assign", since=new[0].created_at)
    if tell := ctx.data.find(Incident, to_tell=True):
        why = f"{plural(tell[0].days_lost, 'day')} lost: the authority is to be told{and_more(tell)}"
        yield _one(ctx, tell[0], tell[0].what, why, due=ctx.today, verb="report", since=tell[0].created_at)
    begun = Between(high=stamp(ctx.now))
    if over := ctx.data.find(Training, state=TrainingState.PLANNED.value, start=begun):
        course = ctx.data.get(Course, over[0].course)
        what = f"Training: {course.name if course else ''}"
        yield _one(ctx, over[0], what, f"it was held: who came?{and_more(over)}", verb="tick", since=over[0].start)
    yield from _due(ctx)
    for one in ctx.data.find(Policy, state=PolicyState.IN_FORCE.value):
        due = (one.starts or ctx.today) + timedelta(days=one.days)
        if due < ctx.today and (late := pending(ctx, one)):
            why = f"not acknowledged by {_names(late)}"
            yield _one(ctx, one, one.name, why, due=due)


def _due(ctx: Context) -> Iterator[Waiting]:
    """Yield the reviews that nobody but HR can give, and drills that are due again."""
    for one in ctx.data.find(Review, manager=None, state=ReviewState.SUBMITTED.value):
        if one.person != ctx.by:
            yield _one(ctx, one, f"Review of {ctx.person(one.person)}", "handed in: give it", due=one.due, verb="rate")
    for drill in next_due(ctx, ctx.today + timedelta(days=SOON_DAYS)):
        day = calendar.day_words(drill.next_on, ctx.today) if drill.next_on else ""
        yield _one(ctx, drill, f"Drill: {drill.kind.label}", f"the next one is due {day}", due=drill.next_on)


def _names(people: Sequence[Person]) -> str:
    return f"{people[0].name}{and_more(people)}"
