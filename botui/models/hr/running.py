"""Checklists that become tasks: by hand, for somebody who starts or leaves, or by themselves when it is their day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Annotated, Final

from pydantic import Field

from botui.models import calendar
from botui.models.base import Arguments, Between, Change, Line, Refused, Ui, fold, plural
from botui.models.hr.checklist_text import Item, items
from botui.models.hr.stepping import follows, refuse_gone, resolved
from botui.models.hr.task import Checklist, Step, Task, TaskKind, Who
from botui.models.office import Context, Person

_DAY: Final = timedelta(days=1)
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_LONG_TITLE: Final = 80


class Run(Arguments):
    """For whom a checklist is run, and from which day its days are counted."""

    person: Annotated[int | None, Ui(label="About whom", ref="people", help="Empty = about nobody in particular.")] = (
        None
    )
    day: Annotated[date | None, Ui(label="Day 0", help="From which its days are counted; empty = today.")] = None
    owner: Annotated[int | None, Ui(label="Who sees to it", ref="people", help="Empty = as the checklist says.")] = None
    title: Annotated[Line, Field(max_length=_LONG_TITLE), Ui(label="Title", help="Empty = the checklist's name.")] = ""


def start(
    ctx: Context,
    change: Change,
    checklist: Checklist,
    *,
    about: int | None,
    day: date,
    owner: int | None = None,
    title: str = "",
) -> Task:
    """Make the task of a checklist with its steps, each with its day and who does it.

    Args:
        ctx: what may be known.
        change: what it becomes part of.
        checklist: of what.
        about: whom it is about; None = nobody in particular.
        day: day 0; a step is due so many calendar days after it, or before.
        owner: who sees to it; None = whom the checklist names as long as they work here, else HR.
        title: what it is called; empty = as the checklist.

    Raises:
        Refused: a line of it cannot be read any more, or names somebody who is not there.
    """
    lead = owner or _here(ctx, checklist.owner)
    task = Task(
        id=ctx.data.new_id(Task),
        title=title or checklist.name,
        kind=checklist.kind,
        person=about,
        owner=lead,
        day=day,
        checklist=checklist.id or None,
        created_at=ctx.now,
        created_by=ctx.by,
    )
    steps = [_step(ctx, change, task, place, one) for place, one in enumerate(items(checklist.steps), 1)]
    task = task.model_copy(update=follows(task, steps))
    change.add(task)
    for step in steps:
        change.add(step)
    return task


def _here(ctx: Context, person: int | None) -> int | None:
    found = ctx.data.get(Person, person) if person else None
    return found.id if found is not None and found.active else None


def _step(ctx: Context, change: Change, task: Task, place: int, item: Item) -> Step:
    assert task.day is not None
    values = {
        "id": ctx.data.new_id(Step),
        "task": task.id,
        "place": place,
        "due": task.day + timedelta(days=item.days),
        "owner": _named(ctx, item) if item.name else resolved(ctx, item.who, task.person, change),
        "person": task.person,
        "lead": task.owner,
    }
    return item.step().model_copy(update=values)


def _named(ctx: Context, item: Item) -> int | None:
    """Return the person whom a line names; where time runs a checklist and nobody is there to be told, HR does it."""
    try:
        return named(ctx, item)
    except Refused:
        if ctx.by is None:
            return None
        raise


def named(ctx: Context, item: Item) -> int:
    """Return the person whom a line names instead of a role: by initials, by a code, or by the whole name.

    Raises:
        Refused: nobody of that name works here, or several do.
    """
    found = {one.id: one for one in ctx.data.find(Person, codes=item.name)}
    if not found:
        found = {one.id: one for one in ctx.data.find(Person, active=True) if fold(one.name) == fold(item.name)}
    here = [one for one in found.values() if one.active]
    if len(here) != 1:
        roles = ", ".join(who.value for who in Who)
        said = f"Line {item.number}: '{item.name}' is neither one of {roles} nor one person who works here."
        raise Refused(said, {"steps": said})
    return here[0].id


# --- by hand ----------------------------------------------------------------------------------------------------------


def not_in_use(ctx: Context, checklist: Checklist) -> str | None:
    """Guard of run: it is out of use."""
    return None if checklist.active else "It is not in use: i takes it into use again."


def run(ctx: Context, checklist: Checklist, args: Run) -> Change:
    """Make the task of a checklist now.

    Raises:
        Refused: who is named does not work here any more, or a line of it cannot be read.
    """
    refuse_gone(ctx, args.owner, "owner")
    change = Change("checklists.run")
    task = start(
        ctx, change, checklist, about=args.person, day=args.day or ctx.today, owner=args.owner, title=args.title
    )
    many = sum(name == Step.COLLECTION for name, _ in change.puts)
    first = calendar.day_words(task.next_due, ctx.today) if task.next_due else "no day"
    change.said = f"{task.ref} is there: {plural(many, 'step')}, the first due {first}."
    return change


# --- by itself --------------------------------------------------------------------------------------------------------


def next_day(checklist: Checklist, after: date) -> date | None:
    """Return the first day after another for which a checklist runs by itself; None = never."""
    return calendar.Recurrence.parse(checklist.every).next(after) if checklist.every else None


def due(ctx: Context) -> Iterator[Change]:
    """Yield the tasks of checklists whose day has come, those of each day once; the oldest first."""
    by_today = Between(high=(ctx.today + _DAY).isoformat())
    for one in ctx.data.find(Checklist, runs_on=by_today):
        if one.next_on is None:
            continue
        then = datetime.combine(one.next_on - timedelta(days=one.ahead), time(0), ctx.settings.tz)
        change = Change("checklists.run")
        at = replace(ctx, now=min(then.astimezone(ctx.now.tzinfo), ctx.now), by=None)
        task = start(at, change, one, about=None, day=one.next_on, title=dated_title(one, one.next_on))
        change.set(one, ran_on=one.next_on, next_on=next_day(one, one.next_on))
        change.said = f"{task.ref} is there: {one.ref}, for {one.next_on}."
        yield change


def dated_title(checklist: Checklist, day: date) -> str:
    """Return what a task is called that came by itself: ``Payroll, November 2026``; of a year ``Compliance, 2026``."""
    unit = calendar.Recurrence.parse(checklist.every).on.unit
    word = {"year": f"{day.year}", "month": f"{_MONTHS[day.month - 1]} {day.year}"}.get(unit, f"{day}")
    return f"{checklist.name[: _LONG_TITLE - len(word) - 2]}, {word}"


def of_kind(ctx: Context, change: Change, kind: TaskKind) -> Checklist:
    """Return the checklist by which a task of a kind is begun, the first in use.

    Where the office has none at all, the usual ones are filed.

    Raises:
        Refused: the office has checklists, and none of this kind is in use.
    """
    from botui.models.hr.checklist_usual import begin

    every = ctx.data.find(Checklist) or begin(ctx, change)
    found = next((one for one in every if one.kind is kind and one.active), None)
    if found is None:
        raise Refused(f"No checklist of the kind '{kind.label}' is in use: file one first.")
    return found
