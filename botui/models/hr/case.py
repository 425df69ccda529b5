"""The shapes of cases, of discipline and of grievance, and of what is done in them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Final

from pydantic import Field

from botui.models.base import Choice, Line, Prose, Record, Ui, When


class Sort(Choice):
    """What a case is."""

    GRIEVANCE = "grievance", "grievance"
    DISCIPLINE = "discipline", "discipline"


class State(Choice):
    """How far a case is (Frappe HR's states of a grievance, domain.md H11)."""

    OPEN = "open", "open"
    INVESTIGATED = "investigated", "investigated"
    RESOLVED = "resolved", "resolved"
    INVALID = "invalid", "not founded"


PENDING: Final = frozenset({State.OPEN, State.INVESTIGATED})
"""States in which something is still to be decided."""


class Case(Record):
    """Something went wrong between people, and HR looks into it.

    Of a grievance the record is for HR and for whoever brought it, of discipline for HR alone. What HR finds out never
    stands here, but in its steps (``Proceeding``).

    Attributes:
        person: who brought a grievance, or whom discipline is about; None = a grievance without a name.
        against: whom a grievance is about; they do not see it.
        owner: who of HR looks into it; ``due``: by when.
        outcome: how it ended, for whoever brought it, too.
    """

    COLLECTION: ClassVar[str] = "cases"

    subject: Annotated[Line, Field(min_length=1), Ui(label="Subject", column=26)]
    text: Annotated[Prose, Ui(label="What happened", rows=5)] = ""
    happened_on: Annotated[date | None, Ui(label="Happened on", column=11, wide=True)] = None
    against: Annotated[
        int | None, Ui(label="Against whom", ref="people", help="Only HR sees it, and who brings it.")
    ] = None
    sort: Annotated[Sort, Ui(label="What it is", column=10)] = Sort.GRIEVANCE
    person: Annotated[
        int | None,
        Ui(label="Whose", column=18, ref="people", help="Who brings it, or whom it is about; empty = you, but for HR."),
    ] = None
    owner: Annotated[int | None, Ui(label="Who looks into it", column=17, wide=True, ref="people")] = None
    due: Annotated[date | None, Ui(label="Due", column=10)] = None

    state: Annotated[State, Ui(label="State", column=12, form=False)] = State.OPEN
    outcome: Annotated[Prose, Field(max_length=2000), Ui(label="How it ended", form=False)] = ""
    closed_on: Annotated[date | None, Ui(label="Ended on", form=False)] = None
    created_at: Annotated[When | None, Ui(label="Opened", form=False)] = None
    created_by: Annotated[int | None, Ui(label="Opened by", ref="people", form=False)] = None


class Measure(Choice):
    """What was done in a case."""

    NOTE = "note", "note"
    HEARING = "hearing", "hearing"
    FINDING = "finding", "finding"
    TALK = "talk", "talk"
    VERBAL = "verbal", "spoken warning"
    WARNING = "warning", "written warning"
    FINAL = "final", "last warning"
    SUSPENSION = "suspension", "suspension"
    OTHER = "other", "other"


NOTES: Final = frozenset({Measure.NOTE, Measure.HEARING, Measure.FINDING})
"""What is written down about a case; all else is a measure against somebody."""


class Proceeding(Record):
    """One step of a case: what was heard, found or done, on which day.

    Attributes:
        person: whom it concerns; they see it if ``shown``.
        until: the last day on which a measure counts; None = it does not end.
        letter: the letter that told it.
    """

    COLLECTION: ClassVar[str] = "proceedings"

    case: Annotated[int, Ui(label="Case", ref="cases", form=False)]
    what: Annotated[Measure, Ui(label="What", column=15, form=False)] = Measure.NOTE
    text: Annotated[Prose, Field(min_length=1, max_length=8000), Ui(label="In words", column=28, form=False)]
    on: Annotated[date | None, Ui(label="On", column=10, form=False)] = None
    until: Annotated[date | None, Ui(label="Counts until", column=12, form=False)] = None
    person: Annotated[int | None, Ui(label="Whom it concerns", column=16, ref="people", form=False)] = None
    shown: Annotated[bool, Ui(label="They see it", form=False)] = False
    letter: Annotated[int | None, Ui(label="Letter", ref="letters", form=False)] = None
    at: Annotated[When | None, Ui(label="Written", form=False)] = None
    by: Annotated[int | None, Ui(label="Written by", ref="people", form=False)] = None
