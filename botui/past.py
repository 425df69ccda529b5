"""What was done to a record, and how it is taken back: read from the journal's lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botui import areas
from botui.models.base import Put, Refused
from botui.storage import Entry


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


def event(entry: Entry, doc: Mapping[str, Any] | None, was: Mapping[str, Any] | None) -> Event:
    """Return what a journal line did to one record."""
    header = entry.header
    now = doc or {}
    names: Sequence[str] = sorted(now) if was is None else sorted(was)
    changes = tuple((name, (was or {}).get(name), now.get(name)) for name in names)
    return Event(
        datetime.fromisoformat(header["at"]),
        header.get("by"),
        str(header.get("on") or ""),
        str(header.get("do") or ""),
        str(header.get("note") or ""),
        changes,
        entry.digest,
    )


def inverse(
    table: str, number: int, doc: Mapping[str, Any] | None, was: Mapping[str, Any] | None, now: Mapping[str, Any] | None
) -> Put:
    """Return what takes an op back, given the document as it is now.

    Raises:
        Refused: the record was removed or changed meanwhile.
    """
    if doc is None:
        if now is not None:
            raise Refused(f"{areas.ref(table, number)} is there again already.")
        return Put(table, number, dict(was or {}), None)
    if was is None:
        if now != doc:
            raise Refused(f"{areas.ref(table, number)} was changed since: it cannot be taken back.")
        return Put(table, number, {}, dict(doc), gone=True)
    return Put(table, number, {name: was.get(name) for name in was}, {name: doc.get(name) for name in was})
