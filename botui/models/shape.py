"""The shape of a model as data: which fields it has, how each is typed, and typed text turned into values.

Forms, columns, the command line and the import all read ``fields_of``; all typed text passes ``coerce``.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Final, TypeVar, Union, get_args, get_origin

from annotated_types import MaxLen
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from botui.models import calendar
from botui.models.base import LINE_MAX, Choice, Refused, Ui
from botui.models.base.figure import with_point

M = TypeVar("M", bound=BaseModel)

SAID_MAX: Final = 40
"""Characters of what was typed that a refusal repeats."""
_AMOUNT: Final = re.compile(r"([+-]?) ?([0-9.,' ]*[0-9])")
_AMOUNT_MAX: Final = 30
"""Characters of an amount with all its marks."""
_CENTS: Final = 2
"""Digits behind the point of most amounts."""
_OF_MONEY: Final = (2, 4)
"""Digits behind the point of ``Money`` and of a price of one; an amount of anything else has another number of them."""
_WRITTEN_OUT: Final = 13
"""Figures that an amount is written out with; ``1E-999999`` would take a book."""


class FieldKind(StrEnum):
    """How a field is typed and shown."""

    LINE = "line"
    PROSE = "prose"
    WORDS = "words"
    NUMBER = "number"
    MONEY = "money"
    YESNO = "yesno"
    DATE = "date"
    WHEN = "when"
    CHOICE = "choice"
    CHOICES = "choices"
    REF = "ref"
    REFS = "refs"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a model.

    Attributes:
        required: it may not stay empty.
        limit: characters that fit; 0 = no such limit.
        decimals: digits behind the point of an amount that are kept.
        choices: for a choice, its members.
    """

    name: str
    kind: FieldKind
    ui: Ui
    required: bool
    limit: int
    choices: tuple[Choice, ...] = ()
    decimals: int = 0

    @property
    def label(self) -> str:
        """The office's word for the field."""
        return self.ui.label


@dataclass(frozen=True, slots=True)
class Typing:
    """What typed text means here and now.

    Attributes:
        now: the office's local time.
        order: order of day and month in short dates, ``dmy`` or ``mdy``.
        find: number of the record that a text names in a collection; raises ``Refused`` in words.
    """

    now: datetime
    order: calendar.EntryOrder
    find: Callable[[str, str], int]


def fields_of(model: type[BaseModel]) -> tuple[FieldSpec, ...]:
    """Return the fields of a model that have ``Ui`` metadata, in the order of declaration."""
    return _fields_of(model)


@cache
def _fields_of(model: Hashable) -> tuple[FieldSpec, ...]:
    assert isinstance(model, type)
    assert issubclass(model, BaseModel)
    specs = []
    for name, info in model.model_fields.items():
        metadata = list(info.metadata)
        ui = next((one for one in metadata if isinstance(one, Ui)), None)
        if ui is None:
            continue
        annotation = _unwrap(info.annotation, metadata)
        limit = min((one.max_length for one in metadata if isinstance(one, MaxLen)), default=0)
        choices = _choices(annotation)
        required = info.is_required() or any(getattr(one, "min_length", 0) for one in metadata)
        decimals = next((one.decimal_places for one in metadata if getattr(one, "decimal_places", None)), 0)
        specs.append(FieldSpec(name, _kind(annotation, ui, limit), ui, required, limit, choices, decimals))
    return tuple(specs)


def _choices(annotation: Any) -> tuple[Choice, ...]:
    one = get_args(annotation)[0] if get_origin(annotation) is tuple else annotation
    return tuple(one) if isinstance(one, type) and issubclass(one, Choice) else ()


