"""What the page of a basket shows of it, and keeps of it as a draft."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar, Final

from botui import areas
from botui.actions.basket import Basket, listed
from botui.data import Desk
from botui.models.base import BotuiError
from botui.models.supplies import Item
from botui.models.supplies.item import many
from botui.screens import drafts
from botui.widgets.columns import Column

DRAFT: Final = "take by scan"
"""The name of a basket among the drafts of a person."""
TITLE: Final = "Take by scan"


class BasketRows:
    """The lines of a basket: how many of what, what is there of it, and why it could not be booked."""

    columns: ClassVar = (
        Column("quantity", "Take", 11, right=True),
        Column("name", "What", 24, flex=True),
        Column("here", "On hand", 9, right=True),
        Column("why", "", 30, telling=True),
    )

    def __init__(self, desk: Desk, basket: Basket) -> None:
        self._desk = desk
        self._basket = basket

    def ids(self) -> Sequence[int]:
        """Return the items, the last scanned below all others."""
        return [one.item for one in self._basket.picks]

    def cells(self, number: int) -> Sequence[str]:
        """Return one line."""
        pick = self._basket.of(number)
        if pick is None:
            return ("", "", "", "")
        item = item_at(self._desk, number)
        place = self._basket.place
        here = "" if item is None else f"{item.on_hand if place is None else item.at(place):,}"
        return (f"{pick.quantity:,} x", self._desk.title("items", number), here, pick.why)

    def style(self, number: int) -> str:
        """Return the emphasis of what could not be booked."""
        pick = self._basket.of(number)
        return "late" if pick is not None and pick.why else ""


def item_at(desk: Desk, number: int) -> Item | None:
    """Return an item; None where it is not there, cannot be read, or is not for whoever takes any more."""
    with suppress(BotuiError):
        found: Item | None = desk.peek("items", number)
        return found
    return None


def from_and_for(desk: Desk, basket: Basket, taker: str) -> str:
    """Return in words from where it is taken and for whom or what."""
    to = areas.parse_ref(basket.to)
    # what a ticket is about is not for who shows only a badge
    what = desk.title(*to) if to and to[0] in ("people", "places") else basket.to
    place = desk.title("places", basket.place) or "where each usually lies"
    return f"From: {place}   For: {what or taker}"


def keep(desk: Desk, basket: Basket) -> None:
    """Keep a basket as the draft of who takes; none where nothing is in it.

    Raises:
        StoreFull: it cannot be written.
    """
    if basket.picks:
        drafts.keep(desk, DRAFT, basket.texts(), {}, TITLE)
    else:
        drafts.drop(desk, DRAFT)


def kept(desk: Desk) -> tuple[Basket, str]:
    """Return the basket that was kept, and what to say of it; an empty one and nothing if none was."""
    draft = drafts.find(desk, DRAFT)
    basket = Basket() if draft is None else Basket.of_texts(draft.texts)
    if draft is None or not basket.picks:
        return basket, ""
    found = ((item_at(desk, one.item), one.quantity) for one in basket.picks)
    words = listed([many(item, quantity) for item, quantity in found if item is not None])
    return basket, f"From {drafts.left(desk, draft)}, not booked: {words}."
