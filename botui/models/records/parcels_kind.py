"""The parcel book bound together for the screens and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from botui.models.base import Kind, View, stamp
from botui.models.records.letter import Direction
from botui.models.records.parcel import Parcel, State

_HERE: Final = (State.HERE.value,)
_IN: Final = (Direction.IN.value,)
UNCOLLECTED: Final = timedelta(days=7)
"""After this a parcel that nobody fetched is late: whoever was away for a week has been told by then."""


def parcel_title(parcel: Parcel) -> str:
    """Return what a parcel is called: from whom it is, or who brings it."""
    words = f"from {parcel.sender}" if parcel.came_in and parcel.sender else parcel.sender and f"to {parcel.sender}"
    return f"Parcel {words or parcel.label or parcel.carrier}".strip()


def parcel_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late`` for what nobody fetched in a week, ``done`` for what is gone."""
    if doc.get("state", State.HERE.value) != State.HERE.value:
        return "done"
    since = doc.get("at")
    return "late" if since and since < stamp(datetime.fromisoformat(now) - UNCOLLECTED) else ""


PARCELS: Final = Kind(
    model=Parcel,
    one="parcel",
    many="Parcels",
    title=parcel_title,
    rules="botui.models.records.parcels_rules:PARCELS",
    views=(
        View(
            name="here",
            label="Parcels here",
            where=lambda _: {"direction": _IN, "state": _HERE},
            sort="at",
            empty="No parcel lies here: n takes one in.",
        ),
        View(
            name="mine",
            label="Parcels for me",
            where=lambda ctx: {"person": (ctx.by or 0,), "direction": _IN, "state": _HERE},
            sort="at",
            empty="No parcel is here for you.",
            menu=False,
        ),
        View(
            name="outgoing",
            label="Parcels to be fetched by their carrier",
            where=lambda _: {"direction": (Direction.OUT.value,), "state": _HERE},
            sort="at",
            empty="No parcel waits for its carrier: n puts one out.",
            menu=False,
        ),
        View(
            name="all",
            label="Parcels, fetched ones too",
            where=lambda _: {},
            sort="id",
            down=True,
            empty="No parcel yet: n takes one in.",
            menu=False,
        ),
    ),
    columns=("person", "sender", "shelf", "at", "state"),
    index=("person", "label", "sender", "shelf", "carrier", "direction", "state", "at", "created_by", "about"),
    aliases=("tracking",),
    text=("label", "sender", "carrier", "tracking", "shelf", "note"),
    states={state.value: state.label for state in State},
    row_style=parcel_style,
)
