"""The shape of a person's file: what HR keeps of somebody besides the directory, and nobody else sees but they."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Final

from pydantic import AfterValidator, Field

from botui.models import calendar
from botui.models.base import Choice, Line, Prose, Record, Ui, When


class Status(Choice):
    """How somebody stands to the office; it follows from dates and from what is done, nobody types it."""

    ONBOARDING = "onboarding", "onboarding"
    ACTIVE = "active", "active"
    ON_LEAVE = "on_leave", "on leave"
    LEAVING = "leaving", "leaving"
    LEFT = "left", "left"


HERE: Final = frozenset({Status.ONBOARDING, Status.ACTIVE, Status.ON_LEAVE, Status.LEAVING})
"""Who works here, or is about to."""


class Employment(Choice):
    """In what way somebody is employed (Frappe HR's types)."""

    FULL_TIME = "full-time", "full-time"
    PART_TIME = "part-time", "part-time"
    PROBATION = "probation", "probation"
    CONTRACT = "contract", "contract"
    INTERN = "intern", "intern"
    APPRENTICE = "apprentice", "apprentice"


WeekHours = Annotated[Decimal, Field(ge=0, le=80, decimal_places=2)]
"""Hours a week that somebody is to work."""


def weekdays(text: str) -> frozenset[int]:
    """Return the days of ``mon-thu, sat``, Monday is 0; none of an empty text.

    Raises:
        ValueError: these are no days of the week, in words.
    """
    if not text:
        return frozenset()
    week = calendar.parse_week(f"{text} 00:00-24:00")
    return frozenset(day for day, spans in enumerate(week) if spans)


def _readable_days(text: str) -> str:
    try:
        weekdays(text)
    except ValueError:
        raise ValueError("Write the days like mon-thu, or mon, wed, fri.") from None
    return text


WeekDays = Annotated[Line, Field(max_length=60), AfterValidator(_readable_days)]
"""Days of the week as a person writes them."""


class PersonFile(Record):
    """What HR keeps of one person; there is one for each of the directory that has one at all.

    The person sees all of it, and writes nothing in it: they ask for a change (``amendment``).

    Attributes:
        person: of whom, in the directory; ``number``: the employee's, as payroll calls them.
        starts, ends: the first and the last day of the employment, in the office's zone.
        probation_ends: the last day on which either side may still say no; ``fixed_until``: the last day of a contract
            that ends by itself.
        manager: who decides about their leave and reviews them; empty = the head of the department.
        week_hours: agreed hours a week; ``week_days``: days a week on which they work, such as ``mon-thu``; empty = the
            office's.
        reason: why they leave, as they or HR say.
    """

    COLLECTION: ClassVar[str] = "person_files"

    person: Annotated[int, Ui(label="Person", column=20, ref="people")]
    number: Annotated[
        Line, Field(max_length=20), Ui(label="Number", column=8, help="The employee number of payroll.")
    ] = ""
    position: Annotated[int | None, Ui(label="Position", column=12, ref="positions")] = None
    manager: Annotated[int | None, Ui(label="Manager", column=16, wide=True, ref="people")] = None
    employment: Annotated[Employment, Ui(label="Employed", column=10, wide=True)] = Employment.FULL_TIME
    starts: Annotated[date | None, Ui(label="First day", column=10)] = None
    probation_ends: Annotated[date | None, Ui(label="Probation until")] = None
    fixed_until: Annotated[date | None, Ui(label="Fixed until", help="Of a contract that ends by itself.")] = None
    week_hours: Annotated[WeekHours | None, Ui(label="Hours a week", help="Such as 38,5.")] = None
    week_days: Annotated[WeekDays, Ui(label="Works on", help="Such as mon-thu; empty = as the office.")] = ""
    born: Annotated[date | None, Ui(label="Born")] = None
    address: Annotated[Prose, Field(max_length=500), Ui(label="Home address", rows=3)] = ""
    phone: Annotated[Line, Field(max_length=40), Ui(label="Private phone")] = ""
    email: Annotated[Line, Field(max_length=120), Ui(label="Private e-mail")] = ""
    emergency: Annotated[
        Prose, Field(max_length=500), Ui(label="In an emergency", rows=2, help="Whom to call: name, who it is, phone.")
    ] = ""
    iban: Annotated[Line, Field(max_length=40), Ui(label="Paid to", help="The IBAN that pay goes to.")] = ""
    tax_number: Annotated[Line, Field(max_length=40), Ui(label="Tax no.")] = ""
    insurance_number: Annotated[Line, Field(max_length=40), Ui(label="Insurance no.")] = ""
    contract: Annotated[
        int | None, Ui(label="Contract", ref="documents", help="The signed contract, a document of HR's.")
    ] = None
    notes: Annotated[Prose, Ui(label="Notes of HR", rows=3, help="The person sees them, too.")] = ""

    status: Annotated[Status, Ui(label="Status", column=11, form=False)] = Status.ONBOARDING
    ends: Annotated[date | None, Ui(label="Last day", column=10, wide=True, form=False)] = None
    reason: Annotated[Line, Ui(label="Why they leave", form=False)] = ""
    left_at: Annotated[When | None, Ui(label="Left", form=False)] = None
    created_at: Annotated[When | None, Ui(label="Filed", form=False)] = None
    created_by: Annotated[int | None, Ui(label="Filed by", ref="people", form=False)] = None
