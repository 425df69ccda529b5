"""Maintenance plans: filed with what they are about and when they are due first; and where each stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from botui.models import calendar
from botui.models.base import Change, Refused
from botui.models.equipment.asset import Asset, Status
from botui.models.equipment.plan import Plan
from botui.models.office import Context, Party, Person, Place
from botui.models.tickets.shape import STEPS_MAX

GONE: Final = (Status.LOST, Status.RETIRED)
"""What is not there to be looked after."""
_DAY: Final = timedelta(days=1)
_OF: Final = ("asset", "model", "place")
_KEPT: Final = frozenset({"active", "next_on", "last_on", "last_due", "ticked", "done", "created_at"})
"""What verbs move, and an edit leaves."""


def create(ctx: Context, plan: Plan) -> Change:
    """File a plan; where today is one of its dates, it is due today.

    Raises:
        Refused: it is about more than one of a thing, a model and a place, or about what is not there.
    """
    _refuse_unfit(ctx, plan, ("asset", "model", "place", "owner", "vendor"))
    first = next_of(plan.rule, ctx.today - _DAY)
    typed = {name: getattr(plan, name) for name in Plan.model_fields if name not in _KEPT}
    new = Plan(**typed, next_on=first, created_at=ctx.now)
    words = calendar.day_words(first, ctx.today)
    said = f"{new.ref} is filed: {new.name}, {new.rule}, first {words}.{_none_yet(ctx, new)}"
    return Change("plans.add", said).add(new)


def revise(ctx: Context, before: Plan, after: Plan) -> Change:
    """Change a plan; by another rule it is due anew, from today on, or from tomorrow where it was done today.

    Raises:
        Refused: as when it is filed; what it was about before is not asked again.
    """
    changed = {name for name in Plan.model_fields if getattr(before, name) != getattr(after, name)} - _KEPT
    _refuse_unfit(ctx, after, changed)
    values: dict[str, Any] = {name: getattr(after, name) for name in changed}
    if "rule" in changed:
        values["next_on"] = next_of(after.rule, ctx.today if before.last_on == ctx.today else ctx.today - _DAY)
    if changed.intersection(_OF):
        values |= {"done": (), "ticked": ()}
    elif "steps" in changed:
        ticked = {text for number, text in enumerate(steps(before), 1) if number in before.ticked}
        values["ticked"] = tuple(number for number, text in enumerate(steps(after), 1) if text in ticked)
    when = f"; next {calendar.day_words(values['next_on'], ctx.today)}" if "next_on" in values else ""
    return Change("plans.edit", f"{before.ref} is changed{when}.{_none_yet(ctx, after)}").set(before, **values)


def _none_yet(ctx: Context, plan: Plan) -> str:
    """Return in words that there is nothing of the model of a plan: it is filed before its things, or misspelt."""
    return f" There is no asset of the model {plan.model} yet." if plan.model and not all_of(ctx, plan.model) else ""


def next_of(rule: str, after: date) -> date:
    """Return the first date of a rule after a day."""
    return calendar.Recurrence.parse(rule).next(after)


def _refuse_unfit(ctx: Context, plan: Plan, names: Iterable[str]) -> None:
    """Refuse what does not go together, and of the fields named what is not there any more.

    Raises:
        Refused: the sentence says what.
    """
    several = [name for name in _OF if getattr(plan, name)]
    if len(several) > 1:
        said = "A plan is about one thing, or all of a model, or a place."
        raise Refused(said, dict.fromkeys(several[1:], "Leave this empty, or the other."))
    if len(steps(plan)) > STEPS_MAX:
        raise Refused(f"A plan has at most {STEPS_MAX} steps.", {"steps": "These are too many."})
    found: dict[str, Any] = {
        "asset": ctx.data.get(Asset, plan.asset or 0),
        "place": ctx.data.get(Place, plan.place or 0),
        "owner": ctx.data.get(Person, plan.owner or 0),
        "vendor": ctx.data.get(Party, plan.vendor or 0),
    }
    for name in names:
        one = found.get(name)
        if isinstance(one, Asset) and one.status in GONE:
            raise Refused(f"{one.name} is {one.status.label}.", {name: "Something that is there, please."})
        if one is not None and not getattr(one, "active", True):
            raise Refused(f"{one.name} is not there any more.", {name: "Not any more."})


def steps(plan: Plan) -> list[str]:
    """Return what is to be done, step by step."""
    return [line for line in plan.steps.splitlines() if line.strip()]


def all_of(ctx: Context, model: str) -> list[Asset]:
    """Return the assets of a model that are there."""
    return [one for one in ctx.data.find(Asset, model=model) if one.status not in GONE]


def open_steps(plan: Plan) -> list[tuple[int, str]]:
    """Return the steps that are not ticked, each with its number."""
    return [(number, text) for number, text in enumerate(steps(plan), 1) if number not in plan.ticked]


def left(ctx: Context, plan: Plan) -> list[Asset]:
    """Return the assets of a plan for a model that are still to be done in this round."""
    return [one for one in all_of(ctx, plan.model) if one.id not in plan.done] if plan.model else []


def why_gone(ctx: Context, plan: Plan) -> str:
    """Return in words that the thing of a plan is not there any more; nothing if it is, or where it is of none."""
    asset = ctx.data.get(Asset, plan.asset) if plan.asset else None
    return f"{asset.tag or asset.ref} is {asset.status.label}" if asset is not None and asset.status in GONE else ""


def words(ctx: Context, plan: Plan) -> str:
    """Return where a plan stands: ``late since Fri 20 Nov; 3 of 5 left``."""
    if not plan.active or plan.next_on is None:
        return "stands still"
    if gone := why_gone(ctx, plan):
        return f"{gone}: stop this plan (i)"
    day = calendar.day_words(plan.next_on, ctx.today)
    due = f"late since {day}" if plan.next_on < ctx.today else f"due {day}"
    if plan.model and plan.done:
        return f"{due}; {len(left(ctx, plan)):,} of {len(all_of(ctx, plan.model)):,} left"
    return due
