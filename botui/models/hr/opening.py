"""The shape of openings: positions that somebody is looked for, and how many."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Final

from pydantic import Field

from botui.models.base import Choice, Line, Prose, Record, Ui, When
from botui.models.office import Name


class State(Choice):
    """How far an opening is; it is filled as soon as all who are wanted are hired."""

    OPEN = "open", "open"
    HOLD = "hold", "on hold"
    FILLED = "filled", "filled"
    CLOSED = "closed", "closed"


LOOKED_FOR: Final = frozenset({State.OPEN, State.HOLD})
"""States in which somebody is still wanted."""


class Opening(Record):
    """Somebody is wanted: as what, where, how many, and from when on.

    Attributes:
        position: the position that is to be filled; its name is the title where none was typed.
        headcount: how many are wanted; ``hired``: how many were taken on, as the candidates say.
        manager: whose they will be: sees the opening, and no candidate but at an interview.
        owner: who of HR sees to it.
        starts: the day on which they are to begin; ``closes``: the last day on which people can apply.
        schedule: the class of the retention schedule of those who were refused; None = the usual one for them.
        checklist: the onboarding that begins with the hire; None = the usual one.
    """

    COLLECTION: ClassVar[str] = "openings"

    title: Annotated[Name, Ui(label="Wanted", column=26)]
    headcount: Annotated[int, Field(ge=1, le=500), Ui(label="How many", column=8)] = 1
    position: Annotated[int | None, Ui(label="Position", column=16, wide=True, ref="positions")] = None
    department: Annotated[int | None, Ui(label="Department", column=14, ref="departments")] = None
    manager: Annotated[int | None, Ui(label="Manager", column=16, wide=True, ref="people", help="Theirs.")] = None
    owner: Annotated[int | None, Ui(label="Who sees to it", column=14, wide=True, ref="people")] = None
    starts: Annotated[date | None, Ui(label="From", column=10, help="When they are to begin.")] = None
    closes: Annotated[date | None, Ui(label="Apply until", column=11, wide=True)] = None
    text: Annotated[Prose, Ui(label="What is asked", rows=4)] = ""
    schedule: Annotated[
        int | None, Ui(label="Class", ref="retention", help="How long files of those refused are kept.")
    ] = None
    checklist: Annotated[int | None, Ui(label="Onboarding", ref="checklists", help="Empty = the usual one.")] = None

    state: Annotated[State, Ui(label="State", column=8, form=False)] = State.OPEN
    hired: Annotated[int, Field(ge=0), Ui(label="Hired", column=5, form=False)] = 0
    reason: Annotated[Line, Ui(label="Why it is held or closed", form=False)] = ""
    closed_on: Annotated[date | None, Ui(label="Closed on", form=False)] = None
    created_at: Annotated[When | None, Ui(label="Filed", form=False)] = None
    created_by: Annotated[int | None, Ui(label="Filed by", ref="people", form=False)] = None

    @property
    def free(self) -> int:
        """How many are still wanted."""
        return max(self.headcount - self.hired, 0)
