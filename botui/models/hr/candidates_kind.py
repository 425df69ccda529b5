"""Candidates, bound together for the screens, the command line and the import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Between, Kind, View
from botui.models.hr.candidate import ENDED, RUNNING, Candidate, State
from botui.models.office import Context

_RUNNING: Final = tuple(sorted(one.value for one in RUNNING))
_ENDED: Final = frozenset(one.value for one in ENDED)
_OVER: Final = frozenset({State.HIRED.value, *_ENDED})


def whose(_: Mapping[str, Any]) -> list[int]:
    """Return whose it is: nobody's but HR's; the panel sees its interviews and the CV."""
    return []


def candidate_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``done`` for what is over, ``late`` for an offer that is not answered, ``soon`` for one that is out."""
    state = doc.get("state", State.APPLIED.value)
    if state in _OVER:
        return "done"
    if state != State.OFFERED.value:
        return ""
    return "late" if (doc.get("answer_by") or "9999") < now[:10] else "soon"


def _expired(ctx: Context) -> Mapping[str, Any]:
    return {"keep_until": Between(high=ctx.today.isoformat())}


CANDIDATES: Final = Kind(
    model=Candidate,
    one="candidate",
    many="Candidates",
    rules="botui.models.hr.candidates_rules:CANDIDATES",
    views=(
        View(
            name="running",
            label="Candidates",
            where=lambda _: {"state": _RUNNING},
            sort="id",
            empty="Nobody applies: n files who does.",
        ),
        View(
            name="applied",
            label="Candidates to look at",
            where=lambda _: {"state": (State.APPLIED.value,)},
            sort="applied_on",
            empty="Every application has been looked at.",
            menu=False,
        ),
        View(
            name="offered",
            label="Offers out",
            where=lambda _: {"state": (State.OFFERED.value,)},
            sort="answer_by",
            empty="No offer is out.",
            menu=False,
        ),
        View(
            name="expired",
            label="Files of candidates to erase",
            where=_expired,
            sort="keep_until",
            timed=True,
            empty="No file has been kept long enough to go.",
        ),
        View(name="all", label="Candidates, all of them", where=lambda _: {}, sort="id", down=True, menu=False),
    ),
    columns=("name", "opening", "applied_on", "state"),
    index=(
        *("name", "opening", "email", "applied_on", "source", "state", "answer_by", "ended_on", "keep_until"),
        *("person", "cv"),
    ),
    derived={"whose": whose},
    several=("whose",),
    text=("name", "email", "phone", "source", "note"),
    states={state.value: state.label for state in State},
    whose="whose",
    watched=True,
    row_style=candidate_style,
)
