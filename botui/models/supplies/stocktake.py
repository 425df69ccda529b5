"""The shape of stocktakes and of what was counted in them."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final

from pydantic import Field

from botui.models.base import Choice, Line, Record, Ui, When, Words
from botui.models.office import Name, Numbers
from botui.models.supplies.item import Amount


class State(Choice):
    """How far a stocktake is."""

    COUNTING = "counting", "counting"
    TO_APPROVE = "to_approve", "to approve"
    BOOKED = "booked", "booked"
    CANCELLED = "cancelled", "cancelled"


OPEN: Final = (State.COUNTING, State.TO_APPROVE)
"""States in which a stocktake is not over."""


class Stocktake(Record):
    """A count of what lies in some places, or of some categories; nobody sees meanwhile what should be there.

    Attributes:
        places, categories: what is counted; both empty = everything.
        counters: who counted something: none of them approves it.
        approver: the second person who is asked; ``approved_by``: who booked it, ``approved_for``: for whom.
    """

    COLLECTION: ClassVar[str] = "stocktakes"

    name: Annotated[Name, Ui(label="Name", column=24)]
    places: Annotated[Numbers, Ui(label="Places", ref="places", help="Commas between; empty = all places.")] = ()
    categories: Annotated[
        Words, Ui(label="Categories", help="Commas between; empty = all.", used="items.category")
    ] = ()
    note: Annotated[Line, Ui(label="Note", wide=True, column=16)] = ""

    state: Annotated[State, Ui(label="State", column=11, form=False)] = State.COUNTING
    created_at: Annotated[When | None, Ui(label="Begun", column=16, form=False)] = None
    created_by: Annotated[int | None, Ui(label="Begun by", column=14, ref="people", form=False)] = None
    counters: Annotated[Numbers, Ui(label="Counted by", ref="people", form=False)] = ()
    approver: Annotated[int | None, Ui(label="Who approves", ref="people", form=False)] = None
    approved_by: Annotated[int | None, Ui(label="Approved by", ref="people", form=False)] = None
    approved_for: Annotated[int | None, Ui(label="Approved for", ref="people", form=False)] = None
    booked_at: Annotated[When | None, Ui(label="Booked", form=False)] = None
    reason: Annotated[Line, Ui(label="Why", form=False)] = ""


class Count(Record):
    """What of one item was counted in one place.

    Attributes:
        counted: base units that were there; None = not counted yet.
        upto: number of the last movement of any item before it was counted: what came later is no part of it.
        expected: what the ledger said at that moment. It is written when counting is over, not before: what is not
            there can be read in no list, no history and no journal. None = counting goes on, or it was not counted.
        recount: it is to be counted again; ``first`` is what was counted before.
    """

    COLLECTION: ClassVar[str] = "counts"

    stocktake: Annotated[int, Ui(label="Stocktake", column=8, ref="stocktakes")]
    item: Annotated[int, Ui(label="Item", column=24, ref="items")]
    place: Annotated[int, Ui(label="Place", column=16, ref="places")]
    counted: Annotated[Amount | None, Ui(label="Counted", column=8, form=False)] = None
    upto: Annotated[int | None, Field(ge=0)] = None
    expected: Annotated[int | None, Ui(label="Should be", form=False)] = None
    first: Annotated[Amount | None, Ui(label="First count", form=False)] = None
    recount: Annotated[bool, Ui(label="Count again", form=False)] = False
    note: Annotated[Line, Ui(label="Note", column=10)] = ""
    counted_by: Annotated[int | None, Ui(label="Counted by", ref="people", form=False)] = None
    counted_at: Annotated[When | None, Ui(label="When", form=False)] = None

    @property
    def difference(self) -> int:
        """Base units that are there more than should be; below zero they are missing; none while counting goes on."""
        return 0 if self.counted is None or self.expected is None else self.counted - self.expected
