"""Who is away when, bound together for the screens and the command line: for all who work here, and never why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from botui.models.base import Between, Kind, View
from botui.models.hr.leave import Absence
from botui.models.office import Context


def _today(ctx: Context) -> Mapping[str, Any]:
    today = ctx.today.isoformat()
    return {"starts": Between(high=(ctx.today + timedelta(days=1)).isoformat()), "ends": Between(low=today)}


def _style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``done`` for what is over."""
    return "done" if doc.get("ends", "9999") < now[:10] else ""


ABSENCES: Final = Kind(
    model=Absence,
    one="absence",
    many="Absences",
    title=lambda one: f"{one.starts:%d.%m.}-{one.ends:%d.%m.%Y}, away:",
    about="person",
    views=(
        View(name="today", label="Away today", where=_today, sort="ends", timed=True, empty="Nobody is away today."),
        View(
            name="coming",
            label="Away soon",
            where=lambda ctx: {
                "starts": Between(
                    low=(ctx.today + timedelta(days=1)).isoformat(), high=(ctx.today + timedelta(days=29)).isoformat()
                )
            },
            sort="starts",
            timed=True,
            empty="Nobody goes away in the next four weeks.",
            menu=False,
        ),
        View(
            name="mine",
            label="When I am away",
            where=lambda ctx: {"person": (ctx.by or 0,)},
            sort="starts",
            down=True,
            empty="You are not away: l on the front page asks for days off.",
            menu=False,
        ),
        View(name="all", label="Absences, past ones too", where=lambda _: {}, sort="starts", down=True, menu=False),
    ),
    columns=("person", "starts", "ends", "part", "hours"),
    index=("person", "starts", "ends", "leave", "begun_at", "ended_at"),
    row_style=_style,
)
