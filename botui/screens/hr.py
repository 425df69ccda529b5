"""HR tasks: what is particular to its menu, lists and records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from botui.data import Desk, Done
from botui.models.base import Record
from botui.screens.area import AreaMenu
from botui.screens.frame import Keys
from botui.screens.session import Session


class HrScreen(AreaMenu):
    """The menu of HR tasks: everybody sees in it what is theirs, HR all of it."""

    AREA = "hr"
    FIRST = (
        ("leave", "mine"),
        ("leave", "approve"),
        ("steps", "mine"),
        ("tasks", "mine"),
        ("tasks", "due"),
        ("tasks", "late"),
        ("absences", "today"),
        ("person_files", "starting"),
        ("person_files", "leaving"),
        ("tasks", "open"),
        ("checklists", "active"),
        ("person_files", "mine"),
    )
    """The first nine have a number: one's own leave, what waits, what is due, who is away, who comes and who goes."""
    LISTS: ClassVar[Mapping[str, str]] = {
        "tasks": "botui.screens.hr_tasks:TaskList",
        "steps": "botui.screens.hr_tasks:StepList",
        "courses": "botui.screens.hr_training:CourseList",
        "trainings": "botui.screens.hr_training:TrainingList",
        "certificates": "botui.screens.hr_training:CertificateList",
        "reviews": "botui.screens.hr_reviews:ReviewList",
    }
    RECORDS: ClassVar[Mapping[str, str]] = {
        "tasks": "botui.screens.hr_tasks:TaskRecord",
        "steps": "botui.screens.hr_tasks:StepRecord",
        "checklists": "botui.screens.hr_tasks:ChecklistRecord",
        "courses": "botui.screens.hr_training:CourseRecord",
        "trainings": "botui.screens.hr_training:TrainingRecord",
        "certificates": "botui.screens.hr_training:CertificateRecord",
        "cycles": "botui.screens.hr_reviews:CycleRecord",
        "reviews": "botui.screens.hr_reviews:ReviewRecord",
        "policies": "botui.screens.hr_policies:PolicyRecord",
        "incidents": "botui.screens.hr_safety:IncidentRecord",
        "drills": "botui.screens.hr_safety:DrillRecord",
    }
    MORE_KEYS: ClassVar[Keys] = (("q", "Reports", True),)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "report", "Reports", tooltip="Absence by department; gaps in training and papers; payroll."),
    ]

    @classmethod
    def verb_screen(cls, desk: Desk, record: Record, name: str, ask: bool) -> Screen[None] | None:
        """Return the form of scores, with the goals above them."""
        if record.COLLECTION == "reviews" and name == "rate":
            from botui.screens.hr_reviews import rating

            return rating(desk, record)
        return None

    @classmethod
    async def file_new(cls, session: Session, collection: str, values: Mapping[str, Any]) -> Done | None:
        """Show whom to call for first aid above the form of an accident."""
        if collection == "incidents":
            from botui.screens.hr_safety import file_incident

            return await file_incident(session, values)
        return await super().file_new(session, collection, values)
