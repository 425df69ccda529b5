"""What a field can hold: the lists that F4 shows, and what a scan means to a field that awaits a record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from botui import areas
from botui.data import Desk
from botui.models.base import Kind
from botui.models.calendar import day_words
from botui.models.shape import FieldKind, FieldSpec

Entries = list[tuple[str, str | int]]
"""What is shown of each, and the text for the field or the number of the record."""

_DAYS: Final = 15
"""Days offered for a date: this day in two weeks is the last; what is later is typed."""

_CHOSEN: Final = frozenset(
    {
        FieldKind.CHOICE,
        FieldKind.CHOICES,
        FieldKind.YESNO,
        FieldKind.DATE,
        FieldKind.WHEN,
        FieldKind.REF,
        FieldKind.REFS,
    }
)
"""Kinds of fields that have anything to choose from."""


def has_choices(spec: FieldSpec) -> bool:
    """Return whether there is anything to choose from for a field."""
    return spec.kind in _CHOSEN or bool(spec.ui.used)


def choices(desk: Desk, spec: FieldSpec) -> Entries:
    """Return what a field can hold; nothing if it can only be typed.

    Raises:
        NotAllowed: this person may not see the records it can name.
    """
    match spec.kind:
        case FieldKind.CHOICE | FieldKind.CHOICES:
            return [(one.label, one.label) for one in spec.choices]
        case FieldKind.YESNO:
            return [("yes", "yes"), ("no", "no")]
        case FieldKind.DATE | FieldKind.WHEN:
            today = desk.typing().now.date()
            days = [today + timedelta(days=after) for after in range(_DAYS)]
            return [(f"{day:%Y-%m-%d}  {day_words(day, today)}", f"{day:%Y-%m-%d}") for day in days]
        case FieldKind.REF | FieldKind.REFS:
            return records(desk, spec.ui.ref, spec.ui.first)
        case _:
            return used(desk, spec.ui.used) if spec.ui.used else []


def used(desk: Desk, field: str) -> Entries:
    """Return what stands in a field of the records that they see, such as ``items.category``; each once."""
    collection, _, name = field.partition(".")
    numbers, index = desk.numbers(collection), desk.store.index(collection)
    found = {text for number in numbers if (text := str(index.value(number, name) or ""))}
    return [(text, text) for text in sorted(found, key=str.casefold)]


def records(desk: Desk, collection: str, view: str = "") -> Entries:
    """Return all records that they see by name, those of a view first; without one of the usual list (in use, open)."""
    kind: Kind[Any] = areas.kind(collection)
    first = kind.view(view) if view else next(iter(kind.views), None)
    usual = desk.listing(collection, first).ids() if first else []
    index = desk.store.index(collection)
    rest = set(desk.numbers(collection)).difference(usual)
    initials, name = "initials" in index.names, desk.names(collection)

    def words(number: int) -> str:
        parts = (
            name(number),
            str(index.value(number, "initials") or "") if initials else "",
            areas.ref(collection, number),
        )
        return "  ".join(part for part in parts if part)

    old = sorted(rest, key=lambda number: name(number).casefold())
    return [(words(number), number) for number in (*usual, *old)]


def scanned(desk: Desk, collection: str, code: str) -> int | None:
    """Return the one record that carries a scanned code or has it as its reference, or None; of people also a badge."""
    found = desk.aliases(collection, code)
    owner = desk.secrets.badge_owner(code) if collection == "people" else None
    if owner is not None and owner not in found and desk.sees("people", owner):
        found = [*found, owner]
    parsed = areas.parse_ref(code)
    if not found and parsed and parsed[0] == collection and desk.peek(collection, parsed[1]) is not None:
        found = [parsed[1]]
    return found[0] if len(found) == 1 else None


def named(desk: Desk, code: str) -> tuple[str, int] | None:
    """Return the one record, of whatever collection, that a scanned code names, or None; a badge names its owner."""
    owner = scanned(desk, "people", code)
    found = [("people", owner)] if owner is not None else desk.by_code(code)
    return found[0] if len(found) == 1 else None
