"""The shapes of leave: its types, what is asked for, the ledger of what somebody has, and who is away when."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, ClassVar, Final

from pydantic import AfterValidator, Field

from botui.models.base import Choice, Line, Record, Ui, When
from botui.models.office import Name

Amount = Annotated[Decimal, Field(ge=-9999, le=9999, decimal_places=2)]
"""Days or hours, as the type counts; what is used is below zero."""
_LEAP_YEAR: Final = 2000
"""A year that has every day there is."""


def _day_of_a_year(value: str) -> str:
    if not value:
        return ""
    try:
        return f"{date.fromisoformat(f'{_LEAP_YEAR}-{value}'):%m-%d}"
    except ValueError:
        raise ValueError("Write a month and a day like 03-31.") from None


DayOfYear = Annotated[Line, Field(max_length=5), AfterValidator(_day_of_a_year)]
"""A month and a day, such as ``03-31``."""


class Per(Choice):
    """How often an allowance is granted."""

    YEAR = "year", "a year"
    MONTH = "month", "a month"
    NEVER = "never", "by hand"


class Unit(Choice):
    """What a type of leave is counted in."""

    DAYS = "days", "days"
    HOURS = "hours", "hours"


class Chain(Choice):
    """Who approves leave of a type, one after the other."""

    NONE = "none", "nobody"
    MANAGER = "manager", "the manager"
    BOTH = "both", "the manager, then HR"


class LeaveType(Record):
    """A type of leave, with the office's rules for it.

    Attributes:
        allowance: how much is granted each ``per``, in ``unit``; in the year of entry in proportion.
        carry: how much of it goes into the next year at most; None = all of it; 0 = nothing.
        carry_until: month and day (``03-31``) on which the rest of what was carried is lost; empty = never.
        notice: calendar days before its first day by which it is to be asked for.
        proof_from: working days from which on an attachment is wanted; None = never.
        longest: working days in a row at most.
        below_zero: how far below zero the balance may go, in ``unit``.
        counted: whether there is a balance at all (of sick leave or unpaid leave there is none).
        part_time: whether who works on fewer days a week than the office gets less of it.
        in_lieu: whether it is credited by hand for time worked.
        since: the first day for which the clock grants; what was due before stands in opening balances.
        reckoned: up to which day the clock has closed years and let carried leave lapse.
    """

    COLLECTION: ClassVar[str] = "leavetypes"

    name: Annotated[Name, Ui(label="Type", column=24)]
    counted: Annotated[bool, Ui(label="Has a balance")] = True
    allowance: Annotated[
        Decimal, Field(ge=0, le=9999, decimal_places=2), Ui(label="Allowance", column=9, help="Days or hours.")
    ] = Decimal(0)
    per: Annotated[Per, Ui(label="Granted", column=8)] = Per.YEAR
    unit: Annotated[Unit, Ui(label="Counted in", column=10)] = Unit.DAYS
    carry: Annotated[
        Decimal | None,
        Field(ge=0, le=9999, decimal_places=2),
        Ui(label="Carried over", column=12, wide=True, help="Into the next year at most; empty = all of it."),
    ] = None
    carry_until: Annotated[
        DayOfYear, Ui(label="Carried until", help="Month and day, such as 03-31; empty = for ever.")
    ] = ""
    notice: Annotated[int, Field(ge=0, le=365), Ui(label="Days ahead", help="To be asked for so early.")] = 0
    proof_from: Annotated[
        int | None, Field(ge=1, le=365), Ui(label="Paper from day", help="From so many days on; empty = never.")
    ] = None
    longest: Annotated[int | None, Field(ge=1, le=365), Ui(label="Days in a row", help="At most.")] = None
    below_zero: Annotated[
        Decimal, Field(ge=0, le=9999, decimal_places=2), Ui(label="Below zero", help="How far; 0 = not at all.")
    ] = Decimal(0)
    paid: Annotated[bool, Ui(label="Paid")] = True
    chain: Annotated[Chain, Ui(label="Who approves", column=14, wide=True)] = Chain.MANAGER
    part_time: Annotated[bool, Ui(label="Less part-time", help="In proportion to the days they work.")] = True
    in_lieu: Annotated[bool, Ui(label="In lieu", help="y = credited for time worked.")] = False
    since: Annotated[date | None, Ui(label="Granted since", help="Empty = since 1 January.")] = None
    note: Annotated[Line, Ui(label="Note", help="Such as where the figures come from.")] = ""
    active: Annotated[bool, Ui(label="In use")] = True
    reckoned: Annotated[date | None, Ui(label="Reckoned until", form=False)] = None


class Part(Choice):
    """Which part of a day."""

    WHOLE = "whole", "whole days"
    MORNING = "morning", "first half"
    AFTERNOON = "afternoon", "second half"


class State(Choice):
    """How far a leave is."""

    ASKED = "asked", "to approve"
    APPROVED = "approved", "approved"
    TAKEN = "taken", "taken"
    REFUSED = "refused", "refused"
    CANCELLED = "cancelled", "cancelled"


ALIVE: Final = frozenset({State.ASKED, State.APPROVED, State.TAKEN})
"""States in which the days are somebody's: no other leave lies on them."""


