"""TinyDB's own API on the store: the one place that puts up with TinyDB's loose signatures."""

from __future__ import annotations

import io
import os
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, cast

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table
from tinydb.utils import LRUCache

from ..models.errors import Conflict
from .journal import Journal
from .log import collector_off
from .overlay import Held, Overlay, write_table
from .scan import matching
from .transaction import Transaction

Fields = Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None]
"""What TinyDB's ``update`` takes: new values, or a function that changes a document in place."""

LAYOUT: Final = frozenset({"ensure_ascii", "indent", "separators", "sort_keys"})
"""Options with which TinyDB's own storage changes the look of its file."""


class JournalStorage(Storage):
    """A TinyDB storage that keeps a journal: many processes may use the file at once.

    With ``JournalTable`` every write is a transaction. With TinyDB's own ``Table``, which reads, changes and
    writes back in separate steps, a write that would undo somebody else's raises ``Conflict``; read again and
    try again.

    Args:
        path: the JSON file.
        create_dirs: make missing folders.
        encoding: there for TinyDB's sake; it is always UTF-8.
        access_mode: ``r+``, or ``r`` for reading only.
        options: of ``Journal``: ``timeout``, ``clock``, ``compact_at``. Wishes for the look of the JSON
            (``LAYOUT``) are let pass, so that programs written for TinyDB run; the format has one look only.

    Raises:
        OSError: the file cannot be made or, with ``r``, is not there.
        StoreDamaged: the files do not fit together.
        ValueError: another encoding than UTF-8.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        create_dirs: bool = False,
        encoding: str | None = None,
        access_mode: str = "r+",
        **options: Any,
    ) -> None:
        super().__init__()
        if (encoding or "utf-8").lower().replace("-", "") != "utf8":
            raise ValueError(f"The store is always UTF-8, not {encoding}.")
        if access_mode not in ("r", "rb", "r+", "rb+"):
            warnings.warn(
                "Using an `access_mode` other than 'r', 'rb', 'r+' or 'rb+' can cause data loss or corruption",
                stacklevel=2,
            )
        self._mode = access_mode
        self._read_only = access_mode in ("r", "rb")
        if create_dirs:
            os.makedirs(os.path.dirname(path) or ".", mode=0o700, exist_ok=True)
        os.close(os.open(path, os.O_RDONLY if self._read_only else os.O_RDWR | os.O_CREAT, 0o600))
        wanted = {name: value for name, value in options.items() if name not in LAYOUT}
        self.journal = Journal(Path(path), read_only=self._read_only, **wanted)
        self._local = threading.local()

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return all tables as they are now, each parsed only as far as it is looked at."""
        self.journal.refresh()
        self._local.base = self.journal.head
        tables = {name: Held(self.journal, name) for name in self.journal.tables()}
        return cast(dict[str, dict[str, Any]], tables) or None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Commit whatever differs from what is held.

        Raises:
            Conflict: somebody else committed since this thread's last ``read``.
        """
        with self.transaction() as tx:
            if data and getattr(self._local, "base", self.journal.head) != self.journal.head:
                raise Conflict("Somebody else changed the store meanwhile: please try again.")
            for name in self.journal.tables():
                if name not in data:
                    tx.drop(name)
            for name, docs in data.items():
                if not isinstance(docs, Held):
                    write_table(tx, self.journal, name, docs)
        self._local.base = self.journal.head

    def close(self) -> None:
        """Let go of the files."""
        self.journal.close()

    @property
    def current(self) -> Transaction | None:
        """The transaction this thread is in."""
        tx: Transaction | None = getattr(self._local, "tx", None)
        return tx

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Join the transaction this thread is in, or begin one.

        Raises:
            OSError: the file was opened for reading only.
        """
        if self._read_only:
            raise io.UnsupportedOperation(f'Cannot write to the database. Access mode is "{self._mode}"')
        if self.current is not None:
            yield self.current
            return
        with self.journal.transaction() as tx:
            self._local.tx = tx
            try:
                yield tx
            finally:
                self._local.tx = None


