"""The shape of bills, their lines, and the payments that settle them."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, ClassVar, Final

from pydantic import Field

from botui.models.base import Choice, Line, Prose, Record, Ui, When
from botui.models.office import Codes, Money

_CENT: Final = Decimal("0.01")
Signed = Annotated[Decimal, Field(ge=Decimal("-9999999.99"), le=Decimal("9999999.99"), decimal_places=2)]
"""An amount in the office's currency that may be below zero."""


class Direction(Choice):
    """Who owes whom."""

    OWE = "owe", "we owe"
    OWED = "owed", "owed to us"


class State(Choice):
    """How far a bill is; the first four are of what we owe, the next two of what is owed to us."""

    RECEIVED = "received", "received"
    CHECKED = "checked", "to approve"
    APPROVED = "approved", "to pay"
    DISPUTED = "disputed", "disputed"
    DRAFT = "draft", "draft"
    SENT = "sent", "sent"
    PART = "part", "part paid"
    PAID = "paid", "paid"
    VOID = "void", "void"


DUE = frozenset({State.APPROVED, State.SENT, State.PART})
"""States in which money is to move."""
OPEN = DUE | {State.RECEIVED, State.CHECKED, State.DISPUTED, State.DRAFT}
"""States in which there is still something to do."""
BOOKED = DUE | {State.PAID}
"""States in which it stands in the books."""


class Bill(Record):
    """A bill: what we owe a supplier, or what a customer owes us; below zero it is a credit note.

    Attributes:
        number: their number on what we owe, ours on what is owed to us (empty = its reference).
        amount: what is to be paid in all, tax included, in the office's currency; the sum of its lines less the
            discount, where it has lines.
        tax: how much of it is tax; ``discount``: what is taken off the sum of the lines.
        paid: what was paid of it so far, of a credit note below zero. Only ``settlement`` writes it.
        order: the purchase order it is for; ``about``: the asset or fault whose cost it is.
        differences: in what it differs from the order and what came, in words, as it was when it was checked.
        on_order: how much was noted on its order when it was checked; None = nothing, or it was noted there before.
        cost: the entry of the log of work by which it is the cost of an asset.
        voided_on: the day on which it was taken out of the books again, where it had stood in them.
        ticked_on: the date of their statement on which it stood.
    """

    COLLECTION: ClassVar[str] = "bills"

    direction: Annotated[Direction, Ui(label="Who owes", column=10, batch=True)] = Direction.OWE
    party: Annotated[int, Ui(label="From or to", column=18, ref="parties", batch=True)]
    number: Annotated[Line, Field(max_length=40), Ui(label="Number", column=12)] = ""
    dated: Annotated[date | None, Ui(label="Date on it", help="Empty = today.")] = None
    due: Annotated[date | None, Ui(label="Due", column=10, help="Empty = by the payment terms.")] = None
    amount: Annotated[
        Signed, Ui(label="Amount", column=11, help="With tax; below zero = a credit note; 0 = as its lines say.")
    ]
    tax: Annotated[Signed, Ui(label="Tax in it")] = Decimal(0)
    discount: Annotated[Money, Ui(label="Discount", help="Taken off the sum of the lines.")] = Decimal(0)
    category: Annotated[int | None, Ui(label="Category", ref="chart", batch=True)] = None
    order: Annotated[int | None, Ui(label="Order", ref="orders")] = None
    about: Annotated[
        Line,
        Field(max_length=40),
        Ui(label="Cost of", names=True, codes_of=("assets",), help="An asset (its tag; scan it) or a fault: F-3."),
    ] = ""
    document: Annotated[int | None, Ui(label="Document", ref="documents", first="inbox", help="Its paper.")] = None
    even_so: Annotated[bool | None, Ui(label="Even so", help="y files it although it looks like one we have.")] = None
    codes: Annotated[Codes, Ui(label="Other numbers", help="What other systems call it; commas between.")] = ()
    note: Annotated[Prose, Ui(label="Note", rows=2)] = ""

    state: Annotated[State, Ui(label="State", column=10, form=False)] = State.RECEIVED
    paid: Annotated[Signed, Ui(label="Paid so far", form=False)] = Decimal(0)
    lines: Annotated[int, Field(ge=0), Ui(label="Lines", form=False)] = 0
    differences: Annotated[Prose, Ui(label="Differences", form=False)] = ""
    on_order: Annotated[Signed | None, Ui(label="Noted on the order", form=False)] = None
    cost: Annotated[int | None, Ui(label="Entry of its cost", ref="worklog", form=False)] = None
    created_at: Annotated[When | None, Ui(label="Came", form=False)] = None
    created_by: Annotated[int | None, Ui(label="Taken in by", ref="people", form=False)] = None
    checked_at: Annotated[When | None, Ui(label="Checked", form=False)] = None
    checked_by: Annotated[int | None, Ui(label="Checked by", ref="people", form=False)] = None
    approver: Annotated[int | None, Ui(label="Who approves", ref="people", form=False)] = None
    approved_by: Annotated[int | None, Ui(label="Approved by", ref="people", form=False)] = None
    approved_for: Annotated[int | None, Ui(label="Approved for", ref="people", form=False)] = None
    approved_at: Annotated[When | None, Ui(label="Approved", form=False)] = None
    sent_at: Annotated[When | None, Ui(label="Sent", form=False)] = None
    paid_at: Annotated[When | None, Ui(label="Paid", form=False)] = None
    disputed_from: Annotated[State | None, Ui(label="Disputed from", form=False)] = None
    reason: Annotated[Line, Ui(label="Why", form=False)] = ""
    voided_on: Annotated[date | None, Ui(label="Out of the books on", form=False)] = None
    ticked_on: Annotated[date | None, Ui(label="On their statement of", form=False)] = None
    standing: Annotated[int | None, Ui(label="Recurring bill", form=False)] = None
    imported: Annotated[Prose, Ui(label="Notes of the import", form=False)] = ""

    @property
    def balance(self) -> Decimal:
        """What is still to be paid of it; of a credit note below zero."""
        return self.amount - self.paid


