"""The shape of the access register: who may do what in which system, or go through which door."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Final

from pydantic import Field

from botui.models.base import Choice, Line, Record, Ui, When
from botui.models.office import Codes


class State(Choice):
    """How far it is."""

    ASKED = "asked", "to approve"
    APPROVED = "approved", "to give"
    GIVEN = "given", "given"
    REVIEWED = "reviewed", "reviewed"
    REMOVED = "removed", "removed"
    REFUSED = "refused", "refused"
    CANCELLED = "cancelled", "cancelled"


HAS: Final = frozenset({State.GIVEN, State.REVIEWED})
"""States in which somebody has the access."""
REVIEW_MONTHS: Final = 12
"""Calendar months after which an access is to be looked at again, where nobody says otherwise: once a year."""


class Access(Record):
    """Somebody wants, has or had access to a system or a door, at a level.

    Attributes:
        person: for whom; whoever files it, if nobody is named.
        system: the system or door, in the office's words; ``level``: as what, such as reader or administrator.
        until: the last day; None = until it is taken away.
        approver: who is asked; ``approved_by``: who said yes or no, ``approved_for``: for whom they stood in.
        review_on: the day by which it is to be looked at again.
        codes: what other systems call the requests by which it was given, changed or taken away.
    """

    COLLECTION: ClassVar[str] = "access"

    person: Annotated[int | None, Ui(label="For", column=16, ref="people", help="Empty = for you.")] = None
    system: Annotated[
        Line,
        Field(min_length=1, max_length=60),
        Ui(label="System or door", column=20, used="access.system", batch=True),
    ]
    level: Annotated[Line, Field(max_length=40), Ui(label="As", column=12, used="access.level", batch=True)] = ""
    why: Annotated[Line, Ui(label="Why", wide=True, column=20)] = ""
    until: Annotated[date | None, Ui(label="Until", help="Empty = until it is taken away.")] = None
    approver: Annotated[
        int | None, Ui(label="Who approves", ref="people", help="Empty = the manager of whom it is for.")
    ] = None

    state: Annotated[State, Ui(label="State", column=11, form=False)] = State.ASKED
    created_at: Annotated[When | None, Ui(label="Asked", form=False)] = None
    created_by: Annotated[int | None, Ui(label="Asked by", ref="people", form=False)] = None
    approved_by: Annotated[int | None, Ui(label="Decided by", ref="people", form=False)] = None
    approved_for: Annotated[int | None, Ui(label="Decided for", ref="people", form=False)] = None
    approved_at: Annotated[When | None, Ui(label="Decided", form=False)] = None
    given_at: Annotated[When | None, Ui(label="Given", form=False)] = None
    given_by: Annotated[int | None, Ui(label="Given by", ref="people", form=False)] = None
    reviewed_at: Annotated[When | None, Ui(label="Looked at", wide=True, column=16, form=False)] = None
    reviewed_by: Annotated[int | None, Ui(label="Looked at by", ref="people", form=False)] = None
    review_on: Annotated[date | None, Ui(label="Look again by", column=10, form=False)] = None
    removed_at: Annotated[When | None, Ui(label="Taken away", form=False)] = None
    removed_by: Annotated[int | None, Ui(label="Taken away by", ref="people", form=False)] = None
    reason: Annotated[Line, Ui(label="Why not, or not any more", form=False)] = ""
    codes: Annotated[Codes, Ui(label="Other numbers", form=False)] = ()
    imported: Annotated[Line, Ui(label="Notes of the import", form=False)] = ""
