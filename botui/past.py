"""What was done to a record, and how it is taken back: read from the journal's lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botui.models.base import Put
from botui.storage import Entry, Op


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a record's history.

    Attributes:
        at: when, UTC.
        by: number of the person, None for the clock or the owner's back door.
        on: the terminal.
        action: what was done, ``collection.verb``.
        changes: field, old value, new value (JSON; None = nothing).
    """

    at: datetime
    by: int | None
    on: str
    action: str
    note: str
    changes: tuple[tuple[str, Any, Any], ...]
    digest: str


def changed_fields(op: Op) -> list[str]:
    """Return the fields that an op changed, those it brought and those it took away."""
    return sorted(op.doc or {}) if op.was is None else sorted({*op.was, *op.added})


def event(entry: Entry, op: Op) -> Event:
    """Return what a journal line did to one record."""
    header = entry.header
    was, now = op.was or {}, op.doc or {}
    changes = tuple((name, was.get(name), now.get(name)) for name in changed_fields(op))
    return Event(
        datetime.fromisoformat(header["at"]),
        header.get("by"),
        str(header.get("on") or ""),
        str(header.get("do") or ""),
        str(header.get("note") or ""),
        changes,
        entry.digest,
    )


def inverse(op: Op, number: int) -> Put:
    """Return what takes an op on record ``number`` back; committing it finds out what was changed since."""
    was, doc = op.was or {}, op.doc
    if doc is None:
        return Put(op.table, number, dict(was), None)
    if op.was is None:
        return Put(op.table, number, {}, dict(doc), gone=True)
    names = changed_fields(op)
    return Put(op.table, number, {name: was.get(name) for name in names}, {name: doc.get(name) for name in names})
