"""The shape of maintenance that comes back: cleaning, extinguishers, filters, software updates, backups checked."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Final

from pydantic import Field, field_validator

from botui.models import calendar
from botui.models.base import Line, Prose, Record, Ui, When
from botui.models.office import Name
from botui.models.tickets.shape import MINUTES_MAX

DONE_MAX: Final = 1_000
"""Things of a model that one round counts at most."""
AHEAD_DAYS: Final = 7
"""Days before it is due from which maintenance is listed: it is planned for the week."""


class Plan(Record):
    """What is to be done again and again, with one thing, all of a model, a place, or the office as a whole.

    At most one of ``asset``, ``model`` and ``place`` is set.

    Attributes:
        rule: when (``botui.models.calendar.Recurrence``): ``every 3 months on 1``, ``first monday``.
        steps: one a line; ``ticked``: numbers (from 1) of those done in this round.
        next_on: the day it is due; ``last_on``: the day it was done last; ``last_due``: when it had been due.
        done: of a model, the numbers of the assets that are done in this round.
        minutes: minutes that it usually takes.
    """

    COLLECTION: ClassVar[str] = "plans"

    name: Annotated[Name, Ui(label="What is to be done", column=24)]
    rule: Annotated[
        Line, Ui(label="When", column=18, help="Such as every 2 weeks on fri, first monday, yearly on 03-31.")
    ]
    asset: Annotated[int | None, Ui(label="With the asset", ref="assets")] = None
    model: Annotated[
        Line, Field(max_length=60), Ui(label="Or all of a model", used="assets.model", help="Each is scanned.")
    ] = ""
    place: Annotated[int | None, Ui(label="Or a place", ref="places", help="Its door is scanned.")] = None
    steps: Annotated[Prose, Field(max_length=2000), Ui(label="Steps", rows=4, help="One a line.")] = ""
    owner: Annotated[int | None, Ui(label="Who sees to it", column=12, ref="people", batch=True)] = None
    vendor: Annotated[int | None, Ui(label="Vendor", ref="parties", help="If somebody else comes for it.")] = None
    minutes: Annotated[int, Field(ge=0, le=MINUTES_MAX), Ui(label="Usual minutes")] = 0
    note: Annotated[Prose, Ui(label="Note", rows=2)] = ""

    active: Annotated[bool, Ui(label="Goes on", form=False)] = True
    next_on: Annotated[date | None, Ui(label="Due", column=10, form=False)] = None
    last_on: Annotated[date | None, Ui(label="Done last", wide=True, column=10, form=False)] = None
    last_due: Annotated[date | None, Ui(label="Was due", form=False)] = None
    ticked: Annotated[tuple[int, ...], Field(max_length=50)] = ()
    done: Annotated[
        tuple[int, ...], Field(max_length=DONE_MAX), Ui(label="Done of them", ref="assets", form=False)
    ] = ()
    created_at: Annotated[When | None, Ui(label="Filed", form=False)] = None

    @field_validator("rule")
    @classmethod
    def _readable(cls, value: str) -> str:
        return str(calendar.Recurrence.parse(value))
