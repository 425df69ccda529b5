"""What is taken and what comes in, by the desk with all its rules, beside the very same rows written by SQLite."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from statistics import median

import orjson

from benchmarks.offices import Sizes, sample, utc_now
from benchmarks.stores import SQLITE, add_copies, open_sqlite
from benchmarks.table import Row
from botui.data import Desk, Done
from botui.models.base import Change
from botui.models.office import Context, Person, Place, Role
from botui.storage import Entry, Journal

_LINES = 100
"""Lines of the order that comes in, each of an item of its own."""
_AT_HAND = ("items", "movements", "orders", "lines")
_TAKE, _RECEIPT, _UNDO = "take, one key", f"receipt of {_LINES} lines", f"undo of a receipt of {_LINES} lines"


class StoreRoom:
    """A store room with so many movements behind it, and SQLite with the same rows.

    Attributes:
        took: milliseconds of each thing that was done, by what and by whom.
    """

    def __init__(self, folder: Path, movements: int) -> None:
        self.took: dict[str, dict[str, list[float]]] = {}
        self._desk, self._items, self._order = _begin(folder, movements)
        self._base = open_sqlite(folder / "sqlite.db")
        self._base.execute("CREATE TABLE docs (name TEXT, id INTEGER, doc TEXT, PRIMARY KEY (name, id))")
        self._base.execute("BEGIN")
        for name in _AT_HAND:
            self._desk.store.index(name)
            rows = ((name, number, data.decode()) for number, data in self._desk.store.journal.items(name))
            self._base.executemany("INSERT INTO docs VALUES (?, ?, ?)", rows)
        self._base.execute("COMMIT")

    def take(self, turn: int) -> None:
        """Take one of an item."""
        item = self._items[turn % _LINES]
        self._timed(_TAKE, lambda: self._desk.do("items", item, "take"))

    def receive(self) -> None:
        """Receive the order, and take that back."""
        done = self._timed(_RECEIPT, lambda: self._desk.do("orders", self._order, "receive"))
        self._timed(_UNDO, lambda: self._desk.undo(done.digest))

    def close(self) -> None:
        """Close the files."""
        self._desk.store.close()
        self._base.close()

    def _timed(self, what: str, do: Callable[[], Done]) -> Done:
        took = self.took.setdefault(what, {"desk": [], "sqlite": []})
        start = time.perf_counter()
        done = do()
        took["desk"].append((time.perf_counter() - start) * 1000)
        entry = next(iter(self._desk.store.journal.recent("")))
        start = time.perf_counter()
        _write(self._base, entry)
        took["sqlite"].append((time.perf_counter() - start) * 1000)
        return done


def _begin(folder: Path, movements: int) -> tuple[Desk, list[int], int]:
    """Return the desk of a clerk, the items of an order of theirs, and that order."""
    system = Desk.open(sample(folder, min(movements, 600)), None, "bench", utc_now).as_system()
    system.apply(_clerk_and_shelf)
    clerk, shelf = max(system.numbers("people")), max(system.numbers("places"))
    desk = system.for_person(clerk)
    supplier = system.numbers("parties")[0]
    desk.add("orders", {"supplier": supplier})
    order = max(desk.numbers("orders"))
    for one in range(_LINES):
        desk.add("items", {"name": f"Thing {one}", "place": shelf, "supplier": supplier})
        item = max(desk.numbers("items"))
        desk.do("items", item, "receive", {"quantity": 100_000, "price": Decimal("0.20"), "even_so": True})
        desk.add("lines", {"order": order, "item": item, "quantity": 10, "price": Decimal("0.25")})
    desk.do("orders", order, "order")
    items = desk.numbers("items")[-_LINES:]
    desk.store.close()
    with closing(Journal(folder / "office.json", compact_at=sys.maxsize)) as journal:
        docs = [data for _, data in journal.items("movements")][-_LINES:]
        add_copies(journal, "movements", docs, max(movements - journal.count("movements"), 0))
        journal.compact()
    return Desk.open(folder, clerk, "bench", utc_now), items, order


def _clerk_and_shelf(ctx: Context) -> Change:
    clerk = Person(id=ctx.data.new_id(Person), name="Clerk of the store room", roles=(Role.STAFF, Role.CLERK))
    return Change("office.begin").add(clerk).add(Place(id=ctx.data.new_id(Place), name="Shelf of the store room"))


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


def measure(sizes: Sizes, folder: Path) -> list[Row]:
    """Measure what is done most in a store room, with few movements behind it and with many."""
    rooms = [StoreRoom(folder / f"supplies{many}", many) for many in (sizes.few_written, sizes.many)]
    for turn in range(sizes.writes):
        for room in rooms:
            room.take(turn)
    for _ in range(sizes.repeats):
        for room in rooms:
            room.receive()
    rows = []
    for what in rooms[0].took:
        few, many = ({by: median(values) for by, values in room.took[what].items()} for room in rooms)
        at = f"{what}, {sizes.many:,} movements"
        rows += [
            Row(at, many["desk"], "ms", f"{SQLITE}, the same rows", many["sqlite"]),
            Row(at, many["desk"], "ms", f"the same at {sizes.few_written:,}", few["desk"], 1.5),
        ]
    for room in rooms:
        room.close()
    return rows
