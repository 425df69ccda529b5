"""Taking movements back: by counter-entries, for nothing leaves the ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from botui.models.base import Change, Refused
from botui.models.office import Context
from botui.models.supplies.item import Item, Movement, Why
from botui.models.supplies.ledger import Ledger, Posting

KEPT: Final = (
    "item",
    "place",
    "why",
    "person",
    "to_place",
    "about",
    "label",
    "use_by",
    "cost",
    "line",
    "request",
    "stocktake",
)
"""Fields that a counter-entry has of what it takes back."""


def reversed_by(ctx: Context, movement: Movement) -> Movement | None:
    """Return the movement that took this one back, if one did."""
    return next(iter(ctx.data.find(Movement, reverses=movement.id)), None)


def cannot_reverse(ctx: Context, movement: Movement) -> str | None:
    """Return why a movement cannot be taken back, or None if it can."""
    if movement.reverses is not None:
        return "It takes back another one itself."
    if (by := reversed_by(ctx, movement)) is not None:
        return f"It is taken back already, by {by.ref}."
    return None


def reversal(ctx: Context, movements: Iterable[Movement], change: Change) -> Change:
    """Take movements back by counter-entries, with the other halves of transfers: nothing leaves the ledger.

    Raises:
        Refused: one is taken back already, or less would be left than nothing.
    """
    ledger = Ledger(ctx, change)
    gone = book_against(ctx, ledger, movements)
    for one in gone.values():
        if one.why is Why.RECEIVE and ledger.get(Item, one.item).price == one.cost:
            _price_before(ctx, ledger, one.item, gone)
    return ledger.close()


def book_against(ctx: Context, ledger: Ledger, movements: Iterable[Movement]) -> dict[int, Movement]:
    """Book counter-entries of movements, with the other halves of transfers; return all of them by number.

    Raises:
        Refused: one is taken back already, or less would be left than nothing.
    """
    whole: dict[int, Movement] = {}
    for one in movements:
        whole |= {half.id: half for half in halves(ctx, one)}
    # What comes back is there before anything goes: only what is left at the end must not be less than nothing.
    for one in sorted(whole.values(), key=lambda half: (half.quantity, -half.id)):
        if reason := cannot_reverse(ctx, one):
            raise Refused(f"{one.ref}: {reason}")
        kept = {name: getattr(one, name) for name in KEPT}
        ledger.post(Posting(**kept, quantity=-one.quantity, damaged=-one.damaged, reverses=one.id))
    return whole


def halves(ctx: Context, movement: Movement) -> list[Movement]:
    """Return a movement with the other half of a transfer, if it is one of a transfer."""
    if movement.why is not Why.TRANSFER:
        return [movement]
    other = ctx.data.get(Movement, movement.pair) if movement.pair else None
    return [movement, *([other] if other else ctx.data.find(Movement, pair=movement.id))]


def _price_before(ctx: Context, ledger: Ledger, item: int, gone: Collection[int]) -> None:
    """Let the last price be that of the delivery before, where there was one; a price typed before it is not known."""
    bought = ctx.data.find(Movement, item=item, why=Why.RECEIVE.value, reverses=None)
    left = (one for one in reversed(bought) if one.id not in gone and one.cost is not None)
    if (last := next((one for one in left if reversed_by(ctx, one) is None), None)) is not None:
        ledger.set(ledger.get(Item, item), price=last.cost)
