"""Many at once: fifty writers on the same few documents, and how soon another session sees a change."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.offices import Sizes, sample
from benchmarks.table import Row
from benchmarks.terminal import Terminal, desk
from benchmarks.writes import copy_to_sqlite, journal_update, open_sqlite, sqlite_update
from botui.storage import Journal

_SHARED = 20
"""Documents that all writers add to."""
Update = Callable[[int, Callable[[dict[str, Any]], object]], object]
_FORK = multiprocessing.get_context("fork")


def _add_one(doc: dict[str, Any]) -> None:
    doc["count"] += 1


def _journal_writer(folder: Path) -> Update:
    journal = Journal(folder / "office.json")
    return lambda number, change: journal_update(journal, "counters", number, change)


def _sqlite_writer(folder: Path) -> Update:
    base = open_sqlite(folder / "sqlite.db")
    return lambda number, change: sqlite_update(base, number, change)


def _writer(opened: Callable[[Path], Update], folder: Path, rounds: int, ready: Any, told: Any) -> None:
    """Add one to one document after the other; tell how long the longest took and what failed."""
    update, longest, errors = opened(folder), 0.0, 0
    ready.wait()
    for turn in range(rounds):
        start = time.perf_counter()
        try:
            update(turn % _SHARED + 1, _add_one)
        except Exception:
            errors += 1
        longest = max(longest, time.perf_counter() - start)
    told.put((longest, errors))


def _run(opened: Callable[[Path], Update], folder: Path, sizes: Sizes) -> tuple[float, float, int]:
    """Return additions a second, the longest wait in milliseconds, and the errors."""
    ready, told = _FORK.Barrier(sizes.processes + 1), _FORK.SimpleQueue()
    arguments = (opened, folder, sizes.rounds, ready, told)
    writers = [_FORK.Process(target=_writer, args=arguments) for _ in range(sizes.processes)]
    for one in writers:
        one.start()
    ready.wait()
    start = time.perf_counter()
    outcomes = [told.get() for _ in writers]
    seconds = time.perf_counter() - start
    for one in writers:
        one.join()
    longest = max(wait for wait, _ in outcomes)
    return sizes.processes * sizes.rounds / seconds, longest * 1000, sum(errors for _, errors in outcomes)


def crowd(sizes: Sizes, folder: Path) -> list[Row]:
    """Let all writers add at once, to the store and to SQLite; three times each, in turn."""
    office = folder / "crowd"
    with closing(Journal(office / "office.json")) as journal:
        with journal.transaction() as tx:
            for number in range(1, _SHARED + 1):
                tx.put("counters", number, {"count": 0})
        base = copy_to_sqlite(journal, "counters", office / "sqlite.db")
        ours, theirs = [], []
        runs = min(sizes.repeats, 3)
        for _ in range(runs):
            ours.append(_run(_journal_writer, office, sizes))
            theirs.append(_run(_sqlite_writer, office, sizes))
        journal.refresh()
        total = sum((journal.get("counters", number) or {})["count"] for number in range(1, _SHARED + 1))
        base.close()
    asked = runs * sizes.processes * sizes.rounds
    errors = sum(run[2] for run in ours)
    rate, wait = (median(run[which] for run in ours) for which in (0, 1))
    other_rate, other_wait = (median(run[which] for run in theirs) for which in (0, 1))
    what = f"{sizes.processes} processes x {sizes.rounds} read-modify-writes"
    beside = "SQLite (WAL, FULL)"
    return [
        Row(f"{what}: lost", asked - errors - total, "", limit=0),
        Row(f"{what}: errors", errors, "", beside, sum(run[2] for run in theirs), limit=0),
        Row(f"{what}: throughput", rate, "/s", beside, other_rate, 1.0, at_least=True),
        Row(f"{what}: longest wait", wait, "ms", beside, other_wait, 0.25),
    ]


def seen(sizes: Sizes, folder: Path) -> list[Row]:
    """Take tickets at one desk with two desks open on the list: how long after the commit does the other show it?

    The commit is when the journal was written: its time of modification.
    """
    office = sample(folder / "seen", 600)
    waits = []
    with Terminal(desk(office)) as one, Terminal(desk(office)) as other:
        for terminal in (one, other):
            terminal.until(b"nobody has")
            terminal.settle(1.0)
            terminal.after("12", 1.0)
        for _ in range(sizes.repeats):
            one.send("t")
            if other.settle(1.0):
                written = (office / "office.json.journal").stat().st_mtime_ns
                waits.append((other.came_at - written) / 1e6)
            one.settle(0.3)
    if len(waits) < sizes.repeats:
        raise RuntimeError("A change was not seen on the other desk.")
    return [Row("seen on another session's screen after the commit", median(waits), "ms", limit=150)]
