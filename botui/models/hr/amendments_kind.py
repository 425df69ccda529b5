"""Amendments of people's files, bound together for the screens and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Kind, View
from botui.models.hr.amendment import OPEN, Amendment, State

_OPEN: Final = tuple(sorted(one.value for one in OPEN))


def whose(doc: Mapping[str, Any]) -> list[int]:
    """Return who sees it besides HR: whom it is about, if they asked for it, or once it is made."""
    person = doc.get("person")
    known = person == doc.get("created_by") or doc.get("state") == State.DONE.value
    return [person] if person is not None and known else []


def falls(doc: Mapping[str, Any]) -> str | None:
    """Return the day on which time makes it; None = it does not."""
    planned = doc.get("state") == State.PLANNED.value and not doc.get("trouble")
    return doc.get("on") if planned else None


def amendment_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late`` for what could not be made, ``soon`` for what HR is asked, ``done`` for what is over."""
    state = doc.get("state", State.ASKED.value)
    if state not in _OPEN:
        return "done"
    return "late" if doc.get("trouble") else "soon" if state == State.ASKED.value else ""


AMENDMENTS: Final = Kind(
    model=Amendment,
    one="change of a file",
    many="Changes of files",
    title=lambda _: "Change of the file of",
    about="person",
    rules="botui.models.hr.amendments_rules:AMENDMENTS",
    views=(
        View(
            name="asked",
            label="Changes asked for",
            where=lambda _: {"state": (State.ASKED.value,)},
            empty="Nobody asks for a change: n asks for one, or plans one.",
        ),
        View(
            name="planned",
            label="Changes of files to come",
            where=lambda _: {"state": (State.PLANNED.value,)},
            sort="on",
            empty="No change is planned: n plans one.",
            menu=False,
        ),
        View(
            name="mine",
            label="My changes",
            where=lambda ctx: {"person": (ctx.by or 0,)},
            down=True,
            empty="You asked for no change of your file: n asks for one.",
            menu=False,
        ),
        View(name="all", label="Changes of files, made ones too", where=lambda _: {}, down=True, menu=False),
    ),
    columns=("text", "person", "on", "state"),
    index=("person", "on", "state", "created_by", "created_at", "decided_at"),
    derived={"whose": whose, "falls": falls},
    several=("whose",),
    text=("text",),
    states={state.value: state.label for state in State},
    whose="whose",
    watched=True,
    row_style=amendment_style,
)
