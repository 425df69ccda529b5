"""The stores that are measured on: the sample office, with as many tickets as a measurement wants."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

from benchmarks.stores import add_copies
from botui.actions.sample import fill
from botui.storage import Journal


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured.

    Attributes:
        records: in the store that the desk is started on; also the middle size of the stores that are compared.
        few, many: tickets in the stores whose lists, and whose writes (``few_written``), are compared; the latter two
            also movements of stock.
        repeats: of what takes a second each: the median is taken of so many.
        writes: of each kind, for the median of durable writes.
        patience: milliseconds after which something slow has been repeated often enough.
        processes, rounds: writers at once, and what each does.
        idle: seconds of doing nothing.
        quiet: seconds without a byte after which a screen is taken to be complete.
    """

    records: int
    few: int
    few_written: int
    many: int
    repeats: int
    writes: int
    patience: int
    processes: int
    rounds: int
    idle: float
    quiet: float


FULL = Sizes(
    10_000, 100, 1_000, 100_000, repeats=9, writes=300, patience=1_500, processes=50, rounds=100, idle=40, quiet=0.3
)
TOY = Sizes(60, 40, 60, 80, repeats=1, writes=3, patience=0, processes=2, rounds=3, idle=0.5, quiet=0.03)


def utc_now() -> datetime:
    """Return what time it is."""
    return datetime.now(UTC)


def sample(folder: Path, records: int) -> Path:
    """Make the sample office with so many records; return its folder."""
    fill(folder, records=records, seed=1, now=utc_now(), terminal="bench")
    return folder


def tickets(folder: Path, many: int) -> Path:
    """Make a sample office and copy its tickets until there are so many; return its folder."""
    sample(folder, min(many, 600))
    with closing(Journal(folder / "office.json", compact_at=sys.maxsize)) as journal:
        docs = [raw for _, raw in journal.items("tickets")]
        add_copies(journal, "tickets", docs, max(many - len(docs), 0))
        journal.compact()
    return folder


def some_tickets(journal: Journal, many: int) -> Iterator[int]:
    """Yield the numbers of open tickets from all over the store, ``many`` of them."""
    numbers = [number for number, raw in journal.items("tickets") if b'"state":"open"' in raw]
    step = max(len(numbers) // many, 1)
    return islice(cycle(numbers[::step]), many)
