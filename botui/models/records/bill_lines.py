"""The lines of a bill: it comes to their sum, and they change until it is checked or sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from botui.models.base import Change, Refused
from botui.models.office import Context
from botui.models.records.bill import Bill, Charge
from botui.models.records.billing import WRITTEN, money, total

LINES_MAX: Final = 500
"""Lines of one bill at most."""


def create_line(ctx: Context, charge: Charge) -> Change:
    """Add a line to a bill that is not checked or sent yet.

    Raises:
        Refused: the bill stands, has too many lines, or comes to too much.
    """
    bill = _written(ctx, charge.bill)
    lines = ctx.data.find(Charge, bill=bill.id)
    if len(lines) >= LINES_MAX:
        raise Refused(f"{bill.ref} has {LINES_MAX} lines: that is all that fits.")
    change = Change("charges.add").add(charge)
    return _summed(ctx, change, bill, [*lines, charge], f"{charge.text}: {money(ctx, charge.total)}.")


def revise_line(ctx: Context, before: Charge, after: Charge) -> Change:
    """Change a line of a bill that is not checked or sent yet.

    Raises:
        Refused: the bill stands, or comes to too much.
    """
    if after.bill != before.bill:
        raise Refused("A line stays on its bill: take it off and add it there.", {"bill": "This stays."})
    only = {name for name in Charge.model_fields if getattr(before, name) != getattr(after, name)}
    values = {name: getattr(after, name) for name in only}
    change = Change("charges.edit").set(before, **values)
    if only <= {"category"}:
        change.said = f"{before.text} is under another category."
        return change
    bill = _written(ctx, before.bill)
    lines = [after if one.id == before.id else one for one in ctx.data.find(Charge, bill=bill.id)]
    return _summed(ctx, change, bill, lines, f"{after.text}: {money(ctx, after.total)}.")


def refuse_fixed_line(ctx: Context, charge: Charge, values: Mapping[str, Any]) -> None:
    """Refuse to take a line back as it was, once its bill stands.

    Raises:
        Refused: it was checked or sent.
    """
    if values.keys() - {"category"}:
        _written(ctx, charge.bill)


def cannot_write(ctx: Context, charge: Charge) -> str | None:
    """Guard of taking a line off: its bill stands."""
    try:
        _written(ctx, charge.bill)
    except Refused as refused:
        return str(refused)
    return None


def take_off(ctx: Context, charge: Charge, _: object) -> Change:
    """Take a line off its bill."""
    bill = _written(ctx, charge.bill)
    left = [one for one in ctx.data.find(Charge, bill=bill.id) if one.id != charge.id]
    return _summed(ctx, Change("charges.cancel").remove(charge), bill, left, f"{charge.text} is off.")


def _written(ctx: Context, number: int) -> Bill:
    bill = ctx.data.get(Bill, number)
    if bill is None:
        raise Refused("Its bill is gone.", {"bill": "There is none of this number."})
    if bill.state not in WRITTEN:
        raise Refused(f"{bill.ref} is {bill.state.label}: its lines stand.", {"bill": f"It is {bill.state.label}."})
    return bill


def _summed(ctx: Context, change: Change, bill: Bill, lines: Collection[Charge], said: str) -> Change:
    amount = total(bill, lines)
    change.said = f"{said} {bill.ref} comes to {money(ctx, amount)}."
    return change.set(bill, amount=amount, lines=len(lines))
