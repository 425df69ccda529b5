"""What the panel thinks of a candidate: one score each, which the others see only once they have given theirs."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from botui.models.base import Arguments, Change, Prose, Ui
from botui.models.hr.interview import Advice, Interview, Score, State
from botui.models.office import Context


class Rate(Arguments):
    """What somebody of the panel thinks."""

    points: Annotated[int, Field(ge=1, le=5), Ui(label="Points", help="1 = no, 5 = by all means.")]
    advice: Annotated[Advice, Ui(label="Take them on", help="yes, no or not sure.")] = Advice.UNSURE
    text: Annotated[
        Prose, Field(max_length=4000), Ui(label="Why", rows=4, help="The panel reads it once it has scored, and HR.")
    ] = ""


def cannot_rate(ctx: Context, interview: Interview) -> str | None:
    """Guard of scoring: only the panel, from its beginning on, until it is decided."""
    if ctx.by not in interview.attendees:
        return "This is for the panel."
    if interview.decided:
        return "It is decided."
    return "It has not begun." if interview.start > ctx.now else None


def rate(ctx: Context, interview: Interview, args: Rate) -> Change:
    """Give a score, or change one's own; from then on one reads those of the others, and they who gave theirs this."""
    me = ctx.by or 0
    scores = ctx.data.find(Score, interview=interview.id)
    mine = next((one for one in scores if one.author == me), None)
    others = [one for one in scores if one.author != me]
    given = {"points": args.points, "advice": args.advice, "text": args.text, "at": ctx.now}
    change = Change("interviews.rate")
    if mine is not None:
        change.set(mine, **given)
    else:
        readers = tuple(one.author for one in others)
        number = ctx.data.new_id(Score)
        named = {"interview": interview.id, "candidate": interview.candidate, "author": me}
        change.add(Score(id=number, **named, **given, readers=readers))
        for one in others:
            change.set(one, readers=(*one.readers, me))
    scored = interview.scored if mine is not None else (*interview.scored, me)
    change.set(interview, scored=scored, state=State.HELD)
    left = [ctx.person(one) for one in interview.attendees if one not in scored]
    wait = f"; {', '.join(left)} still to score" if left else "; all have scored"
    change.said = f"{interview.ref}: your score is kept{wait}."
    return change


def mean(scores: Sequence[Score]) -> Decimal | None:
    """Return the mean of the points of scores to one decimal; None where there is none."""
    return round(Decimal(sum(one.points for one in scores)) / len(scores), 1) if scores else None
