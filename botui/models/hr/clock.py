"""What time alone does in HR: once, as of the moment when it was due, whenever a desk looks.

A part is loaded where there is something that it looks at: an office without HR pays for none of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from botui.areas import load
from botui.models.base import Change
from botui.models.office import Context

PARTS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("botui.models.hr.checklist_usual:usual", ("person_files",)),
    ("botui.models.hr.running:due", ("checklists",)),
    ("botui.models.hr.offboarding:due", ("person_files",)),
    ("botui.models.hr.leave_clock:due", ("person_files", "leavetypes", "leave")),
    ("botui.models.hr.amending:due", ("amendments",)),
    ("botui.models.hr.absence_clock:due", ("absences",)),
    ("botui.models.hr.person_status:due", ("person_files",)),
    ("botui.models.hr.hr_forms:usual", ("openings", "person_files", "cases")),
    ("botui.models.hr.erasing_keeping:due", ("person_files", "candidates")),
)
"""What says what is due by now, dotted names of ``due(context) -> changes``, and the collections it looks at first."""


def clock(ctx: Context) -> Iterator[Change]:
    """Yield what is due by now, one change for each record."""
    for due, looks_at in PARTS:
        if ctx.data.holds(*looks_at):
            yield from load(due)(ctx)
