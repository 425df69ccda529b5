"""What follows in records from a change, whoever makes it.

Each part says what it heeds, and is loaded when that changes: who comes in or goes home does not load the area.
"""

from __future__ import annotations

from typing import Final

from botui.areas import load
from botui.models.base import Change
from botui.models.office import Context

_DATES: Final = {
    "documents": (),
    "retention": (),
    "contracts": (),
    "people": ("active",),
    "settings": ("fiscal_year_end",),
}
PARTS: Final = (
    ("botui.models.records.payment_follows:follow", {"payments": ()}),
    ("botui.models.records.retaining:follow", _DATES),
)
"""The rules, and for each the collections that it heeds, with the fields (none = all) of which a change matters."""


def follow(ctx: Context, change: Change) -> None:
    """Add to a change what follows in records.

    Raises:
        Refused: it cannot be done, as what follows cannot.
    """
    for rule, heeds in PARTS:
        touched = [(heeds[name], put) for (name, _), put in change.puts.items() if name in heeds]
        if any(not fields or not put.fields.keys().isdisjoint(fields) for fields, put in touched):
            load(rule)(ctx, change)
