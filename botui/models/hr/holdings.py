"""What somebody still holds of the office, or what still waits for them: all of it before they can leave.

Each line says what is to be done with it, so that whoever reads it can do it at the record it names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from botui import areas
from botui.models.base import Record
from botui.models.equipment.access import HAS, Access
from botui.models.equipment.asset import Asset
from botui.models.equipment.licence import Seat
from botui.models.equipment.loan import Loan
from botui.models.hr import leave_ledger
from botui.models.hr.leave import ALIVE, Leave
from botui.models.hr.leave import State as LeaveState
from botui.models.hr.person_file import PersonFile
from botui.models.hr.reporting_lines import file_of, managed_by
from botui.models.hr.task import PENDING as TASK_PENDING
from botui.models.hr.task import Step, StepState, Task
from botui.models.office import Context, Department, Person, Role
from botui.models.records.cashbox import Box
from botui.models.records.custody import Custody
from botui.models.records.document import GONE, Document, Privacy
from botui.models.records.expense import Expense
from botui.models.records.expense import State as ClaimState

_BACK: Final = "take it back (R)"
_OTHER: Final = "give it to somebody else (a)"
_EDIT: Final = "give it to somebody else (e)"
_DECIDE: Final = "decide it, or h on their file"
_LAST_DAY: Final = "e, or h from the last day on"


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that somebody holds, or that waits for them.

    Attributes:
        collection, number: the record at which it is settled.
        what: what it is, in the office's words, without anything private.
        how: what is to be done with it.
        with_it: it goes by itself when they leave, and keeps nobody.
        handed: ``h`` on their file gives it to somebody else.
    """

    collection: str
    number: int
    what: str
    how: str
    with_it: bool = False
    handed: bool = False

    @property
    def ref(self) -> str:
        """The reference of the record."""
        return areas.ref(self.collection, self.number)


_SEEN_TO: Final = (
    ("tickets", "owner", ("new", "open", "waiting")),
    ("faults", "owner", ("reported", "looking", "waiting", "testing")),
    ("licences", "owner", ("active", "expiring")),
    ("contracts", "owner", ("active", "expiring")),
    ("letters", "owner", ("open", "waiting")),
    ("cases", "owner", ("open", "investigated")),
    ("incidents", "owner", ("new", "open")),
    ("openings", "owner", ("open", "hold")),
    ("openings", "manager", ("open", "hold")),
)
"""What somebody sees to, by collection and field, and in which states it is still to be seen to."""
_GOES_ON: Final = ("plans", "recurring", "checklists")
"""The same of what goes on as long as it is in use."""
_ASKED: Final = (
    ("orders", "to_approve"),
    ("stocktakes", "to_approve"),
    ("access", "asked"),
    ("bills", "checked"),
    ("expenses", "submitted"),
    ("disposals", "open"),
    ("leave", LeaveState.ASKED.value),
    ("erasures", "open"),
)
"""What waits for somebody's approval, and in which state."""


def held_by(ctx: Context, person: int) -> list[Held]:
    """Return all that somebody still holds or has to see to; what goes by itself when they leave comes last."""
    found = [one for part in _PARTS for one in part(ctx, person)]
    return sorted(found, key=lambda one: one.with_it)


def keeps(ctx: Context, person: int) -> list[Held]:
    """Return what keeps somebody from leaving."""
    return [one for one in held_by(ctx, person) if not one.with_it]


def _model(collection: str) -> type[Record]:
    model: type[Record] = areas.kind(collection).model
    return model


def _records(ctx: Context, collection: str, **equal: object) -> Iterator[tuple[Record, str]]:
    """Yield records with the word for one of them."""
    one: str = areas.kind(collection).one
    for record in ctx.data.find(_model(collection), **equal):
        yield record, one


# --- in their hands ---------------------------------------------------------------------------------------------------


def things(ctx: Context, person: int) -> Iterator[Held]:
    """Yield the assets, keys, papers and seats of licences that somebody has."""
    for loan in ctx.data.find(Loan, person=person, back_at=None):
        asset = ctx.data.get(Asset, loan.asset)
        yield Held("loans", loan.id, asset.called if asset else "asset", _BACK)
    for paper in ctx.data.find(Custody, person=person, back_at=None):
        yield Held("custody", paper.id, f"paper of {areas.ref('documents', paper.document)}", _BACK)
    for seat in ctx.data.find(Seat, person=person, back_at=None):
        yield Held("seats", seat.id, f"seat of {seat.what}", _BACK)
    for box in ctx.data.find(Box, keeper=person, active=True):
        what = f"keeps the cash box {box.name}"
        yield Held("boxes", box.id, what, "count it, then name another keeper (e)", handed=True)


def private_of(ctx: Context, person: int) -> Iterator[Document]:
    """Yield the private documents that are somebody's, and those that nobody else who works here may look at."""
    for one in ctx.data.find(Document, whose=person, privacy=Privacy.PRIVATE.value):
        others = {one.owner, one.created_by, one.filed_by, *one.readers} - {person, None}
        if one.state not in GONE and (one.owner == person or not any(_is_here(ctx, other) for other in others)):
            yield one


