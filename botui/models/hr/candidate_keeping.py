"""Until when the file of a candidate is kept who was refused or declined; after that it is due to be erased."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from botui.models.base import Between, Change
from botui.models.hr.candidate import ENDED, Candidate
from botui.models.hr.opening import Opening
from botui.models.office import Context
from botui.models.office.pending import ahead
from botui.models.records.document import GONE, Document
from botui.models.records.retaining import keep_until
from botui.models.records.retention import RetentionClass
from botui.models.records.retention_defaults import APPLICATIONS, USUAL

_SHIPPED: Final = next(one for one in USUAL if one.name == APPLICATIONS)


def class_of(ctx: Context, opening: Opening | None, change: Change | None = None) -> RetentionClass:
    """Return the class that says how long candidates of an opening are kept: its own, else the usual one for them.

    Where the office has none of that name, it is the one that it would begin with.
    """
    own = ahead(ctx, change, RetentionClass, opening.schedule) if opening is not None and opening.schedule else None
    if own is not None:
        return own
    return class_called(ctx, APPLICATIONS, change) or _SHIPPED


def class_called(ctx: Context, name: str, change: Change | None = None) -> RetentionClass | None:
    """Return the class of this name that is in use, if the office has one."""
    named = (ahead(ctx, change, RetentionClass, one.id) for one in ctx.data.find(RetentionClass, name=name))
    return next((one for one in named if one is not None and one.active), None)


def kept_until(ctx: Context, candidate: Candidate, ended: date, change: Change | None = None) -> date | None:
    """Return the last day on which the file of a candidate is kept; None = for ever.

    Args:
        ctx: what may be known.
        candidate: whose.
        ended: when it was over; every period is counted from there.
        change: what is being done.
    """
    opening = ahead(ctx, change, Opening, candidate.opening)
    return keep_until(class_of(ctx, opening, change), ended, ended, ctx.settings.fiscal_year_end)


def end(ctx: Context, change: Change, candidate: Candidate, **values: Any) -> date | None:
    """Let it be over with a candidate: from today on their file, and the CV with it, is kept for a while.

    Returns:
        The last day on which it is kept; None = for ever.
    """
    until = kept_until(ctx, candidate, ctx.today)
    change.set(candidate, **values, ended_on=ctx.today, keep_until=until)
    rule = class_of(ctx, ctx.data.get(Opening, candidate.opening))
    for paper in papers(ctx, candidate):
        kept = {} if paper.schedule or not rule.id else {"schedule": rule.id, "dated": paper.dated or ctx.today}
        change.set(paper, panel=(), **kept)
    return until


def papers(ctx: Context, candidate: Candidate) -> list[Document]:
    """Return the documents about a candidate that are still there."""
    found = {one.id: one for one in ctx.data.find(Document, about=candidate.ref)}
    cv = ctx.data.get(Document, candidate.cv) if candidate.cv else None
    if cv is not None:
        found[cv.id] = cv
    return [found[number] for number in sorted(found) if found[number].state not in GONE]


def expired(ctx: Context) -> list[Candidate]:
    """Return the candidates whose file has been kept long enough, by number."""
    return ctx.data.find(Candidate, keep_until=Between(high=ctx.today.isoformat()))


def follow(ctx: Context, change: Change) -> None:
    """Reckon anew until when files are kept, where a class or the year of the office changed."""
    for state in sorted(ENDED):
        for one in ctx.data.find(Candidate, state=state.value):
            now = ahead(ctx, change, Candidate, one.id)
            if now is None or now.ended_on is None:
                continue
            until = kept_until(ctx, now, now.ended_on, change)
            if until != now.keep_until:
                change.set(one, keep_until=until)
