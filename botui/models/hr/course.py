"""The shape of courses: what people learn, how long it holds, and who must hold it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from botui.models.base import Choice, Prose, Record, Ui
from botui.models.office import Name


class CourseKind(Choice):
    """How it is taught (domain.md H9)."""

    SEMINAR = "seminar", "seminar"
    THEORY = "theory", "theory"
    WORKSHOP = "workshop", "workshop"
    CONFERENCE = "conference", "conference"
    EXAM = "exam", "exam"
    ONLINE = "online", "online"
    SELF = "self", "self-study"


class Course(Record):
    """Something that people learn, of which they hold a certificate afterwards.

    Attributes:
        months: for how long a certificate of it holds, from the day on which it was earned; None = for ever.
        first_aid: who holds it is a first-aider, and named to everybody.
        everyone: whoever works here must hold it, whatever their position asks for besides.
        party: who gives it.
    """

    COLLECTION: ClassVar[str] = "courses"

    name: Annotated[Name, Ui(label="Name", column=30)]
    kind: Annotated[CourseKind, Ui(label="Kind", column=11, batch=True)] = CourseKind.SEMINAR
    months: Annotated[
        int | None,
        Field(ge=1, le=600),
        Ui(label="Holds for", column=9, help="Months from the day on which it was earned; empty = for ever."),
    ] = None
    everyone: Annotated[bool, Ui(label="All must hold it", column=16, help="Whoever works here, at any position.")] = (
        False
    )
    first_aid: Annotated[bool, Ui(label="First aid", help="Whoever holds it is named as a first-aider.")] = False
    party: Annotated[int | None, Ui(label="Given by", column=18, wide=True, ref="parties")] = None
    text: Annotated[Prose, Field(max_length=2000), Ui(label="What it is about", rows=4)] = ""
    active: Annotated[bool, Ui(label="In use")] = True
