"""Until when what there is of somebody must be kept; after that it is proposed to be erased."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from botui.models.base import Change
from botui.models.hr.candidate_keeping import expired
from botui.models.hr.erasure import Erasure, State, Why
from botui.models.hr.person_file import PersonFile, Status
from botui.models.office import Context
from botui.models.records.retaining import after
from botui.models.records.retention import RetentionClass, Trigger

_USUAL: Final = 12 * 7
"""Months for which a file is kept after the employment where no class says so (domain.md 4.3)."""
_AT_ONCE: Final = 50
"""Proposals that the clock makes in one look."""


def kept_until(ctx: Context, file: PersonFile) -> date | None:
    """Return the last day on which the file of somebody who left must be kept; None = for ever, or not known yet.

    The longest of the classes counted from the end of the employment says it.
    """
    if file.ends is None or file.status is not Status.LEFT:
        return None
    rules = [one for one in ctx.data.find(RetentionClass) if one.active and one.trigger is Trigger.EMPLOYMENT_END]
    if any(one.for_ever for one in rules):
        return None
    try:
        return after(file.ends, max((one.period for one in rules), default=_USUAL))
    except ValueError:  # the calendar ends before: for ever
        return None


def due(ctx: Context) -> Iterator[Change]:
    """Yield proposals for whom the time is over; HR says who approves them."""
    made = 0
    for file in ctx.data.find(PersonFile, status=Status.LEFT.value):
        until = kept_until(ctx, file)
        if until is not None and until < ctx.today and made < _AT_ONCE and not _there(ctx, person=file.person):
            made += 1
            yield _proposed(
                ctx, Erasure(id=ctx.data.new_id(Erasure), person=file.person, why=Why.KEPT, kept_until=until)
            )
    for one in expired(ctx):
        if made < _AT_ONCE and not _there(ctx, candidate=one.id):
            made += 1
            yield _proposed(
                ctx, Erasure(id=ctx.data.new_id(Erasure), candidate=one.id, why=Why.KEPT, kept_until=one.keep_until)
            )


def _there(ctx: Context, **whose: int) -> bool:
    """Return whether an erasure waits, or was proposed for its time and taken back: that is asked once."""
    return any(one.state is not State.CANCELLED or one.why is Why.KEPT for one in ctx.data.find(Erasure, **whose))


def _proposed(ctx: Context, erasure: Erasure) -> Change:
    new = erasure.model_copy(update={"created_at": ctx.now, "created_by": ctx.by})
    return Change("erasures.add", f"{new.ref}: {new.whose} was kept long enough: to be erased for good.").add(new)
