"""The shape of the accident book: accidents and near misses, whom they hurt, what was done, what is changed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Final

from pydantic import Field

from botui.models.base import Choice, Line, Prose, Record, Ui, When

REPORT_OVER: Final = 3
"""Working days lost above which an accident belongs in the list for the authority (Directive 89/391/EEC, 9(1)(c))."""


class IncidentKind(Choice):
    """What it was."""

    ACCIDENT = "accident", "accident"
    NEAR_MISS = "near_miss", "near miss"


class State(Choice):
    """How far it is."""

    NEW = "new", "new"
    OPEN = "open", "looked into"
    CLOSED = "closed", "closed"


class Incident(Record):
    """Somebody was hurt, or nearly.

    HR sees it, whom it hurt and who looks into it; whoever reported it does not see what is written in it afterwards.

    Attributes:
        person: who was hurt, of the people here; ``name``: who that was of all others.
        aider: who gave first aid; ``first_aid``: what they did.
        days_lost: working days on which whoever was hurt could not work.
        measures: what is changed so that it does not happen again.
        reporter: who reported it; ``caller``: the name that a guest gave who did.
        reported_on, reported_number: when the authority or the insurance was told, and their number for it.
        log: what was noted since, a line each.
    """

    COLLECTION: ClassVar[str] = "incidents"

    what: Annotated[
        Line,
        Field(min_length=1),
        Ui(label="What happened", column=30, help="In a few words, such as: slipped on the wet stairs."),
    ]
    kind: Annotated[IncidentKind, Ui(label="Kind", column=9, help="accident or near_miss.")] = IncidentKind.ACCIDENT
    at: Annotated[When | None, Ui(label="When", column=16, help="Empty = just now.")] = None
    place: Annotated[int | None, Ui(label="Where", column=12, wide=True, ref="places")] = None
    person: Annotated[int | None, Ui(label="Who was hurt", ref="people", help="Empty = nobody, or no one here.")] = None
    name: Annotated[
        Line, Field(max_length=80), Ui(label="Or a visitor", help="The name of a visitor who was hurt.")
    ] = ""
    injury: Annotated[Line, Ui(label="Injury", help="Such as: cut in the left hand.")] = ""
    first_aid: Annotated[Line, Ui(label="First aid", help="What was done, such as: cleaned and bandaged.")] = ""
    aider: Annotated[int | None, Ui(label="First aid by", ref="people")] = None
    doctor: Annotated[bool, Ui(label="Saw a doctor")] = False
    witnesses: Annotated[Line, Ui(label="Who saw it")] = ""
    days_lost: Annotated[int, Field(ge=0, le=999), Ui(label="Days lost", column=9, wide=True)] = 0
    measures: Annotated[Prose, Field(max_length=2000), Ui(label="What is changed", rows=3)] = ""

    state: Annotated[State, Ui(label="State", column=11, form=False)] = State.NEW
    owner: Annotated[int | None, Ui(label="Looked into by", column=14, ref="people", form=False)] = None
    reporter: Annotated[int | None, Ui(label="Reported by", ref="people", form=False)] = None
    caller: Annotated[Line, Field(max_length=80), Ui(label="Told by", form=False)] = ""
    reported_on: Annotated[date | None, Ui(label="Authority told", form=False)] = None
    reported_number: Annotated[Line, Field(max_length=40), Ui(label="Their number", form=False)] = ""
    log: Annotated[Prose, Ui(label="Notes", form=False)] = ""
    created_at: Annotated[When | None, Ui(label="Written down", form=False)] = None
    closed_at: Annotated[When | None, Ui(label="Closed", form=False)] = None

    @property
    def must_be_told(self) -> bool:
        """Whether the authority is to be told and nobody said that it was."""
        return must_be_told(self.kind.value, self.days_lost, told=self.reported_on is not None)


def must_be_told(kind: str, days_lost: int, *, told: bool) -> bool:
    """Return whether an accident of so many lost days is still to be reported."""
    return kind == IncidentKind.ACCIDENT.value and days_lost > REPORT_OVER and not told
