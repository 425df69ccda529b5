"""First-line guides: which of them is for what was reported, and the steps it brings."""

from __future__ import annotations

from typing import Any

from botui.models.equipment.asset import Category
from botui.models.equipment.fault import Guide
from botui.models.office import Context
from botui.models.office.spoken import stem
from botui.models.tickets.shape import steps


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
    hits = sum(_says(said, word) for word in guide.words)
    return (hits, int(of_it)) if hits or not guide.words else (0, 0)


def _named(ctx: Context, category: int, said: list[str]) -> bool:
    found = ctx.data.get(Category, category)
    return found is not None and _says(said, found.name)


def _says(said: list[str], words: str) -> bool:
    """Return whether words stand in a text, one after the other."""
    wanted = [stem(word) for word in words.split()]
    return any(said[at : at + len(wanted)] == wanted for at in range(len(said))) if wanted else False


def brought(guide: Guide | None) -> dict[str, Any]:
    """Return the values of a fault that goes by a guide, or by none."""
    return {"guide": guide.id if guide else None, "checklist": steps(guide.steps) if guide else ()}
