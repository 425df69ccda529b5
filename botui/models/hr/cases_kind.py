"""Cases and what is done in them, bound together for the screens and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from botui.models.base import Between, Kind, View
from botui.models.hr.case import NOTES, PENDING, Case, Measure, Proceeding, Sort, State
from botui.models.office import Context

_PENDING: Final = tuple(sorted(one.value for one in PENDING))
_NOTES: Final = frozenset(one.value for one in NOTES)
SOON: Final = 30
"""Days ahead in which a measure that ends is told (domain.md 5.3)."""


def brought_by(doc: Mapping[str, Any]) -> list[int]:
    """Return whose a case is besides HR's: of a grievance who brought it, of discipline nobody."""
    grievance = doc.get("sort", Sort.GRIEVANCE.value) == Sort.GRIEVANCE.value
    return [doc["person"]] if grievance and "person" in doc else []


def case_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``done`` for what is decided, ``late`` for what should be, ``soon`` within a week."""
    if doc.get("state", State.OPEN.value) not in _PENDING:
        return "done"
    due = doc.get("due") or "9999"
    if due < now[:10]:
        return "late"
    return "soon" if due <= (date.fromisoformat(now[:10]) + timedelta(days=7)).isoformat() else ""


CASES: Final = Kind(
    model=Case,
    one="case",
    many="Cases",
    title=lambda case: case.subject,
    rules="botui.models.hr.cases_rules:CASES",
    views=(
        View(
            name="open",
            label="Cases",
            where=lambda _: {"state": _PENDING},
            sort="due",
            empty="No case is open: n files one; only HR and whoever brings it see it.",
        ),
        View(
            name="mine",
            label="Cases I look into",
            where=lambda ctx: {"owner": (ctx.by or 0,), "state": _PENDING},
            sort="due",
            empty="You look into no case.",
            menu=False,
        ),
        View(name="all", label="Cases, decided ones too", where=lambda _: {}, sort="id", down=True, menu=False),
    ),
    columns=("subject", "sort", "person", "due", "state"),
    index=("subject", "sort", "person", "against", "owner", "due", "state", "happened_on"),
    derived={"brought_by": brought_by},
    several=("brought_by",),
    text=("subject", "text", "outcome"),
    states={state.value: state.label for state in State},
    whose="brought_by",
    watched=True,
    row_style=case_style,
)


def for_whom(doc: Mapping[str, Any]) -> list[int]:
    """Return whose a step of a case is besides HR's: of what is shown, whom it concerns."""
    return [doc["person"]] if doc.get("shown") and "person" in doc else []


def counts_until(doc: Mapping[str, Any]) -> str | None:
    """Return until when a measure counts; nothing of a note."""
    return None if doc.get("what", Measure.NOTE.value) in _NOTES else doc.get("until")


def step_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``done`` for a measure that counts no more, ``soon`` for one that still does."""
    until = counts_until(doc)
    return "" if until is None else "done" if until < now[:10] else "soon"


def _in_force(ctx: Context) -> Mapping[str, Any]:
    return {"counts_until": Between(low=ctx.today.isoformat())}


def _expiring(ctx: Context) -> Mapping[str, Any]:
    return {"counts_until": Between(ctx.today.isoformat(), (ctx.today + timedelta(days=SOON + 1)).isoformat())}


PROCEEDINGS: Final = Kind(
    model=Proceeding,
    one="step of a case",
    many="Steps of cases",
    title=lambda step: step.what.label,
    views=(
        View(
            name="in_force",
            label="Warnings that count",
            where=_in_force,
            sort="counts_until",
            timed=True,
            empty="Nothing counts against anybody.",
        ),
        View(
            name="expiring",
            label="Warnings that end soon",
            where=_expiring,
            sort="counts_until",
            timed=True,
            empty="Nothing ends within 30 days.",
            menu=False,
        ),
        View(
            name="mine",
            label="What I was told in cases",
            where=lambda ctx: {"for_whom": (ctx.by or 0,)},
            sort="on",
            down=True,
            empty="Nobody told you anything in a case.",
        ),
        View(name="all", label="Steps of cases", where=lambda _: {}, sort="id", down=True, menu=False),
    ),
    columns=("what", "person", "on", "until", "text"),
    index=("case", "what", "on", "until", "person", "shown", "letter"),
    derived={"for_whom": for_whom, "counts_until": counts_until},
    several=("for_whom",),
    text=("text",),
    whose="for_whom",
    watched=True,
    row_style=step_style,
)
