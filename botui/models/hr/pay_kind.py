"""Pay, bound together for the screens and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Between, Kind, View
from botui.models.hr.pay import Pay
from botui.models.hr.person_files_kind import whose
from botui.models.office import Context

_FOR_GOOD: Final = "9999-12-31"
_TOMORROW: Final = "~"
"""Sorts behind every day of a month: what is up to a day and this is up to its end."""


def until(doc: Mapping[str, Any]) -> str | None:
    """Return until when somebody is paid so; None = it never came into force."""
    return None if "cancelled_at" in doc else str(doc.get("ends") or _FOR_GOOD)


def _now(ctx: Context) -> Mapping[str, Any]:
    today = ctx.today.isoformat()
    return {"starts": Between(high=today + _TOMORROW), "until": Between(today)}


def pay_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``done`` for what is over or cancelled, ``soon`` for what is to come."""
    if (until(doc) or "") < now[:10]:
        return "done"
    return "soon" if doc.get("starts", "") > now[:10] else ""


PAY: Final = Kind(
    model=Pay,
    one="pay",
    many="Pay",
    title=lambda _: "Pay of",
    about="person",
    rules="botui.models.hr.pay_rules:PAY",
    views=(
        View(name="now", label="Pay", where=_now, sort="person", timed=True, empty="No pay is filed yet: n files one."),
        View(
            name="coming",
            label="Pay changes to come",
            where=lambda ctx: {"starts": Between(ctx.today.isoformat() + _TOMORROW), "until": Between("")},
            sort="starts",
            timed=True,
            empty="No pay changes soon.",
            menu=False,
        ),
        View(
            name="mine",
            label="My pay",
            where=lambda ctx: {"person": (ctx.by or 0,)},
            sort="starts",
            down=True,
            empty="HR has filed no pay of yours yet.",
            menu=False,
        ),
        View(name="all", label="Pay, earlier too", where=lambda _: {}, sort="starts", down=True, menu=False),
    ),
    columns=("person", "grade", "per", "starts", "ends"),
    index=("person", "starts", "ends", "grade", "cancelled_at"),
    derived={"whose": whose, "until": until},
    several=("whose",),
    text=("grade", "note"),
    whose="whose",
    watched=True,
    row_style=pay_style,
)
