"""Whether a bill is one that is here already: the same number from the same party, or the same amount and date."""

from __future__ import annotations

from typing import Final

from botui.models.base import Refused, fold
from botui.models.office import Context
from botui.models.records.bill import Bill, State

_ONE_YEAR: Final = 300
"""Days from which two bills of one number are taken for those of two years: some begin anew each January."""


def plain_number(number: str) -> str:
    """Return what is left of a bill's number when it is typed otherwise: ``RE 0042/26`` is ``re42/26``'s ``re4226``."""
    parts = "".join(one if one.isalnum() else " " for one in fold(number)).split()
    return "".join(part.lstrip("0") or "0" for part in parts)


def refuse_double(ctx: Context, bill: Bill) -> None:
    """Refuse a bill that is here already; one that is void does not count.

    Two bills of one number are never one year's, whatever is said; what only looks alike goes through ``even_so``.

    Raises:
        Refused: it is here already, or looks like it.
    """
    wanted = plain_number(bill.number)
    for other in _others(ctx, bill, plain=wanted) if wanted else ():
        if not (bill.even_so and _years_apart(bill, other)):
            said = f"{other.ref} is that bill already: number {other.number}, {other.amount:,.2f}, {other.dated}."
            raise Refused(said, {"number": f"{other.ref} has this number."})
    if bill.even_so or not bill.amount or bill.standing is not None or bill.dated is None:
        return
    for other in _others(ctx, bill, dated=bill.dated.isoformat()):
        if other.amount == bill.amount:
            said = f"{other.ref} is of the same amount and date: is it the same bill?"
            raise Refused(said, {"even_so": "y if it is another one."})


def _others(ctx: Context, bill: Bill, **equal: str) -> list[Bill]:
    """Return the other bills of the same party and direction that are not void and have this, too."""
    found = ctx.data.find(Bill, party=bill.party, direction=bill.direction.value, **equal)
    return [one for one in found if one.id != bill.id and one.state is not State.VOID]


def _years_apart(bill: Bill, other: Bill) -> bool:
    return bill.dated is not None and other.dated is not None and abs((bill.dated - other.dated).days) >= _ONE_YEAR
