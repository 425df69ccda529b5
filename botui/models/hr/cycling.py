"""Review cycles: planned, opened with a review for each person, closed."""

from __future__ import annotations

from botui.models.base import Change, Refused, plural
from botui.models.hr.cycle import Cycle, State
from botui.models.hr.person_file import PersonFile, Status
from botui.models.hr.review import OPEN, Review
from botui.models.hr.review import State as ReviewState
from botui.models.hr.reviewing import goals_of, opened
from botui.models.office import Context, Person

_FOLLOWS = frozenset({"state", "opened_at", "closed_at"})


def create(ctx: Context, cycle: Cycle) -> Change:
    """Plan a cycle.

    Raises:
        Refused: it ends before it begins, or its goals cannot be read.
    """
    new = Cycle(**{name: getattr(cycle, name) for name in Cycle.model_fields if name not in _FOLLOWS})
    _refuse_unfit(new)
    return Change("cycles.add", f"{new.ref} {new.name} is planned: b opens a review for each person.").add(new)


def revise(_: Context, before: Cycle, after: Cycle) -> Change:
    """Change a cycle; reviews that are open keep their day and goals."""
    _refuse_unfit(after)
    values = {name: value for name, value in after if value != getattr(before, name)}
    return Change("cycles.edit", f"{before.ref} is changed.").set(before, **values)


def _refuse_unfit(cycle: Cycle) -> None:
    goals_of(cycle.goals)
    if cycle.starts is not None and cycle.ends is not None and cycle.ends < cycle.starts:
        raise Refused("It ends before it begins.", {"ends": "This is before its first day."})


def run(ctx: Context, cycle: Cycle, _: object) -> Change:
    """Open a review for everybody whom the cycle is about and who has none in it yet.

    Raises:
        Refused: everybody has one.
    """
    have = {one.person for one in ctx.data.find(Review, cycle=cycle.id)}
    gone = {one.person for one in ctx.data.find(PersonFile, status=Status.LEFT.value)}
    where = {"active": True} | ({"department": cycle.department} if cycle.department else {})
    people = [one for one in ctx.data.find(Person, **where) if one.id not in have | gone]
    if not people:
        raise Refused("Everybody whom it is about has a review in it." if have else "It is about nobody who is here.")
    change = Change("cycles.run", f"{cycle.ref}: {plural(len(people), 'review')} opened.")
    for person in people:
        opened(ctx, change, cycle, person)
    return change.set(cycle, state=State.OPEN, opened_at=cycle.opened_at or ctx.now)


def close(ctx: Context, cycle: Cycle, _: object) -> Change:
    """Close a cycle: reviews that are not signed lapse."""
    left = [one for one in ctx.data.find(Review, cycle=cycle.id) if one.state in OPEN]
    lapsed = f", {plural(len(left), 'review')} lapsed" if left else ""
    change = Change("cycles.close", f"{cycle.ref} is closed{lapsed}.")
    for one in left:
        change.set(one, state=ReviewState.LAPSED)
    return change.set(cycle, state=State.CLOSED, closed_at=ctx.now)
