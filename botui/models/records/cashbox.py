"""The shape of cash boxes and of the vouchers by which cash goes into them and comes out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field

from botui.models.base import Choice, Line, Record, Ui, When
from botui.models.office import Codes, Money, Name, Numbers
from botui.models.records.bill import Signed


class Why(Choice):
    """Why cash moved."""

    OUT = "out", "paid out"
    IN = "in", "put in"
    BANK = "bank", "from or to the bank"
    COUNT = "count", "counted"


class Box(Record):
    """A cash box with a float: it is topped up to that, and counted by two.

    Attributes:
        imprest: the float: how much is in it when it is full.
        most: the most that one voucher may pay out; None = all that is in it.
        balance: what is in it, the sum of its vouchers. Only ``cash`` writes it.
        off: by how much the first of two counts differs from the balance of its moment; None = nobody has begun to
            count. ``first_by``, ``first_at``: who counted first, and when.
        counted_at, counted_by: when two agreed on what is in it the last time, and who they were.
    """

    COLLECTION: ClassVar[str] = "boxes"

    name: Annotated[Name, Ui(label="Cash box", column=22)]
    imprest: Annotated[Money, Ui(label="Float", column=10, help="What is in it when it is full.")] = Decimal(0)
    most: Annotated[Money | None, Ui(label="One voucher up to", help="Empty = all that is in it.")] = None
    place: Annotated[int | None, Ui(label="Stands in", column=14, wide=True, ref="places")] = None
    keeper: Annotated[int | None, Ui(label="Who keeps it", column=14, ref="people")] = None
    codes: Annotated[Codes, Ui(label="Other codes", help="What stands on it; commas between.")] = ()
    active: Annotated[bool, Ui(label="In use")] = True

    balance: Annotated[Money, Ui(label="In it", column=10, form=False)] = Decimal("0.00")
    off: Annotated[Signed | None, Ui(label="First count differs by", form=False)] = None
    first_by: Annotated[int | None, Ui(label="First counted by", ref="people", form=False)] = None
    first_at: Annotated[When | None, Ui(label="First counted", form=False)] = None
    counted_at: Annotated[When | None, Ui(label="Counted", column=16, form=False)] = None
    counted_by: Annotated[Numbers, Ui(label="Counted by", ref="people", form=False)] = ()


class Voucher(Record):
    """Cash that went into a box or came out of it. It is never changed and never removed; its number is given once.

    Attributes:
        amount: above zero it went in, below zero it came out; of a count what was more or less than should be.
        person: who got it, or brought it; ``about``: the claim it paid.
        payment: the payment by which it left, or reached, an account of the bank.
        counted: of a count, what was in the box; ``second``: who counted first, as two do.
        reverses: the voucher that this one takes back.
    """

    COLLECTION: ClassVar[str] = "vouchers"

    box: Annotated[int, Ui(label="Cash box", column=12, ref="boxes")]
    on: Annotated[date, Ui(label="On", column=10)]
    amount: Annotated[Signed, Ui(label="Amount", column=10)]
    why: Annotated[Why, Ui(label="Why", column=10)]
    what: Annotated[Line, Field(max_length=80), Ui(label="What for", column=20)] = ""
    category: Annotated[int | None, Ui(label="Category", column=14, wide=True, ref="chart")] = None
    person: Annotated[int | None, Ui(label="To or from", column=14, wide=True, ref="people")] = None
    receipt: Annotated[int | None, Ui(label="Receipt", ref="documents")] = None
    about: Annotated[Line, Field(max_length=40), Ui(label="For record", names=True)] = ""
    payment: Annotated[int | None, Ui(label="Payment", ref="payments")] = None
    counted: Annotated[Money | None, Ui(label="Counted")] = None
    second: Annotated[int | None, Ui(label="Counted with", ref="people")] = None
    reverses: Annotated[int | None, Ui(label="Takes back", ref="vouchers")] = None
    at: Annotated[When, Ui(label="Booked")]
    by: Annotated[int | None, Ui(label="Booked by", ref="people")] = None
