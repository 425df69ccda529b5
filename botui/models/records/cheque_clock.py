"""What time does with cheques: six months after its date no bank needs to pay one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from botui.models import calendar
from botui.models.base import Between, Change
from botui.models.office import Context
from botui.models.records.cheque import STALE_MONTHS, Cheque, State, stale_on


def due(ctx: Context) -> Iterator[Change]:
    """Yield the cheques that are too old for a bank by today; what they paid stands until somebody gives them up."""
    # months are of several lengths: a few that are not due yet are found, too
    before = calendar.add_months(ctx.today, -STALE_MONTHS) + timedelta(days=4)
    for state in (State.HELD, State.OUT):
        for cheque in ctx.data.find(Cheque, state=state.value, dated=Between(high=before.isoformat())):
            if cheque.dated is not None and stale_on(cheque.dated) <= ctx.today:
                said = f"{cheque.ref} is older than {STALE_MONTHS} months: no bank needs to pay it."
                yield Change("cheques.stale", said).set(cheque, state=State.STALE)
