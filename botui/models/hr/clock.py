"""What time alone does in HR: once, as of the moment when it was due, whenever a desk looks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from botui.areas import load
from botui.models.base import Change
from botui.models.office import Context

PARTS: Final[tuple[str, ...]] = (
    "botui.models.hr.checklist_usual:usual",
    "botui.models.hr.running:due",
    "botui.models.hr.offboarding:due",
    "botui.models.hr.leave_clock:due",
    "botui.models.hr.amending:due",
    "botui.models.hr.absence_clock:due",
    "botui.models.hr.person_status:due",
    "botui.models.hr.hr_forms:usual",
    "botui.models.hr.erasing_keeping:due",
)
"""What each part of the area says is due by now: dotted names of ``due(context) -> changes``."""


def clock(ctx: Context) -> Iterator[Change]:
    """Yield what is due by now, one change for each record."""
    for due in PARTS:
        yield from load(due)(ctx)
