"""The statement of a party: what was billed and paid either way in some days, what is open, and how old that is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from botui.models.base import cells, fit
from botui.models.office import Context, Party
from botui.models.records.ageing import BANDS, Aged, aged, late_words
from botui.models.records.bill import Bill, Direction, Payment, is_booked
from botui.models.records.billing import money
from botui.models.supplies.order_text import WIDTH, wrapped

_ZERO: Final = Decimal(0)
_TEXT: Final = 36


@dataclass(frozen=True, slots=True)
class Moved:
    """What a bill or a payment did to what is between a party and us.

    Attributes:
        amount: above zero they owe us more, or we owe them less.
    """

    on: date
    ref: str
    text: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Account:
    """What is between a party and us in some days.

    Attributes:
        before, after: what they owe us at the beginning and at the end; below zero we owe them.
        moved: what happened in those days, by date.
        open: the bills of which something is open at the end.
    """

    since: date
    until: date
    before: Decimal
    after: Decimal
    moved: tuple[Moved, ...]
    open: tuple[Aged, ...]


def account(bills: Collection[Bill], payments: Collection[Payment], since: date, until: date) -> Account:
    """Return what is between a party and us: its bills and payments are given, drafts and what is not checked too."""
    every = sorted(_all(bills, payments), key=lambda one: (one.on, one.ref))
    before = sum((one.amount for one in every if one.on < since), _ZERO)
    moved = tuple(one for one in every if since <= one.on <= until)
    after = before + sum((one.amount for one in moved), _ZERO)
    open_ = sorted(aged(bills, payments, until), key=lambda one: (-one.days, one.bill.id))
    return Account(since, until, before, after, moved, tuple(open_))


def _all(bills: Iterable[Bill], payments: Iterable[Payment]) -> Iterator[Moved]:
    booked = set()
    for bill in bills:
        if bill.dated is None or not (is_booked(bill) or bill.voided_on is not None):
            continue
        booked.add(bill.id)
        amount = bill.amount if bill.direction is Direction.OWED else -bill.amount
        word = "Credit note" if bill.amount < 0 else "Bill"
        yield Moved(bill.dated, bill.ref, f"{word} {bill.number or bill.ref}", amount)
        if bill.voided_on is not None:
            yield Moved(max(bill.voided_on, bill.dated), bill.ref, f"Void: {bill.number or bill.ref}", -amount)
    for one in payments:
        if one.bill not in booked:
            continue
        way = "Payment to you" if one.amount < 0 else "Payment from you"
        text = f"{way}, {one.method.label} {one.reference}".strip()
        yield Moved(one.on, one.ref, text, -one.amount)
        if one.reversed_on is not None:
            yield Moved(one.reversed_on, one.ref, f"Taken back: {one.reason}", one.amount)


def account_of(ctx: Context, party: int, since: date, until: date) -> Account:
    """Return what is between a party of the store and us."""
    return account(ctx.data.find(Bill, party=party), ctx.data.find(Payment, party=party), since, until)


# --- as a sheet -------------------------------------------------------------------------------------------------------


def statement_text(ctx: Context, party: Party, found: Account) -> str:
    """Return the statement of a party as text of eighty columns, to be printed or sent."""
    what = f"Statement {found.since} to {found.until}"
    name = fit(ctx.settings.name, WIDTH - cells(what) - 2)
    lines = ["=" * WIDTH, _apart(name, what), "=" * WIDTH, "", party.name, *party.address.splitlines()]
    if party.account_no:
        lines += ["", f"Our account with you: {party.account_no}"]
    lines += ["", _row("Date", "No.", "What", ctx.settings.currency, "Balance"), "-" * WIDTH]
    lines.append(_row(str(found.since), "", "Balance before", "", f"{found.before:,.2f}"))
    balance = found.before
    for one in found.moved:
        balance += one.amount
        lines.append(_row(str(one.on), one.ref, one.text, f"{one.amount:,.2f}", f"{balance:,.2f}"))
    lines += ["-" * WIDTH, _row(str(found.until), "", _between(found.after), "", f"{found.after:,.2f}")]
    lines += ["", *_open(ctx, found)]
    return "\n".join(one.rstrip() for one in lines) + "\n"


def _between(after: Decimal) -> str:
    return "You owe us" if after > 0 else "We owe you" if after < 0 else "Nothing is open"


def _open(ctx: Context, found: Account) -> Iterator[str]:
    """Yield the open bills, oldest first, and what they come to by age."""
    if not found.open:
        return
    yield "Open:"
    for one in found.open:
        due = late_words(one.days) or (f"due {one.bill.due}" if one.bill.due else "not used yet")
        side = "you owe" if one.bill.direction is Direction.OWED else "we owe"
        text = f"{one.bill.number or one.bill.ref} of {one.bill.dated}, {side}, {due}"
        yield f"{one.bill.ref:<8} {_filled(text, WIDTH - 21)} {one.balance:>11,.2f}"
    for direction, words in ((Direction.OWED, "You owe us, by age:"), (Direction.OWE, "We owe you, by age:")):
        bands = [_ZERO] * len(BANDS)
        for one in found.open:
            if one.bill.direction is direction:
                bands[one.band] += one.balance
        if any(bands):
            said = ", ".join(f"{name} {money(ctx, value)}" for name, value in zip(BANDS, bands, strict=True) if value)
            yield ""
            yield from wrapped(f"{words} {said}.", WIDTH)


def _row(day: str, ref: str, text: str, amount: str, balance: str) -> str:
    return f"{day:<10} {ref:<8} {_filled(text, _TEXT)} {amount:>11} {balance:>11}"


def _filled(text: str, width: int) -> str:
    cut = fit(text, width)
    return cut + " " * (width - cells(cut))


def _apart(left: str, right: str) -> str:
    return left + " " * max(WIDTH - cells(left) - cells(right), 1) + right
