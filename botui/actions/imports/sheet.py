"""Files of other systems as rows of text: CSV of every kind, JSON, JSON lines, XLSX.

A file that cannot be read as a whole is refused; a row that does not fit the header is kept aside with its reason.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from botui.actions.imports.records import records_of
from botui.models.base import Refused, clean

LARGEST: Final = 200 * 1024 * 1024
"""Bytes of a file: a million tickets; more is a mistake."""
_LOOK_AT: Final = 30
"""Rows among which the header is looked for, and by which the separator is told."""
_SEPARATORS: Final = ",;\t|"
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_NOT_TEXT: Final = {
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file; save it as CSV or XLSX",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a compressed file; unpack it first",
    b"SQLite": "a database",
}

_FIGURES: Final = re.compile(r"\d[\d.,:/T -]*", re.ASCII)
"""A number or a date: no heading."""

Score = Callable[[Sequence[str]], int]
"""How many cells of a row are headings that are known."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands in the file, and its cells by column; a cell that is missing is not there.

    Attributes:
        more: further rows of the same record, such as the other lines of an order.
    """

    where: str
    cells: dict[str, str]
    more: tuple[Row, ...] = ()


@dataclass(slots=True)
class Sheet:
    """What a file holds.

    Attributes:
        columns: the headings, cleaned, none twice.
        bad: where and why a row cannot be read.
        ragged: the cells of those that do not fit the header, by where they stand.
        before: the cells of the rows above the header.
        notes: what was guessed about the file, in words.
    """

    columns: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    bad: list[tuple[str, str]] = field(default_factory=list)
    ragged: dict[str, list[str]] = field(default_factory=dict)
    before: list[list[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Form:
    """What the map file says about the form of the file; what it does not say is guessed.

    Attributes:
        header: the line or row of the header, counted from 1.
    """

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header: int = 0


def read_sheet(path: Path, form: Form, score: Score) -> Sheet:
    """Read a file.

    Raises:
        Refused: it cannot be read, or holds no table.
    """
    data = _bytes(path)
    sheet = Sheet()
    if data[:4] == b"PK\x03\x04":
        from botui.actions.imports.xlsx import rows_of

        _take_table(sheet, rows_of(data, form.sheet, sheet.notes), form, score, "row")
    else:
        text = _text(data, form.encoding, sheet.notes)
        if text.lstrip()[:1] in ("{", "["):
            _take_records(sheet, text)
        else:
            _take_table(sheet, _csv_rows(text, form.delimiter, sheet.notes), form, score, "line")
    if not sheet.rows and not sheet.bad:
        raise Refused(f"There is nothing to import in {path.name}.")
    return sheet


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Refused(f"{path} is a folder.")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror or error}.") from None
    except ValueError:
        raise Refused("This is not the name of a file.") from None
    if len(data) > LARGEST:
        raise Refused(f"{path.name} is larger than {LARGEST >> 20} MB; split it.")
    if not data.strip():
        raise Refused(f"{path.name} is empty.")
    return data


def _text(data: bytes, encoding: str, notes: list[str]) -> str:
    """Return the text of a file, and say how it was read where that was a guess."""
    for start, what in _NOT_TEXT.items():
        if data.startswith(start):
            raise Refused(f"This is {what}.")
    guesses = [encoding] if encoding else [*_by_mark(data), "utf-8", "cp1252", "latin-1"]
    for guess in guesses:
        try:
            text = data.decode(guess)
        except (UnicodeDecodeError, LookupError):
            continue
        strange = sum(1 for c in text[:100_000] if c < " " and c not in "\t\n\r\f\x1b")
        if strange > max(20, len(text[:100_000]) // 20):
            raise Refused("This is not a text file, nor an XLSX file.")
        if guess in ("cp1252", "latin-1") and not encoding:
            notes.append(f"It is not UTF-8; read as {guess}. If letters look wrong, name the encoding in the map file.")
        return text
    raise Refused(f"It cannot be read as {encoding}: name another encoding in the map file.")


def _by_mark(data: bytes) -> list[str]:
    """Return the encodings that the first bytes show: a byte order mark, or the NULs of UTF-16 without one."""
    found = [name for mark, name in _BOMS if data.startswith(mark)]
    start = data[:1000]
    if not found and start.count(0) > len(start) // 4:
        found = ["utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"]
    return found


def _take_records(sheet: Sheet, text: str) -> None:
    columns: dict[str, None] = {}
    for where, cells, wrong in records_of(text):
        if wrong:
            sheet.bad.append((where, wrong))
        else:
            columns.update(dict.fromkeys(cells))
            sheet.rows.append(Row(where, cells))
    sheet.columns = tuple(columns)


# --- tables ---------------------------------------------------------------------------------------------------------

Numbered = tuple[int, list[str], str]
"""Line or row, its cells, and why they cannot be used (mostly nothing)."""


def _csv_rows(text: str, delimiter: str, notes: list[str]) -> Iterator[Numbered]:
    separator = delimiter or _separator(text)
    if not delimiter and separator != ",":
        notes.append(f"Cells are parted by {'tabs' if separator == chr(9) else separator}.")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader), ""
        except StopIteration:
            return
        except csv.Error as error:
            if "unexpected end" in str(error) or "larger than" in str(error):
                raise Refused(f"Line {line}: a quotation mark is opened there and never closed.") from None
            lines = f" (up to line {reader.line_num})" if reader.line_num > line else ""
            yield line, [], f"its quotation marks do not fit{lines}"


def _separator(text: str) -> str:
    """Return the separator by which most of the first rows have the same number of cells, more than one."""
    lines = text[:200_000].splitlines(keepends=True)[: _LOOK_AT * 4]

    def fitting(separator: str) -> tuple[int, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if row)
        except csv.Error:
            return 0, 0
        widths.pop(1, None)
        width, times = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return times, width

    best = max(_SEPARATORS, key=fitting)
    return best if fitting(best)[0] else ","


def _take_table(sheet: Sheet, rows: Iterable[Numbered], form: Form, score: Score, word: str) -> None:
    """Find the header, then take every row below it."""
    numbered = iter(rows)
    first: list[Numbered] = []
    for one in numbered:
        first.append(one)
        if len(first) >= max(_LOOK_AT, form.header):
            break
    if not first:
        raise Refused("There is nothing in it.")
    place = _header(first, form, score)
    if place > 0:
        sheet.notes.append(f"{place} {word}{'s' if place > 1 else ''} before the header left out.")
        sheet.before = [cells for _, cells, _ in first[:place]]
    heads = list(first[place][1])
    while heads and not heads[-1].strip():
        heads.pop()
    sheet.columns = _headings(heads, sheet.notes)
    for batch in (first[place + 1 :], numbered):
        for number, cells, wrong in batch:
            if wrong:
                sheet.bad.append((f"{word} {number}", wrong))
            else:
                _take_row(sheet, f"{word} {number}", cells)


def _header(rows: list[Numbered], form: Form, score: Score) -> int:
    if form.header:
        for place, (number, _, _) in enumerate(rows):
            if number == form.header:
                return place
        raise Refused(f"There is no row {form.header} to be the header.")
    scores = [score(cells) - sum(1 for cell in cells if _FIGURES.fullmatch(cell.strip())) for _, cells, _ in rows]
    if max(scores) > 0:
        return scores.index(max(scores))
    filled = [sum(1 for cell in cells if cell.strip()) for _, cells, _ in rows]
    return filled.index(max(filled))


def _headings(cells: list[str], notes: list[str]) -> tuple[str, ...]:
    names: list[str] = []
    for place, cell in enumerate(cells, start=1):
        name = clean(cell)[:80]
        if not name:
            name = f"column {place}"
            notes.append(f"The {place}. column has no heading: '{name}'.")
        if name in names:
            number = 2
            while f"{name} ({number})" in names:
                number += 1
            notes.append(f"The heading '{name}' comes twice: the {place}. column is '{name} ({number})'.")
            name = f"{name} ({number})"
        names.append(name)
    return tuple(names)


def _take_row(sheet: Sheet, where: str, cells: list[str]) -> None:
    while len(cells) > len(sheet.columns) and not cells[-1].strip():
        cells = cells[:-1]
    if not any(cell.strip() for cell in cells):
        return
    if len(cells) != len(sheet.columns):
        sheet.bad.append((where, f"it has {len(cells)} cells, the header has {len(sheet.columns)}"))
        sheet.ragged[where] = cells
        return
    sheet.rows.append(Row(where, dict(zip(sheet.columns, cells, strict=True))))
