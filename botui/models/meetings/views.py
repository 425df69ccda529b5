"""The named lists of meetings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from botui.models.base import EVERYBODY, Between, View, Where, stamp
from botui.models.meetings.shape import State
from botui.models.meetings.times import midnight
from botui.models.office import Context

_SECOND: Final = timedelta(seconds=1)
_PLANNED: Final = (State.PLANNED.value,)

# --- values at hand ---------------------------------------------------------------------------------------------------


def coming(doc: Mapping[str, Any]) -> list[int]:
    """Return who was asked and has not declined."""
    gone = {one.get("person") for one in doc.get("declined", ())}
    return [one for one in doc.get("attendees", ()) if one not in gone]


def _unseen(doc: Mapping[str, Any], state: State) -> list[int]:
    if doc.get("state", State.PLANNED.value) != state.value:
        return []
    seen = doc.get("seen", ())
    return [one for one in coming(doc) if one not in seen]


def asked(doc: Mapping[str, Any]) -> list[int]:
    """Return who has to see when and where it is."""
    return _unseen(doc, State.PLANNED)


def called_off(doc: Mapping[str, Any]) -> list[int]:
    """Return who has to see that it is cancelled."""
    return _unseen(doc, State.CANCELLED)


def _open_steps(doc: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if doc.get("state", State.PLANNED.value) != State.PLANNED.value:
        return []
    return [step for step in doc.get("steps", ()) if step.get("done_at") is None]


def next_step(doc: Mapping[str, Any]) -> str | None:
    """Return the day of the open step that is due first."""
    return min((step["due"] for step in _open_steps(doc) if step.get("due")), default=None)


def doers(doc: Mapping[str, Any]) -> list[int]:
    """Return who was given an open step."""
    return [step["owner"] for step in _open_steps(doc) if step.get("owner")]


def keeper(doc: Mapping[str, Any]) -> int | None:
    """Return who called the meeting, if they have to do a step that nobody was given."""
    return doc.get("organiser") if any(not step.get("owner") for step in _open_steps(doc)) else None


def open_to(doc: Mapping[str, Any]) -> str | None:
    """Return to whom a meeting is open besides those who are in it."""
    return None if doc.get("private") else EVERYBODY


def row_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``done`` for what is over or cancelled, ``late`` for a step that is, ``soon`` for what is going on."""
    end = doc.get("end") or doc.get("start") or ""
    day = next_step(doc)
    if day is not None and day < now[:10]:
        return "late"
    if end <= now or doc.get("state") == State.CANCELLED.value:
        return "done"
    return "soon" if doc.get("start", "") <= now else ""


# --- lists ------------------------------------------------------------------------------------------------------------


def _me(ctx: Context) -> tuple[int]:
    # Nobody has the number 0: for somebody who has not signed in these lists are empty.
    return (ctx.by or 0,)


def _ahead(ctx: Context) -> Between:
    return Between(low=stamp(ctx.now + _SECOND))


def _days(ctx: Context, first: int, many: int) -> Where:
    """Return the conditions of what takes place in so many days, the first counted from today."""
    start = midnight(ctx.settings, ctx.today + timedelta(days=first))
    end = midnight(ctx.settings, ctx.today + timedelta(days=first + many))
    return {"state": _PLANNED, "start": Between(high=stamp(end)), "end": Between(low=stamp(start + _SECOND))}


def _now(ctx: Context) -> Where:
    return {"state": _PLANNED, "start": Between(high=stamp(ctx.now + _SECOND)), "end": _ahead(ctx)}


VIEWS: Final = (
    View(
        name="mine",
        label="Mine, coming",
        where=lambda ctx: {"organiser|coming": _me(ctx), "state": _PLANNED, "end": _ahead(ctx)},
        sort="start",
        timed=True,
        empty="No meetings ahead of you: n files one.",
    ),
    View(
        name="unseen",
        label="Not seen yet",
        where=lambda ctx: {"asked|called_off": _me(ctx), "end": _ahead(ctx)},
        sort="start",
        timed=True,
        empty="You have seen every meeting you are asked to.",
    ),
    View(
        name="today",
        label="Today",
        where=lambda ctx: _days(ctx, 0, 1),
        sort="start",
        timed=True,
        empty="No meetings today.",
    ),
    View(
        name="week",
        label="This week",
        where=lambda ctx: _days(ctx, -ctx.today.weekday(), 7),
        sort="start",
        timed=True,
        empty="No meetings this week.",
    ),
    View(
        name="now",
        label="Going on now",
        where=_now,
        sort="end",
        timed=True,
        empty="No meeting is going on.",
    ),
    View(
        name="steps",
        label="My steps",
        where=lambda ctx: {"doers|keeper": _me(ctx)},
        sort="next_step",
        empty="You have nothing to do for a meeting.",
    ),
    View(
        name="past",
        label="Past",
        where=lambda ctx: {"end": Between(high=stamp(ctx.now + _SECOND))},
        sort="start",
        down=True,
        timed=True,
        empty="No meeting is over yet.",
    ),
    View(
        name="all", label="All meetings", where=lambda _: {}, sort="start", down=True, empty="No meetings yet: press n."
    ),
)
