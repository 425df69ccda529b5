"""Erasures, bound together for the screens and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Kind, View, approver_word
from botui.models.hr.erasure import PENDING, Erasure, State


def whose(doc: Mapping[str, Any]) -> list[str]:
    """Return who sees it besides HR: who is asked to approve it."""
    return [approver_word(doc["approver"])] if doc.get("approver") else []


def erasure_style(doc: Mapping[str, Any], _: str) -> str:
    """Return ``soon`` for what is approved and waits to be done, ``done`` for what is over."""
    state = doc.get("state", State.OPEN.value)
    if state == State.APPROVED.value:
        return "soon"
    return "" if state == State.OPEN.value else "done"


ERASURES: Final = Kind(
    model=Erasure,
    one="erasure",
    many="Erasures",
    title=lambda one: f"Erasure of {one.whose}",
    rules="botui.models.hr.erasures_rules:ERASURES",
    views=(
        View(
            name="open",
            label="To be erased for good",
            where=lambda _: {"state": tuple(sorted(one.value for one in PENDING))},
            down=True,
            empty="Nothing waits: what is kept long enough comes by itself; n proposes.",
        ),
        View(
            name="certificates",
            label="Certificates of erasure",
            where=lambda _: {"state": (State.ERASED.value,)},
            down=True,
            empty="Nothing was erased yet.",
            menu=False,
        ),
        View(name="all", label="All erasures", where=lambda _: {}, down=True, menu=False),
    ),
    columns=("person", "why", "state", "approver"),
    index=("person", "candidate", "why", "state", "approver", "created_by", "erased_at", "kept_until"),
    derived={"whose": whose},
    several=("whose",),
    whose="whose",
    states={one.value: one.label for one in State},
    row_style=erasure_style,
)
