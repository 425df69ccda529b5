"""Durable writes beside SQLite and a raw append, on the same documents and the same disk."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

from benchmarks.offices import Sizes, some_tickets, tickets, utc_now
from benchmarks.stores import BARE, LINE, SQLITE, Appended, copy_to_sqlite, journal_update, last_line, sqlite_update
from benchmarks.table import Row
from botui.data import Desk


class Ways:
    """The ways to write one document, on a store of so many tickets.

    Attributes:
        took: milliseconds of every write, by way.
    """

    def __init__(self, folder: Path, size: int) -> None:
        self.desk = Desk.open(tickets(folder, size), 1, "bench", utc_now)
        self.journal = self.desk.store.journal
        self.desk.store.index("tickets")
        self._base = copy_to_sqlite(self.journal, "tickets", folder / "sqlite.db")
        self._raw = Appended(folder / "raw")
        self._line = self._doc = b""
        ways = (self._by_journal, self._by_desk, self._by_sqlite, self._by_line, self._by_doc)
        self.took: dict[str, list[float]] = {way.__name__.removeprefix("_by_"): [] for way in ways}
        self._ways = dict(zip(self.took, ways, strict=True))

    def write(self, number: int, turn: int) -> None:
        """Change one ticket in every way, one after the other."""
        for name, way in self._ways.items():
            start = time.perf_counter()
            way(number, f"Subject {turn} by {name}")
            self.took[name].append((time.perf_counter() - start) * 1000)
            self._line = last_line(self.journal.path)
            self._doc = (self.journal.raw("tickets", number) or b"") + b"\n"

    def close(self) -> None:
        """Close the files."""
        self.journal.close()
        self._base.close()
        self._raw.close()

    def _by_journal(self, number: int, word: str) -> None:
        journal_update(self.journal, "tickets", number, lambda doc: doc.update(subject=word))

    def _by_desk(self, number: int, word: str) -> None:
        self.desk.edit(self.desk.get("tickets", number), {"subject": word})

    def _by_sqlite(self, number: int, word: str) -> None:
        sqlite_update(self._base, number, lambda doc: doc.update(subject=word))

    def _by_line(self, _number: int, _word: str) -> None:
        self._raw.append(self._line)

    def _by_doc(self, _number: int, _word: str) -> None:
        self._raw.append(self._doc)


def measure(sizes: Sizes, folder: Path) -> list[Row]:
    """Measure one edit of one ticket: by the engine, by the desk with all its rules, by SQLite, as bare bytes."""
    stores = [Ways(folder / f"writes{size}", size) for size in (sizes.few_written, sizes.many)]
    chosen = [list(some_tickets(store.journal, sizes.writes)) for store in stores]
    for turn in range(sizes.writes):
        for store, numbers in zip(stores, chosen, strict=True):
            store.write(numbers[turn], turn)
    few, many = ({name: median(values) for name, values in store.took.items()} for store in stores)
    for store in stores:
        store.close()
    rows = []
    for name, label in (("journal", "durable write"), ("desk", "edit by a person, checked")):
        at = f"{label}, {sizes.many:,} tickets"
        rows += [
            Row(at, many[name], "ms", SQLITE, many["sqlite"], 2.0),
            Row(at, many[name], "ms", LINE, many["line"], 1.5),
            Row(at, many[name], "ms", BARE, many["doc"], 1.5),
            Row(at, many[name], "ms", f"the same at {sizes.few_written:,}", few[name], 1.5),
        ]
    return rows
