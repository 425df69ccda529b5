"""The shape of the retention schedule: one class says how long a kind of record is kept, and from when on."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from botui.models.base import Choice, Line, Prose, Record, Ui
from botui.models.office import Name


class Trigger(Choice):
    """From when on the period runs."""

    CREATED = "created", "the date on it"
    FISCAL_YEAR = "fiscal-year", "the end of its fiscal year"
    CONTRACT_END = "contract-end", "the end of the contract"
    EMPLOYMENT_END = "employment-end", "the end of the employment"


class RetentionClass(Record):
    """A class of the retention schedule.

    Attributes:
        years, months: how long it is kept after the trigger; both empty = for ever.
        source: where the period comes from: a law, a guide, the office's own decision.
    """

    COLLECTION: ClassVar[str] = "retention"

    name: Annotated[Name, Ui(label="Class", column=28)]
    years: Annotated[
        int | None, Field(ge=0, le=100), Ui(label="Years", column=6, help="Years and months empty = for ever.")
    ] = None
    months: Annotated[int | None, Field(ge=0, le=11), Ui(label="Months", column=6)] = None
    trigger: Annotated[Trigger, Ui(label="Counted from", column=26)] = Trigger.FISCAL_YEAR
    source: Annotated[Line, Ui(label="Source", column=20, wide=True)] = ""
    note: Annotated[Prose, Ui(label="Note", rows=2)] = ""
    active: Annotated[bool, Ui(label="In use")] = True