def _unwrap(annotation: Any, metadata: list[Any]) -> Any:
    """Strip ``Annotated`` and ``| None``, collecting metadata on the way."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            for one in more:
                metadata.extend(getattr(one, "metadata", None) or [one])
        elif get_origin(annotation) in (Union, types.UnionType):
            annotation = next(one for one in get_args(annotation) if one is not type(None))
        else:
            return annotation


def _kind(annotation: Any, ui: Ui, limit: int) -> FieldKind:
    if ui.ref:
        return FieldKind.REFS if get_origin(annotation) is tuple else FieldKind.REF
    if isinstance(annotation, type):
        if issubclass(annotation, Choice):
            return FieldKind.CHOICE
        for python, kind in _BY_TYPE:
            if issubclass(annotation, python):
                return kind
        if issubclass(annotation, str):
            return FieldKind.PROSE if limit > LINE_MAX else FieldKind.LINE
    if get_origin(annotation) is tuple:
        inner = _unwrap(get_args(annotation)[0], [])
        if inner is str:
            return FieldKind.WORDS
        if isinstance(inner, type) and issubclass(inner, Choice):
            return FieldKind.CHOICES
    return FieldKind.OTHER


_BY_TYPE: Final[tuple[tuple[type, FieldKind], ...]] = (
    (bool, FieldKind.YESNO),
    (int, FieldKind.NUMBER),
    (Decimal, FieldKind.MONEY),
    (datetime, FieldKind.WHEN),
    (date, FieldKind.DATE),
)

YES: Final = frozenset({"y", "yes", "true", "1", "x", "on", "j", "ja", "oui", "si"})
NO: Final = frozenset({"n", "no", "false", "0", "-", "off", "nein", "non", ""})


def coerce(model: type[BaseModel], texts: Mapping[str, str], typing: Typing) -> dict[str, Any]:
    """Return typed values for texts as a person types them into a form or on the command line.

    An empty text means "nothing": the field's own default, or None.

    Raises:
        Refused: with the reason per field in ``fields``.
    """
    specs = {spec.name: spec for spec in fields_of(model)}
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name, text in texts.items():
        spec = specs.get(name)
        if spec is None:
            raise Refused(f"There is no field '{name}'; there is: {', '.join(specs)}.")
        try:
            values[name] = _value(spec, text, typing, model)
        except (Refused, ValueError) as error:
            wrong[name] = str(error)
    if wrong:
        raise refusal(model, wrong)
    return values


def _value(spec: FieldSpec, text: str, typing: Typing, model: type[BaseModel]) -> Any:
    plain = text.strip()
    if not plain:
        default = model.model_fields[spec.name].get_default(call_default_factory=True)
        return "" if spec.required and spec.kind in (FieldKind.LINE, FieldKind.PROSE) else _none_if_missing(default)
    match spec.kind:
        case FieldKind.NUMBER:
            return _number(plain)
        case FieldKind.MONEY:
            return _money(plain, spec.decimals)
        case FieldKind.YESNO:
            return _yes_or_no(plain)
        case FieldKind.DATE:
            return calendar.parse_date(plain, typing.now.date(), order=typing.order)
        case FieldKind.WHEN:
            return calendar.parse_when(plain, typing.now, order=typing.order)
        case FieldKind.CHOICE:
            return choose(spec, plain)
        case FieldKind.CHOICES:
            return tuple(choose(spec, one.strip()) for one in plain.split(",") if one.strip())
        case FieldKind.REF:
            return typing.find(spec.ui.ref, plain)
        case FieldKind.REFS:
            return tuple(typing.find(spec.ui.ref, one) for one in plain.split(",") if one.strip())
        case _:
            return text


def _none_if_missing(default: Any) -> Any:
    from pydantic_core import PydanticUndefined

    return None if default is PydanticUndefined else default


def choose(spec: FieldSpec, text: str) -> Choice:
    """Return the member that a text names: its value, its word, or an unmistakable beginning of one.

    Raises:
        Refused: none or several; the sentence lists what there is.
    """
    wanted = text.casefold()
    for member in spec.choices:
        if wanted in (member.value.casefold(), member.label.casefold()):
            return member
    near = [
        one
        for one in spec.choices
        if one.value.casefold().startswith(wanted) or one.label.casefold().startswith(wanted)
    ]
    if len(near) == 1:
        return near[0]
    raise Refused(f"'{text[:SAID_MAX]}' is not one of: {', '.join(one.label for one in spec.choices)}.")


def _number(text: str) -> int:
    try:
        value = int(text.replace(" ", "").replace("_", "x"))
    except ValueError:
        raise Refused(f"'{text[:SAID_MAX]}' is not a whole number.") from None
    if abs(value) > 10**12:
        raise Refused(f"'{text[:SAID_MAX]}' is too large.")
    return value


def _money(text: str, decimals: int) -> Decimal:
    """Return a typed amount, written with point or comma; what could be two amounts is neither.

    Where more than cents are kept, a point before three digits is no question: so such a price is shown.
    """
    said, typed = text[:SAID_MAX], _AMOUNT.fullmatch(text)
    readings = [with_point(typed[2], mark) for mark in ".,"] if typed and len(text) <= _AMOUNT_MAX else [None]
    values = [Decimal(f"{typed[1]}{one}") for one in readings if typed and one is not None]
    if not values:
        raise Refused(f"'{said}' is not an amount; write it like 1234.50.")
    if len({*values}) > 1 and not (decimals > _CENTS and "." in text):
        more, less = sorted(values, key=abs, reverse=True)
        raise Refused(f"'{said}' could be {more:.2f} or {less}; write it like 1234.50.")
    if abs(values[0]) >= 10**12:
        raise Refused(f"'{said}' is not an amount that can be kept.")
    return values[0]


def _yes_or_no(text: str) -> bool:
    word = text.casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise Refused(f"'{text[:SAID_MAX]}' is neither yes nor no.")


def build(model: type[M], values: Mapping[str, Any]) -> M:
    """Return a validated model.

    Raises:
        Refused: with the reason per field, in words.
    """
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise refusal(model, explain(error)) from None


_WRONG_SORT: Final = {
    "int": "This is not a whole number.",
    "decimal": "This is not an amount.",
    "bool": "This is neither yes nor no.",
    "date": "This is not a date such as 2026-12-31.",
    "datetime": "This is not a time such as 2026-12-31T09:30:00Z.",
    "string": "This is not a text.",
}
"""What is said of a value of the wrong sort, by the beginning of pydantic's name for the error."""


