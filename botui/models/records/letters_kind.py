"""The post book bound together for the screens, the command line and the import."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from botui.models.base import Between, Kind, View
from botui.models.office import Context, Role
from botui.models.records.document import Privacy
from botui.models.records.letter import PENDING, Direction, Letter, State

_PENDING: Final = tuple(sorted(one.value for one in PENDING))
_IN: Final = (Direction.IN.value,)
_OUT: Final = (Direction.OUT.value,)
SOON: Final = 7
"""Days ahead in which a reply that is due is among those to be written now: a week's work."""


def overrun(doc: Mapping[str, Any]) -> bool:
    """Return whether it was answered after the day on which that was due."""
    due, on = doc.get("reply_due"), doc.get("answered_on")
    return bool(due and on and on > due)


def open_to(doc: Mapping[str, Any]) -> list[str]:
    """Return the roles that see it besides whose it is: of an open one all that work on the post, of HR's HR alone."""
    match doc.get("privacy", Privacy.OPEN.value):
        case Privacy.OPEN.value:
            return [Role.AUDITOR.value, Role.CLERK.value, Role.FINANCE.value]
        case Privacy.HR.value:
            return [Role.HR.value]
    return []


def concerns(doc: Mapping[str, Any]) -> list[int]:
    """Return whose it is: whoever sees to it; and whoever entered it, but of HR's the one it is about."""
    besides = doc.get("person" if doc.get("privacy") == Privacy.HR.value else "created_by")
    return [one for one in (doc.get("owner"), besides) if one is not None]


def letter_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late`` for what should be answered by now, ``soon`` within two days, ``done`` for what is over."""
    if doc.get("state", State.OPEN.value) not in _PENDING:
        return "done"
    due, today = doc.get("reply_due"), now[:10]
    if due is None:
        return ""
    in_two_days = (date.fromisoformat(today) + timedelta(days=2)).isoformat()
    return "late" if due < today else "soon" if due <= in_two_days else ""


def _due(ctx: Context) -> Mapping[str, Any]:
    until = (ctx.today + timedelta(days=SOON + 1)).isoformat()
    return {"direction": _IN, "state": _PENDING, "reply_due": Between(high=until)}


def _late(direction: tuple[str, ...]) -> Any:
    return lambda ctx: {"direction": direction, "state": _PENDING, "reply_due": Between(high=ctx.today.isoformat())}


LETTERS: Final = Kind(
    model=Letter,
    one="letter",
    many="Letters",
    title=lambda letter: letter.subject,
    rules="botui.models.records.letters_rules:LETTERS",
    views=(
        View(
            name="all",
            label="Letters: the post book",
            where=lambda _: {},
            sort="id",
            down=True,
            empty="The post book is empty: n enters what came or went.",
        ),
        View(
            name="due",
            label="Replies due",
            where=_due,
            sort="reply_due",
            timed=True,
            empty="No reply is due within a week.",
        ),
        View(
            name="late",
            label="Replies late",
            where=_late(_IN),
            sort="reply_due",
            timed=True,
            empty="Every letter was answered in time.",
            menu=False,
        ),
        View(
            name="mine",
            label="Letters for me",
            where=lambda ctx: {"owner": (ctx.by or 0,), "state": _PENDING},
            sort="reply_due",
            empty="No letter waits for you.",
            menu=False,
        ),
        View(
            name="unassigned",
            label="Letters nobody sees to",
            where=lambda _: {"owner": (None,), "direction": _IN, "state": _PENDING},
            sort="id",
            empty="Somebody sees to every letter.",
            menu=False,
        ),
        View(
            name="awaited",
            label="Answers awaited",
            where=lambda _: {"direction": _OUT, "state": _PENDING},
            sort="reply_due",
            empty="No answer to a letter of ours is awaited.",
            menu=False,
        ),
        View(
            name="overdue",
            label="Answers overdue",
            where=_late(_OUT),
            sort="reply_due",
            timed=True,
            empty="Nobody owes us an answer.",
            menu=False,
        ),
        View(
            name="answered_late",
            label="Answered late",
            where=lambda _: {"overrun": (True,)},
            sort="answered_on",
            down=True,
            empty="Nothing was answered late.",
            menu=False,
        ),
        View(
            name="incoming",
            label="Letters in",
            where=lambda _: {"direction": _IN},
            sort="id",
            down=True,
            empty="No letter came in yet: n enters one.",
            menu=False,
        ),
        View(
            name="outgoing",
            label="Letters out",
            where=lambda _: {"direction": _OUT},
            sort="id",
            down=True,
            empty="No letter went out yet: n enters one.",
            menu=False,
        ),
    ),
    columns=("correspondent", "subject", "owner", "reply_due"),
    index=(
        "correspondent",
        "subject",
        "owner",
        "reply_due",
        "direction",
        "channel",
        "party",
        "on",
        "theirs",
        "about",
        "answers",
        "person",
        "document",
        "form",
        "privacy",
        "state",
        "waiting_until",
        "answered_on",
        "created_by",
    ),
    derived={"overrun": overrun, "open_to": open_to, "concerns": concerns},
    text=("correspondent", "subject", "theirs", "text", "note"),
    states={state.value: state.label for state in State},
    public="open_to",
    whose="concerns",
    row_style=letter_style,
)
