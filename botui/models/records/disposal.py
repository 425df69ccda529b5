"""The shape of disposal lists: what is to be destroyed, who said yes, and the certificate of it, kept for ever."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Final

from pydantic import BaseModel, ConfigDict, Field

from botui import areas
from botui.models.base import Choice, Line, Record, Ui, When
from botui.models.office import Name

LIST_MAX: Final = 500
"""Documents on one list: as many as one person looks through before saying yes."""
LEFT_MAX: Final = 500
"""What left a list is remembered, the latest of it."""


class State(Choice):
    """How far a disposal list is."""

    OPEN = "open", "to approve"
    APPROVED = "approved", "approved"
    DESTROYED = "destroyed", "destroyed"
    REFUSED = "refused", "refused"
    CANCELLED = "cancelled", "cancelled"


PENDING: Final = frozenset({State.OPEN, State.APPROVED})
"""States in which documents are on it that are still there."""


class Method(Choice):
    """How something was destroyed."""

    SHREDDED = "shredded", "shredded here"
    FIRM = "firm", "by a firm"
    DELETED = "deleted", "deleted, there was no paper"


class Gone(BaseModel):
    """A line of the certificate: a document as it was when it was destroyed.

    Attributes:
        document: its archive number.
        title: what it was called; empty where it was not open to all.
        schedule: the name of its class; ``kept_until``: the last day on which it had to be kept.
        stood: where the paper stood; ``files``: how many files it had.
    """

    model_config = ConfigDict(defer_build=True, frozen=True)

    document: int
    title: Annotated[str, Field(max_length=80)] = ""
    schedule: Annotated[str, Field(max_length=80)] = ""
    dated: date | None = None
    kept_until: date | None = None
    stood: Annotated[str, Field(max_length=140)] = ""
    files: Annotated[int, Field(ge=0)] = 0

    def __str__(self) -> str:
        return f"{areas.ref('documents', self.document)} {self.title}".rstrip()


class Left(BaseModel):
    """A document that left the list, and why: it was put on hold, or is kept on."""

    model_config = ConfigDict(defer_build=True, frozen=True)

    document: int
    why: Annotated[str, Field(max_length=120)] = ""

    def __str__(self) -> str:
        return f"{areas.ref('documents', self.document)}: {self.why}"


class Disposal(Record):
    """A list of documents whose time is over. Once they are destroyed it is the certificate of that.

    The documents say themselves that they are on it (``Document.disposal``).

    Attributes:
        schedule: the class of which it takes up what is due; None = of all.
        count: documents on it, of one that was carried out: destroyed.
        approver: who is asked; ``approved_by`` may stand in for them (``approved_for``).
        witness: who saw it besides whoever destroyed it; ``firm``: who did it for the office, ``number``: the number
            of that firm's own certificate.
        gone: the lines of the certificate; ``left``: what left the list before that, and why.
    """

    COLLECTION: ClassVar[str] = "disposals"

    name: Annotated[Name, Ui(label="What for", column=22)] = "What is due"
    schedule: Annotated[
        int | None, Ui(label="Only the class", column=14, wide=True, ref="retention", help="Empty = all that is due.")
    ] = None
    approver: Annotated[int | None, Ui(label="Who approves", column=14, ref="people", help="Empty = your manager.")] = (
        None
    )

    state: Annotated[State, Ui(label="State", column=11, form=False)] = State.OPEN
    count: Annotated[int, Field(ge=0), Ui(label="Documents", column=9, form=False)] = 0
    created_at: Annotated[When | None, Ui(label="Listed", column=16, wide=True, form=False)] = None
    created_by: Annotated[int | None, Ui(label="Listed by", ref="people", form=False)] = None
    approved_at: Annotated[When | None, Ui(label="Approved", form=False)] = None
    approved_by: Annotated[int | None, Ui(label="Approved by", ref="people", form=False)] = None
    approved_for: Annotated[int | None, Ui(label="Approved for", ref="people", form=False)] = None
    reason: Annotated[Line, Ui(label="Why not", form=False)] = ""
    destroyed_at: Annotated[When | None, Ui(label="Destroyed", column=16, wide=True, form=False)] = None
    destroyed_by: Annotated[int | None, Ui(label="Destroyed by", ref="people", form=False)] = None
    method: Annotated[Method | None, Ui(label="How", form=False)] = None
    witness: Annotated[int | None, Ui(label="Seen by", ref="people", form=False)] = None
    firm: Annotated[int | None, Ui(label="Firm", ref="parties", form=False)] = None
    number: Annotated[Line, Field(max_length=40), Ui(label="Their certificate", form=False)] = ""
    note: Annotated[Line, Ui(label="Note", form=False)] = ""
    gone: Annotated[tuple[Gone, ...], Field(max_length=LIST_MAX), Ui(label="What went", form=False)] = ()
    left: Annotated[tuple[Left, ...], Field(max_length=LEFT_MAX), Ui(label="What stayed", form=False)] = ()
