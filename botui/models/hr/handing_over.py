"""What somebody who leaves sees to, keeps, approves and manages goes to somebody else, all of it in one change."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Any, Final

from botui import areas
from botui.models.base import Arguments, Change, Refused, Ui, plural
from botui.models.hr.holdings import approvals_of
from botui.models.hr.person_file import PersonFile
from botui.models.hr.reporting_lines import refuse_unfit
from botui.models.hr.task import PENDING, Step, StepState, Task
from botui.models.office import Context, Person
from botui.models.office.approving import find_approver
from botui.models.records.cashbox import Box
from botui.models.records.expense import Expense, Outlay

_THEIRS: Final = ("person", "requester", "on_behalf_of", "created_by")
"""Fields that say whose a request is: none of them approves it."""


class HandAll(Arguments):
    """Who gets what somebody sees to."""

    to: Annotated[int, Ui(label="To", ref="people", help="Who sees to it from now on.")]


def hand_all(ctx: Context, file: PersonFile, args: HandAll) -> Change:
    """Give what somebody sees to, keeps, approves and manages to somebody else; what is for one person alone stays.

    What the other may not approve stays, too.

    Raises:
        Refused: it is they themselves, or somebody who does not work here; or there is nothing of that sort.
    """
    to = ctx.data.get(Person, args.to)
    if to is None or not to.active or to.id == file.person:
        raise Refused("Somebody else who works here, please.", {"to": "Somebody else who works here, please."})
    change = Change("person_files.handover")
    for area in areas.AREAS:
        if area.hand_over:
            rule: Callable[[Context, int, int, str], Change] = areas.load(area.hand_over)
            part = rule(ctx, file.person, to.id, f"Handed over by {ctx.person(file.person)}.")
            change.puts |= {key: put for key, put in part.puts.items() if key not in change.puts}
    for kept in ctx.data.find(Box, keeper=file.person, active=True):
        change.set(kept, keeper=to.id)
    _people(ctx, change, file.person, to.id)
    _tasks(ctx, change, file.person, to.id)
    _approvals(ctx, change, file.person, to.id)
    many = sum(put.was is not None for put in change.puts.values())
    if not many:
        raise Refused("There is nothing that can be handed over.")
    change.said = f"{plural(many, 'thing')} handed over to {to.name}."
    return change


def _people(ctx: Context, change: Change, person: int, to: int) -> None:
    """Let who reports to somebody report to somebody else; they themselves to the head of their department."""
    for one in ctx.data.find(PersonFile, manager=person):
        if one.left_at is None:
            new = to if one.person != to else None
            refuse_unfit(ctx, one.person, new, change)
            change.set(one, manager=new)


def _tasks(ctx: Context, change: Change, person: int, to: int) -> None:
    """Give HR tasks and steps of others over; the steps of their own leaving stay theirs."""
    for state in sorted(PENDING):
        for task in ctx.data.find(Task, owner=person, state=state.value):
            change.set(task, owner=to)
    for step in ctx.data.find(Step, owner=person, state=StepState.OPEN.value):
        of = ctx.data.get(Task, step.task)
        if of is not None and of.person != person:
            change.set(step, owner=to)


def _approvals(ctx: Context, change: Change, person: int, to: int) -> None:
    """Ask somebody else to approve what somebody was asked to, as far as they may."""
    for record in approvals_of(ctx, person):
        own: set[Any] = {getattr(record, name, None) for name in _THEIRS} - {None}
        with suppress(Refused):
            find_approver(ctx, to, record.COLLECTION, own)
            change.set(record, approver=to)
            for line in ctx.data.find(Outlay, expense=record.id) if isinstance(record, Expense) else ():
                change.set(line, approver=to)
