"""How somebody stands to the office: it follows from dates, leave and what is done, here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from botui.models.base import Between, Change
from botui.models.hr.leave import Absence, Part
from botui.models.hr.person_file import PersonFile, Status
from botui.models.hr.reporting_lines import file_of
from botui.models.hr.task import PENDING, Task, TaskKind
from botui.models.office import Context
from botui.models.office.pending import ahead

_DAY: Final = timedelta(days=1)


def status_of(ctx: Context, change: Change | None, file: PersonFile) -> Status:
    """Return how somebody stands today, after what a change does so far.

    Whoever goes is leaving, on leave or not; whoever came is onboarding until the last step of it is done.
    """
    if file.left_at is not None:
        return Status.LEFT
    if file.ends is not None:
        return Status.LEAVING
    if file.starts is not None and file.starts > ctx.today:
        return Status.ONBOARDING
    if _is_away(ctx, change, file.person):
        return Status.ON_LEAVE
    return Status.ONBOARDING if _is_onboarding(ctx, change, file.person) else Status.ACTIVE


def _is_away(ctx: Context, change: Change | None, person: int) -> bool:
    today = Between(high=(ctx.today + _DAY).isoformat())
    numbers = set(ctx.data.numbers(Absence, person=person, starts=today))
    found = (ahead(ctx, change, Absence, one) for one in numbers | _new(change, Absence, person))
    whole = (one for one in found if one is not None and one.part is Part.WHOLE and one.hours is None)
    return any(one.starts <= ctx.today <= one.ends for one in whole)


def _is_onboarding(ctx: Context, change: Change | None, person: int) -> bool:
    numbers = set(ctx.data.numbers(Task, person=person, kind=TaskKind.ONBOARDING.value))
    found = (ahead(ctx, change, Task, one) for one in numbers | _new(change, Task, person))
    return any(one.kind is TaskKind.ONBOARDING and one.state in PENDING for one in found if one is not None)


def _new(change: Change | None, kind: type[Absence] | type[Task], person: int) -> set[int]:
    """Return the numbers of somebody's records of a kind that are new in a change."""
    puts = change.puts.values() if change is not None else ()
    return {
        one.id
        for one in puts
        if one.collection == kind.COLLECTION and one.was is None and one.fields.get("person") == person
    }


def settle(ctx: Context, change: Change, person: int) -> None:
    """Let the file of a person say how they stand after what a change does; nobody else writes it."""
    file = file_of(ctx, person, change)
    if file is not None and (status := status_of(ctx, change, file)) is not file.status:
        change.set(file, status=status)


def follow(ctx: Context, change: Change) -> None:
    """Add to a change how those stand whose dates, leave or onboarding it touches."""
    people = {_whose(ctx, change, *key) for key in change.puts}
    for person in sorted(filter(None, people)):
        settle(ctx, change, person)


def _whose(ctx: Context, change: Change, collection: str, number: int) -> int | None:
    """Return of whom a record is that somebody's status hangs on; None = it is no such record."""
    kinds: tuple[type[PersonFile | Absence | Task], ...] = (PersonFile, Absence, Task)
    for kind in kinds:
        if collection == kind.COLLECTION:
            record = ahead(ctx, change, kind, number) or ctx.data.get(kind, number)
            return record.person if record is not None else None
    return None


def due(ctx: Context) -> Iterator[Change]:
    """Yield the changes of status that a new day brings: somebody begins, goes on leave or is back."""
    today = ctx.today.isoformat()
    by_today = Between(high=(ctx.today + _DAY).isoformat())
    people = {one.person for one in ctx.data.find(Absence, starts=by_today, ends=Between(today))}
    for status in (Status.ONBOARDING, Status.ON_LEAVE):
        people |= {one.person for one in ctx.data.find(PersonFile, status=status.value)}
    for person in sorted(people):
        change = Change("person_files.status")
        settle(ctx, change, person)
        if change.puts:
            yield change
