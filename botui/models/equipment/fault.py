"""The shape of what is broken, of the log of the work on it, and of first-line guides."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar, Final

from pydantic import Field

from botui.models.base import Choice, Line, Prose, Record, Ui, When, Words
from botui.models.equipment.severity import Severity
from botui.models.office import Money, Name
from botui.models.tickets.shape import MINUTES_MAX, STEPS_MAX, Step


class State(Choice):
    """Where a fault is in its life."""

    REPORTED = "reported", "reported"
    LOOKING = "looking", "being looked at"
    WAITING = "waiting", "waiting"
    TESTING = "testing", "testing"
    FIXED = "fixed", "fixed"
    NOT_REPRODUCED = "not_reproduced", "not reproduced"
    WRITTEN_OFF = "written_off", "written off"
    JOINED = "joined", "joined"


OPEN: Final = frozenset({State.REPORTED, State.LOOKING, State.WAITING, State.TESTING})
"""States in which there is still something to do."""


class WaitFor(Choice):
    """What the repair waits for."""

    PART = "part", "a part"
    QUOTE = "quote", "a quote"
    VENDOR = "vendor", "the vendor"


class Fault(Record):
    """Something does not work: who said so, who sees to it, what it waits for, and what it cost until it worked again.

    Each who reported it has a ticket of their own (``Ticket.fault``), which is kept in step with it.

    Attributes:
        requester: who reported it first; None = a guest, whose name is with their ticket, as all may read faults.
        stops: the thing cannot be used meanwhile, so that its status is "in repair".
        reports: how often it was reported: those who reported it later joined it.
        due: until when it is to be fixed, by its severity, in office time.
        down_since: since when the thing cannot be used; None = it can. ``downtime``: seconds of office time that it
            could not be used, over now.
        minutes, cost: worked on it, and what it cost in the office's currency: the sums of its log of work.
        under_warranty: it was, on the day this was reported.
        outcome: how it was fixed, or why not.
        by_guide: the steps of the first-line guide were enough.
        joined_into: the other fault that this one is the same as.
        another: typed only, never kept: it is filed although a fault of the same asset is open.
    """

    COLLECTION: ClassVar[str] = "faults"

    what: Annotated[Line, Field(min_length=1), Ui(label="What is wrong", column=24)]
    asset: Annotated[
        int | None, Ui(label="Asset", column=16, ref="assets", help="Its tag or name; scan it. Empty = see place.")
    ] = None
    place: Annotated[int | None, Ui(label="Where", column=12, wide=True, ref="places", help="Empty = the asset's.")] = (
        None
    )
    body: Annotated[Prose, Ui(label="More about it", rows=3)] = ""
    severity: Annotated[
        Severity | None, Ui(label="How bad", column=16, wide=True, help="Empty = as the category says.")
    ] = None
    stops: Annotated[bool, Ui(label="Cannot be used", help="n: it still works, more or less.")] = True
    requester: Annotated[int | None, Ui(label="Reported by", ref="people", help="Empty = you.")] = None
    vendor: Annotated[int | None, Ui(label="Vendor", ref="parties", help="Who repairs it.")] = None
    another: Annotated[bool | None, Ui(label="Another fault", help="y: it is not what was reported of it already.")] = (
        None
    )

    state: Annotated[State, Ui(label="State", column=15, form=False)] = State.REPORTED
    owner: Annotated[int | None, Ui(label="Who has it", column=12, ref="people", form=False)] = None
    waiting_for: Annotated[WaitFor | None, Ui(label="Waiting for", form=False)] = None
    waiting_until: Annotated[When | None, Ui(label="Until", form=False)] = None
    due: Annotated[When | None, Ui(label="Fixed by", form=False)] = None
    guide: Annotated[int | None, Ui(label="Guide", ref="guides", form=False)] = None
    checklist: Annotated[tuple[Step, ...], Field(max_length=STEPS_MAX), Ui(label="First steps", form=False)] = ()
    by_guide: Annotated[bool, Ui(label="Fixed by the guide", form=False)] = False
    outcome: Annotated[Prose, Ui(label="Outcome", form=False)] = ""
    reports: Annotated[int, Field(ge=1), Ui(label="Reported times", form=False)] = 1
    under_warranty: Annotated[bool, Ui(label="Under warranty", form=False)] = False
    created_at: Annotated[When | None, Ui(label="Reported", form=False)] = None
    created_by: Annotated[int | None, Ui(label="Taken down by", ref="people", form=False)] = None
    looked_at: Annotated[When | None, Ui(label="First looked at", form=False)] = None
    closed_at: Annotated[When | None, Ui(label="Done", form=False)] = None
    down_since: Annotated[When | None, Ui(label="Cannot be used since", form=False)] = None
    downtime: Annotated[int, Field(ge=0)] = 0
    minutes: Annotated[int, Field(ge=0), Ui(label="Minutes worked", form=False)] = 0
    cost: Annotated[Decimal, Field(ge=0, decimal_places=2), Ui(label="Cost", form=False)] = Decimal(0)
    reopened: Annotated[int, Field(ge=0), Ui(label="Times reopened", form=False)] = 0
    joined_into: Annotated[int | None, Ui(label="Joined with", ref="faults", form=False)] = None

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do."""
        return self.state in OPEN


