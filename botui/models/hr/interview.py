"""The shapes of interviews and of what each who asked thinks of the candidate."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Final

from pydantic import Field

from botui.models.base import Choice, Line, Prose, Record, Ui, When
from botui.models.office import Numbers

PANEL_MAX: Final = 20
"""People of a panel: more do not interview anybody."""
Panel = Annotated[Numbers, Field(min_length=1, max_length=PANEL_MAX)]
"""Numbers of people who interview together."""


class State(Choice):
    """How far an interview is; it was held as soon as one of the panel has scored it."""

    PLANNED = "planned", "planned"
    HELD = "held", "held"
    CANCELLED = "cancelled", "cancelled"


class Interview(Record):
    """Some of the office talk with a candidate.

    Attributes:
        who, job: name and opening as they were when it was booked: the panel sees neither the candidate's file nor
            the opening.
        until: how long it takes, as in meetings; ``end`` follows.
        attendees: the panel: they see this interview and the CV, and nothing else of the candidate.
        even_so: typed only, never kept: it is booked although somebody or the room is taken.
        meeting: the private meeting in the panel's calendar.
        scored: who of the panel has given a score.
        decided: it is settled what becomes of the candidate: the panel is asked no more what it thinks.
    """

    COLLECTION: ClassVar[str] = "interviews"

    candidate: Annotated[int, Ui(label="Candidate", ref="candidates")]
    start: Annotated[When, Ui(label="When", column=16, help="Such as fri 14:00, +2d 9.")]
    until: Annotated[Line, Field(max_length=40), Ui(label="Until", help="15:30 or 45m; empty = 1h.")] = ""
    place: Annotated[int | None, Ui(label="Room", column=12, ref="places")] = None
    attendees: Annotated[Panel, Ui(label="Panel", ref="people", help="Who asks: initials, commas between.")]
    even_so: Annotated[bool | None, Ui(label="Even so", help="y books it although somebody or the room is taken.")] = (
        None
    )
    note: Annotated[Prose, Field(max_length=4000), Ui(label="For the panel", rows=3, help="The panel reads it.")] = ""

    who: Annotated[Line, Ui(label="Who comes", column=20, form=False)] = ""
    job: Annotated[Line, Ui(label="Applied for", column=16, form=False)] = ""
    state: Annotated[State, Ui(label="State", column=9, form=False)] = State.PLANNED
    end: Annotated[When | None, Ui(label="Ends", form=False)] = None
    meeting: Annotated[int | None, Ui(label="Meeting", ref="meetings", form=False)] = None
    scored: Annotated[Numbers, Ui(label="Scores given by", ref="people", form=False)] = ()
    decided: Annotated[bool, Ui(label="Decided", form=False)] = False
    created_at: Annotated[When | None, Ui(label="Booked", form=False)] = None
    created_by: Annotated[int | None, Ui(label="Booked by", ref="people", form=False)] = None

    @property
    def ends(self) -> datetime:
        """When it is over."""
        return self.end or self.start

    @property
    def missing(self) -> tuple[int, ...]:
        """Who of the panel has not given a score."""
        return tuple(one for one in self.attendees if one not in self.scored)


class Advice(Choice):
    """What somebody of the panel would do."""

    YES = "yes", "yes"
    UNSURE = "unsure", "not sure"
    NO = "no", "no"


class Score(Record):
    """What one of the panel thinks of a candidate.

    Attributes:
        candidate, interview: of whom, after which interview; ``author``: who of the panel.
        points: from 1 (no) to 5 (by all means).
        readers: who of the panel may read it: those who have given theirs.
    """

    COLLECTION: ClassVar[str] = "scores"

    interview: Annotated[int, Ui(label="Interview", column=20, ref="interviews", form=False)]
    candidate: Annotated[int, Ui(label="Candidate", ref="candidates", form=False)]
    author: Annotated[int, Ui(label="By", column=16, ref="people", form=False)]
    points: Annotated[int, Field(ge=1, le=5), Ui(label="Points", column=6, form=False)]
    advice: Annotated[Advice, Ui(label="Take on", column=9, form=False)] = Advice.UNSURE
    text: Annotated[Prose, Field(max_length=4000), Ui(label="Why", column=20, form=False)] = ""
    readers: Annotated[Numbers, Ui(label="Who may read it", ref="people", form=False)] = ()
    at: Annotated[When | None, Ui(label="Given", form=False)] = None
