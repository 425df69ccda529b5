"""The shape of letter templates."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final

from pydantic import Field

from botui.models.base import Choice, Line, Prose, Record, Ui, When
from botui.models.office import Name
from botui.models.records.letter import Channel

BODY_MAX: Final = 10_000
"""Characters of a template: four pages; what it is filled with makes the rest of a text."""


class Sort(Choice):
    """What a template is for; all but the first are HR's, and written from a candidate, a person's file or a case."""

    LETTER = "letter", "letter"
    OFFER = "offer", "offer"
    REFUSAL = "refusal", "refusal of a candidate"
    EMPLOYMENT = "employment", "certificate of employment"
    WARNING = "warning", "warning"


class Form(Record):
    """A letter as it is written again and again, in Markdown with fields such as ``{party.name}``.

    Attributes:
        sort: what it is for.
        subject, body: may have fields (``form_fields``); ``{{`` and ``}}`` are the signs themselves.
        reply_days: calendar days after which their answer is due; None = none is awaited.
    """

    COLLECTION: ClassVar[str] = "forms"

    name: Annotated[Name, Ui(label="Name", column=24)]
    subject: Annotated[Line, Field(min_length=1), Ui(label="Subject", column=30, help="May have fields, too.")]
    body: Annotated[
        Prose,
        Field(min_length=1, max_length=BODY_MAX),
        Ui(label="Text", rows=8, help="Fields such as {party.name}, {bill.number}, {person.name}, {letter.date}."),
    ]
    sort: Annotated[Sort, Ui(label="What for", column=12, wide=True)] = Sort.LETTER
    channel: Annotated[Channel, Ui(label="How", column=8)] = Channel.LETTER
    reply_days: Annotated[
        int | None, Field(ge=0, le=365), Ui(label="Answer within", help="Days; empty = none is awaited.")
    ] = None
    schedule: Annotated[int | None, Ui(label="Class", ref="retention", help="How long the copies are kept.")] = None
    place: Annotated[int | None, Ui(label="Copies stand in", ref="places")] = None
    active: Annotated[bool, Ui(label="In use")] = True
    created_at: Annotated[When | None, Ui(label="Filed", form=False)] = None
