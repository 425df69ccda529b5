"""Documents, bound together for the screens, the command line and the import."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from botui.models.base import EVERYBODY, Between, Kind, View
from botui.models.office import Context, Role
from botui.models.records.document import GONE, KEPT, Document, Privacy, State

_KEPT: Final = tuple(sorted(one.value for one in KEPT))
_GONE: Final = frozenset(one.value for one in GONE)
_THERE: Final = tuple(sorted({one.value for one in State} - _GONE))
_SOON: Final = timedelta(days=31)
"""Before which day a paper ends of which people are told: 30 days ahead (domain.md 5.3)."""


def open_to(doc: Mapping[str, Any]) -> str:
    """Return for whom a document is besides those whose it is: ``EVERYBODY``, a role, or nobody.

    A scan that a rule takes for private is nobody's before somebody has filed it: clerks do that.
    """
    privacy = doc.get("privacy", Privacy.OPEN.value)
    if privacy == Privacy.OPEN.value:
        return EVERYBODY
    if privacy == Privacy.HR.value:
        return Role.HR.value
    return "" if whose(doc) or doc.get("state") != State.INBOX.value else Role.CLERK.value


def whose(doc: Mapping[str, Any]) -> list[int]:
    """Return whose it is: of HR's whom it is about and who interviews them, else its owner, filer and readers."""
    if doc.get("privacy") == Privacy.HR.value:
        return [*([doc["person"]] if "person" in doc else []), *doc.get("panel", ())]
    named = (doc.get(name) for name in ("owner", "created_by", "filed_by"))
    return [*(one for one in named if one is not None), *doc.get("readers", ())]


def prints(doc: Mapping[str, Any]) -> list[str]:
    """Return the digests of its files."""
    return [one["digest"] for one in doc.get("files", ())]


def is_gone(doc: Mapping[str, Any]) -> bool:
    """Return whether nothing of it is kept any more."""
    return doc.get("state") in _GONE


def unclassed(doc: Mapping[str, Any]) -> bool:
    """Return whether it is filed and nobody said of which class it is, and so how long it is kept."""
    return doc.get("state", State.INBOX.value) in _KEPT and "schedule" not in doc


def goes(doc: Mapping[str, Any]) -> str | None:
    """Return the day after which time lets a filed document be due for review; None = nothing does."""
    filed = doc.get("state", State.INBOX.value) == State.FILED.value
    return doc.get("keep_until") if filed and not doc.get("held") else None


def is_held(doc: Mapping[str, Any]) -> bool:
    """Return whether it must not go, whatever its class says."""
    return bool(doc.get("held"))


def document_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late`` for a paper that is overdue back, ``soon`` for one due for review, ``done`` for what is gone."""
    state = doc.get("state", State.INBOX.value)
    if state in _GONE:
        return "done"
    if state == State.OUT.value and (doc.get("due") or "9999") < now[:10]:
        return "late"
    return "soon" if state == State.REVIEW.value else ""


def _overdue(ctx: Context) -> Mapping[str, Any]:
    return {"state": (State.OUT.value,), "due": Between(high=ctx.today.isoformat())}


DOCUMENTS: Final = Kind(
    model=Document,
    one="document",
    many="Documents",
    rules="botui.models.records.documents_rules:DOCUMENTS",
    views=(
        View(
            name="filed",
            label="Documents",
            where=lambda _: {"state": _KEPT},
            sort="id",
            down=True,
            empty="No document is filed yet: n takes one in.",
        ),
        View(
            name="inbox",
            label="Inbox",
            where=lambda _: {"state": (State.INBOX.value,)},
            sort="id",
            empty="The inbox is empty: scans come by themselves, n files a paper by hand.",
        ),
        View(
            name="unclassed",
            label="To file: no class yet",
            where=lambda _: {"unclassed": (True,)},
            sort="id",
            empty="Every document has its class.",
        ),
        View(
            name="overdue",
            label="Paper overdue back",
            where=_overdue,
            sort="due",
            timed=True,
            empty="Every paper is back in time.",
        ),
        View(
            name="review",
            label="Disposal due",
            where=lambda _: {"state": (State.REVIEW.value, State.APPROVED.value)},
            sort="keep_until",
            empty="Nothing has been kept long enough to go.",
        ),
        View(
            name="held",
            label="On hold",
            where=lambda _: {"is_held": (True,)},
            sort="id",
            empty="Nothing is on hold.",
            menu=False,
        ),
        View(
            name="expiring",
            label="Papers of people that end",
            where=lambda ctx: {
                "privacy": (Privacy.HR.value,),
                "ends_on": Between(high=(ctx.today + _SOON).isoformat()),
                "state": _THERE,
            },
            sort="ends_on",
            timed=True,
            empty="No paper of anybody ends within 30 days.",
            menu=False,
        ),
        View(
            name="private",
            label="Private, mine to see",
            where=lambda _: {"privacy": (Privacy.PRIVATE.value, Privacy.HR.value)},
            sort="id",
            down=True,
            empty="No private document is for you.",
            menu=False,
        ),
        View(name="all", label="Documents, destroyed ones too", where=lambda _: {}, sort="id", down=True, menu=False),
    ),
    columns=("title", "party", "place", "holder", "state"),
    index=(
        "title",
        "party",
        "schedule",
        "state",
        "place",
        "holder",
        "due",
        "owner",
        "person",
        "privacy",
        "keep_until",
        "ends_on",
        "disposal",
        "about",
        "created_at",
    ),
    derived={
        **{"open_to": open_to, "whose": whose, "prints": prints, "unclassed": unclassed},
        **{"goes": goes, "is_held": is_held},
    },
    several=("whose", "prints"),
    aliases=("codes",),
    text=("title", "tags", "codes", "shelf", "note"),
    states={state.value: state.label for state in State},
    public="open_to",
    whose="whose",
    watched=True,
    contents="prints",
    spent=is_gone,
    row_style=document_style,
)
