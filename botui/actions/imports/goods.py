"""What imports of assets, items, stock and orders share: codes as spreadsheets leave them, which item a row names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from botui import areas
from botui.actions.imports.columns import plain
from botui.actions.imports.directory import Directory
from botui.actions.imports.mapping import Reading
from botui.actions.imports.rows import Cells
from botui.actions.imports.sheet import Row
from botui.actions.imports.subjects import Subject
from botui.models.base import Refused, clean

_MANGLED: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)?[eE]\+?[0-9]+")
"""A long number that a spreadsheet has shortened: ``6.37702E+15``; the digits that it left out are lost."""
_NUMBER: Final = re.compile(r"(?=.*[0-9])[\w./-]{1,40}")
"""What is the number of an item rather than its name: it has a digit and no blank."""
_BETWEEN: Final = re.compile(r"[,;|\n]")


def is_mangled(text: str) -> bool:
    """Return whether a number was shortened by a spreadsheet, so that it names nothing any more."""
    return _MANGLED.fullmatch(text) is not None


def is_ours(collection: str, code: str) -> bool:
    """Return whether a code of another system reads like the number of a record here, such as ``I-7`` or ``PO-12``."""
    found = areas.parse_ref(code)
    return found is not None and found[0] == collection


def barcodes(cells: Cells, field: str = "codes") -> tuple[list[str], list[str]]:
    """Return the barcodes of a row, and those that a spreadsheet has shortened."""
    if not cells.has(field):
        return [], []
    columns = cells.reading.columns.get(field, ())
    texts = [cells.raw(one) for one in columns] if len(columns) > 1 else [cells.text(field)]
    found = (clean(one) for text in texts for one in _BETWEEN.split(text))
    whole = [re.sub(r"(?<=[0-9]{6})\.0+$", "", one) for one in found if one and one != "-"]
    return [one for one in whole if not is_mangled(one)], [one for one in whole if is_mangled(one)]


def codes_with(
    cells: Cells, known: tuple[str, ...], whose: Callable[[str], str], doubt: Callable[[Cells, str], None]
) -> tuple[str, ...]:
    """Return codes and the barcodes of a row, without those that were cut or are another's, which the report names.

    Args:
        cells: the row.
        known: the codes that there are.
        whose: returns in words whose a barcode is; nothing if it can be taken.
        doubt: tells something of the row in the report.
    """
    whole, mangled = barcodes(cells)
    for one in mangled:
        doubt(cells, f"a spreadsheet cut the barcode {one}, which is not taken")
    taken = []
    for one in whole:
        if words := whose(one):
            doubt(cells, f"the barcode {one} is {words} and is not taken")
        else:
            taken.append(one)
    return tuple(dict.fromkeys((*known, *taken)))


def find_item(directory: Directory, cells: Cells, codes: str = "codes") -> int:
    """Return the number of the item that a row names: by its number, a barcode, or its name.

    Raises:
        Refused: there is none, or there are several.
    """
    code, name = clean(cells.word("code")), clean(cells.text("name"))
    asked = [("code", f"{cells.mapping.prefix}{code}" if code else ""), ("code", code)]
    asked += [("code", one) for one in barcodes(cells, codes)[0]]
    # a column of names may hold numbers as well, and the other way round
    asked += [("code", name), ("name", name), ("name", code)]
    for what, text in asked:
        numbers = sorted(set(directory.find("items", what, text))) if text else []
        if len(numbers) > 1:
            raise Refused(f"'{text[:60]}' could be {', '.join(areas.ref('items', one) for one in numbers[:4])}")
        if numbers:
            return numbers[0]
    named = next(filter(None, (code, *barcodes(cells, codes)[0], name)), "")
    if not named:
        raise Refused("it does not say which item")
    raise Refused(f"there is no '{named[:60]}' among items: import the items first")


def refined(subject: Subject, reading: Reading, rows: Sequence[Row]) -> Reading:
    """Return which columns make which field where headings alone do not say it.

    Barcodes stand in several columns (EAN, UPC); an "Item" beside a "Description" is a number where it looks like one;
    of "category" and "category_name" the one with names is meant.
    """
    if subject.name not in ("items", "stock", "orders"):
        return reading
    columns, left = dict(reading.columns), list(reading.left)
    field = "barcodes" if subject.name == "orders" else "codes"
    more = [column for column in left if plain(column) in subject.words.get(field, ())] if field in columns else []
    if more:
        columns[field] = (*columns[field], *more)
        left = [column for column in left if column not in more]
    _named(subject, columns, left, rows)
    name, note = columns.get("name", ()), columns.get("note", ())
    if subject.name == "items" and "code" not in columns and len(name) == len(note) == 1:
        cells = [text for row in rows if (text := row.cells.get(name[0], "").strip())]
        described = plain(note[0]).endswith("description") and plain(name[0]) != "name"
        if described and cells and all(_NUMBER.fullmatch(one) for one in cells):
            columns |= {"code": name, "name": note}
            del columns["note"]
    return Reading(columns, tuple(left))


def _named(subject: Subject, columns: dict[str, tuple[str, ...]], left: list[str], rows: Sequence[Row]) -> None:
    """Take names rather than the numbers that another system gives its own lists."""

    def says_names(column: str) -> bool:
        return any((text := row.cells.get(column, "").strip()) and not text.isdigit() for row in rows)

    for field in ("category", "place", "supplier"):
        if len(columns.get(field, ())) != 1 or says_names(columns[field][0]):
            continue
        better = (one for one in left if plain(one) in subject.words.get(field, ()) and says_names(one))
        if (other := next(better, None)) is not None:
            left[left.index(other)] = columns[field][0]
            columns[field] = (other,)
