"""The shape of certificates: what somebody has learned or passed, and until when that holds."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from botui.models import calendar
from botui.models.base import Choice, Line, Record, Ui, When
from botui.models.hr.course import Course

SOON_DAYS = 30
"""Days before its last one from which on the person and HR are told of a certificate (domain.md 5.3)."""


class State(Choice):
    """Whether it counts."""

    HELD = "held", "held"
    REPLACED = "replaced", "replaced"
    VOID = "void", "void"


class Certificate(Record):
    """A course that somebody has passed.

    Attributes:
        starts, ends: the days on which it holds, both included; no end = for ever. Where nobody types the end, it
            follows from the course.
        by: who issued it; ``number``: the number on it; ``document``: its paper.
        training: where it was earned, if that was here.
        replaced_by: the newer one that counts instead.
        reason: why it counts no more.
    """

    COLLECTION: ClassVar[str] = "certificates"

    person: Annotated[int, Ui(label="Who", column=17, ref="people")]
    course: Annotated[int, Ui(label="Course", column=18, ref="courses", first="active", batch=True)]
    starts: Annotated[date | None, Ui(label="From", column=10, wide=True, batch=True, help="Empty = today.")] = None
    ends: Annotated[
        date | None, Ui(label="Until", column=10, batch=True, help="Its last day; empty = as its course says.")
    ] = None
    number: Annotated[Line, Field(max_length=40), Ui(label="Number", column=12)] = ""
    by: Annotated[Line, Field(max_length=80), Ui(label="Issued by", column=16, wide=True, batch=True)] = ""
    document: Annotated[int | None, Ui(label="Its paper", ref="documents")] = None
    note: Annotated[Line, Ui(label="Note")] = ""

    state: Annotated[State, Ui(label="State", column=9, form=False)] = State.HELD
    training: Annotated[int | None, Ui(label="Earned at", ref="trainings", form=False)] = None
    replaced_by: Annotated[int | None, Ui(label="Replaced by", ref="certificates", form=False)] = None
    reason: Annotated[Line, Ui(label="Why void", form=False)] = ""
    created_at: Annotated[When | None, Ui(label="Written down", form=False)] = None

    def holds(self, day: date) -> bool:
        """Return whether it holds on a day; one that was renewed before its end does so until then."""
        begun = self.starts is None or self.starts <= day
        return self.state is not State.VOID and begun and (self.ends is None or day <= self.ends)


def last_day(course: Course, starts: date) -> date | None:
    """Return the last day on which a certificate of a course holds that was earned on a day; None = it holds for ever.

    Two years from 1 March are over with the last day of February.
    """
    if course.months is None:
        return None
    return date.fromordinal(calendar.add_months(starts, course.months).toordinal() - 1)
