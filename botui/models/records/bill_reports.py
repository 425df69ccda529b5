"""Reports on bills: who owes whom by age, and what is to be paid.

Amounts are in the office's currency and exact; sums are sums of what is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from botui.models.base import Between, fold
from botui.models.office import Context, Party
from botui.models.office.reports import Cell, Report
from botui.models.records.ageing import aged, late_words, sums
from botui.models.records.bill import DUE, Bill, Direction, Payment, State
from botui.models.records.billing import party_name

TELLS: Final = ("bills", "payments")
"""Collections that these reports tell of."""
_ZERO: Final = Decimal(0)
_AHEAD: Final = 6
_SIDES: Final = {Direction.OWE: "we", Direction.OWED: "they"}
_HEADS: Final = ("Not due", "1-30", "31-60", "61-90", "Over 90")
"""``BANDS`` as headings: days late."""


def as_of_today(today: date) -> tuple[date, date]:
    """Return the days of who owes whom where nobody says others: all bills dated up to today."""
    return date(1900, 1, 1), today


def next_days(today: date) -> tuple[date, date]:
    """Return the days of the payment list where nobody says others: all that is late, and seven days."""
    return date(1900, 1, 1), today + timedelta(days=_AHEAD)


def owing(ctx: Context, since: date, until: date) -> Report:
    """Tell what is open of each party at the end of a day, by how late it is; we owe and owed to us apart.

    Args:
        ctx: what may be known.
        since: only bills with a date from this day on.
        until: the day.
    """
    bills = [one for one in _not_settled(ctx, until) if one.dated is not None and one.dated >= since]
    payments = (one for bill in bills for one in ctx.data.find(Payment, bill=bill.id))
    found = sums(list(aged(bills, payments, until)))
    rows: list[tuple[Cell, ...]] = []
    for direction in Direction:
        side = _SIDES[direction]
        block = [(party_name(ctx, party), bands) for (one, party), bands in found.items() if one is direction]
        rows += [_row(name, side, bands) for name, bands in sorted(block, key=lambda one: fold(one[0]))]
        if block:
            rows.append(_row("All", side, [sum(column, _ZERO) for column in zip(*(b for _, b in block), strict=True)]))
    return Report(f"Who owes whom by days late, as of {until}", ("From or to", "Owes", *_HEADS, "Open"), tuple(rows))


def _not_settled(ctx: Context, until: date) -> list[Bill]:
    """Return the bills of which something may have been open as a day ended; most are paid for good, and not read.

    What is paid now was open then only by a payment of a later day, or by one that was taken back since.
    """
    unpaid = (state.value for state in State if state is not State.PAID)
    numbers = {number for state in unpaid for number in ctx.data.numbers(Bill, state=state)}
    later = Between(low=(until + timedelta(days=1)).isoformat())
    for payment in (*ctx.data.find(Payment, on=later), *ctx.data.find(Payment, reversed_at=Between(low=""))):
        numbers.add(payment.bill or 0)
    return [bill for number in sorted(numbers) if (bill := ctx.data.get(Bill, number)) is not None]


def _row(name: str, side: str, bands: Iterable[Decimal]) -> tuple[Cell, ...]:
    found = [*bands]
    return name, side, *found, sum(found, _ZERO)


def to_pay(ctx: Context, since: date, until: date) -> Report:
    """List what we have to pay that is due by a day: to whom, under which number, into which account, until when.

    Credit notes that are not used yet stand in it below zero.
    """
    by_then = Between(high=(until + timedelta(days=1)).isoformat())
    due = [one for state in sorted(DUE) for one in ctx.data.find(Bill, state=state.value, due=by_then)]
    notes = [one for state in sorted(DUE) for one in ctx.data.find(Bill, state=state.value, due=None)]
    found = [one for one in (*due, *notes) if one.direction is Direction.OWE and (one.due or until) >= since]
    rows: list[tuple[Cell, ...]] = []
    for one in sorted(found, key=lambda bill: (bill.due or date.max, bill.id)):
        party = ctx.data.get(Party, one.party)
        late = late_words((ctx.today - one.due).days) if one.due else ""
        rows.append(
            (
                one.ref,
                party.name if party else "",
                party.iban if party else "",
                one.number,
                str(one.due or ""),
                late,
                one.balance,
            )
        )
    if rows:
        rows.append(("All", "", "", "", "", "", sum((one.balance for one in found), _ZERO)))
    header = ("No.", "To", "Bank account", "Number", "Due", "Late", "To pay")
    return Report(f"Payment list, due by {until}", header, tuple(rows))
