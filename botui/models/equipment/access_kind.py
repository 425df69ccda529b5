"""The access register, bound together for the screens, the command line and the import."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from botui.models.base import Between, Kind, View
from botui.models.equipment import asking
from botui.models.equipment.access import HAS, Access, State
from botui.models.office import Context

_HAS: Final = tuple(sorted(one.value for one in HAS))
_OVER: Final = (State.REMOVED.value, State.REFUSED.value, State.CANCELLED.value)


def access_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late`` for what is to be looked at again or has passed its last day, ``done`` for what is over."""
    state = doc.get("state", State.ASKED.value)
    if state in _OVER:
        return "done"
    has = state in _HAS and min(doc.get("review_on") or "9999", doc.get("until") or "9999") < now[:10]
    return "late" if has else ""


def _review(ctx: Context) -> Mapping[str, Any]:
    return {"state": _HAS, "review_on": Between(high=(ctx.today + timedelta(days=1)).isoformat())}


ACCESS: Final = Kind(
    model=Access,
    one="access",
    many="Access register",
    title=asking.title,
    rules="botui.models.equipment.access_rules:ACCESS",
    views=(
        View(
            name="given",
            label="Access register",
            where=lambda _: {"state": _HAS},
            sort="system",
            empty="Nobody has access to anything yet: n asks for one.",
        ),
        View(
            name="open",
            label="Access asked for",
            where=lambda _: {"state": (State.ASKED.value, State.APPROVED.value)},
            sort="created_at",
            empty="No access is asked for.",
        ),
        View(
            name="review",
            label="Access to look at again",
            where=_review,
            sort="system",
            timed=True,
            empty="All access was looked at within the year.",
        ),
        View(
            name="approve",
            label="Access to approve",
            where=lambda ctx: {"state": (State.ASKED.value,), "approver": (ctx.by or 0,)},
            sort="created_at",
            empty="You are asked to approve no access.",
            menu=False,
        ),
        View(
            name="give",
            label="Access to give",
            where=lambda _: {"state": (State.APPROVED.value,)},
            sort="system",
            empty="All access that was approved is given.",
            menu=False,
        ),
        View(
            name="mine",
            label="My access",
            where=lambda ctx: {"person": (ctx.by or 0,), "state": (*_HAS, State.ASKED.value, State.APPROVED.value)},
            sort="system",
            empty="You have no access to anything in this register: n asks for some.",
            menu=False,
        ),
        View(name="all", label="Access, taken away too", where=lambda _: {}, sort="system", menu=False),
    ),
    columns=("system", "level", "person", "state", "review_on"),
    index=("person", "system", "level", "state", "approver", "created_at", "created_by", "review_on", "until"),
    aliases=("codes",),
    text=("system", "level", "why"),
    states={state.value: state.label for state in State},
    row_style=access_style,
)
