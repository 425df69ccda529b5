"""Enrolments in benefits: filed, corrected, ended; nobody is in the same plan twice at once."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from botui.models import calendar
from botui.models.base import Arguments, Change, Refused, Ui, fold
from botui.models.hr.benefit import Benefit
from botui.models.hr.reporting_lines import file_of
from botui.models.office import Context


class Close(Arguments):
    """When it ends."""

    on: Annotated[date | None, Ui(label="Last day", help="Empty = the end of this month.")] = None


def create(ctx: Context, benefit: Benefit) -> Change:
    """Enrol somebody.

    Raises:
        Refused: they have no file, are in that plan then, or it would end before it begins.
    """
    _refuse_unfit(ctx, benefit)
    new = benefit.model_copy(update={"created_at": ctx.now, "created_by": ctx.by})
    return Change("benefits.add", f"{new.ref}: {ctx.person(new.person)} is enrolled.").add(new)


def revise(ctx: Context, before: Benefit, after: Benefit) -> Change:
    """Correct an enrolment.

    Raises:
        Refused: as when it is filed.
    """
    if before.person != after.person:
        raise Refused("It stays the enrolment of its person.", {"person": "This stays as it is."})
    _refuse_unfit(ctx, after)
    changed = {name: getattr(after, name) for name in Benefit.model_fields if name != "id"}
    return Change("benefits.edit", f"{before.ref} is changed.").set(before, **changed)


def has_ended(ctx: Context, benefit: Benefit) -> str | None:
    """Guard of close."""
    ended = benefit.ends is not None and benefit.ends < ctx.today
    return "It has ended." if ended else None


def close(ctx: Context, benefit: Benefit, args: Close) -> Change:
    """End an enrolment with a day.

    Raises:
        Refused: that day is before it begins.
    """
    last = args.on or max(calendar.month_end(ctx.today), benefit.starts)
    if last < benefit.starts:
        raise Refused("It would end before it begins.", {"on": "This is before it begins."})
    said = f"{benefit.ref} ends {calendar.day_words(last, ctx.today)}."
    return Change("benefits.close", said).set(benefit, ends=last)


def _refuse_unfit(ctx: Context, benefit: Benefit) -> None:
    if file_of(ctx, benefit.person) is None:
        raise Refused("There is no file of them: file that first.", {"person": "They have no file yet."})
    if benefit.ends is not None and benefit.ends < benefit.starts:
        raise Refused("It would end before it begins.", {"ends": "This is before it begins."})
    for other in ctx.data.find(Benefit, person=benefit.person):
        same = other.id != benefit.id and fold(other.plan) == fold(benefit.plan)
        if same and other.starts <= (benefit.ends or date.max) and benefit.starts <= (other.ends or date.max):
            raise Refused(f"They are in that plan then ({other.ref}): end that one first.", {"plan": "Twice at once."})
