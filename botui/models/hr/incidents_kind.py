"""The accident book bound together for the screens and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Kind, View
from botui.models.hr.incident import Incident, IncidentKind, State, must_be_told
from botui.models.office import Context

_OPEN: Final = (State.NEW.value, State.OPEN.value)


def whose(doc: Mapping[str, Any]) -> list[int]:
    """Return whom it hurt and who looks into it."""
    return [doc[name] for name in ("person", "owner") if name in doc]


def to_tell(doc: Mapping[str, Any]) -> bool:
    """Return whether the authority is still to be told."""
    kind = doc.get("kind", IncidentKind.ACCIDENT.value)
    return must_be_told(kind, doc.get("days_lost", 0), told="reported_on" in doc)


def incident_style(doc: Mapping[str, Any], _: str) -> str:
    """Return ``late`` for what the authority is to be told, ``soon`` for what nobody looks into, ``done`` if closed."""
    if to_tell(doc):
        return "late"
    state = doc.get("state", State.NEW.value)
    return "done" if state == State.CLOSED.value else "soon" if state == State.NEW.value else ""


def _mine(ctx: Context) -> Mapping[str, Any]:
    return {"owner": (ctx.by or 0,), "state": _OPEN}


INCIDENTS: Final = Kind(
    model=Incident,
    one="accident or near miss",
    many="Accident book",
    title=lambda one: one.what,
    rules="botui.models.hr.incidents_rules:INCIDENTS",
    views=(
        View(
            name="open",
            label="Accidents and near misses",
            where=lambda _: {"state": _OPEN},
            sort="at",
            down=True,
            empty="No accident or near miss is open: n writes one down.",
        ),
        View(
            name="tell",
            label="Accidents the authority is to be told",
            where=lambda _: {"to_tell": (True,)},
            sort="at",
            empty="There is no accident that the authority must still be told.",
            menu=False,
        ),
        View(
            name="mine",
            label="Accidents that I look into",
            where=_mine,
            sort="at",
            empty="There is none for you to look into.",
            menu=False,
        ),
        View(name="all", label="Accident book, all of it", where=lambda _: {}, sort="at", down=True, menu=False),
    ),
    columns=("what", "kind", "at", "state"),
    index=("kind", "at", "place", "person", "owner", "state", "days_lost"),
    derived={"whose": whose, "to_tell": to_tell},
    several=("whose",),
    text=("what", "name", "injury", "witnesses", "measures"),
    states={state.value: state.label for state in State},
    whose="whose",
    watched=True,
    row_style=incident_style,
)
"""Who was hurt, or nearly."""
