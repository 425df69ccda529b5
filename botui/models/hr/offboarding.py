"""Somebody leaves: what they still hold is gathered, handed over and taken back, and the end closes their access.

The desk is closed to them when their last day is over, or at once where HR says so; the rest when the task is closed,
which it cannot be while anything is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Final

from botui.models import calendar
from botui.models.base import Arguments, Between, Change, Line, Refused, Ui, Waiting, plural
from botui.models.hr import holdings, leave_ledger
from botui.models.hr.closing_access import end_terms, shut_out, take_access
from botui.models.hr.leave import Why
from botui.models.hr.onboarding import begin_leaving, task_of
from botui.models.hr.person_file import PersonFile
from botui.models.hr.reporting_lines import file_of
from botui.models.hr.stepping import steps_of
from botui.models.hr.task import State, StepState, Task, TaskKind
from botui.models.office import Context, Person, Role
from botui.models.office.pending import as_will_be

_DAY: Final = timedelta(days=1)
_NAMED: Final = 3
"""Things that a sentence names."""


class Leaves(Arguments):
    """When somebody leaves, and why."""

    day: Annotated[date, Ui(label="Last day", help="Such as 31.12., fri, +28d.")]
    reason: Annotated[Line, Ui(label="Why", help="Only they and HR see it.")] = ""
    now: Annotated[bool, Ui(label="Close now", help="y = the desk is closed to them at once.")] = False
    checklist: Annotated[int | None, Ui(label="Checklist", ref="checklists", help="Empty = the usual one.")] = None


# --- it is said -------------------------------------------------------------------------------------------------------


def cannot_resign(ctx: Context, file: PersonFile) -> str | None:
    """Guard of leaving: they have left, or it is whoever acts themselves."""
    if file.left_at is not None:
        return "They have left."
    return "Somebody else enters this: it is you." if file.person == ctx.by else None


def resign(ctx: Context, file: PersonFile, args: Leaves) -> Change:
    """Enter somebody's last day, or another one than was said before, and begin what has to be done until then.

    Raises:
        Refused: it is before their first day, there is no such checklist, or they are the only administrator and the
            desk is to be closed to them now.
    """
    if file.starts is not None and args.day < file.starts:
        raise Refused("The last day is before the first.", {"day": "This is before the first day."})
    change = Change("person_files.resign")
    change.set(file, ends=args.day, reason=args.reason or file.reason)
    task = task_of(ctx, file.person, TaskKind.OFFBOARDING)
    if task is None:
        task = begin_leaving(ctx, change, as_will_be(change, file), args.checklist)
    else:
        _move(ctx, change, task, args.day)
    begun = task_of(ctx, file.person, TaskKind.ONBOARDING)
    if begun is not None:
        change.set(begun, state=State.VOID, closed_at=ctx.now, reason="Not needed any more.")
    if args.now:
        if holdings.is_only_admin(ctx, file.person):
            raise Refused("They are the only administrator.", {"now": "First somebody else has to be one, too."})
        shut_out(ctx, change, file.person)
    held = len(holdings.keeps(ctx, file.person))
    still = f"; {plural(held, 'thing')} to settle" if held else ""
    change.said = f"{file.ref}: last day {calendar.day_words(args.day, ctx.today)}; {task.ref} says what to do{still}."
    person = ctx.data.get(Person, file.person)
    if person is not None and not person.active and args.day >= ctx.today:
        change.said += " The desk stays closed to them until the directory says again that they work here (People, e)."
    return change


def _move(ctx: Context, change: Change, task: Task, day: date) -> None:
    """Let the open steps of a task count from another day."""
    change.set(task, day=day)
    for step in steps_of(ctx, None, task.id):
        if step.state is StepState.OPEN and step.offset is not None:
            change.set(step, due=day + timedelta(days=step.offset))


def not_leaving(_: Context, file: PersonFile) -> str | None:
    """Guard of handing over and of settling: nobody said that they leave, or they have left."""
    if file.left_at is not None:
        return "They have left: an administrator brings them back in the directory (People)."
    return None if file.ends is not None else "Nobody said that they leave."


def cannot_stay(ctx: Context, file: PersonFile) -> str | None:
    """Guard of staying: nobody said that they leave, they have left, or the desk is closed to them already."""
    person = ctx.data.get(Person, file.person)
    if (reason := not_leaving(ctx, file)) or person is None or person.active:
        return reason
    return "The desk is closed to them: first say in the directory that they work here (People, e)."


def stay(ctx: Context, file: PersonFile, _: object) -> Change:
    """Say that somebody stays after all; what was to be done is not needed any more."""
    change = Change("person_files.reopen", f"{file.ref}: they stay.").set(file, ends=None, reason="")
    task = task_of(ctx, file.person, TaskKind.OFFBOARDING)
    if task is not None:
        change.set(task, state=State.VOID, closed_at=ctx.now, reason="Not needed any more.")
    return change


# --- settled ----------------------------------------------------------------------------------------------------------


def pay_out(ctx: Context, file: PersonFile, _: object) -> Change:
    """Book what is left of somebody's leave as paid out, and what they owe as kept back, so that nothing is left."""
    change = Change("person_files.settle", f"{file.ref}: what was left of leave is settled.")
    ledger = leave_ledger.Ledger(ctx, change)
    for kind, left in leave_ledger.accounts(ctx, file.person):
        ledger.book(file.person, kind.id, -left, Why.PAID_OUT)
    return ledger.close()


