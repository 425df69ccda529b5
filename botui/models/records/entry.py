"""The shape of day-to-day transactions: what no bill, claim, voucher or line of the bank says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field

from botui.models.base import Line, Record, Ui, When


class Entry(Record):
    """An amount that goes into one category of the books out of another; it is never edited and never removed.

    Attributes:
        amount: in the office's currency.
        category: what it goes into (debit); ``against``: what it comes out of (credit).
        document: its paper.
        reverses: the entry that this one takes back.
    """

    COLLECTION: ClassVar[str] = "entries"

    on: Annotated[date | None, Ui(label="On", column=10, help="Empty = today.", batch=True)] = None
    text: Annotated[Line, Field(min_length=1), Ui(label="What for", column=24)]
    amount: Annotated[Decimal, Field(gt=0, le=Decimal("9999999.99"), decimal_places=2), Ui(label="Amount", column=11)]
    category: Annotated[int, Ui(label="Into", column=13, ref="chart", help="What it is for.", batch=True)]
    against: Annotated[int, Ui(label="Out of", column=13, ref="chart", help="Where it comes from.", batch=True)]
    document: Annotated[int | None, Ui(label="Document", ref="documents", help="Its paper.")] = None

    at: Annotated[When | None, Ui(label="Booked", form=False)] = None
    by: Annotated[int | None, Ui(label="Booked by", ref="people", form=False)] = None
    reverses: Annotated[int | None, Ui(label="Takes back", ref="entries", form=False)] = None
