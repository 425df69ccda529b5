"""Handing over to a stand-in, while somebody is away, what of equipment they see to, and back.

The tickets of a fault have the same owner, and go over with the tickets.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from botui import areas
from botui.models.base import Change, Record
from botui.models.equipment.fault import OPEN, Fault
from botui.models.equipment.in_step import tickets_of
from botui.models.equipment.licence import RUNNING, Licence
from botui.models.equipment.plan import Plan
from botui.models.office import Context
from botui.models.tickets import Ticket


def hand_over(ctx: Context, person: int, to: int, _: str) -> Change:
    """Give the open faults, the plans that go on and the licences of somebody to somebody else."""
    change = Change("faults.assign")
    for record in _theirs(ctx, person):
        change.set(record, owner=to)
    return change


def _theirs(ctx: Context, person: int) -> Iterator[Record]:
    for state in sorted(OPEN):
        yield from ctx.data.find(Fault, owner=person, state=state.value)
    yield from ctx.data.find(Plan, owner=person, active=True)
    yield from (one for one in ctx.data.find(Licence, owner=person) if _runs(one))


def _runs(record: Record) -> bool:
    """Return whether something is still to be seen to."""
    if isinstance(record, Fault):
        return record.is_open
    return record.active if isinstance(record, Plan) else isinstance(record, Licence) and record.state in RUNNING


def take_back(ctx: Context, references: Sequence[str], person: int, stand_in: int) -> Change:
    """Give back what the stand-in still has and is still to be seen to.

    A fault goes back with its tickets: those that were handed over are seen to by the tickets, what was reported of it
    since is seen to here.
    """
    change = Change("faults.assign")
    handed = {parsed for one in references if (parsed := areas.parse_ref(one))}
    for record in _handed(ctx, handed):
        if not _runs(record) or getattr(record, "owner", None) != stand_in:
            continue
        change.set(record, owner=person)
        for ticket in tickets_of(ctx, record) if isinstance(record, Fault) else ():
            if ticket.is_active and (Ticket.COLLECTION, ticket.id) not in handed:
                change.set(ticket, owner=person)
    return change


def _handed(ctx: Context, handed: Collection[tuple[str, int]]) -> Iterator[Record]:
    """Yield the faults, plans and licences that were handed over, and the faults of such tickets, each once."""
    tickets = (ctx.data.get(Ticket, number) for name, number in handed if name == Ticket.COLLECTION)
    faults = {(Fault.COLLECTION, one.fault) for one in tickets if one is not None and one.fault}
    for name, number in sorted(faults.union(handed)):
        if name in (Fault.COLLECTION, Plan.COLLECTION, Licence.COLLECTION):
            record: Record | None = ctx.data.get(areas.kind(name).model, number)
            if record is not None:
                yield record
