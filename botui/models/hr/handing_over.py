"""What somebody who leaves sees to, keeps, approves and manages goes to somebody else, all of it in one change."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Any, Final

from botui import areas
from botui.models import calendar
from botui.models.base import Arguments, Change, Refused, Ui, plural
from botui.models.hr.case import PENDING as CASE_PENDING
from botui.models.hr.case import Case
from botui.models.hr.holdings import approvals_of, private_of
from botui.models.hr.incident import Incident
from botui.models.hr.incident import State as IncidentState
from botui.models.hr.opening import LOOKED_FOR, Opening
from botui.models.hr.person_file import PersonFile
from botui.models.hr.reporting_lines import refuse_unfit
from botui.models.hr.task import PENDING, Checklist, Step, StepState, Task
from botui.models.office import Context, Person, Role
from botui.models.office.approving import find_approver
from botui.models.records.cashbox import Box
from botui.models.records.document import Privacy
from botui.models.records.expense import Expense, Outlay
from botui.models.records.letter import PENDING as LETTER_PENDING
from botui.models.records.letter import Letter

_THEIRS: Final = ("person", "requester", "on_behalf_of", "created_by")
"""Fields that say whose a request is: none of them approves it."""


class HandAll(Arguments):
    """Who gets what somebody sees to."""

    to: Annotated[int, Ui(label="To", ref="people", help="Who sees to it from now on.")]


def hand_all(ctx: Context, file: PersonFile, args: HandAll) -> Change:
    """Give what somebody sees to, keeps, approves and manages to somebody else.

    What the other may not approve or look at stays. What is private goes from the last day on: before it they give it
    to whom they choose themselves.

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
    _of_hr(ctx, change, file.person, to)
    later = _private(ctx, change, file, to)
    many = sum(put.was is not None for put in change.puts.values())
    if not many:
        raise Refused(f"There is nothing that can be handed over{later}.")
    change.said = f"{plural(many, 'thing')} handed over to {to.name}{later}."
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
    for checklist in ctx.data.find(Checklist, owner=person, active=True):
        change.set(checklist, owner=to)
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


def _of_hr(ctx: Context, change: Change, person: int, to: Person) -> None:
    """Give openings over; cases and accidents to nobody but HR, and never to whom a case is against."""
    for field in ("owner", "manager"):
        for opening in ctx.data.find(Opening, **{field: person}):
            if opening.state in LOOKED_FOR and (field == "manager" or Role.HR in to.roles):
                change.set(opening, **{field: to.id})
    for case in ctx.data.find(Case, owner=person) if Role.HR in to.roles else ():
        if case.state in CASE_PENDING and to.id not in (case.person, case.against):
            change.set(case, owner=to.id)
    for incident in ctx.data.find(Incident, owner=person) if Role.HR in to.roles else ():
        if incident.state is not IncidentState.CLOSED:
            change.set(incident, owner=to.id)


def _private(ctx: Context, change: Change, file: PersonFile, to: Person) -> str:
    """Give private documents and letters over, those of HR to HR alone; say from when on, where that is to come."""
    letters = [
        one
        for one in ctx.data.find(Letter, owner=file.person)
        if one.state in LETTER_PENDING
        and (one.privacy is Privacy.PRIVATE or (one.privacy is Privacy.HR and Role.HR in to.roles))
    ]
    found = [*private_of(ctx, file.person), *letters]
    if found and file.ends is not None and ctx.today < file.ends:
        return f"; what is private of theirs from {calendar.day_words(file.ends, ctx.today)} on"
    for one in found:
        change.set(one, owner=to.id)
    return ""
