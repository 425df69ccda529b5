"""The shape of review cycles: of which time, whom it is about, and by when all is talked over."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from botui.models.base import Choice, Prose, Record, Ui, When
from botui.models.office import Name


class State(Choice):
    """How far a cycle is."""

    PLANNED = "planned", "planned"
    OPEN = "open", "open"
    CLOSED = "closed", "closed"


class Cycle(Record):
    """A round of reviews, one for each person.

    Attributes:
        starts, ends: the time that is looked back on, both days included.
        due: by when everybody is reviewed.
        department: of which department; None = of the whole office.
        goals: what each review begins with, one goal a line (``reviewing.goals_of``).
    """

    COLLECTION: ClassVar[str] = "cycles"

    name: Annotated[Name, Ui(label="Name", column=28)]
    starts: Annotated[date | None, Ui(label="From", column=10, wide=True)] = None
    ends: Annotated[date | None, Ui(label="Until", column=10, wide=True)] = None
    due: Annotated[date | None, Ui(label="Due", column=10, help="By when everybody is reviewed.")] = None
    department: Annotated[
        int | None, Ui(label="Department", column=16, ref="departments", help="Empty = the whole office.")
    ] = None
    goals: Annotated[
        Prose,
        Field(max_length=2000),
        Ui(label="Goals", rows=4, help="One a line, such as 40% Answers within a day; each review begins with them."),
    ] = ""
    state: Annotated[State, Ui(label="State", column=8, form=False)] = State.PLANNED
    opened_at: Annotated[When | None, Ui(label="Opened", form=False)] = None
    closed_at: Annotated[When | None, Ui(label="Closed", form=False)] = None
