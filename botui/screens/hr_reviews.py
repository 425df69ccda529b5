"""Reviews on the screen: goals with both scores beside each other, a cycle's open reviews by manager, giving scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from textual.screen import Screen

from botui.data import Desk, Done
from botui.models.base import Record, Transition, plural
from botui.models.hr.cycle import Cycle
from botui.models.hr.cycle import State as CycleState
from botui.models.hr.review import OPEN, Review, State
from botui.models.hr.reviewing import Goal, goals_of
from botui.screens.equipment_details import EquipmentDetails, EquipmentRecord, Link, joined
from botui.screens.form import FormScreen
from botui.screens.frame import DeskScreen
from botui.screens.lists import ListScreen
from botui.screens.sheet import Sheet
from botui.widgets.columns import Column
from botui.widgets.detail import Grid, Section

_COLUMNS: Final = (
    Column("no", "No.", 4),
    Column("goal", "Goal", 40, flex=True),
    Column("weight", "Weight", 6, right=True),
    Column("own", "Own", 5, right=True),
    Column("given", "Score", 5, right=True),
)
_NEXT: Final = {
    State.DRAFT: "the person gives scores (f) and hands it in (s)",
    State.SUBMITTED: "who reviews gives scores (f)",
    State.RATED: "the person signs it (g)",
}
"""What is to be done next."""


def weight_words(goal: Goal, goals: Sequence[Goal]) -> str:
    """Return what a goal weighs, where they do not all weigh the same."""
    return f"{goal.weight}%" if sum(one.weight for one in goals) != len(goals) else ""


class ReviewDetails(EquipmentDetails):
    """What is shown of a review."""

    def sections(self, record: Review) -> Sequence[Section]:
        """Return where it stands, the goals with both scores, and what either says."""
        by = self.title("people", record.manager) or "HR"
        rows = [
            ("State", joined(record.state.label, _NEXT.get(record.state, ""), record.reason)),
            ("Who", self.title("people", record.person)),
            ("Reviewed by", by),
            ("Cycle", self.title("cycles", record.cycle)),
            ("Due", self.day(record.due)),
        ]
        means = joined(
            f"own {record.self_score}" if record.self_score else "", f"given {record.score}" if record.score else ""
        )
        found = [
            Section("", [(label, text) for label, text in [*rows, ("Mean", means)] if text]),
            Section("Goals", self._goals(record)),
        ]
        said = (("Own words", record.self_comment), ("Words of the review", record.comment), ("Remark", record.remark))
        found += [Section(title, text) for title, text in said if text]
        signed = f"{self.title('people', record.person)} {self.at(record.signed_at)}" if record.signed_at else ""
        return [*found, Section("Signed", signed)] if signed else found

    def _goals(self, review: Review) -> Grid | str:
        goals = goals_of(review.goals)
        own, given = review.self_scores.split(), review.scores.split()
        if not goals:
            return joined(
                "none: one score for all", f"own {own[0]}" if own else "", f"given {given[0]}" if given else ""
            )
        rows = [
            (
                str(place + 1),
                goal.text,
                weight_words(goal, goals),
                *(one[place] if one else "-" for one in (own, given)),
            )
            for place, goal in enumerate(goals)
        ]
        return Grid(_COLUMNS, rows)


class ReviewVerbs(DeskScreen):
    """A screen of reviews: the goals as they are stand in the form in which they are changed."""

    def arguments(self, transition: Transition) -> dict[str, Any]:
        """Return the goals as they are, where they are set."""
        record = self.current()  # type: ignore[attr-defined]
        return {"goals": record.goals} if record is not None and transition.name == "amend" and record.goals else {}


class ReviewList(ReviewVerbs, ListScreen):
    """A list of reviews."""

    HELP = "Reviews. f gives the goals scores: your own, or those of whom you review. s hands your own in, g signs it."


class ReviewRecord(ReviewVerbs, EquipmentRecord):
    """One review."""

    DETAILS = ReviewDetails
    HELP = (
        "A review. M sets the goals, one a line with its weight. f gives each goal a score from 1 to 5: first whom it "
        "is about, who hands it in with s, then who reviews them. g signs it; p sends it back a step."
    )


class RateForm(FormScreen):
    """Scores for goals, with the goals above the fields in their order."""

    def dismiss(self, result: Done | None = None) -> Any:
        """Go, and say on the screen below what came of it."""
        answer = super().dismiss(result)
        if result is not None:
            self.app.call_later(self._tell, result)
        return answer

    def _tell(self, done: Done) -> None:
        screen = self.app.screen
        if isinstance(screen, DeskScreen):
            screen.say(done.said)


def rating(desk: Desk, record: Record) -> Screen[None] | None:
    """Return the form in which a review is given scores, where that can be done now."""
    if not isinstance(record, Review):
        return None
    from botui.areas import kind
    from botui.screens.verbs import do_all

    transition: Transition = kind("reviews").transition("rate")
    if transition.needs is None or desk.why_not(transition, record) is not None:
        return None
    goals = goals_of(record.goals)
    lines = [f"{place}. {goal.text} {weight_words(goal, goals)}".rstrip() for place, goal in enumerate(goals, 1)]
    mine = desk.person == record.person
    kept = (record.self_scores, record.self_comment) if mine else (record.scores, record.comment)
    values = {name: text for name, text in zip(("scores", "comment"), kept, strict=True) if text}
    form = RateForm(
        Sheet(transition.needs, desk, None, values),
        title=f"Scores for {desk.headline('reviews', record.id)}",
        desk=desk,
        save=partial(do_all, desk, "reviews", transition, (record.id,)),
        draft_key=f"rate {record.ref}",
        info=lines or ("No goals: one score for all.",),
    )
    return form  # type: ignore[return-value]


class CycleDetails(EquipmentDetails):
    """What is shown of a review cycle."""

    def sections(self, record: Cycle) -> Sequence[Section]:
        """Return of which time and whom it is, and to HR by manager how many reviews are open."""
        time = joined(f"from {self.day(record.starts)}" if record.starts else "", self.day(record.ends))
        whom = self.title("departments", record.department) or "the whole office"
        step = {CycleState.PLANNED: "b opens the reviews", CycleState.OPEN: "c closes it"}.get(record.state, "")
        rows = [
            ("State", joined(record.state.label, step)),
            ("About", whom),
            ("Time", time),
            ("Due", self.day(record.due)),
        ]
        found = [Section("", [(label, text) for label, text in rows if text])]
        if record.goals:
            found.append(Section("Goals each review begins with", record.goals))
        if self.desk.reads_all("reviews"):
            found.append(Section("Open reviews by manager", self._open(record)))
        return found

    def _open(self, cycle: Cycle) -> Sequence[tuple[str, str]] | str:
        reviews = self.all("reviews", {"cycle": (cycle.id,)})
        left = Counter(one.manager for one in reviews if one.state in OPEN)
        done = Counter(one.manager for one in reviews if one.state not in OPEN)
        if not reviews:
            return "None is opened yet."
        rows = []
        for manager in sorted({*left, *done}, key=lambda one: (-left[one], one or 0)):
            said = f"{plural(left[manager], 'review')} open" if left[manager] else "all signed"
            rows.append((self.title("people", manager) or "HR", f"{said}, {done[manager]:,} done"))
        return rows

    def followed(self, record: Cycle) -> list[Link]:
        """Return the open reviews in it that are for whoever looks."""
        found = [one for one in self.all("reviews", {"cycle": (record.id,)}) if one.state in OPEN]
        return self.named(*(self.link("Review", "reviews", one.id) for one in found), record=record)


class CycleRecord(EquipmentRecord):
    """One review cycle."""

    DETAILS = CycleDetails
    HELP = "A round of reviews. b opens one for each person who has none in it yet, v opens one of them, c closes it."
