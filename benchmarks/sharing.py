"""Many at once: fifty writers on the same few documents, and how soon another session sees a change."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import orjson
import tinydb

from benchmarks.offices import Sizes, sample
from benchmarks.stores import (
    BOTUI,
    BOTUI_TINYDB,
    LINE,
    SQLITE,
    SQLITE_NORMAL,
    STOCK,
    Appended,
    Doc,
    copy_to_sqlite,
    journal_update,
    open_sqlite,
    sqlite_update,
)
from benchmarks.table import Compared, Row
from benchmarks.terminal import Terminal, desk
from botui.storage import Journal, open_db

_SHARED = 20
"""Documents that all writers add to."""
_BYTES = b"x" * 190 + b"\n"
"""As long as the line of the journal for one of these additions."""
Add = Callable[[int], object]
"""Adds one to the document of this number."""
_SERVER = multiprocessing.get_context("forkserver")
"""Writers fork from a process that has measured nothing: not from one full of what was measured before."""
_SERVER.set_forkserver_preload(["benchmarks.sharing"])


def _add_one(doc: Any) -> None:
    doc["count"] += 1


@dataclass(frozen=True, slots=True)
class Way:
    """One store with many writers.

    Attributes:
        name: of the store.
        opened: opens it, in a writer.
        count: adds up what is in it.
    """

    name: str
    opened: Callable[[Path], Add]
    count: Callable[[Path], int]


def _journal(folder: Path) -> Add:
    journal = Journal(folder / "engine.json")
    return lambda number: journal_update(journal, "counters", number, _add_one)


def _count_journal(folder: Path, name: str = "engine.json") -> int:
    with closing(Journal(folder / name)) as journal:
        return sum(orjson.loads(data)["count"] for _, data in journal.items("counters"))


def _tiny(folder: Path) -> Add:
    table = open_db(folder / "tiny.json").table("counters")
    return lambda number: table.update(_add_one, doc_ids=[number])


def _stock(folder: Path) -> Add:
    table = tinydb.TinyDB(folder / "stock.json").table("counters")
    return lambda number: table.update(_add_one, doc_ids=[number])


def _count_stock(folder: Path) -> int:
    with suppress(ValueError), tinydb.TinyDB(folder / "stock.json") as db:
        return sum(doc["count"] for doc in db.table("counters"))
    return 0  # what is there cannot be read any more


def _sqlite(folder: Path, *, durable: bool = True) -> Add:
    base = open_sqlite(folder / _base(durable), durable=durable)
    return lambda number: sqlite_update(base, number, _add_one)


def _count_sqlite(folder: Path, *, durable: bool = True) -> int:
    with closing(open_sqlite(folder / _base(durable))) as base:
        return sum(orjson.loads(doc)["count"] for (doc,) in base.execute("SELECT doc FROM docs"))


def _base(durable: bool) -> str:
    return "sqlite.db" if durable else "normal.db"


def _appended(folder: Path) -> Add:
    raw = Appended(folder / "raw")
    return lambda _number: raw.append(_BYTES)


def _count_appended(folder: Path) -> int:
    return (folder / "raw").stat().st_size // len(_BYTES)


WAYS = (
    Way(BOTUI, _journal, _count_journal),
    Way(BOTUI_TINYDB, _tiny, partial(_count_journal, name="tiny.json")),
    Way(STOCK, _stock, _count_stock),
    Way(SQLITE, _sqlite, _count_sqlite),
    Way(SQLITE_NORMAL, partial(_sqlite, durable=False), partial(_count_sqlite, durable=False)),
    Way(LINE, _appended, _count_appended),
)


@dataclass(frozen=True, slots=True)
class Crowd:
    """What many writers saw, in one run.

    Attributes:
        rate: additions a second that were done.
        longest: milliseconds that the slowest took.
        errors: additions that were refused.
        lost: additions that were acknowledged, but are not in the store.
    """

    rate: float
    longest: float
    errors: int
    lost: int


def _writer(opened: Callable[[Path], Add], folder: Path, rounds: int, ready: Any, told: Any) -> None:
    """Add one to one document after the other; tell how long the longest took and what failed."""
    add, longest, errors = opened(folder), 0.0, 0
    ready.wait()
    for turn in range(rounds):
        start = time.perf_counter()
        try:
            add(turn % _SHARED + 1)
        except Exception:
            errors += 1
        longest = max(longest, time.perf_counter() - start)
    told.put((longest, errors))


def _run(way: Way, folder: Path, sizes: Sizes) -> Crowd:
    """Let all writers add at once to a store that is made for it."""
    folder.mkdir(parents=True)
    _fill(folder)
    ready, told = _SERVER.Barrier(sizes.processes + 1), _SERVER.SimpleQueue()
    arguments = (way.opened, folder, sizes.rounds, ready, told)
    writers = [_SERVER.Process(target=_writer, args=arguments) for _ in range(sizes.processes)]
    for one in writers:
        one.start()
    ready.wait()
    start = time.perf_counter()
    outcomes = [told.get() for _ in writers]
    seconds = time.perf_counter() - start
    for one in writers:
        one.join()
    errors = sum(refused for _, refused in outcomes)
    done = sizes.processes * sizes.rounds - errors
    longest = max(wait for wait, _ in outcomes) * 1000
    return Crowd(done / seconds, longest, errors, done - way.count(folder))


def _fill(folder: Path) -> None:
    """Make every store, with documents that have counted nothing yet."""
    docs: dict[str, Doc] = {str(number): {"count": 0} for number in range(1, _SHARED + 1)}
    for name in ("engine.json", "tiny.json"):
        with closing(Journal(folder / name)) as journal, journal.transaction() as tx:
            for number, doc in docs.items():
                tx.put("counters", int(number), doc)
    with closing(Journal(folder / "engine.json")) as journal:
        for durable in (True, False):
            copy_to_sqlite(journal, "counters", folder / _base(durable)).close()
    (folder / "stock.json").write_bytes(orjson.dumps({"counters": docs}))


def crowd(sizes: Sizes, folder: Path) -> list[Row | Compared]:
    """Let all writers add at once, to one store after the other; three times each, in turn."""
    runs: dict[str, list[Crowd]] = {way.name: [] for way in WAYS}
    for turn in range(min(sizes.repeats, 3)):
        for way in WAYS:
            runs[way.name].append(_run(way, folder / f"crowd{turn}" / way.name, sizes))
    what = f"{sizes.processes} processes x {sizes.rounds} read-modify-writes"

    def compared(word: str, unit: str, together: Callable[[Iterable[float]], float], field: str) -> Compared:
        values = {name: together([getattr(run, field) for run in several]) for name, several in runs.items()}
        return Compared(f"{what}: {word}", unit, values)

    lost, errors = compared("lost", "", sum, "lost"), compared("errors", "", sum, "errors")
    rate, wait = compared("throughput", "/s", median, "rate"), compared("longest wait", "ms", median, "longest")
    return [
        Row(lost.what, lost.values[BOTUI], "", SQLITE, lost.values[SQLITE], limit=0),
        Row(errors.what, errors.values[BOTUI], "", SQLITE, errors.values[SQLITE], limit=0),
        Row(rate.what, rate.values[BOTUI], rate.unit, SQLITE, rate.values[SQLITE], 1.0, at_least=True),
        Row(wait.what, wait.values[BOTUI], wait.unit, SQLITE, wait.values[SQLITE], 0.25),
        *(lost, errors, rate, wait),
    ]


def seen(sizes: Sizes, folder: Path) -> list[Row]:
    """Take tickets at one desk with two desks open on the list: how long after the commit does the other show it?

    The commit is when the journal was written: its time of modification.
    """
    office = sample(folder / "seen", min(sizes.records, 600))
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
