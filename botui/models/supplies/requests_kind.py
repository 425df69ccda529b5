"""Requests bound together for the screens, the command line and the import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Kind, View
from botui.models.supplies.request import OPEN, Request, State

_WAITS: Final = tuple(one.value for one in OPEN)


def title(one: Request) -> str:
    """Return how many of what; of an item its name follows (``Kind.about``), so that it is the one it has now."""
    return f"{one.quantity:,} x" if one.item or not one.what else f"{one.quantity:,} x {one.what}"


def _style(doc: Mapping[str, Any], now: str) -> str:
    if doc.get("state", State.ASKED.value) not in _WAITS:
        return "done"
    needed = doc.get("needed_by")
    return "" if needed is None else "late" if needed < now[:10] else "soon" if needed == now[:10] else ""


REQUESTS: Final = Kind(
    model=Request,
    one="request",
    many="Requests",
    title=title,
    about="item",
    rules="botui.models.supplies.requests_rules:REQUESTS",
    views=(
        View(
            name="open",
            label="Requests to decide",
            where=lambda _: {"state": (State.ASKED.value,)},
            sort="created_at",
            empty="No request waits for a decision. n asks for something.",
        ),
        View(
            name="hand_out",
            label="Requests to hand out",
            where=lambda _: {"state": (State.APPROVED.value,)},
            sort="source",
            empty="Nothing is to be handed out.",
        ),
        View(
            name="mine",
            label="My requests",
            where=lambda ctx: {"person|created_by": (ctx.by or 0,)},
            sort="created_at",
            down=True,
            empty="You have not asked for anything: press n.",
        ),
        View(name="all", label="Requests, old ones too", where=lambda _: {}, sort="created_at", down=True, menu=False),
    ),
    columns=("item", "what", "quantity", "person", "state", "source"),
    index=("item", "state", "needed_by", "created_at", "created_by", "person", "source", "decided_at"),
    text=("what", "note", "reason"),
    states={state.value: state.label for state in State},
    row_style=_style,
)
