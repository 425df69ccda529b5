"""What a verb of equipment is worth, in the office's currency: by it a badge alone is enough, or the PIN is asked for.

A thing is worth its price; what has none is worth nothing here.
"""

from __future__ import annotations

from decimal import Decimal

from botui.models.equipment.asset import Asset
from botui.models.equipment.fault import Fault
from botui.models.equipment.licence import Licence
from botui.models.equipment.licensing import Renew
from botui.models.equipment.loan import Booking
from botui.models.equipment.maintaining import Done
from botui.models.office import Context


def of_asset(_: Context, asset: Asset, args: object) -> Decimal:
    """Return what somebody gets, or the office has no more, is worth."""
    return asset.price or Decimal(0)


def of_what(ctx: Context, record: Booking | Fault, args: object) -> Decimal:
    """Return what the thing is worth that was booked, or is broken."""
    asset = ctx.data.get(Asset, record.asset) if record.asset else None
    return of_asset(ctx, asset, args) if asset else Decimal(0)


def of_term(_: Context, licence: Licence, args: Renew) -> Decimal:
    """Return what another term costs."""
    return (licence.cost if args.cost is None else args.cost) or Decimal(0)


def of_service(_: Context, plan: object, args: Done) -> Decimal:
    """Return what maintenance cost."""
    return args.cost or Decimal(0)
