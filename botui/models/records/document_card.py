"""What documents say of a customer or supplier on its card: the last papers from or to them, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from botui.models.office import Context, Party, Place
from botui.models.records.document import GONE, Document

_SHOWN: Final = 3
"""Documents that a card names, the last ones."""


def card(ctx: Context, party: Party) -> Iterator[tuple[str, str]]:
    """Yield the last documents from or to a party, as far as whoever reads sees them, and how many there are."""
    found = [one for one in ctx.data.find(Document, party=party.id) if one.state not in GONE]
    for one in found[: -_SHOWN - 1 : -1]:
        place = ctx.data.get(Place, one.place) if one.place else None
        where = ", ".join(filter(None, (place.name if place else "", one.shelf)))
        yield one.ref, f"{one.title}{f'; in {where}' if where else ''}"
    if len(found) > _SHOWN:
        yield "", f"and {len(found) - _SHOWN:,} more documents"