def _is_here(ctx: Context, person: int | None) -> bool:
    found = ctx.data.get(Person, person) if person else None
    return found is not None and found.active


def _private(ctx: Context, person: int) -> Iterator[Held]:
    for one in private_of(ctx, person):
        yield Held(Document.COLLECTION, one.id, "private document of theirs", _LAST_DAY, handed=True)


def access_of(ctx: Context, person: int) -> list[Access]:
    """Return what somebody may use or go through, and what they asked for."""
    states = (*HAS, "asked", "approved")
    return [one for state in sorted(states) for one in ctx.data.find(Access, person=person, state=str(state))]


def _access(ctx: Context, person: int) -> Iterator[Held]:
    for one in access_of(ctx, person):
        has = one.state in HAS
        yield Held("access", one.id, f"access to {one.system}", "take it away (R)" if has else "cancel it (C)", True)


# --- to be seen to ----------------------------------------------------------------------------------------------------


def _work(ctx: Context, person: int) -> Iterator[Held]:
    for collection, field, states in _SEEN_TO:
        for state in states:
            for record, one in _records(ctx, collection, **{field: person, "state": state}):
                how = _EDIT if collection in ("cases", "openings") else _OTHER
                yield Held(collection, record.id, f"{one} they see to", how, handed=True)
    for collection in _GOES_ON:
        for record, one in _records(ctx, collection, owner=person, active=True):
            yield Held(collection, record.id, f"{one} they see to", _EDIT, handed=True)


def _tasks(ctx: Context, person: int) -> Iterator[Held]:
    """Yield HR tasks they see to and steps of others that are theirs; those about themselves wait in their own task."""
    for state in sorted(TASK_PENDING):
        for task in ctx.data.find(Task, owner=person, state=state.value):
            yield Held("tasks", task.id, "task they see to", _OTHER, handed=True)
    for step in ctx.data.find(Step, owner=person, state=StepState.OPEN.value):
        task_of = ctx.data.get(Task, step.task)
        if task_of is not None and task_of.state in TASK_PENDING and task_of.person != person:
            yield Held("steps", step.id, "step of a task", _OTHER, handed=True)


def approvals_of(ctx: Context, person: int) -> list[Record]:
    """Return what waits for somebody's yes or no, from whatever area."""
    found = [
        record
        for collection, state in _ASKED
        for record in ctx.data.find(_model(collection), approver=person, state=state)
    ]
    tickets = ctx.data.find(_model("tickets"), approver=person)
    return [*found, *(one for one in tickets if getattr(one, "approval", None) == "asked")]


def _approvals(ctx: Context, person: int) -> Iterator[Held]:
    for record in approvals_of(ctx, person):
        one: str = areas.kind(record.COLLECTION).one
        yield Held(record.COLLECTION, record.id, f"{one} they are to approve", _DECIDE, handed=True)


# --- owed, and who looks to them --------------------------------------------------------------------------------------


def _owed(ctx: Context, person: int) -> Iterator[Held]:
    for state in (ClaimState.SUBMITTED, ClaimState.APPROVED):
        for claim in ctx.data.find(Expense, person=person, state=state.value):
            yield Held("expenses", claim.id, "claim that is not paid", "pay or refuse it")
    file = file_of(ctx, person)
    for leave in ctx.data.find(Leave, person=person):
        if leave.state in ALIVE and file is not None and file.ends is not None and leave.starts > file.ends:
            yield Held("leave", leave.id, "leave after the last day", "cancel it (C)")
    for kind, left in leave_ledger.accounts(ctx, person):
        if left and file is not None:
            amount = f"{left.normalize():f} {kind.unit.label}"
            yield Held(PersonFile.COLLECTION, file.id, f"{amount} of leave", "they take it, or S pays it out")


def _people(ctx: Context, person: int) -> Iterator[Held]:
    for one in managed_by(ctx, person):
        file = file_of(ctx, one)
        if file is not None:
            what = f"{ctx.person(one)} reports to them"
            yield Held(PersonFile.COLLECTION, file.id, what, "another manager (e)", handed=True)
    for department in ctx.data.find(Department, manager=person, active=True):
        yield Held(Department.COLLECTION, department.id, f"head of {department.name}", "another head (e)")
    if is_only_admin(ctx, person):
        yield Held(Person.COLLECTION, person, "the only administrator", "give somebody else the role (e)")


def is_only_admin(ctx: Context, person: int) -> bool:
    """Return whether somebody is the only one here who works as administrator: nobody could make another."""
    found = ctx.data.get(Person, person)
    if found is None or not found.active or Role.ADMIN not in found.roles:
        return False
    return not any(Role.ADMIN in one.roles for one in ctx.data.find(Person, active=True) if one.id != person)


_PARTS: Final[tuple[Callable[[Context, int], Iterator[Held]], ...]] = (
    things,
    _private,
    _people,
    _owed,
    _approvals,
    _work,
    _tasks,
    _access,
)
