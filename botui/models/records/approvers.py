"""Up to how much whoever works on it says yes alone to what the office pays; above it somebody else does."""

from __future__ import annotations

from decimal import Decimal

from botui.models.office import Context, Role


def limit_of(ctx: Context) -> Decimal | None:
    """Return up to which amount whoever acts needs nobody else; None = without limit.

    It is the office's limit for orders: to pay a bill is to have ordered.
    """
    limits = [ctx.settings.clerk_orders]
    if Role.MANAGER in ctx.roles:
        limits.append(ctx.settings.manager_orders)
    known = [one for one in limits if one is not None]
    return max(known) if len(known) == len(limits) else None
