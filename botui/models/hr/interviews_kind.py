"""Interviews and scores, bound together for the screens and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Between, Kind, View, stamp
from botui.models.hr.interview import Interview, Score, State
from botui.models.office import Context

_ALIVE: Final = (State.PLANNED.value, State.HELD.value)


def panel(doc: Mapping[str, Any]) -> list[int]:
    """Return whose an interview is besides HR's: the panel's."""
    return [*doc.get("attendees", ())]


def wanted(doc: Mapping[str, Any]) -> list[int]:
    """Return of whom of the panel a score is still wanted."""
    if doc.get("decided") or doc.get("state", State.PLANNED.value) == State.CANCELLED.value:
        return []
    scored = doc.get("scored", ())
    return [one for one in doc.get("attendees", ()) if one not in scored]


def interview_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``done`` for what is over and scored, or called off; ``late`` for what is over and not scored by all."""
    if doc.get("state") == State.CANCELLED.value:
        return "done"
    over = (doc.get("end") or doc.get("start") or "") <= now
    return ("late" if wanted(doc) else "done") if over else ""


def _coming(ctx: Context) -> Mapping[str, Any]:
    return {"state": (State.PLANNED.value,), "end": Between(low=stamp(ctx.now))}


def _mine(ctx: Context) -> Mapping[str, Any]:
    return {"wanted": (ctx.by or 0,)}


INTERVIEWS: Final = Kind(
    model=Interview,
    one="interview",
    many="Interviews",
    title=lambda interview: interview.who or interview.ref,
    rules="botui.models.hr.interviews_rules:INTERVIEWS",
    views=(
        View(
            name="coming",
            label="Interviews to come",
            where=_coming,
            sort="start",
            timed=True,
            empty="No interview is booked: n books one, and so does W at a candidate.",
        ),
        View(
            name="mine",
            label="Interviews I am to score",
            where=_mine,
            sort="start",
            empty="No interview waits for you.",
            menu=False,
        ),
        View(
            name="all",
            label="Interviews, past ones too",
            where=lambda _: {},
            sort="start",
            down=True,
            menu=False,
        ),
    ),
    columns=("start", "who", "job", "place", "state"),
    index=("candidate", "start", "end", "place", "state", "meeting", "who"),
    derived={"panel": panel, "wanted": wanted},
    several=("panel", "wanted"),
    text=("who", "job", "note"),
    states={state.value: state.label for state in State},
    whose="panel",
    row_style=interview_style,
)


def readers(doc: Mapping[str, Any]) -> list[int]:
    """Return whose a score is besides HR's: its author's, and theirs of the panel who have given one."""
    return [doc["author"], *doc.get("readers", ())]


SCORES: Final = Kind(
    model=Score,
    one="score",
    many="Scores",
    title=lambda score: f"{score.points} of 5",
    views=(
        View(
            name="all",
            label="Scores of interviews",
            where=lambda _: {},
            sort="id",
            down=True,
            empty="Nobody has scored an interview yet.",
            menu=False,
        ),
    ),
    columns=("interview", "author", "points", "advice", "text"),
    index=("interview", "candidate", "author", "points"),
    derived={"readers_of": readers},
    several=("readers_of",),
    text=("text",),
    whose="readers_of",
)
