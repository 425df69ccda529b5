"""The shapes of policies and of what people say to them: read, version by version."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from botui.models.base import Choice, Line, Prose, Record, Ui, When
from botui.models.office import Name


class State(Choice):
    """Whether a policy is in force."""

    DRAFT = "draft", "being written"
    IN_FORCE = "in_force", "in force"
    WITHDRAWN = "withdrawn", "withdrawn"


class Policy(Record):
    """A rule of the house that people have to know.

    Attributes:
        text: what it says; ``document``: the paper where it is said, one that is open to all.
        department: whose people must acknowledge it; None = everybody.
        days: calendar days after which whoever has not acknowledged a version is late.
        version: 0 until the first is in force; ``starts``: since when the present one is, ``news``: what is new in it.
    """

    COLLECTION: ClassVar[str] = "policies"

    name: Annotated[Name, Ui(label="Policy", column=30)]
    text: Annotated[Prose, Ui(label="Text", rows=8)] = ""
    document: Annotated[
        int | None, Ui(label="Its document", ref="documents", help="Where it is written; one that all can read.")
    ] = None
    department: Annotated[
        int | None, Ui(label="For", column=14, ref="departments", help="Who must acknowledge it; empty = everybody.")
    ] = None
    days: Annotated[int, Field(ge=0, le=365), Ui(label="Days to acknowledge", help="After these it is late.")] = 14
    version: Annotated[int, Field(ge=0), Ui(label="Version", column=7, form=False)] = 0
    starts: Annotated[date | None, Ui(label="Since", column=10, form=False)] = None
    news: Annotated[Line, Ui(label="What is new", form=False)] = ""
    state: Annotated[State, Ui(label="State", column=13, form=False)] = State.DRAFT


class Acknowledgement(Record):
    """That somebody has read a version of a policy.

    Attributes:
        by: who said so: they themselves, or HR of a signature on paper.
    """

    COLLECTION: ClassVar[str] = "acknowledgements"

    policy: Annotated[int, Ui(label="Policy", column=17, ref="policies", form=False)]
    version: Annotated[int, Field(ge=1), Ui(label="Version", column=7, form=False)]
    person: Annotated[int, Ui(label="Who", column=14, ref="people", form=False)]
    at: Annotated[When, Ui(label="When", column=16, form=False)]
    by: Annotated[int | None, Ui(label="Written down by", ref="people", form=False)] = None
    note: Annotated[Line, Ui(label="Note", column=10, form=False)] = ""
