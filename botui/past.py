"""What was done, and how it is taken back: read from the journal's lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from botui import areas
from botui.models.base import Change, Kind, Put, Transition
from botui.models.shape import fields_of
from botui.storage import Entry, Op

_WORDS: Final[Mapping[str, str]] = {
    "add": "New",
    "back": "Back again",
    "badge": "Badge",
    "edit": "Edit",
    "fill": "Sample records",
    "found": "Beginning",
    "end_session": "End a desk",
    "import": "Import",
    "look": "Looked at",
    "miss": "A miss at the door",
    "not_me": "Not me",
    "pin": "PIN",
    "ssh_key": "SSH key",
    "refuse": "Refused",
    "remove": "Remove",
    "report": "Report",
    "undo": "Undo",
}
"""What is done without a verb of a lifecycle table, in the office's words."""
_NAMED: Final = 3
"""References that a change is described by; of the others only how many."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a record's history.

    Attributes:
        at: when, UTC.
        by: number of the person, None for the clock or the owner's back door.
        on: the terminal.
        action: what was done, ``collection.verb``.
        changes: field, old value, new value (JSON; None = nothing).
        also: records inside this one that the same change touched: collection, number, and ``added``, ``changed`` or
            ``removed``. What is in them is told by their own history, to who may read it.
        beside: number of the person at whose desk it was done; None = at their own.
        stood_in_for: number of the person for whom it was done, where only they might have done it; None = nobody.
    """

    at: datetime
    by: int | None
    on: str
    action: str
    note: str
    changes: tuple[tuple[str, Any, Any], ...]
    digest: str
    also: tuple[tuple[str, int, str], ...] = ()
    beside: int | None = None
    stood_in_for: int | None = None


def changed_fields(op: Op) -> list[str]:
    """Return the fields that an op changed, those it brought and those it took away."""
    return sorted(op.doc or {}) if op.was is None else sorted({*op.was, *op.added})


def event(entry: Entry, collection: str, number: int) -> Event | None:
    """Return what a journal line did to one record, or None if nothing."""
    changes: list[tuple[str, Any, Any]] = []
    also = []
    touched = (collection, number) in _about(entry)
    for op in entry.ops:
        if (op.table, op.id) == (collection, number):
            was, now = op.was or {}, op.doc or {}
            changes += ((name, was.get(name), now.get(name)) for name in changed_fields(op))
            touched = True
        elif op.table == collection and op.id is None:
            # the table as a whole was cleared, which only TinyDB's own calls do
            gone = (op.was or {}).get(str(number), {})
            changes += ((name, value, None) for name, value in sorted(gone.items()))
            touched = touched or bool(gone)
        elif op.id is not None and _inside(op, collection) == number:
            also.append((op.table, op.id, "removed" if op.doc is None else "added" if op.was is None else "changed"))
    return replace(bare(entry), changes=tuple(changes), also=tuple(also)) if touched else None


def bare(entry: Entry) -> Event:
    """Return what a journal line says of itself, without what it did to records."""
    header = entry.header
    at, by, on = datetime.fromisoformat(header["at"]), header.get("by"), str(header.get("on") or "")
    what, note = str(header.get("do") or ""), str(header.get("note") or "")
    return Event(at, by, on, what, note, (), entry.digest, (), header.get("beside"), header.get("for"))


def about(change: Change, get: Callable[[str, int], Mapping[str, Any] | None]) -> list[list[Any]]:
    """Return the records that a change is about without touching them: those that what it touches is shown inside.

    Args:
        change: the change.
        get: the document of a record as it is now, if it is there.
    """
    found = []
    for (collection, number), put in change.puts.items():
        kind: Kind[Any] = areas.kind(collection)
        if not kind.parent:
            continue
        inside = {**(get(collection, number) or {}), **put.fields}.get(kind.parent)
        where = parents(kind)
        if inside is not None and (where, inside) not in change.puts and [where, inside] not in found:
            found.append([where, inside])
    return found


