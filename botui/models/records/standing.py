"""The shape of recurring bills: rent, leasing, subscriptions, what customers are billed every month."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field, field_validator

from botui.models import calendar
from botui.models.base import Line, Prose, Record, Ui, When
from botui.models.office import Money, Name
from botui.models.records.bill import Direction


class Standing(Record):
    """A bill that comes again and again: on each of its dates one is filed, to be checked or sent as any other.

    Attributes:
        name: what it is for: the note on each of its bills.
        rule: when (``botui.models.calendar.Recurrence``): ``monthly on 1``, ``every 3 months on 15``.
        days: days to pay; None = by the payment terms of the party.
        left: how many are still to come; None = until somebody stops it.
        next_on: the date of the next one; ``last_on``: of the last; ``last``: the bill.
    """

    COLLECTION: ClassVar[str] = "standing"

    name: Annotated[Name, Ui(label="What for", column=22, help="Such as Rent of the shop.")]
    direction: Annotated[Direction, Ui(label="Who owes", column=10, wide=True, batch=True)] = Direction.OWE
    party: Annotated[int, Ui(label="From or to", column=16, ref="parties", batch=True)]
    rule: Annotated[Line, Ui(label="When", column=16, help="Such as monthly on 1, every 3 months on 15.")]
    amount: Annotated[Money, Field(gt=0), Ui(label="Amount", column=11, help="With tax.")]
    tax: Annotated[Money, Ui(label="Tax in it")] = Decimal(0)
    days: Annotated[int | None, Field(ge=0, le=365), Ui(label="Days to pay", help="Empty = by their terms.")] = None
    left: Annotated[
        int | None, Field(ge=0, le=1200), Ui(label="Still to come", help="Empty = until somebody stops it.")
    ] = None
    category: Annotated[int | None, Ui(label="Category", ref="chart", batch=True)] = None
    about: Annotated[
        Line,
        Field(max_length=40),
        Ui(label="Cost of", names=True, codes_of=("assets",), help="An asset (its tag; scan it) or a fault: F-3."),
    ] = ""
    document: Annotated[int | None, Ui(label="Document", ref="documents", help="Such as the contract.")] = None
    note: Annotated[Prose, Field(max_length=2000), Ui(label="Note", rows=2)] = ""

    active: Annotated[bool, Ui(label="Goes on", form=False)] = True
    next_on: Annotated[date | None, Ui(label="Next on", column=10, form=False)] = None
    last_on: Annotated[date | None, Ui(label="Last on", form=False)] = None
    last: Annotated[int | None, Ui(label="Last one", ref="bills", form=False)] = None
    created_at: Annotated[When | None, Ui(label="Filed", form=False)] = None
    created_by: Annotated[int | None, Ui(label="Filed by", ref="people", form=False)] = None

    @field_validator("rule")
    @classmethod
    def _readable(cls, value: str) -> str:
        return str(calendar.Recurrence.parse(value))
