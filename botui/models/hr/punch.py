"""The shape of attendance: somebody came in or went out, by badge; what was wrong stays beside what is right."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, ClassVar, Final

from pydantic import Field

from botui.models.base import Choice, Line, Record, Ui, When

LONGEST: Final = timedelta(hours=16)
"""The longest that somebody is at work at a stretch: who comes later than that has forgotten to punch out (the 11 hours
of rest that the EU's working time directive asks for leave 13; a night shift with extra hours still fits)."""


class Way(Choice):
    """Which way somebody went through the door."""

    IN = "in", "in"
    OUT = "out", "out"


class Punch(Record):
    """Somebody came in or went out.

    Attributes:
        at: when, UTC.
        reason: why it was written by hand; empty = by the person's own badge.
        pair: of a coming in, the going out that ends it, and the other way round; None = there is none (yet). It
            follows from the times (``pairing``), nobody types it.
        corrects: the one that it stands for instead.
        corrected_at: when it was said not to be so; it is kept, and counts no more.
        by: who wrote it by hand.
    """

    COLLECTION: ClassVar[str] = "punches"

    person: Annotated[int, Ui(label="Who", column=20, ref="people")]
    at: Annotated[When, Ui(label="At", column=16, help="Such as 8:05, or yesterday 17:30.")]
    way: Annotated[Way, Ui(label="In or out", column=9)] = Way.IN
    reason: Annotated[
        Line, Field(max_length=120), Ui(label="Why by hand", column=20, help="Such as: forgot the badge.")
    ] = ""
    pair: Annotated[int | None, Ui(label="Belongs to", ref="punches", form=False)] = None
    corrects: Annotated[int | None, Ui(label="Instead of", ref="punches", form=False)] = None
    corrected_at: Annotated[When | None, Ui(label="Not so, said", form=False)] = None
    by: Annotated[int | None, Ui(label="Written by", ref="people", form=False)] = None
