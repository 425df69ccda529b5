"""Items and the ledger of their movements, bound together for the screens, the command line and the import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Change, Kind, Refused, Transition, View
from botui.models.office import REMIND, Context
from botui.models.supplies.item import Item, Movement
from botui.models.supplies.reversing import cannot_reverse, reversal
from botui.models.supplies.undoing import take_back


def on_hand(doc: Mapping[str, Any]) -> int:
    """Return the base units in all places."""
    return sum(level.get("quantity", 0) for level in doc.get("stock", ()))


def is_low(doc: Mapping[str, Any]) -> bool:
    """Return whether it is to be ordered: less is there, on its way and not promised than the reorder point."""
    below = doc.get("order_below")
    available = on_hand(doc) + doc.get("on_order", 0) - doc.get("reserved", 0)
    return below is not None and doc.get("active", True) and available < below


def _no_movement(ctx: Context, movement: Movement) -> Change:
    raise Refused("Stock moves by what is done with an item: take, receive, count. Open the item.")


def reverse(ctx: Context, movement: Movement, _: object) -> Change:
    """Take a movement back by a counter-entry."""
    change = Change("movements.reverse", f"{movement.ref} is taken back.")
    return reversal(ctx, [movement], change)


ITEMS: Final = Kind(
    model=Item,
    one="item",
    many="Items",
    transitions=(REMIND,),
    views=(
        View(name="active", label="All items", where=lambda _: {"active": (True,)}, sort="name"),
        View(name="low", label="Order now", where=lambda _: {"low": (True,)}, sort="name"),
        View(name="all", label="Items, old ones too", where=lambda _: {}, sort="name", menu=False),
    ),
    columns=("name", "on_order", "reserved", "runs_out"),
    index=("name", "code", "category", "place", "supplier", "active", "on_order", "reserved", "runs_out"),
    derived={"on_hand": on_hand, "low": is_low},
    aliases=("code", "codes"),
    text=("name", "code", "category", "codes", "supplier_part", "note"),
)
MOVEMENTS: Final = Kind(
    model=Movement,
    one="movement",
    many="Movements",
    title=lambda movement: f"{movement.quantity:+,} {movement.why.label}",
    transitions=(
        Transition(
            name="reverse", label="Take back", rule=reverse, guard=cannot_reverse, final="book it once more instead."
        ),
        REMIND,
    ),
    views=(View(name="all", label="Who took what", where=lambda _: {}, sort="at", down=True, menu=False),),
    columns=("item", "quantity", "why", "at", "note"),
    index=("item", "place", "at", "why", "by", "person", "line", "request", "stocktake", "pair", "reverses"),
    text=("note", "label", "about"),
    create=_no_movement,
    counter=take_back,
)
