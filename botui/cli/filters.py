"""``field=value`` as conditions on records, and which record a typed reference means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from botui import areas
from botui.data import Desk
from botui.models import calendar
from botui.models.base import Between, Kind, Refused, Where, stamp
from botui.models.shape import FieldKind, FieldSpec, coerce, fields_of

NOTHING: Final = frozenset({"", "none"})
"""What stands for an empty field: ``owner=none``."""

Test = Callable[[Mapping[str, Any]], bool]


@dataclass(frozen=True, slots=True)
class Filter:
    """Conditions, all of which must hold.

    Attributes:
        where: those on fields kept at hand, which cost nothing.
        tests: those on the stored document.
    """

    where: Where
    tests: tuple[Test, ...]

    def numbers(self, desk: Desk, collection: str, within: Iterable[int] | None = None) -> list[int]:
        """Return the numbers of the records that meet them, in the order of ``within`` if that is given."""
        found: Iterable[int] = desk.store.index(collection).find(self.where)
        if within is not None:
            met = frozenset(found)
            found = [number for number in within if number in met]
        if not self.tests:
            return list(found)
        docs = ((number, desk.doc(collection, number) or {}) for number in found)
        return [number for number, doc in docs if all(test(doc) for test in self.tests)]


def read_filter(desk: Desk, kind: Kind[Any], pairs: Mapping[str, str]) -> Filter:
    """Return the conditions of ``field=value`` pairs.

    Raises:
        Refused: a field that there is not, or a value that is none of its.
    """
    specs = {spec.name: spec for spec in fields_of(kind.model)}
    where: dict[str, Any] = {}
    tests: list[Test] = []
    for name, text in pairs.items():
        if name not in specs:
            raise Refused(f"{kind.many} have no field '{name}'; there is: {', '.join(specs)}.")
        elif (condition := _condition(desk, kind, specs[name], text.strip())) is None:
            tests.append(_text_test(name, text.strip(), many=specs[name].kind in _MANY))
        elif name in kind.index and specs[name].kind is not FieldKind.OTHER:
            where[name] = condition
        else:
            tests.append(_value_test(name, condition))
    return Filter(where, tuple(tests))


_MANY: Final = frozenset({FieldKind.WORDS, FieldKind.OTHER})


def _condition(desk: Desk, kind: Kind[Any], spec: FieldSpec, text: str) -> Any:
    """Return allowed values or a range; None = the field holds text."""
    if text.casefold() in NOTHING:
        empty = {None, ""} if spec.kind in (FieldKind.LINE, FieldKind.PROSE) else {None}
        return frozenset(empty | {()} if spec.kind in _SETS else empty)
    match spec.kind:
        case FieldKind.LINE | FieldKind.PROSE | FieldKind.WORDS | FieldKind.OTHER:
            return None
        case FieldKind.DATE | FieldKind.WHEN:
            return _span(desk, spec, text)
        case FieldKind.NUMBER if ".." in text:
            low, high = (_typed(desk, kind, spec, end) if end.strip() else None for end in text.split("..", 1))
            return Between(low, None if high is None else high + 1)
        case _:
            values = (_typed(desk, kind, spec, one) for one in text.split(","))
            return frozenset(_stored(value) for value in values)


_SETS: Final = frozenset({FieldKind.WORDS, FieldKind.OTHER, FieldKind.REFS, FieldKind.CHOICES})


def _typed(desk: Desk, kind: Kind[Any], spec: FieldSpec, text: str) -> Any:
    if text.strip().casefold() in NOTHING:
        return None
    if spec.ui.ref == "people" and text.strip().casefold() == "me":
        return desk.person
    value = coerce(kind.model, {spec.name: text}, desk.typing())[spec.name]
    return value[0] if isinstance(value, tuple) else value


def _stored(value: Any) -> Any:
    return value if value is None or isinstance(value, (bool, int)) else str(value)


def _span(desk: Desk, spec: FieldSpec, text: str) -> Between:
    """Return the moments or days of ``2026-01-01..2026-02-01``, last day included; either end may be open."""
    today = desk.settings.local(desk.clock()).date()
    order = desk.settings.order
    low: date | None = None
    high: date | None = None
    try:
        if text.startswith(".."):
            high = calendar.parse_date(text[2:], today, order)
        elif text.endswith(".."):
            low = calendar.parse_date(text[:-2], today, order)
        else:
            low, high = calendar.parse_range(text, today, order)
        after = None if high is None else high + timedelta(days=1)
    except (ValueError, OverflowError) as error:
        raise Refused(f"{spec.label}: {error}", {spec.name: str(error)}) from None
    if spec.kind is FieldKind.DATE:
        return Between(low and low.isoformat(), after and after.isoformat())
    return Between(_midnight(desk, low), _midnight(desk, after))


def _midnight(desk: Desk, day: date | None) -> str | None:
    return None if day is None else stamp(datetime.combine(day, time(0), desk.settings.tz))


def _value_test(name: str, condition: Any) -> Test:
    def holds(doc: Mapping[str, Any]) -> bool:
        value = doc.get(name)
        if isinstance(condition, Between):
            low, high = condition.low, condition.high
            return value is not None and (low is None or value >= low) and (high is None or value < high)
        if isinstance(value, list):
            return any(_stored(one) in condition for one in value) or (not value and () in condition)
        return _stored(value) in condition

    return holds


def _text_test(name: str, text: str, *, many: bool) -> Test:
    """Return the test of a text, capital or small; ``*`` stands for anything."""
    wanted = text.split(",") if many else [text]
    patterns = [re.compile(".*".join(map(re.escape, one.strip().casefold().split("*"))), re.DOTALL) for one in wanted]

    def holds(doc: Mapping[str, Any]) -> bool:
        value = doc.get(name) or ""
        texts = [str(one).casefold() for one in (value if isinstance(value, list) else [value])]
        return any(pattern.fullmatch(one) for pattern in patterns for one in texts)

    return holds


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
