"""What follows in HR from a change, whoever makes it.

Each part says what it heeds and what it is about, and is loaded when the one changes and there is any of the other: who
takes a pencil does not load HR, nor does anything in an office without it. All that is heeded stands in the area's line
in ``botui.areas``, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from botui.areas import load
from botui.models.base import Change
from botui.models.office import Context

PARTS: Final[tuple[tuple[str, tuple[str, ...], Mapping[str, tuple[str, ...]]], ...]] = (
    ("botui.models.hr.absence_follows:follow", ("leave",), {"leave": ()}),
    (
        "botui.models.hr.growth_follows:follow",
        ("reviews", "trainings"),
        {"people": ("active",), "person_files": ("manager",)},
    ),
    ("botui.models.hr.interview_follows:follow", ("interviews",), {"meetings": ()}),
    (
        "botui.models.hr.candidate_keeping:follow",
        ("candidates",),
        {"retention": (), "settings": ("fiscal_year_end",), "openings": ("schedule",)},
    ),
    (
        "botui.models.hr.self_ticking:follow",
        ("steps",),
        {
            **dict.fromkeys(("loans", "custody", "seats", "trainings", "certificates", "acknowledgements"), ()),
            "access": ("state",),
            "documents": ("person",),
            "letters": ("person",),
        },
    ),
    ("botui.models.hr.closing_access:follow", ("person_files",), {"people": ("active",)}),
    ("botui.models.hr.task_follows:follow", ("tasks",), {"steps": (), "tasks": ()}),  # behind all that tick steps
    (
        "botui.models.hr.person_status:follow",
        ("person_files",),
        {"person_files": ("starts", "ends", "left_at"), "absences": (), "tasks": ("state", "kind")},
    ),
)
"""The rules, for each what it is about, and the collections it heeds, with the fields of which a change matters (none =
all)."""


def follow(ctx: Context, change: Change) -> None:
    """Add to a change what follows in HR.

    Raises:
        Refused: it cannot be done, as what follows cannot.
    """
    for rule, about, heeds in PARTS:
        touched = [(heeds[name], put) for (name, _), put in change.puts.items() if name in heeds]
        matters = any(not fields or not put.fields.keys().isdisjoint(fields) for fields, put in touched)
        if matters and (any(name in about for name, _ in change.puts) or ctx.data.holds(*about)):
            load(rule)(ctx, change)