def nothing_left(ctx: Context, file: PersonFile) -> str | None:
    """Guard of settling leave: there is none left, or nobody said that they leave."""
    if reason := not_leaving(ctx, file):
        return reason
    return None if leave_ledger.accounts(ctx, file.person) else "No leave is left."


# --- the end ----------------------------------------------------------------------------------------------------------


def cannot_end(ctx: Context, task: Task) -> str | None:
    """Say why an offboarding cannot be closed yet, or None if it can: the last day is to come, or something is open."""
    file = file_of(ctx, task.person)
    if task.person is None or file is None:
        return "It is about nobody who has a file."
    if task.person == ctx.by:
        return "Somebody else closes this: it is about you."
    if file.ends is None:
        return "Nobody said that they leave: G on their file."
    if ctx.today < file.ends:
        return f"Their last day is {calendar.day_words(file.ends, ctx.today)}."
    if held := holdings.keeps(ctx, task.person):
        if Role.HR not in ctx.roles:
            return f"Still open: {plural(len(held), 'thing')}; the page of {task.ref} names what is for you."
        first = ", ".join(f"{one.ref} {one.what}" for one in held[:_NAMED])
        more = f" and {len(held) - _NAMED:,} more" if len(held) > _NAMED else ""
        return f"Still open: {first}{more}."
    return None


def end(ctx: Context, change: Change, task: Task) -> None:
    """Let somebody have left: with the task all ends that they may use or go through."""
    file = file_of(ctx, task.person)
    if file is None:
        raise Refused("It is about nobody who has a file.")
    shut_out(ctx, change, file.person)
    many = take_access(ctx, change, file.person)
    end_terms(ctx, change, file.person, file.ends or ctx.today)
    change.set(file, left_at=ctx.now)
    access = f", and their access to {plural(many, 'system')} or doors" if many else ""
    change.said = f"{task.ref} is closed: the desk is closed to them{access}."


def due(ctx: Context) -> Iterator[Change]:
    """Yield what time does: who is past the last day is shut out, but for the only administrator."""
    over = Between(high=ctx.today.isoformat())
    for file in ctx.data.find(PersonFile, status="leaving", ends=over):
        person = ctx.data.get(Person, file.person)
        if file.ends is None or person is None or not person.active or holdings.is_only_admin(ctx, person.id):
            continue
        midnight = datetime.combine(file.ends + _DAY, time(0), ctx.settings.tz).astimezone(UTC)
        change = Change("people.shut_out", f"{person.name}: the desk is closed to them.")
        shut_out(replace(ctx, now=min(midnight, ctx.now)), change, person.id)
        yield change


# --- on a person's desk -----------------------------------------------------------------------------------------------


def waiting_for(ctx: Context) -> Iterator[Waiting]:
    """Yield for HR who leaves and is not done with, whose last day has come; and who begins and nothing is prepared."""
    if "hr" not in ctx.roles:
        return
    yield from _overdue(ctx)
    soon = Between(high=(ctx.today + 7 * _DAY).isoformat())
    for file in ctx.data.find(PersonFile, status="onboarding", starts=soon):
        prepared: Any = ctx.data.numbers(Task, 1, person=file.person, kind=TaskKind.ONBOARDING.value)
        if file.starts is not None and not prepared:
            yield _waits(ctx, file, "begins and nothing is prepared", "run", file.starts)


def _overdue(ctx: Context) -> Iterator[Waiting]:
    by_today = Between(high=(ctx.today + _DAY).isoformat())
    for file in ctx.data.find(PersonFile, status="leaving", ends=by_today):
        task = task_of(ctx, file.person, TaskKind.OFFBOARDING)
        if task is None:
            yield _waits(ctx, file, "leaves and nothing is prepared", "resign", file.ends)
        elif file.ends is not None:
            yield Waiting(
                collection=Task.COLLECTION,
                number=task.id,
                what=task.title,
                why="last day: close it when all is back",
                due=ctx.end_of(file.ends),
                since=task.created_at,
                verb="close",
                active=True,
            )


def _waits(ctx: Context, file: PersonFile, why: str, verb: str, day: date | None) -> Waiting:
    return Waiting(
        collection=PersonFile.COLLECTION,
        number=file.id,
        what=ctx.person(file.person),
        why=why,
        due=ctx.end_of(day) if day else None,
        since=file.created_at,
        verb=verb,
        active=True,
    )
