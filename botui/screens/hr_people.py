"""People's files on the screen: what was agreed, whom to call, what is paid, which papers end; one's own, too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType

from botui.data import Desk
from botui.models.base import plural
from botui.models.hr.amendment import IN_DIRECTORY, IN_FILE, OPEN, Amendment
from botui.models.hr.benefit import Benefit
from botui.models.hr.pay import Pay
from botui.models.hr.person_file import PersonFile, Status
from botui.models.hr.reporting_lines import managed_by, manager
from botui.models.hr.task import Task, TaskKind
from botui.models.records.document import GONE, Document, Privacy, State
from botui.models.shape import fields_of, show
from botui.screens.equipment_details import EquipmentDetails, EquipmentRecord, Link, joined
from botui.screens.frame import Keys
from botui.screens.lists import ListScreen
from botui.screens.rows import KindRows
from botui.widgets.columns import Column
from botui.widgets.detail import Section

_CONTACT: Final = ("emergency", "address", "phone", "email")
_NUMBERS: Final = ("number", "iban", "tax_number", "insurance_number")
_LISTED: Final = 6
"""Papers, enrolments and changes that a page lists of each sort; v opens the others."""


class FileRows(KindRows):
    """Rows of people's files."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns; how somebody stands is last, where the eye runs down."""
        return (
            Column("id", "No.", 7),
            Column("person", "Person", 20, flex=True),
            Column("number", "Number", 9),
            Column("position", "Position", 18),
            Column("manager", "Manager", 16, wide=True),
            Column("employment", "Employed", 11, wide=True),
            Column("stands", "Status", 21, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell: of who comes or goes with the day, also where a list is of one status."""
        if key == "stands":
            return status_words(record)
        return super().cell(key, record, doc)


def status_words(file: PersonFile) -> str:
    """Return how somebody stands, with the day of who comes or goes: ``leaving 31.12.2026``."""
    day = {Status.ONBOARDING: file.starts, Status.LEAVING: file.ends, Status.LEFT: file.ends}.get(file.status)
    return f"{file.status.label} {day:%d.%m.%Y}" if day else file.status.label


class FileList(ListScreen):
    """A list of people's files."""

    ROWS = FileRows
    HELP = (
        "What HR keeps of people. Every look at a file is written down in its history. b begins an onboarding, M plans "
        "a change from a day on, G enters somebody's last day. Nobody types the status: it follows."
    )


class FileDetails(EquipmentDetails):
    """What is shown of a person's file."""

    def sections(self, record: PersonFile) -> Sequence[Section]:
        """Return what was agreed, whom to call, what is paid, the papers that end, and what is asked and planned."""
        found = [
            Section("", self._head(record)),
            Section("In an emergency, and at home", self._private(record)),
            Section("Paid", [*self._pay(record), *self._fields(record, _NUMBERS)]),
            Section("Benefits", [self._benefit(one) for one in self._benefits(record)[:_LISTED]]),
            Section("Papers", [self._paper(one) for one in self._papers(record)[:_LISTED]]),
            Section("Leave left", self._leave(record)),
            Section("Still missing", self._gaps(record)),
            Section("Changes asked for and planned", [self._change(one) for one in self._changes(record)]),
            Section("Notes of HR", record.notes),
        ]
        return [one for one in found if one.body]

    def _head(self, one: PersonFile) -> list[tuple[str, str]]:
        person = self.desk.peek("people", one.person)
        ctx = self.desk.context()
        days = f"on {one.week_days}" if one.week_days else ""
        hours = f"{one.week_hours:,} hours a week" if one.week_hours is not None else ""
        trial = f"probation until {self.day(one.probation_ends)}" if one.probation_ends else ""
        fixed = f"ends by itself {self.day(one.fixed_until)}" if one.fixed_until else ""
        ends = f"last day {self.day(one.ends)}" if one.ends else ""
        rows = [
            ("Status", joined(one.status.label, ends, one.reason)),
            ("Under way", joined(*(self._task(each) for each in self._tasks(one)))),
            ("Works as", joined(*dict.fromkeys((self.title("positions", one.position), person.job if person else "")))),
            ("In", self.title("departments", person.department) if person else ""),
            ("Reports to", self.title("people", manager(ctx, one.person))),
            ("Manages", ", ".join(self.title("people", each) for each in managed_by(ctx, one.person))),
            ("Employed", joined(one.employment.label, hours, days)),
            ("First day", joined(self.day(one.starts), trial, fixed)),
            ("Contract", self.title("documents", one.contract)),
        ]
        return [(label, text) for label, text in rows if text]

    def _tasks(self, one: PersonFile) -> list[Task]:
        found: list[Task] = self.all("tasks", {"person": (one.person,), "pending": (True,)})
        return [each for each in found if each.kind in (TaskKind.ONBOARDING, TaskKind.OFFBOARDING)]

    def _task(self, one: Task) -> str:
        return f"{one.ref} {one.kind.label}, {plural(one.open_steps, 'step')} to do"

    def _fields(self, record: Any, names: Sequence[str]) -> list[tuple[str, str]]:
        specs = {spec.name: spec for spec in fields_of(type(record))}
        shown = (
            (specs[name].label, show(specs[name], getattr(record, name), self.title, self.desk.settings.local))
            for name in names
        )
        return [(label, text.replace("\n", ", ")) for label, text in shown if text]

    def _private(self, one: PersonFile) -> list[tuple[str, str]]:
        return [*self._fields(one, _CONTACT), *([("Born", self.day(one.born))] if one.born else [])]

    def _pay(self, one: PersonFile) -> list[tuple[str, str]]:
        """Return what is paid now and what is to come, the earlier pay only by how many there are."""
        pays: list[Pay] = sorted(self.all("pay", {"person": (one.person,)}), key=lambda pay: pay.starts)
        counts = [pay for pay in pays if pay.cancelled_at is None]
        now = [pay for pay in counts if pay.starts <= self.today][-1:]
        coming = [pay for pay in counts if pay.starts > self.today]
        rows = [(f"Since {self.day(pay.starts)}", self._paid(pay)) for pay in now]
        rows += [(f"From {self.day(pay.starts)}", self._paid(pay)) for pay in coming]
        earlier = len(counts) > len(now) + len(coming)
        return [*rows, ("Before", "v shows what was paid earlier")] if earlier else rows

    def _paid(self, pay: Pay) -> str:
        return joined(f"{self.money(pay.amount)} {pay.per.label}", f"grade {pay.grade}" if pay.grade else "", pay.note)

    def _benefits(self, one: PersonFile) -> list[Benefit]:
        found: list[Benefit] = self.all("benefits", {"person": (one.person,)})
        return [each for each in found if each.ends is None or each.ends >= self.today]

    def _benefit(self, one: Benefit) -> tuple[str, str]:
        cost = f"{self.money(one.cost)} {one.per.label}" if one.cost is not None else ""
        share = f"own share {self.money(one.share)}" if one.share is not None else ""
        until = f"until {self.day(one.ends)}" if one.ends else ""
        return one.plan, joined(f"since {self.day(one.starts)}", until, one.covers, cost, share)

    def _papers(self, one: PersonFile) -> list[Document]:
        """Return the papers of HR's about somebody, those that end first before all others."""
        found: list[Document] = self.all("documents", {"person": (one.person,), "privacy": (Privacy.HR.value,)})
        kept = [paper for paper in found if paper.state not in GONE]
        return sorted(kept, key=lambda paper: (paper.ends_on is None, paper.ends_on or paper.dated, paper.id))

    def _paper(self, one: Document) -> tuple[str, str]:
        ends = "ended" if one.ends_on is not None and one.ends_on < self.today else "ends"
        inbox = "in the inbox: f files it" if one.state is State.INBOX else ""
        return one.ref, joined(one.title, f"{ends} {self.day(one.ends_on)}" if one.ends_on else "", inbox)

    def _leave(self, one: PersonFile) -> list[tuple[str, str]]:
        from botui.models.hr.leave_ledger import accounts

        if one.status is Status.LEFT:
            return []
        found = accounts(self.desk.context(), one.person)
        return [(kind.name, f"{left.normalize():f} {kind.unit.label}") for kind, left in found]

    def _gaps(self, one: PersonFile) -> list[tuple[str, str]]:
        from botui.models.hr.needing import gaps_of

        person = self.desk.peek("people", one.person)
        if person is None or one.status is Status.LEFT:
            return []
        gaps = gaps_of(self.desk.context(), person, self.today)
        return [(gap.need.label.capitalize(), joined(gap.what, gap.state(self.today))) for gap in gaps]

    def _changes(self, one: PersonFile) -> list[Amendment]:
        found: list[Amendment] = self.all("amendments", {"person": (one.person,)})
        return [each for each in found if each.state in OPEN]

    def _change(self, one: Amendment) -> tuple[str, str]:
        day = f"from {self.day(one.on)}" if one.on else ""
        return one.ref, joined(one.state.label, day, new_words(self, one), one.text.replace("\n", " "))

    def followed(self, record: PersonFile) -> list[Link]:
        """Return pay, enrolments, papers, changes and tasks of theirs, then what the file names."""
        of_them = {"person": (record.person,)}
        tasks = self.all("tasks", of_them)
        return self.named(
            self.link("Person", "people", record.person),
            *(self.link("Pay", "pay", one.id, f"from {one.starts:%d.%m.%Y}") for one in self.last("pay", of_them)),
            *(self.link("Benefit", "benefits", one.id, one.plan) for one in self.last("benefits", of_them)),
            *(self.link("Paper", "documents", one.id) for one in self._papers(record)),
            *(self.link("Change", "amendments", one.id, one.state.label) for one in self.last("amendments", of_them)),
            *(self.link("Task", "tasks", one.id) for one in tasks),
            record=record,
        )


def new_words(details: EquipmentDetails, one: Amendment) -> str:
    """Return in words what is new by a change of a file: ``New hours a week 30; New manager Bob Baker``."""
    specs = {spec.name: spec for spec in fields_of(Amendment)}
    values = ((specs[name], getattr(one, name)) for name in (*IN_DIRECTORY, *IN_FILE))
    said = ((spec.label, show(spec, value, details.title, details.desk.settings.local)) for spec, value in values)
    return joined(*(f"{label} {text}".replace("\n", ", ") for label, text in said if text))


class FileRecord(EquipmentRecord):
    """One person's file."""

    DETAILS = FileDetails
    HELP = (
        "A person's file: HR and they themselves see it, and every look is written down (H). n files something of "
        "theirs: pay, a benefit, a change; in your own file it asks HR for a change. v opens what belongs to it."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "n,f6,ctrl+n", "new", "New", tooltip="File pay, a benefit or a change of theirs; ask for one of yours."
        ),
    ]

    def keys(self) -> Keys:
        """Return the keys of a record, with the one that files something of theirs."""
        first, *rest = super().keys()
        return [first, ("n", "New" if self.desk.may("pay", "add") is None else "Ask for a change", True), *rest]

    @work
    async def action_new(self) -> None:
        """File something of this person, or ask for a change of one's own file."""
        from botui.screens.dialogs import Choose

        record = self.current()
        if not isinstance(record, PersonFile):
            return
        chosen: str | None = "amendments"
        if self.desk.may("pay", "add") is None and record.person != self.desk.person:
            entries = [("Pay", "pay"), ("Benefit", "benefits"), ("Change of the file", "amendments")]
            entries.append(("Paper (a document of HR's)", "documents"))
            chosen = await self.app.push_screen_wait(
                Choose(f"New for {self.desk.title('people', record.person)}", entries)
            )
        if chosen is not None:
            private = {"privacy": Privacy.HR} if chosen == "documents" else {}
            mine = record.person == self.desk.person
            self.session.new_record(chosen, {} if mine else {"person": record.person, **private})


def own_file(desk: Desk) -> int | None:
    """Return the number of the file of whoever looks; None = HR has none of them."""
    return next(iter(desk.ids("person_files", {"person": (desk.person or 0,)})), None)


class PayDetails(EquipmentDetails):
    """What is shown of pay."""

    def sections(self, record: Pay) -> Sequence[Section]:
        """Return what is paid, from when until when."""
        until = f"until {self.day(record.ends)}" if record.ends else "until further notice"
        cancelled = f"cancelled {self.at(record.cancelled_at)}" if record.cancelled_at else ""
        rows = [
            ("Whose", self.title("people", record.person)),
            ("Paid", f"{self.money(record.amount)} {record.per.label}"),
            ("From", joined(f"{self.day(record.starts)} {until}", cancelled)),
            ("Grade", record.grade),
        ]
        said = ("person", "starts", "ends", "amount", "per", "grade", "cancelled_at")
        return [Section("", [(label, text) for label, text in rows if text]), *self.rest(record, said)]


class PayRecord(EquipmentRecord):
    """One pay."""

    DETAILS = PayDetails
    HELP = "What somebody is paid from a day on. The pay before it ends the day before. C cancels what has not begun."


class PayList(ListScreen):
    """A list of pay."""

    HELP = "What people are paid from which day on. No list shows an amount: Enter opens one, which is written down."


class ChangeDetails(EquipmentDetails):
    """What is shown of a change of a file."""

    def sections(self, record: Amendment) -> Sequence[Section]:
        """Return what is new and from when, who asked, and what came of it."""
        made = f"made {self.at(record.done_at)}" if record.done_at else ""
        decided = f"{self.title('people', record.decided_by)} {self.at(record.decided_at)}" if record.decided_at else ""
        rows = [
            ("Whose file", self.title("people", record.person)),
            ("State", joined(record.state.label, made, record.reason)),
            ("Not made", record.trouble),
            ("From", self.day(record.on) or "as soon as HR agrees"),
            ("New", new_words(self, record)),
            ("Asked by", joined(self.title("people", record.created_by), self.at(record.created_at))),
            ("Decided by", decided),
        ]
        found = [Section("", [(label, text) for label, text in rows if text])]
        return [*found, Section("What is new or wrong", record.text)] if record.text else found

    def followed(self, record: Amendment) -> list[Link]:
        """Return the file, then what it names."""
        files = self.all("person_files", {"person": (record.person,)})
        return self.named(*(self.link("File", "person_files", one.id) for one in files), record=record)


class ChangeRecord(EquipmentRecord):
    """One change of a file."""

    DETAILS = ChangeDetails
    HELP = (
        "A change of a file. V agrees: it is made now, or on its day; B says no and why. What is said in words alone "
        "HR puts into the file (v opens it, e there), then V says that it is done."
    )
