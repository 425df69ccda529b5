"""Paper that is handed out, bound together for the screens and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Between, Kind, View, Where
from botui.models.office import Context
from botui.models.records.custody import Custody


def custody_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late`` for what is overdue, ``soon`` for what was asked back, ``done`` for what came back."""
    if doc.get("back_at"):
        return "done"
    if (doc.get("due") or "9999") < now[:10]:
        return "late"
    return "soon" if doc.get("recalled_at") else ""


def is_recalled(doc: Mapping[str, Any]) -> bool:
    """Return whether it was asked back and has not come back."""
    return bool(doc.get("recalled_at")) and not doc.get("back_at")


def _overdue(ctx: Context) -> Where:
    return {"back_at": (None,), "due": Between(high=ctx.today.isoformat())}


CUSTODY: Final = Kind(
    model=Custody,
    one="paper handed out",
    many="Paper handed out",
    title=lambda _: "Paper of",
    about="document",
    rules="botui.models.records.custody_rules:CUSTODY",
    views=(
        View(
            name="out",
            label="Paper handed out",
            where=lambda _: {"back_at": (None,)},
            sort="due",
            empty="No paper is handed out: T hands out by scan.",
        ),
        View(
            name="overdue",
            label="Paper overdue back",
            where=_overdue,
            sort="due",
            timed=True,
            empty="Every paper is back in time.",
            menu=False,
        ),
        View(
            name="recalled",
            label="Paper asked back",
            where=lambda _: {"is_recalled": (True,)},
            sort="due",
            empty="No paper that was asked back is still out.",
            menu=False,
        ),
        View(
            name="mine",
            label="Paper I have",
            where=lambda ctx: {"person": (ctx.by or 0,), "back_at": (None,)},
            sort="due",
            empty="No paper is handed out to you.",
            menu=False,
        ),
        View(name="all", label="Paper out, and what came back", where=lambda _: {}, sort="at", down=True, menu=False),
    ),
    columns=("document", "person", "due", "note"),
    index=("document", "person", "party", "at", "due", "back_at"),
    derived={"is_recalled": is_recalled},
    text=("note", "back_note"),
    row_style=custody_style,
)
