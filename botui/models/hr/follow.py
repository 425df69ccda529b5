"""What follows in HR from a change, whoever makes it.

Each part says what it heeds, and is loaded when that changes: who takes a pencil does not load HR. All that is heeded
stands in the area's line in ``botui.areas``, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from botui.areas import load
from botui.models.base import Change
from botui.models.office import Context

PARTS: Final[tuple[tuple[str, Mapping[str, tuple[str, ...]]], ...]] = (
    ("botui.models.hr.absence_follows:follow", {"leave": ()}),
    ("botui.models.hr.growth_follows:follow", {"people": ("active",), "person_files": ("manager",)}),
    ("botui.models.hr.interview_follows:follow", {"meetings": ()}),
    (
        "botui.models.hr.candidate_keeping:follow",
        {"retention": (), "settings": ("fiscal_year_end",), "openings": ("schedule",)},
    ),
    (
        "botui.models.hr.self_ticking:follow",
        {
            **dict.fromkeys(("loans", "custody", "seats", "trainings", "certificates", "acknowledgements"), ()),
            "access": ("state",),
            "documents": ("person",),
            "letters": ("person",),
        },
    ),
    ("botui.models.hr.closing_access:follow", {"people": ("active",)}),
    ("botui.models.hr.task_follows:follow", {"steps": (), "tasks": ()}),  # behind all that tick steps
    (
        "botui.models.hr.person_status:follow",
        {"person_files": ("starts", "ends", "left_at"), "absences": (), "tasks": ("state", "kind")},
    ),
)
"""The rules, and for each the collections that it heeds, with the fields (none = all) of which a change matters."""


def follow(ctx: Context, change: Change) -> None:
    """Add to a change what follows in HR.

    Raises:
        Refused: it cannot be done, as what follows cannot.
    """
    for rule, heeds in PARTS:
        touched = [(heeds[name], put) for (name, _), put in change.puts.items() if name in heeds]
        if any(not fields or not put.fields.keys().isdisjoint(fields) for fields, put in touched):
            load(rule)(ctx, change)
