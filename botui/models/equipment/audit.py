"""The shape of audits: a walk with the scanner to see what is where, and what was found of each asset."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from botui.models.base import Choice, Line, Record, Ui, When
from botui.models.office import Name, Numbers


class State(Choice):
    """How far an audit is."""

    OPEN = "open", "being walked"
    FINISHED = "finished", "finished"
    CANCELLED = "cancelled", "cancelled"


class Audit(Record):
    """A walk through some places, or after the things of some categories; both empty = everything.

    Attributes:
        walkers: who saw something in it.
        expected: how many assets it looks for; the others count what came of them when it was finished, ``unseen``
            those that were not seen and are with somebody.
    """

    COLLECTION: ClassVar[str] = "audits"

    name: Annotated[Name, Ui(label="Name", column=24)]
    places: Annotated[
        Numbers, Ui(label="Places", ref="places", help="Commas between, with all that is in them; empty = all.")
    ] = ()
    categories: Annotated[Numbers, Ui(label="Categories", ref="categories", help="Commas between; empty = all.")] = ()
    note: Annotated[Line, Ui(label="Note", wide=True, column=16)] = ""

    state: Annotated[State, Ui(label="State", column=12, form=False)] = State.OPEN
    walkers: Annotated[Numbers, Ui(label="Walked by", ref="people", form=False)] = ()
    expected: Annotated[int, Field(ge=0), Ui(label="Looked for", column=10, form=False)] = 0
    found: Annotated[int, Field(ge=0), Ui(label="Found", wide=True, column=6, form=False)] = 0
    missing: Annotated[int, Field(ge=0), Ui(label="Missing", column=7, form=False)] = 0
    moved: Annotated[int, Field(ge=0), Ui(label="Moved", wide=True, column=6, form=False)] = 0
    unexpected: Annotated[int, Field(ge=0), Ui(label="Not expected", wide=True, column=6, form=False)] = 0
    unseen: Annotated[int, Field(ge=0), Ui(label="Not seen, but with somebody", form=False)] = 0
    created_at: Annotated[When | None, Ui(label="Begun", column=16, form=False)] = None
    created_by: Annotated[int | None, Ui(label="Begun by", wide=True, column=14, ref="people", form=False)] = None
    finished_at: Annotated[When | None, Ui(label="Finished", form=False)] = None
    finished_by: Annotated[int | None, Ui(label="Finished by", ref="people", form=False)] = None
    reason: Annotated[Line, Ui(label="Why", form=False)] = ""


class Result(Choice):
    """What an audit says of one asset."""

    PENDING = "pending", "not seen"
    FOUND = "found", "found"
    MOVED = "moved", "moved"
    MISSING = "missing", "missing"
    UNEXPECTED = "unexpected", "not expected"


class Finding(Record):
    """What an audit says of one asset.

    Attributes:
        result: of a finished audit, pending = it was not seen, and somebody has it.
        place: where it was to be when the audit began; ``seen_in``: where it was seen, by whom and when.
        note: what came of it at the finish, or who has it.
    """

    COLLECTION: ClassVar[str] = "findings"

    audit: Annotated[int, Ui(label="Audit", wide=True, column=14, ref="audits")]
    asset: Annotated[int, Ui(label="Asset", column=22, ref="assets")]
    result: Annotated[Result, Ui(label="Result", column=13)] = Result.PENDING
    place: Annotated[int | None, Ui(label="Was to be in", wide=True, column=14, ref="places")] = None
    seen_in: Annotated[int | None, Ui(label="Seen in", column=14, ref="places")] = None
    at: Annotated[When | None, Ui(label="When", wide=True, column=16)] = None
    by: Annotated[int | None, Ui(label="Seen by", ref="people")] = None
    note: Annotated[Line, Ui(label="Note", column=12)] = ""