def explain(error: ValidationError) -> dict[str, str]:
    """Return pydantic's findings in words for people, per field (the first of each)."""
    words: dict[str, str] = {}
    for one in error.errors(include_url=False):
        words.setdefault(str(one["loc"][0]) if one["loc"] else "", _in_words(one))
    return words


def _in_words(one: ErrorDetails) -> str:
    context, value = one.get("ctx") or {}, one.get("input")
    match one["type"]:
        case "missing" | "string_too_short" | "too_short":
            return "This is needed."
        case "string_too_long" | "too_long" if isinstance(value, str):
            return f"This has {context.get('actual_length', len(value)):,} characters; {context['max_length']:,} fit."
        case "too_long":
            return f"These are too many; {context['max_length']} fit."
        case "greater_than_equal":
            return f"This must be {context['ge']} or more."
        case "greater_than":
            return f"This must be more than {context['gt']}."
        case "less_than_equal":
            return f"This must be {context['le']} or less."
        case "decimal_max_places":
            return f"This has more than {context['decimal_places']} digits behind the point."
        case "value_error":
            return str(context.get("error", one["msg"]))
        case "extra_forbidden":
            return "There is no such field."
        case "enum":
            return f"This is not one of: {context['expected']}."
        case "string_pattern_mismatch":
            return "This is not written as it should be."
        case other:
            return _WRONG_SORT.get(other.partition("_")[0]) or f"{one['msg']}."


def refusal(model: type[BaseModel], wrong: Mapping[str, str]) -> Refused:
    """Return the refusal for findings per field: one sentence that names the fields by their labels."""
    labels = {spec.name: spec.label for spec in fields_of(model)}
    said = " ".join(f"{labels.get(name, name or 'This')}: {words}" for name, words in wrong.items())
    return Refused(said, dict(wrong))


def show(spec: FieldSpec, value: Any, name_of: Callable[[str, int], str], local: Callable[[datetime], datetime]) -> str:
    """Return a value as the screen shows it; ``""`` for nothing.

    Args:
        spec: the field.
        value: its value in the model.
        name_of: the title of the record with this number in a collection.
        local: the office's local time of a moment.
    """
    if value is None or value == () or value == "":
        return ""
    match spec.kind:
        case FieldKind.REF:
            return name_of(spec.ui.ref, value)
        case FieldKind.REFS:
            return ", ".join(name_of(spec.ui.ref, one) for one in value)
        case FieldKind.YESNO:
            return "yes" if value else "no"
        case FieldKind.CHOICE:
            return str(value.label)
        case FieldKind.CHOICES:
            return ", ".join(one.label for one in value)
        case FieldKind.WORDS:
            return ", ".join(value)
        case FieldKind.WHEN:
            return f"{local(value):%Y-%m-%d %H:%M}"
        case FieldKind.DATE:
            return f"{value:%Y-%m-%d}"
        case FieldKind.MONEY:
            return _amount(value, spec.decimals)
        case _:
            return str(value)


def _amount(value: Decimal, decimals: int) -> str:
    """Return an amount written out; one of money, or the price of one, with its cents."""
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or not -_WRITTEN_OUT < exponent < _WRITTEN_OUT:
        return str(value)
    return f"{value:.{_CENTS}f}" if decimals in _OF_MONEY and exponent > -_CENTS else f"{value:f}"
