"""What a change must meet before it is written: valid documents, no field that others changed, no lost names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import orjson

from botui import areas
from botui.models import calendar
from botui.models.base import Change, Conflict, Kind, Put, Refused
from botui.models.office import Settings
from botui.models.shape import build, fields_of
from botui.past import changed_fields
from botui.storage import Journal, Transaction
from botui.storage.files import Paths
from botui.storage.format import stamp as journal_time

_NAMED_WITHIN: Final = timedelta(days=7)
"""How far back it is looked who changed what somebody else is typing over."""


def refuse_conflict(tx: Transaction, put: Put, journal: Journal, settings: Settings) -> None:
    """Do nothing if the fields a put changes still have the values it saw, or have the new ones already.

    A record to be removed must be as it was seen, in every field. Where something is taken back, what is as before
    already counts only of what people type: a sum that others brought there by other ways would be wrong by that much.

    Args:
        tx: the transaction.
        put: what is to be written.
        journal: where it is looked who changed them.
        settings: the office's, for the time of day.

    Raises:
        Conflict: they do not; the sentence says who changed them, and when.
    """
    doc, was = tx.get(put.collection, put.id), put.was or {}
    if doc is None:
        raise Conflict(f"{areas.ref(put.collection, put.id)} is not there any more.")
    names = sorted({*was, *doc}) if put.gone else put.fields
    clash = {name: doc.get(name) for name in names if doc.get(name) != was.get(name)}
    if clash and not put.gone:
        moved = () if not put.back else clash.keys() - _typed(put.collection)
        clash = {name: value for name, value in clash.items() if name in moved or value != put.fields[name]}
    if clash and not put.gone:
        # a document of before there was the field says nothing of it: it was read as the field's default
        usual = areas.kind(put.collection).model.model_construct().doc({*clash} - doc.keys())
        clash = {name: value for name, value in clash.items() if name in doc or was.get(name) != usual.get(name)}
    if not clash:
        return
    specs = {spec.name: spec.label for spec in fields_of(areas.kind(put.collection).model)}
    labels = ", ".join(specs.get(name, name) for name in clash)
    raise Conflict(f"{labels}: changed by {_last_change(tx, put, clash, journal, settings)}.", clash)


def _typed(collection: str) -> set[str]:
    """Return the fields of a collection that people type."""
    return {spec.name for spec in fields_of(areas.kind(collection).model) if spec.ui.form}


def _last_change(tx: Transaction, put: Put, names: Iterable[str], journal: Journal, settings: Settings) -> str:
    """Return who changed one of these fields last, and when: ``Ann Archer at 10:14``, ``... yesterday at 16:02``."""
    now = datetime.fromisoformat(tx.header["at"])
    # backwards: it was after this person began to type, and everybody waits for this transaction
    for last in journal.recent(journal_time(now - _NAMED_WITHIN)):
        ops = (op for op in last.ops if (op.table, op.id) == (put.collection, put.id))
        if any(not {*names}.isdisjoint(changed_fields(op)) for op in ops):
            break
    else:
        return "somebody"
    person = journal.get("people", last.header.get("by") or 0)
    at = datetime.fromisoformat(last.header["at"])
    day, today = settings.local(at).date(), settings.local(now).date()
    on = "" if day == today else f" {calendar.day_words(day, today)}"
    return f"{person['name'] if person else 'somebody'}{on} at {calendar.clock(at, settings.zone)}"


def write(tx: Transaction, put: Put, change: Change) -> None:
    """Write what a change does to one record.

    Raises:
        Conflict: a record that should be new is there.
        Refused: the document would not be valid, or names a record that is not there.
    """
    if put.gone:
        tx.remove(put.collection, put.id)
        return
    doc = tx.get(put.collection, put.id)
    if put.was is None and doc is not None:
        raise Conflict(f"{areas.ref(put.collection, put.id)} is there already.")
    kind = areas.kind(put.collection)
    merged = _without_none({**(doc or {}), **put.fields})
    typed = merged.keys() & put.fields.keys() & kind.model.model_fields.keys()
    # what is written is what the model keeps of it: cleaned, not as it came
    kept = build(kind.model, {**merged, "id": put.id}).doc(typed)
    merged = {name: kept.get(name) if name in typed else value for name, value in merged.items()}
    _refuse_lost_refs(tx, change, kind, put)
    tx.put(put.collection, put.id, _without_none(merged))


def is_hrs(tx: Transaction, change: Change) -> bool:
    """Say whether a change touches what HR keeps, or a paper of HR's: it may be erased for good one day.

    The header of a line stays for ever, so it holds no words about such records.
    """
    for (name, number), put in change.puts.items():
        if areas.collection(name).area == "hr":
            return True
        if {**(tx.get(name, number) or {}), **put.fields}.get("privacy") == "hr":
            return True
    return False


def erase(tx: Transaction, change: Change, journal: Journal) -> None:
    """Take away for good what a change erases; it is noted before the line is written, so that it goes on after a kill.

    Raises:
        StoreFull: it cannot be noted; nothing was changed.
    """
    from botui.storage.purge import Purge, announce, take_away

    if (what := change.erases) is None:
        return
    records: dict[str, list[int]] = {}
    stays: dict[str, dict[str, dict[str, Any]]] = {}
    for (table, number), doc in sorted(what.records.items()):
        records.setdefault(table, []).append(number)
        if doc is not None:
            build(areas.kind(table).model, {**doc, "id": number})
            stays.setdefault(table, {})[str(number)] = doc
    purge = Purge(what.by, tx.header["at"], what.until.isoformat(), records, stays, what.files, what.persons)
    announce(Paths(journal.path), purge)
    take_away(tx, purge)


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


def refuse_orphans(tx: Transaction, put: Put) -> None:
    """Do nothing if no record names the one that is taken away.

    Raises:
        Refused: one does.
    """
    for one in areas.COLLECTIONS:
        names = [spec.name for spec in fields_of(areas.kind(one.name).model) if spec.ui.ref == put.collection]
        fields = b"|".join(re.escape(name.encode()) for name in names)
        # looked for in the bytes: everybody waits while a hundred thousand documents are parsed
        may_name = re.compile(rb'"(?:%b)"\s*:\s*(?:\[[^\]]*)?\b%d\b' % (fields, put.id)).search
        for number, raw in tx.items(one.name) if names else ():
            if may_name(raw) and _names(orjson.loads(raw), names, put.id):
                here, there = areas.ref(put.collection, put.id), areas.ref(one.name, number)
                raise Refused(f"{here} is used by {there}: it cannot be taken away.")


def _names(doc: Mapping[str, Any], fields: Iterable[str], number: int) -> bool:
    values = map(doc.get, fields)
    return any(number == value or (isinstance(value, list) and number in value) for value in values)
