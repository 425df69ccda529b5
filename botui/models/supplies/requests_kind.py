"""Requests bound together for the screens, the command line and the import."""

from __future__ import annotations

from typing import Final

from botui.models.base import Kind, View
from botui.models.office import REMIND
from botui.models.supplies.request import Request, State

REQUESTS: Final = Kind(
    model=Request,
    one="request",
    many="Requests",
    title=lambda one: f"{one.quantity:,} {one.what}".strip(),
    transitions=(REMIND,),
    views=(
        View(name="open", label="Requests", where=lambda _: {"state": ("asked", "approved")}, sort="created_at"),
        View(name="all", label="Requests, old ones too", where=lambda _: {}, sort="id", down=True, menu=False),
    ),
    columns=("item", "quantity", "person", "state", "what"),
    index=("item", "state", "needed_by", "created_at"),
    text=("what", "note"),
    states={state.value: state.label for state in State},
)
