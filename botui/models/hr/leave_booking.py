"""What people write in the leave book by hand: what was before, time worked, corrections; and how it is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import Field

from botui.models.base import Arguments, Change, Line, Refused, Ui
from botui.models.hr.leave import Amount, LeaveEntry, LeaveType, Why
from botui.models.hr.leave_fit import said
from botui.models.hr.leave_ledger import Ledger, balance, cannot_reverse, take_back
from botui.models.hr.reporting_lines import manager
from botui.models.office import Context, Person

BY_HAND: Final = (Why.OPENING, Why.LIEU, Why.CORRECTION, Why.PAID_OUT)
"""What is written by hand; all else comes of the rules of a type, and of leave."""


class CorrectIt(Arguments):
    """By how much, and why."""

    amount: Annotated[Amount, Ui(label="Amount", help="More, or with a minus less.")]
    reason: Annotated[Line, Field(min_length=1), Ui(label="Why", help="Only they and HR see it.")]


def create(ctx: Context, entry: LeaveEntry) -> Change:
    """Write a line by hand; of an opening balance it says what there is on that day, and the difference is booked.

    Raises:
        Refused: it is for somebody for whom whoever acts does not write, or not for this.
    """
    kind, person = ctx.data.get(LeaveType, entry.type), ctx.data.get(Person, entry.person)
    if kind is None or not kind.counted:
        raise Refused("This type has no balance.", {"type": "One with a balance, please."})
    if person is None:
        raise Refused("Whose leave is it?", {"person": "Somebody of the directory, please."})
    why = Why.LIEU if kind.in_lieu and entry.why is Why.CORRECTION and entry.amount > 0 else entry.why
    _refuse_unfit(ctx, entry.model_copy(update={"why": why}), kind)
    amount = -abs(entry.amount) if why is Why.PAID_OUT else entry.amount
    change = Change("leavebook.add", f"{entry.ref} is written for {person.name}.")
    ledger = Ledger(ctx, change)
    if why is Why.OPENING:
        opened = open_account(ctx, ledger, entry, number=entry.id)
        if opened is None:
            raise Refused("That is what there is already.", {"amount": "It is this already."})
    else:
        ledger.book(person.id, kind.id, amount, why, entry.on, number=entry.id, note=entry.note)
    return ledger.close()


def open_account(ctx: Context, ledger: Ledger, entry: LeaveEntry, number: int = 0) -> LeaveEntry | None:
    """Book what is missing to the balance that somebody has on a day; None = it is that already.

    Args:
        ctx: what may be known.
        ledger: where.
        entry: whose, of which type, how much there is, and on which day.
        number: the number that the line was given already.
    """
    day = entry.on or ctx.today
    there = balance(ctx, entry.person, entry.type, day)
    known = any(one.why is Why.OPENING and one.on == day for one in ledger.account(entry.person, entry.type))
    if known and there == entry.amount:
        return None
    more = entry.amount - there
    return ledger.book(entry.person, entry.type, more, Why.OPENING, day, number=number, note=entry.note)


def _refuse_unfit(ctx: Context, entry: LeaveEntry, kind: LeaveType) -> None:
    if ctx.roles.isdisjoint({"hr", "system"}):
        if not (kind.in_lieu and entry.why is Why.LIEU and entry.amount > 0):
            raise Refused("Only HR writes this; managers write time that was worked.", {"why": "For HR."})
        if manager(ctx, entry.person) != ctx.by:
            raise Refused("Only their manager or HR writes it.", {"person": "Not of your people."})
    elif ctx.by == entry.person:
        raise Refused("Nobody writes in their own leave book.", {"person": "A colleague does."})
    if entry.why not in BY_HAND:
        raise Refused("That comes by itself.", {"why": f"One of: {', '.join(one.label for one in BY_HAND)}."})
    if entry.why is Why.LIEU and not kind.in_lieu:
        raise Refused("This type is not credited for time worked.", {"type": "One in lieu, please."})
    if entry.why is Why.LIEU and entry.amount < 0:
        raise Refused("Time worked is more than nothing; correct it instead (X).", {"amount": "More than nothing."})
    if entry.on is not None and entry.on > ctx.today:
        raise Refused("That day has not come.", {"on": "Today or earlier."})
    if entry.why is Why.PAID_OUT:
        there = balance(ctx, entry.person, entry.type, entry.on or ctx.today)
        if abs(entry.amount) > there:
            raise Refused(f"{said(max(there, Decimal(0)), kind)} are left.", {"amount": "That is more than there is."})


def refuse_fixed(_: Context, entry: LeaveEntry, __: Mapping[str, Any]) -> None:
    """Refuse to change a line.

    Raises:
        Refused: always.
    """
    raise Refused(f"{entry.ref} stands: Y takes it back, X corrects it.")


def not_own(ctx: Context, entry: LeaveEntry) -> str | None:
    """Guard of correct: nobody corrects what they have."""
    return "Nobody writes in their own leave book." if ctx.by == entry.person else None


def correct(ctx: Context, entry: LeaveEntry, args: CorrectIt) -> Change:
    """Write more, or less, in the account of a line.

    Raises:
        Refused: it is nothing.
    """
    ledger = Ledger(ctx, Change("leavebook.correct", f"The leave book of {ctx.person(entry.person)} is corrected."))
    ledger.book(entry.person, entry.type, args.amount, Why.CORRECTION, note=args.reason)
    return ledger.close()


def not_to_reverse(ctx: Context, entry: LeaveEntry) -> str | None:
    """Guard of reverse: it follows from leave or from rules, or is taken back already."""
    if entry.why not in (*BY_HAND, Why.ALLOWANCE):
        return (
            "It follows from leave that was asked for, or from what else stands here: cancel that, or correct it (X)."
        )
    return not_own(ctx, entry) or cannot_reverse(ctx, entry)


def reverse(ctx: Context, entry: LeaveEntry, _: object) -> Change:
    """Take a line back by another one."""
    return take_back(ctx, (entry,), Change("leavebook.reverse", f"{entry.ref} is taken back."))
