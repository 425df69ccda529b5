"""Audits and what they found, bound together for the screens, the command line and the import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Kind, View
from botui.models.equipment.audit import Audit, Finding, Result, State


def finding_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late`` for what is missing, ``soon`` for what is elsewhere or was not expected."""
    result = doc.get("result", Result.PENDING.value)
    return {Result.MISSING.value: "late", Result.MOVED.value: "soon", Result.UNEXPECTED.value: "soon"}.get(result, "")


def _done(doc: Mapping[str, Any], _: str) -> str:
    return "" if doc.get("state", State.OPEN.value) == State.OPEN.value else "done"


AUDITS: Final = Kind(
    model=Audit,
    one="audit",
    many="Audits",
    rules="botui.models.equipment.audits_rules:AUDITS",
    views=(
        View(
            name="open",
            label="Audits",
            where=lambda _: {"state": (State.OPEN.value,)},
            sort="created_at",
            down=True,
            empty="No audit is being walked: n begins one.",
        ),
        View(
            name="all", label="Audits, finished ones too", where=lambda _: {}, sort="created_at", down=True, menu=False
        ),
    ),
    columns=("name", "state", "expected", "missing", "created_at"),
    index=("name", "state", "created_at", "created_by"),
    text=("name", "note"),
    states={state.value: state.label for state in State},
    row_style=_done,
)
FINDINGS: Final = Kind(
    model=Finding,
    one="finding",
    many="Findings",
    title=lambda finding: f"{finding.result.label}:",
    about="asset",
    rules="botui.models.equipment.audits_rules:FINDINGS",
    views=(
        View(
            name="pending",
            label="Not seen",
            where=lambda _: {"result": (Result.PENDING.value,)},
            menu=False,
            empty="All were seen.",
        ),
        View(
            name="missing",
            label="Missing",
            where=lambda _: {"result": (Result.MISSING.value,)},
            menu=False,
            empty="Nothing is missing.",
        ),
        View(name="all", label="Findings", where=lambda _: {}, menu=False),
    ),
    columns=("asset", "result", "seen_in", "note"),
    index=("audit", "asset", "result", "place", "at"),
    text=("note",),
    parent="audit",
    row_style=finding_style,
)
