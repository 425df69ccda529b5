"""One session's view of the store: follows the journal and keeps the values at hand up to date.

The store knows no person and no rule; ``botui.data`` puts those on top.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from threading import RLock
from typing import Any, Final, TypeVar, cast

import orjson

from botui import areas
from botui.index import Index
from botui.models import calendar
from botui.models.base import Between, Change, Conflict, Kind, Put, Record, Refused, StoreDamaged, Where
from botui.models.office import Settings
from botui.models.shape import build, fields_of
from botui.past import changed_fields
from botui.storage import Delta, Entry, Journal, Transaction

R = TypeVar("R", bound=Record)
_NAMES: Final = frozenset({"name", "title", "subject"})
"""Fields that are also words of the records that point to this one: their searched texts are made anew."""
Listener = Callable[[Mapping[str, frozenset[int]] | None], None]
"""Told which records of which collections changed; None = look at everything again."""


class Store:
    """One session's view of the store: the journal followed, values at hand kept up to date.

    Holds nothing of a person. Safe to use from several threads.
    """

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self._lock = RLock()
        self._indexes: dict[str, Index] = {}
        self._listeners: list[Listener] = []
        self._settings: tuple[bytes | None, Settings] = (None, Settings())

    def close(self) -> None:
        """Close the files."""
        self.journal.close()

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
        with self._lock:
            delta = self.journal.refresh()
            self._take_in(delta)
        self._tell(delta)
        return delta.reloaded or bool(delta.entries)

    def settings(self) -> Settings:
        """Return the office's settings."""
        raw, (known, settings) = self.journal.raw("settings", 1), self._settings
        if raw != known:
            settings = Settings.load(1, orjson.loads(raw)) if raw else Settings()
            self._settings = (raw, settings)
        return settings

    def index(self, name: str) -> Index:
        """Return the values at hand of a collection, read at first use (once, at the cost of all its documents)."""
        found = self._indexes.get(name)  # without the lock: a reader does not wait for a commit
        if found is None:
            with self._lock:
                found = self._indexes.get(name)
                if found is None:
                    found = self._indexes[name] = Index(areas.kind(name), self.journal.items(name))
        return found

    def commit(
        self, decide: Callable[[Transaction], Change | None], header: Mapping[str, Any]
    ) -> tuple[Change, Entry] | None:
        """Run ``decide`` under the lock on the newest state and write what it answers as one line.

        Raises:
            Conflict: a field that changes has meanwhile another value.
            Refused: the documents would not be valid.
            StoreLocked, StoreFull, StoreDamaged: the store cannot; nothing was changed.
        """
        caught_up = Delta((), False)
        try:
            with self._lock:
                with self.journal.transaction(**header) as tx:
                    caught_up = tx.delta
                    self._take_in(caught_up)
                    change = decide(tx)
                    if change is not None:
                        self._write(tx, change)
                if tx.entry is not None:
                    self._take_in(Delta((tx.entry,), False))
        finally:
            self._tell(caught_up)
        if change is None or tx.entry is None:
            return None
        self._tell(Delta((tx.entry,), False))
        return change, tx.entry

    def _write(self, tx: Transaction, change: Change) -> None:
        tx.header["do"] = change.action
        if change.note:
            tx.header["note"] = change.note
        for put in change.puts.values():
            doc = tx.get(put.collection, put.id)
            if put.was is not None:
                refuse_conflict(self, tx, put)
            if put.gone:
                tx.remove(put.collection, put.id)
                continue
            if put.was is None and doc is not None:
                raise Conflict(f"{areas.ref(put.collection, put.id)} is there already.")
            kind = areas.kind(put.collection)
            merged = _without_none({**(doc or {}), **put.fields})
            kept = build(kind.model, {**merged, "id": put.id}).doc()
            # what is written is what the model keeps of it: cleaned, not as it came
            typed = merged.keys() & put.fields.keys() & kind.model.model_fields.keys()
            merged = {name: kept.get(name) if name in typed else value for name, value in merged.items()}
            _refuse_lost_refs(tx, change, kind, put)
            tx.put(put.collection, put.id, _without_none(merged))
        for put in change.puts.values():
            if put.gone:
                _refuse_orphans(tx, put)

    def _take_in(self, delta: Delta) -> None:
        if delta.reloaded:
            self._indexes.clear()
            return
        for entry in delta.entries:
            for op in entry.ops:
                if op.id is None:
                    self._indexes.pop(op.table, None)
                elif (index := self._indexes.get(op.table)) is not None:
                    try:
                        index.put(op.id, op.doc)
                    except StoreDamaged:
                        del self._indexes[op.table]  # whoever looks next reads it anew and is told
                if not _NAMES.isdisjoint(op.was or ()):
                    for index in self._indexes.values():
                        index.forget_texts()

    def _tell(self, delta: Delta) -> None:
        if not delta.reloaded and not delta.entries:
            return
        changed: dict[str, frozenset[int]] | None = None
        if not delta.reloaded and all(op.id is not None for entry in delta.entries for op in entry.ops):
            changed = {}
            for op in (op for entry in delta.entries for op in entry.ops):
                changed[op.table] = changed.get(op.table, frozenset()) | {cast(int, op.id)}
        for listener in list(self._listeners):
            listener(changed)


