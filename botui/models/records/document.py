"""The shape of documents: what it is, who may see it, where the paper stands, who has it, and when it goes."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from botui.models.base import Choice, Line, Prose, Record, Ui, When, Words
from botui.models.office import Codes, Name, Numbers


class State(Choice):
    """How far a document is, from the day it comes to the day it goes."""

    INBOX = "inbox", "in the inbox"
    FILED = "filed", "filed"
    OUT = "out", "handed out"
    REVIEW = "review", "due for review"
    APPROVED = "approved", "disposal approved"
    DESTROYED = "destroyed", "destroyed"
    JOINED = "joined", "part of another"
    DISCARDED = "discarded", "thrown away"


KEPT = frozenset({State.FILED, State.OUT, State.REVIEW, State.APPROVED})
"""States in which the office has filed it and still has it."""
GONE = frozenset({State.DESTROYED, State.JOINED, State.DISCARDED})
"""States in which there is nothing of it any more; of scans that were never filed the last two."""
FILES_MAX = 50
"""Files that a document can have."""


class Privacy(Choice):
    """Who may see a document."""

    OPEN = "open", "open"
    PRIVATE = "private", "private"
    HR = "hr", "HR"


class Attached(BaseModel):
    """A file of a document, kept by its content.

    Attributes:
        name: what it was called.
        digest: SHA-256 of the content, in hexadecimal: its name in the store.
        size: bytes.
        media: what it is by its content, such as ``application/pdf``.
    """

    model_config = ConfigDict(defer_build=True, frozen=True)

    name: Line
    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    size: Annotated[int, Field(ge=0)]
    media: Annotated[str, Field(max_length=80)] = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.size:,} bytes)"


class Document(Record):
    """A paper or file of the office. Its reference, such as ``D-1042``, is its running archive number.

    It is written on the paper, and scanned or typed later to open it; numbers are never given out twice.

    Attributes:
        party: from or to whom; ``person``: whom it is about.
        schedule: its class in the retention schedule.
        readers: who may see it besides its owner and who filed it, where it is private.
        panel: who may see it where it is HR's, as long as they interview whom it is about.
        ends_on: the last day on which its content holds (an insurance, a permit): not how long it is kept.
        keep_until: the last day on which it must be kept; None = for ever, or not known yet. ``retaining`` reckons it;
            ``longer``: until when it is kept although its class would let it go.
        place: the room or cabinet the paper stands in; ``shelf``: the box or shelf there.
        holder: who has the paper, until ``due``; ``recalled_at``: when it was asked back.
        held: why it must not go, whatever its class says; empty = nothing holds it.
        disposal: the disposal list it is on.
        about: the reference of another record it belongs to.
        proposed: of a scan, the filing rule that said first what it is; ``twin``: an older document with the same file;
            ``joined``: the document that it is part of.
    """

    COLLECTION: ClassVar[str] = "documents"

    title: Annotated[Name, Ui(label="Title", column=26)]
    party: Annotated[int | None, Ui(label="From or to", column=14, ref="parties", batch=True)] = None
    schedule: Annotated[int | None, Ui(label="Class", column=12, wide=True, ref="retention", batch=True)] = None
    dated: Annotated[date | None, Ui(label="Date on it", column=10, wide=True)] = None
    tags: Annotated[Words, Ui(label="Tags", help="Words with commas between.", batch=True)] = ()
    privacy: Annotated[Privacy, Ui(label="Who sees it", help="open, private or HR.", batch=True)] = Privacy.OPEN
    person: Annotated[int | None, Ui(label="About whom", ref="people")] = None
    readers: Annotated[Numbers, Ui(label="Who else sees it", ref="people", help="Of a private one.")] = ()
    owner: Annotated[int | None, Ui(label="Whose it is", column=12, wide=True, ref="people", batch=True)] = None
    place: Annotated[int | None, Ui(label="Stands in", column=14, ref="places", batch=True)] = None
    shelf: Annotated[Line, Field(max_length=40), Ui(label="Box or shelf", column=10, batch=True)] = ""
    ends_on: Annotated[date | None, Ui(label="Ends on", help="Of a permit or insurance: its last day.")] = None
    about: Annotated[Line, Field(max_length=40), Ui(label="Belongs to", names=True, help="Such as B-12 or CT-3.")] = ""
    codes: Annotated[Codes, Ui(label="Other numbers", help="What others call it; commas between.")] = ()
    note: Annotated[Prose, Ui(label="Note", rows=2)] = ""

    panel: Annotated[Numbers, Ui(label="Who interviews", ref="people", form=False)] = ()
    state: Annotated[State, Ui(label="State", column=12, form=False)] = State.INBOX
    holder: Annotated[int | None, Ui(label="Who has it", column=14, ref="people", form=False)] = None
    out_at: Annotated[When | None, Ui(label="Handed out", form=False)] = None
    due: Annotated[date | None, Ui(label="Due back", column=10, wide=True, form=False)] = None
    recalled_at: Annotated[When | None, Ui(label="Asked back", form=False)] = None
    keep_until: Annotated[date | None, Ui(label="Keep until", column=10, wide=True, form=False)] = None
    longer: Annotated[date | None, Ui(label="Kept on until", form=False)] = None
    held: Annotated[Line, Ui(label="On hold", form=False)] = ""
    disposal: Annotated[int | None, Ui(label="Disposal list", ref="disposals", form=False)] = None
    files: Annotated[tuple[Attached, ...], Field(max_length=FILES_MAX), Ui(label="Files", form=False)] = ()
    proposed: Annotated[int | None, Ui(label="Proposed by", ref="filing", form=False)] = None
    twin: Annotated[int | None, Ui(label="Same file as", ref="documents", form=False)] = None
    joined: Annotated[int | None, Ui(label="Part of", ref="documents", form=False)] = None
    created_at: Annotated[When | None, Ui(label="Came", form=False)] = None
    created_by: Annotated[int | None, Ui(label="Taken in by", ref="people", form=False)] = None
    filed_at: Annotated[When | None, Ui(label="Filed", form=False)] = None
    filed_by: Annotated[int | None, Ui(label="Filed by", ref="people", form=False)] = None
    destroyed_at: Annotated[When | None, Ui(label="Destroyed", form=False)] = None
    imported: Annotated[Prose, Ui(label="Notes of the import", form=False)] = ""
