"""Durable writes beside SQLite and a raw append, on the same documents and the same disk."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any

import orjson

from benchmarks.offices import Sizes, some_tickets, tickets, utc_now
from benchmarks.table import Row
from botui.data import Desk
from botui.storage import Journal


def open_sqlite(path: Path) -> sqlite3.Connection:
    """Open a database as durable as the store promises to be: write-ahead log, flushed at every commit."""
    base = sqlite3.connect(path, isolation_level=None, timeout=60)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("PRAGMA synchronous=FULL")
    return base


def copy_to_sqlite(journal: Journal, table: str, path: Path) -> sqlite3.Connection:
    """Put a table's documents into a database."""
    base = open_sqlite(path)
    base.execute("CREATE TABLE docs (id INTEGER PRIMARY KEY, doc BLOB)")
    base.execute("BEGIN")
    base.executemany("INSERT INTO docs VALUES (?, ?)", journal.items(table))
    base.execute("COMMIT")
    return base


def sqlite_update(base: sqlite3.Connection, number: int, change: Callable[[dict[str, Any]], object]) -> None:
    """Read, change and write one document, durably."""
    base.execute("BEGIN IMMEDIATE")
    doc = orjson.loads(base.execute("SELECT doc FROM docs WHERE id = ?", (number,)).fetchone()[0])
    change(doc)
    base.execute("UPDATE docs SET doc = ? WHERE id = ?", (orjson.dumps(doc), number))
    base.execute("COMMIT")


def journal_update(journal: Journal, table: str, number: int, change: Callable[[dict[str, Any]], object]) -> None:
    """Read, change and write one document, durably."""
    with journal.transaction(by=1, on="bench", do="tickets.edit") as tx:
        doc = tx.get(table, number) or {}
        change(doc)
        tx.put(table, number, doc)


def measure(sizes: Sizes, folder: Path) -> list[Row]:
    """Measure one edit of one ticket: by the engine, by the desk with all its rules, by SQLite, as bare bytes."""
    few, many = (_timed(folder / f"writes{size}", size, sizes.writes) for size in (sizes.few_written, sizes.many))
    rows = []
    for name, label in (("journal", "durable write"), ("desk", "edit by a person, checked")):
        at = f"{label}, {sizes.many:,} tickets"
        rows += [
            Row(at, many[name], "ms", "SQLite (WAL, FULL)", many["sqlite"], 2.0),
            Row(at, many[name], "ms", "append + fdatasync", many["raw"], 1.5),
            Row(at, many[name], "ms", f"the same at {sizes.few_written:,}", few[name], 1.5),
        ]
    return rows


def _timed(folder: Path, size: int, writes: int) -> dict[str, float]:
    """Return the median milliseconds of each way to write; they take turns, write by write."""
    desk = Desk.open(tickets(folder, size), 1, "bench", utc_now)
    journal = desk.store.journal
    desk.store.index("tickets")
    with closing(copy_to_sqlite(journal, "tickets", folder / "sqlite.db")) as base, closing(journal):
        raw = os.open(folder / "raw", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        ways: dict[str, Callable[[int, str], object]] = {
            "journal": lambda one, word: journal_update(journal, "tickets", one, lambda doc: doc.update(subject=word)),
            "desk": lambda one, word: desk.edit(desk.get("tickets", one), {"subject": f"{word} {word}"}),
            "sqlite": lambda one, word: sqlite_update(base, one, lambda doc: doc.update(subject=word)),
            "raw": lambda one, word: _append(raw, journal.raw("tickets", one) or b""),
        }
        took: dict[str, list[float]] = {name: [] for name in ways}
        for turn, number in enumerate(some_tickets(journal, writes)):
            for name, write in ways.items():
                start = time.perf_counter()
                write(number, f"Subject {turn}")
                took[name].append((time.perf_counter() - start) * 1000)
        os.close(raw)
    return {name: median(values) for name, values in took.items()}


def _append(descriptor: int, data: bytes) -> None:
    os.write(descriptor, data + b"\n")
    os.fdatasync(descriptor)
