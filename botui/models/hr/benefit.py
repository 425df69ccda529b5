"""The shape of benefits: who is enrolled in which plan, from when until when, and what it costs."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from botui.models.base import Choice, Line, Record, Ui, When
from botui.models.office import Money, Name


class Each(Choice):
    """How often it is paid."""

    MONTH = "month", "a month"
    YEAR = "year", "a year"


class Benefit(Record):
    """Somebody is enrolled in a plan of the office: health, pension, transport.

    Attributes:
        covers: who is covered besides them.
        cost: what the office pays ``per`` month or year; ``share``: what the person pays besides, kept
            back from their pay.
        ends: the last day; empty = until further notice.
    """

    COLLECTION: ClassVar[str] = "benefits"

    person: Annotated[int, Ui(label="Person", column=20, ref="people")]
    plan: Annotated[Name, Ui(label="Plan", column=20, used="benefits.plan", batch=True)]
    starts: Annotated[date, Ui(label="From", column=10, batch=True)]
    ends: Annotated[date | None, Ui(label="Until", column=10, help="The last day; empty = until further notice.")] = (
        None
    )
    covers: Annotated[
        Line, Field(max_length=120), Ui(label="Covers", help="Besides them: such as wife, 2 children.")
    ] = ""
    cost: Annotated[Money | None, Ui(label="Cost", help="What the office pays.", batch=True)] = None
    share: Annotated[Money | None, Ui(label="Own share", help="What the person pays besides.", batch=True)] = None
    per: Annotated[Each, Ui(label="Paid for", batch=True)] = Each.MONTH
    number: Annotated[Line, Field(max_length=40), Ui(label="Policy no.")] = ""

    created_at: Annotated[When | None, Ui(label="Filed", form=False)] = None
    created_by: Annotated[int | None, Ui(label="Filed by", ref="people", form=False)] = None
