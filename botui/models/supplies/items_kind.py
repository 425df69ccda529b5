"""Items and the ledger of their movements, bound together for the screens, the command line and the import."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from botui.models.base import Between, Kind, View, Where, stamp
from botui.models.office import Context
from botui.models.supplies.item import Item, Movement, Why

EXPIRING_DAYS: Final = 30
"""Days before its use-by date from which a thing is listed as expiring.

Grocy warns 5 days ahead, InvenTree lists 90 (domain.md S11). What lies in an office store room (coffee, batteries,
first aid) is neither fresh food nor a spare part: a month is time enough to use it up first, or to order anew.
"""
SOON_DAYS: Final = 7
"""Days within which what runs out is listed: a week, for orders are made once a week (issue 5)."""

# --- values at hand ---------------------------------------------------------------------------------------------------


def is_low(doc: Mapping[str, Any]) -> bool:
    """Return whether it is to be ordered: less is there, on its way and not promised than the reorder point."""
    below = doc.get("order_below")
    available = doc.get("on_hand", 0) + doc.get("on_order", 0) - doc.get("reserved", 0)
    return below is not None and doc.get("active", True) and available < below


def soonest(doc: Mapping[str, Any]) -> str | None:
    """Return the use-by date of what is to be used first; None = nothing of it has one."""
    return min(
        (one["use_by"] for one in doc.get("stock", ()) if one.get("use_by") and one["quantity"] > 0), default=None
    )


def item_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late`` for what is to be ordered or of which nothing is left, ``soon`` for what runs out this week."""
    if not doc.get("active", True):
        return "done"
    if doc.get("on_hand", 0) <= 0 or is_low(doc):
        return "late"
    day = date.fromisoformat(now[:10]) + timedelta(days=SOON_DAYS)
    return "soon" if (doc.get("runs_out") or "9999") <= day.isoformat() else ""


def movement_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``done`` for what takes another one back."""
    return "done" if doc.get("reverses") else ""


# --- lists ------------------------------------------------------------------------------------------------------------


def _until(ctx: Context, days: int) -> Between:
    return Between(high=(ctx.today + timedelta(days=days + 1)).isoformat())


def _running_out(ctx: Context) -> Where:
    return {"active": (True,), "runs_out": _until(ctx, SOON_DAYS)}


def _expiring(ctx: Context) -> Where:
    return {"soonest": _until(ctx, EXPIRING_DAYS)}


def _today(ctx: Context) -> Where:
    local = ctx.settings.local(ctx.now)
    return {"at": Between(low=stamp(local.replace(hour=0, minute=0, second=0, microsecond=0)))}


_ITEM_VIEWS: Final = (
    View(
        name="active",
        label="All items",
        where=lambda _: {"active": (True,)},
        sort="name",
        empty="No items yet: n files one.",
    ),
    View(
        name="low",
        label="Order now",
        where=lambda _: {"low": (True,)},
        sort="name",
        empty="There is enough of everything that has an order level.",
    ),
    View(
        name="runs_out",
        label="Runs out this week",
        where=_running_out,
        sort="runs_out",
        timed=True,
        empty="Nothing runs out within a week at the rate of the last 90 days.",
    ),
    View(
        name="on_order",
        label="On order",
        where=lambda _: {"on_order": Between(low=1)},
        sort="name",
        empty="Nothing is on order.",
        menu=False,
    ),
    View(
        name="expiring",
        label="Expiring",
        where=_expiring,
        sort="soonest",
        timed=True,
        empty=f"Nothing is to be used within {EXPIRING_DAYS} days.",
    ),
    View(
        name="none",
        label="Nothing left",
        where=lambda _: {"active": (True,), "on_hand": Between(high=1)},
        sort="name",
        empty="There is some of everything.",
        menu=False,
    ),
    View(name="all", label="Items, old ones too", where=lambda _: {}, sort="name", menu=False),
)
_MOVEMENT_VIEWS: Final = (
    View(
        name="all",
        label="Who took what",
        where=lambda _: {},
        sort="at",
        down=True,
        empty="Nothing has come in or gone out yet.",
    ),
    View(
        name="mine",
        label="Mine",
        where=lambda ctx: {"by|person": (ctx.by or 0,)},
        sort="at",
        down=True,
        empty="You have taken nothing yet.",
        menu=False,
    ),
    View(
        name="today",
        label="Today",
        where=_today,
        sort="at",
        down=True,
        timed=True,
        empty="Nothing has moved today.",
        menu=False,
    ),
    View(
        name="losses",
        label="Thrown away and corrected",
        where=lambda _: {"why": (Why.WASTE.value, Why.CORRECT.value, Why.COUNT.value)},
        sort="at",
        down=True,
        empty="Nothing was thrown away or corrected yet.",
        menu=False,
    ),
)

# --- bound together ---------------------------------------------------------------------------------------------------

ITEMS: Final = Kind(
    model=Item,
    one="item",
    many="Items",
    rules="botui.models.supplies.items_rules:ITEMS",
    views=_ITEM_VIEWS,
    columns=("name", "on_hand", "on_order", "reserved", "runs_out"),
    index=("name", "code", "category", "place", "supplier", "active", "on_hand", "on_order", "reserved", "runs_out"),
    derived={"low": is_low, "soonest": soonest},
    aliases=("code", "codes"),
    text=("name", "code", "category", "codes", "supplier_part", "note"),
    row_style=item_style,
)
MOVEMENTS: Final = Kind(
    model=Movement,
    one="movement",
    many="Movements",
    title=lambda movement: f"{movement.quantity:+,} {movement.why.label}",
    rules="botui.models.supplies.items_rules:MOVEMENTS",
    views=_MOVEMENT_VIEWS,
    columns=("item", "quantity", "why", "at", "note"),
    index=("item", "place", "at", "why", "by", "person", "line", "request", "stocktake", "pair", "reverses"),
    text=("note", "label", "about"),
    row_style=movement_style,
)
