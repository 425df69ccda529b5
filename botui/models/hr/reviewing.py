"""Reviews: goals and their weights, scores, and from whose hands they go into whose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any, Final

from pydantic import Field

from botui.models.base import Arguments, Change, Line, Prose, Refused, Ui, fit, plural
from botui.models.hr.cycle import Cycle
from botui.models.hr.cycle import State as CycleState
from botui.models.hr.reporting_lines import manager
from botui.models.hr.review import OPEN, SCORE_MAX, Review, State
from botui.models.office import Context, Person

GOALS_MAX: Final = 20
"""Goals of one review: more are a list, and no goals."""
_GOAL: Final = re.compile(r"(?a)(?:(\d{1,3}) ?% *)?(\S.*)")
"""``40% Answers within a day``; without a weight all goals weigh the same."""
_ALL: Final = 100
_SHOWN: Final = 30
"""Cells of a goal in a sentence."""
_FOLLOWS: Final = frozenset(
    {"state", "self_scores", "self_score", "self_comment", "submitted_at", "scores", "score", "comment", "rated_at"}
    | {"rated_by", "remark", "signed_at", "reason"}
)


class Goals(Arguments):
    """What somebody is to reach."""

    goals: Annotated[
        Prose,
        Field(min_length=1, max_length=2000),
        Ui(label="Goals", rows=6, help="One a line, such as 40% Answers within a day; the weights come to 100%."),
    ]


class Rate(Arguments):
    """How well the goals were reached."""

    scores: Annotated[
        Line,
        Field(min_length=1, max_length=80),
        Ui(label="Scores", help="1 to 5 for each goal, in their order, such as 4 3 5; 5 is best."),
    ]
    comment: Annotated[Prose, Field(max_length=4000), Ui(label="In words", rows=4)] = ""


class Sign(Arguments):
    """What the person says to it."""

    remark: Annotated[Prose, Field(max_length=4000), Ui(label="Remark", rows=3)] = ""


class SendBack(Arguments):
    """Why it goes back."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="Why")]


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal of a review; ``weight`` is in hundredths of all, or 1 for each where none has a weight."""

    text: str
    weight: int = 1


def goals_of(text: str) -> list[Goal]:
    """Return the goals of a text, a line each.

    Raises:
        Refused: some have a weight and some have none, the weights do not come to 100, or there are too many.
    """
    lines = [one.strip() for one in text.splitlines() if one.strip()]
    found = [match for one in lines if (match := _GOAL.fullmatch(one))]
    weighted = [one for one in found if one[1]]
    if len(found) > GOALS_MAX:
        raise Refused(f"A review has at most {GOALS_MAX} goals.", {"goals": "These are too many."})
    if not weighted:
        return [Goal(one[2]) for one in found]
    if bare := next((one for one in found if not one[1]), None):
        words = f"'{fit(bare[2], _SHOWN)}' has no weight: begin the line with one, such as 20%."
        raise Refused(words, {"goals": words})
    total = sum(int(one[1]) for one in weighted)
    if total != _ALL or not all(int(one[1]) for one in weighted):
        words = f"The weights come to {total}%: they are to come to 100%, none of them 0%."
        raise Refused(words, {"goals": words})
    return [Goal(one[2], int(one[1])) for one in weighted]


def scores_of(text: str, goals: Sequence[Goal]) -> list[int]:
    """Return the scores that a text gives the goals; without goals it is one for all.

    Raises:
        Refused: there is not one for each, or one is none from 1 to 5.
    """
    words = text.replace(",", " ").replace(";", " ").split()
    wanted = max(len(goals), 1)
    if not all(one.isascii() and one.isdigit() and 1 <= int(one) <= SCORE_MAX for one in words):
        said = f"A score is a number from 1 to {SCORE_MAX}."
        raise Refused(said, {"scores": said})
    if len(words) != wanted:
        said = f"There {'is' if wanted == 1 else 'are'} {plural(wanted, 'goal')}: give each one score, in their order."
        raise Refused(said, {"scores": said})
    return [int(one) for one in words]


def mean(scores: Sequence[int], goals: Sequence[Goal]) -> Decimal:
    """Return the weighted mean of scores, in hundredths, halves up."""
    weights = [one.weight for one in goals] or [1]
    total = sum(score * weight for score, weight in zip(scores, weights, strict=True))
    return (Decimal(total) / sum(weights)).quantize(Decimal("0.01"), ROUND_HALF_UP)


# --- opened -------------------------------------------------------------------------------------------------------


def create(ctx: Context, review: Review) -> Change:
    """Open a review of somebody in a cycle.

    Raises:
        Refused: there is one, the cycle is closed, or somebody would review themselves.
    """
    typed = {name: getattr(review, name) for name in Review.model_fields if name not in _FOLLOWS}
    cycle = ctx.data.get(Cycle, review.cycle)
    if cycle is not None and cycle.state is CycleState.CLOSED:
        raise Refused(f"{cycle.name} is closed.", {"cycle": "This is closed."})
    if found := ctx.data.find(Review, cycle=review.cycle, person=review.person):
        raise Refused(f"{found[0].ref} is the review of this person.", {"person": f"{found[0].ref} is theirs."})
    new = _filled(ctx, Review(**typed), cycle)
    _refuse_unfit(ctx, new)
    return Change("reviews.add", f"{new.ref} is open: {ctx.person(new.person)} begins.").add(new)


def _filled(ctx: Context, review: Review, cycle: Cycle | None) -> Review:
    goals, due = (cycle.goals, cycle.due) if cycle else ("", None)
    values: dict[str, Any] = {"goals": review.goals or goals, "due": review.due or due}
    return review.model_copy(update={**values, "manager": review.manager or manager(ctx, review.person)})


def opened(ctx: Context, change: Change, cycle: Cycle, person: Person) -> Review:
    """Add the review of somebody in a cycle to a change."""
    new = _filled(ctx, Review(id=ctx.data.new_id(Review), cycle=cycle.id, person=person.id), cycle)
    change.add(new)
    return new


def revise(ctx: Context, before: Review, after: Review) -> Change:
    """Change who reviews somebody, by when, or the goals, before anybody gave a score."""
    if (after.cycle, after.person) != (before.cycle, before.person):
        raise Refused("Whose review it is stays.", {"person": "This stays.", "cycle": "This stays."})
    if after.goals != before.goals:
        _refuse_scored(before)
    _refuse_unfit(ctx, after)
    values = {name: value for name, value in after if value != getattr(before, name)}
    return Change("reviews.edit", f"{before.ref} is changed.").set(before, **values)


def _refuse_unfit(ctx: Context, review: Review) -> None:
    goals_of(review.goals)
    if review.manager is not None and review.manager == review.person:
        raise Refused("Nobody reviews themselves.", {"manager": "This is whom it is about."})
    found = ctx.data.get(Person, review.manager) if review.manager else None
    if found is not None and not found.active and review.state in OPEN:
        raise Refused(f"{found.name} does not work here any more.", {"manager": "This person left."})


def _refuse_scored(review: Review) -> None:
    if review.self_scores or review.scores:
        words = "Scores were given for the goals as they are: p sends it back first."
        raise Refused(words, {"goals": words})


# --- goals and scores ---------------------------------------------------------------------------------------------


def _gives(ctx: Context, review: Review) -> bool:
    """Return whether whoever acts reviews this person; nobody reviews themselves."""
    return ctx.by != review.person and (ctx.by == review.manager or bool(ctx.roles & {"hr", "system"}))


def _giver(ctx: Context, review: Review) -> str:
    """Return who reviews, in words."""
    if review.manager:
        return ctx.person(review.manager)
    return "Somebody else of HR" if ctx.by == review.person and "hr" in ctx.roles else "HR"


def not_giving(ctx: Context, review: Review) -> str | None:
    """Guard of the goals: somebody else sets them."""
    if not _gives(ctx, review):
        return f"{_giver(ctx, review)} sets the goals."
    return "Scores were given for the goals as they are." if review.self_scores or review.scores else None


def set_goals(_: Context, review: Review, args: Goals) -> Change:
    """Set what somebody is to reach."""
    goals = goals_of(args.goals)
    change = Change("reviews.amend", f"{review.ref} has {plural(len(goals), 'goal')}.")
    return change.set(review, goals=args.goals)


def not_to_rate(ctx: Context, review: Review) -> str | None:
    """Guard of scores: it is neither about this person, nor theirs to give."""
    if ctx.by == review.person:
        return None if review.state is State.DRAFT else "You have handed it in."
    if not _gives(ctx, review):
        return f"{_giver(ctx, review)} gives this review."
    return None


def rate(ctx: Context, review: Review, args: Rate) -> Change:
    """Give the goals scores: whom it is about their own, and who reviews them theirs, which they then sign."""
    goals = goals_of(review.goals)
    scores = scores_of(args.scores, goals)
    said = " ".join(str(one) for one in scores)
    if ctx.by == review.person:
        change = Change("reviews.rate", f"{review.ref}: your scores are kept; s hands it in.")
        return change.set(review, self_scores=said, self_score=mean(scores, goals), self_comment=args.comment)
    given: dict[str, Any] = {"scores": said, "score": mean(scores, goals), "comment": args.comment}
    change = Change("reviews.rate", f"{review.ref} is given: {ctx.person(review.person)} signs it.")
    return change.set(review, **given, state=State.RATED, rated_at=ctx.now, rated_by=ctx.by)


def not_to_submit(ctx: Context, review: Review) -> str | None:
    """Guard of handing in: it is somebody else's, or has no scores."""
    if ctx.by != review.person:
        return f"{ctx.person(review.person)} hands it in."
    return None if review.self_scores else "Give the goals your scores first: f."