def refuse_conflict(store: Store, tx: Transaction, put: Put) -> None:
    """Do nothing if the fields a put changes still have the values it saw, or have the new ones already.

    A record to be removed must be as it was seen, in every field.

    Raises:
        Conflict: they do not; the sentence says who changed them, and when.
    """
    doc, was = tx.get(put.collection, put.id), put.was or {}
    if doc is None:
        raise Conflict(f"{areas.ref(put.collection, put.id)} is not there any more.")
    names = sorted({*was, *doc}) if put.gone else put.fields
    clash = {name: doc.get(name) for name in names if doc.get(name) != was.get(name)}
    clash = {name: value for name, value in clash.items() if put.gone or value != put.fields[name]}
    if not clash:
        return
    specs = {spec.name: spec.label for spec in fields_of(areas.kind(put.collection).model)}
    labels = ", ".join(specs.get(name, name) for name in clash)
    raise Conflict(f"{labels}: changed by {_last_change(store, tx, put, clash)}.", clash)


def _last_change(store: Store, tx: Transaction, put: Put, names: Iterable[str]) -> str:
    """Return who changed one of these fields last, and when: ``Ann Archer at 10:14``, ``... yesterday at 16:02``."""
    last: Entry | None = None
    for entry in store.journal.history(put.collection, put.id):
        ops = (op for op in entry.ops if (op.table, op.id) == (put.collection, put.id))
        if any(not {*names}.isdisjoint(changed_fields(op)) for op in ops):
            last = entry
    if last is None:
        return "somebody"
    person = store.journal.get("people", last.header.get("by") or 0)
    settings = store.settings()
    at, now = (datetime.fromisoformat(header["at"]) for header in (last.header, tx.header))
    day, today = settings.local(at).date(), settings.local(now).date()
    on = "" if day == today else f" {calendar.day_words(day, today)}"
    return f"{person['name'] if person else 'somebody'}{on} at {calendar.clock(at, settings.zone)}"


def _without_none(doc: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in doc.items() if value is not None}


def _refuse_lost_refs(tx: Transaction, change: Change, kind: Kind[Any], put: Put) -> None:
    for spec in fields_of(kind.model):
        if not spec.ui.ref or spec.name not in put.fields or put.fields[spec.name] is None:
            continue
        value = put.fields[spec.name]
        for number in value if isinstance(value, list) else [value]:
            if (spec.ui.ref, number) not in change.puts and tx.get(spec.ui.ref, number) is None:
                words = f"There is no {areas.ref(spec.ui.ref, number)}."
                raise Refused(words, {spec.name: words})


def _refuse_orphans(tx: Transaction, put: Put) -> None:
    digits = str(put.id).encode()
    for one in areas.COLLECTIONS:
        names = [spec.name for spec in fields_of(areas.kind(one.name).model) if spec.ui.ref == put.collection]
        for number in tx.ids(one.name) if names else ():
            raw = tx.raw(one.name, number) or b""
            doc = orjson.loads(raw) if digits in raw else {}
            if any(put.id == value or (isinstance(value, list) and put.id in value) for value in map(doc.get, names)):
                here, there = areas.ref(put.collection, put.id), areas.ref(one.name, number)
                raise Refused(f"{here} is used by {there}: it cannot be taken away.")


class Look:
    """The ``Lookup`` of a rule: the state of one transaction, or without one the newest state known."""

    def __init__(self, store: Store, tx: Transaction | None = None) -> None:
        self._store = store
        self._tx = tx

    def get(self, kind: type[R], number: int) -> R | None:
        """Return a record, or None."""
        source = self._tx or self._store.journal
        doc = source.get(kind.COLLECTION, number)
        return None if doc is None else kind.load(number, doc)

    def find(self, kind: type[R], **equal: object) -> list[R]:
        """Return the records whose values at hand are these, by number; those of this very change not yet."""
        where: Where = {name: value if isinstance(value, Between) else (value,) for name, value in equal.items()}
        found = (self.get(kind, number) for number in self._store.index(kind.COLLECTION).find(where))
        return [record for record in found if record is not None]

    def new_id(self, kind: type[Record]) -> int:
        """Give out the next number; without a transaction 0, for a look ahead that is thrown away."""
        return 0 if self._tx is None else self._tx.next_id(kind.COLLECTION)
