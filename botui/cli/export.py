"""What goes out of the office whole: its books for other tools, and the bundle for the auditor: botui export."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from botui import areas
from botui.actions.books import as_journal
from botui.actions.reports import report
from botui.cli.output import csv_row, write_csv
from botui.cli.past import change_rows
from botui.cli.session import Session
from botui.data import Desk
from botui.models import calendar
from botui.models.base import Refused, clean
from botui.models.records.books import TELLS
from botui.models.records.document import GONE, Document
from botui.models.records.retaining import fiscal_year_end
from botui.models.shape import fields_of

if TYPE_CHECKING:
    from typing import TextIO

LISTS: Final = (*TELLS, "parties", "orders", "lines", "documents", "disposals")
"""Collections whose records are in the bundle: what the books follow from, from whom it is, and its papers."""
REPORTS: Final = ("money", "result", "books", "owing")
_PAPERS: Final = ("bills", "outlays", "vouchers", "entries")
"""Collections whose records name the paper that proves them."""
_README: Final = """Books of {office}, {since} to {until}, in {currency}
Made by botui on {today} for {who}.

books.journal     all transactions until {until}, to be read with hledger: hledger -f books.journal check --strict
reports/*.csv     money by category and month, results, what each account comes to, who owes whom
lists/*.csv       the records from which all of it follows, with their references
changes.csv       who changed what in those lists, when and where, from {since} to {until}
papers/           the files of the documents that bills, claims, vouchers and transactions name, by their numbers

Every change is a link of one chain. Head of the chain when this was made:
{head}
In the office, "botui check --head {head}" says whether it is still in it.
What whoever made this may not see is not in it, such as private documents.
"""


def books(session: Session) -> None:
    """Write the books as plain-text accounting reads them: to a new file, or to standard output."""
    desk, args = session.desk(), session.args
    lines = as_journal(desk, _day(desk, args.until))
    if args.file is None:
        session.out.writelines(f"{line}\n" for line in lines)
        return
    with _new_file(Path(args.file)) as file, file.open("w", encoding="utf-8") as out:
        out.writelines(f"{line}\n" for line in lines)
    session.out.write(f"The books are in {clean(args.file)}.\n")


def bundle(session: Session) -> None:
    """Write a file with all that an auditor asks for: books, reports, lists, who changed what, and the papers."""
    desk, args = session.desk(), session.args
    today = desk.context().today
    until = _day(desk, args.until) or today
    since = _day(desk, args.since) or _first_of_year(desk, until)
    if until < since:
        raise Refused("The last day is before the first.")
    lines = as_journal(desk, until)
    with _new_file(Path(args.file)) as file, ZipFile(file, "w", ZIP_DEFLATED) as archive:
        packed = _Packed(archive, desk)
        packed.text("README.txt", [_about(desk, since, until)])
        packed.text("books.journal", (f"{line}\n" for line in lines))
        for name in REPORTS:
            made = report(desk, name, since, until)
            packed.csv(f"reports/{name}.csv", [made.header, *made.rows])
        for name in LISTS:
            packed.csv(f"lists/{name}.csv", _rows(desk, name))
        packed.csv("changes.csv", [*change_rows(desk, since, until, LISTS)])
        papers = packed.papers(since, until)
    session.out.write(f"{clean(args.file)}: the books of {since} to {until} with {papers:,} papers.\n")


class _Packed:
    """A bundle that is being packed, each part dated when it was made."""

    def __init__(self, archive: ZipFile, desk: Desk) -> None:
        self._archive, self._desk = archive, desk
        self._at = desk.settings.local(desk.clock()).timetuple()[:6]

    def text(self, name: str, parts: Iterator[str] | Sequence[str]) -> None:
        with self._part(name) as out:
            out.writelines(parts)

    def csv(self, name: str, rows: Sequence[Sequence[Any]]) -> None:
        with self._part(name) as out:
            write_csv(out, rows)

    def papers(self, since: date, until: date) -> int:
        """Put the files of what was filed for the books of those days in; return how many."""
        many = 0
        found = {_kept(self._desk, number) for number in _papers(self._desk, since, until)}
        for number in sorted(one for one in found if one):
            document = self._desk.get("documents", number)
            for place, one in enumerate(document.files, 1):
                part = self._info(f"papers/{document.ref}/{place}-{_file_name(one.name)}")
                self._archive.writestr(part, self._desk.store.attachments.read(one.digest))
                many += 1
        return many

    def _info(self, name: str) -> ZipInfo:
        found = ZipInfo(name, self._at)
        found.compress_type, found.external_attr = ZIP_DEFLATED, 0o600 << 16
        return found

    @contextmanager
    def _part(self, name: str) -> Iterator[TextIO]:
        with self._archive.open(self._info(name), "w") as raw, TextIOWrapper(raw, "utf-8", newline="") as out:
            yield out


def _about(desk: Desk, since: date, until: date) -> str:
    settings = desk.settings
    return _README.format(
        office=clean(settings.name),
        currency=settings.currency,
        since=since,
        until=until,
        today=desk.context().today,
        who=clean(desk.title("people", desk.person)),
        head=desk.store.journal.head,
    )


def _rows(desk: Desk, name: str) -> list[Sequence[Any]]:
    """Return the records of a collection that this person sees, as rows of CSV."""
    specs = fields_of(areas.kind(name).model)
    head = ["id", "ref", *(one.name for one in specs)]
    return [head, *(csv_row(desk, record, specs) for record in desk.find(name, {}))]


def _papers(desk: Desk, since: date, until: date) -> set[int]:
    """Return the numbers of the documents that prove what was posted in those days."""
    found: set[int] = set()
    for name in _PAPERS:
        for record in desk.find(name, {}):
            number = getattr(record, "document", None) or getattr(record, "receipt", None)
            on = getattr(record, "dated", None) or getattr(record, "on", None)
            if number is not None and (on is None or since <= on <= until):
                found.add(number)
    return found


def _kept(desk: Desk, number: int) -> int:
    """Return the number of the document that has the files of this one now; 0 = they are gone, or not for this person.

    Args:
        desk: whose.
        number: of a document, which may have become part of another one.
    """
    tried: set[int] = set()
    while number and number not in tried and desk.sees("documents", number):
        tried.add(number)
        document: Document = desk.get("documents", number)
        if document.state not in GONE:
            return number
        number = document.joined or 0
    return 0


def _file_name(name: str) -> str:
    """Return a name that is safe wherever the bundle is unpacked."""
    kept = "".join(one if one.isalnum() or one in "-_ ." else "_" for one in name).strip(" .")
    return kept[-80:] or "file"


def _day(desk: Desk, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return calendar.parse_date(text, desk.context().today, desk.settings.order)
    except ValueError as error:
        raise Refused(str(error)) from None


def _first_of_year(desk: Desk, until: date) -> date:
    """Return the first day of the fiscal year that a day is in."""
    return fiscal_year_end(calendar.add_months(until, -12), desk.settings.fiscal_year_end) + timedelta(days=1)


@contextmanager
def _new_file(file: Path) -> Iterator[Path]:
    """Give a file beside a new one, that takes its name when it is whole, and goes if it is not.

    Raises:
        Refused: there is one already, or no such folder.
    """
    file = file.expanduser().absolute()
    if file.exists() or file.is_symlink():
        raise Refused(f"{file} is there already: give it another name.")
    if not file.parent.is_dir():
        raise Refused(f"There is no folder {file.parent}.")
    number, name = tempfile.mkstemp(prefix=f".{file.name[:60]}-", dir=file.parent)
    os.close(number)
    beside = Path(name)
    try:
        yield beside
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
