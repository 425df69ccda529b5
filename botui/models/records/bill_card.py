"""What bills say of a party on its card: what is open either way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from botui.models.office import Context, Party
from botui.models.records.ageing import late_words
from botui.models.records.bill import OPEN, Bill, Direction, State
from botui.models.records.billing import money

_READERS: Final = frozenset({"clerk", "finance", "manager", "auditor", "system"})
"""Who may see all bills (``botui.access``): of some of them a sum would say something else."""
_SHOWN: Final = 5


def card(ctx: Context, party: Party) -> Iterator[tuple[str, str]]:
    """Yield what bills say of a party: what is open either way, and the bills that are due first."""
    if not _READERS & ctx.roles:
        return
    found = [one for state in sorted(OPEN) for one in ctx.data.find(Bill, party=party.id, state=state.value)]
    for direction, words in ((Direction.OWE, "We owe them"), (Direction.OWED, "They owe us")):
        open_ = [one for one in found if one.direction is direction and one.state is not State.DRAFT]
        if open_:
            yield words, money(ctx, sum((one.balance for one in open_), Decimal(0)))
    for one in sorted(found, key=lambda bill: (bill.due or date.max, bill.id))[:_SHOWN]:
        late = late_words((ctx.today - one.due).days) if one.due else ""
        yield (
            one.ref,
            f"{one.number or 'bill'}, {one.state.label}, {money(ctx, one.balance)}{f', {late}' if late else ''}",
        )
    if len(found) > _SHOWN:
        yield "", f"and {len(found) - _SHOWN:,} more that are open"
