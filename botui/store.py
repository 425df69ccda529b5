"""One session's view of the store: follows the journal and keeps the values at hand up to date.

The store knows no person and no rule; ``botui.data`` puts those on top.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from threading import RLock
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import orjson

from botui import areas
from botui.access import Secrets
from botui.codes import Codes
from botui.index import Index
from botui.models.base import Between, Change, Record, StoreDamaged, Where
from botui.models.office import Settings
from botui.storage import Delta, Entry, Journal, Transaction
from botui.storage.files import disk_errors
from botui.writing import erase, is_hrs, refuse_conflict, refuse_orphans, write

if TYPE_CHECKING:
    from botui.storage.attachments import Attachments

R = TypeVar("R", bound=Record)
H = TypeVar("H", Index, Codes)
_NAMES: Final = frozenset({"name", "title", "subject"})
"""Fields that are also words of the records that point to this one: their searched texts are made anew."""
_RECORDS: Final = 32
"""Records kept as they were last loaded; one of a ticket is some 4 kB."""
_AGAIN: Final = 8
"""Times that a change is begun anew where a rule asks for what is not at hand. After that others wait for the look:
they may be writing the store anew as often as one looks."""
Listener = Callable[[Mapping[str, frozenset[int]] | None], None]
"""Told which records of which collections changed; None = look at everything again."""


class _NotAtHandError(Exception):
    """A rule asks, under the lock, for values or codes of a collection that was not looked through yet."""

    def __init__(self, look: Callable[[str], object], name: str) -> None:
        self.look = partial(look, name)


class Store:
    """One session's view of the store: the journal followed, values at hand kept up to date.

    Holds nothing of a person. Safe to use from several threads. A change waits for the turn of other processes with
    nothing held that a reader of this session needs.

    Attributes:
        journal: the engine.
        secrets: the office's PINs and badges.
        waits: whether a change of this session waits for its turn, because another desk is writing.
    """

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.secrets = Secrets(journal.path.parent)
        self.waits = False
        self._attachments: Attachments | None = None
        # Taken in this order: one change of this session at a time; the journal's own locks for its turn; one first
        # look through a collection at a time; what is at hand. The journal's memory is locked last, for moments.
        self._changing = RLock()
        self._looking = RLock()
        self._lock = RLock()
        self._indexes: dict[str, Index] = {}
        self._codes: dict[str, Codes] = {}
        self._missed: dict[str, set[int]] = {}
        self._listeners: list[Listener] = []
        self._again: Transaction | None = None
        self._settings: tuple[str, bytes | None, Settings] = ("", None, Settings())
        self._records: dict[tuple[type[Record], int], tuple[bytes, Record]] = {}

    @property
    def attachments(self) -> Attachments:
        """The files that records name."""
        if self._attachments is None:
            from botui.storage.attachments import Attachments

            self._attachments = Attachments(self.journal.path.parent)
        return self._attachments

    def close(self) -> None:
        """Close the files."""
        self.journal.close()

    @contextmanager
    def writable(self, clock: Callable[[], datetime]) -> Iterator[Store]:
        """Give this store, or where it was opened to look only, the same one opened to write a line.

        Raises:
            StoreError: it cannot be opened.
        """
        if not self.journal.read_only:
            yield self
            return
        with disk_errors():
            store = Store(Journal(self.journal.path, clock=clock))
        try:
            yield store
        finally:
            store.close()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` after every change, in the thread that noticed it; returns how to stop that."""
        self._listeners.append(listener)

        def stop() -> None:
            with suppress(ValueError):
                self._listeners.remove(listener)

        return stop

    def refresh(self) -> bool:
        """Take in what other sessions wrote; returns whether there was anything.

        Raises:
            StoreDamaged: what they wrote does not fit.
        """
        used = list(self._indexes)
        with self._lock:
            delta = self.journal.refresh()
            self._take_in(delta)
        self._tell(delta, used)
        return bool(delta)

    def settings(self) -> Settings:
        """Return the office's settings."""
        head = self.journal.head  # looked at first, so that what comes meanwhile is looked at next time
        seen, known, settings = self._settings
        if not head or head != seen:
            raw = self.journal.raw("settings", 1)
            if raw != known:
                settings = Settings.load(1, orjson.loads(raw)) if raw else Settings()
            self._settings = (head, raw, settings)
        return settings

    def record(self, kind: type[R], number: int, raw: bytes) -> R:
        """Return the record of a document as it stands; the last ones are kept, for a list names few people often.

        Raises:
            StoreDamaged: the document is none of this model.
        """
        known = self._records.get((kind, number))
        if known is not None and known[0] == raw:
            return cast(R, known[1])
        record = kind.load(number, orjson.loads(raw))
        if len(self._records) >= _RECORDS:
            self._records = {}
        self._records[kind, number] = (raw, record)
        return record

    def index(self, name: str, tx: Transaction | None = None) -> Index:
        """Return the values at hand of a collection, read at first use (once, at the cost of all its documents).

        Args:
            name: the collection.
            tx: for whom: where this change can be begun anew, all others do not wait for a first look.
        """
        found = self._indexes.get(name)  # without a lock: a reader waits for no change
        if found is None:
            if tx is not None and tx is self._again:
                raise _NotAtHandError(self.index, name)
            found = self._first_look(name, self._indexes, Index)
        return found

    def codes(self, name: str, tx: Transaction | None = None) -> Codes:
        """Return where the codes of a collection stand, read at first use, as ``index``."""
        found = self._codes.get(name)
        if found is None:
            if tx is not None and tx is self._again:
                raise _NotAtHandError(self.codes, name)
            found = self._first_look(name, self._codes, Codes)
        return found

    def commit(
        self, decide: Callable[[Transaction], Change | None], header: Mapping[str, Any]
    ) -> tuple[Change, Entry] | None:
        """Run ``decide`` under the lock on the newest state and write what it answers as one line.

        Where it asks for what was not looked through yet, that is done while others write, and it is run again.

        Raises:
            Conflict: a field that changes has meanwhile another value.
            Refused: the documents would not be valid.
            StoreLocked, StoreFull, StoreDamaged: the store cannot; nothing was changed.
        """
        for _ in range(_AGAIN):
            try:
                return self._commit(decide, header, again=True)
            except _NotAtHandError as error:
                error.look()
        return self._commit(decide, header, again=False)

    def _commit(
        self, decide: Callable[[Transaction], Change | None], header: Mapping[str, Any], *, again: bool
    ) -> tuple[Change, Entry] | None:
        tx: Transaction | None = None
        change: Change | None = None
        used = list(self._indexes)
        try:
            with self._changing:
                self.waits = True
                try:
                    with self.journal.transaction(**header) as tx:
                        self.waits = False
                        self._take_in(tx.delta)
                        self._again = tx if again else None
                        change = decide(tx)
                        if change is not None:
                            self._write(tx, change)
                finally:
                    self.waits, self._again = False, None
                    # Before the next change of this session decides; also what the disk may not have kept, for it is
                    # in memory. What others wrote after it may have been taken in already.
                    self._take_in(_own(tx))
        finally:
            if tx is not None:
                self._tell(tx.delta, used)
                self._tell(_own(tx), used)
        return None if change is None or tx is None or tx.entry is None else (change, tx.entry)

    def _write(self, tx: Transaction, change: Change) -> None:
        tx.header["do"] = change.action
        tx.bare = change.bare
        if change.note and not is_hrs(tx, change):
            tx.header["note"] = change.note
        for put in change.puts.values():
            if put.was is not None:
                refuse_conflict(tx, put, self.journal, self.settings())
            write(tx, put, change)
        for put in change.puts.values():
            if put.gone:
                refuse_orphans(tx, put)
        erase(tx, change, self.journal)

    def _first_look(self, name: str, at_hand: dict[str, H], made: type[H]) -> H:
        """Look through a collection while changes go on; what they touch meanwhile is taken in at the end."""
        with self._looking:
            while (found := at_hand.get(name)) is None:
                with self._lock:
                    missed = self._missed[name] = set()
                looked = made(areas.kind(name), self.journal.items(name))
                with self._lock:
                    if self._missed.pop(name, None) is missed:
                        for number in missed:
                            looked.put(number, self.journal.get(name, number))
                        at_hand[name] = looked
            return found

    def _take_in(self, delta: Delta) -> None:
        """Bring what is at hand up to the documents as they are now.

        It is these that count and not those of the commits, so that commits may be told in any order.
        """
        if not delta:
            return
        with self._lock:
            if delta.reloaded:
                for kept in (self._indexes, self._codes, self._missed):
                    kept.clear()
                return
            for name, numbers in _touched(delta).items():
                if None in numbers:
                    for kept in (self._indexes, self._codes, self._missed):
                        kept.pop(name, None)
                else:
                    self._look_at(name, cast("set[int]", numbers))
            if renamed := _renamed(delta):
                for index in self._indexes.values():
                    index.forget_texts(renamed)

    def _look_at(self, name: str, numbers: set[int]) -> None:
        if (missed := self._missed.get(name)) is not None:
            missed |= numbers
        index, codes = self._indexes.get(name), self._codes.get(name)
        if index is None and codes is None:
            return
        for number in numbers:
            doc = self.journal.get(name, number)
            if codes is not None:
                codes.put(number, doc)
            try:
                if index is not None:
                    index.put(number, doc)
            except StoreDamaged:
                del self._indexes[name]  # whoever looks next reads it anew and is told
                index = None

    def _tell(self, delta: Delta, used: Iterable[str]) -> None:
        if not delta:
            return
        for name in used if delta.reloaded else ():
            # Looked through again here: whoever draws the screen must find it at hand.
            with suppress(StoreDamaged):
                self.index(name)
        touched = _touched(delta)
        known = not delta.reloaded and not any(None in numbers for numbers in touched.values())
        changed = {name: frozenset(cast("set[int]", numbers)) for name, numbers in touched.items()} if known else None
        for listener in list(self._listeners):
            listener(changed)


