"""A bank's file as lines: CSV in banks' many shapes, or a sheet, with what stands above and below the lines.

A row that has a date or an amount and cannot be read refuses the file as a whole: a statement that lacks a line proves
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Final

from botui.actions.imports.bank_amounts import amounts_of
from botui.actions.imports.bank_columns import DATED, FIGURES, missing, refined, words_of
from botui.actions.imports.bank_rows import RowReader, day_of
from botui.actions.imports.columns import known_headings
from botui.actions.imports.mapping import Map, Reading, assign
from botui.actions.imports.rows import Cells
from botui.actions.imports.sheet import Sheet, read_sheet
from botui.models import calendar
from botui.models.base import Refused, clean
from botui.models.records.bank_lines import Told, told

LINES_MAX: Final = 5_000
"""Lines of one file, which become one change: some months of a busy account."""
_AHEAD: Final = 7
"""Days after today on which a line may be booked: some banks date what comes over a weekend to the day after."""
ORDERS: Final[Mapping[str, calendar.Order]] = {"dmy": "dmy", "mdy": "mdy", "ymd": "ymd"}
UNCLEAR: Final = ("dmy", "mdy")
"""Orders that cannot always be told apart: which of them an account's files have is kept."""
_OTHER_FORMS: Final = {
    "OFXHEADER": "OFX",
    "<OFX": "OFX",
    "<?xml": "XML",
    "!Type:": "QIF",
    ":20:": "MT940",
    "{1:": "MT940",
}


class DatesUnclear(Refused):
    """Nothing in a file shows whether day or month comes first; whoever imports it says so."""


@dataclass(slots=True)
class BankFile:
    """What a bank's file tells.

    Attributes:
        told: its lines in the order of time, with the balances.
        digest: SHA-256 of the file.
        order: the order of day, month and year in its dates; ``usual``: nothing in it shows that, it is the usual one.
        own: the numbers of the account that it is of, as far as it says one.
        columns: for each field the columns it comes from; ``lost``: columns that are not kept.
        notes: what was guessed, and what was left out.
    """

    told: Told
    digest: str
    order: str
    usual: bool = False
    own: frozenset[str] = frozenset()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lost: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asked:
    """What whoever imports a file says about it.

    Attributes:
        mapping: what the map file says.
        order: the order of day and month; empty = it is told from the file.
        usual: the order in which the bank's files were read before; it settles what the file leaves open.
        opening, closing: the balances as the bank's paper says them; None = the file says.
        number: of the account; of a file with lines of several accounts only its own are read.
        name: what the file is called; empty = as the path says.
    """

    mapping: Map = field(default_factory=Map)
    order: str = ""
    usual: str = ""
    opening: Decimal | None = None
    closing: Decimal | None = None
    number: str = ""
    name: str = ""


def read_bank_file(path: Path, asked: Asked, *, currency: str, zone: str, today: date) -> BankFile:
    """Read a bank's file.

    Args:
        path: the file.
        asked: what is known about it.
        currency: the office's; the lines are in it.
        zone: the office's.
        today: no line lies far behind it.

    Raises:
        DatesUnclear: nothing shows the order of its dates.
        Refused: it is no bank's file, or not all of it can be read; the sentence says what and where.
    """
    name = asked.name or path.name
    _refuse_other_forms(path, name)
    mapping = asked.mapping
    sheet, reading = _sheet(path, name, mapping, words_of(currency))
    rows = _own([Cells(row, mapping, reading) for row in sheet.rows], asked.number, sheet.notes)
    figures = (one.text(name) for one in rows for name in FIGURES)
    reader = RowReader(amounts_of(figures, mapping.decimal, currency), zone, sheet)
    order, usual = _order_or_usual(rows, asked, today, zone)
    lines = list(reader.lines(rows, order))
    if not lines:
        raise Refused(f"There is no line with an amount in {name}.")
    if ahead := next((one for one in lines if (one.on - today).days > _AHEAD), None):
        raise Refused(f"{ahead.where.capitalize()}: {ahead.on} lies ahead; are day and month read in the right order?")
    if len(lines) > LINES_MAX:
        raise Refused(f"{name} has {len(lines):,} lines; {LINES_MAX:,} at most: export a shorter time.")
    opening = reader.opening if asked.opening is None else asked.opening
    closing = reader.closing if asked.closing is None else asked.closing
    return BankFile(
        told(lines, opening, closing),
        sha256(path.read_bytes()).hexdigest(),
        order or "",
        usual,
        frozenset(_compact(text) for one in rows if (text := one.word("own"))) | _numbers_in(sheet.before),
        dict(reading.columns),
        reading.left,
        [*sheet.notes, *reader.notes],
    )


