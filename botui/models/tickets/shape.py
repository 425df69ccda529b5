"""The shape of tickets and of what is said about them.

Asked by a person of the house (``requester``), by a customer or supplier (``party``), or by somebody of a party who
rang one of ours (both): two fields, because a number belongs to one collection.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Final

from pydantic import BaseModel, ConfigDict, Field

from botui.models.base import Choice, Line, Prose, Record, Ui, When, Words
from botui.models.office import Codes, Money, Priority

STEPS_MAX: Final = 50
"""Steps of a checklist: two screens."""
LINKS_MAX: Final = 50
"""Links of a ticket."""
MINUTES_MAX: Final = 1_440
"""Minutes worked that one entry may add: a day and a night."""


class State(Choice):
    """Where a ticket is in its life."""

    NEW = "new", "new"
    OPEN = "open", "open"
    WAITING = "waiting", "waiting"
    RESOLVED = "resolved", "resolved"
    CLOSED = "closed", "closed"
    REJECTED = "rejected", "rejected"
    MERGED = "merged", "merged"


ACTIVE: Final = frozenset({State.NEW, State.OPEN, State.WAITING})
"""States in which there is still something to do."""
OVER: Final = frozenset({State.CLOSED, State.REJECTED, State.MERGED})
"""States in which nothing happens any more."""


class Channel(Choice):
    """How it came in."""

    KIOSK = "kiosk", "kiosk"
    PHONE = "phone", "phone"
    WALK_IN = "walk-in", "walk-in"
    MAIL = "mail", "mail"
    EMAIL = "e-mail", "e-mail"


class TicketKind(Choice):
    """What sort of matter it is. A project is a parent: its milestones are the tickets that are part of it."""

    REQUEST = "request", "request"
    INCIDENT = "incident", "incident"
    COMPLAINT = "complaint", "complaint"
    TASK = "task", "task"
    MESSAGE = "message", "message"
    PROJECT = "project", "project"


ANSWERED: Final = frozenset({TicketKind.REQUEST, TicketKind.INCIDENT, TicketKind.COMPLAINT})
"""Kinds in which somebody waits for an answer: they have a first-response deadline."""
PROMISED: Final = ANSWERED | {TicketKind.TASK}
"""Kinds whose priority promises when they are done; a message and a project have no such promise."""


class WaitFor(Choice):
    """What a waiting ticket waits for; only the requester stops the deadlines."""

    REQUESTER = "requester", "the one who asked"
    VENDOR = "vendor", "the supplier"
    PART = "part", "a part"
    DATE = "date", "a date"


class Approval(Choice):
    """Where the approval of a ticket stands."""

    ASKED = "asked", "to approve"
    APPROVED = "approved", "approved"
    REFUSED = "refused", "refused"


class CommentKind(Choice):
    """Who may see it."""

    PUBLIC = "public", "reply"
    INTERNAL = "internal", "note"
    SYSTEM = "system", "desk"


class Step(BaseModel):
    """One step of a checklist."""

    model_config = ConfigDict(defer_build=True, frozen=True)

    text: Annotated[Line, Field(min_length=1)]
    done_at: When | None = None
    done_by: int | None = None


def steps(text: str) -> tuple[Step, ...]:
    """Return the checklist of a text with one step a line."""
    return tuple(Step(text=line[:200]) for line in text.splitlines() if line.strip())[:STEPS_MAX]


Links = Annotated[tuple[Annotated[str, Field(max_length=20)], ...], Field(max_length=LINKS_MAX)]
"""References of linked records, such as ``T-12`` or ``A-3``."""


class Ticket(Record):
    """A matter that the office has to deal with.

    Attributes:
        paused_at: since when the deadlines stand still, because the requester is waited for.
        paused_for: seconds of office time that they stood still before that.
        minutes: minutes worked, the sum over all comments.
        fault: the fault whose repair is the answer to it; state, owner and solution are kept in step with the fault's.
        approved_by: who said yes or no; ``approved_for``: for whom they stood in, if they did.
    """

    COLLECTION: ClassVar[str] = "tickets"

    subject: Annotated[Line, Field(min_length=1), Ui(label="Subject", column=26)]
    topic: Annotated[
        int | None,
        Ui(label="Topic", column=16, wide=True, ref="topics", help="Sets department, how soon and steps.", batch=True),
    ] = None
    requester: Annotated[int | None, Ui(label="Asked by", column=16, wide=True, ref="people", batch=True)] = None
    party: Annotated[int | None, Ui(label="Customer or supplier", ref="parties", batch=True)] = None
    on_behalf_of: Annotated[int | None, Ui(label="On behalf of", ref="people")] = None
    body: Annotated[Prose, Ui(label="What it is about", rows=5)] = ""
    kind: Annotated[TicketKind, Ui(label="Kind", column=9, wide=True, batch=True)] = TicketKind.REQUEST
    priority: Annotated[
        Priority | None, Ui(label="How soon", column=8, help="Empty = as the topic says.", batch=True)
    ] = None
    channel: Annotated[Channel, Ui(label="Came by", batch=True)] = Channel.KIOSK
    place: Annotated[int | None, Ui(label="Place", column=14, wide=True, ref="places", batch=True)] = None
    department: Annotated[
        int | None,
        Ui(label="Department", column=14, wide=True, ref="departments", help="Empty = as the topic says.", batch=True),
    ] = None
    wanted_by: Annotated[
        date | None, Ui(label="Wanted by", help="A promised day; it goes before the usual deadline.")
    ] = None
    amount: Annotated[Money | None, Ui(label="Amount", help="What it costs, in the office's currency.")] = None
    parent: Annotated[int | None, Ui(label="Part of", ref="tickets", batch=True)] = None
    tags: Annotated[Words, Ui(label="Tags", batch=True)] = ()
    codes: Annotated[Codes, Ui(label="Other numbers", help="What other systems call it; commas between.")] = ()

    state: Annotated[State, Ui(label="State", column=9, form=False)] = State.NEW
    owner: Annotated[int | None, Ui(label="Who has it", column=12, ref="people", form=False)] = None
    waiting_for: Annotated[WaitFor | None, Ui(label="Waiting for", form=False)] = None
    waiting_until: Annotated[When | None, Ui(label="Until", form=False)] = None
    resolution: Annotated[Prose, Ui(label="Solution", form=False)] = ""
    satisfaction: Annotated[int | None, Field(ge=1, le=5), Ui(label="Satisfaction", form=False)] = None
    first_response_due: Annotated[When | None, Ui(label="Answer due", form=False)] = None
    first_response_at: Annotated[When | None, Ui(label="Answered", form=False)] = None
    resolution_due: Annotated[When | None, Ui(label="Done by", form=False)] = None
    resolved_at: Annotated[When | None, Ui(label="Resolved", form=False)] = None
    closed_at: Annotated[When | None, Ui(label="Closed", form=False)] = None
    created_at: Annotated[When | None, Ui(label="Came in", form=False)] = None
    created_by: Annotated[int | None, Ui(label="Taken down by", ref="people", form=False)] = None
    links: Annotated[Links, Ui(label="Links", form=False)] = ()
    fault: Annotated[int | None, Ui(label="Fault", ref="faults", form=False)] = None
    merged_into: Annotated[int | None, Ui(label="Merged into", ref="tickets", form=False)] = None
    checklist: Annotated[tuple[Step, ...], Field(max_length=STEPS_MAX), Ui(label="Checklist", form=False)] = ()
    minutes: Annotated[int, Field(ge=0), Ui(label="Minutes worked", form=False)] = 0
    reopened: Annotated[int, Field(ge=0), Ui(label="Times reopened", form=False)] = 0
    paused_at: Annotated[When | None, Ui(label="Deadlines stand still since", form=False)] = None
    paused_for: Annotated[int, Field(ge=0)] = 0

    approval: Annotated[Approval | None, Ui(label="Approval", form=False)] = None
    approver: Annotated[int | None, Ui(label="Who approves", ref="people", form=False)] = None
    approval_note: Annotated[Prose, Ui(label="Word with it", form=False)] = ""
    approved_by: Annotated[int | None, Ui(label="Decided by", ref="people", form=False)] = None
    approved_for: Annotated[int | None, Ui(label="Decided for", ref="people", form=False)] = None
    approved_at: Annotated[When | None, Ui(label="Decided", form=False)] = None

    for_person: Annotated[int | None, Ui(label="Message for", ref="people", form=False)] = None
    caller: Annotated[Line, Field(max_length=80), Ui(label="Caller", form=False)] = ""
    number: Annotated[Line, Field(max_length=40), Ui(label="Number", form=False)] = ""
    call_back: Annotated[bool, Ui(label="Call back", form=False)] = False
    urgent: Annotated[bool, Ui(label="Urgent", form=False)] = False
    acknowledged_at: Annotated[When | None, Ui(label="Seen", form=False)] = None
    notes: Annotated[Prose, Ui(label="Notes of the import", form=False)] = ""

    @property
    def is_active(self) -> bool:
        """Whether there is still something to do."""
        return self.state in ACTIVE

    @property
    def level(self) -> Priority:
        """How soon; normal where nothing is said."""
        return self.priority or Priority.P3

    @property
    def open_steps(self) -> tuple[Step, ...]:
        """The steps of the checklist that are not done."""
        return tuple(step for step in self.checklist if step.done_at is None)


class Comment(Record):
    """What was said about a ticket: a reply that the requester sees, a note among the desk, or the desk's own line."""

    COLLECTION: ClassVar[str] = "comments"

    ticket: Annotated[int, Ui(label="Ticket", column=10, ref="tickets")]
    body: Annotated[Prose, Field(min_length=1), Ui(label="Text", column=40, rows=5)]
    kind: Annotated[CommentKind, Ui(label="Kind", column=6)] = CommentKind.INTERNAL
    minutes: Annotated[int, Field(ge=0, le=MINUTES_MAX), Ui(label="Minutes worked", column=14, wide=True)] = 0
    author: Annotated[int | None, Ui(label="Who", column=14, ref="people", form=False)] = None
    at: Annotated[When | None, Ui(label="When", column=16, form=False)] = None
