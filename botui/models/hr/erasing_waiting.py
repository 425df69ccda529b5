"""What of erasures waits for somebody: to approve, to say who is asked, to do."""

from __future__ import annotations

from collections.abc import Iterator

from botui.models.base import Waiting
from botui.models.hr.erasure import Erasure, State
from botui.models.office import Context, Role


def waiting_for(ctx: Context) -> Iterator[Waiting]:
    """Yield what is to be approved, what HR has to ask somebody for, and what is approved and not done yet."""
    for one in ctx.data.find(Erasure, approver=ctx.by, state=State.OPEN.value):
        yield _waits(one, "to be erased for good: say yes, or C takes it back", "approve", blocking=True)
    if Role.HR not in ctx.roles:
        return
    for one in ctx.data.find(Erasure, approver=None, state=State.OPEN.value):
        yield _waits(one, "kept long enough: say who approves that it is erased (e)", "")
    for one in ctx.data.find(Erasure, state=State.APPROVED.value):
        yield _waits(one, "approved: erase it for good", "erase")


def _waits(one: Erasure, why: str, verb: str, *, blocking: bool = False) -> Waiting:
    return Waiting(
        collection=Erasure.COLLECTION, number=one.id, what=one.whose, why=why, due=None, verb=verb, blocking=blocking
    )
