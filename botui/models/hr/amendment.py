"""The shape of amendments: what changes in somebody's file from a day on, and what somebody asks HR to change."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Final

from pydantic import Field

from botui.models.base import Choice, Line, Prose, Record, Ui, When
from botui.models.hr.person_file import Employment, WeekDays, WeekHours


class State(Choice):
    """How far an amendment is."""

    ASKED = "asked", "asked for"
    PLANNED = "planned", "planned"
    DONE = "done", "done"
    REFUSED = "refused", "refused"
    CANCELLED = "cancelled", "cancelled"


OPEN: Final = frozenset({State.ASKED, State.PLANNED})
"""States in which something is still to happen."""

NewPosition = Annotated[int | None, Ui(label="New position", ref="positions")]
NewDepartment = Annotated[int | None, Ui(label="New department", ref="departments")]
NewJob = Annotated[Line, Field(max_length=80), Ui(label="New job")]
NewManager = Annotated[int | None, Ui(label="New manager", ref="people")]
NewEmployment = Annotated[Employment | None, Ui(label="Employed then")]
NewHours = Annotated[WeekHours | None, Ui(label="New hours a week", help="Such as 30.")]
NewDays = Annotated[WeekDays, Ui(label="New working days", help="Such as mon-thu.")]
NewEnd = Annotated[date | None, Ui(label="Fixed until then", help="Of a contract that ends by itself.")]


class Amendment(Record):
    """What changes in somebody's file and in the directory: an empty field stays as it is.

    Whoever works here asks HR for one about themselves; HR plans one from a day on. Time makes it.

    Attributes:
        on: from which day; empty = as soon as HR agrees.
        text: what is new or wrong, in words; ``reason``: why HR said no.
        trouble: why time could not make it on its day; HR changes it, or cancels it.
    """

    COLLECTION: ClassVar[str] = "amendments"

    text: Annotated[Prose, Field(max_length=2000), Ui(label="What is new or wrong", column=30, rows=2)] = ""
    on: Annotated[date | None, Ui(label="From", column=10, help="Empty = as soon as HR agrees.")] = None
    person: Annotated[int | None, Ui(label="Whose file", column=20, ref="people", help="Empty = yours.")] = None
    name: Annotated[Line, Field(max_length=80), Ui(label="New name")] = ""
    address: Annotated[Prose, Field(max_length=500), Ui(label="New home address", rows=2)] = ""
    phone: Annotated[Line, Field(max_length=40), Ui(label="New private phone")] = ""
    email: Annotated[Line, Field(max_length=120), Ui(label="New private e-mail")] = ""
    emergency: Annotated[
        Prose, Field(max_length=500), Ui(label="New emergency contact", rows=2, help="Name, who it is, phone.")
    ] = ""
    iban: Annotated[Line, Field(max_length=40), Ui(label="Paid to then", help="The IBAN that pay goes to.")] = ""
    position: NewPosition = None
    department: NewDepartment = None
    job: NewJob = ""
    manager: NewManager = None
    employment: NewEmployment = None
    week_hours: NewHours = None
    week_days: NewDays = ""
    fixed_until: NewEnd = None

    state: Annotated[State, Ui(label="State", column=10, form=False)] = State.ASKED
    reason: Annotated[Line, Ui(label="Why not", form=False)] = ""
    trouble: Annotated[Line, Ui(label="Could not be made", form=False)] = ""
    decided_by: Annotated[int | None, Ui(label="Decided by", ref="people", form=False)] = None
    decided_at: Annotated[When | None, Ui(label="Decided", form=False)] = None
    done_at: Annotated[When | None, Ui(label="Made", form=False)] = None
    created_at: Annotated[When | None, Ui(label="Asked", form=False)] = None
    created_by: Annotated[int | None, Ui(label="Asked by", ref="people", form=False)] = None


IN_FILE: Final = (
    *("address", "phone", "email", "emergency", "iban", "position", "manager"),
    *("employment", "week_hours", "week_days", "fixed_until"),
)
"""Its fields that are those of the file."""
IN_DIRECTORY: Final = ("name", "department", "job")
"""Its fields that are those of the person in the directory."""
