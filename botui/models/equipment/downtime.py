"""The clock of a fault: how much office time the thing could not be used because of it.

It runs while the fault is open and keeps the thing from being used, and stands still else.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from botui.models.equipment.fault import Fault
from botui.models.equipment.register import stops
from botui.models.office import Context


def clock(ctx: Context, fault: Fault) -> dict[str, Any]:
    """Return the values that let the clock of a fault run or stand still now, as the fault is."""
    if stops(fault):
        return {"down_since": fault.down_since or ctx.now}
    return {"down_since": None, "downtime": so_far(ctx, fault)}


def so_far(ctx: Context, fault: Fault) -> int:
    """Return the seconds of office time that a thing could not be used because of a fault, up to now."""
    if fault.down_since is None:
        return fault.downtime
    gone = ctx.settings.business_hours().between(fault.down_since, ctx.now)
    return fault.downtime + max(int(gone / timedelta(seconds=1)), 0)
