"""Rows as people of the directory, and where HR imports them, what the same rows say for their files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from botui.actions.imports.columns import Words, plain, split
from botui.actions.imports.directory import NewId
from botui.actions.imports.lists import ListTaker
from botui.actions.imports.report import Report
from botui.actions.imports.rows import Cells, Past, changed
from botui.actions.imports.subjects import Subject
from botui.data import Desk
from botui.models.base import Change, Record, Refused, clean
from botui.models.hr import person_filing
from botui.models.hr.person_file import Employment, PersonFile
from botui.models.hr.reporting_lines import refuse_unfit
from botui.models.office import Context, Person, Role
from botui.models.shape import build, coerce

_PREFIX: Final = "file_"
FILES: Final[Words] = {
    "file_number": split("payroll number,payroll no,payroll id,pay number"),
    "file_starts": split(
        "first day,hire date,date of hire,date hired,hired,start date,date of joining,joining date,joined,entry date,"
        "employed since,employment start date"
    ),
    "file_probation_ends": split("probation until,probation end,probation end date,probation ends,end of probation"),
    "file_fixed_until": split("fixed until,contract end,contract end date,fixed term end,contract until"),
    "file_manager": split(
        "manager,manager name,manager id,manager email,reports to,reporting to,line manager,supervisor,supervisor name"
    ),
    "file_employment": split("employed,employment type,contract type,type of employment"),
    "file_week_hours": split("hours a week,weekly hours,hours per week,contract hours"),
    "file_week_days": split("works on,working days,work days"),
    "file_born": split("born,date of birth,birth date,birthdate,birthday,dob"),
    "file_address": split("home address,private address,permanent address,current address,address"),
    "file_phone": split("private phone,home phone,personal phone,personal mobile"),
    "file_email": split("private email,private e mail,personal email,personal e mail"),
    "file_emergency": split("in an emergency,emergency contact,emergency contact name,emergency phone"),
    "file_iban": split("iban,paid to,bank account,bank account no,bank ac no,bank account number"),
    "file_tax_number": split("tax no,tax number,tax id,tax file number"),
    "file_insurance_number": split("insurance no,insurance number,social security number,national insurance number"),
}
"""Headings of what is HR's alone, of the exports of Frappe HR, OrangeHRM and payroll offices."""
_DAYS: Final = ("starts", "probation_ends", "fixed_until", "born")


def with_files(subject: Subject, desk: Desk) -> Subject:
    """Return what is imported as people: for HR with what goes into their files, for nobody else."""
    if subject.name != Person.COLLECTION or Role.HR not in desk.roles():
        return subject
    return replace(
        subject,
        words={**subject.words, **FILES},
        figures=(*subject.figures, f"{_PREFIX}week_hours"),
        moments=(*subject.moments, *(f"{_PREFIX}{name}" for name in _DAYS)),
    )


@dataclass(slots=True)
class _Chunk:
    """The change that the rows at hand become."""

    change: Change = field(default_factory=lambda: Change(""))