def _about(entry: Entry) -> list[tuple[str, int]]:
    return [(str(table), int(number)) for table, number in entry.header.get("of", ())]


def parents(kind: Kind[Any]) -> str:
    """Return the collection of the records inside which those of a kind are shown; empty = in none."""
    return refers(kind, kind.parent)


def refers(kind: Kind[Any], name: str) -> str:
    """Return the collection that a field points to; empty = to none."""
    return next((spec.ui.ref for spec in fields_of(kind.model) if spec.name == name), "")


def _inside(op: Op, collection: str) -> Any:
    """Return in which record of a collection the record of an op is shown, as far as the op says; None = in none."""
    kind = _kind(op.table)
    if kind is None or not kind.parent or parents(kind) != collection:
        return None
    return {**(op.was or {}), **(op.doc or {})}.get(kind.parent)


def _kind(collection: str) -> Kind[Any] | None:
    try:
        found: Kind[Any] = areas.kind(collection)
    except KeyError:
        return None
    return found


# --- in words ---------------------------------------------------------------------------------------------------------


def transition(action: str) -> Transition | None:
    """Return the verb that an action was, or None if it was none of a lifecycle table."""
    collection, _, verb = action.partition(".")
    kind = _kind(collection)
    return None if kind is None else next((one for one in kind.transitions if one.name == verb), None)


def deed(action: str) -> str:
    """Return in the office's words what an action was: ``Resolve``, ``New``."""
    verb = transition(action)
    name = action.partition(".")[2]
    return verb.label if verb else _WORDS.get(name, name.replace("_", " ").capitalize()) or "Change"


def touched(entry: Entry) -> list[tuple[str, int]]:
    """Return the records that an entry is about, those first that its action names."""
    collection = str(entry.header.get("do") or "").partition(".")[0]
    ops = [(op.table, op.id) for op in entry.ops if op.id is not None]
    named = _about(entry)
    return sorted([*ops, *named], key=lambda one: (one[0] != collection, one not in named))


def describe(entry: Entry) -> str:
    """Return in words what an entry did: ``Resolve T-12``."""
    action = str(entry.header.get("do") or "")
    found = touched(entry)
    same = [one for one in found if one[0] == found[0][0]]
    refs = ", ".join(ref(*one) for one in same[:_NAMED])
    more = f" and {len(same) - _NAMED:,} more" if len(same) > _NAMED else ""
    return f"{deed(action)} {refs}{more}".strip()


def ref(collection: str, number: int) -> str:
    """Return the reference of a record, also of a collection that only another program knows."""
    return areas.ref(collection, number) if _kind(collection) is not None else f"{collection} {number}"


# --- taking back ------------------------------------------------------------------------------------------------------


def last_of(entries: Iterable[Entry], person: int, terminal: str) -> Entry | None:
    """Return the last thing that a person did at a terminal and did not take back yet.

    Args:
        entries: what was done, newest first.
        person: whose.
        terminal: where.
    """
    undone: set[str] = set()
    for entry in entries:
        header = entry.header
        if header.get("by") == person and header.get("on") == terminal:
            if "undoes" in header:
                undone.add(header["undoes"])
            elif entry.ops and entry.digest not in undone:
                return entry
    return None


def why_final(entry: Entry) -> str:
    """Return why an entry cannot be taken back, in a sentence; empty if it can."""
    verb = transition(str(entry.header.get("do") or ""))
    return f"{describe(entry)} stays: {verb.final}" if verb and verb.final else ""


def inverse(op: Op, number: int) -> Put:
    """Return what takes an op on record ``number`` back; committing it finds out what was changed since."""
    was, doc = op.was or {}, op.doc
    if doc is None:
        return Put(op.table, number, dict(was), None)
    if op.was is None:
        return Put(op.table, number, {}, dict(doc), gone=True)
    names = changed_fields(op)
    before, left = ({name: one.get(name) for name in names} for one in (was, doc))
    return Put(op.table, number, before, left, back=True)
