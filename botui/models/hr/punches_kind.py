"""Attendance, bound together for the screens and the command line: each sees their own, managers their people's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from botui.models.base import Between, Kind, View, stamp
from botui.models.hr.punch import LONGEST, Punch
from botui.models.office import Context
from botui.models.office.reports import span

OPEN_FOR: Final = timedelta(days=31)
"""How long a half that is missing is told of: as long as the month is paid by it."""


def whose(doc: Mapping[str, Any]) -> list[int]:
    """Return whose hours it is about."""
    return [doc["person"]]


def _style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``done`` for what was put right; it counts no more."""
    return "done" if doc.get("corrected_at") else ""


def _title(one: Punch) -> str:
    return f"{one.way.label}, {one.at:%Y-%m-%d} of"


def _today(ctx: Context) -> Mapping[str, Any]:
    start, end = span(ctx.settings, ctx.today, ctx.today)
    return {"at": Between(low=stamp(start), high=stamp(end)), "corrected_at": (None,)}


def missing(ctx: Context) -> Mapping[str, Any]:
    """Return the conditions on what has no other half and will not get one by itself, of the last weeks."""
    return {
        "pair": (None,),
        "corrected_at": (None,),
        "at": Between(low=stamp(ctx.now - OPEN_FOR), high=stamp(ctx.now - LONGEST)),
    }


PUNCHES: Final = Kind(
    model=Punch,
    one="coming or going",
    many="Attendance",
    title=_title,
    about="person",
    rules="botui.models.hr.punches_rules:PUNCHES",
    views=(
        View(
            name="today",
            label="In and out today",
            where=_today,
            sort="at",
            down=True,
            timed=True,
            empty="Nobody punched today: t on the front page takes badges.",
        ),
        View(
            name="mine",
            label="When I came and went",
            where=lambda ctx: {"person": (ctx.by or 0,), "corrected_at": (None,)},
            sort="at",
            down=True,
            empty="You have not punched yet: t on the front page, then your badge.",
            menu=False,
        ),
        View(
            name="missing",
            label="In or out not punched",
            where=missing,
            sort="at",
            timed=True,
            empty="Everybody punched in and out.",
        ),
        View(name="all", label="Attendance, put right too", where=lambda _: {}, sort="at", down=True, menu=False),
    ),
    columns=("person", "at", "way", "reason"),
    index=("person", "at", "way", "pair", "corrected_at", "corrects"),
    derived={"whose": whose},
    whose="whose",
    several=("whose",),
    text=("reason",),
    row_style=_style,
)