def submit(ctx: Context, review: Review, _: object) -> Change:
    """Hand it over to who reviews."""
    to = ctx.person(review.manager) if review.manager else "HR"
    change = Change("reviews.submit", f"{review.ref} is handed in: {to} reads it.")
    return change.set(review, state=State.SUBMITTED, submitted_at=ctx.now, reason="")


def not_about_me(ctx: Context, review: Review) -> str | None:
    """Guard of signing: it is about somebody else."""
    return None if ctx.by == review.person else f"{ctx.person(review.person)} signs it."


def sign(ctx: Context, review: Review, args: Sign) -> Change:
    """Sign: it was read and talked over; that is no consent to it."""
    change = Change("reviews.acknowledge", f"{review.ref} is signed.")
    return change.set(review, state=State.SIGNED, signed_at=ctx.now, remark=args.remark)


def not_to_send_back(ctx: Context, review: Review) -> str | None:
    """Guard of sending back: it is not theirs to give, or it is signed and HR alone opens it again."""
    if not _gives(ctx, review):
        return f"{_giver(ctx, review)} sends it back."
    if review.state in (State.SIGNED, State.LAPSED) and not ctx.roles & {"hr", "system"}:
        return "HR opens it again."
    return None


_UNRATED: Final[dict[str, Any]] = {"rated_at": None, "rated_by": None, "scores": "", "score": None, "comment": ""}
_BACK: Final[dict[State, tuple[State, dict[str, Any]]]] = {
    State.SUBMITTED: (State.DRAFT, {"submitted_at": None}),
    State.RATED: (State.SUBMITTED, _UNRATED),
    State.SIGNED: (State.RATED, {"signed_at": None, "remark": ""}),
    State.LAPSED: (State.DRAFT, {"submitted_at": None, **_UNRATED}),
}
"""To which state each goes back, and what is not so any more then."""


def send_back(_: Context, review: Review, args: SendBack) -> Change:
    """Send it back one step."""
    state, values = _BACK[review.state]
    change = Change("reviews.reopen", f"{review.ref} is {state.label} again.")
    return change.set(review, state=state, reason=args.reason, **values)
