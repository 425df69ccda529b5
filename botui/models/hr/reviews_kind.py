"""Reviews bound together for the screens and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Between, Kind, View
from botui.models.hr.review import OPEN, Review, State
from botui.models.office import Context

_OPEN: Final = tuple(sorted(one.value for one in OPEN))


def whose(doc: Mapping[str, Any]) -> list[int]:
    """Return whom it is about and who reviews them."""
    return [doc[name] for name in ("person", "manager") if name in doc]


def review_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late`` for one that should have been signed by now, ``done`` for one that is."""
    if doc.get("state", State.DRAFT.value) not in _OPEN:
        return "done"
    return "late" if (doc.get("due") or "9999") < now[:10] else ""


def _late(ctx: Context) -> Mapping[str, Any]:
    return {"state": _OPEN, "due": Between(high=ctx.today.isoformat())}


def _mine(ctx: Context) -> Mapping[str, Any]:
    return {"person": (ctx.by or 0,), "state": _OPEN}


def _to_give(ctx: Context) -> Mapping[str, Any]:
    return {"manager": (ctx.by or 0,), "state": _OPEN}


REVIEWS: Final = Kind(
    model=Review,
    one="review",
    many="Reviews",
    title=lambda _: "Review of",
    about="person",
    rules="botui.models.hr.reviews_rules:REVIEWS",
    views=(
        View(
            name="open",
            label="Reviews, open ones by manager",
            where=lambda _: {"state": _OPEN},
            sort="manager",
            empty="No review is open: b at a review cycle opens them; n opens one.",
        ),
        View(
            name="late",
            label="Reviews late",
            where=_late,
            sort="due",
            timed=True,
            empty="No review is late.",
            menu=False,
        ),
        View(name="mine", label="My reviews", where=_mine, sort="due", empty="No review of you is open.", menu=False),
        View(
            name="give",
            label="Reviews that I give",
            where=_to_give,
            sort="due",
            empty="You have no review to give.",
            menu=False,
        ),
        View(name="all", label="Reviews, signed ones too", where=lambda _: {}, down=True, menu=False),
    ),
    columns=("person", "manager", "due", "state", "goals"),
    index=("cycle", "person", "manager", "due", "state"),
    derived={"whose": whose},
    several=("whose",),
    states={state.value: state.label for state in State},
    whose="whose",
    watched=True,
    row_style=review_style,
)
"""How people did."""
