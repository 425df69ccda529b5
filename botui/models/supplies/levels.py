"""What of an item lies where, which of it goes first, and what it is worth."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

from botui import areas
from botui.models.office import Context, Place
from botui.models.supplies.item import Item

_CENTS: Final = Decimal("0.0001")
"""To which the price of a base unit is rounded: what fits into its field."""


def lots(item: Item, place: int, quantity: int) -> list[tuple[date | None, int]]:
    """Return of which use-by dates so many leave a place: what is to be used first goes first (FEFO).

    What is more than there is goes without a date.
    """
    found: list[tuple[date | None, int]] = []
    dated = sorted(
        (one for one in item.stock if one.place == place and one.use_by), key=lambda one: one.use_by or date.max
    )
    for level in dated:
        part = min(level.quantity, quantity)
        if part > 0:
            found.append((level.use_by, part))
            quantity -= part
    return [*found, (None, quantity)] if quantity else found


def places_of(item: Item) -> list[int]:
    """Return the numbers of the places where there is some of an item, or less than nothing."""
    return list(dict.fromkeys(one.place for one in item.stock if item.at(one.place)))


def place_name(ctx: Context, place: int) -> str:
    """Return the name of a place."""
    found = ctx.data.get(Place, place)
    return found.name if found else areas.ref("places", place)


def unit_cost(item: Item) -> Decimal | None:
    """Return what one base unit of an item is worth: the average of what is here, else its last price, if known."""
    return item.price if item.average is None else item.average


def priced(item: Item, quantity: int, cost: Decimal) -> dict[str, Any]:
    """Return the prices of an item after so many came at a price: the last, and the moving average of what is here.

    Where a dear delivery is taken back after what was cheap is used up, no average is left to reckon with: it stays.
    """
    last = {"price": cost} if quantity > 0 else {}
    here = max(item.on_hand, 0)
    left = here + quantity
    worth = here * (cost if (known := unit_cost(item)) is None else known) + quantity * cost
    return last if left <= 0 or worth < 0 else {**last, "average": (worth / left).quantize(_CENTS)}
