"""What of the bank waits for whoever sees to it: statements with lines to explain, and those that can be proved."""

from __future__ import annotations

from collections.abc import Iterator

from botui.models.base import Waiting, plural
from botui.models.office import Context
from botui.models.records.bank import Proof, Statement
from botui.models.records.bank_proof import in_order


def waiting_for(ctx: Context) -> Iterator[Waiting]:
    """Yield the first statement of each account that is not proved, for finance and clerks."""
    if not ctx.roles & {"finance", "clerk"}:
        return
    first: dict[int, Statement] = {}
    for one in in_order(ctx.data.find(Statement, state=Proof.OPEN.value)):
        first.setdefault(one.account, one)
    for one in first.values():
        why = f"{plural(one.open, 'line')} to explain" if one.open else "every line is explained: prove it"
        yield Waiting(
            collection=Statement.COLLECTION,
            number=one.id,
            what=f"Bank statement until {one.until}",
            why=why,
            since=one.created_at,
            verb="match" if one.open else "close",
        )
