"""The shape of licences and subscriptions, and of who has a seat in them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar, Final

from pydantic import BaseModel, ConfigDict, Field

from botui.models.base import Choice, Line, Prose, Record, Ui, When, plural
from botui.models.office import Codes, Money, Name

NOTICES: Final = (90, 30, 7)
"""Days before its renewal, or before the last day to cancel, on which the owner is told: once each (issue 6)."""


class State(Choice):
    """Whether it runs."""

    ACTIVE = "active", "active"
    EXPIRING = "expiring", "expiring"
    EXPIRED = "expired", "expired"
    CANCELLED = "cancelled", "cancelled"


RUNNING: Final = frozenset({State.ACTIVE, State.EXPIRING})
"""States in which it can be used."""


class Period(Choice):
    """How often it is paid."""

    MONTH = "month", "every month"
    QUARTER = "quarter", "every quarter"
    YEAR = "year", "every year"
    TWO_YEARS = "two-years", "every 2 years"
    THREE_YEARS = "three-years", "every 3 years"
    ONCE = "once", "once"

    @property
    def months(self) -> int:
        """Calendar months in it; 0 = it is paid once."""
        return {"month": 1, "quarter": 3, "year": 12, "two-years": 24, "three-years": 36, "once": 0}[self.value]


TERMS_MAX: Final = 60
"""Terms that a licence remembers: five years of one that is paid every month."""


class Term(BaseModel):
    """A term for which a licence was renewed.

    It stands in the licence and not in the log of work, because what is paid for licences is not for everybody.

    Attributes:
        until: the last day of the term; ``at``: when it was renewed, ``by``: who did; None = by itself.
        cost, seats: as they were then.
    """

    model_config = ConfigDict(defer_build=True, frozen=True)

    until: date
    at: When
    by: int | None = None
    cost: Money | None = None
    seats: int | None = None

    def __str__(self) -> str:
        cost = "" if self.cost is None else f", {self.cost:,.2f}"
        seats = "" if self.seats is None else f", {plural(self.seats, 'seat')}"
        return f"until {self.until}{cost}{seats}{'' if self.by else ', by itself'}"


class Agreement(Record):
    """What runs until a day and ends or goes on then, and whose owner is told of that in time: licences, contracts.

    Attributes:
        renews_on: the day it ends, or goes on by itself (``auto_renew``); None = it never ends.
        notice_days: calendar days before that by which it is to be cancelled; ``cancel_by``: the last day for it.
        owner: who is told in time.
        noticed: which of ``NOTICES`` was given last, in days; None = none yet. ``seen_at``: when the owner saw it.
        terms: for what it was renewed, the oldest first.
        until: of a cancelled one, the last day on which it holds.
    """

    if TYPE_CHECKING:  # each says in its own words, and in its own order, what these are
        name: str
        cost: Money | None
        started_on: date | None
        renews_on: date | None
        notice_days: int
        auto_renew: bool
        owner: int | None
        state: State
        cancel_by: date | None
        noticed: int | None
        seen_at: When | None
        renewed_at: When | None
        cancelled_at: When | None
        terms: tuple[Term, ...]
        until: date | None
        reason: str

    @property
    def term_months(self) -> int:
        """Calendar months of the next term; 0 = it has none."""
        raise NotImplementedError


class Licence(Agreement):
    """Something that the office may use for as long as it pays: software, a service, a certificate, a contract for it.

    Attributes:
        seats: how many may use it; None = as many as like. ``used``: open seats.
        cost: per period, in the office's currency; ``per_seat``: for each seat of ``seats``.
    """

    COLLECTION: ClassVar[str] = "licences"

    name: Annotated[Name, Ui(label="Name", column=24)]
    vendor: Annotated[int | None, Ui(label="Vendor", column=14, wide=True, ref="parties", batch=True)] = None
    plan: Annotated[Line, Field(max_length=60), Ui(label="Plan or edition")] = ""
    seats: Annotated[int | None, Field(ge=1, le=1_000_000), Ui(label="Seats", column=6, help="Empty = no limit.")] = (
        None
    )
    cost: Annotated[Money | None, Ui(label="Cost", column=10, help="For one period.")] = None
    per: Annotated[Period, Ui(label="Paid", column=13, wide=True, batch=True)] = Period.YEAR
    per_seat: Annotated[bool, Ui(label="Cost is for one seat", help="y: it is paid for each seat.")] = False
    started_on: Annotated[date | None, Ui(label="Since")] = None
    renews_on: Annotated[date | None, Ui(label="Ends or renews", column=10, help="Empty = never.")] = None
    notice_days: Annotated[
        int, Field(ge=0, le=730), Ui(label="Notice in days", help="How long before it must be cancelled.")
    ] = 0
    auto_renew: Annotated[bool, Ui(label="Renews by itself")] = False
    owner: Annotated[int | None, Ui(label="Who sees to it", column=12, ref="people", batch=True)] = None
    department: Annotated[int | None, Ui(label="Cost centre", ref="departments", batch=True)] = None
    codes: Annotated[Codes, Ui(label="Numbers", help="Contract, order or SKU; commas between.")] = ()
    note: Annotated[Prose, Ui(label="Note", rows=2, help="No passwords, no keys: everybody here reads it.")] = ""

    state: Annotated[State, Ui(label="State", column=10, form=False)] = State.ACTIVE
    used: Annotated[int, Field(ge=0), Ui(label="Seats given", column=6, wide=True, form=False)] = 0
    cancel_by: Annotated[date | None, Ui(label="Cancel by", column=10, wide=True, form=False)] = None
    noticed: Annotated[int | None, Ui(label="Told days ahead", form=False)] = None
    seen_at: Annotated[When | None, Ui(label="Seen", form=False)] = None
    renewed_at: Annotated[When | None, Ui(label="Renewed last", form=False)] = None
    cancelled_at: Annotated[When | None, Ui(label="Cancelled", form=False)] = None
    terms: Annotated[tuple[Term, ...], Field(max_length=TERMS_MAX), Ui(label="Renewed so far", form=False)] = ()
    until: Annotated[date | None, Ui(label="Usable until", form=False)] = None
    reason: Annotated[Line, Ui(label="Why", form=False)] = ""
    created_at: Annotated[When | None, Ui(label="Filed", form=False)] = None
    imported: Annotated[Prose, Ui(label="Notes of the import", form=False)] = ""

    @property
    def term_months(self) -> int:
        """Calendar months for which it is paid; 0 = once for all time."""
        return self.per.months


class Seat(Record):
    """Somebody, or a machine, has a seat of a licence: exactly one of ``person`` and ``asset`` is set.

    It is never edited: taking it back ends it (``back_at``).

    Attributes:
        what: the name of the licence, because whoever has a seat may not see what is paid for it.
    """

    COLLECTION: ClassVar[str] = "seats"

    licence: Annotated[int, Ui(label="Licence", ref="licences")]
    what: Annotated[Line, Field(max_length=80), Ui(label="Seat of", column=20)] = ""
    person: Annotated[int | None, Ui(label="Who has it", column=18, ref="people")] = None
    asset: Annotated[int | None, Ui(label="On the machine", column=16, ref="assets")] = None
    at: Annotated[When | None, Ui(label="Since", wide=True, column=16)] = None
    by: Annotated[int | None, Ui(label="Given by", ref="people")] = None
    note: Annotated[Line, Ui(label="Note", column=12)] = ""
    back_at: Annotated[When | None, Ui(label="Taken back", wide=True, column=16)] = None
    back_by: Annotated[int | None, Ui(label="Taken back by", ref="people")] = None
