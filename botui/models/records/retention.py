"""The shape of the retention schedule: one class says how long a kind of record is kept, and from when on."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from botui.models.base import Choice, Line, Prose, Record, Ui, plural
from botui.models.office import Name


class Trigger(Choice):
    """From when on the period runs."""

    CREATED = "created", "the date on it"
    FISCAL_YEAR = "fiscal-year", "the end of its fiscal year"
    CONTRACT_END = "contract-end", "the end of the contract"
    EMPLOYMENT_END = "employment-end", "the end of the employment"
    EXPIRY = "expiry", "the day it ends on"


class RetentionClass(Record):
    """A class of the retention schedule.

    Attributes:
        years, months: how long it is kept after the trigger; both empty = for ever.
        at_least: years from the date on it for which it is kept in any case.
        source: where the period comes from: a law, a guide, the office's own decision.
    """

    COLLECTION: ClassVar[str] = "retention"

    name: Annotated[Name, Ui(label="Class", column=28)]
    years: Annotated[
        int | None, Field(ge=0, le=100), Ui(label="Years", column=6, help="Years and months empty = for ever.")
    ] = None
    months: Annotated[int | None, Field(ge=0, le=11), Ui(label="Months", column=6)] = None
    trigger: Annotated[Trigger, Ui(label="Counted from", column=26)] = Trigger.FISCAL_YEAR
    at_least: Annotated[
        int | None, Field(ge=1, le=100), Ui(label="At least", help="Years from the date on it, in any case.")
    ] = None
    source: Annotated[Line, Ui(label="Source", column=20, wide=True)] = ""
    note: Annotated[Prose, Ui(label="Note", rows=2)] = ""
    active: Annotated[bool, Ui(label="In use")] = True

    @property
    def for_ever(self) -> bool:
        """Whether it is never destroyed."""
        return self.years is None and self.months is None

    @property
    def period(self) -> int:
        """How long it is kept after the trigger, in calendar months."""
        return 12 * (self.years or 0) + (self.months or 0)

    @property
    def words(self) -> str:
        """How long it is kept, in words: ``7 years after the end of its fiscal year``."""
        if self.for_ever:
            return "for ever"
        parts = (plural(self.years, "year") if self.years else "", plural(self.months, "month") if self.months else "")
        period = " and ".join(part for part in parts if part)
        least = f", {plural(self.at_least, 'year')} after its date at least" if self.at_least else ""
        return f"{f'{period} after' if period else 'until'} {self.trigger.label}{least}"
