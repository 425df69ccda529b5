"""What a verb moves is worth, in the office's currency: by it a badge alone is enough, or the PIN is asked for.

It is reckoned at what a unit is worth (``unit_cost``); what has no price is worth nothing here.
"""

from __future__ import annotations

from decimal import Decimal

from botui.models.office import Context
from botui.models.supplies.asking import CameIn, Correct, CountHere, GiveBack, Take, Transfer, Waste
from botui.models.supplies.item import Item, Movement
from botui.models.supplies.levels import unit_cost
from botui.models.supplies.request import Request
from botui.models.supplies.wanting import HandOut


def taken(_: Context, item: Item, args: Take) -> Decimal:
    """Return what is taken is worth."""
    return _at(unit_cost(item), args.quantity or item.quick_take)


def moved(_: Context, item: Item, args: GiveBack | Correct | Transfer | Waste) -> Decimal:
    """Return what comes back, is put right, goes elsewhere or is thrown away is worth."""
    return _at(unit_cost(item), args.quantity)


def came(_: Context, item: Item, args: CameIn) -> Decimal:
    """Return what comes in without an order is worth, at the price that is said."""
    units = args.quantity or (args.packs or 0) * item.pack_size
    return _at(unit_cost(item) if args.price is None else args.price, units)


def counted(_: Context, item: Item, args: CountHere) -> Decimal:
    """Return what is more or less there than is booked is worth."""
    place = args.place or item.place
    return _at(unit_cost(item), args.quantity - (item.at(place) if place else item.on_hand))


def handed_out(ctx: Context, request: Request, args: HandOut) -> Decimal:
    """Return what is handed out is worth; nothing of what is no item of ours."""
    item = ctx.data.get(Item, request.item) if request.item else None
    return _at(unit_cost(item) if item else None, args.quantity or request.left)


def reversed_(_: Context, movement: Movement, args: object) -> Decimal:
    """Return what goes back is worth, as it was booked."""
    return _at(movement.cost, movement.quantity)


def _at(cost: Decimal | None, quantity: int) -> Decimal:
    return (cost or Decimal(0)) * abs(quantity)
