"""The shape of the post book: what came in and went out, who sees to it, and by when it is to be answered."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Final

from pydantic import Field

from botui.models.base import Choice, Line, Prose, Record, Ui, When
from botui.models.office import Name
from botui.models.records.document import Privacy


class Direction(Choice):
    """Whether it came or went."""

    IN = "in", "in"
    OUT = "out", "out"


class Channel(Choice):
    """How it came or went."""

    LETTER = "letter", "letter"
    PHONE = "phone", "phone"
    FAX = "fax", "fax"
    COURIER = "courier", "courier"
    EMAIL = "email", "e-mail"


ON_PAPER: Final = frozenset({Channel.LETTER, Channel.FAX, Channel.COURIER})
"""Channels that leave a paper, which is filed with the entry unless somebody says that there is none."""


class State(Choice):
    """How far an entry is; one out is open as long as an answer to it is awaited."""

    OPEN = "open", "open"
    WAITING = "waiting", "waiting"
    ANSWERED = "answered", "answered"
    CLOSED = "closed", "closed"


PENDING: Final = frozenset({State.OPEN, State.WAITING})
"""States in which something is still to be done, or to come."""


class Letter(Record):
    """One entry of the post book; its number is that of the letter.

    Attributes:
        correspondent: from whom it came, or to whom it went, as it stands on it; ``party``: the card of that.
        owner: who sees to it.
        reply_due: the day by which it is to be answered: by us where it came in, by them where it went out.
        on: the day it came or went, today if nobody says another; ``dated``: the date that stands on it.
        theirs: their reference.
        about: what it concerns, by its reference; a letter out takes the fields of a bill from there.
        paper, schedule, place: typed only, never kept: whether its paper is filed, of which class that is and where it
            stands; the paper's own record (``document``) says so from then on.
        privacy: who may see it and its paper; ``person``: whom one of HR's is about, and who therefore sees it.
        answers: the one that this one answers; ``answered_on``: the day on which this one was answered.
        form: the letter template that its text was made with.
        text: what it says, of one that was written here; of a call or an e-mail, what was said.
        waiting_until: of one that waits, the day on which it comes back.
    """

    COLLECTION: ClassVar[str] = "letters"

    correspondent: Annotated[
        Name,
        Ui(
            label="From or to",
            column=18,
            used="parties.name",
            help="Who it is from; of a letter out, to whom.",
        ),
    ]
    subject: Annotated[Line, Field(min_length=1), Ui(label="Subject", column=24)]
    owner: Annotated[int | None, Ui(label="Who sees to it", column=12, ref="people")] = None
    reply_due: Annotated[
        date | None, Ui(label="Reply due", column=10, help="Such as +10d; empty = no answer is needed.")
    ] = None
    direction: Annotated[Direction, Ui(label="Direction", column=4, wide=True, batch=True, help="in or out")] = (
        Direction.IN
    )
    channel: Annotated[Channel, Ui(label="How", column=8, wide=True, batch=True)] = Channel.LETTER
    party: Annotated[
        int | None, Ui(label="Customer, supplier", ref="parties", help="Empty = the one that is called so, if any is.")
    ] = None
    on: Annotated[date | None, Ui(label="Came or went on", column=10, batch=True, help="Empty = today.")] = None
    dated: Annotated[date | None, Ui(label="Date on it")] = None
    theirs: Annotated[Line, Field(max_length=60), Ui(label="Their reference")] = ""
    about: Annotated[
        Line, Field(max_length=40), Ui(label="About", names=True, help="What it is about: B-12, PO-7.")
    ] = ""
    answers: Annotated[
        int | None, Ui(label="In answer to", ref="letters", help="The letter that this one answers.")
    ] = None
    form: Annotated[
        int | None, Ui(label="Letter template", ref="forms", help="Writes a letter out; its text can be left empty.")
    ] = None
    paper: Annotated[
        bool | None, Ui(label="File the paper", help="Empty = yes, of a letter, a fax, or what a courier brings.")
    ] = None
    schedule: Annotated[
        int | None, Ui(label="Class", ref="retention", batch=True, help="How long its paper is kept.")
    ] = None
    place: Annotated[int | None, Ui(label="Paper stands in", ref="places", batch=True, help="Room or cabinet.")] = None
    privacy: Annotated[Privacy, Ui(label="Who sees it", help="open, private or HR.", batch=True)] = Privacy.OPEN
    document: Annotated[
        int | None, Ui(label="Paper", ref="documents", first="inbox", help="Empty = it gets its archive number now.")
    ] = None
    text: Annotated[Prose, Ui(label="Text", rows=3)] = ""
    note: Annotated[Prose, Field(max_length=4000), Ui(label="Notes", rows=2)] = ""

    person: Annotated[int | None, Ui(label="About whom", ref="people", form=False)] = None
    state: Annotated[State, Ui(label="State", column=9, wide=True, form=False)] = State.OPEN
    waiting_for: Annotated[Line, Ui(label="Waits for", form=False)] = ""
    waiting_until: Annotated[date | None, Ui(label="Waits until", form=False)] = None
    answered_on: Annotated[date | None, Ui(label="Answered on", form=False)] = None
    reason: Annotated[Line, Ui(label="How it ended", form=False)] = ""
    closed_at: Annotated[When | None, Ui(label="Closed", form=False)] = None
    created_at: Annotated[When | None, Ui(label="Entered", form=False)] = None
    created_by: Annotated[int | None, Ui(label="Entered by", ref="people", form=False)] = None

    @property
    def is_pending(self) -> bool:
        """Whether something is still to be done, or to come."""
        return self.state in PENDING

    @property
    def came_in(self) -> bool:
        """Whether it came, and did not go."""
        return self.direction is Direction.IN
