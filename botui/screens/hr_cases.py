"""Discipline and grievance on the screen: what was done on which day, and until when it counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from botui.models.hr.case import NOTES, PENDING, Case, Proceeding, Sort
from botui.screens.equipment_details import EquipmentDetails, EquipmentRecord, Link, due_words, joined
from botui.screens.lists import ListScreen
from botui.widgets.detail import Section

_CASE_HEAD: Final = (
    *("subject", "text", "happened_on", "against", "sort", "person", "owner", "due", "state", "outcome", "closed_on"),
)
_STEP_HEAD: Final = ("case", "what", "text", "on", "until", "person", "shown", "letter")
"""Fields that stand in the lines above all sections, or have a section of their own."""


class CaseList(ListScreen):
    """A list of cases."""

    HELP = (
        "Grievances and discipline. n files one: HR and whoever brings it see it, nobody else. Enter opens a case with "
        "all that was done in it."
    )


class CaseDetails(EquipmentDetails):
    """What is shown of a case."""

    def sections(self, record: Case) -> Sequence[Section]:
        """Return how it stands, what happened, and what was done in it, as far as this person sees it."""
        found = [Section("", self._head(record))]
        if record.text:
            found.append(Section("What happened", record.text))
        if record.outcome:
            found.append(Section("How it ended", record.outcome))
        steps = self.steps(record)
        if steps:
            found.append(Section(f"What was done ({len(steps)})", [self._step(one) for one in steps]))
        return [*found, *self.rest(record, _CASE_HEAD)]

    def steps(self, record: Case) -> list[Proceeding]:
        """Return its steps, as far as this person sees them, by their day."""
        found: list[Proceeding] = self.all("proceedings", {"case": (record.id,)})
        return sorted(found, key=lambda one: (str(one.on or ""), one.id))

    def _head(self, one: Case) -> list[tuple[str, str]]:
        due = due_words(one.due, self.today) if one.state in PENDING else ""
        whose = "Brought by" if one.sort is Sort.GRIEVANCE else "About"
        rows = [
            ("State", joined(one.state.label, f"since {self.day(one.closed_on)}" if one.closed_on else "")),
            (whose, joined(self.title("people", one.person), one.sort.label)),
            ("Against", self.title("people", one.against)),
            ("Happened on", self.day(one.happened_on)),
            ("Who looks into it", joined(self.title("people", one.owner) or "nobody yet", f"due {due}" if due else "")),
        ]
        return [(label, text) for label, text in rows if text]

    def _step(self, one: Proceeding) -> tuple[str, str]:
        until = f"counts until {self.day(one.until)}" if one.until else ""
        shown = f"{self.title('people', one.person)} sees it" if one.shown and one.person != self.desk.person else ""
        measure = "" if one.what in NOTES else self.title("people", one.person)
        said = f"{one.what.label}: {one.text.rstrip('.')}"
        return (self.day(one.on), joined(said, shown or measure, until))

    def followed(self, record: Case) -> list[Link]:
        """Return its letters, its steps, and whom it names."""
        letters = [self.link("Letter", "letters", one.id) for one in self.all("letters", {"about": (record.ref,)})]
        steps = [self.link("Step", "proceedings", one.id) for one in self.steps(record)]
        return self.named(*letters, *steps, record=record)


class CaseRecord(EquipmentRecord):
    """One case."""

    DETAILS = CaseDetails
    HELP = (
        "One case. a says who of HR looks into it, o writes down what was heard, K what was found, W a warning with "
        "the day until which it counts; s says how it ended, x that there was nothing to it, r writes a letter."
    )


class ProceedingList(ListScreen):
    """A list of steps of cases."""

    HELP = "What was done in cases, and until when it counts. Those whom it concerns see theirs, if it is for them."


class ProceedingDetails(EquipmentDetails):
    """What is shown of a step of a case."""

    def sections(self, record: Proceeding) -> Sequence[Section]:
        """Return what was done on which day, and in words."""
        over = record.until is not None and record.until < self.today
        counts = f"{'counted' if over else 'counts'} until {self.day(record.until)}" if record.until else ""
        rows = [
            ("What", joined(record.what.label, counts)),
            ("On", self.day(record.on)),
            ("Whom it concerns", joined(self.title("people", record.person), "sees it" if record.shown else "")),
            ("Case", self.desk.headline("cases", record.case)),
            ("Letter", self.desk.headline("letters", record.letter) if record.letter else ""),
        ]
        found = [Section("", [(label, text) for label, text in rows if text]), Section("In words", record.text)]
        return [*found, *self.rest(record, _STEP_HEAD)]


class ProceedingRecord(EquipmentRecord):
    """One step of a case."""

    DETAILS = ProceedingDetails
    HELP = "One step of a case. v opens its letter, and the case for those who see it."