class JournalTable(Table):
    """A TinyDB table whose every write is one transaction and costs only what it changes.

    On any other storage (memory, or a middleware) it behaves as TinyDB's own.
    """

    _next_id: int | None  # type: ignore[assignment]
    _query_cache: LRUCache[QueryLike, list[int]]  # type: ignore[assignment]
    _filled_at = ""

    @property
    def _own(self) -> JournalStorage | None:
        return self._storage if isinstance(self._storage, JournalStorage) else None

    @contextmanager
    def _transaction(self) -> Iterator[Transaction | None]:
        if self._own is None:
            yield None
        else:
            with self._own.transaction() as tx:
                yield tx

    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert a document and return its number."""
        with self._transaction():
            return super().insert(document)

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Insert documents, all or none, and return their numbers."""
        with self._transaction():
            return super().insert_multiple(documents)

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[int]:
        """Update what matches, or insert."""
        with self._transaction():
            return super().upsert(document, cond)

    def update(self, fields: Fields, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Update what matches and return its numbers."""
        with self._transaction() as tx:
            return super().update(fields, *self._chosen(tx, cond, doc_ids))

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Remove what matches and return its numbers."""
        with self._transaction() as tx:
            return super().remove(*self._chosen(tx, cond, doc_ids))

    def search(self, cond: QueryLike) -> list[Document]:
        """Return all documents that match, parsed anew also where the query was asked before."""
        if self._own is None:
            return super().search(cond)
        journal = self._own.journal
        journal.refresh()
        if self._filled_at != journal.head:
            self.clear_cache()
            self._filled_at = journal.head
        known = self._query_cache.get(cond)
        if known is not None:
            return cast(list[Document], self.get(doc_ids=known))
        with collector_off():
            found = [self.document_class(doc, number) for number, doc in matching(journal.items(self.name), cond)]
        if getattr(cond, "is_cacheable", lambda: True)():
            self._query_cache[cond] = [doc.doc_id for doc in found]
        return found

    def get(self, cond: QueryLike | None = None, doc_id: int | None = None, doc_ids: list[int] | None = None) -> Any:
        """Return the first document that matches, or that of a number; or a list of those with these numbers."""
        if self._own is None or doc_id is not None:
            return super().get(cond, doc_id, doc_ids)  # type: ignore[arg-type]
        journal = self._own.journal
        journal.refresh()
        if doc_ids is not None:
            docs = ((number, journal.get(self.name, number)) for number in sorted(set(doc_ids)))
            return [self.document_class(doc, number) for number, doc in docs if doc is not None]
        if cond is None:
            raise RuntimeError("You have to pass either cond or doc_id or doc_ids")
        found = matching(journal.items(self.name), cond)
        return next((self.document_class(doc, number) for number, doc in found), None)

    def all(self) -> list[Document]:
        """Return all documents."""
        with collector_off():
            return super().all()

    def _chosen(
        self, tx: Transaction | None, cond: QueryLike | None, doc_ids: Iterable[int] | None
    ) -> tuple[QueryLike | None, Iterable[int] | None]:
        """Find what matches first, so that the overlay copies only that."""
        if tx is None or cond is None or doc_ids is not None:
            return cond, doc_ids
        return None, [number for number, _ in matching(tx.items(self.name), cond)]

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        if self._own is None:
            return super()._read_table()
        self._own.journal.refresh()
        return cast(dict[str, Mapping[str, Any]], Held(self._own.journal, self.name))

    def _get_next_id(self) -> int:
        if self._own is None:
            return cast(int, super()._get_next_id())  # type: ignore[no-untyped-call]
        if self._own.current is not None:
            return self._own.current.next_id(self.name)
        self._own.journal.refresh()
        number = max(self._own.journal.next_id(self.name), self._next_id or 0)
        self._next_id = number + 1
        return number

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        with self._transaction() as tx:
            if tx is None:
                super()._update_table(updater)
                return
            overlay = Overlay(tx, self.name)
            updater(cast(dict[int, Mapping[str, Any]], overlay))
            overlay.finish()
        self.clear_cache()


class JournalDB(TinyDB):
    """TinyDB with ``JournalStorage`` and ``JournalTable``."""

    table_class = JournalTable
    default_storage_class = JournalStorage  # type: ignore[assignment]

    def drop_table(self, name: str) -> None:
        """Drop a table, if it is there."""
        self._tables.pop(name, None)
        with cast(JournalStorage, self.storage).transaction() as tx:
            tx.drop(name)


def open_db(path: str | os.PathLike[str], **options: Any) -> TinyDB:
    """Open the store with TinyDB's own API: the owner's back door, without persons and rules.

    Args:
        path: ``office.json``; it is made if it is not there.
        options: ``create_dirs``, ``access_mode``, ``timeout`` and the rest of ``JournalStorage``.

    Raises:
        OSError: the file cannot be made.
        StoreDamaged: the files do not fit together.
    """
    return JournalDB(path, **options)
