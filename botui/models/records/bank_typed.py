"""Lines that somebody types off a statement on paper: a line each, ``30.10. -400,00 Rent of October``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Annotated, Final

from pydantic import Field

from botui.models import calendar
from botui.models.base import Arguments, Change, Line, Prose, Refused, Ui
from botui.models.base.figure import with_point
from botui.models.office import Context
from botui.models.records.bank import Account
from botui.models.records.bank_lines import Said, told
from botui.models.records.bank_taking import File, take_in
from botui.models.records.bill import Signed

_LINE: Final = re.compile(r"(?P<day>\S+)\s+(?P<sign>[-+]?)(?P<digits>[0-9][0-9.,']*)(?P<minus>-?)(?:\s+(?P<text>.+))?")
_CENT: Final = Decimal("0.01")


class TypedLines(Arguments):
    """A statement on paper."""

    closing: Annotated[Signed, Ui(label="Closing balance", help="As the bank's paper says it.")]
    lines: Annotated[
        Prose,
        Field(min_length=1),
        Ui(
            label="Lines",
            rows=8,
            help="One a line: day, amount (- = out), from or to whom, such as 30.10. -400,00 Rent.",
        ),
    ]
    number: Annotated[Line, Field(max_length=40), Ui(label="Number", help="Of the statement.")] = ""


def receive(ctx: Context, account: Account, args: TypedLines) -> Change:
    """Take in a statement that somebody typed.

    Raises:
        Refused: a line is none, or they do not come to the balance.
    """
    lines = list(_lines(ctx, args.lines))
    digest = sha256(f"{args.closing} {args.lines}".encode()).hexdigest()
    file = File(told=told(lines, None, args.closing), name="What was typed", digest=digest, number=args.number)
    change = take_in(ctx, account, file).change
    change.action, change.note = "accounts.receive", ""
    return change


def _lines(ctx: Context, text: str) -> Iterator[Said]:
    for place, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        found = _LINE.fullmatch(line.strip())
        try:
            if found is None:
                raise ValueError("write day, amount and from or to whom")
            yield Said(
                where=f"line {place}",
                on=_day(ctx, found["day"]),
                amount=_amount(found),
                name=(found["text"] or "").strip()[:200],
            )
        except ValueError as error:
            said = f"Line {place}: {str(error).rstrip('.')}."
            raise Refused(said, {"lines": said}) from None


def _day(ctx: Context, text: str) -> date:
    found = calendar.parse_date(text, ctx.today, order=ctx.settings.order)
    return found if found <= ctx.today else calendar.add_months(found, -12)


def _amount(found: re.Match[str]) -> Decimal:
    digits = with_point(found["digits"].rstrip(".,'"), "")
    try:
        value = Decimal(digits or "")
    except InvalidOperation:
        raise ValueError(f"'{found['digits']}' is not an amount") from None
    if value != value.quantize(_CENT) or not 0 < value <= Decimal("9999999.99"):
        raise ValueError(f"'{found['digits']}' is not an amount")
    return -value.quantize(_CENT) if "-" in (found["sign"], found["minus"]) else value.quantize(_CENT)
