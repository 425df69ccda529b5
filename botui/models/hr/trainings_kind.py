"""Trainings bound together for the screens and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Between, Kind, View, stamp
from botui.models.hr.training import State, Training
from botui.models.office import Context

_PLANNED: Final = (State.PLANNED.value,)


def on_list(doc: Mapping[str, Any]) -> list[int]:
    """Return who is on the list."""
    return [*doc.get("people", ())]


def training_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late`` for one that is over and of which nobody said who came, ``done`` for one that is behind us."""
    if doc.get("state", State.PLANNED.value) != State.PLANNED.value:
        return "done"
    return "late" if (doc.get("end") or doc.get("start") or now) < now else ""


def _over(ctx: Context) -> Mapping[str, Any]:
    return {"state": _PLANNED, "start": Between(high=stamp(ctx.now))}


TRAININGS: Final = Kind(
    model=Training,
    one="training",
    many="Trainings",
    title=lambda _: "Training",
    about="course",
    rules="botui.models.hr.trainings_rules:TRAININGS",
    views=(
        View(
            name="coming",
            label="Trainings",
            where=lambda _: {"state": _PLANNED},
            sort="start",
            empty="No training is planned: n plans one.",
        ),
        View(
            name="mine",
            label="Trainings I am on the list of",
            where=lambda ctx: {"state": _PLANNED, "on_list": (ctx.by or 0,)},
            sort="start",
            empty="You are on no list: W at a training puts you on it.",
            menu=False,
        ),
        View(
            name="over",
            label="Trainings of which nobody said who came",
            where=_over,
            sort="start",
            timed=True,
            empty="Of all trainings it is known who came.",
            menu=False,
        ),
        View(name="all", label="Trainings, past ones too", where=lambda _: {}, sort="start", down=True, menu=False),
    ),
    columns=("course", "start", "trainer", "state"),
    index=("course", "start", "place", "trainer", "state"),
    derived={"on_list": on_list},
    several=("on_list",),
    text=("trainer", "note"),
    states={state.value: state.label for state in State},
    row_style=training_style,
)
"""Courses as they are held."""
