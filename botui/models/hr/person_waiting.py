"""What of people's files waits for somebody: changes that are asked for, papers and contracts that end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from botui.models import calendar
from botui.models.base import Asked, Between, Waiting, and_more, fold
from botui.models.hr.amendment import OPEN, Amendment, State
from botui.models.hr.person_file import PersonFile
from botui.models.hr.person_files_kind import AHEAD
from botui.models.office import Context, Person, Role
from botui.models.records.document import GONE, Document, Privacy

_DAY: Final = timedelta(days=1)
TOLD_FOR: Final = timedelta(days=14)
"""How long whoever asked is told what came of it."""


def waiting_for(ctx: Context) -> Iterator[Waiting]:
    """Yield what of files waits for whoever acts: their own papers that end, and for HR what everybody needs."""
    for paper in papers_ending(ctx, ctx.by):
        yield _paper(ctx, paper, "yours")
    if Role.HR in ctx.roles:
        yield from _changes(ctx)
        yield from _ends(ctx)
        papers = [one for one in papers_ending(ctx) if one.person != ctx.by]
        yield from (_paper(ctx, one, f"of {ctx.person(one.person)}{and_more(papers)}") for one in papers[:1])


def papers_ending(ctx: Context, person: int | None = None) -> list[Document]:
    """Return the papers of HR's that end within 30 days or have ended, the first to end first.

    What was followed by a newer one of the same name and person is none of them, nor is what is of who left.

    Args:
        ctx: what may be known.
        person: of whom; None = of all.
    """
    by_then = Between(high=(ctx.today + AHEAD + _DAY).isoformat())
    whose = {} if person is None else {"person": person}
    found = ctx.data.find(Document, privacy=Privacy.HR.value, ends_on=by_then, **whose)
    open_ = [one for one in found if one.state not in GONE and _is_here(ctx, one.person) and not _is_renewed(ctx, one)]
    return sorted(open_, key=lambda one: (one.ends_on or date.max, one.id))


def _is_here(ctx: Context, person: int | None) -> bool:
    found = ctx.data.get(Person, person) if person else None
    return found is not None and found.active


def _is_renewed(ctx: Context, paper: Document) -> bool:
    others = ctx.data.find(Document, privacy=Privacy.HR.value, person=paper.person)
    return any(
        other.state not in GONE
        and fold(other.title) == fold(paper.title)
        and (other.ends_on or date.max, other.id) > (paper.ends_on or date.max, paper.id)
        for other in others
    )


def _paper(ctx: Context, paper: Document, whose: str) -> Waiting:
    last = paper.ends_on or ctx.today
    ends = "ended" if last < ctx.today else "ends"
    return Waiting(
        collection=Document.COLLECTION,
        number=paper.id,
        what=paper.title,
        why=f"{whose}; {ends} {calendar.day_words(last, ctx.today)}",
        due=ctx.end_of(last),
        personal=True,
    )


def _changes(ctx: Context) -> Iterator[Waiting]:
    """Yield the change that was asked for first, and each that time could not make."""
    asked = [one for one in ctx.data.find(Amendment, state=State.ASKED.value) if one.person != ctx.by]
    for one in asked[:1]:
        yield _change(ctx, one, f"asked for by {ctx.person(one.created_by)}{and_more(asked)}", "approve")
    for one in ctx.data.find(Amendment, state=State.PLANNED.value):
        if one.trouble and one.person != ctx.by:
            yield _change(ctx, one, f"could not be made: {one.trouble}", "")


def _change(ctx: Context, one: Amendment, why: str, verb: str) -> Waiting:
    return Waiting(
        collection=Amendment.COLLECTION,
        number=one.id,
        what=f"Change of the file of {ctx.person(one.person)}",
        why=why,
        due=ctx.end_of(one.on) if one.on else None,
        since=one.created_at,
        verb=verb,
        blocking=verb == "approve",
        personal=True,
    )


def _ends(ctx: Context) -> Iterator[Waiting]:
    """Yield the probation or contract that ends first within 30 days."""
    soon = Between(ctx.today.isoformat(), (ctx.today + AHEAD + _DAY).isoformat())
    files = [one for name in ("probation_ends", "fixed_until") for one in ctx.data.find(PersonFile, **{name: soon})]
    found = {one.id: (min(_ends_from(ctx, one)), one) for one in files if one.person != ctx.by and not one.ends}
    for last, one in sorted(found.values(), key=lambda each: (each[0], each[1].id))[:1]:
        what = "probation" if one.probation_ends == last else "contract"
        yield Waiting(
            collection=PersonFile.COLLECTION,
            number=one.id,
            what=ctx.person(one.person),
            why=f"{what} ends {calendar.day_words(last, ctx.today)}{and_more(found)}",
            due=ctx.end_of(last),
            personal=True,
        )


def _ends_from(ctx: Context, file: PersonFile) -> list[date]:
    """Return the days from today on with which probation and contract end."""
    return [day for day in (file.probation_ends, file.fixed_until) if day is not None and day >= ctx.today]


def asked(ctx: Context) -> Iterator[Asked]:
    """Yield the changes of their own file that whoever acts asked for, and for a while what came of them."""
    for one in ctx.data.find(Amendment, person=ctx.by, created_by=ctx.by):
        lately = one.decided_at is None or one.decided_at > ctx.now - TOLD_FOR
        if one.state in OPEN or (lately and one.state is not State.CANCELLED):
            why = f": {one.reason}" if one.reason else ""
            yield Asked(
                collection=Amendment.COLLECTION,
                number=one.id,
                what="Change of my file",
                state=f"{one.state.label}{why}",
                until=ctx.end_of(one.on) if one.on and one.state in OPEN else None,
                since=one.created_at,
            )
