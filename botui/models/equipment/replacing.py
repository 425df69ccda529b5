"""Repair or replace: what the faults and the cost of a thing say about its next repair.

Two rules of thumb, of which either is enough. Repairs that cost more than half of the price: the "50 per cent rule" of
maintenance, by which the other half buys a new one with a warranty. Three faults within a year: what consumer law in
several countries presumes to be beyond mending, and what the people who need the thing will not bear longer.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from botui.models.base import plural
from botui.models.equipment.asset import Asset

SHARE: Final = Decimal("0.5")
"""Part of its price from which on repairs cost too much."""
FAULTS: Final = 3
"""Faults within the time below that are too many."""
WITHIN: Final = timedelta(days=365)


def share(asset: Asset) -> Decimal | None:
    """Return what part of its price its repairs cost so far; None where the price is not known."""
    return asset.cost / asset.price if asset.price else None


def why_replace(asset: Asset, lately: int) -> str:
    """Return in words why a thing is to be replaced rather than repaired once more; nothing if it is not.

    Args:
        asset: the thing.
        lately: its faults that were reported ``WITHIN`` the last year.
    """
    part, reasons = share(asset), []
    if part is not None and part > SHARE:
        reasons.append(f"repairs cost {part:.0%} of its price")
    if lately >= FAULTS:
        reasons.append(f"{lately} faults within a year")
    return " and ".join(reasons)


def advice(asset: Asset, lately: int, today: date) -> str:
    """Return one sentence about what to do when a thing breaks again.

    Args:
        asset: the thing.
        lately: its faults that were reported ``WITHIN`` the last year.
        today: today in the office.
    """
    if asset.warranty_until is not None and asset.warranty_until >= today:
        return f"Under warranty until {asset.warranty_until}: let the seller repair it."
    if why := why_replace(asset, lately):
        return f"Replace it: {why}."
    if asset.life_until is not None and asset.life_until < today:
        return f"Replace it when it breaks: its end of life was {asset.life_until}."
    if not asset.faults and not asset.cost:
        return "Repair it: it was never broken so far."
    part = share(asset)
    cost = "repairs cost nothing so far"
    if asset.cost:
        cost = f"repairs cost {part:.0%} of its price" if part is not None else "nobody said what it cost to buy"
    return f"Repair it: {cost}; {plural(lately, 'fault')} within a year."
