"""The steps of an event: read from its template, with days counted from the meeting's, and ticked off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, Final

from pydantic import Field

from botui.models.base import Arguments, Change, Line, Refused, Ui
from botui.models.meetings.shape import STEPS_MAX, EventTemplate, Meeting, Step
from botui.models.office import Context, Person

_LINE: Final = r"(?a)(?:([+-]?\d{1,3}) ?([dw]) +)?(.+?)(?: +@([^\s@\[\]]{1,6}))?"
"""``-7d book the food @ML``: day, what, who; the first and the last may be left out."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One line of a template.

    Attributes:
        days: after the day of the meeting; less than 0 = before it.
        initials: of who does it; empty = whoever calls the meeting.
    """

    text: str
    days: int = 0
    initials: str = ""


def planned(text: str) -> list[Planned]:
    """Return the steps that a template has, a line each, in the order of their days."""
    found = []
    for line in text.splitlines():
        match = re.fullmatch(_LINE, line.strip())
        if match:
            days = int(match[1] or 0) * (7 if match[2] == "w" else 1)
            found.append(Planned(match[3][:200], days, (match[4] or "").upper()))
    return sorted(found, key=lambda one: one.days)


def refuse_template(ctx: Context, template: EventTemplate) -> None:
    """Do nothing if every step can be taken over into a meeting.

    Raises:
        Refused: there are too many, or nobody has these initials.
    """
    wanted = planned(template.steps)
    if len(wanted) > STEPS_MAX:
        raise Refused(f"A meeting has at most {STEPS_MAX} steps.", {"steps": "These are too many."})
    known = {one.initials.upper() for one in ctx.data.find(Person) if one.active}
    for one in wanted:
        if one.initials and one.initials not in known:
            words = f"Nobody who works here has the initials {one.initials}."
            raise Refused(words, {"steps": words})


def steps_of(ctx: Context, template: EventTemplate, day: date) -> tuple[Step, ...]:
    """Return the steps of a template for a meeting on this day.

    What should have been done before today is due today: nobody could know of it. Who has left leaves a step to
    whoever calls the meeting.
    """
    people = {one.initials.upper(): one.id for one in ctx.data.find(Person) if one.active and one.initials}
    earliest = ctx.today if day >= ctx.today else date.min
    found = []
    for one in planned(template.steps)[:STEPS_MAX]:
        due = max(day + timedelta(days=one.days), earliest)
        found.append(Step(text=one.text, due=due, owner=people.get(one.initials)))
    return tuple(found)


def moved(steps: Sequence[Step], days: int, today: date) -> tuple[Step, ...]:
    """Return the steps of a meeting that is so many days later: those that are not done move with it.

    None becomes late by that: what would have been due before is due today.
    """
    span = timedelta(days=days)
    return tuple(
        step.model_copy(update={"due": max(step.due + span, min(step.due, today))})
        if step.due and step.done_at is None
        else step
        for step in steps
    )


def with_steps(steps: Iterable[Step]) -> dict[str, Any]:
    """Return the values of a meeting that has these steps."""
    kept = tuple(steps)
    return {"steps": kept, "helpers": tuple(dict.fromkeys(step.owner for step in kept if step.owner))}


class Tick(Arguments):
    """Which step is done; or a step more or less."""

    step: Annotated[int | None, Field(ge=1), Ui(label="Step", help="Its number; empty = the next open one.")] = None
    add: Annotated[Line, Ui(label="New step")] = ""
    due: Annotated[date | None, Ui(label="Until", help="Such as fri, +3d, 1412; for a new step or this one.")] = None
    owner: Annotated[int | None, Ui(label="Who does it", ref="people", help="For a new step or this one.")] = None
    remove: Annotated[bool, Ui(label="Take this step off")] = False


def tick(ctx: Context, meeting: Meeting, args: Tick) -> Change:
    """Tick a step off (or on again), add one, give it to somebody or another day, or take it off."""
    steps = list(meeting.steps)
    if args.add:
        if len(steps) >= STEPS_MAX:
            raise Refused(f"A meeting has at most {STEPS_MAX} steps.", {"add": "These are too many."})
        steps.append(Step(text=args.add, due=args.due, owner=args.owner))
        return Change("meetings.tick", f"Step {len(steps)} added.").set(meeting, **with_steps(steps))
    place = _place(ctx, meeting, args.step)
    step = steps[place]
    if args.remove:
        del steps[place]
        said = f"Taken off: {step.text}"
    elif args.due or args.owner:
        steps[place] = step.model_copy(update={"due": args.due or step.due, "owner": args.owner or step.owner})
        said = f"Changed: {step.text}"
    elif step.done_at is None:
        steps[place] = step.model_copy(update={"done_at": ctx.now, "done_by": ctx.by})
        said = f"Done: {step.text}"
    else:
        steps[place] = step.model_copy(update={"done_at": None, "done_by": None})
        said = f"To do again: {step.text}"
    return Change("meetings.tick", said).set(meeting, **with_steps(steps))


def _place(ctx: Context, meeting: Meeting, number: int | None) -> int:
    """Return which step is meant: that of this number, else the next open one of the actor's own, else the next."""
    if number is not None:
        if number > len(meeting.steps):
            raise Refused(f"There are {len(meeting.steps)} steps.", {"step": "There is no such step."})
        return number - 1
    still = [place for place, step in enumerate(meeting.steps) if step.done_at is None]
    if not still:
        raise Refused("No step is open." if meeting.steps else "There are no steps.")
    return next((place for place in still if meeting.does(meeting.steps[place]) == ctx.by), still[0])
