"""Which records a typed filter means: words anywhere in them, and ``field:value`` with the office's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from botui import areas
from botui.data import Desk
from botui.models import calendar
from botui.models.base import Kind, Refused, fold
from botui.models.query import Condition, Query, Span
from botui.models.shape import YES, FieldKind, FieldSpec, choose, fields_of

Test = Callable[[Any], bool]

SHORT: Final[Mapping[str, str]] = {
    "prio": "priority",
    "by": "requester",
    "who": "owner",
    "dept": "department",
    "due": "resolution_due",
    "created": "created_at",
    "tag": "tags",
}
"""Short names that people type for fields."""
NOTHING: Final = ("none", "nobody")
"""What people type for a field in which there is nothing."""


def matching(desk: Desk, collection: str, ids: Sequence[int], query: Query) -> list[int]:
    """Return those of ``ids`` that a filter means, in the same order.

    A field that there is not, or a value that names nothing, means no record.
    """
    tests = [_condition(desk, collection, one) for one in query.fields]
    if query.words or query.phrases or query.excluded:
        words, phrases, excluded = (tuple(map(fold, part)) for part in (query.words, query.phrases, query.excluded))
        folded = Query(words, phrases, excluded)
        tests.append(lambda number: folded.matches(desk.text(collection, number)))
    return [number for number in ids if all(test(number) for test in tests)]


def _condition(desk: Desk, collection: str, condition: Condition) -> Test:
    kind: Kind[Any] = areas.kind(collection)
    specs = {spec.name: spec for spec in fields_of(kind.model)}
    spec = field_named(specs, condition.field)
    if spec is None:
        return lambda number: False
    tests = [_value(desk, kind, spec, value) for value in condition.values]
    index, name = desk.store.index(collection), spec.name
    indexed = name in index.names

    def test(number: int) -> bool:
        value = index.value(number, name) if indexed else (desk.doc(collection, number) or {}).get(name)
        return any(one(value) for one in tests) is not condition.excluded

    return test


def field_named(specs: Mapping[str, FieldSpec], name: str) -> FieldSpec | None:
    """Return the field of a typed name: the name, a short name, its label, or the only beginning of one."""
    wanted = SHORT.get(name, name)
    if wanted in specs:
        return specs[wanted]
    labels = [spec for spec in specs.values() if spec.label.casefold().replace(" ", "_") == name]
    near = labels or [spec for spec in specs.values() if spec.name.startswith(wanted)]
    return near[0] if len(near) == 1 else None


def _value(desk: Desk, kind: Kind[Any], spec: FieldSpec, typed: str | Span) -> Test:
    if typed in NOTHING and spec.kind not in (FieldKind.LINE, FieldKind.PROSE):
        return lambda value: value is None
    if spec.kind in (FieldKind.DATE, FieldKind.WHEN):
        return _days(desk, spec, typed)
    if isinstance(typed, Span):
        return _numbers(typed)
    folded = fold(typed)
    if spec.name == "state" and kind.states:
        wanted = {state for state, word in kind.states.items() if folded in (state, fold(word))}
        return lambda value: value in wanted
    match spec.kind:
        case FieldKind.CHOICE | FieldKind.CHOICES:
            try:
                member = choose(spec, typed).value
            except Refused:
                return lambda value: False
            return lambda value: member in value if isinstance(value, list) else value == member
        case FieldKind.REF:
            if folded == "me":
                return lambda value: value is not None and value == desk.person
            numbers = frozenset(desk.candidates(spec.ui.ref, typed))
            return lambda value: value in numbers
        case FieldKind.NUMBER | FieldKind.MONEY:
            return _numbers(Span(typed, typed))
        case FieldKind.YESNO:
            return lambda value: bool(value) is (folded in YES)
        case _:
            return lambda value: any(
                folded in fold(str(one)) for one in (value if isinstance(value, list) else [value])
            )


def _numbers(span: Span) -> Test:
    def test(value: Any) -> bool:
        try:
            number = float(value)
            return (not span.low or number >= float(span.low)) and (not span.high or number <= float(span.high))
        except (TypeError, ValueError):
            return False

    return test


def _days(desk: Desk, spec: FieldSpec, typed: str | Span) -> Test:
    """Both ends of a range of days are in it."""
    settings = desk.settings
    today = settings.local(desk.clock()).date()
    low, high = (typed, typed) if isinstance(typed, str) else (typed.low, typed.high)
    order = settings.order
    try:
        first = calendar.parse_date(low, today, order) if low else date.min
        last = calendar.parse_date(high, today, order) if high else date.max - timedelta(days=1)
    except ValueError:
        return lambda value: False
    if spec.kind is FieldKind.DATE:
        return lambda value: isinstance(value, str) and first.isoformat() <= value <= last.isoformat()
    start = _utc(settings.tz, first) if low else ""
    end = _utc(settings.tz, last + timedelta(days=1)) if high else "9999"
    return lambda value: isinstance(value, str) and start <= value < end


def _utc(zone: Any, day: date) -> str:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
