"""The shape of purchase orders, their lines, and the parcels in which they come."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, ClassVar, Final

from pydantic import Field

from botui.models.base import Choice, Line, Prose, Record, Ui, When
from botui.models.office import Codes, Money
from botui.models.supplies.item import Amount, UnitPrice

_CENT: Final = Decimal("0.01")


class State(Choice):
    """How far an order is with the supplier."""

    DRAFT = "draft", "draft"
    TO_APPROVE = "to_approve", "to approve"
    ORDERED = "ordered", "ordered"
    PART = "part", "partly here"
    HERE = "here", "here"
    CLOSED = "closed", "closed"
    HELD = "held", "on hold"
    CANCELLED = "cancelled", "cancelled"


COMING = frozenset({State.ORDERED, State.PART})
"""States in which something is still to come."""
OPEN = COMING | {State.DRAFT, State.TO_APPROVE, State.HERE, State.HELD}
"""States in which there is still something to do."""


class Billed(Choice):
    """How far an order is with the bill: an axis of its own beside what has come."""

    NO = "no", "not billed"
    PART = "part", "partly billed"
    ALL = "all", "billed"


class Order(Record):
    """A purchase order to one supplier.

    Attributes:
        amount: the sum of its lines in the office's currency; ``lines``: how many there are, without what came extra.
        ordered_by: who ordered it, or asked for the approval.
        expected: the day it should be here.
        held_from: the state it goes on in after a hold.
        billed_amount: what the supplier has billed so far, in the office's currency.
        received_at: when the last thing came.
        approver: who is asked to approve it; ``approved_by``: who did, ``approved_for``: for whom they stood in.
        told: whoever placed it knows that it was approved and has sent it.
    """

    COLLECTION: ClassVar[str] = "orders"

    supplier: Annotated[int, Ui(label="Supplier", column=22, ref="parties")]
    expected: Annotated[date | None, Ui(label="Expected", column=10, help="Empty = order day and lead time.")] = None
    their_ref: Annotated[Line, Field(max_length=40), Ui(label="Their number", column=12, wide=True)] = ""
    note: Annotated[Prose, Ui(label="Note", rows=3, column=10)] = ""
    codes: Annotated[Codes, Ui(label="Other numbers", help="What other systems call it; commas between.")] = ()

    state: Annotated[State, Ui(label="State", column=11, form=False)] = State.DRAFT
    amount: Annotated[Money, Ui(label="Amount", column=10, form=False)] = Decimal(0)
    lines: Annotated[int, Field(ge=0), Ui(label="Lines", column=5, wide=True, form=False)] = 0
    created_at: Annotated[When | None, Ui(label="Made", form=False)] = None
    created_by: Annotated[int | None, Ui(label="Made by", column=14, wide=True, ref="people", form=False)] = None
    ordered_by: Annotated[int | None, Ui(label="Ordered by", ref="people", form=False)] = None
    ordered_at: Annotated[When | None, Ui(label="Ordered", form=False)] = None
    received_at: Annotated[When | None, Ui(label="Came", form=False)] = None
    closed_at: Annotated[When | None, Ui(label="Closed", form=False)] = None
    held_from: Annotated[State | None, Ui(label="Held from", form=False)] = None
    reason: Annotated[Line, Ui(label="Why", form=False)] = ""

    billed: Annotated[Billed, Ui(label="Billed", column=13, wide=True, form=False)] = Billed.NO
    billed_amount: Annotated[Money, Ui(label="Billed so far", form=False)] = Decimal(0)
    bills: Annotated[Codes, Ui(label="Their bills", form=False)] = ()

    approver: Annotated[int | None, Ui(label="Who approves", ref="people", form=False)] = None
    approved_by: Annotated[int | None, Ui(label="Approved by", ref="people", form=False)] = None
    approved_for: Annotated[int | None, Ui(label="Approved for", ref="people", form=False)] = None
    approved_at: Annotated[When | None, Ui(label="Approved", form=False)] = None
    told: Annotated[bool, Ui(label="Sent", form=False)] = True


class OrderLine(Record):
    """One line of an order: so many of an item at a price. What came of it is the sum of its movements.

    Attributes:
        quantity: base units ordered; 0 = it came without being ordered.
        received: base units that came and were kept.
        damaged: base units that came broken and were not kept; they are still to come.
        settled: nothing more comes of it: what is missing was given up.
        even_so: typed only, never kept: it is ordered although nobody needs so much of it.
    """

    COLLECTION: ClassVar[str] = "lines"

    order: Annotated[int, Ui(label="Order", column=7, ref="orders")]
    item: Annotated[int, Ui(label="Item", column=20, ref="items")]
    quantity: Annotated[Amount, Ui(label="Ordered", column=8)]
    price: Annotated[UnitPrice | None, Ui(label="Price of one", column=12)] = None
    even_so: Annotated[bool | None, Ui(label="Even so", help="y orders it although it is very much.")] = None
    note: Annotated[Line, Ui(label="Note", column=12)] = ""
    received: Annotated[int, Field(ge=0), Ui(label="Came", column=6, form=False)] = 0
    damaged: Annotated[int, Field(ge=0), Ui(label="Damaged", column=7, wide=True, form=False)] = 0
    settled: Annotated[bool, Ui(label="Given up", form=False)] = False

    @property
    def total(self) -> Decimal:
        """What it costs, to the cent as on a bill; nothing where its price is not known."""
        return ((self.price or Decimal(0)) * self.quantity).quantize(_CENT, ROUND_HALF_UP)

    @property
    def to_come(self) -> int:
        """Base units that are still to come of it."""
        return 0 if self.settled else max(self.quantity - self.received, 0)


class Shipment(Record):
    """A parcel of an order on its way: who brings it, under which number, and when it should be here."""

    COLLECTION: ClassVar[str] = "shipments"

    order: Annotated[int, Ui(label="Order", column=8, ref="orders")]
    carrier: Annotated[Line, Field(max_length=40), Ui(label="Carrier", column=16)] = ""
    tracking: Annotated[Line, Field(max_length=60), Ui(label="Tracking number", column=20)] = ""
    expected: Annotated[date | None, Ui(label="Expected", column=10)] = None
    note: Annotated[Line, Ui(label="Note", column=14, wide=True)] = ""
    arrived_at: Annotated[When | None, Ui(label="Arrived", column=16, form=False)] = None
    arrived_by: Annotated[int | None, Ui(label="Taken in by", ref="people", form=False)] = None
