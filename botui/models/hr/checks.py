"""What must hold among HR's records, whoever wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from botui.areas import load
from botui.models.soundness import Records

PARTS: Final[tuple[str, ...]] = (
    "botui.models.hr.person_checks:check_people",
    "botui.models.hr.growth_checks:check_growth",
    "botui.models.hr.task_checks:check_tasks",
    "botui.models.hr.leaving_checks:check_leavers",
    "botui.models.hr.leave_checks:check_leave",
    "botui.models.hr.absence_checks:check_absences",
    "botui.models.hr.punch_checks:check_punches",
    "botui.models.hr.candidate_checks:check_recruiting",
    "botui.models.hr.case_checks:check_cases",
)
"""What each part of the area asks: dotted names of ``check_x(records) -> sentences``."""


def check(records: Records) -> Iterator[str]:
    """Say what does not hold."""
    for part in PARTS:
        yield from load(part)(records)
