"""Counting a cash box: two people count, each alone, and what they agree on is what is in it.

The first count is kept as its difference from what should be there, so that what is paid in or out between the two
counts does not matter. Where the second differs, it takes the place of the first: somebody else counts once more.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from botui.models.base import Arguments, Change, Ui
from botui.models.office import Context, Money
from botui.models.records.cash import Cash
from botui.models.records.cashbox import Box, Why
from botui.models.records.expense_filing import money


class Counted(Arguments):
    """What is in the box."""

    amount: Annotated[Money, Ui(label="In the box", help="All notes and coins, counted by you.")]


def count(ctx: Context, box: Box, args: Counted) -> Change:
    """Say what is in a box: as the first, or as the second, who settles it where both agree."""
    off = args.amount - box.balance
    change = Change("boxes.count")
    if box.off is None or box.first_by == ctx.by:
        change.said = f"{box.name}: you counted {money(ctx, args.amount)}; now somebody else counts it (K)."
        return change.set(box, off=off, first_by=ctx.by, first_at=ctx.now)
    if off != box.off:
        first = ctx.person(box.first_by)
        change.said = f"{box.name}: {first} did not come to the same, and counts it again (K)."
        return change.set(box, off=off, first_by=ctx.by, first_at=ctx.now)
    return _agreed(ctx, change, box, args.amount, off)


def _agreed(ctx: Context, change: Change, box: Box, counted: Decimal, off: Decimal) -> Change:
    """Book what two agree on: what is missing or too much, and who counted."""
    cash = Cash(ctx, change)
    what = "more than should be" if off > 0 else "less than should be" if off < 0 else "as it should be"
    cash.post(box.id, off, Why.COUNT, what=what, counted=counted, second=box.first_by)
    names = (box.first_by, ctx.by)
    who = tuple(one for one in names if one is not None)
    done = {"off": None, "first_by": None, "first_at": None, "counted_at": ctx.now, "counted_by": who}
    cash.set(box, **done)
    cash.write()
    differs = f"{off:+,.2f}, which is booked" if off else what
    by = f"{ctx.person(box.first_by)} and {ctx.person(ctx.by)}"
    change.said = f"{box.name}: {by} counted {money(ctx, counted)}; {differs}."
    return change