class WorkKind(Choice):
    """What an entry of the log is about."""

    NOTE = "note", "note"
    VISIT = "visit", "vendor visit"
    QUOTE = "quote", "quote"
    PART = "part", "part"
    COST = "cost", "cost"
    SERVICE = "service", "maintenance"


SPENT: Final = frozenset({WorkKind.VISIT, WorkKind.PART, WorkKind.COST, WorkKind.SERVICE})
"""Kinds whose amount was spent: a quote is none until it is paid."""


class Work(Record):
    """One entry of the log of work: what was done on a fault, or for a maintenance plan, or else with an asset.

    It is never changed and never removed; ``takes_back`` is one that takes another one back.

    Attributes:
        minutes: worked on it, with sign: below zero they take back what another entry says.
        amount: in the office's currency, with sign, as minutes.
        item, quantity, movement: the part, how many base units of it, and the movement of stock by which it left.
        due_on: of maintenance: the day it was due.
    """

    COLLECTION: ClassVar[str] = "worklog"

    kind: Annotated[WorkKind, Ui(label="Kind", column=12)] = WorkKind.NOTE
    text: Annotated[Line, Ui(label="Text", column=28)] = ""
    fault: Annotated[int | None, Ui(label="Fault", wide=True, column=10, ref="faults")] = None
    plan: Annotated[int | None, Ui(label="Plan", wide=True, column=10, ref="plans")] = None
    asset: Annotated[int | None, Ui(label="Asset", wide=True, column=16, ref="assets")] = None
    minutes: Annotated[int, Field(ge=-MINUTES_MAX, le=MINUTES_MAX), Ui(label="Minutes worked")] = 0
    amount: Annotated[
        Decimal | None,
        Field(ge=Decimal("-9999999.99"), le=Decimal("9999999.99"), decimal_places=2),
        Ui(label="Amount", column=10),
    ] = None
    party: Annotated[int | None, Ui(label="Vendor", wide=True, column=14, ref="parties")] = None
    item: Annotated[int | None, Ui(label="Part", ref="items")] = None
    quantity: Annotated[int, Field(ge=0), Ui(label="Quantity")] = 0
    movement: Annotated[int | None, Ui(label="Movement", ref="movements")] = None
    due_on: Annotated[Line, Field(max_length=10), Ui(label="Was due on")] = ""
    takes_back: Annotated[int | None, Ui(label="Takes back", ref="worklog")] = None
    at: Annotated[When | None, Ui(label="When", column=16)] = None
    by: Annotated[int | None, Ui(label="Who", column=10, ref="people")] = None


class Guide(Record):
    """What somebody tries first when a thing of a category does not work: steps, ticked one by one.

    Attributes:
        words: words of a report by which it is found, such as "jam".
        category: of what; None = of anything.
        steps: one a line.
    """

    COLLECTION: ClassVar[str] = "guides"

    name: Annotated[Name, Ui(label="Name", column=24, help="Such as Paper jam.")]
    category: Annotated[int | None, Ui(label="Category", column=16, ref="categories")] = None
    words: Annotated[Words, Ui(label="Found by words", column=20, help="In what is reported; commas between.")] = ()
    steps: Annotated[Prose, Field(min_length=1, max_length=2000), Ui(label="Steps", rows=5, help="One a line.")]
    active: Annotated[bool, Ui(label="In use")] = True


AmountSpent = Annotated[Money | None, Ui(label="Amount", help="In the office's currency; empty = none.")]
"""What something cost, as a verb asks for it."""
