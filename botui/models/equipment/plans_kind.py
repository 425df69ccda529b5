"""Maintenance plans, bound together for the screens, the command line and the import."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from botui.models.base import Between, Kind, View
from botui.models.equipment.plan import AHEAD_DAYS, Plan
from botui.models.office import Context


def plan_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late`` for what was due before today, ``soon`` for what is due today, ``done`` for what stands still."""
    if not doc.get("active", True):
        return "done"
    due = doc.get("next_on") or "9999"
    return "late" if due < now[:10] else "soon" if due == now[:10] else ""


def _due(ctx: Context) -> Mapping[str, Any]:
    until = ctx.today + timedelta(days=AHEAD_DAYS + 1)
    return {"active": (True,), "next_on": Between(high=until.isoformat())}


PLANS: Final = Kind(
    model=Plan,
    one="maintenance plan",
    many="Maintenance",
    rules="botui.models.equipment.plans_rules:PLANS",
    views=(
        View(
            name="due",
            label="Maintenance due",
            where=_due,
            sort="next_on",
            timed=True,
            empty="No maintenance is due within a week: n files a plan.",
        ),
        View(
            name="active",
            label="Maintenance plans",
            where=lambda _: {"active": (True,)},
            sort="next_on",
            empty="No plans yet: n makes one.",
        ),
        View(name="all", label="Plans, stopped ones too", where=lambda _: {}, sort="next_on", menu=False),
    ),
    columns=("name", "rule", "next_on", "owner"),
    index=("name", "asset", "model", "place", "owner", "active", "next_on"),
    text=("name", "note", "steps"),
    row_style=plan_style,
)
