"""Which records a typed filter or the conditions of a command mean: one reading of ``field:value`` for both.

What is typed into a filter is read at every key, so that it is never an error: it is about a part of a text, and what
names nothing means no record. A command says what it means: a text is meant as a whole, and what names nothing is
refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from itertools import filterfalse
from typing import Any, Final

from botui import areas
from botui.data import Desk
from botui.models import calendar
from botui.models.base import Kind, Refused, fold, stamp
from botui.models.query import Condition, Query, Span
from botui.models.shape import FieldKind, FieldSpec, choose, coerce, fields_of

Test = Callable[[Any], bool]
"""Whether a stored value (JSON; None = nothing) is meant."""

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
NOTHING: Final = ("", "none", "nobody")
"""What people type for a field in which there is nothing."""
IN_FILES: Final = 3
"""Letters from which on a word is looked for in files, too: fewer stand in nearly every one of them."""
_TEXTS: Final = (FieldKind.LINE, FieldKind.PROSE)


def matches(desk: Desk, collection: str, ids: Iterable[int], query: Query) -> Iterator[int]:
    """Yield those of ``ids`` that a filter means, in the same order, as they are asked for.

    A field that there is not, or a value that names nothing, means no record.
    """
    found = iter(ids)
    for condition in query.fields:
        found = filter(_holds(desk, areas.kind(collection), condition, exact=False), found)
    if query.words or query.phrases or query.excluded:
        text, contents = desk.words(collection), desk.contents(collection)
        for part in (*query.words, *query.phrases):
            found = filter(_says(text, contents, fold(part)), found)
        for part in query.excluded:
            found = filterfalse(_says(text, contents, fold(part)), found)
    return found


def matching(desk: Desk, collection: str, ids: Sequence[int], query: Query) -> list[int]:
    """Return those of ``ids`` that a filter means, in the same order."""
    return list(matches(desk, collection, ids, query))


def meeting(desk: Desk, collection: str, ids: Iterable[int], conditions: Iterable[Condition]) -> list[int]:
    """Return those of ``ids`` that meet all conditions of a command, in the same order.

    Raises:
        Refused: a field that there is not, or a value that is none of its.
    """
    found = iter(ids)
    for condition in conditions:
        found = filter(_holds(desk, areas.kind(collection), condition, exact=True), found)
    return list(found)


def _says(text: Callable[[int], str], contents: Callable[[int], str] | None, part: str) -> Callable[[int], bool]:
    """Return whether a record says a part of a text; its files are opened only for what it does not say itself."""
    if contents is None or len(part) < IN_FILES:
        return lambda number: part in text(number)
    return lambda number: part in text(number) or part in contents(number)


def field_named(specs: Mapping[str, FieldSpec], name: str) -> FieldSpec | None:
    """Return the field of a typed name: the name, a short name, its label, or the only beginning of one."""
    wanted = SHORT.get(name, name)
    if wanted in specs:
        return specs[wanted]
    labels = [spec for spec in specs.values() if spec.label.casefold().replace(" ", "_") == name]
    near = labels or [spec for spec in specs.values() if spec.name.startswith(wanted)]
    return near[0] if len(near) == 1 else None


def _holds(desk: Desk, kind: Kind[Any], condition: Condition, *, exact: bool) -> Callable[[int], bool]:
    """Return whether a record meets a condition, by its number; values at hand are not read from the document."""
    specs = {spec.name: spec for spec in fields_of(kind.model)}
    spec = specs.get(condition.field) if exact else field_named(specs, condition.field)
    if spec is None and exact:
        raise Refused(f"{kind.many} have no field '{condition.field}'; there is: {', '.join(specs)}.")
    if spec is None:
        return lambda number: False
    tests = [_reading(desk, kind, spec, typed, exact=exact) for typed in condition.values]
    name, excluded = spec.name, condition.excluded
    value: Callable[[int], Any] = lambda number: (desk.doc(kind.name, number) or {}).get(name)  # noqa: E731
    if name in kind.index:
        index = desk.store.index(kind.name)
        value = lambda number: index.value(number, name)  # noqa: E731
    if len(tests) == 1 and not excluded:
        one = tests[0]
        return lambda number: one(value(number))

    def holds(number: int) -> bool:
        found = value(number)
        return any(test(found) for test in tests) is not excluded

    return holds


def _reading(desk: Desk, kind: Kind[Any], spec: FieldSpec, typed: str | Span, *, exact: bool) -> Test:
    try:
        return _test(desk, kind, spec, typed, exact=exact)
    except Refused:
        if exact:
            raise
        return lambda value: False


def _test(desk: Desk, kind: Kind[Any], spec: FieldSpec, typed: str | Span, *, exact: bool) -> Test:
    if isinstance(typed, str) and typed.casefold() in NOTHING and (exact or spec.kind not in _TEXTS):
        return lambda value: value in (None, "", [])
    match spec.kind:
        case FieldKind.DATE | FieldKind.WHEN:
            return _days(desk, spec, typed)
        case FieldKind.NUMBER | FieldKind.MONEY:
            return _amounts(desk, kind, spec, typed)
    if isinstance(typed, Span):
        raise Refused(f"{spec.label}: '{typed.low}..{typed.high}' is for days and numbers.")
    match spec.kind:
        case FieldKind.CHOICE | FieldKind.CHOICES:
            member = choose(spec, typed).value
            return lambda value: member in value if isinstance(value, list) else value == member
        case FieldKind.REF | FieldKind.REFS:
            numbers = _records(desk, spec, typed, exact=exact)
            return lambda value: not numbers.isdisjoint(value) if isinstance(value, list) else value in numbers
        case FieldKind.YESNO:
            wanted = coerce(kind.model, {spec.name: typed}, desk.typing())[spec.name]
            return lambda value: bool(value) is wanted
        case _:
            return _text(fold(typed), exact=exact)


def _records(desk: Desk, spec: FieldSpec, typed: str, *, exact: bool) -> frozenset[int]:
    if spec.ui.ref == "people" and typed.casefold() == "me":
        return frozenset() if desk.person is None else frozenset({desk.person})
    return frozenset({desk.look_up(spec.ui.ref, typed)} if exact else desk.candidates(spec.ui.ref, typed))


def _text(words: str, *, exact: bool) -> Test:
    """Return the test of a text: a part of it, or as a whole with ``*`` for anything."""
    pattern = re.compile(".*".join(map(re.escape, words.split("*"))), re.DOTALL)
    fits: Callable[[str], object] = pattern.fullmatch if exact else lambda text: words in text

    def test(value: Any) -> bool:
        texts = value if isinstance(value, list) else [value or ""]
        return any(fits(fold(str(one))) for one in texts)

    return test


def _amounts(desk: Desk, kind: Kind[Any], spec: FieldSpec, typed: str | Span) -> Test:
    """Both ends of a range are in it; either may be open."""
    span = typed if isinstance(typed, Span) else Span(typed, typed)
    ends = (coerce(kind.model, {spec.name: end}, desk.typing())[spec.name] if end else None for end in _both(span))
    low, high = (None if end is None else Decimal(end) for end in ends)

    def test(value: Any) -> bool:
        try:
            number = Decimal(str(value))
            return (low is None or number >= low) and (high is None or number <= high)
        except InvalidOperation:
            return False

    return test


def _both(span: Span) -> tuple[str, str]:
    return span.low.strip(), span.high.strip()


def _days(desk: Desk, spec: FieldSpec, typed: str | Span) -> Test:
    """Both ends of a range of days are in it; either may be open."""
    settings = desk.settings
    today, order = settings.local(desk.clock()).date(), settings.order
    try:
        first, last = _first_and_last(typed, today, order)
        after = last and last + timedelta(days=1)
    except (ValueError, OverflowError) as error:
        raise Refused(f"{spec.label}: {error}", {spec.name: str(error)}) from None
    low, end = (
        "" if day is None else day.isoformat() if spec.kind is FieldKind.DATE else _midnight(settings.tz, day)
        for day in (first, after)
    )
    return lambda value: isinstance(value, str) and low <= value and (not end or value < end)


def _first_and_last(typed: str | Span, today: date, order: calendar.EntryOrder) -> tuple[date | None, date | None]:
    if isinstance(typed, str):
        return calendar.parse_range(typed, today, order)
    low, high = _both(typed)
    if low and high:
        return calendar.parse_range(f"{low}..{high}", today, order)
    return (
        calendar.parse_date(low, today, order) if low else None,
        calendar.parse_date(high, today, order) if high else None,
    )


def _midnight(zone: Any, day: date) -> str:
    return stamp(datetime.combine(day, time(0), zone))
