"""Licences and their seats, bound together for the screens, the command line and the import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui import areas
from botui.models.base import Kind, Transition, View
from botui.models.equipment import licensing, seating
from botui.models.equipment.licence import RUNNING, Licence, Seat, State
from botui.models.equipment.terms import wakes
from botui.models.office import REMIND

_RUNNING: Final = tuple(sorted(one.value for one in RUNNING))
_TOLD: Final = frozenset({State.EXPIRING, State.EXPIRED})


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
    transitions=(
        Transition(
            name="hand_out",
            label="Give a seat",
            rule=seating.give,
            sources=RUNNING,
            needs=seating.GiveSeat,
            who="own",
            guard=seating.none_free,
            many=False,
        ),
        Transition(
            name="give_back",
            label="Take a seat back",
            rule=seating.take,
            needs=seating.TakeSeat,
            who="own",
            guard=seating.none_given,
            many=False,
        ),
        Transition(
            name="renew",
            label="Renew",
            rule=licensing.renew,
            sources=frozenset(State) - {State.CANCELLED},
            needs=licensing.Renew,
            who="own",
            guard=licensing.never_ends,
        ),
        Transition(
            name="acknowledge",
            label="Seen",
            rule=licensing.acknowledge,
            sources=_TOLD,
            who="own",
            guard=licensing.nothing_told,
        ),
        Transition(
            name="cancel",
            label="Cancel",
            rule=licensing.cancel,
            sources=frozenset(State) - {State.CANCELLED},
            target=State.CANCELLED,
            needs=licensing.CancelLicence,
            who="own",
        ),
        Transition(
            name="reopen",
            label="Take up again",
            rule=licensing.reopen,
            sources=frozenset({State.CANCELLED}),
            who="own",
        ),
        REMIND,
    ),
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
            label="Expiring",
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
    create=licensing.create,
    revise=licensing.revise,
    fixed=licensing.refuse_fixed,
    states={state.value: state.label for state in State},
    row_style=licence_style,
)
SEATS: Final = Kind(
    model=Seat,
    one="seat",
    many="Seats",
    title=lambda seat: f"Seat of {seat.what or areas.ref(Licence.COLLECTION, seat.licence)}",
    transitions=(
        Transition(name="give_back", label="Take back", rule=seating.take_this, guard=seating.is_back),
        REMIND,
    ),
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
