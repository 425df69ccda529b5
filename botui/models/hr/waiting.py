"""What of HR waits for a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from botui.areas import load
from botui.models.base import Waiting
from botui.models.office import Context

PARTS: Final[tuple[str, ...]] = (
    "botui.models.hr.person_waiting:waiting_for",
    "botui.models.hr.growth_waiting:waiting_for",
    "botui.models.hr.task_waiting:waiting_for",
    "botui.models.hr.offboarding:waiting_for",
    "botui.models.hr.leave_waiting:waiting_for",
    "botui.models.hr.absence_waiting:waiting_for",
    "botui.models.hr.punch_waiting:waiting_for",
    "botui.models.hr.candidate_waiting:waiting_for",
    "botui.models.hr.case_waiting:waiting_for",
    "botui.models.hr.erasing_waiting:waiting_for",
)
"""What each part of the area says waits for whoever acts: dotted names of ``waiting_for(context)``."""


def waiting(ctx: Context) -> Iterator[Waiting]:
    """Yield what of HR waits for whoever acts."""
    if ctx.by is None:
        return
    for waits_for in PARTS:
        yield from load(waits_for)(ctx)
