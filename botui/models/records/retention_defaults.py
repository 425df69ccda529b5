"""The retention schedule an office begins with: what common guides for small firms say, to be changed where it differs.

It is no legal advice; the source of each period is kept with it. They come when the first document does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from botui.models.base import Change
from botui.models.office import Context
from botui.models.records.document import Document
from botui.models.records.retention import RetentionClass, Trigger

_GUIDES: Final = "US guides for small firms"
_BOOKS: Final = "US guides; EU offices often 8 or 10 years"
_OFFICE: Final = "the office's own decision"
APPLICATIONS: Final = "Applications that were refused"
"""The class of the files of those who were refused or declined."""
PERSONNEL: Final = "Personnel file"
"""The class of what is filed of people who work here."""

USUAL: Final = (
    RetentionClass(name="Bills and receipts", years=7, trigger=Trigger.FISCAL_YEAR, source=_BOOKS),
    RetentionClass(name="Bank statements", years=7, trigger=Trigger.FISCAL_YEAR, source="US guides, some say 3 years"),
    RetentionClass(name="Expense claims", years=7, trigger=Trigger.FISCAL_YEAR, source=_BOOKS),
    RetentionClass(
        name="Tax returns, accounts, audits, minutes, deeds",
        trigger=Trigger.CREATED,
        source=_GUIDES,
        note="Tax returns, general ledger, year-end statements, audit reports, minutes, deeds, legal letters.",
    ),
    RetentionClass(
        name="Payroll and employment tax",
        years=7,
        trigger=Trigger.FISCAL_YEAR,
        source="US guides: 4 years at least, 7 better",
    ),
    RetentionClass(name=PERSONNEL, years=7, trigger=Trigger.EMPLOYMENT_END, source="US guides, 3 years at least"),
    RetentionClass(
        name="Right to work",
        years=1,
        at_least=3,
        trigger=Trigger.EMPLOYMENT_END,
        source="US form I-9: 3 years after hire, 1 after the end",
        note="The date on it is the day of hire.",
    ),
    RetentionClass(name=APPLICATIONS, years=2, trigger=Trigger.CREATED, source="US guides: 2 to 5 years"),
    RetentionClass(name="Leave and timesheets", years=3, trigger=Trigger.CREATED, source="US guides"),
    RetentionClass(
        name="Contracts, leases, insurances",
        years=7,
        trigger=Trigger.CONTRACT_END,
        source="Guides differ: term and 7 years, some for ever",
    ),
    RetentionClass(name="Permits and guarantees", years=1, trigger=Trigger.EXPIRY, source=_OFFICE),
    RetentionClass(name="Letters", years=6, trigger=Trigger.FISCAL_YEAR, source=_OFFICE),
    RetentionClass(name="Internal reports and budgets", years=4, trigger=Trigger.CREATED, source="US guides: 2 to 4"),
    RetentionClass(
        name="Not to be kept", months=1, trigger=Trigger.CREATED, source=_OFFICE, note="Leaflets, copies, drafts."
    ),
)
"""Name, period and trigger of each class."""


def usual(ctx: Context) -> Iterator[Change]:
    """Yield the usual classes once there is a document and no class."""
    if ctx.data.numbers(RetentionClass, 1) or not ctx.data.numbers(Document, 1):
        return
    change = Change("retention.begin", f"{len(USUAL)} usual retention classes are there: change what does not fit.")
    for one in USUAL:
        change.add(one.model_copy(update={"id": ctx.data.new_id(RetentionClass)}))
    yield change
