"""The way of a file into the store: in chunks, each of which is in as a whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Final

from botui import areas
from botui.actions.imports.columns import known_headings, words_for
from botui.actions.imports.directory import Directory
from botui.actions.imports.lists import ListTaker, name_in
from botui.actions.imports.mapping import Map, Reading, assign, read_mapping
from botui.actions.imports.report import Report
from botui.actions.imports.rows import Cells, Past
from botui.actions.imports.sheet import Row, Sheet, read_sheet
from botui.actions.imports.tickets import TIMES, TicketTaker
from botui.data import Desk
from botui.models import calendar
from botui.models.base import Change, Kind, NotAllowed, Record, Refused, clean
from botui.models.office import Context
from botui.models.shape import fields_of
from botui.reading import name_field

CHUNK: Final = 200
"""Rows that are one change: a line of the journal of some 200 kB, and others wait a fraction of a second."""
_DRY_NUMBERS: Final = 10**8
"""Where the numbers begin that a dry run gives out: none of them is ever stored."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be imported.

    Attributes:
        map_file: says what columns and values mean; None = all is guessed.
        key: columns or fields, with commas, that tell records apart; empty = the number in the other system.
        dry: report the same and change nothing.
        progress: told after each chunk how many rows are done, of how many.
        stop: asked after each chunk whether to stop there.
    """

    collection: str
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
    kind: Kind[Any] = areas.kind(job.collection)
    if kind.name in ("settings", "comments"):
        raise Refused(f"{kind.many} are not imported.")
    if reason := desk.may(kind.name, "work"):
        raise NotAllowed(reason)
    words = words_for(kind)
    mapping = Map() if job.map_file is None else read_mapping(job.map_file, tuple(words))
    named = frozenset(column for columns in mapping.columns.values() for column in columns)
    sheet = read_sheet(
        job.file, mapping.form, lambda cells: known_headings(words, cells) + len(named & {clean(one) for one in cells})
    )
    reading = assign(mapping, words, sheet.columns)
    if not reading.columns:
        raise Refused(f"No column is one of {kind.many.lower()}: {', '.join(sheet.columns)[:200]}. Write a map file.")
    return _Import(desk, job, kind, mapping, sheet, reading).all()


class _Import:
    """One run: what it reads, what it has seen so far."""

    def __init__(self, desk: Desk, job: Job, kind: Kind[Any], mapping: Map, sheet: Sheet, reading: Reading) -> None:
        self.desk, self.job, self.kind = desk, job, kind
        self.mapping, self.sheet, self.reading = mapping, sheet, reading
        self.seen: dict[str, str] = {}
        self.numbers = count(_DRY_NUMBERS)
        self.ctx = desk.context()
        self.chunk_report = Report("", "", dry=job.dry)
        self.directory = Directory(desk, self._new_id)
        self.key_columns, self.key_fields = self._key()
        past = Past(self.desk, self.kind.name)
        notes = self.sheet.notes
        zone = self.mapping.zone or self.desk.settings.zone
        self.taker: TicketTaker | ListTaker
        if self.kind.name == "tickets":
            order = self._order(notes)
            self.taker = TicketTaker(self.directory, past, zone, order, lambda: self.chunk_report)
            if not self._says("created_at"):
                notes.append("No column says when tickets came in: new ones come in now.")
            if not self._says("subject", "topic", "category"):
                notes.append("No column says what tickets are about: only those that are here can be changed.")
        else:
            self.taker = ListTaker(self.desk, self.kind, self.directory, past)

    def all(self) -> Report:
        """Import every row and return the report."""
        keeps = any(spec.name == "notes" for spec in fields_of(self.kind.model))
        report = Report(
            self.kind.name,
            self.job.file.name,
            self.job.dry,
            rows=len(self.sheet.rows) + len(self.sheet.bad),
            bad=list(self.sheet.bad),
            columns=dict(self.reading.columns),
            kept=self.reading.left if keeps else (),
            lost=() if keeps else self.reading.left,
            notes=self.sheet.notes,
        )
        rows = self.sheet.rows
        for start in range(0, len(rows), CHUNK):
            report.add(self._chunk(rows[start : start + CHUNK]))
            self.job.progress(min(start + CHUNK, len(rows)), len(rows))
            if self.job.stop() and start + CHUNK < len(rows):
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
            for row in rows:
                self._row(row, change)
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

    def _row(self, row: Row, change: Change) -> None:
        """Take one row into the change, or say why not."""
        mark = len(self.directory.fresh)
        try:
            cells = Cells(row, self.mapping, self.reading)
            key = cells.key(self.key_columns, self.key_fields)
            if key in self.seen:
                raise Refused(f"{self.seen[key]} is about the same one: {key[:60]}")
            old = self._old(key, cells)
            if old is not None and (self.kind.name, old.id) in change.puts:
                raise Refused(f"{old.ref} is in an earlier row too")
            number = old.id if old is not None else self._new_id(self.kind.model)
            found = self.taker.take(self.ctx, cells, number, key, old)
        except (Refused, NotAllowed, ValueError) as error:
            self.directory.drop_since(mark)
            self.chunk_report.bad.append((row.where, clean(str(error)).rstrip(".")[:300]))
            return
        self.seen[key] = row.where
        self._take_in(change, mark, found, old)

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

    # --- what tells records apart -------------------------------------------------------------------------------------

    def _key(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the columns, or else the fields, whose text tells one record from another."""
        wanted = [one.strip() for one in self.job.key.split(",") if one.strip()]
        if wanted and all(one in self.sheet.columns for one in wanted):
            return tuple(wanted), ()
        for one in wanted:
            if one not in self.reading.columns:
                raise Refused(f"There is no column or field '{one}'; there is: {', '.join(self.sheet.columns)}.")
        if wanted:
            return (), tuple(wanted)
        if "codes" in self.reading.columns:
            return (), ("codes",)
        name = name_field([spec.name for spec in fields_of(self.kind.model)])
        if self.kind.name == "tickets" or name not in self.reading.columns:
            raise Refused(f"No column tells {self.kind.many.lower()} apart: say which with --key COLUMN.")
        return (), (name,)

    def _old(self, key: str, cells: Cells) -> Record | None:
        """Return the record that is here already: by its code, else by e-mail or name if it has no code."""
        find, name = self.directory.find, self.kind.name
        found = find(name, "code", key) if self._has_codes() else find(name, "name", key)
        if not found and self._has_codes() and name != "tickets":
            found = self._without_code(cells)
        numbers = sorted(set(found))
        if len(numbers) > 1:
            refs = ", ".join(areas.ref(name, one) for one in numbers[:4])
            raise Refused(f"'{key[:60]}' could be {refs}")
        return self.ctx.data.get(self.kind.model, numbers[0]) if numbers and numbers[0] < _DRY_NUMBERS else None

    def _without_code(self, cells: Cells) -> list[int]:
        """Return who or what has this e-mail or name and no code yet: filed by hand, or made because a row named it."""
        find, name = self.directory.find, self.kind.name
        found = find(name, "email", cells.word("email")) or find(name, "name", clean(name_in(cells)))
        records = (self.ctx.data.get(self.kind.model, one) for one in found if one < _DRY_NUMBERS)
        return [one.id for one in records if one is not None and not getattr(one, "codes", ())]

    def _has_codes(self) -> bool:
        return any(spec.name == "codes" for spec in fields_of(self.kind.model))

    def _order(self, notes: list[str]) -> calendar.Order | None:
        """Return the order of day and month: as the map file says, as the column shows, else as the office writes."""
        if self.mapping.order:
            return self.mapping.order
        columns = [one for name in TIMES for one in self.reading.columns.get(name, ())]
        samples = [row.cells.get(column, "") for row in self.sheet.rows for column in columns]
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
