"""Licences and their seats, bound together for the screens, the command line and the import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui import areas
from botui.models.base import Kind, View
from botui.models.equipment.licence import RUNNING, Licence, Seat, State
from botui.models.equipment.terms import wakes

_RUNNING: Final = tuple(sorted(one.value for one in RUNNING))


def licence_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late`` for what has ended, ``soon`` for what ends soon, ``done`` for what was cancelled."""
    state = doc.get("state", State.ACTIVE.value)
    if state == State.CANCELLED.value:
        return "done"
    if state == State.EXPIRED.value or (doc.get("renews_on") or "9999") < now[:10]:
        return "late"
    return "soon" if state == State.EXPIRING.value else ""


LICENCES: Final = Kind(
    model=Licence,
    one="licence",
    many="Licences",
    rules="botui.models.equipment.licences_rules:LICENCES",
    views=(
        View(
            name="running",
            label="Licences and subscriptions",
            where=lambda _: {"state": _RUNNING},
            sort="name",
            empty="No licences yet: n files one.",
        ),
        View(
            name="expiring",
            label="Licences expiring",
            where=lambda _: {"state": (State.EXPIRING.value, State.EXPIRED.value)},
            sort="renews_on",
            empty="Nothing ends or renews within 90 days.",
        ),
        View(name="all", label="Licences, cancelled ones too", where=lambda _: {}, sort="name", menu=False),
    ),
    columns=("name", "seats", "cost", "renews_on", "state"),
    index=("name", "vendor", "owner", "state", "renews_on", "cancel_by", "seats", "used", "cost", "noticed"),
    derived={"wakes": wakes},
    aliases=("codes",),
    text=("name", "plan", "codes", "note"),
    states={state.value: state.label for state in State},
    row_style=licence_style,
)
SEATS: Final = Kind(
    model=Seat,
    one="seat",
    many="Seats",
    title=lambda seat: f"Seat of {seat.what or areas.ref(Licence.COLLECTION, seat.licence)}",
    rules="botui.models.equipment.licences_rules:SEATS",
    views=(
        View(
            name="open",
            label="Seats given",
            where=lambda _: {"back_at": (None,)},
            sort="what",
            empty="No seat is given.",
            menu=False,
        ),
        View(
            name="mine",
            label="My seats",
            where=lambda ctx: {"person": (ctx.by or 0,), "back_at": (None,)},
            sort="what",
            empty="You have no seat of a licence.",
            menu=False,
        ),
        View(name="all", label="Seats, and those taken back", where=lambda _: {}, sort="what", menu=False),
    ),
    columns=("what", "person", "asset", "note"),
    index=("what", "licence", "person", "asset", "back_at", "at"),
    text=("what", "note"),
)
