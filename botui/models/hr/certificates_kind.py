"""Certificates of people bound together for the screens and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from botui.models.base import Between, Kind, View
from botui.models.hr.qualification import SOON_DAYS, Certificate, State
from botui.models.office import Context

_HELD: Final = (State.HELD.value,)


def whose(doc: Mapping[str, Any]) -> list[int]:
    """Return whose it is."""
    return [doc["person"]] if "person" in doc else []


def certificate_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late`` for one that holds no more, ``soon`` for one that ends soon, ``done`` for an old one."""
    if doc.get("state", State.HELD.value) != State.HELD.value:
        return "done"
    ends = doc.get("ends") or "9999"
    if ends < now[:10]:
        return "late"
    soon = datetime.fromisoformat(now).date() + timedelta(days=SOON_DAYS)
    return "soon" if ends <= soon.isoformat() else ""


def _ending(ctx: Context) -> Mapping[str, Any]:
    return {"state": _HELD, "ends": Between(high=(ctx.today + timedelta(days=SOON_DAYS + 1)).isoformat())}


def _ended(ctx: Context) -> Mapping[str, Any]:
    return {"state": _HELD, "ends": Between(high=ctx.today.isoformat())}


CERTIFICATES: Final = Kind(
    model=Certificate,
    one="certificate",
    many="Certificates",
    title=lambda _: "Certificate",
    about="course",
    rules="botui.models.hr.certificates_rules:CERTIFICATES",
    views=(
        View(
            name="expiring",
            label="Certificates that end soon or have ended",
            where=_ending,
            sort="ends",
            timed=True,
            empty="No certificate ends within 30 days: n writes one down.",
        ),
        View(
            name="held",
            label="Certificates",
            where=lambda _: {"state": _HELD},
            sort="person",
            empty="No certificate yet: n writes one down.",
        ),
        View(
            name="ended",
            label="Certificates that have ended",
            where=_ended,
            sort="ends",
            timed=True,
            empty="Every certificate holds.",
            menu=False,
        ),
        View(
            name="mine",
            label="My certificates",
            where=lambda ctx: {"person": (ctx.by or 0,), "state": _HELD},
            sort="ends",
            empty="No certificate of yours is written down.",
        ),
        View(name="all", label="Certificates, replaced ones too", where=lambda _: {}, sort="id", down=True, menu=False),
    ),
    columns=("person", "course", "ends", "number", "state"),
    index=("person", "course", "starts", "ends", "number", "state"),
    derived={"whose": whose},
    several=("whose",),
    text=("number", "by", "note"),
    states={state.value: state.label for state in State},
    whose="whose",
    row_style=certificate_style,
)
"""What people hold."""
