"""One record's history among a million changes, beside a table of SQLite with an index on what is asked for."""

from __future__ import annotations

import random
import secrets
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

import orjson

from benchmarks.offices import Sizes, tickets
from benchmarks.table import Row
from botui.storage import Entry, Journal, Op
from botui.storage.files import Paths
from botui.storage.format import FORMAT, NO_DIGEST, encode_line, hexdigest

_JOURNALS = (500, 8)
"""Into how many journals the changes are cut: about what stores of 1 MiB and of 35 MB come to."""
_AT = "2026-01-01T00:00:00.000Z"


def measure(sizes: Sizes, folder: Path) -> list[Row]:
    """Measure the history of one ticket among ten changes a ticket, cut into many journals and into few."""
    with closing(Journal(tickets(folder / "past", sizes.few) / "office.json")) as journal:
        docs = [orjson.loads(raw) for _, raw in journal.items("tickets")]
    rows: list[Row] = []
    for journals in _JOURNALS:
        place = folder / f"past{journals}"
        rows += _measure(sizes, place, docs, journals)
        shutil.rmtree(place)
    return rows


def _measure(sizes: Sizes, place: Path, docs: list[dict[str, object]], journals: int) -> list[Row]:
    count = 10 * sizes.many
    base = _write(place, _changes(docs, sizes.many, count), count // journals)
    rng, first, ours, theirs = random.Random(1), 0.0, [], []
    with closing(base), closing(Journal(place / "office.json")) as journal:

        def history(number: int) -> list[Entry]:
            return list(journal.history("tickets", number))

        def table(number: int) -> list[object]:
            found = base.execute("SELECT line FROM changes WHERE name = 'tickets' AND id = ? ORDER BY rowid", (number,))
            return [orjson.loads(line) for (line,) in found]

        closed = len(list(place.glob("history/*.journal")))
        first = _took(history, 1)
        while len(list(place.glob("history/*.index"))) < closed:
            history(1)
        for _ in range(sizes.writes):
            number = rng.randint(1, sizes.many)
            ours.append(_took(history, number))
            theirs.append(_took(table, number))
            if len(history(number)) != len(table(number)):
                raise AssertionError(f"T-{number} has another history in SQLite")
    what = f"history of one of {count:,} changes in {journals} journals"
    return [
        Row(what, median(ours), "ms", "SQLite, indexed table", median(theirs), limit=250),
        Row(f"{what}, the first look of all", first, "ms"),
    ]


def _took(look: Callable[[int], object], number: int) -> float:
    start = time.perf_counter()
    look(number)
    return (time.perf_counter() - start) * 1000


def _changes(docs: list[dict[str, object]], numbers: int, count: int) -> Iterator[Op]:
    """Give changes of tickets, each of which has been changed before now and then."""
    rng = random.Random(2)
    for turn in range(count):
        number = rng.randint(1, numbers)
        doc = {**docs[number % len(docs)], "minutes": turn}
        yield Op("tickets", number, doc, {"minutes": turn - 1}, secrets.token_hex(8))


def _write(place: Path, changes: Iterator[Op], per_journal: int) -> sqlite3.Connection:
    """Write the changes as a store that was compacted again and again, and as a table, without waiting for the disk."""
    paths = Paths(place / "office.json")
    paths.history.mkdir(parents=True)
    base = sqlite3.connect(place / "sqlite.db", isolation_level=None)
    base.execute("CREATE TABLE changes (name TEXT, id INTEGER, line BLOB)")
    base.execute("BEGIN")
    head, generation, written = NO_DIGEST, 0, per_journal
    file = paths.journal.open("wb")
    for op in changes:
        if written >= per_journal:
            file.close()
            if generation:
                paths.journal.rename(paths.closed(generation))
            generation, written = generation + 1, 0
            begun = {"format": FORMAT, "gen": generation, "at": _AT, "next": {}, "snapshot": hexdigest(b""), "size": 0}
            entry, line = encode_line(head, {**begun, "prev": head})
            file, head = paths.journal.open("wb"), entry.digest
            file.write(line)
        entry, line = encode_line(head, {"at": _AT, "by": 1, "on": "bench", "do": "tickets.edit"}, [op])
        file.write(line)
        base.execute("INSERT INTO changes VALUES (?, ?, ?)", (op.table, op.id, line))
        head, written = entry.digest, written + 1
    file.close()
    base.execute("CREATE INDEX by_record ON changes (name, id)")
    base.execute("COMMIT")
    return base
