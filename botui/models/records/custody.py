"""The shape of paper that is handed out: which document, who answers for it, until when, and when it came back."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from botui.models.base import Line, Record, Ui, When


class Custody(Record):
    """The paper of a document was handed out to somebody; it is never edited: taking back ends it.

    Attributes:
        person: who answers for it; ``party``: to whom outside they give it on, such as a tax adviser.
        by: who handed it out; ``at``: when; ``back_by``, ``back_at``: the same of taking back (None = still out).
        due: the day it is to be back.
        recalled_at: when it was asked back before its time; ``recalled_for``: what for.
    """

    COLLECTION: ClassVar[str] = "custody"

    document: Annotated[int, Ui(label="Document", column=20, ref="documents")]
    person: Annotated[int, Ui(label="Who has it", column=14, ref="people")]
    party: Annotated[int | None, Ui(label="Given on to", column=12, wide=True, ref="parties")] = None
    at: Annotated[When, Ui(label="Since", wide=True, column=16)]
    by: Annotated[int | None, Ui(label="Handed out by", ref="people")] = None
    due: Annotated[date | None, Ui(label="Due back", column=10)] = None
    note: Annotated[Line, Ui(label="Note", column=12)] = ""
    recalled_at: Annotated[When | None, Ui(label="Asked back")] = None
    recalled_by: Annotated[int | None, Ui(label="Asked back by", ref="people")] = None
    recalled_for: Annotated[Line, Ui(label="Asked back for")] = ""
    back_at: Annotated[When | None, Ui(label="Came back", wide=True, column=16)] = None
    back_by: Annotated[int | None, Ui(label="Taken back by", ref="people")] = None
    back_note: Annotated[Line, Ui(label="Note on return")] = ""