def _sheet(path: Path, name: str, mapping: Map, words: Mapping[str, Sequence[str]]) -> tuple[Sheet, Reading]:
    """Return the rows, and which columns make which field; decimal commas do not pass for what parts the cells."""
    first: tuple[Sheet, Reading] | None = None
    for delimiter in (mapping.form.delimiter, *("" if mapping.form.delimiter else ";\t,|")):
        sheet = read_sheet(path, replace(mapping.form, delimiter=delimiter), lambda cells: known_headings(words, cells))
        reading = refined(assign(mapping, words, sheet.columns), sheet.rows)
        if not missing(reading.columns):
            return sheet, reading
        first = first or (sheet, reading)
    assert first is not None
    if any(day_of(one, "UTC", order) for one in first[0].columns for order in ("dmy", "mdy")):
        raise Refused(f"{name} has no line of headings: put one above its lines, such as Date;Payee;Text;Amount.")
    said = ", ".join(first[0].columns)[:200]
    lacks = missing(first[1].columns)
    raise Refused(f"No column of {name} is {lacks}: {said}. Write a map file; see docs/import.md.")


def _refuse_other_forms(path: Path, name: str) -> None:
    """Refuse, by their names, the other forms in which banks give lines out."""
    try:
        with path.open("rb") as file:
            start = file.read(400).decode("latin-1").lstrip("\ufeff\u00ef\u00bb\u00bf \r\n")
    except (OSError, ValueError):
        return
    for mark, form in _OTHER_FORMS.items():
        if start.startswith(mark):
            raise Refused(f"{name} is {form}: let the bank give the lines out as CSV or XLSX.")


def _own(rows: list[Cells], number: str, notes: list[str]) -> list[Cells]:
    """Return the rows of the account, where a file tells of several.

    Raises:
        Refused: it does, and the account has no number by which its lines are known.
    """
    theirs = {_compact(text) for one in rows if (text := one.word("own"))}
    if len(theirs) < 2:
        return rows
    mine = _compact(number)
    if not mine:
        raise Refused(f"The file has lines of {len(theirs)} accounts: give the account its number first.")
    found = [one for one in rows if _compact(one.word("own")).endswith(mine)]
    notes.append(f"Lines of other accounts left out: {len(rows) - len(found):,}.")
    return found


def _compact(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).upper()


def _numbers_in(rows: Iterable[Sequence[str]]) -> frozenset[str]:
    """Return the account numbers that stand above the lines: IBANs."""
    found = (_compact(one) for row in rows for cell in row for one in cell.split(":"))
    return frozenset(one for one in found if re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", one))


# --- dates ------------------------------------------------------------------------------------------------------------


def _order_or_usual(rows: Sequence[Cells], asked: Asked, today: date, zone: str) -> tuple[calendar.Order | None, bool]:
    """Return the order of the dates, and whether nothing shows it and it is as it was before."""
    try:
        return _order(rows, asked, today, zone), False
    except DatesUnclear:
        if asked.usual not in UNCLEAR:
            raise
        return ORDERS[asked.usual], True


def _order(rows: Sequence[Cells], asked: Asked, today: date, zone: str) -> calendar.Order | None:
    """Return the order of the dates: as somebody says, as they show, as they follow each other."""
    if said := asked.order or asked.mapping.order:
        return ORDERS[said]
    samples = [text for one in rows for name in DATED if (text := one.word(name))]
    if found := calendar.guess_order(samples):
        return found
    if all(day_of(one, zone, "dmy") == day_of(one, zone, "mdy") for one in samples):
        return None
    booked = [text for one in rows if (text := one.word("on"))]
    fits = [order for order in UNCLEAR if _follows(booked, order, today, zone)]
    if len(fits) == 1:
        return ORDERS[fits[0]]
    example = clean(next(one for one in samples if day_of(one, zone, "dmy") != day_of(one, zone, "mdy")))[:20]
    raise DatesUnclear(f"Nothing shows whether day or month comes first: '{example}'. Say which.")


def _follows(texts: Sequence[str], order: str, today: date, zone: str) -> bool:
    """Return whether dates read so go one way, up or down, and not far into the future."""
    days = [day_of(text, zone, order) for text in texts]
    known = [one for one in days if one is not None]
    if len(known) < len(days) or any((one - today).days > 0 for one in known):
        return False
    pairs = list(pairwise(known))
    return all(one <= other for one, other in pairs) or all(one >= other for one, other in pairs)
