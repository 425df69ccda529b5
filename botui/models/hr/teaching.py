"""Trainings: planned, who is on the list, who came and what they hold now, called off."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Annotated, Any, Final

from pydantic import Field

from botui.models.base import Arguments, Change, Line, Refused, Ui, plural
from botui.models.hr.certifying import earn
from botui.models.hr.course import Course
from botui.models.hr.qualification import Certificate
from botui.models.hr.reporting_lines import manager
from botui.models.hr.training import State, Training
from botui.models.meetings.clashes import between, busy
from botui.models.meetings.times import overlap
from botui.models.office import Context, Numbers, Person, Place

_FOLLOWS: Final = frozenset({"people", "attended", "state", "reason"})
_ANY: Final = frozenset({"hr", "system"})
"""Who puts anybody on a list."""


class PutOn(Arguments):
    """Who comes."""

    people: Annotated[Numbers, Ui(label="Who", ref="people", help="Initials with commas between; empty = you.")] = ()


class TakeOff(Arguments):
    """Who does not come."""

    people: Annotated[Numbers, Ui(label="Who", ref="people", help="Initials with commas between; empty = you.")] = ()


class Came(Arguments):
    """Who came."""

    people: Annotated[
        Numbers, Ui(label="Who came", ref="people", help="Initials with commas between; empty = all on the list.")
    ] = ()


class CallOff(Arguments):
    """Why it is not held."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="Why", help="Whoever is on the list reads it.")]


def create(ctx: Context, training: Training) -> Change:
    """Plan a training.

    Raises:
        Refused: it ends before it begins, or its course is not in use.
    """
    typed = {name: getattr(training, name) for name in Training.model_fields if name not in _FOLLOWS}
    new = Training(**typed)
    _refuse_unfit(ctx, new)
    said = f"{new.ref} is planned: W puts people on its list.{_taken(ctx, new)}"
    return Change("trainings.add", said).add(new)


def revise(ctx: Context, before: Training, after: Training) -> Change:
    """Change when, where or by whom it is held; the list stays."""
    _refuse_unfit(ctx, after)
    if before.state is not State.PLANNED and after.course != before.course:
        raise Refused("It was held: of which course it was stays.", {"course": "This stays."})
    values = {name: value for name, value in after if value != getattr(before, name)}
    return Change("trainings.edit", f"{before.ref} is changed.{_taken(ctx, after)}").set(before, **values)


def _taken(ctx: Context, one: Training) -> str:
    """Return in words that its room is in use then, by a meeting or another training."""
    if one.place is None or one.state is not State.PLANNED:
        return ""
    meetings = [other for other in between(ctx, one.start, one.ends) if other.place == one.place]
    others = ctx.data.find(Training, place=one.place, state=State.PLANNED.value)
    there = [other for other in others if other.id != one.id and _at_once(one, other)]
    place = ctx.data.get(Place, one.place)
    return f" {place.name if place else 'Its room'} is taken then." if meetings or there else ""


def _at_once(one: Training, other: Training) -> bool:
    """Return whether two trainings are held at the same time."""
    return one.start == other.start or overlap(one.start, one.ends, other.start, other.ends)


def _refuse_unfit(ctx: Context, one: Training) -> None:
    course = ctx.data.get(Course, one.course)
    if course is not None and not course.active:
        raise Refused(f"{course.name} is not in use any more.", {"course": "This is not in use."})
    if one.end is not None and one.end <= one.start:
        raise Refused("It ends before it begins.", {"end": "This is not after its beginning."})
    if one.seats is not None and len(one.people) > one.seats:
        raise Refused(f"On the list are {len(one.people):,} already.", {"seats": "More are on the list."})


# --- the list -----------------------------------------------------------------------------------------------------


def put_on(ctx: Context, training: Training, args: PutOn) -> Change:
    """Put people on the list; whoever is no HR puts on themselves and those they manage.

    Raises:
        Refused: somebody is on it, left, is at another training then, or there are not enough seats.
    """
    people = _meant(ctx, training, args.people)
    for number in people:
        name = ctx.person(number)
        person = ctx.data.get(Person, number)
        if person is None or not person.active:
            raise Refused(f"{name} does not work here any more.", {"people": f"{name} left."})
        if number in training.people:
            raise Refused(f"{name} is on the list already.", {"people": f"{name} is on it."})
        if (other := _elsewhere(ctx, training, number)) is not None:
            raise Refused(f"{name} is at {other.ref} then.", {"people": f"{name} is at {other.ref}."})
    if training.free is not None and len(people) > training.free:
        words = f"{plural(training.free, 'seat')} left." if training.free else "All seats are taken."
        raise Refused(words, {"people": words})
    said = f"{training.ref}: {_named(ctx, people)} on the list.{_busy(ctx, training, people)}"
    change = Change("trainings.book", said)
    return change.set(training, people=(*training.people, *people))


