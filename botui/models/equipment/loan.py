"""The shape of what is handed out and taken back, and of bookings of what is shared."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from botui.models.base import Choice, Line, Record, Ui, When


class Condition(Choice):
    """How something comes back."""

    GOOD = "good", "good"
    MINOR = "minor", "minor damage"
    MAJOR = "major", "major damage"


class Loan(Record):
    """An asset was handed out, to somebody, to a place or into another asset; exactly one of the three is set.

    It is never edited: taking back ends it.

    Attributes:
        by: who handed it out; ``at``: when; ``back_by``, ``back_at``: the same of taking back (None = still out).
        due: the day it is to be back; None = it is in use for as long as it is needed.
        confirmed_at: when whoever received it said so with their own PIN.
        fault: what was filed, or joined, because it came back broken.
    """

    COLLECTION: ClassVar[str] = "loans"

    asset: Annotated[int, Ui(label="Asset", column=20, ref="assets")]
    person: Annotated[int | None, Ui(label="Who has it", column=14, ref="people")] = None
    to_place: Annotated[int | None, Ui(label="Used in", column=12, wide=True, ref="places")] = None
    to_asset: Annotated[int | None, Ui(label="Part of", ref="assets")] = None
    at: Annotated[When, Ui(label="Since", wide=True, column=16)]
    by: Annotated[int | None, Ui(label="Handed out by", ref="people")] = None
    due: Annotated[date | None, Ui(label="Due back", column=10)] = None
    note: Annotated[Line, Ui(label="Note", column=12)] = ""
    confirmed_at: Annotated[When | None, Ui(label="Confirmed by PIN")] = None
    back_at: Annotated[When | None, Ui(label="Came back", wide=True, column=16)] = None
    back_by: Annotated[int | None, Ui(label="Taken back by", ref="people")] = None
    condition: Annotated[Condition | None, Ui(label="Condition", wide=True, column=12)] = None
    back_note: Annotated[Line, Ui(label="Note on return")] = ""
    fault: Annotated[int | None, Ui(label="Fault", ref="faults")] = None
    booking: Annotated[int | None, Ui(label="Booking", ref="bookings")] = None

    @property
    def is_open(self) -> bool:
        """Whether it has not come back."""
        return self.back_at is None


class BookingState(Choice):
    """How far a booking is."""

    BOOKED = "booked", "booked"
    OUT = "out", "handed out"
    OVER = "over", "over"
    CANCELLED = "cancelled", "cancelled"


class Booking(Record):
    """Somebody wants a shared thing for a time.

    Attributes:
        person: for whom; whoever files it, if nobody is named.
        start, end: from when until when, UTC; no two bookings of a thing lie over each other.
        loan: what it was handed out by.
    """

    COLLECTION: ClassVar[str] = "bookings"

    asset: Annotated[int, Ui(label="What", column=12, ref="assets")]
    start: Annotated[When, Ui(label="From", column=16, help="Such as tomorrow 9, fri 14:00.")]
    end: Annotated[When, Ui(label="Until", column=16, help="Such as 11:30 of that day, fri 16:00.")]
    person: Annotated[int | None, Ui(label="For", column=9, ref="people", help="Empty = for you.")] = None
    note: Annotated[Line, Ui(label="What for", column=12)] = ""

    state: Annotated[BookingState, Ui(label="State", wide=True, column=11, form=False)] = BookingState.BOOKED
    loan: Annotated[int | None, Ui(label="Handed out by", ref="loans", form=False)] = None
    created_at: Annotated[When | None, Ui(label="Booked", form=False)] = None
    created_by: Annotated[int | None, Ui(label="Booked by", ref="people", form=False)] = None
