"""Records as aligned text, as JSON and as CSV: one declaration of fields, the same names every time."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from typing import Any, Final, TextIO

import orjson

from botui import areas
from botui.data import Desk
from botui.models.base import Record, cells, clean, fit
from botui.models.shape import FieldKind, FieldSpec, fields_of, show

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""How a spreadsheet knows a formula by its first character."""


def as_json(record: Record) -> dict[str, Any]:
    """Return a record with ``id``, ``ref`` and every field of its model; references as ``P-3``, nothing as null."""
    specs = {spec.name: spec for spec in fields_of(type(record))}
    fields = record.model_dump(mode="json")
    return {"id": record.id, "ref": record.ref} | {name: plain(specs.get(name), one) for name, one in fields.items()}


def plain(spec: FieldSpec | None, value: Any) -> Any:
    """Return a stored value as it goes out: numbers of records as references, an empty text as null."""
    if value is None or value == "":
        return None
    if spec is None or not spec.ui.ref:
        return value
    if isinstance(value, (list, tuple)):
        return [areas.ref(spec.ui.ref, one) for one in value]
    return areas.ref(spec.ui.ref, value)


def write_json(out: TextIO, value: Any) -> None:
    """Write one JSON document."""
    out.write(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode() + "\n")


def shown(desk: Desk, record: Record, spec: FieldSpec) -> str:
    """Return a field of a record as the screens show it, on one line."""
    return clean(show(spec, getattr(record, spec.name), desk.name, desk.settings.local))


def write_csv(out: TextIO, rows: Sequence[Sequence[Any]]) -> None:
    """Write rows as CSV in UTF-8; a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(encoding="utf-8", errors="replace", newline="")
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([[_cell(cell) for cell in row] for row in rows])
    out.write(text.getvalue())


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def csv_row(desk: Desk, record: Record, specs: Sequence[FieldSpec]) -> list[Any]:
    """Return a record as a row: names for references, else the same values as in JSON, lists with commas."""
    fields = record.model_dump(mode="json")
    row: list[Any] = [record.id, record.ref]
    for spec in specs:
        value = fields.get(spec.name)
        if spec.ui.ref or spec.kind is FieldKind.YESNO:
            value = shown(desk, record, spec)
        elif isinstance(value, list):
            value = ", ".join(str(one.get("text", "")) if isinstance(one, Mapping) else str(one) for one in value)
        row.append("" if value is None else value)
    return row


def terminal_width(out: TextIO) -> int:
    """Return how many cells a line has, 0 where the output is no terminal."""
    try:
        return os.get_terminal_size(out.fileno()).columns if out.isatty() else 0
    except (OSError, ValueError, AttributeError):
        return 0


def write_table(out: TextIO, heads: Sequence[str], rows: Sequence[Sequence[str]], limits: Sequence[int]) -> None:
    """Write aligned text; on a terminal no line is longer than the terminal is wide.

    Args:
        out: where to.
        heads: the headings.
        rows: the texts.
        limits: how wide a column should be where there is not room for all; 0 = as wide as it is.
    """
    width = terminal_width(out)
    table = [list(heads), *map(list, rows)]
    wide = [max(map(cells, column)) for column in zip(*table, strict=True)]
    room = width - 2 * (len(wide) - 1)
    if width and sum(wide) > room:
        wide = _narrowed(wide, limits, room)
    for row in table:
        texts = (fit(text, one) for text, one in zip(row, wide, strict=True))
        padded = "  ".join(text + " " * (one - cells(text)) for text, one in zip(texts, wide, strict=True))
        out.write((fit(padded.rstrip(), width) if width else padded.rstrip()) + "\n")


def _narrowed(wide: Sequence[int], limits: Sequence[int], room: int) -> list[int]:
    """Return widths cut to the limits, and what room is left given back from the left."""
    cut = [min(one, limit or one) for one, limit in zip(wide, limits, strict=True)]
    for place, one in enumerate(wide):
        cut[place] += max(0, min(one - cut[place], room - sum(cut)))
    return cut
