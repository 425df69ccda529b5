"""What all imports share: the cells of a row as fields of ours, and what an earlier import said of the same record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final

import orjson

from botui.actions.imports.mapping import Map, Reading
from botui.actions.imports.sheet import Row
from botui.actions.imports.values import filled
from botui.data import Desk
from botui.models.base import Record, Refused, clean

_CODE_MAX: Final = 60
"""Characters of a code; a longer key is kept as its digest."""
_BETWEEN: Final = {"topic": ": ", "body": "\n", "resolution": "\n", "address": "\n", "contacts": "\n", "notes": "\n"}
"""What stands between the cells of several columns that make one field; else a blank."""
_EMPTY: Final[tuple[Any, ...]] = (None, "", [])
_FORMULA: Final = ("'=", "'+", "'-", "'@")
"""How botui's own CSV keeps a spreadsheet from taking a text for a formula."""


@dataclass(frozen=True, slots=True)
class Cells:
    """One row as the map file and the headings say it is to be read."""

    row: Row
    mapping: Map
    reading: Reading

    def has(self, field: str) -> bool:
        """Return whether the file or the map file speaks of a field at all."""
        return any(field in table for table in (self.reading.columns, self.mapping.constants, self.mapping.defaults))

    def only_default(self, field: str) -> bool:
        """Return whether nothing but a default says a field."""
        return field not in self.mapping.constants and not any(
            self.raw(column).strip() for column in self.reading.columns.get(field, ())
        )

    def text(self, field: str) -> str:
        """Return the text for a field: the same for all, or its cells with their words turned into ours."""
        if field in self.mapping.constants:
            return self.mapping.constants[field]
        columns = self.reading.columns.get(field, ())
        text = _BETWEEN.get(field, " ").join(filter(None, (self.raw(column) for column in columns)))
        words = self.mapping.values.get(field, {})
        if text.strip().casefold() in words:
            text = words[text.strip().casefold()]
        return text if text.strip() else self.mapping.defaults.get(field, "")

    def word(self, field: str) -> str:
        """Return the text for a field that is not free text, ``""`` where it says that there is nothing."""
        return filled(self.text(field))

    def raw(self, column: str) -> str:
        """Return a cell as it is in the file."""
        text = self.row.cells.get(column, "")
        return text[1:] if text.startswith(_FORMULA) else text

    def left(self) -> dict[str, str]:
        """Return the filled cells of the columns that make no field."""
        return {column: text for column in self.reading.left if (text := clean(self.raw(column)))}

    def codes(self) -> list[str]:
        """Return what other systems call the record, the first first."""
        return [code for one in self.text("codes").split(", ") if (code := clean(one))]

    def codes_with(self, key: str) -> tuple[str, ...]:
        """Return the key and the other codes of the row."""
        own = self.codes()
        if own and key == f"{self.mapping.prefix}{own[0]}":
            del own[0]
        return tuple(dict.fromkeys((key, *own)))

    def key(self, columns: tuple[str, ...], fields: tuple[str, ...]) -> str:
        """Return what tells this row from others: its columns, else its fields, and of several codes the first.

        Raises:
            Refused: it is empty.
        """
        parts = [clean(self.raw(column)) for column in columns]
        parts += [clean(self.text(field)) if field != "codes" else "".join(self.codes()[:1]) for field in fields]
        key = " ".join(filter(None, parts))
        if not key:
            of_fields = (one for field in fields for one in self.reading.columns.get(field, (field,)))
            raise Refused(f"{', '.join((*columns, *of_fields))} is empty, and tells records apart")
        key = f"{self.mapping.prefix}{key}"
        return key if len(key) <= _CODE_MAX else blake2b(key.encode(), digest_size=12).hexdigest()


class Past:
    """What earlier imports said of each record, field by field, read from the history.

    A second run changes only what has changed in the file since; what people changed here stays theirs.
    """

    def __init__(self, desk: Desk, collection: str) -> None:
        self._said: dict[int, dict[str, Any]] = {}
        self._made: set[int] = set()
        for entry in desk.store.journal.history(collection):
            if not str(entry.header.get("do") or "").endswith(".import"):
                continue
            for op in entry.ops:
                if op.table == collection and op.id is not None and op.doc is not None:
                    names: Iterable[str] = op.doc if op.was is None else {*op.was, *op.added}
                    if op.was is None:
                        self._made.add(op.id)
                    self._said.setdefault(op.id, {}).update({name: op.doc.get(name) for name in names})

    def said(self, number: int, field: str, now: Any) -> Any:
        """Return what the last import said of a field; of a record that people filed, what it is ``now``."""
        said = self._said.get(number, {})
        return said.get(field) if number in self._made else said.get(field, now)


def changed(past: Past, record: Record, wanted: Record, fields: Iterable[str]) -> dict[str, Any]:
    """Return those of ``fields`` that the file says otherwise than it did, with the value now wanted."""
    now, new = record.doc(), wanted.doc()
    return {
        name: getattr(wanted, name)
        for name in fields
        if not _same(new.get(name), past.said(record.id, name, now.get(name)))
        and not _same(new.get(name), now.get(name))
    }


def _same(one: Any, other: Any) -> bool:
    """Return whether two stored values are the same; nothing, an empty text and an empty list are."""
    return (one in _EMPTY and other in _EMPTY) or orjson.dumps(one) == orjson.dumps(other)


def join_notes(before: str, now: Mapping[str, str]) -> str:
    """Return notes with a line for each column; a column that comes again replaces its line."""
    lines = {line.partition(": ")[0]: line for line in before.splitlines()}
    lines |= {column: f"{column}: {text}" for column, text in now.items()}
    return "\n".join(lines.values())


def noted(cells: Cells, fields: Iterable[str]) -> dict[str, str]:
    """Return the cells that make some fields as notes, by column: what could not be taken as it is."""
    found: dict[str, str] = {}
    for field in fields:
        columns = cells.reading.columns.get(field, ())
        if text := clean(" ".join(cells.raw(one) for one in columns)):
            found[", ".join(columns)] = text
    return found


def notes_again(before: str, cells: Cells, fields: Iterable[str], now: Iterable[str]) -> str:
    """Return notes with those of some fields as they are now, and without what they said before.

    Args:
        before: the notes.
        cells: the row.
        fields: all that may be noted.
        now: those that are.
    """
    columns = {", ".join(cells.reading.columns.get(one, ())) for one in fields}
    lines = (line for line in before.splitlines() if line.partition(": ")[0] not in columns)
    return join_notes("\n".join(lines), noted(cells, now))
