"""Sheets of XLSX files, by openpyxl: an optional extra, because a desk does without."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, Final

from botui import areas
from botui.models.base import Refused

_UNPACKED: Final = 1 << 30
"""Bytes of all parts together: more is a file made to fill the memory."""


def rows_of(data: bytes, name: str, notes: list[str]) -> Iterator[tuple[int, list[str], str]]:
    """Yield row number and cells of a sheet, by default the first.

    Raises:
        Refused: it cannot be read, or openpyxl is not installed.
    """
    try:
        load = areas.load("openpyxl:load_workbook")
    except ImportError:
        raise Refused(
            "To read XLSX files, install openpyxl (pip install 'botui[xlsx]'), or save the sheet as CSV."
        ) from None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _UNPACKED:
                raise Refused("This XLSX file is too large when unpacked; save the sheet as CSV.")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load(io.BytesIO(data), read_only=True, data_only=True)
            sheet = _sheet(book, name, notes)
            yield from ((number, [_text(cell) for cell in row], "") for number, row in enumerate(sheet, start=1))
            book.close()
    except Refused:
        raise
    except Exception as error:  # openpyxl lets every kind of error of a damaged file through
        raise Refused(f"This cannot be read as XLSX ({type(error).__name__}); save the sheet as CSV.") from None


def _sheet(book: Any, name: str, notes: list[str]) -> Any:
    names = book.sheetnames
    if name and name not in names:
        raise Refused(f"There is no sheet '{name}'; there is: {', '.join(names)}.")
    if len(names) > 1 and not name:
        notes.append(f"Only the first of {len(names)} sheets is read: '{names[0]}'.")
    return book[name or names[0]].iter_rows(values_only=True)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (datetime, date, time)):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
