"""The shape of erasures: whose data goes for good, who said yes, and the certificate of it, kept for ever."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Final

from pydantic import BaseModel, ConfigDict, Field

from botui import areas
from botui.models.base import Choice, Record, Ui, When, plural


class State(Choice):
    """How far an erasure is."""

    OPEN = "open", "to approve"
    APPROVED = "approved", "approved"
    ERASED = "erased", "erased for good"
    CANCELLED = "cancelled", "cancelled"


PENDING: Final = frozenset({State.OPEN, State.APPROVED})
"""States in which nothing is erased yet."""


class Why(Choice):
    """Why somebody's data goes. Never in free words: the certificate is kept for ever and tells nothing of a person."""

    KEPT = "kept", "kept long enough"
    ASKED = "asked", "they asked for it"
    WRONG = "wrong", "filed by mistake"


class Gone(BaseModel):
    """A line of the certificate: how many records of a collection went."""

    model_config = ConfigDict(defer_build=True, frozen=True)

    collection: Annotated[str, Field(max_length=40)]
    records: Annotated[int, Field(ge=1)]

    def __str__(self) -> str:
        return f"{areas.kind(self.collection).many}: {self.records:,}"


class Erasure(Record):
    """Somebody's data that is to go for good, or went: then it is the certificate of that.

    Attributes:
        person: whose, in the directory; ``candidate``: or which candidate's, by number, as nothing of them is left to
            refer to. One of the two is given.
        approver: who is asked; ``approved_by`` may stand in for them (``approved_for``).
        kept_until: the last day on which it had to be kept; None = it was not asked for by its time.
        copies_until: the last day on which copies of the store made before may be there.
        gone: how many records of each collection went; ``files``: how many files.
    """

    COLLECTION: ClassVar[str] = "erasures"

    person: Annotated[int | None, Ui(label="Whose data", column=18, ref="people", help="Of somebody who left.")] = None
    why: Annotated[Why | None, Ui(label="Why", column=14, help="Empty = kept long enough.")] = None
    approver: Annotated[
        int | None,
        Ui(label="Who approves", column=15, ref="people", help="HR, a manager or an admin; not you."),
    ] = None

    candidate: Annotated[int | None, Ui(label="Candidate", column=9, wide=True, form=False)] = None
    state: Annotated[State, Ui(label="State", column=14, form=False)] = State.OPEN
    kept_until: Annotated[date | None, Ui(label="Kept until", column=10, wide=True, form=False)] = None
    created_at: Annotated[When | None, Ui(label="Proposed", form=False)] = None
    created_by: Annotated[int | None, Ui(label="Proposed by", ref="people", form=False)] = None
    approved_at: Annotated[When | None, Ui(label="Approved", form=False)] = None
    approved_by: Annotated[int | None, Ui(label="Approved by", ref="people", form=False)] = None
    approved_for: Annotated[int | None, Ui(label="Approved for", ref="people", form=False)] = None
    erased_at: Annotated[When | None, Ui(label="Erased", column=16, wide=True, form=False)] = None
    erased_by: Annotated[int | None, Ui(label="Erased by", ref="people", form=False)] = None
    copies_until: Annotated[date | None, Ui(label="Copies go by", form=False)] = None
    gone: Annotated[tuple[Gone, ...], Field(max_length=60), Ui(label="What went", form=False)] = ()
    files: Annotated[int, Field(ge=0), Ui(label="Files", form=False)] = 0

    @property
    def whose(self) -> str:
        """Whose data it is, by reference: ``P-12``, ``CD-3``."""
        if self.candidate is not None:
            return areas.ref("candidates", self.candidate)
        return areas.ref("people", self.person or 0)

    @property
    def words(self) -> str:
        """What went, in a sentence's words: ``14 records and 2 files``."""
        records = plural(sum(one.records for one in self.gone), "record")
        return f"{records} and {plural(self.files, 'file')}" if self.files else records
