"""What of cases waits for HR, and what of them people brought."""

from __future__ import annotations

from collections.abc import Iterator

from botui.models import calendar
from botui.models.base import Asked, Waiting
from botui.models.hr.case import PENDING, Case, Sort
from botui.models.office import Context, Role


def waiting_for(ctx: Context) -> Iterator[Waiting]:
    """Yield the cases that whoever acts looks into, and those that nobody does; never what they are about."""
    if Role.HR not in ctx.roles:
        return
    for state in sorted(PENDING):
        for one in ctx.data.find(Case, state=state.value):
            if one.owner in (None, ctx.by):
                due = f", due {calendar.day_words(one.due, ctx.today)}" if one.due else ""
                yield Waiting(
                    collection=Case.COLLECTION,
                    number=one.id,
                    what=one.sort.label.capitalize(),
                    why=f"{state.label if one.owner else 'nobody looks into it'}{due}",
                    due=ctx.end_of(one.due) if one.due else None,
                    since=one.created_at,
                    verb="" if one.owner else "assign",
                    active=one.owner is not None,
                )


def asked(ctx: Context) -> Iterator[Asked]:
    """Yield the grievances that whoever acts brought and that are not decided."""
    for state in sorted(PENDING):
        for one in ctx.data.find(Case, person=ctx.by, sort=Sort.GRIEVANCE.value, state=state.value):
            yield Asked(
                collection=Case.COLLECTION,
                number=one.id,
                what="A grievance",
                state=state.label,
                owner=one.owner,
                until=ctx.end_of(one.due) if one.due else None,
                since=one.created_at,
            )
