"""The shape of candidates: who applied for an opening, how far they are, and until when their file is kept."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Final

from pydantic import Field

from botui.models.base import Choice, Line, Prose, Record, Ui, When
from botui.models.hr.pay import Per
from botui.models.office import Money, Name


class State(Choice):
    """How far a candidate is (OrangeHRM's states, domain.md 5.2)."""

    APPLIED = "applied", "applied"
    SHORTLISTED = "shortlisted", "shortlisted"
    INTERVIEW = "interview", "interview"
    PASSED = "passed", "passed"
    FAILED = "failed", "not passed"
    OFFERED = "offered", "offered"
    HIRED = "hired", "hired"
    DECLINED = "declined", "declined"
    REJECTED = "rejected", "refused"


RUNNING: Final = frozenset(
    {State.APPLIED, State.SHORTLISTED, State.INTERVIEW, State.PASSED, State.FAILED, State.OFFERED}
)
"""States in which something is still to be decided."""
ENDED: Final = frozenset({State.DECLINED, State.REJECTED})
"""States after which their file is kept for a while, and then goes."""


class Candidate(Record):
    """Somebody who applied.

    Attributes:
        opening: for what.
        cv: their CV, a document of HR's.
        pay, per, starts, answer_by: what was offered: how much, for what, from which day, and until when to answer.
        person: who they became in the directory.
        ended_on: the day on which it was over; ``keep_until``: the last day on which their file is kept after that.
    """

    COLLECTION: ClassVar[str] = "candidates"

    name: Annotated[Name, Ui(label="Name", column=24)]
    opening: Annotated[int, Ui(label="For", column=18, ref="openings", batch=True)]
    email: Annotated[Line, Field(max_length=120), Ui(label="E-mail", column=22, wide=True)] = ""
    phone: Annotated[Line, Field(max_length=40), Ui(label="Phone", column=16, wide=True)] = ""
    address: Annotated[Prose, Field(max_length=500), Ui(label="Address", rows=3)] = ""
    applied_on: Annotated[date | None, Ui(label="Applied on", column=10, batch=True, help="Empty = today.")] = None
    source: Annotated[Line, Field(max_length=80), Ui(label="Heard of it by", used="candidates.source", batch=True)] = ""
    cv: Annotated[
        int | None, Ui(label="CV", ref="documents", first="inbox", help="A scan or document; HR's from now on.")
    ] = None
    note: Annotated[Prose, Field(max_length=8000), Ui(label="Notes", rows=3)] = ""

    state: Annotated[State, Ui(label="State", column=11, form=False)] = State.APPLIED
    pay: Annotated[Money | None, Ui(label="Offered", form=False)] = None
    per: Annotated[Per, Ui(label="Offered per", form=False)] = Per.MONTH
    starts: Annotated[date | None, Ui(label="First day", form=False)] = None
    answer_by: Annotated[date | None, Ui(label="To answer by", form=False)] = None
    reason: Annotated[Line, Ui(label="Why not", form=False)] = ""
    ended_on: Annotated[date | None, Ui(label="Over since", form=False)] = None
    keep_until: Annotated[date | None, Ui(label="File kept until", column=15, wide=True, form=False)] = None
    person: Annotated[int | None, Ui(label="Hired as", ref="people", form=False)] = None
    created_at: Annotated[When | None, Ui(label="Filed", form=False)] = None
    created_by: Annotated[int | None, Ui(label="Filed by", ref="people", form=False)] = None
