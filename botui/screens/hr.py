"""HR tasks: what is particular to its menu, lists and records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType
from textual.screen import Screen

from botui import access
from botui.data import Desk, Done
from botui.models.base import Record, View
from botui.screens.area import AreaMenu
from botui.screens.frame import Keys
from botui.screens.lists import Listed
from botui.screens.rows import kind_of
from botui.screens.session import Session

_OWN: Final = frozenset({"mine", "approve", "due", "late"})
"""Lists in which something of whoever looks can stand, also where the rest of a collection is closed to them."""


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
        ("person_files", "staff"),
        ("certificates", "expiring"),
        ("documents", "expiring"),
    )
    """The first nine have a number: one's own leave, what waits, what is due, who is away, who comes and who goes."""
    ALSO = (("documents", "expiring"),)
    GROUPS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "Positions, pay, benefits, changes": ("person_files", "pay", "benefits", "amendments", "positions", "erasures"),
        "Tasks and checklists": ("tasks", "steps", "checklists"),
        "Leave and attendance": ("leave", "absences", "leavetypes", "leavebook", "punches"),
        "Training and certificates": ("courses", "trainings", "certificates"),
        "Reviews and policies": ("cycles", "reviews", "policies", "acknowledgements"),
        "Accidents and drills": ("incidents", "drills"),
        "Open positions and candidates": ("openings", "candidates", "interviews", "scores"),
        "Cases and warnings": ("cases", "proceedings"),
    }
    """The other lists by what they are about, so that the menu of HR is no longer than the screen."""
    LISTS: ClassVar[Mapping[str, str]] = {
        "person_files": "botui.screens.hr_people:FileList",
        "pay": "botui.screens.hr_people:PayList",
        "leave": "botui.screens.hr_leave:LeaveList",
        "absences": "botui.screens.hr_leave:AbsenceList",
        "punches": "botui.screens.hr_attendance:PunchList",
        "tasks": "botui.screens.hr_tasks:TaskList",
        "steps": "botui.screens.hr_steps:StepList",
        "courses": "botui.screens.hr_training:CourseList",
        "trainings": "botui.screens.hr_training:TrainingList",
        "certificates": "botui.screens.hr_training:CertificateList",
        "reviews": "botui.screens.hr_reviews:ReviewList",
        "openings": "botui.screens.hr_recruiting:OpeningList",
        "candidates": "botui.screens.hr_recruiting:CandidateList",
        "interviews": "botui.screens.hr_recruiting:InterviewList",
        "cases": "botui.screens.hr_cases:CaseList",
        "proceedings": "botui.screens.hr_cases:ProceedingList",
    }
    RECORDS: ClassVar[Mapping[str, str]] = {
        "person_files": "botui.screens.hr_people:FileRecord",
        "pay": "botui.screens.hr_people:PayRecord",
        "amendments": "botui.screens.hr_people:ChangeRecord",
        "leave": "botui.screens.hr_leave:LeaveRecord",
        "punches": "botui.screens.hr_attendance:PunchRecord",
        "tasks": "botui.screens.hr_tasks:TaskRecord",
        "steps": "botui.screens.hr_steps:StepRecord",
        "checklists": "botui.screens.hr_checklists:ChecklistRecord",
        "courses": "botui.screens.hr_training:CourseRecord",
        "trainings": "botui.screens.hr_training:TrainingRecord",
        "certificates": "botui.screens.hr_training:CertificateRecord",
        "cycles": "botui.screens.hr_reviews:CycleRecord",
        "reviews": "botui.screens.hr_reviews:ReviewRecord",
        "policies": "botui.screens.hr_policies:PolicyRecord",
        "incidents": "botui.screens.hr_safety:IncidentRecord",
        "drills": "botui.screens.hr_safety:DrillRecord",
        "erasures": "botui.screens.hr_erasing:ErasureRecord",
        "openings": "botui.screens.hr_recruiting:OpeningRecord",
        "candidates": "botui.screens.hr_recruiting:CandidateRecord",
        "interviews": "botui.screens.hr_recruiting:InterviewRecord",
        "cases": "botui.screens.hr_cases:CaseRecord",
        "proceedings": "botui.screens.hr_cases:ProceedingRecord",
    }
    MORE_KEYS: ClassVar[Keys] = (("m", "My file", True), ("c", "Calendar", True), ("q", "Reports", True))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "own_file", "My file", tooltip="Open what HR keeps of you."),
        Binding("c", "calendar", "Calendar", tooltip="Who is away on which day, month by month."),
        Binding("q", "report", "Reports", tooltip="Absence by department; gaps in training and papers; payroll."),
    ]

    def _open(self) -> list[Listed]:
        """Return the lists that tell whoever looks something: for all but HR what is open, theirs or their people's.

        Of what they may act on that is also the usual list; of what they only see (pay) their own page tells.
        """
        return [one for one in super()._open() if self._tells(*one)]

    def _tells(self, collection: str, view: View) -> bool:
        may = access.capabilities(self.desk.roles(), collection)
        usual = "own" in may and view.name == kind_of(collection).views[0].name
        return usual or view.name in _OWN or "hr" in self.desk.roles() or not may.isdisjoint(("read", "team"))

    @classmethod
    def look(cls, desk: Desk, collection: str, number: int) -> None:
        """Look up all that an open record shows; that somebody opens a payroll sheet is written down.

        Raises:
            Refused, NotAllowed: there is no such record, or it is not this person's to see.
        """
        super().look(desk, collection, number)
        if collection == "tasks" and desk.get("tasks", number).kind == "payroll":
            from botui.screens.hr_payroll import reads

            if reads(desk):
                desk.log("pay.look", "payroll sheet", ("tasks", number))

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
        if collection == "leave":
            from botui.screens.hr_leave import ask_leave

            return await ask_leave(session, values)
        return await super().file_new(session, collection, values)

    @work
    async def action_own_file(self) -> None:
        """Open the file of whoever is at the desk."""
        from botui.screens.hr_people import own_file

        number = await self.ask_store(own_file, self.desk)
        if number is None:
            self.say("HR has no file of you yet.", "warn")
        else:
            self.session.open_record("person_files", number)

    def action_calendar(self) -> None:
        """Show the team's calendar."""
        from botui.screens.hr_calendar import CalendarScreen

        self.app.push_screen(CalendarScreen())
