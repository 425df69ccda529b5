"""The shape of pay: what somebody is paid from a day on."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from botui.models.base import Choice, Line, Record, Ui, When
from botui.models.office import Money


class Per(Choice):
    """What an amount is paid for."""

    HOUR = "hour", "an hour"
    MONTH = "month", "a month"
    YEAR = "year", "a year"


class Pay(Record):
    """What somebody is paid from a day on, before tax, until the next of theirs begins.

    Attributes:
        starts: from which day; ``ends``: the day before the next one begins, which ``pay_filing`` reckons; empty
            = until further notice.
        cancelled_at: it never came into force.
    """

    COLLECTION: ClassVar[str] = "pay"

    person: Annotated[int, Ui(label="Person", column=22, ref="people")]
    starts: Annotated[date, Ui(label="From", column=10, help="Such as 1.3.")]
    amount: Annotated[Money, Field(gt=0), Ui(label="Amount", help="Before tax. No list shows it.")]
    per: Annotated[Per, Ui(label="Paid for", column=9, batch=True)] = Per.MONTH
    grade: Annotated[Line, Field(max_length=20), Ui(label="Grade", column=14, used="pay.grade")] = ""
    note: Annotated[Line, Ui(label="Note", help="The person sees it, too.")] = ""

    ends: Annotated[date | None, Ui(label="Until", column=10, form=False)] = None
    cancelled_at: Annotated[When | None, Ui(label="Cancelled", form=False)] = None
    created_at: Annotated[When | None, Ui(label="Filed", form=False)] = None
    created_by: Annotated[int | None, Ui(label="Filed by", ref="people", form=False)] = None
