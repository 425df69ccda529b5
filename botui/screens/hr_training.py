"""Courses, trainings and certificates on the screen: who must hold what, who is on the list, until when it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from botui.models.base import plural
from botui.models.hr.course import Course
from botui.models.hr.qualification import Certificate, State
from botui.models.hr.training import State as TrainingState
from botui.models.hr.training import Training
from botui.screens.equipment_details import EquipmentDetails, EquipmentRecord, Link, due_words, joined
from botui.screens.lists import ListScreen
from botui.screens.rows import KindRows
from botui.widgets.columns import Column
from botui.widgets.detail import Section

_NAMES: Final = 30
"""People that a page names; of the others it says how many."""
_NEXT: Final = "W puts people on it, k says who came"


def named(names: Sequence[str]) -> str:
    """Return names with commas between, and how many more there are."""
    more = f" and {len(names) - _NAMES:,} more" if len(names) > _NAMES else ""
    return f"{', '.join(names[:_NAMES])}{more}"


def months_words(months: int | None) -> str:
    """Return for how long a certificate holds, in words: ``2 years``, ``18 months``, ``for ever``."""
    if months is None:
        return "for ever"
    return plural(months // 12, "year") if months % 12 == 0 else plural(months, "month")


class CourseRows(KindRows):
    """Rows of courses."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns."""
        return (
            Column("id", "No.", 8),
            Column("name", "Name", 30, flex=True),
            Column("kind", "Kind", 11),
            Column("months", "Holds for", 11),
            Column("everyone", "Who must", 9),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key == "months":
            return months_words(record.months)
        if key == "everyone":
            return "everybody" if record.everyone else ""
        return super().cell(key, record, doc)


class CourseDetails(EquipmentDetails):
    """What is shown of a course."""

    def sections(self, record: Course) -> Sequence[Section]:
        """Return what it is, who must hold it, and to HR who does not."""
        must = "everybody" if record.everyone else self._positions(record)
        rows = [
            ("Kind", record.kind.label),
            ("Holds for", months_words(record.months)),
            ("Who must hold it", must or "nobody must"),
            ("First aid", "who holds it is named as a first-aider" if record.first_aid else ""),
            ("Given by", self.title("parties", record.party)),
            ("In use", "" if record.active else "no"),
        ]
        found = [Section("", [(label, text) for label, text in rows if text])]
        if record.text:
            found.append(Section("What it is about", record.text))
        if self.desk.reads_all("certificates"):
            found.append(self._held(record))
        return found

    def _positions(self, course: Course) -> str:
        return named([one.name for one in self.all("positions", {}) if course.id in one.courses])

    def _held(self, course: Course) -> Section:
        from botui.models.hr.needing import lacking

        certificates = self.all("certificates", {"course": (course.id,)})
        holds = dict.fromkeys(one.person for one in certificates if one.holds(self.today))
        short = lacking(self.desk.context(), course)
        rows = [
            ("Hold it", named([self.title("people", one) for one in holds]) or "nobody"),
            ("Must and do not", named([one.name for one in short]) or "nobody"),
        ]
        return Section("Who holds it", rows)

    def followed(self, record: Course) -> list[Link]:
        """Return the trainings of it, the next ones first."""
        found = self.last("trainings", {"course": (record.id,)})
        return self.named(
            *(self.link("Training", "trainings", one.id, self.at(one.start)) for one in found), record=record
        )


class TrainingRows(KindRows):
    """Rows of trainings: which, when, and how many are on the list."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns."""
        return (
            Column("id", "No.", 8),
            Column("course", "Course", 22, flex=True),
            Column("start", "Begins", 17),
            Column("place", "Where", 14, wide=True),
            Column("trainer", "Held by", 14),
            Column("people", "List", 8, right=True),
            Column("state", "State", 9),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key == "people":
            return f"{len(record.people):,}/{record.seats:,}" if record.seats else f"{len(record.people):,}"
        return super().cell(key, record, doc)


class TrainingDetails(EquipmentDetails):
    """What is shown of a training."""

    def sections(self, record: Training) -> Sequence[Section]:
        """Return what it is, when and where, and who is on the list."""
        local = self.desk.settings.local
        until = f" until {local(record.end):%H:%M}" if record.end else ""
        seats = "" if record.free is None else f"{plural(record.free, 'seat')} left of {record.seats:,}"
        planned = record.state is TrainingState.PLANNED
        rows = [
            ("State", joined(record.state.label, record.reason, _NEXT if planned else "")),
            ("When", f"{self.at(record.start)}{until}"),
            ("Where", self.title("places", record.place)),
            ("Held by", record.trainer),
            ("Seats", seats if planned else ""),
            ("Note", record.note),
        ]
        names = named([self.title("people", one) for one in record.people]) or "nobody yet"
        found = [
            Section("", [(label, text) for label, text in rows if text]),
            Section(f"On the list: {len(record.people):,}", names),
        ]
        if record.attended:
            came = named([self.title("people", one) for one in record.attended])
            found.append(Section(f"Came: {len(record.attended):,}", came))
        return found


class CertificateRows(KindRows):
    """Rows of certificates; last, where the eye runs down, until when each holds."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns."""
        return (
            Column("id", "No.", 8),
            Column("person", "Who", 18, flex=True),
            Column("course", "Course", 20, flex=True),
            Column("number", "Number", 12, wide=True),
            Column("state", "State", 9),
            Column("ends", "Until", 16, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key == "ends":
            today = self.desk.typing().now.date()
            return (
                due_words(record.ends, today) if record.state is State.HELD and record.ends else str(record.ends or "")
            )
        return super().cell(key, record, doc)


class CertificateDetails(EquipmentDetails):
    """What is shown of a certificate."""

    def sections(self, record: Certificate) -> Sequence[Section]:
        """Return whose it is, until when it holds, and what came after it."""
        after = self.title("certificates", record.replaced_by)
        ends = f"until {self.day(record.ends)}" if record.ends else "for ever"
        rows = [
            ("Who", self.title("people", record.person)),
            ("Course", self.title("courses", record.course)),
            ("Holds", f"from {self.day(record.starts)} {ends}"),
            ("State", joined(record.state.label, record.reason, f"by {after}" if after else "")),
        ]
        return [Section("", rows), *self.rest(record, ("person", "course", "starts", "ends", "state", "reason"))]


class CourseList(ListScreen):
    """A list of courses."""

    ROWS = CourseRows
    HELP = (
        "What people learn. Enter shows who must hold one and does not; the gaps of all are a report (q in the menu)."
    )


class TrainingList(ListScreen):
    """A list of trainings."""

    ROWS = TrainingRows
    HELP = "Courses as they are held. W puts people on the list, D takes them off, k says who came."


class CertificateList(ListScreen):
    """A list of certificates."""

    ROWS = CertificateRows
    HELP = "What people hold and until when. n writes one down, E renews one, x says that one does not count."


class CourseRecord(EquipmentRecord):
    """One course."""

    DETAILS = CourseDetails
    HELP = "One course: who must hold it, and who does not. v opens its trainings, e changes it."


class TrainingRecord(EquipmentRecord):
    """One training."""

    DETAILS = TrainingDetails
    HELP = (
        "A training. W puts people on the list (you, if you name nobody), D takes them off. When it was held, k says "
        "who came: each of them holds a certificate from then on. C says that it is not held."
    )


class CertificateRecord(EquipmentRecord):
    """One certificate."""

    DETAILS = CertificateDetails
    HELP = "What somebody holds. E writes down the one that comes after it, x says that it does not count."