def _own(tx: Transaction | None) -> Delta:
    """Return what a transaction of this session wrote."""
    return Delta() if tx is None or tx.entry is None else Delta((tx.entry,))


def _touched(delta: Delta) -> dict[str, set[int | None]]:
    """Return the numbers of the records that changed by collection; None = all of it."""
    touched: dict[str, set[int | None]] = {}
    for entry in delta.entries:
        for op in entry.ops:
            touched.setdefault(op.table, set()).add(op.id)
    return touched


def _renamed(delta: Delta) -> dict[str, set[str]]:
    """Return the names that records no longer have, by collection; "" = they had none."""
    renamed: dict[str, set[str]] = {}
    for entry in delta.entries:
        for op in entry.ops:
            for name in _NAMES.intersection((*op.was, *op.added)) if op.id is not None and op.was is not None else ():
                renamed.setdefault(op.table, set()).add(str((op.was or {}).get(name) or ""))
    return renamed


class Look:
    """The ``Lookup`` of a rule: the state of one transaction, or without one the newest state known."""

    def __init__(self, store: Store, tx: Transaction | None = None) -> None:
        self._store = store
        self._tx = tx

    def get(self, kind: type[R], number: int) -> R | None:
        """Return a record, or None."""
        source = self._tx or self._store.journal
        raw = source.raw(kind.COLLECTION, number)
        return None if raw is None else self._store.record(kind, number, raw)

    def find(self, kind: type[R], /, **equal: object) -> list[R]:
        """Return the records whose values at hand are these, by number; those of this very change not yet.

        Those with a code are found by where the codes stand, without looking at all others.
        """
        found = (self.get(kind, number) for number in self.numbers(kind, **equal))
        return [record for record in found if record is not None]

    def numbers(self, kind: type[R], at_most: int | None = None, /, **equal: object) -> list[int]:
        """Return the numbers of what ``find`` returns, or of some of it."""
        code = equal.pop("codes", None)
        where: Where = {name: value if isinstance(value, Between) else (value,) for name, value in equal.items()}
        if code is None:
            return self._store.index(kind.COLLECTION, self._tx).find(where, at_most)
        return self._carrying(kind.COLLECTION, str(code), where)[:at_most]

    def _carrying(self, name: str, code: str, where: Where) -> list[int]:
        codes, source = self._store.codes(name, self._tx), self._tx or self._store.journal
        found = [number for number in codes.numbers(code) if codes.carries(source.get(name, number) or {}, code)]
        if not where:
            return found
        return [number for number in self._store.index(name, self._tx).find(where) if number in found]

    def holds(self, *collections: str) -> bool:
        """Return whether there is anything in one of these collections; what this very change adds is not yet."""
        return any(self._store.journal.count(one) for one in collections)

    def new_id(self, kind: type[Record]) -> int:
        """Give out the next number; without a transaction 0, for a look ahead that is thrown away."""
        return 0 if self._tx is None else self._tx.next_id(kind.COLLECTION)
