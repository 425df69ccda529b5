"""Enrolments in benefits, bound together for the screens and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Between, Kind, View
from botui.models.hr.benefit import Benefit
from botui.models.hr.person_files_kind import whose

_FOR_GOOD: Final = "9999-12-31"


def until(doc: Mapping[str, Any]) -> str:
    """Return until when somebody is enrolled."""
    return str(doc.get("ends") or _FOR_GOOD)


def benefit_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``done`` for what has ended."""
    return "done" if until(doc) < now[:10] else ""


BENEFITS: Final = Kind(
    model=Benefit,
    one="enrolment",
    many="Benefits",
    title=lambda one: f"{one.plan} of",
    about="person",
    rules="botui.models.hr.benefits_rules:BENEFITS",
    views=(
        View(
            name="running",
            label="Benefits",
            where=lambda ctx: {"until": Between(ctx.today.isoformat())},
            sort="plan",
            timed=True,
            empty="Nobody is enrolled in anything: n enrols somebody.",
        ),
        View(
            name="mine",
            label="My benefits",
            where=lambda ctx: {"person": (ctx.by or 0,)},
            sort="starts",
            down=True,
            empty="You are enrolled in nothing.",
            menu=False,
        ),
        View(name="all", label="Benefits, ended ones too", where=lambda _: {}, sort="starts", down=True, menu=False),
    ),
    columns=("person", "plan", "starts", "ends"),
    index=("person", "plan", "starts", "ends"),
    derived={"whose": whose, "until": until},
    several=("whose",),
    text=("plan", "covers", "number"),
    whose="whose",
    watched=True,
    row_style=benefit_style,
)
