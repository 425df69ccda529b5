"""What the words of a command mean: conditions, one record, a collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui import areas
from botui.data import Desk
from botui.models.base import Kind, Refused
from botui.models.query import Condition, Span
from botui.models.shape import FieldKind, fields_of

_WHOLE: Final = (FieldKind.LINE, FieldKind.PROSE)
"""Kinds of text in which a comma is a comma."""
_RANGED: Final = (FieldKind.DATE, FieldKind.WHEN, FieldKind.NUMBER, FieldKind.MONEY)


def conditions(kind: Kind[Any], pairs: Mapping[str, str]) -> list[Condition]:
    """Return ``field=value`` pairs as conditions: several values with commas, ranges with two dots."""
    kinds = {spec.name: spec.kind for spec in fields_of(kind.model)}
    found = []
    for name, text in pairs.items():
        values = [text] if kinds.get(name) in _WHOLE else text.split(",")
        ranged = kinds.get(name) in _RANGED
        found.append(Condition(name, tuple(_value(one.strip(), ranged=ranged) for one in values)))
    return found


def _value(text: str, *, ranged: bool) -> str | Span:
    low, dots, high = text.partition("..")
    return Span(low, high) if ranged and dots else text


def find_record(desk: Desk, code: str) -> tuple[str, int]:
    """Return collection and number of what was typed or scanned: an exact code of a record first, then a reference.

    Raises:
        Refused: nothing, or more than one.
    """
    found = desk.by_code(code.strip())
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(f"{areas.ref(*one)} ({desk.title(*one)})" for one in found[:4])
        raise Refused(f"'{code}' could be {names}: say which.")
    parsed = areas.parse_ref(code)
    if parsed is None:
        raise Refused(f"'{code}' is neither a code of a record nor a reference such as T-1042.")
    desk.get(*parsed)
    return parsed


def kind_of(name: str) -> Kind[Any]:
    """Return the kind of a collection.

    Raises:
        Refused: there is none of this name; the sentence lists those there are.
    """
    names = [one.name for one in areas.COLLECTIONS]
    if name not in names:
        raise Refused(f"There is no collection '{name}'; there is: {', '.join(names)}.")
    kind: Kind[Any] = areas.kind(name)
    return kind
