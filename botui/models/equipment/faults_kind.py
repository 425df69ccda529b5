"""Faults, the log of work and first-line guides, bound together for the screens, the command line and the import."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from botui.models.base import Kind, View, stamp
from botui.models.equipment.fault import OPEN, Fault, Guide, State, WaitFor, Work

SOON: Final = timedelta(hours=1)
"""What is due within this time shows as running late, as tickets do."""


def fault_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late``, ``soon``, ``done`` or nothing for a stored fault."""
    if doc.get("state", State.REPORTED.value) not in OPEN:
        return "done"
    due = doc.get("due")
    if not due:
        return ""
    return "late" if due < now else "soon" if due < stamp(datetime.fromisoformat(now) + SOON) else ""


_OPEN: Final = tuple(sorted(one.value for one in OPEN))

FAULTS: Final = Kind(
    model=Fault,
    one="fault",
    many="Faults",
    title=lambda fault: fault.what,
    about="asset",
    rules="botui.models.equipment.faults_rules:FAULTS",
    views=(
        View(
            name="open",
            label="Broken now",
            where=lambda _: {"state": _OPEN},
            sort="due",
            empty="Nothing is broken: n reports a fault.",
        ),
        View(
            name="mine",
            label="My faults",
            where=lambda ctx: {"state": _OPEN, "owner": (ctx.by or 0,)},
            sort="due",
            empty="You have no faults: t takes one from Broken now.",
        ),
        View(
            name="unassigned",
            label="Faults nobody has",
            where=lambda _: {"state": _OPEN, "owner": (None,)},
            sort="due",
            empty="Every fault has somebody who sees to it.",
        ),
        View(
            name="vendor",
            label="At the vendor",
            where=lambda _: {
                "state": (State.WAITING.value,),
                "waiting_for": (WaitFor.VENDOR.value, WaitFor.QUOTE.value),
            },
            sort="due",
            empty="Nothing is with a vendor.",
        ),
        View(
            name="part",
            label="Waiting for a part",
            where=lambda _: {"state": (State.WAITING.value,), "waiting_for": (WaitFor.PART.value,)},
            sort="due",
            empty="Nothing waits for a part.",
        ),
        View(name="all", label="Faults, fixed ones too", where=lambda _: {}, sort="created_at", down=True, menu=False),
    ),
    columns=("what", "asset", "state", "owner"),
    index=(
        *("state", "owner", "asset", "place", "severity", "waiting_for", "waiting_until", "due", "requester"),
        *("created_at", "closed_at", "vendor", "joined_into"),
    ),
    text=("what", "body", "outcome"),
    states={state.value: state.label for state in State},
    row_style=fault_style,
)
WORKLOG: Final = Kind(
    model=Work,
    one="entry of work",
    many="Log of work",
    title=lambda work: work.text or work.kind.label,
    rules="botui.models.equipment.faults_rules:WORKLOG",
    views=(View(name="all", label="Log of work", where=lambda _: {}, sort="at", down=True, menu=False),),
    columns=("at", "kind", "text", "amount"),
    index=("fault", "plan", "asset", "kind", "at", "by", "party", "movement", "takes_back"),
    text=("text",),
    parent="fault",
)
GUIDES: Final = Kind(
    model=Guide,
    one="guide",
    many="Guides",
    rules="botui.models.equipment.faults_rules:GUIDES",
    views=(
        View(
            name="active",
            label="First-line guides",
            where=lambda _: {"active": (True,)},
            sort="name",
            empty="No guides yet: n writes one.",
        ),
        View(name="all", label="Guides, old ones too", where=lambda _: {}, sort="name", menu=False),
    ),
    columns=("name", "category", "words"),
    index=("name", "category", "active"),
    text=("name", "steps"),
)
