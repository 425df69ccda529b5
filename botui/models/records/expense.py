"""The shape of expense claims and of what was paid in them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Final

from pydantic import Field

from botui.models.base import Choice, Line, Prose, Record, Ui, When
from botui.models.office import Money

Spent = Annotated[Decimal, Field(gt=0, le=Decimal("9999999.99"), decimal_places=2)]
"""An amount in the office's currency that is more than nothing."""


class State(Choice):
    """How far a claim is."""

    DRAFT = "draft", "not submitted"
    SUBMITTED = "submitted", "to approve"
    APPROVED = "approved", "to pay"
    REFUSED = "refused", "refused"
    PAID = "paid", "paid"
    CANCELLED = "cancelled", "cancelled"


OPEN: Final = (State.DRAFT, State.SUBMITTED, State.APPROVED, State.REFUSED)
"""States in which somebody still waits for their money."""
WRITTEN: Final = (State.DRAFT, State.REFUSED)
"""States in which a claim may be changed: nobody decides on it now."""


class Expense(Record):
    """A claim: somebody paid for the office and gets it back.

    Attributes:
        person: who gets it back; whoever files it, if nobody is named.
        amount: what is claimed, the sum of its lines; ``granted``: what is paid of it, known when it is approved.
        lines: how many it has.
        cancelled_on: the day on which it was cancelled, where it was approved before.
        payment: by which payment it was paid; ``voucher``: by which voucher, where the money came out of a cash box.
    """

    COLLECTION: ClassVar[str] = "expenses"

    what: Annotated[Line, Field(max_length=80), Ui(label="What for", column=22, help="Such as: trade fair in Ulm.")] = (
        ""
    )
    person: Annotated[int | None, Ui(label="For", column=14, ref="people", help="Empty = for you.")] = None
    note: Annotated[Prose, Ui(label="Note", rows=2)] = ""

    state: Annotated[State, Ui(label="State", column=13, form=False)] = State.DRAFT
    amount: Annotated[Money, Ui(label="Claimed", column=10, form=False)] = Decimal(0)
    granted: Annotated[Money | None, Ui(label="To be paid", column=10, wide=True, form=False)] = None
    lines: Annotated[int, Field(ge=0), Ui(label="Lines", column=5, form=False)] = 0
    created_at: Annotated[When | None, Ui(label="Begun", form=False)] = None
    created_by: Annotated[int | None, Ui(label="Begun by", ref="people", form=False)] = None
    submitted_at: Annotated[When | None, Ui(label="Submitted", column=16, wide=True, form=False)] = None
    submitted_by: Annotated[int | None, Ui(label="Submitted by", ref="people", form=False)] = None
    approver: Annotated[int | None, Ui(label="Who approves", column=14, wide=True, ref="people", form=False)] = None
    approved_by: Annotated[int | None, Ui(label="Approved by", ref="people", form=False)] = None
    approved_for: Annotated[int | None, Ui(label="Approved for", ref="people", form=False)] = None
    approved_at: Annotated[When | None, Ui(label="Approved", form=False)] = None
    reason: Annotated[Line, Ui(label="Why not", form=False)] = ""
    cancelled_on: Annotated[date | None, Ui(label="Cancelled on", form=False)] = None
    paid_on: Annotated[date | None, Ui(label="Paid on", form=False)] = None
    payment: Annotated[int | None, Ui(label="Payment", ref="payments", form=False)] = None
    voucher: Annotated[int | None, Ui(label="Voucher", ref="vouchers", form=False)] = None


class Outlay(Record):
    """One line of a claim: what was paid, and for what.

    Attributes:
        expense: its claim; where none is named, it goes on the one of whoever files it that is not submitted yet.
        on: the day it was paid; ``receipt``: the document that shows it.
        why: why it is above the limit of its category.
        allowed: what the approver lets be paid of it; None = all of it. ``cut``: why that is less.
        person, approver: as on its claim, so that they may act on it.
    """

    COLLECTION: ClassVar[str] = "outlays"

    expense: Annotated[
        int | None, Ui(label="Claim", column=8, ref="expenses", batch=True, help="Empty = yours that is open.")
    ] = None
    amount: Annotated[Spent, Ui(label="Amount", column=10)]
    what: Annotated[Line, Field(min_length=1, max_length=80), Ui(label="What for", column=22)]
    on: Annotated[date | None, Ui(label="Paid on", column=10, help="Empty = today.", batch=True)] = None
    category: Annotated[int | None, Ui(label="Category", column=14, ref="chart", batch=True)] = None
    receipt: Annotated[int | None, Ui(label="Receipt", ref="documents", help="The document that shows it.")] = None
    why: Annotated[Line, Ui(label="Why so much", help="Needed above the limit of the category.")] = ""

    allowed: Annotated[Money | None, Ui(label="Approved", column=10, form=False)] = None
    cut: Annotated[Line, Ui(label="Why less", form=False)] = ""
    person: Annotated[int | None, Ui(label="For", ref="people", form=False)] = None
    created_by: Annotated[int | None, Ui(label="Written by", ref="people", form=False)] = None
    approver: Annotated[int | None, Ui(label="Who approves", ref="people", form=False)] = None

    @property
    def granted(self) -> Decimal:
        """What is paid of it, once its claim is approved."""
        return self.amount if self.allowed is None else self.allowed
