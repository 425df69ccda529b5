"""The shape of reviews: goals with their weights, what the person says of them and what who reviews them says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Final

from pydantic import Field

from botui.models.base import Choice, Line, Prose, Record, Ui, When

SCORE_MAX: Final = 5
"""The best score of a goal; the least is 1."""
Score = Annotated[Decimal, Field(ge=1, le=SCORE_MAX, decimal_places=2)]
"""The weighted mean of the scores of all goals."""


class State(Choice):
    """How far a review is."""

    DRAFT = "draft", "with the person"
    SUBMITTED = "submitted", "with the manager"
    RATED = "rated", "to be signed"
    SIGNED = "signed", "signed"
    LAPSED = "lapsed", "lapsed"


OPEN: Final = frozenset({State.DRAFT, State.SUBMITTED, State.RATED})
"""States in which somebody has still to do something."""


class Review(Record):
    """How somebody did in the time of a cycle.

    Attributes:
        manager: who reviews them; None = HR does.
        goals: one a line, with its weight where they have any: ``40% Answers within a day``.
        self_scores, scores: one number from 1 to 5 for each goal, in their order, of the person and of the manager.
        self_score, score: their weighted means.
        remark: what the person says when signing.
    """

    COLLECTION: ClassVar[str] = "reviews"

    cycle: Annotated[int, Ui(label="Cycle", column=20, ref="cycles", batch=True)]
    person: Annotated[int, Ui(label="Who", column=18, ref="people")]
    manager: Annotated[int | None, Ui(label="Reviewed by", column=16, ref="people", batch=True)] = None
    due: Annotated[date | None, Ui(label="Due", column=10, help="Empty = as its cycle says.", batch=True)] = None
    goals: Annotated[
        Prose,
        Field(max_length=2000),
        Ui(label="Goals", rows=4, column=20, wide=True, help="One a line, such as 40% Answers within a day."),
    ] = ""

    state: Annotated[State, Ui(label="State", column=16, form=False)] = State.DRAFT
    self_scores: Annotated[Line, Field(max_length=80), Ui(label="Own scores", form=False)] = ""
    self_score: Annotated[Score | None, Ui(label="Own mean", form=False)] = None
    self_comment: Annotated[Prose, Ui(label="Own words", form=False)] = ""
    submitted_at: Annotated[When | None, Ui(label="Handed in", form=False)] = None
    scores: Annotated[Line, Field(max_length=80), Ui(label="Scores", form=False)] = ""
    score: Annotated[Score | None, Ui(label="Mean", column=5, wide=True, form=False)] = None
    comment: Annotated[Prose, Ui(label="Words of the review", form=False)] = ""
    rated_at: Annotated[When | None, Ui(label="Reviewed", form=False)] = None
    rated_by: Annotated[int | None, Ui(label="Scored by", ref="people", form=False)] = None
    remark: Annotated[Prose, Ui(label="Remark when signing", form=False)] = ""
    signed_at: Annotated[When | None, Ui(label="Signed", form=False)] = None
    reason: Annotated[Line, Ui(label="Why it went back", form=False)] = ""
