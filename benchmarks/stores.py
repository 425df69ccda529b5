"""The stores that are compared, with the same documents in each: ours two ways, stock TinyDB, SQLite two ways.

Each answers with what has been written by now, also by another process, and has flushed what it wrote when it returns;
but SQLite with ``synchronous=NORMAL``, which flushes now and then: the last commits may be gone after a power cut.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Protocol

import orjson
import tinydb

from botui.storage import Journal, open_db

Doc = dict[str, Any]

BOTUI = "botui"
BOTUI_TINYDB = "botui as TinyDB"
STOCK = "stock TinyDB"
SQLITE = "SQLite (WAL, FULL)"
SQLITE_NORMAL = "SQLite (WAL, NORMAL)"
LINE = "append + flush: our line"
BARE = "append + flush: document"

_CHUNK = 20_000
"""Documents written as one line of the journal."""


class Store(Protocol):
    """What every store can do; documents are tickets."""

    def __init__(self, folder: Path) -> None: ...

    def insert(self, doc: Doc) -> None:
        """Add a document."""

    def update(self, number: int, subject: str) -> None:
        """Read one document, change it, write it."""

    def get(self, number: int) -> Doc | None:
        """Return one document by its number."""

    def search(self, subject: str) -> list[Doc]:
        """Return the documents with this subject; no store has an index of subjects."""

    def update_where(self, subject: str, group: str) -> None:
        """Write another field of the documents with this subject."""

    def close(self) -> None:
        """Let go of the files."""


class Engine:
    """Ours, by the engine that the desk uses."""

    def __init__(self, folder: Path) -> None:
        self.journal = Journal(folder / "engine" / "office.json")

    def insert(self, doc: Doc) -> None:
        with self.journal.transaction(by=1, on="bench", do="tickets.file") as tx:
            tx.put("tickets", tx.next_id("tickets"), doc)

    def update(self, number: int, subject: str) -> None:
        journal_update(self.journal, "tickets", number, lambda doc: doc.update(subject=subject))

    def get(self, number: int) -> Doc | None:
        self.journal.refresh()
        return self.journal.get("tickets", number)

    def search(self, subject: str) -> list[Doc]:
        self.journal.refresh()
        docs = (orjson.loads(data) for _, data in self.journal.items("tickets"))
        return [doc for doc in docs if doc.get("subject") == subject]

    def update_where(self, subject: str, group: str) -> None:
        with self.journal.transaction(by=1, on="bench", do="tickets.edit") as tx:
            docs = ((number, orjson.loads(data)) for number, data in tx.items("tickets"))
            for number, doc in [(number, doc) for number, doc in docs if doc.get("subject") == subject]:
                tx.put("tickets", number, {**doc, "group": group})

    def close(self) -> None:
        self.journal.close()


class _Tiny:
    """TinyDB's own calls."""

    def __init__(self, db: tinydb.TinyDB) -> None:
        self._db = db
        self._table = db.table("tickets")

    def insert(self, doc: Doc) -> None:
        self._table.insert(doc)

    def update(self, number: int, subject: str) -> None:
        self._table.update({"subject": subject}, doc_ids=[number])

    def get(self, number: int) -> Doc | None:
        return self._table.get(doc_id=number)

    def search(self, subject: str) -> list[Doc]:
        # what was found before is not looked up: TinyDB's own does not notice what others wrote since
        self._table.clear_cache()
        return list(self._table.search(tinydb.where("subject") == subject))

    def update_where(self, subject: str, group: str) -> None:
        self._table.update({"group": group}, tinydb.where("subject") == subject)

    def close(self) -> None:
        self._db.close()


class AsTinyDB(_Tiny):
    """Ours, by TinyDB's calls."""

    def __init__(self, folder: Path) -> None:
        super().__init__(open_db(folder / "tinydb" / "office.json"))


class Stock(_Tiny):
    """TinyDB as it comes: a JSON file that is written anew, and flushed, by every write."""

    def __init__(self, folder: Path) -> None:
        super().__init__(tinydb.TinyDB(folder / "stock.json"))


