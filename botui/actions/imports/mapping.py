"""The map file: what columns and words of a file mean where the guess is not enough; see ``docs/import.md``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from botui.actions.imports.columns import guess
from botui.actions.imports.sheet import Form
from botui.models import calendar
from botui.models.base import Refused

_TEXTS: Final = ("encoding", "delimiter", "sheet", "zone", "date_order", "decimal", "prefix")
_TABLES: Final = ("columns", "values", "constants", "defaults")
_ORDERS: Final[Mapping[str, calendar.Order]] = {"dmy": "dmy", "mdy": "mdy", "ymd": "ymd"}


@dataclass(frozen=True, slots=True)
class Map:
    """What the map file says.

    Attributes:
        form: the form of the file.
        zone: what the clock of the other system showed; empty = the office's.
        order: order of day, month and year; None = told from the file.
        decimal: what parts the decimals, ``.`` or ``,``; empty = told from the file.
        prefix: put before every number of the other system, so that two systems do not mix.
        columns: for a field the columns that make it.
        values: for a field, their word in small letters -> ours.
        constants: fields that are the same in every row.
        defaults: fields for rows where the cell is empty.
        ignore: columns that are not kept.
    """

    form: Form = field(default_factory=Form)
    zone: str = ""
    order: calendar.Order | None = None
    decimal: str = ""
    prefix: str = ""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    ignore: frozenset[str] = frozenset()


def read_mapping(path: Path, fields: Sequence[str]) -> Map:
    """Read a map file.

    Args:
        path: the file.
        fields: what columns may be mapped to.

    Raises:
        Refused: it cannot be read, or says something that there is not.
    """
    try:
        whole = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise Refused(f"The map file {path} cannot be read: {error.strerror or error}.") from None
    except ValueError as error:
        raise Refused(f"The map file {path.name} is not TOML: {error}.") from None
    known = (*_TEXTS, *_TABLES, "header", "ignore")
    _known(path, "There is no", whole, known)
    texts = {name: _text(path, name, whole.get(name, "")) for name in _TEXTS}
    tables = {name: _table(path, name, whole.get(name, {})) for name in _TABLES}
    for name, table in tables.items():
        _known(path, f"[{name}] has no field", table, fields)
    header = whole.get("header", 0)
    _check(path, texts, header)
    return Map(
        form=Form(texts["encoding"], texts["delimiter"], texts["sheet"], header),
        zone=texts["zone"],
        order=_ORDERS.get(texts["date_order"]),
        decimal=texts["decimal"],
        prefix=texts["prefix"],
        columns={name: _names(path, name, columns) for name, columns in tables["columns"].items()},
        values={name: _words(path, name, words) for name, words in tables["values"].items()},
        constants={name: _text(path, name, text) for name, text in tables["constants"].items()},
        defaults={name: _text(path, name, text) for name, text in tables["defaults"].items()},
        ignore=frozenset(_names(path, "ignore", whole.get("ignore", []))),
    )


def _check(path: Path, texts: Mapping[str, str], header: object) -> None:
    if not isinstance(header, int) or isinstance(header, bool) or header < 0:
        raise _wrong(path, "header is the number of a line")
    if texts["date_order"] not in ("", *_ORDERS):
        raise _wrong(path, f"date_order is one of {', '.join(_ORDERS)}")
    if texts["decimal"] not in ("", ".", ","):
        raise _wrong(path, "decimal is a point or a comma")
    if texts["zone"]:
        _zone(path, texts["zone"])
    if len(texts["delimiter"]) > 1:
        raise _wrong(path, "delimiter is one character")


def _wrong(path: Path, words: str) -> Refused:
    return Refused(f"The map file {path.name}: {words}.")


def _known(path: Path, words: str, found: Mapping[str, Any], known: Sequence[str]) -> None:
    for name in found:
        if name not in known:
            raise _wrong(path, f"{words} '{name}'; there is: {', '.join(known)}")


def _text(path: Path, name: str, value: Any) -> str:
    if isinstance(value, (dict, list)):
        raise _wrong(path, f"{name} is a text")
    return str(value)


def _table(path: Path, name: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(path, f"[{name}] is a table")
    return value


def _names(path: Path, name: str, value: Any) -> tuple[str, ...]:
    names = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str) for one in names):
        raise _wrong(path, f"{name} names a column, or several in brackets")
    return tuple(names)


def _words(path: Path, name: str, value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise _wrong(path, f"[values.{name}] has a line for each word")
    return {theirs.casefold(): _text(path, theirs, ours) for theirs, ours in value.items()}


def _zone(path: Path, name: str) -> None:
    try:
        calendar.find_zone(name)
    except ValueError as error:
        raise _wrong(path, str(error).rstrip(".")) from None


@dataclass(frozen=True, slots=True)
class Reading:
    """Which columns make which field, and what is left over.

    Attributes:
        columns: for a field its columns, in order.
        left: columns that make no field.
    """

    columns: Mapping[str, tuple[str, ...]]
    left: tuple[str, ...]


def assign(mapping: Map, words: Mapping[str, Sequence[str]], columns: Sequence[str]) -> Reading:
    """Return which columns make which field: first as the map file says, then by their headings.

    Raises:
        Refused: the map file names a column that is not there.
    """
    for column in (one for names in (*mapping.columns.values(), mapping.ignore) for one in names):
        if column not in columns:
            raise Refused(f"There is no column '{column}' in the file; there is: {', '.join(columns)}.")
    told = {column for names in mapping.columns.values() for column in names} | mapping.ignore
    free = {field: synonyms for field, synonyms in words.items() if field not in mapping.columns}
    guessed = guess(free, [column for column in columns if column not in told])
    found = {**mapping.columns, **{field: (column,) for field, column in guessed.items()}}
    used = told | set(guessed.values())
    return Reading(found, tuple(column for column in columns if column not in used))
