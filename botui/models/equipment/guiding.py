"""First-line guides: which of them is for what was reported, the steps it brings, and how they are ticked."""

from __future__ import annotations

from typing import Any

from botui.models.base import Change, Refused, plural
from botui.models.equipment.asset import Category
from botui.models.equipment.fault import Fault, Guide, State
from botui.models.equipment.fault_forms import GoBy, Tick
from botui.models.equipment.moves import looked_at
from botui.models.equipment.repair import Repair, desk_only, hands
from botui.models.office import Context
from botui.models.office.spoken import says, stem
from botui.models.tickets.shape import Step, steps


def guide_for(ctx: Context, category: int | None, text: str) -> Guide | None:
    """Return the guide for what was reported of a thing of a category: the one of which most words are in the text.

    A guide with words needs one of them; one without is for all of its category. Where the thing is not known, a guide
    of a category is found where the text names that.
    """
    said = [stem(word) for word in text.split()]
    found = [(_fitness(ctx, guide, category, said), guide) for guide in ctx.data.find(Guide, active=True)]
    best = max(found, key=lambda one: (one[0], -one[1].id), default=None)
    return best[1] if best is not None and best[0] > (0, 0) else None


def _fitness(ctx: Context, guide: Guide, category: int | None, said: list[str]) -> tuple[int, int]:
    """Return how well a guide fits: how many of its words were said, and whether it is of the category."""
    of_it = guide.category is not None and guide.category == category
    if guide.category is not None and not of_it and (category is not None or not _named(ctx, guide.category, said)):
        return 0, 0
    hits = sum(says(said, word) for word in guide.words)
    return (hits, int(of_it)) if hits or not guide.words else (0, 0)


def _named(ctx: Context, category: int, said: list[str]) -> bool:
    found = ctx.data.get(Category, category)
    return found is not None and says(said, found.name)


def brought(guide: Guide | None) -> dict[str, Any]:
    """Return the values of a fault that goes by a guide, or by none."""
    return {"guide": guide.id if guide else None, "checklist": steps(guide.steps) if guide else ()}


# --- verbs ------------------------------------------------------------------------------------------------------------


def cannot_tick(ctx: Context, fault: Fault) -> str | None:
    """Guard of tick."""
    return desk_only(ctx, fault) or (None if fault.checklist else "It has no first steps: f chooses a guide.")


def tick(ctx: Context, fault: Fault, args: Tick) -> Change:
    """Tick a first step off, or on again.

    Raises:
        Refused: there is no such step, or none is open.
    """
    all_ = list(fault.checklist)
    open_ = [at for at, one in enumerate(all_) if one.done_at is None]
    if args.step is not None and args.step > len(all_):
        raise Refused(f"There are {plural(len(all_), 'step')}.", {"step": "There is no such step."})
    if args.step is None and not open_:
        raise Refused("All its steps are done: s says that it works, w lets it wait.")
    at = open_[0] if args.step is None else args.step - 1
    done = all_[at].done_at is None
    all_[at] = Step(text=all_[at].text, done_at=ctx.now if done else None, done_by=ctx.by if done else None)
    step = Repair.of(ctx, "tick", fault)
    step.move(checklist=tuple(all_), owner=hands(ctx, fault))
    if fault.state is State.REPORTED:
        step.move(**looked_at(ctx, step.fault, step.fault.owner))
    left = next((one.text for one in all_ if one.done_at is None), None)
    then = f"Next: {left}" if left else "It was the last: s says that it works, w lets it wait."
    return step.go_on(f"Step {at + 1} is {'done' if done else 'open again'}. {then}")


def go_by(ctx: Context, fault: Fault, args: GoBy) -> Change:
    """Go by another guide; what was ticked of the one before is kept in the log.

    Raises:
        Refused: there is no such guide in use, or it goes by it already.
    """
    guide = ctx.data.get(Guide, args.guide)
    if guide is None or not guide.active:
        raise Refused("There is no such guide in use.", {"guide": "One that is in use, please."})
    if fault.guide == guide.id:
        raise Refused(f"It goes by {guide.name} already.", {"guide": "It goes by this already."})
    step = Repair.of(ctx, "guide", fault)
    ticked = [one.text for one in fault.checklist if one.done_at]
    if ticked:
        step.log(text=f"Tried before: {'; '.join(ticked)}")
    step.move(**brought(guide))
    return step.close(f"{fault.ref} goes by {guide.name}: {plural(len(step.fault.checklist), 'step')}.")
