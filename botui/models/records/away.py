"""Handing over to a stand-in, while somebody is away, what of records they see to, and back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from botui import areas
from botui.models.base import Change, Record
from botui.models.equipment.licence import RUNNING
from botui.models.office import Context
from botui.models.records.contract import Contract
from botui.models.records.document import Privacy
from botui.models.records.letter import PENDING, Letter


def hand_over(ctx: Context, person: int, to: int, _: str) -> Change:
    """Give the letters that somebody sees to, and the contracts that run, to somebody else; what is private stays."""
    change = Change("letters.assign")
    for record in _theirs(ctx, person):
        change.set(record, owner=to)
    return change


def _theirs(ctx: Context, person: int) -> Iterator[Record]:
    for state in sorted(PENDING):
        yield from ctx.data.find(Letter, owner=person, state=state.value, privacy=Privacy.OPEN.value)
    yield from (one for one in ctx.data.find(Contract, owner=person) if one.state in RUNNING)


def take_back(ctx: Context, references: Sequence[str], person: int, stand_in: int) -> Change:
    """Give back what the stand-in still has and is still to be seen to."""
    change = Change("letters.assign")
    for name, number in sorted({parsed for one in references if (parsed := areas.parse_ref(one))}):
        found: Record | None = None
        if name == Letter.COLLECTION:
            letter = ctx.data.get(Letter, number)
            found = letter if letter is not None and letter.is_pending else None
        elif name == Contract.COLLECTION:
            contract = ctx.data.get(Contract, number)
            found = contract if contract is not None and contract.state in RUNNING else None
        if found is not None and getattr(found, "owner", None) == stand_in:
            change.set(found, owner=person)
    return change
