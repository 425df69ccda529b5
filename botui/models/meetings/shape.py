"""The shape of meetings and of the templates that events are made from.

An event is a meeting with steps: what has to be done before and after it, each with a day and somebody who does it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, ClassVar, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from botui.models.base import Choice, Line, Prose, Record, Ui, When
from botui.models.meetings.times import length_words, read_length
from botui.models.office import Codes, Name

STEPS_MAX: Final = 50
"""Steps of a meeting, as of a ticket: two screens."""
ATTENDEES_MAX: Final = 200
"""People asked to one meeting: all of a large office."""
REMIND_BEFORE: Final = 15
"""Minutes before it begins that a meeting stands on the desks of those who come (an interview's in Frappe HR)."""
WEEK: Final = 7 * 24 * 60
"""Minutes of a week: the longest reminder."""


class State(Choice):
    """Whether it takes place; that it is over is a matter of the time alone."""

    PLANNED = "planned", "planned"
    CANCELLED = "cancelled", "cancelled"


class Step(BaseModel):
    """One thing to do before or after a meeting.

    Attributes:
        owner: who does it; None = whoever called the meeting.
    """

    model_config = ConfigDict(defer_build=True, frozen=True)

    text: Annotated[Line, Field(min_length=1)]
    due: date | None = None
    owner: int | None = None
    done_at: When | None = None
    done_by: int | None = None


class Declined(BaseModel):
    """Somebody who was asked and does not come; ``text`` says why."""

    model_config = ConfigDict(defer_build=True, frozen=True)

    person: int
    text: Line = ""


def _once(value: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(value))


People = Annotated[tuple[int, ...], AfterValidator(_once), Field(max_length=ATTENDEES_MAX)]
"""Numbers of people, none twice, in the order given."""


class Meeting(Record):
    """Who meets where and when, about what.

    Attributes:
        until: how long it takes, as ``1h 30m`` or ``2d``; typed also as a time or a day.
        end: when it is over, reckoned from ``start`` and ``until``; a whole day ends at midnight.
        even_so: typed only, never kept: it is filed although somebody or the room is taken.
        seen: who has seen it as it is now: when and where, or that it is cancelled.
        helpers: who does a step, so that they may see it and tick their step off.
        minutes: what was said and decided.
    """

    COLLECTION: ClassVar[str] = "meetings"

    subject: Annotated[Line, Field(min_length=1), Ui(label="Subject", column=20)]
    start: Annotated[
        When, Ui(label="When", column=23, help="Such as fri 14:00, +2d 9, 1412 1430. A day alone is all day.")
    ]
    until: Annotated[
        Line,
        Field(max_length=40),
        Ui(label="Until", help="15:30, sat 12:00, or how long: 45m, 1h 30m, 2d. Empty = 1h."),
    ] = ""
    place: Annotated[int | None, Ui(label="Room", column=14, ref="places")] = None
    attendees: Annotated[People, Ui(label="Who comes", ref="people", help="Initials or names, commas between.")] = ()
    even_so: Annotated[
        bool | None, Ui(label="Even so", help="y files it although somebody or the room is taken then.")
    ] = None
    guests: Annotated[Line, Ui(label="Guests", help="Who comes from outside.")] = ""
    note: Annotated[Prose, Ui(label="Note", rows=3)] = ""
    template: Annotated[
        int | None,
        Ui(label="Event template", ref="templates", help="Brings its steps, its room and how long it takes."),
    ] = None
    remind_before: Annotated[
        int, Field(ge=0, le=WEEK), Ui(label="Remind (min)", help="Minutes before it begins; 0 = not.")
    ] = REMIND_BEFORE
    private: Annotated[bool, Ui(label="Private", help="Others see only that you and the room are taken.")] = False
    codes: Annotated[Codes, Ui(label="Other numbers", help="What other calendars call it.")] = ()

    state: Annotated[State, Ui(label="State", column=9, wide=True, form=False)] = State.PLANNED
    end: Annotated[When | None, Ui(label="Ends", form=False)] = None
    organiser: Annotated[int | None, Ui(label="Called by", column=16, wide=True, ref="people", form=False)] = None
    seen: Annotated[People, Ui(label="Seen by", ref="people", form=False)] = ()
    declined: Annotated[tuple[Declined, ...], Field(max_length=ATTENDEES_MAX), Ui(label="Declined", form=False)] = ()
    reason: Annotated[Line, Ui(label="Why cancelled", form=False)] = ""
    steps: Annotated[tuple[Step, ...], Field(max_length=STEPS_MAX), Ui(label="Steps", form=False)] = ()
    helpers: Annotated[People, Ui(label="Does a step", ref="people", form=False)] = ()
    minutes: Annotated[Prose, Ui(label="Minutes", form=False)] = ""

    @property
    def ends(self) -> datetime:
        """When it is over; at once, where another program left that out."""
        return self.end or self.start

    @property
    def coming(self) -> tuple[int, ...]:
        """Who was asked and has not declined."""
        gone = {one.person for one in self.declined}
        return tuple(one for one in self.attendees if one not in gone)

    @property
    def waiting(self) -> tuple[int, ...]:
        """Who comes and has not seen it as it is now."""
        return tuple(one for one in self.coming if one not in self.seen)

    @property
    def open_steps(self) -> tuple[Step, ...]:
        """The steps that are not done."""
        return tuple(step for step in self.steps if step.done_at is None)

    def does(self, step: Step) -> int | None:
        """Return who does a step."""
        return step.owner or self.organiser


class EventTemplate(Record):
    """What has to be done for one kind of event, in days before and after it."""

    COLLECTION: ClassVar[str] = "templates"

    name: Annotated[Name, Ui(label="Name", column=28)]
    length: Annotated[
        Line, Field(max_length=20), Ui(label="How long", column=10, help="Such as 3h, 1h 30m, 1d for all day.")
    ] = ""
    place: Annotated[int | None, Ui(label="Room", column=20, ref="places")] = None
    steps: Annotated[
        Prose,
        Field(max_length=4000),
        Ui(
            label="Steps", rows=6, help="One a line: -7d book the food @ML; -1d print the papers; +2d send the minutes."
        ),
    ] = ""
    active: Annotated[bool, Ui(label="In use")] = True

    @field_validator("length")
    @classmethod
    def _readable(cls, value: str) -> str:
        span = read_length(value) if value else None
        return value if span is None else length_words(span)
