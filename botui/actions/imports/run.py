"""The way of a file into the store: in chunks, each of which is in as a whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Final

from botui.actions.imports.access import AccessTaker, Granted
from botui.actions.imports.assets import AssetTaker
from botui.actions.imports.balances import Accounts, BalanceTaker
from botui.actions.imports.bank_amounts import amounts_of
from botui.actions.imports.bills import BillTaker
from botui.actions.imports.books import Books
from botui.actions.imports.columns import known_headings
from botui.actions.imports.directory import Directory
from botui.actions.imports.documents import DocumentTaker
from botui.actions.imports.figures import figures_of
from botui.actions.imports.goods import is_ours, refined
from botui.actions.imports.holding import Holding
from botui.actions.imports.identity import DRY_NUMBERS, OLD, Identity
from botui.actions.imports.items import ItemTaker
from botui.actions.imports.licences import LicenceTaker, cost_note
from botui.actions.imports.lists import ListTaker, notes_field
from botui.actions.imports.mapping import Map, Reading, assign, read_mapping
from botui.actions.imports.orders import OrderTaker, grouped
from botui.actions.imports.payments import PaymentTaker, Till
from botui.actions.imports.people import PeopleTaker, with_files
from botui.actions.imports.report import Report
from botui.actions.imports.rows import Cells, Past
from botui.actions.imports.sheet import Row, Sheet, read_sheet
from botui.actions.imports.stock import StockTaker
from botui.actions.imports.subjects import Subject, subject_of
from botui.actions.imports.taking import Reader, Taker
from botui.actions.imports.tickets import TicketTaker
from botui.data import Desk
from botui.models import calendar
from botui.models.base import Change, NotAllowed, Record, Refused, clean
from botui.models.office import Context

CHUNK: Final = 200
"""Rows that are one change: a line of the journal of some 200 kB, and others wait a fraction of a second."""
_MANY_ROWS: Final = frozenset({"stock", "access"})
"""Subjects of which several rows may be about one record."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be imported.

    Attributes:
        subject: what the rows are: a collection, or ``stock`` or ``suppliers``.
        map_file: says what columns and values mean; None = all is guessed.
        key: columns or fields, with commas, that tell records apart; empty = the number in the other system.
        dry: report the same and change nothing.
        progress: told after each chunk how many rows are done, of how many.
        stop: asked after each chunk whether to stop there.
    """

    subject: str
    file: Path
    map_file: Path | None = None
    key: str = ""
    dry: bool = False
    progress: Callable[[int, int], None] = lambda done, rows: None
    stop: Callable[[], bool] = lambda: False


def run(desk: Desk, job: Job) -> Report:
    """Import a file and say what came of it.

    Raises:
        Refused: the file or the map file cannot be used; nothing was changed.
        NotAllowed: this person may not.
        StoreError: the store cannot; chunks that were done before are in.
    """
    subject = with_files(subject_of(job.subject), desk)
    if reason := desk.may(subject.collection, "work"):
        raise NotAllowed(reason)
    words = subject.words
    mapping = Map() if job.map_file is None else read_mapping(job.map_file, tuple(words))
    mapping = replace(mapping, defaults={**subject.defaults, **mapping.defaults})
    named = frozenset(column for columns in mapping.columns.values() for column in columns)
    sheet = read_sheet(
        job.file, mapping.form, lambda cells: known_headings(words, cells) + len(named & {clean(one) for one in cells})
    )
    reading = refined(subject, assign(mapping, words, sheet.columns), sheet.rows)
    if not reading.columns:
        raise Refused(f"No column is one of {subject.many}: {', '.join(sheet.columns)[:200]}. Write a map file.")
    return _Import(desk, job, subject, mapping, sheet, reading).all()


class _Import:
    """One run: what it reads, what it has seen so far."""

    def __init__(self, desk: Desk, job: Job, subject: Subject, mapping: Map, sheet: Sheet, reading: Reading) -> None:
        self.desk, self.job, self.subject, self.kind = desk, job, subject, subject.kind
        self.mapping, self.sheet, self.reading = mapping, sheet, reading
        self.seen: dict[str, str] = {}
        self.numbers = count(DRY_NUMBERS)
        self.ctx = desk.context()
        self.chunk_report = Report("", "", dry=job.dry)
        self.directory = Directory(desk, self._new_id)
        self.identity = Identity(subject, self.directory, sheet.columns, reading, job.key)
        self.taker = self._taker()

    def _taker(self) -> Taker:
        """Return what takes the rows."""
        desk, directory, notes = self.desk, self.directory, self.sheet.notes
        past, note = Past(desk, self.kind.name), clean(self.job.file.name)[:200]
        figures = figures_of(self._cells_of(self.subject.figures), self.mapping.decimal, desk.settings.currency, notes)
        reader = Reader(self.mapping.zone or desk.settings.zone, self._order(notes), figures)
        books = Books(directory, self._new_id, desk.settings.local)

        def report() -> Report:
            return self.chunk_report

        match self.subject.name:
            case "tickets":
                if not self._says("created_at"):
                    notes.append("No column says when tickets came in: new ones come in now.")
                if not self._says("subject", "topic", "category"):
                    notes.append("No column says what tickets are about: only those that are here can be changed.")
                return TicketTaker(directory, past, reader, report)
            case "people":
                return PeopleTaker(
                    desk, self.kind, directory, past, reader, report, self._new_id, Past(desk, "person_files")
                )
            case "assets":
                holding = Holding(directory, past, self._new_id, note)
                return AssetTaker(desk, self.kind, directory, past, reader, holding, report)
            case "access":
                return AccessTaker(directory, past, reader, Granted(directory, self._new_id), report, note)
            case "documents":
                return DocumentTaker(desk, self.kind, directory, past, reader, report)
            case "licences":
                if said := cost_note(dict(self.reading.columns)):
                    notes.append(said)
                return LicenceTaker(desk, self.kind, directory, past, reader, report)
            case "bills" | "invoices":
                amounts = amounts_of(self._cells_of(self.subject.figures), self.mapping.decimal, desk.settings.currency)
                return BillTaker(desk, self.kind, directory, past, reader, amounts, report, self._new_id)
            case "payments":
                amounts = amounts_of(self._cells_of(self.subject.figures), self.mapping.decimal, desk.settings.currency)
                return PaymentTaker(directory, reader, amounts, Till())
            case "balances":
                amounts = amounts_of(self._cells_of(("amount",)), self.mapping.decimal, "")
                return BalanceTaker(directory, reader, amounts, Accounts())
            case "items":
                return ItemTaker(desk, self.kind, directory, past, reader, books, report, note)
            case "stock":
                return StockTaker(directory, reader, books, note)
            case "orders":
                if own := next((one for one in self._cells_of(("codes",)) if is_ours("orders", one)), ""):
                    notes.append(f"Numbers such as {clean(own)} are given here, too: kept as '{OLD} {clean(own)}'.")
                return OrderTaker(directory, past, reader, books, report, self._new_id)
        return ListTaker(desk, self.kind, directory, past, reader)

    def all(self) -> Report:
        """Import every row and return the report."""
        keeps = bool(notes_field(self.kind)) and self.subject.name not in ("stock", "balances")
        rows = self.sheet.rows
        if self.subject.name == "orders":
            rows = grouped(rows, self.identity, self._cells)
        if isinstance(self.taker, AccessTaker):
            rows = self.taker.in_time(rows, self._cells)
        if isinstance(self.taker, AssetTaker):
            rows = self.taker.retired_first(rows, self._cells)
        report = Report(
            self.subject.name,
            self.job.file.name,
            self.job.dry,
            rows=len(self.sheet.rows) + len(self.sheet.bad),
            records=len(rows) if self.subject.name == "orders" else 0,
            bad=list(self.sheet.bad),
            columns=dict(self.reading.columns),
            kept=self.reading.left if keeps else (),
            lost=() if keeps else self.reading.left,
            notes=self.sheet.notes,
        )
        done = 0
        for chunk in _chunks(rows):
            report.add(self._chunk(chunk))
            done += sum(1 + len(row.more) for row in chunk)
            self.job.progress(done, len(self.sheet.rows))
            if self.job.stop() and done < len(self.sheet.rows):
                report.stopped = True
                break
        report.bad.sort(key=lambda one: int(one[0].rpartition(" ")[2]))
        return report

    def _chunk(self, rows: Sequence[Row]) -> Report:
        seen = dict(self.seen)

        def decide(ctx: Context) -> Change | None:
            self.ctx, self.seen = ctx, dict(seen)
            self.directory.look_again()
            self.chunk_report = Report("", "", dry=self.job.dry)
            change = Change(f"{self.kind.name}.import", note=clean(self.job.file.name)[:200])
            self.taker.begin(ctx, change)
            for row in rows:
                self._row(row, change)
            self.taker.finish()
            return change if change.puts and not self.job.dry else None

        try:
            if self.job.dry:
                decide(self.desk.context())
            else:
                self.desk.apply(decide)
        except BaseException:
            self.directory.forget()
            raise
        self.directory.kept()
        return self.chunk_report

    def _cells(self, row: Row) -> Cells:
        return Cells(row, self.mapping, self.reading)

    def _row(self, row: Row, change: Change) -> None:
        """Take one row, and those that belong to it, into the change, or say why not."""
        mark, doubts = len(self.directory.fresh), len(self.chunk_report.doubts)
        try:
            cells = self._cells(row)
            key = self.identity.key(cells)
            if key in self.seen:
                raise Refused(f"{self.seen[key]} is about the same one: {key[:60]}")
            old = self._old(key, cells)
            # a key that no row has: those are cleaned
            mine = f"\n{old.id}" if old is not None and self.subject.name not in _MANY_ROWS else key
            if old is not None and (mine in self.seen or (self.kind.name, old.id) in change.puts):
                raise Refused(f"{old.ref} is in an earlier row too")
            number = old.id if old is not None else self._new_id(self.kind.model)
            found = self.taker.take(self.ctx, cells, number, key, old)
        except (Refused, NotAllowed, ValueError) as error:
            self.directory.drop_since(mark)
            del self.chunk_report.doubts[doubts:]
            self.chunk_report.bad.append((row.where, clean(str(error)).rstrip(".")[:300]))
            self.chunk_report.bad += [(one.where, f"it goes with {row.where}") for one in row.more]
            return
        self.seen |= {key: row.where, mine: row.where, f"\n{number}": row.where}
        self._take_in(change, mark, found, old)

    def _old(self, key: str, cells: Cells) -> Record | None:
        if isinstance(self.taker, AccessTaker):
            return self.taker.entry(cells, key)
        return self.identity.old(self.ctx, key, cells)

    def _take_in(self, change: Change, mark: int, found: Change | None, old: Record | None) -> None:
        for record in self.directory.fresh[mark:]:
            change.add(record)
            self.chunk_report.made[record.COLLECTION] += 1
        if found is None:
            self.chunk_report.same += 1
            return
        change.join(found)
        if old is not None:
            self.chunk_report.changed += 1
            return
        self.chunk_report.added += 1
        for put in found.puts.values():
            if put.was is None and put.collection == self.kind.name:
                self.directory.add(self.kind.model.load(put.id, put.fields))

    def _new_id(self, kind: type[Record]) -> int:
        return next(self.numbers) if self.job.dry else self.ctx.data.new_id(kind)

    def _says(self, *fields: str) -> bool:
        """Return whether the file or the map file speaks of one of these fields."""
        tables = (self.reading.columns, self.mapping.constants, self.mapping.defaults)
        return any(field in table for table in tables for field in fields)

    def _cells_of(self, fields: Sequence[str]) -> list[str]:
        """Return all cells of the columns that make some fields."""
        columns = [one for name in fields for one in self.reading.columns.get(name, ())]
        return [row.cells.get(column, "") for column in columns for row in self.sheet.rows]

    def _order(self, notes: list[str]) -> calendar.Order | None:
        """Return the order of day and month: as the map file says, as the column shows, else as the office writes."""
        if self.mapping.order:
            return self.mapping.order
        samples = self._cells_of(self.subject.moments)
        if found := calendar.guess_order(samples):
            return found
        if any(_parted(sample) for sample in samples):
            order = self.desk.settings.order
            words = {"dmy": "day", "mdy": "month"}[order]
            notes.append(f"No date shows whether day or month comes first: read with the {words} first, as here.")
            return order
        return None


def _parted(sample: str) -> bool:
    """Return whether a date is of the kind that two orders can read: ``01/02/2026``."""
    return sample[1:3].strip("0123456789")[:1] in ("/", "-") and sample[:1].isdigit()


def _chunks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Give the rows of a file in parts, each with what belongs together."""
    chunk: list[Row] = []
    size = 0
    for row in rows:
        if chunk and size + 1 + len(row.more) > CHUNK:
            yield chunk
            chunk, size = [], 0
        chunk.append(row)
        size += 1 + len(row.more)
    if chunk:
        yield chunk
