"""What a person does at the desk, with all its rules, beside the very same rows written by SQLite."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from typing import TypeVar

import orjson

from benchmarks.stores import SQLITE, open_sqlite
from benchmarks.table import Row
from botui.data import Desk
from botui.storage import Entry

T = TypeVar("T")


class Beside:
    """A desk, and SQLite with the same documents.

    Args:
        desk: the desk.
        folder: where SQLite keeps its file.
        tables: the collections that are changed.

    Attributes:
        took: milliseconds of each thing that was done, by what and by whom.
    """

    def __init__(self, desk: Desk, folder: Path, tables: Iterable[str]) -> None:
        self.took: dict[str, dict[str, list[float]]] = {}
        self.desk = desk
        self._base = open_sqlite(folder / "sqlite.db")
        self._base.execute("CREATE TABLE docs (name TEXT, id INTEGER, doc TEXT, PRIMARY KEY (name, id))")
        self._base.execute("BEGIN")
        for name in tables:
            desk.store.index(name)
            rows = ((name, number, data.decode()) for number, data in desk.store.journal.items(name))
            self._base.executemany("INSERT INTO docs VALUES (?, ?, ?)", rows)
        self._base.execute("COMMIT")

    def timed(self, what: str, do: Callable[[], T]) -> T:
        """Do something at the desk, and let SQLite write what came of it; note how long each took."""
        took = self.took.setdefault(what, {"desk": [], "sqlite": []})
        start = time.perf_counter()
        done = do()
        took["desk"].append((time.perf_counter() - start) * 1000)
        entry = next(iter(self.desk.store.journal.recent("")))
        start = time.perf_counter()
        _write(self._base, entry)
        took["sqlite"].append((time.perf_counter() - start) * 1000)
        return done

    def close(self) -> None:
        """Close the files."""
        self.desk.store.close()
        self._base.close()


def _write(base: sqlite3.Connection, entry: Entry) -> None:
    """Write what the desk wrote, durably; what was there is read first, as the desk does."""
    base.execute("BEGIN IMMEDIATE")
    for op in entry.ops:
        if op.was is not None:
            found = base.execute("SELECT doc FROM docs WHERE name = ? AND id = ?", (op.table, op.id)).fetchone()
            orjson.loads(found[0])
        row = (op.table, op.id, orjson.dumps(op.doc).decode())
        base.execute("INSERT OR REPLACE INTO docs VALUES (?, ?, ?)", row)
    base.execute("COMMIT")


def compared(few: Beside, many: Beside, sizes: tuple[int, int], of: str) -> list[Row]:
    """Return the rows of all that was done: beside SQLite, and beside the same where there is little."""
    rows = []
    for what in few.took:
        little, much = ({by: median(values) for by, values in one.took[what].items()} for one in (few, many))
        at = f"{what}, {sizes[1]:,} {of}"
        rows += [
            Row(at, much["desk"], "ms", f"{SQLITE}, the same rows", much["sqlite"]),
            Row(at, much["desk"], "ms", f"the same at {sizes[0]:,}", little["desk"], 1.5),
        ]
    return rows
