"""Handing over to a stand-in, while somebody is away, what of equipment they see to, and back.

The tickets of a fault have the same owner, and go over with the tickets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from botui import areas
from botui.models.base import Change, Record
from botui.models.equipment.fault import OPEN, Fault
from botui.models.equipment.licence import RUNNING, Licence
from botui.models.equipment.plan import Plan
from botui.models.office import Context


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
    """Give back what the stand-in still has and is still to be seen to."""
    change = Change("faults.assign")
    for reference in references:
        collection, number = areas.parse_ref(reference) or ("", 0)
        if collection not in (Fault.COLLECTION, Plan.COLLECTION, Licence.COLLECTION):
            continue
        record = ctx.data.get(areas.kind(collection).model, number)
        if record is not None and _runs(record) and getattr(record, "owner", None) == stand_in:
            change.set(record, owner=person)
    return change