class Sqlite:
    """SQLite, flushed at every commit: one table of number and document, as JSON in text."""

    durable = True

    def __init__(self, folder: Path) -> None:
        self._base = open_sqlite(folder / "sqlite.db" if self.durable else folder / "normal.db", durable=self.durable)

    def insert(self, doc: Doc) -> None:
        self._base.execute("INSERT INTO docs (doc) VALUES (?)", (orjson.dumps(doc).decode(),))

    def update(self, number: int, subject: str) -> None:
        sqlite_update(self._base, number, lambda doc: doc.update(subject=subject))

    def get(self, number: int) -> Doc | None:
        row = self._base.execute("SELECT doc FROM docs WHERE id = ?", (number,)).fetchone()
        return None if row is None else orjson.loads(row[0])

    def search(self, subject: str) -> list[Doc]:
        found = self._base.execute("SELECT doc FROM docs WHERE json_extract(doc, '$.subject') = ?", (subject,))
        return [orjson.loads(doc) for (doc,) in found]

    def update_where(self, subject: str, group: str) -> None:
        self._base.execute(
            "UPDATE docs SET doc = json_set(doc, '$.group', ?) WHERE json_extract(doc, '$.subject') = ?",
            (group, subject),
        )

    def close(self) -> None:
        self._base.close()


class SqliteNormal(Sqlite):
    """SQLite, flushed now and then."""

    durable = False


STORES: dict[str, type[Store]] = {
    BOTUI: Engine,
    BOTUI_TINYDB: AsTinyDB,
    STOCK: Stock,
    SQLITE: Sqlite,
    SQLITE_NORMAL: SqliteNormal,
}
"""All of them, in the order of the columns."""


class Appended:
    """What the disk itself does: bytes at the end of a file, each time flushed."""

    def __init__(self, path: Path) -> None:
        self._fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def append(self, data: bytes) -> None:
        os.write(self._fd, data)
        os.fdatasync(self._fd)

    def close(self) -> None:
        os.close(self._fd)


def last_line(store: Path) -> bytes:
    """Return the last line of a store's journal: what its last commit took on the disk."""
    with store.with_name(f"{store.name}.journal").open("rb") as journal:
        journal.seek(max(journal.seek(0, os.SEEK_END) - (1 << 16), 0))
        return journal.readlines()[-1]


def build(folder: Path, docs: list[bytes], many: int) -> None:
    """Make every store, with so many tickets (copies of ``docs``) and nothing else in it."""
    with closing(Journal(folder / "engine" / "office.json", compact_at=sys.maxsize)) as journal:
        add_copies(journal, "tickets", docs, many)
        journal.compact()
        for name in ("sqlite.db", "normal.db"):
            copy_to_sqlite(journal, "tickets", folder / name).close()
    shutil.copytree(folder / "engine", folder / "tinydb")
    shutil.copy(folder / "engine" / "office.json", folder / "stock.json")


def add_copies(journal: Journal, table: str, docs: list[bytes], many: int) -> None:
    """Add so many records: these, again and again."""
    copies = islice(cycle([orjson.loads(raw) for raw in docs]), many)
    while chunk := list(islice(copies, _CHUNK)):
        with journal.transaction(do="desk.fill") as tx:
            for doc in chunk:
                tx.put(table, tx.next_id(table), doc)


def open_sqlite(path: Path, *, durable: bool = True) -> sqlite3.Connection:
    """Open a database with a write-ahead log; if ``durable``, one that is flushed at every commit, as the store is."""
    base = sqlite3.connect(path, isolation_level=None, timeout=60)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
    return base


def copy_to_sqlite(journal: Journal, table: str, path: Path) -> sqlite3.Connection:
    """Put a table's documents into a database."""
    base = open_sqlite(path)
    base.execute("CREATE TABLE docs (id INTEGER PRIMARY KEY, doc TEXT)")
    base.execute("BEGIN")
    base.executemany(
        "INSERT INTO docs VALUES (?, ?)", ((number, data.decode()) for number, data in journal.items(table))
    )
    base.execute("COMMIT")
    return base


def sqlite_update(base: sqlite3.Connection, number: int, change: Callable[[Doc], object]) -> None:
    """Read, change and write one document, durably."""
    base.execute("BEGIN IMMEDIATE")
    doc = orjson.loads(base.execute("SELECT doc FROM docs WHERE id = ?", (number,)).fetchone()[0])
    change(doc)
    base.execute("UPDATE docs SET doc = ? WHERE id = ?", (orjson.dumps(doc).decode(), number))
    base.execute("COMMIT")


def journal_update(journal: Journal, table: str, number: int, change: Callable[[Doc], object]) -> None:
    """Read, change and write one document, durably."""
    with journal.transaction(by=1, on="bench", do="tickets.edit") as tx:
        doc = tx.get(table, number) or {}
        change(doc)
        tx.put(table, number, doc)