@dataclass(frozen=True, slots=True)
class PeopleTaker(ListTaker):
    """Takes rows as people, and what they say for their files.

    Attributes:
        report: where unknown words of the present chunk go.
        new_id: gives out numbers.
        files: what earlier imports said of files.
        chunk: what was taken so far.
    """

    report: Callable[[], Report]
    new_id: NewId
    files: Past
    chunk: _Chunk = field(default_factory=_Chunk)

    def begin(self, ctx: Context, change: Change) -> None:
        """Begin with the rows that become one change."""
        self.chunk.change = change

    def take(self, ctx: Context, cells: Cells, number: int, key: str, old: Record | None) -> Change | None:
        """Return the change that files or changes the person of a row, and their file; None = there is none.

        Raises:
            Refused, NotAllowed, ValueError: the row cannot be taken, in words.
        """
        # not by super(): a dataclass with slots is another class than the one that is written here
        found = ListTaker.take(self, ctx, cells, number, key, old)
        values = self._file_values(cells, number) if Role.HR in self.desk.roles() else {}
        if not any(values.values()):
            return found
        change = found or Change("people.import")
        file = next(iter(ctx.data.find(PersonFile, person=number)), None)
        if file is None:
            self._add_file(ctx, change, number, values)
        else:
            self._revise_file(ctx, change, file, values)
        return change if change.puts else None

    def _add_file(self, ctx: Context, change: Change, number: int, values: dict[str, Any]) -> None:
        """Add the file of somebody who works here to the change of their row."""
        whole = Change(change.action, puts={**self.chunk.change.puts, **change.puts})
        put = change.puts.get((Person.COLLECTION, number))
        known = ctx.data.get(Person, number)
        if not (put.fields.get("active", True) if put is not None else known is not None and known.active):
            return
        self._refuse_twice(whole, values)
        values = self._with_manager(ctx, whole, number, values)
        given = {name: value for name, value in values.items() if value}
        file = build(PersonFile, {**given, "person": number, "id": self.new_id(PersonFile)})
        person_filing.add(ctx, whole, file)
        change.puts[file.COLLECTION, file.id] = whole.puts[file.COLLECTION, file.id]

    def _revise_file(self, ctx: Context, change: Change, file: PersonFile, values: dict[str, Any]) -> None:
        """Put into the change of a row what the file says otherwise than it did."""
        whole = Change(change.action, puts={**self.chunk.change.puts, **change.puts})
        given = {name: value for name, value in self._with_manager(ctx, whole, file.person, values).items() if value}
        known = {name: getattr(file, name) for name in PersonFile.model_fields}
        patch = changed(self.files, file, build(PersonFile, known | given), given)
        if patch:
            change.join(person_filing.revise(ctx, file, file.model_copy(update=patch)))

    def _refuse_twice(self, whole: Change, values: dict[str, Any]) -> None:
        """Refuse an employee number that an earlier row has."""
        files = (put.fields for put in whole.puts.values() if put.collection == PersonFile.COLLECTION)
        if values.get("number") and any(one.get("number") == values["number"] for one in files):
            raise Refused(f"the employee number {values['number']} is somebody else's")

    def _with_manager(self, ctx: Context, whole: Change, number: int, values: dict[str, Any]) -> dict[str, Any]:
        """Return the values without a manager to whom somebody cannot report; that is told."""
        try:
            refuse_unfit(ctx, number, values.get("manager"), whole)
        except Refused as error:
            self.report().unknown[f"manager left out: {clean(str(error)).rstrip('.')}"] += 1
            return values | {"manager": None}
        return values

    def _file_values(self, cells: Cells, number: int) -> dict[str, Any]:
        """Return what a row says for a file, by field; what it does not speak of is left out."""
        names = [name.removeprefix(_PREFIX) for name in FILES if cells.has(name)]
        texts = {name: clean(cells.text(f"{_PREFIX}{name}"), lines=True) for name in names}
        values: dict[str, Any] = {name: self.reader.day(texts.pop(name)) for name in _DAYS if name in texts}
        if "week_hours" in texts:
            values["week_hours"] = self.reader.figures.price(texts.pop("week_hours"), "Hours a week")
        if "manager" in texts:
            values["manager"] = self._manager(texts.pop("manager"), number)
        if "employment" in texts:
            values["employment"] = self._employment(texts.pop("employment"))
        return values | coerce(PersonFile, texts, self.desk.typing())

    def _manager(self, word: str, number: int) -> int | None:
        """Return who a cell names as manager; who names themselves has none above them."""
        found = self.directory.known_person(word) if word else None
        if word and found is None:
            self.report().unknown[f"manager '{word[:40]}'"] += 1
        return None if found == number else found

    def _employment(self, word: str) -> Employment | None:
        """Return in what way somebody is employed, by the words of other systems, too."""
        wanted = plain(word)
        found = next((one for one in Employment if wanted in (plain(one.value), plain(one.label))), None)
        if found is None and wanted:
            self.report().unknown[f"employed '{word[:40]}'"] += 1
        return found
