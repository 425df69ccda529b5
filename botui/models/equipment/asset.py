"""The shape of what the office owns: machines, tools, door keys, furniture; and of the categories they are of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field

from botui.models.base import Choice, Line, Prose, Record, Ui, When
from botui.models.equipment.severity import Severity
from botui.models.office import Codes, Money, Name


class Status(Choice):
    """What an asset is fit for now; it follows from what happens to it (``status_of``)."""

    READY = "ready", "ready"
    IN_USE = "in_use", "in use"
    ON_LOAN = "on_loan", "on loan"
    IN_REPAIR = "in_repair", "in repair"
    OUT = "out", "out of service"
    LOST = "lost", "lost"
    RETIRED = "retired", "retired"


class Fate(Choice):
    """Why an asset is not there to be used, whatever else it is."""

    OUT = "out", "out of service"
    LOST = "lost", "lost"
    RETIRED = "retired", "retired"


class Category(Record):
    """A sort of asset, and what the office does with all of that sort.

    Attributes:
        confirm: whoever receives one says so with their own PIN.
        bookable: it is shared, and booked for a time (projector, car).
        loan_days: calendar days that one is lent for, where nobody says otherwise; None = without a day.
        audit_months: calendar months after which it is to be seen again; None = never by itself.
        life_months: calendar months from purchase to end of life; None = not known.
        severity: of a fault of one, where nobody says otherwise.
    """

    COLLECTION: ClassVar[str] = "categories"

    name: Annotated[Name, Ui(label="Name", column=26)]
    confirm: Annotated[bool, Ui(label="PIN on receipt", column=14, help="y: whoever gets one gives their PIN.")] = False
    bookable: Annotated[bool, Ui(label="Can be booked", column=13, help="y: shared, such as a projector.")] = False
    loan_days: Annotated[
        int | None, Field(ge=1, le=3_650), Ui(label="Lent for days", help="Empty = for as long as it is needed.")
    ] = None
    audit_months: Annotated[
        int | None, Field(ge=1, le=120), Ui(label="Seen every months", help="It is to be seen that often; empty = no.")
    ] = None
    life_months: Annotated[
        int | None, Field(ge=1, le=600), Ui(label="Lasts months", help="From purchase to end of life.")
    ] = None
    severity: Annotated[Severity, Ui(label="When broken", column=16)] = Severity.S3
    note: Annotated[Prose, Ui(label="Note", rows=2)] = ""
    codes: Annotated[Codes, Ui(label="Other codes", help="What other systems call it; commas between.")] = ()
    active: Annotated[bool, Ui(label="In use")] = True


class Asset(Record):
    """One thing that the office owns: which it is, where it belongs, who has it, and what it cost.

    Who has it comes of its open loan, and so are ``holder``, ``at_place``, ``inside``, ``due`` and ``loan`` (at most
    one of the first three is set). Amounts are in the office's currency.

    Attributes:
        tag: the number on its label, unique; empty when it is filed = its reference.
        home: where it belongs; ``place``: where it was put or seen last, while nobody has it.
        instead: what to use while it is broken.
        fate: out of service, lost or retired; None = none of it.
        stopped: open faults because of which it cannot be used; ``open_faults``: all that are open.
        faults: all that were ever reported of it, but those joined with another.
        cost: what repairs and maintenance cost so far, without its price: the sum of its log of work.
        minutes: minutes worked on it so far.
        audited_at: when it was seen last; ``next_audit``: the day by which it is to be seen again.
    """

    COLLECTION: ClassVar[str] = "assets"

    tag: Annotated[Line, Field(max_length=40), Ui(label="Tag", column=10, help="On its label; empty = A- number.")] = ""
    name: Annotated[Name, Ui(label="Name", column=20)]
    category: Annotated[int | None, Ui(label="Category", column=12, wide=True, ref="categories", batch=True)] = None
    maker: Annotated[Line, Field(max_length=40), Ui(label="Made by", batch=True, used="assets.maker")] = ""
    model: Annotated[
        Line, Field(max_length=60), Ui(label="Model", column=16, wide=True, batch=True, used="assets.model")
    ] = ""
    serial: Annotated[
        Line, Field(max_length=60), Ui(label="Serial number", column=16, wide=True, help="No two have the same.")
    ] = ""
    home: Annotated[int | None, Ui(label="Belongs in", ref="places", batch=True)] = None
    department: Annotated[int | None, Ui(label="Department", ref="departments", batch=True)] = None
    bought_on: Annotated[date | None, Ui(label="Bought on", batch=True)] = None
    price: Annotated[Money | None, Ui(label="Price", batch=True)] = None
    supplier: Annotated[int | None, Ui(label="Bought from", ref="parties", batch=True)] = None
    order: Annotated[int | None, Ui(label="Order", ref="orders", batch=True)] = None
    warranty_until: Annotated[date | None, Ui(label="Warranty until", batch=True)] = None
    life_until: Annotated[date | None, Ui(label="End of life", help="Empty = as its category says.", batch=True)] = None
    support_until: Annotated[date | None, Ui(label="Support ends", batch=True)] = None
    instead: Annotated[int | None, Ui(label="Use instead", ref="assets", help="While it is broken.")] = None
    codes: Annotated[Codes, Ui(label="Barcodes", help="Other codes on it; commas between.")] = ()
    note: Annotated[Prose, Ui(label="Note", rows=2)] = ""

    status: Annotated[Status, Ui(label="Status", column=14, form=False)] = Status.READY
    fate: Annotated[Fate | None, Ui(label="Out of use", form=False)] = None
    fate_note: Annotated[Line, Ui(label="Why", form=False)] = ""
    fate_at: Annotated[When | None, Ui(label="Since", form=False)] = None
    place: Annotated[int | None, Ui(label="Is in", column=14, ref="places", form=False)] = None
    holder: Annotated[int | None, Ui(label="Who has it", column=14, ref="people", form=False)] = None
    at_place: Annotated[int | None, Ui(label="Used in", ref="places", form=False)] = None
    inside: Annotated[int | None, Ui(label="Part of", ref="assets", form=False)] = None
    due: Annotated[date | None, Ui(label="Due back", column=10, wide=True, form=False)] = None
    loan: Annotated[int | None, Ui(label="Handed out by", ref="loans", form=False)] = None
    stopped: Annotated[int, Field(ge=0)] = 0
    open_faults: Annotated[int, Field(ge=0), Ui(label="Open faults", form=False)] = 0
    faults: Annotated[int, Field(ge=0), Ui(label="Faults so far", form=False)] = 0
    cost: Annotated[Decimal, Field(ge=0, decimal_places=2), Ui(label="Cost so far", form=False)] = Decimal(0)
    minutes: Annotated[int, Field(ge=0), Ui(label="Minutes worked", form=False)] = 0
    audited_at: Annotated[When | None, Ui(label="Seen last", form=False)] = None
    next_audit: Annotated[date | None, Ui(label="To be seen by", form=False)] = None
    created_at: Annotated[When | None, Ui(label="Filed", form=False)] = None
    imported: Annotated[Prose, Ui(label="Notes of the import", form=False)] = ""

    @property
    def called(self) -> str:
        """Its name and its tag, as a sentence says it."""
        return f"{self.name} ({self.tag or self.ref})"

    @property
    def is_held(self) -> bool:
        """Whether it is handed out: somebody has it, a place, or another asset that it is part of."""
        return self.loan is not None


def status_of(asset: Asset) -> Status:
    """Return the status that follows from what happened to an asset: the one rule for it.

    What is retired, lost or out of service is that whatever else; what cannot be used because of a fault is in repair,
    also while somebody has it; what has a day to come back is on loan, else it is in use.
    """
    if asset.fate is not None:
        return Status(asset.fate.value)
    if asset.stopped:
        return Status.IN_REPAIR
    if asset.is_held:
        return Status.ON_LOAN if asset.due else Status.IN_USE
    return Status.READY
