"""People's files, bound together for the screens, the command line and the import."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from botui.models.base import Kind, View
from botui.models.hr.person_file import HERE, PersonFile, Status
from botui.models.office import Context

AHEAD: Final = timedelta(days=30)
"""How early HR is told of what ends (domain.md 5.3)."""
_HERE: Final = tuple(sorted(one.value for one in HERE))


def whose(doc: Mapping[str, Any]) -> list[int]:
    """Return whose it is: the person it is about."""
    return [doc["person"]]


def next_ends(doc: Mapping[str, Any]) -> list[str]:
    """Return the days on which something ends that HR decides about, the first one first: probation, contract."""
    if doc.get("ends") or doc.get("status") == Status.LEFT.value:
        return []
    return sorted(filter(None, (doc.get("probation_ends"), doc.get("fixed_until"))))


def file_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late`` for who should have left and has not, ``soon`` for who comes or goes, ``done`` for who left."""
    status = doc.get("status", Status.ONBOARDING.value)
    if status == Status.LEFT.value:
        return "done"
    if doc.get("ends"):
        return "late" if doc["ends"] < now[:10] else "soon"
    return "soon" if status == Status.ONBOARDING.value else ""


def soon(ctx: Context) -> tuple[str, ...]:
    """Return the days from today on within which HR is told of what ends."""
    return tuple((ctx.today + timedelta(days=one)).isoformat() for one in range(AHEAD.days + 1))


PERSON_FILES: Final = Kind(
    model=PersonFile,
    one="file",
    many="People's files",
    title=lambda _: "File of",
    about="person",
    rules="botui.models.hr.person_files_rules:PERSON_FILES",
    views=(
        View(
            name="staff",
            label="People's files",
            where=lambda _: {"status": _HERE},
            sort="person",
            empty="Nobody has a file yet: n files one.",
        ),
        View(
            name="mine",
            label="My file",
            where=lambda ctx: {"person": (ctx.by or 0,)},
            empty="HR has no file of you yet.",
        ),
        View(
            name="starting",
            label="Starting soon",
            where=lambda _: {"status": (Status.ONBOARDING.value,)},
            sort="starts",
            empty="Nobody starts soon.",
        ),
        View(
            name="leaving",
            label="Leaving",
            where=lambda _: {"status": (Status.LEAVING.value,)},
            sort="ends",
            empty="Nobody is leaving.",
        ),
        View(
            name="ending",
            label="Probations and contracts that end",
            where=lambda ctx: {"next_ends": soon(ctx)},
            sort="next_ends",
            timed=True,
            empty="No probation and no contract ends within 30 days.",
        ),
        View(
            name="away",
            label="On leave",
            where=lambda _: {"status": (Status.ON_LEAVE.value,)},
            sort="person",
            empty="Nobody is on leave.",
            menu=False,
        ),
        View(
            name="left",
            label="People who left",
            where=lambda _: {"status": (Status.LEFT.value,)},
            sort="ends",
            down=True,
            empty="Nobody has left.",
            menu=False,
        ),
        View(name="all", label="Files, of those who left too", where=lambda _: {}, menu=False),
    ),
    columns=("person", "number", "position", "status", "starts"),
    index=(
        *("person", "number", "position", "manager", "employment", "starts", "ends", "status"),
        *("probation_ends", "fixed_until"),
    ),
    derived={"whose": whose, "next_ends": next_ends},
    several=("whose", "next_ends"),
    aliases=("number",),
    text=("number", "phone", "email", "notes"),
    whose="whose",
    watched=True,
    row_style=file_style,
)
