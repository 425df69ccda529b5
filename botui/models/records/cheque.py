"""The shape of cheques, received and written."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, ClassVar, Final

from pydantic import Field

from botui.models import calendar
from botui.models.base import Choice, Line, Record, Ui, When
from botui.models.records.expense import Spent

STALE_MONTHS: Final = 6
"""A bank need not pay a cheque that is older than so many months (US Uniform Commercial Code 4-404; banks elsewhere
keep to the same by custom)."""


def stale_on(dated: date) -> date:
    """Return the first day on which a cheque of this date is too old for a bank."""
    return calendar.add_months(dated, STALE_MONTHS) + timedelta(days=1)


class Way(Choice):
    """Whose cheque it is."""

    RECEIVED = "received", "received"
    WRITTEN = "written", "written by us"


class State(Choice):
    """How far a cheque is."""

    HELD = "held", "in hand"
    BANKED = "banked", "banked"
    OUT = "out", "with them"
    CLEARED = "cleared", "cleared"
    BOUNCED = "bounced", "returned"
    STALE = "stale", "stale"
    CANCELLED = "cancelled", "cancelled"


OPEN: Final = (State.HELD, State.BANKED, State.OUT, State.STALE)
"""States in which it is not known yet what becomes of it."""


class Cheque(Record):
    """A cheque, ours or theirs.

    Attributes:
        dated: the date on it: it is not banked before, and stale six months after.
        account: of one we wrote, the account it is drawn on; of one we received, where it was banked.
        bill: the bill it pays; ``category``: what it is for, where it pays none.
        payment: the money it moves, on its way until the bank shows it.
    """

    COLLECTION: ClassVar[str] = "cheques"

    way: Annotated[Way, Ui(label="Whose", column=13, batch=True)] = Way.RECEIVED
    number: Annotated[Line, Field(min_length=1, max_length=40), Ui(label="Cheque number", column=14)]
    amount: Annotated[Spent | None, Ui(label="Amount", column=10, help="Empty = what is left to pay of the bill.")] = (
        None
    )
    bill: Annotated[int | None, Ui(label="Pays the bill", ref="bills")] = None
    party: Annotated[int | None, Ui(label="From or to", column=16, ref="parties", help="Empty = as on the bill.")] = (
        None
    )
    dated: Annotated[date | None, Ui(label="Date on it", column=10, help="Empty = today.")] = None
    account: Annotated[
        int | None, Ui(label="Account", ref="accounts", help="Of one we write; empty = the only one.")
    ] = None
    bank: Annotated[Line, Field(max_length=80), Ui(label="Their bank")] = ""
    category: Annotated[int | None, Ui(label="Category", ref="chart", help="Where it pays no bill.")] = None
    note: Annotated[Line, Ui(label="Note")] = ""

    state: Annotated[State, Ui(label="State", column=9, form=False)] = State.HELD
    payment: Annotated[int | None, Ui(label="Payment", ref="payments", form=False)] = None
    banked_on: Annotated[date | None, Ui(label="Banked on", form=False)] = None
    cleared_on: Annotated[date | None, Ui(label="Cleared on", form=False)] = None
    bounced_on: Annotated[date | None, Ui(label="Returned on", form=False)] = None
    reason: Annotated[Line, Ui(label="Why", form=False)] = ""
    created_at: Annotated[When | None, Ui(label="Written down", form=False)] = None
    created_by: Annotated[int | None, Ui(label="Written down by", ref="people", form=False)] = None

    @property
    def worth(self) -> Decimal:
        """What it is of; every one that is kept is of more than nothing."""
        return self.amount or Decimal(0)
