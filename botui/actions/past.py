"""The past in words: what was done, by whom, where, and from what to what; for the screens and the command line."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Final

from botui import areas
from botui.data import Desk, Event
from botui.models import calendar
from botui.models.base import Kind, clean
from botui.models.shape import FieldKind, FieldSpec, fields_of
from botui.past import deed, describe, touched
from botui.storage import Entry

NOTHING: Final = "nothing"
SHORT: Final = 60
"""Characters of a value that a history shows; of longer ones the part that changed, or both ends."""
_AROUND: Final = 12
"""Characters before and after a change in a long text that are shown with it."""


def when(desk: Desk, moment: datetime) -> str:
    """Return a moment in the office's time: ``2026-11-23 10:14``."""
    return f"{desk.settings.local(moment):%Y-%m-%d %H:%M}"


def who(desk: Desk, person: int | None, stood_in_for: int | None = None) -> str:
    """Return the name of who did something, and for whom they stood in; what time did, the program did."""
    name = clean(desk.title("people", person)) or "botui"
    return f"{name} for {clean(desk.title('people', stood_in_for))}" if stood_in_for else name


def heading(desk: Desk, event: Event) -> str:
    """Return when, who, what and where: ``2026-11-23 10:14  Ann Archer for Max Manager: Take  (at front)``."""
    beside = f", at the desk of {who(desk, event.beside)}" if event.beside is not None else ""
    where = f"  (at {event.on}{beside})" if event.on else ""
    note = f"  {event.note}" if event.note else ""
    doer = who(desk, event.by, event.stood_in_for)
    return clean(f"{when(desk, event.at)}  {doer}: {deed(event.action)}{where}{note}")


def rows(desk: Desk, kind: Kind[Any], event: Event, *, whole: bool = False) -> list[tuple[str, str]]:
    """Return what an event changed: the field's label, and from what to what.

    Args:
        desk: the desk of whoever looks.
        kind: of the record.
        event: what was done to it.
        whole: long texts as they are.
    """
    specs = {spec.name: spec for spec in fields_of(kind.model)}
    order = {name: place for place, name in enumerate(specs)}
    fields = kind.model.model_fields
    found = []
    for name, old, new in sorted(event.changes, key=lambda one: order.get(one[0], len(order))):
        spec = specs.get(name)
        usual = fields[name].default if name in fields else None
        nothing = all(_is_nothing(one) or (not one and one == usual) for one in (old, new))
        if nothing or (spec is None and name in fields):
            continue  # the program's own business, or nothing that came from nothing, or went
        found.append((spec.label if spec else clean(name), change_words(desk, kind, spec, old, new, whole=whole)))
    return found + [(areas.ref(*one[:2]), f"{areas.kind(one[0]).one} {one[2]}") for one in event.also]


def change_words(desk: Desk, kind: Kind[Any], spec: FieldSpec | None, old: Any, new: Any, *, whole: bool) -> str:
    """Return from what to what a field changed; values that only came stand alone."""
    if isinstance(old, list) and isinstance(new, list) and old and new:
        return _members(desk, kind, spec, old, new)
    was, now = (_value(desk, kind, spec, value) for value in (old, new))
    if not whole:
        was, now = _short(was, now)
    return now if _is_nothing(old) else f"{was} -> {now}"


def _members(desk: Desk, kind: Kind[Any], spec: FieldSpec | None, old: list[Any], new: list[Any]) -> str:
    """Return what came to a list and what went from it."""
    came = ", ".join(_value(desk, kind, spec, one) for one in new if one not in old)
    went = ", ".join(_value(desk, kind, spec, one) for one in old if one not in new)
    parts = [f"without {went}" if went else "", f"with {came}" if came else ""]
    return "; ".join(filter(None, parts)) or "in another order"


def _is_nothing(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _value(desk: Desk, kind: Kind[Any], spec: FieldSpec | None, value: Any) -> str:
    """Return a stored value in words; it may be of a shape that the model no longer has."""
    if _is_nothing(value):
        return NOTHING
    if isinstance(value, list):
        return ", ".join(_value(desk, kind, spec, one) for one in value)
    if isinstance(value, dict):
        words = value.get("text", ", ".join(f"{name} {one}" for name, one in value.items()))
        return clean(str(words)) + (" (done)" if value.get("done_at") else "")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if spec is not None and spec.ui.ref and isinstance(value, int):
        return _title(desk, spec.ui.ref, value)
    if spec is not None and spec.name == "state":
        return clean(kind.states.get(str(value), str(value)))
    if spec is not None and spec.kind is FieldKind.WHEN:
        with suppress(ValueError, TypeError):
            return when(desk, datetime.fromisoformat(value))
    found = next((one.label for one in spec.choices if one.value == value), None) if spec else None
    return found or clean(str(value), lines=True)


def _title(desk: Desk, collection: str, number: int) -> str:
    if areas.kind(collection).parent:
        return areas.ref(collection, number)
    return clean(desk.title(collection, number))


def _short(was: str, now: str) -> tuple[str, str]:
    """Return two texts cut to what is different between them, or else to both ends."""
    if len(was) > SHORT and len(now) > SHORT:
        start = _alike(was, now)
        end = _alike(was[start:][::-1], now[start:][::-1])
        was, now = (_part(text, start - _AROUND, len(text) - end + _AROUND) for text in (was, now))
    return _ends(was), _ends(now)


def _alike(one: str, other: str) -> int:
    """Return with how many characters both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _part(text: str, start: int, end: int) -> str:
    start = max(start, 0)
    return ("..." if start else "") + text[start:end] + ("..." if end < len(text) else "")


def _ends(text: str) -> str:
    """Return a text on one line, of a long one the beginning and the end."""
    line = clean(text)
    if len(line) <= SHORT:
        return line
    begin, end = line[: SHORT * 2 // 3], line[-SHORT // 4 :]
    return f"{begin.rpartition(' ')[0] or begin} ... {end.partition(' ')[2] or end}"


# --- whole changes ----------------------------------------------------------------------------------------------------


def one_line(desk: Desk, entry: Entry, seen: Sequence[tuple[str, int]]) -> str:
    """Return what an entry did: references, then what was done, and to the first record from what to what.

    Args:
        desk: the desk of whoever looks.
        entry: what was done.
        seen: its records that they may look at; at least one.
    """
    more = sum(1 for one in seen if one[0] == seen[0][0]) - 1
    refs = areas.ref(*seen[0]) + (f" and {more:,} more" if more else "")
    return f"{refs}  {deed(str(entry.header.get('do') or ''))}{_and_changes(desk, entry, seen[0])}"


def without_record(entry: Entry) -> str:
    """Return what an entry was that touched no record: ``Refused: tickets.merge``."""
    note = str(entry.header.get("note") or "")
    return deed(str(entry.header.get("do") or "")) + (f": {note}" if note else "")


def _and_changes(desk: Desk, entry: Entry, record: tuple[str, int]) -> str:
    found = desk.told(entry, *record)
    changes = rows(desk, areas.kind(record[0]), found) if found else []
    return ": " + "; ".join(f"{label} {text}" for label, text in changes) if changes else ""


def undo_question(desk: Desk, entry: Entry) -> str:
    """Return what to ask before something is taken back: what, on what, and when it was done."""
    at = calendar.clock(datetime.fromisoformat(entry.header["at"]), desk.settings.zone)
    # its number was just said: what a title that begins with it goes on with
    title = next((clean(desk.title(*one)).removeprefix(areas.ref(*one)).lstrip() for one in touched(entry)), "")
    return f"Undo: {describe(entry)}? {f'{title}, done' if title else 'Done'} at {at}."
