"""The shape of trainings: a course as it is held on a day, who is on the list, and who came."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import Field

from botui.models.base import Choice, Line, Record, Ui, When
from botui.models.office import Numbers

SEATS_MAX = 500
"""Seats of one training."""


class State(Choice):
    """How far a training is."""

    PLANNED = "planned", "planned"
    HELD = "held", "held"
    CANCELLED = "cancelled", "cancelled"


class Training(Record):
    """A course on a day.

    Attributes:
        start, end: when it is held; no end = nobody said how long it takes.
        seats: how many can come; None = no matter how many.
        people: who is on the list; ``attended``: who of them came.
        reason: why it is not held.
    """

    COLLECTION: ClassVar[str] = "trainings"

    course: Annotated[int, Ui(label="Course", column=24, ref="courses", first="active", batch=True)]
    start: Annotated[When, Ui(label="Begins", column=16)]
    end: Annotated[When | None, Ui(label="Ends", column=16, wide=True)] = None
    place: Annotated[int | None, Ui(label="Where", column=14, wide=True, ref="places", batch=True)] = None
    trainer: Annotated[Line, Field(max_length=80), Ui(label="Held by", column=14)] = ""
    seats: Annotated[int | None, Field(ge=1, le=SEATS_MAX), Ui(label="Seats", column=5, wide=True)] = None
    note: Annotated[Line, Ui(label="Note", help="Such as what to bring along.")] = ""

    people: Annotated[Numbers, Ui(label="On the list", ref="people", form=False)] = ()
    attended: Annotated[Numbers, Ui(label="Came", ref="people", form=False)] = ()
    state: Annotated[State, Ui(label="State", column=9, form=False)] = State.PLANNED
    reason: Annotated[Line, Ui(label="Why not held", form=False)] = ""

    @property
    def free(self) -> int | None:
        """How many seats are left; None = there is no limit."""
        return None if self.seats is None else max(self.seats - len(self.people), 0)

    @property
    def ends(self) -> datetime:
        """When it is over, as far as anybody said."""
        return self.end or self.start
