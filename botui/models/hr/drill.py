"""The shape of drills: how long it took until the house was empty, and who was missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field

from botui.models.base import Choice, Line, Prose, Record, Ui, When
from botui.models.office import Numbers

Minutes = Annotated[Decimal, Field(ge=0, le=600, decimal_places=1)]
"""A time in minutes, to six seconds."""


class DrillKind(Choice):
    """What is tried out."""

    EVACUATION = "evacuation", "evacuation"
    ALARM = "alarm", "fire alarm"
    FIRST_AID = "first-aid", "first aid"
    OTHER = "other", "other"


class Drill(Record):
    """What is done in an emergency, tried out.

    Attributes:
        minutes: until the house was empty, or help was there.
        present: how many people were in the house; ``missing``: who was not at the meeting point.
        next_on: when it is to be tried out again.
    """

    COLLECTION: ClassVar[str] = "drills"

    kind: Annotated[DrillKind, Ui(label="Kind", column=11)] = DrillKind.EVACUATION
    at: Annotated[When | None, Ui(label="When", column=16, help="Empty = just now.")] = None
    place: Annotated[int | None, Ui(label="Where", column=13, ref="places")] = None
    minutes: Annotated[Minutes | None, Ui(label="Minutes", column=7, help="Until the house was empty.")] = None
    present: Annotated[int | None, Field(ge=0, le=9_999), Ui(label="People", column=6)] = None
    missing: Annotated[
        Numbers, Ui(label="Missing", ref="people", help="Who was not at the meeting point; initials.")
    ] = ()
    led_by: Annotated[Line, Field(max_length=80), Ui(label="Led by", column=16)] = ""
    note: Annotated[Prose, Field(max_length=2000), Ui(label="What was found", rows=4)] = ""
    next_on: Annotated[date | None, Ui(label="Next one", column=10, wide=True)] = None
