"""What of equipment waits for a person, and what people can report or ask for.

What was reported stands among what somebody asked for as their ticket, and is not there twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from botui.models.base import Between, Offer, Waiting, and_more, stamp
from botui.models.equipment import auditing, granting, leaving, licensing, maintaining, overdue
from botui.models.equipment.asset import Asset
from botui.models.equipment.fault import OPEN, Fault, State
from botui.models.equipment.reporting import stands
from botui.models.equipment.severity import Severity
from botui.models.office import Context
from botui.models.tickets.waiting import due_words

OFFERS: Final = (
    Offer(label="Something is broken", collection="faults"),
    Offer(label="Book something shared", collection="bookings"),
    Offer(label="Access to a system or a door", collection="access"),
)
_LAST: Final = datetime.max


def waiting(ctx: Context) -> Iterator[Waiting]:
    """Yield what of equipment waits for whoever acts."""
    if ctx.by is None:
        return
    yield from faults(ctx)
    for part in (overdue, maintaining, licensing, granting, leaving, auditing):
        yield from part.waiting_for(ctx)


def faults(ctx: Context) -> Iterator[Waiting]:
    """Yield the faults somebody sees to; and for a clerk, of those that nobody sees to, the most pressing one."""
    for state in sorted(OPEN - {State.WAITING}):
        for fault in ctx.data.find(Fault, owner=ctx.by, state=state.value):
            yield _mine(ctx, fault)
    # what waits itself is somebody else's turn, unless it is late
    for fault in ctx.data.find(Fault, owner=ctx.by, state=State.WAITING.value, due=Between(high=stamp(ctx.now))):
        yield _mine(ctx, fault)
    if "clerk" in ctx.roles:
        nobodys = [one for state in sorted(OPEN) for one in ctx.data.find(Fault, owner=None, state=state.value)]
        first = min(nobodys, key=lambda one: (one.due is None, one.due or _LAST, one.id), default=None)
        if first is not None:
            due = due_words(ctx, first.due) or "reported"
            yield _waiting(ctx, first, f"nobody's, {due}{and_more(nobodys)}", "take")


def _mine(ctx: Context, fault: Fault) -> Waiting:
    due = due_words(ctx, fault.due)
    why = ", ".join(one for one in (due, stands(ctx, fault, named=False) if fault.state in _SAID else "") if one)
    stopped = fault.state is State.WAITING
    return _waiting(ctx, fault, why or "yours", "", active=not stopped, waiting=stopped)


_SAID: Final = frozenset({State.WAITING, State.TESTING})
"""States that are said beside what is due."""


def _waiting(
    ctx: Context, fault: Fault, why: str, verb: str, *, active: bool = False, waiting: bool = False
) -> Waiting:
    asset = ctx.data.get(Asset, fault.asset) if fault.asset else None
    return Waiting(
        collection=Fault.COLLECTION,
        number=fault.id,
        what=f"{fault.what}: {asset.called}" if asset else fault.what,
        why=why,
        due=fault.due,
        since=fault.created_at,
        verb=verb,
        next=fault.severity is Severity.S1,
        active=active,
        waiting=waiting,
    )
