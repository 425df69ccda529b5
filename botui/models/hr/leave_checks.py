"""What must hold in the ledger of leave, and between it and the leave that was asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from botui.models.hr.leave import Leave, LeaveEntry, LeaveType, State, Why
from botui.models.soundness import Records


def check_leave(records: Records) -> Iterator[str]:
    """Say what does not hold: what leave takes stands in the ledger, nothing is granted or taken back twice."""
    types = {one.id: one for one in records.all(LeaveType)}
    used: defaultdict[int, Decimal] = defaultdict(Decimal)
    granted: dict[tuple[int, int, str], str] = {}
    reversed_: dict[int, str] = {}
    entries = {one.id: one for one in records.all(LeaveEntry)}
    for one in entries.values():
        used[one.leave or 0] -= one.amount if one.leave else Decimal(0)
        if one.on is None or one.on.year != one.year:
            yield f"{one.ref}: Year: it is not that of its day."
        if one.why is Why.ALLOWANCE and one.reverses is None:
            twice = granted.setdefault((one.person, one.type, one.key), one.ref)
            if twice != one.ref:
                yield f"{one.ref}: Granted for: {twice} grants it, too."
        if one.reverses is None:
            continue
        other = entries.get(one.reverses)
        if other is None or (other.person, other.type, other.amount) != (one.person, one.type, -one.amount):
            yield f"{one.ref}: Takes back: it is not that line, the other way."
        if (twice := reversed_.setdefault(one.reverses, one.ref)) != one.ref:
            yield f"{one.ref}: Takes back: {twice} takes it back, too."
    for leave in records.all(Leave):
        yield from _leave(leave, types.get(leave.type), used[leave.id])


def _leave(leave: Leave, kind: LeaveType | None, used: Decimal) -> Iterator[str]:
    """Say whether a leave is what the ledger has of it, and was approved by somebody else."""
    booked = leave.amount if kind is not None and kind.counted else Decimal(0)
    takes = booked if leave.state in (State.APPROVED, State.TAKEN) else Decimal(0)
    if used != takes:
        yield f"{leave.ref}: Takes: {takes}, and in the leave book it is {used}."
    if leave.last < leave.starts:
        yield f"{leave.ref}: Until: it is before its first day."
    if leave.person in (leave.decided_by, leave.agreed_by):
        yield f"{leave.ref}: Decided by: nobody approves their own leave."
