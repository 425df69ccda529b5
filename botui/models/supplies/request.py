"""The shape of what people ask the store room for."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Final

from pydantic import Field

from botui.models.base import Choice, Line, Record, Ui, When
from botui.models.supplies.item import Quantity


class State(Choice):
    """How far a request is."""

    ASKED = "asked", "asked"
    APPROVED = "approved", "to hand out"
    HANDED = "handed", "handed out"
    REFUSED = "refused", "refused"
    CANCELLED = "cancelled", "cancelled"


OPEN: Final = (State.ASKED, State.APPROVED)
"""States in which somebody still waits for it."""


class Request(Record):
    """Somebody asks for so many of an item.

    Attributes:
        item: what; None = nothing that the office keeps, ``what`` says it in words.
        person: for whom; whoever filed it, if nobody is named.
        place: where it is to be brought.
        source: the place where it lies, as when it was approved, or a part of it handed out: who picks walks by it.
        handed: base units handed out, the sum of its movements; of what is not kept none are counted.
        decided_by: who approved or refused it.
        even_so: typed only, never kept: the quantity is right, however large.
    """

    COLLECTION: ClassVar[str] = "requests"

    item: Annotated[
        int | None, Ui(label="Item", column=14, ref="items", help="Empty = we do not keep it: say what it is.")
    ] = None
    what: Annotated[Line, Ui(label="What", column=11, help="Only for what is not kept here.")] = ""
    quantity: Annotated[Quantity, Ui(label="Quantity", column=8)] = 1
    person: Annotated[int | None, Ui(label="For", column=10, ref="people", help="Empty = for you.")] = None
    place: Annotated[int | None, Ui(label="Bring it to", wide=True, column=14, ref="places")] = None
    needed_by: Annotated[date | None, Ui(label="Needed by", wide=True, column=10)] = None
    note: Annotated[Line, Ui(label="Note", wide=True, column=16)] = ""
    even_so: Annotated[bool | None, Ui(label="Even so", help="y asks for it although it is unusually much.")] = None

    state: Annotated[State, Ui(label="State", column=11, form=False)] = State.ASKED
    source: Annotated[int | None, Ui(label="Lies in", column=10, ref="places", form=False)] = None
    handed: Annotated[int, Field(ge=0), Ui(label="Handed out", form=False)] = 0
    reason: Annotated[Line, Ui(label="Why not", form=False)] = ""
    created_at: Annotated[When | None, Ui(label="Asked", form=False)] = None
    created_by: Annotated[int | None, Ui(label="Asked by", ref="people", form=False)] = None
    decided_by: Annotated[int | None, Ui(label="Decided by", ref="people", form=False)] = None
    decided_at: Annotated[When | None, Ui(label="Decided", form=False)] = None

    @property
    def left(self) -> int:
        """Base units that are still to be handed out."""
        return max(self.quantity - self.handed, 0)

    @property
    def promised(self) -> int:
        """Base units of the item that are promised and still here."""
        return self.left if self.state is State.APPROVED and self.item else 0
