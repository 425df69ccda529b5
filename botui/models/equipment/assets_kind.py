"""Assets, their categories, what is handed out and what is booked, bound together for screens, commands and import."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from botui.models.base import Between, Kind, View, Where
from botui.models.equipment.asset import Asset, Category, Status
from botui.models.equipment.loan import Booking, BookingState, Loan
from botui.models.office import Context

_GONE: Final = (Status.LOST.value, Status.RETIRED.value)
"""What is not there any more."""


WARRANTY_DAYS: Final = 60
"""Days before its end from which a warranty is listed: a fault can still be reported under it."""


def asset_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late`` for what is broken or overdue, ``done`` for what is not there any more."""
    status = doc.get("status", Status.READY.value)
    if status in _GONE:
        return "done"
    return "late" if status == Status.IN_REPAIR.value or (doc.get("due") or "9999") < now[:10] else ""


def there(doc: Mapping[str, Any]) -> bool:
    """Return whether it is there to be used, looked for or repaired: not lost and not retired."""
    return doc.get("status", Status.READY.value) not in _GONE


def sound(doc: Mapping[str, Any]) -> bool:
    """Return whether it has no fault, not even one with which it can be used."""
    return not doc.get("open_faults")


def spent(doc: Mapping[str, Any]) -> float:
    """Return what repairs cost so far as a number to sort by: amounts are kept as text."""
    return float(doc.get("cost") or 0)


def loan_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late`` for what is overdue, ``done`` for what came back."""
    if doc.get("back_at"):
        return "done"
    return "late" if (doc.get("due") or "9999") < now[:10] else ""


def _title(asset: Asset) -> str:
    """Return its name and its tag: of two that are called the same the tag tells which."""
    return asset.name if asset.tag in ("", asset.ref) else asset.called


def _booking_style(doc: Mapping[str, Any], _: str) -> str:
    return "" if doc.get("state", "booked") in ("booked", "out") else "done"


def _overdue(ctx: Context) -> Where:
    return {"back_at": (None,), "due": Between(high=ctx.today.isoformat())}


def _by(ctx: Context, days: int | None = None) -> Between:
    """Return the days until today; or from today on until so many days ahead."""
    first = ctx.today.isoformat() if days is not None else None
    return Between(low=first, high=(ctx.today + timedelta(days=(days or 0) + 1)).isoformat())


ASSETS: Final = Kind(
    model=Asset,
    one="asset",
    many="Assets",
    title=_title,
    rules="botui.models.equipment.assets_rules:ASSETS",
    views=(
        View(
            name="active",
            label="All assets",
            where=lambda _: {"active": (True,)},
            sort="name",
            empty="No assets yet: n files one.",
        ),
        View(
            name="mine",
            label="What I have",
            where=lambda ctx: {"holder": (ctx.by or 0,)},
            sort="name",
            empty="Nothing is handed out to you.",
            menu=False,
        ),
        View(
            name="ready",
            label="Ready to hand out",
            where=lambda _: {"status": (Status.READY.value,)},
            sort="name",
            empty="Nothing is ready to be handed out.",
            menu=False,
        ),
        View(
            name="worn",
            label="Repair or replace",
            where=lambda _: {"active": (True,), "faults": Between(low=1)},
            sort="spent",
            down=True,
            empty="Nothing was ever broken.",
            menu=False,
        ),
        View(
            name="unseen",
            label="To be seen again",
            where=lambda ctx: {"active": (True,), "next_audit": _by(ctx)},
            sort="next_audit",
            timed=True,
            empty="Everything was seen in time.",
            menu=False,
        ),
        View(
            name="warranty",
            label="Warranty ends soon",
            where=lambda ctx: {"active": (True,), "warranty_until": _by(ctx, WARRANTY_DAYS)},
            sort="warranty_until",
            timed=True,
            empty=f"No warranty ends within {WARRANTY_DAYS} days.",
            menu=False,
        ),
        View(
            name="lost",
            label="Lost",
            where=lambda _: {"status": (Status.LOST.value,)},
            sort="name",
            empty="Nothing is lost.",
            menu=False,
        ),
        View(name="all", label="Assets, lost and retired too", where=lambda _: {}, sort="name", menu=False),
    ),
    columns=("tag", "name", "status", "place", "holder"),
    index=(
        *("tag", "name", "category", "model", "serial", "home", "place", "status", "holder", "at_place", "inside"),
        *("due", "cost", "faults", "next_audit", "warranty_until", "supplier"),
    ),
    derived={"active": there, "sound": sound, "spent": spent},
    aliases=("tag", "serial", "codes"),
    text=("name", "tag", "maker", "model", "serial", "codes", "note"),
    row_style=asset_style,
)
CATEGORIES: Final = Kind(
    model=Category,
    one="category",
    many="Categories",
    rules="botui.models.equipment.assets_rules:CATEGORIES",
    views=(
        View(
            name="active",
            label="Categories",
            where=lambda _: {"active": (True,)},
            sort="name",
            empty="No categories yet: n files one.",
        ),
        View(name="all", label="Categories, old ones too", where=lambda _: {}, sort="name", menu=False),
    ),
    columns=("name", "confirm", "bookable", "severity"),
    index=("name", "active", "bookable", "audit_months"),
    aliases=("codes",),
    text=("name", "codes", "note"),
)
LOANS: Final = Kind(
    model=Loan,
    one="hand-out",
    many="Handed out",
    title=lambda _: "Hand-out of",
    about="asset",
    rules="botui.models.equipment.assets_rules:LOANS",
    views=(
        View(
            name="out",
            label="Handed out",
            where=lambda _: {"back_at": (None,)},
            sort="at",
            down=True,
            empty="Nothing is handed out.",
        ),
        View(
            name="overdue",
            label="Overdue loans",
            where=_overdue,
            sort="due",
            timed=True,
            empty="Nothing is overdue.",
        ),
        View(name="all", label="Handed out, and what came back", where=lambda _: {}, sort="at", down=True, menu=False),
    ),
    columns=("asset", "person", "due", "note"),
    index=("asset", "person", "to_place", "to_asset", "at", "due", "back_at", "booking"),
    text=("note", "back_note"),
    row_style=loan_style,
)
BOOKINGS: Final = Kind(
    model=Booking,
    one="booking",
    many="Bookings",
    title=lambda _: "Booking of",
    about="asset",
    rules="botui.models.equipment.assets_rules:BOOKINGS",
    views=(
        View(
            name="open",
            label="Bookings",
            where=lambda _: {"state": (BookingState.BOOKED.value, BookingState.OUT.value)},
            sort="start",
            empty="Nothing is booked: n books a thing.",
        ),
        View(
            name="mine",
            label="My bookings",
            where=lambda ctx: {
                "state": (BookingState.BOOKED.value, BookingState.OUT.value),
                "person": (ctx.by or 0,),
            },
            sort="start",
            empty="You have booked nothing: n books a thing.",
            menu=False,
        ),
        View(name="all", label="Bookings, old ones too", where=lambda _: {}, sort="start", down=True, menu=False),
    ),
    columns=("asset", "start", "end", "person", "note"),
    index=("asset", "start", "end", "person", "state"),
    text=("note",),
    states={state.value: state.label for state in BookingState},
    row_style=_booking_style,
)
