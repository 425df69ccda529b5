"""The shape of contracts, leases, insurances and permits: with whom, for how much, until when, where the copy is."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from botui.models.base import Choice, Line, Prose, Ui, When
from botui.models.equipment.licence import TERMS_MAX, Agreement, Period, State, Term
from botui.models.office import Codes, Money, Name


class Sort(Choice):
    """What it is."""

    CONTRACT = "contract", "contract"
    LEASE = "lease", "lease"
    INSURANCE = "insurance", "insurance"
    PERMIT = "permit", "permit"


class Contract(Agreement):
    """What binds the office until a day, or lets it do something until then; its dates are as in ``Agreement``.

    Attributes:
        cost: what is paid for a period (``per``), or the value of what is for once, in the office's currency.
        renews_for: for how long it goes on when it is renewed.
        document: the signed copy, which says where it stands and who has it.
    """

    COLLECTION: ClassVar[str] = "contracts"

    name: Annotated[Name, Ui(label="Name", column=24)]
    sort: Annotated[Sort, Ui(label="What it is", column=10, wide=True, batch=True)] = Sort.CONTRACT
    party: Annotated[int | None, Ui(label="With whom", column=16, ref="parties", batch=True)] = None
    codes: Annotated[Codes, Ui(label="Numbers", help="Contract or policy number; commas between.")] = ()
    cost: Annotated[Money | None, Ui(label="Value", column=11, help="For one period.")] = None
    per: Annotated[Period, Ui(label="Paid", column=13, wide=True, batch=True)] = Period.YEAR
    started_on: Annotated[date | None, Ui(label="Since")] = None
    renews_on: Annotated[date | None, Ui(label="Ends or renews", column=10, help="Its last day; empty = never.")] = None
    notice_days: Annotated[
        int, Field(ge=0, le=730), Ui(label="Notice in days", help="How long before it must be cancelled.")
    ] = 0
    auto_renew: Annotated[bool, Ui(label="Renews by itself")] = False
    renews_for: Annotated[Period, Ui(label="Renewed for", help="How long the next term is.")] = Period.YEAR
    owner: Annotated[int | None, Ui(label="Who sees to it", column=12, ref="people", batch=True)] = None
    department: Annotated[int | None, Ui(label="Cost centre", ref="departments", batch=True)] = None
    document: Annotated[int | None, Ui(label="Signed copy", ref="documents", help="Such as D-12.")] = None
    note: Annotated[Prose, Ui(label="Note", rows=2)] = ""

    state: Annotated[State, Ui(label="State", column=10, form=False)] = State.ACTIVE
    cancel_by: Annotated[date | None, Ui(label="Cancel by", column=10, wide=True, form=False)] = None
    noticed: Annotated[int | None, Ui(label="Told days ahead", form=False)] = None
    seen_at: Annotated[When | None, Ui(label="Seen", form=False)] = None
    renewed_at: Annotated[When | None, Ui(label="Renewed last", form=False)] = None
    cancelled_at: Annotated[When | None, Ui(label="Cancelled", form=False)] = None
    terms: Annotated[tuple[Term, ...], Field(max_length=TERMS_MAX), Ui(label="Renewed so far", form=False)] = ()
    until: Annotated[date | None, Ui(label="Holds until", form=False)] = None
    reason: Annotated[Line, Ui(label="Why", form=False)] = ""
    created_at: Annotated[When | None, Ui(label="Filed", form=False)] = None

    @property
    def term_months(self) -> int:
        """Calendar months of its next term; 0 = it has none."""
        return self.renews_for.months