def is_booked(bill: Bill) -> bool:
    """Return whether a bill stands in the books: approved or sent, be it disputed since."""
    return bill.state in BOOKED or (bill.state is State.DISPUTED and bill.disputed_from in BOOKED)


class Charge(Record):
    """One line of a bill.

    Attributes:
        quantity: how many; ``price``: of one, in the office's currency; below zero it takes off.
        line: the line of the order it is for.
    """

    COLLECTION: ClassVar[str] = "charges"

    bill: Annotated[int, Ui(label="Bill", column=8, ref="bills")]
    text: Annotated[Line, Field(min_length=1), Ui(label="What for", column=26)]
    quantity: Annotated[Decimal, Field(gt=0, le=1_000_000, decimal_places=3), Ui(label="Quantity", column=8)] = Decimal(
        1
    )
    price: Annotated[Signed, Ui(label="Price of one", column=12)]
    category: Annotated[int | None, Ui(label="Category", column=14, wide=True, ref="chart", batch=True)] = None
    item: Annotated[int | None, Ui(label="Item", ref="items")] = None
    line: Annotated[int | None, Ui(label="Order line", ref="lines")] = None

    @property
    def total(self) -> Decimal:
        """What it comes to, to the cent as on a bill."""
        return (self.quantity * self.price).quantize(_CENT, ROUND_HALF_UP)


class Method(Choice):
    """How money moved."""

    BANK = "bank", "bank"
    CARD = "card", "card"
    CASH = "cash", "cash"
    CHEQUE = "cheque", "cheque"
    CREDIT = "credit", "credit note"


class Payment(Record):
    """Money that moved, or is on its way: it settles a bill, a claim or a cheque, and a line of the bank matches it.

    It is never edited: ``reverse`` takes it back, and says when. Only ``settlement`` writes it. Its reference is the
    number of the receipt.

    Attributes:
        amount: in the office's currency; above zero it came in, below zero it went out.
        bill: the bill it settles; ``about``: the reference of what else it is for: a claim, a cheque, a cash box.
        account: the bank account it goes through; None = none (cash, a credit note).
        match: the match it is in; None = the bank has not shown it yet.
    """

    COLLECTION: ClassVar[str] = "payments"

    bill: Annotated[int | None, Ui(label="Bill", column=8, ref="bills")] = None
    about: Annotated[Line, Field(max_length=40), Ui(label="For", column=8, names=True)] = ""
    party: Annotated[int | None, Ui(label="From or to", column=18, ref="parties")] = None
    person: Annotated[int | None, Ui(label="To whom", ref="people")] = None
    amount: Annotated[Signed, Ui(label="Amount", column=11)]
    on: Annotated[date, Ui(label="On", column=10)]
    method: Annotated[Method, Ui(label="How", column=11)] = Method.BANK
    account: Annotated[int | None, Ui(label="Account", column=12, wide=True, ref="accounts")] = None
    reference: Annotated[Line, Field(max_length=80), Ui(label="Reference", column=12, wide=True)] = ""
    text: Annotated[Line, Ui(label="Text")] = ""
    at: Annotated[When | None, Ui(label="Booked", form=False)] = None
    by: Annotated[int | None, Ui(label="Booked by", ref="people", form=False)] = None
    match: Annotated[int | None, Ui(label="Match", form=False)] = None
    reversed_at: Annotated[When | None, Ui(label="Taken back", form=False)] = None
    reversed_on: Annotated[date | None, Ui(label="Taken back on", form=False)] = None
    reversed_by: Annotated[int | None, Ui(label="Taken back by", ref="people", form=False)] = None
    reason: Annotated[Line, Ui(label="Why", form=False)] = ""
    codes: Annotated[Codes, Ui(label="Other numbers", form=False)] = ()
    imported: Annotated[Prose, Ui(label="Notes of the import", form=False)] = ""
