"""What of HR waits for a person; a part is loaded where there is something that it looks at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from botui.areas import load
from botui.models.base import Waiting
from botui.models.office import Context

PARTS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("botui.models.hr.person_waiting:waiting_for", ("person_files", "amendments", "documents")),
    (
        "botui.models.hr.growth_waiting:waiting_for",
        ("policies", "reviews", "certificates", "trainings", "incidents", "drills"),
    ),
    ("botui.models.hr.task_waiting:waiting_for", ("tasks",)),
    ("botui.models.hr.offboarding:waiting_for", ("person_files",)),
    ("botui.models.hr.leave_waiting:waiting_for", ("leave",)),
    ("botui.models.hr.absence_waiting:waiting_for", ("leave",)),
    ("botui.models.hr.punch_waiting:waiting_for", ("punches",)),
    ("botui.models.hr.candidate_waiting:waiting_for", ("candidates",)),
    ("botui.models.hr.case_waiting:waiting_for", ("cases",)),
    ("botui.models.hr.erasing_waiting:waiting_for", ("erasures",)),
)
"""What says what waits for whoever acts, dotted names of ``waiting_for(context)``, and the collections it looks at."""


def waiting(ctx: Context) -> Iterator[Waiting]:
    """Yield what of HR waits for whoever acts."""
    if ctx.by is None:
        return
    for waits_for, looks_at in PARTS:
        if ctx.data.holds(*looks_at):
            yield from load(waits_for)(ctx)
