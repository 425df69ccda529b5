"""What of recruitment waits for a person: interviews to score, applications to look at, offers without an answer."""

from __future__ import annotations

from collections.abc import Iterator

from botui.models import calendar
from botui.models.base import Between, Waiting, and_more, stamp
from botui.models.hr.candidate import Candidate, State
from botui.models.hr.interview import Interview
from botui.models.hr.interview import State as InterviewState
from botui.models.hr.opening import Opening
from botui.models.office import Context, Role


def waiting_for(ctx: Context) -> Iterator[Waiting]:
    """Yield what of recruitment waits for whoever acts."""
    begun = Between(high=stamp(ctx.now))
    for one in ctx.data.find(Interview, wanted=ctx.by, start=begun):
        yield Waiting(
            collection=Interview.COLLECTION,
            number=one.id,
            what=f"Interview: {one.who}",
            why="what do you think?",
            due=ctx.end_of(ctx.settings.local(one.ends).date()),
            since=one.ends,
            verb="rate",
            blocking=True,
            personal=True,
        )
    if Role.HR in ctx.roles:
        yield from _applied(ctx)
        yield from _heard(ctx)
        yield from _unanswered(ctx)


def _mine(ctx: Context, candidate: Candidate) -> bool:
    """Return whether an opening is seen to by whoever acts, or by nobody."""
    opening = ctx.data.get(Opening, candidate.opening)
    return opening is None or opening.owner in (None, ctx.by)


def _applied(ctx: Context) -> Iterator[Waiting]:
    """Yield the oldest application that nobody has looked at, and how many more there are."""
    found = [one for one in ctx.data.find(Candidate, state=State.APPLIED.value) if _mine(ctx, one)]
    first = min(found, key=lambda one: (one.applied_on or ctx.today, one.id), default=None)
    if first is not None:
        yield _candidate(first, f"applied{and_more(found)}", "shortlist")


def _heard(ctx: Context) -> Iterator[Waiting]:
    """Yield who was heard, of whom all of the panel have said what they think."""
    for one in ctx.data.find(Candidate, state=State.INTERVIEW.value):
        interviews = ctx.data.find(Interview, candidate=one.id)
        live = [each for each in interviews if each.state is not InterviewState.CANCELLED]
        if live and not any(each.missing for each in live) and _mine(ctx, one):
            yield _candidate(one, "all have scored: passed?", "pass")


def _unanswered(ctx: Context) -> Iterator[Waiting]:
    for one in ctx.data.find(Candidate, state=State.OFFERED.value, answer_by=Between(high=ctx.today.isoformat())):
        if _mine(ctx, one) and one.answer_by is not None:
            day = calendar.day_words(one.answer_by, ctx.today)
            yield Waiting(
                collection=Candidate.COLLECTION,
                number=one.id,
                what=one.name,
                why=f"offer not answered by {day}",
                due=ctx.end_of(one.answer_by),
                since=one.created_at,
            )


def _candidate(one: Candidate, why: str, verb: str) -> Waiting:
    return Waiting(
        collection=Candidate.COLLECTION, number=one.id, what=one.name, why=why, since=one.created_at, verb=verb
    )