def nobody_on_it(_: Context, training: Training) -> str | None:
    """Guard of taking off: there is nobody on the list."""
    return None if training.people else "Nobody is on the list."


def take_off(ctx: Context, training: Training, args: TakeOff) -> Change:
    """Take people off the list.

    Raises:
        Refused: somebody is not on it.
    """
    people = _meant(ctx, training, args.people)
    for number in people:
        if number not in training.people:
            words = f"{ctx.person(number)} is not on the list."
            raise Refused(words, {"people": words})
    change = Change("trainings.decline", f"{training.ref}: {_named(ctx, people)} off the list.")
    return change.set(training, people=tuple(one for one in training.people if one not in people))


def _meant(ctx: Context, training: Training, typed: Sequence[int]) -> tuple[int, ...]:
    """Return whom somebody means, themselves if they name nobody.

    Raises:
        Refused: they may not say that for one of them, or it is too late for it.
    """
    people = tuple(typed) or ((ctx.by,) if ctx.by else ())
    if not people:
        raise Refused("Who?", {"people": "This is needed."})
    if ctx.roles & _ANY:
        return people
    if training.start <= ctx.now:
        raise Refused("It has begun: HR says who came.")
    for one in people:
        if one != ctx.by and manager(ctx, one) != ctx.by:
            words = f"HR does this for {ctx.person(one)}, or who manages them."
            raise Refused(words, {"people": words})
    return people


def _elsewhere(ctx: Context, training: Training, person: int) -> Training | None:
    """Return another training somebody is on the list of at this time."""
    for one in ctx.data.find(Training, on_list=person, state=State.PLANNED.value):
        if one.id != training.id and _at_once(training, one):
            return one
    return None


def _busy(ctx: Context, training: Training, people: Collection[int]) -> str:
    """Return who of them has a meeting then, in words; what it is about is nobody's business."""
    names = [ctx.person(one) for one in people if busy(ctx, one, training.start, training.ends)]
    return f" In a meeting then: {', '.join(names)}." if names else ""


def _named(ctx: Context, people: Sequence[int]) -> str:
    if len(people) == 1:
        return f"{ctx.person(people[0])} is"
    return f"{len(people):,} people are"


# --- held, or not -------------------------------------------------------------------------------------------------


def not_begun(ctx: Context, training: Training) -> str | None:
    """Guard of saying who came: it has not begun."""
    return "It has not begun." if training.start > ctx.now else None


def came(ctx: Context, training: Training, args: Came) -> Change:
    """Say who came: each of them holds a certificate of the course from that day on.

    Raises:
        Refused: nobody is on the list and nobody is named.
    """
    people = tuple(args.people) or training.people
    if not people:
        raise Refused("Nobody is on the list: who came?", {"people": "This is needed."})
    change = Change("trainings.tick", f"{training.ref} is held: {plural(len(people), 'certificate')} written down.")
    day = ctx.settings.local(training.start).date()
    for number in people:
        given: dict[str, Any] = {"person": number, "course": training.course, "training": training.id}
        earn(ctx, change, Certificate(id=ctx.data.new_id(Certificate), starts=day, by=training.trainer, **given))
    also = tuple(one for one in people if one not in training.people)
    return change.set(training, state=State.HELD, attended=people, people=(*training.people, *also))


def call_off(ctx: Context, training: Training, args: CallOff) -> Change:
    """Say that a training is not held."""
    change = Change("trainings.cancel", f"{training.ref} is not held.")
    return change.set(training, state=State.CANCELLED, reason=args.reason)


def lapsed(ctx: Context, change: Change, person: int) -> None:
    """Take somebody who leaves off the lists of what is still to come, in a change."""
    for one in ctx.data.find(Training, on_list=person, state=State.PLANNED.value):
        if one.start > ctx.now:
            change.set(one, people=tuple(each for each in one.people if each != person))