class Leave(Record):
    """Somebody wants, has or had leave.

    Attributes:
        person: whose; whoever files it, if nobody is named.
        starts, ends: the first and the last day; empty ``ends`` = one day.
        part: of a single day; ``hours``: instead, where the type is counted in hours.
        amount: what it takes of the balance, in the unit of its type; reckoned, never typed.
        approver: who is asked now; ``hr_too``: HR is asked after them; ``agreed_by``: who said yes before HR.
        proof: its type wants an attachment for so many days; ``document``: that.
        decided_for: whom who decided stood in for.
        cut: the first day back, where it ended before its last day: the rest was given back.
    """

    COLLECTION: ClassVar[str] = "leave"

    type: Annotated[int, Ui(label="Type", column=13, ref="leavetypes")]
    starts: Annotated[date, Ui(label="From", column=10, help="Such as mon, 1412, mon..fri.")]
    ends: Annotated[date | None, Ui(label="Until", column=10, help="The last day away; empty = one day.")] = None
    part: Annotated[Part, Ui(label="Part", help="whole, morning or afternoon.")] = Part.WHOLE
    hours: Annotated[
        Decimal | None, Field(gt=0, le=24, decimal_places=2), Ui(label="Hours", help="Of one day, instead of a part.")
    ] = None
    stand_in: Annotated[int | None, Ui(label="Stand-in", ref="people", help="Who acts for you.")] = None
    reason: Annotated[Line, Ui(label="Why", help="Only you, who approves and HR see it.")] = ""
    person: Annotated[int | None, Ui(label="For", column=16, ref="people", help="Empty = for you.")] = None

    state: Annotated[State, Ui(label="State", column=10, form=False)] = State.ASKED
    amount: Annotated[Decimal, Ui(label="Takes", column=6, form=False)] = Decimal(0)
    approver: Annotated[int | None, Ui(label="Who approves", column=16, wide=True, ref="people", form=False)] = None
    hr_too: Annotated[bool, Ui(label="Then HR", form=False)] = False
    proof: Annotated[bool, Ui(label="Paper wanted", form=False)] = False
    document: Annotated[int | None, Ui(label="Paper", ref="documents", form=False)] = None
    agreed_by: Annotated[int | None, Ui(label="Agreed by", ref="people", form=False)] = None
    decided_by: Annotated[int | None, Ui(label="Decided by", ref="people", form=False)] = None
    decided_for: Annotated[int | None, Ui(label="Decided for", ref="people", form=False)] = None
    decided_at: Annotated[When | None, Ui(label="Decided", form=False)] = None
    answer: Annotated[Line, Ui(label="Why not", form=False)] = ""
    cut: Annotated[date | None, Ui(label="Back on", form=False)] = None
    created_at: Annotated[When | None, Ui(label="Asked", form=False)] = None
    created_by: Annotated[int | None, Ui(label="Asked by", ref="people", form=False)] = None

    @property
    def last(self) -> date:
        """The last day of it."""
        return self.ends or self.starts

    @property
    def until(self) -> date:
        """The last day on which they are really away: the day before they were back, where that is earlier."""
        return self.last if self.cut is None else min(self.last, self.cut - timedelta(days=1))


class Why(Choice):
    """Why a line stands in the ledger of leave."""

    OPENING = "opening", "opening balance"
    ALLOWANCE = "allowance", "allowance"
    CARRIED = "carried", "carried over"
    EXPIRED = "expired", "lost"
    USED = "used", "used"
    BACK = "back", "given back"
    LIEU = "lieu", "time worked"
    CORRECTION = "correction", "corrected"
    PAID_OUT = "paid_out", "paid out"


class LeaveEntry(Record):
    """One line of the ledger of leave; nothing leaves it, what was wrong is written against.

    Attributes:
        type: the type of leave; ``year``: the leave year whose balance it is part of (that of the calendar).
        on: the day from which it counts; ``amount``: what it adds, below zero what it takes.
        leave: the leave it is of; ``reverses``: the line that it takes back.
        key: what is reckoned by the rules of its type, such as ``allowance 2026-01``; empty = somebody wrote it.
    """

    COLLECTION: ClassVar[str] = "leavebook"

    person: Annotated[int, Ui(label="Person", column=18, ref="people")]
    type: Annotated[int, Ui(label="Type", column=16, ref="leavetypes")]
    amount: Annotated[Amount, Ui(label="Amount", column=8, help="Days or hours; below zero takes away.")]
    on: Annotated[date | None, Ui(label="From", column=10, help="Empty = today.")] = None
    why: Annotated[Why, Ui(label="What for", column=14)] = Why.CORRECTION
    note: Annotated[Line, Ui(label="Note")] = ""

    year: Annotated[int, Ui(label="Year", column=5, form=False)] = 0
    leave: Annotated[int | None, Ui(label="Leave", ref="leave", form=False)] = None
    reverses: Annotated[int | None, Ui(label="Takes back", ref="leavebook", form=False)] = None
    key: Annotated[Line, Field(max_length=40), Ui(label="Granted for", form=False)] = ""
    at: Annotated[When | None, Ui(label="Written", form=False)] = None
    by: Annotated[int | None, Ui(label="Written by", ref="people", form=False)] = None


class Absence(Record):
    """Somebody is away: who and when, never why. All who work here see it; only the rules of leave write it.

    Attributes:
        leave: the number of the leave it comes of.
        begun_at, ended_at: when it was shown in the directory that they are away, and back; None = not yet.
    """

    COLLECTION: ClassVar[str] = "absences"

    person: Annotated[int, Ui(label="Who is away", column=22, ref="people")]
    starts: Annotated[date, Ui(label="From", column=10)]
    ends: Annotated[date, Ui(label="Until", column=10)]
    part: Annotated[Part, Ui(label="Part", column=12)] = Part.WHOLE
    hours: Annotated[Decimal | None, Ui(label="Hours", column=6)] = None
    leave: Annotated[int, Ui(label="Leave", form=False)] = 0
    begun_at: Annotated[When | None, Ui(label="Began", form=False)] = None
    ended_at: Annotated[When | None, Ui(label="Ended", form=False)] = None

    @property
    def all_day(self) -> bool:
        """Whether they are away all day."""
        return self.part is Part.WHOLE and self.hours is None
