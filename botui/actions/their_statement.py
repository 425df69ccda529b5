"""The statement of a supplier or customer as a file, read as lines and held against what we have of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from botui.actions.imports.bank_amounts import Amounts, amounts_of
from botui.actions.imports.columns import Words, guess, known_headings, split
from botui.actions.imports.sheet import Form, Row, read_sheet
from botui.actions.imports.values import moment
from botui.data import Desk
from botui.models import calendar
from botui.models.base import Refused, clean
from botui.models.records.their_statement import Compared, Theirs, compare

_WORDS: Final[Words] = {
    "number": split(
        "invoice number,invoice no,bill number,bill no,document number,document no,invoice,document,reference number,"
        "reference,ref,voucher,voucher no,number,no,nr,transaction,description,details"
    ),
    "on": split("invoice date,bill date,document date,date,issue date,issued,posting date,transaction date"),
    "amount": split(
        "amount,invoice amount,open amount,balance due,amount due,open balance,outstanding,original amount,total,value"
    ),
    "debit": split("debit,debits,charges,charge,invoiced"),
    "credit": split("credit,credits,payments,payment,received,paid"),
}
"""Headings on statements of account."""


def read_theirs(desk: Desk, file: Path) -> list[Theirs]:
    """Read the lines of a statement of theirs; lines without an amount, such as balances, are left out.

    Raises:
        Refused: the file cannot be read, has no column of amounts, or a figure in it is none.
    """
    sheet = read_sheet(file, Form(), lambda cells: known_headings(_WORDS, cells))
    columns = guess(_WORDS, sheet.columns)
    if not columns.keys() & {"amount", "debit", "credit"}:
        raise Refused(f"No column of {file.name} has amounts: {', '.join(sheet.columns)[:200]}.")
    figures = [name for name in ("amount", "debit", "credit") if name in columns]
    samples = [row.cells.get(columns[name], "") for name in figures for row in sheet.rows]
    amounts = amounts_of(samples, "", desk.settings.currency)
    days = [row.cells.get(columns.get("on", ""), "") for row in sheet.rows]
    order = calendar.guess_order(days) or desk.settings.order
    return list(_lines(sheet.rows, columns, amounts, desk.settings.zone, order))


def _lines(
    rows: list[Row], columns: Mapping[str, str], amounts: Amounts, zone: str, order: calendar.Order
) -> Iterator[Theirs]:
    for row in rows:
        try:
            amount = _amount(row, columns, amounts)
            on = _day(row.cells.get(columns.get("on", ""), ""), zone, order)
        except (Refused, ValueError) as error:
            raise Refused(f"{row.where}: {error}") from None
        if amount:
            number = clean(row.cells.get(columns.get("number", ""), ""))[:60]
            yield Theirs(number, on, amount, row.where)


def _amount(row: Row, columns: Mapping[str, str], amounts: Amounts) -> Decimal:
    def read(name: str) -> Decimal:
        return amounts.read(row.cells.get(columns.get(name, ""), ""), "Amount") or Decimal(0)

    return read("amount") if "amount" in columns else read("debit") - abs(read("credit"))


def _day(text: str, zone: str, order: calendar.Order) -> date | None:
    found = moment(text, zone, order)
    return None if found is None else found.astimezone(calendar.find_zone(zone)).date()


def compared(desk: Desk, party: int, file: Path) -> Compared:
    """Hold a statement of theirs against our bills and payments of them.

    Raises:
        Refused: the file cannot be used.
        NotAllowed: this person may not look at bills.
    """
    desk.require("bills", "read")
    lines = read_theirs(desk, file)
    if not lines:
        raise Refused(f"{file.name} has no line with an amount.")
    where = {"party": (party,)}
    return compare(lines, desk.find("bills", where), desk.find("payments", where))


def in_words(found: Compared, party: str) -> str:
    """Return how their statement and our books go together, as text."""
    parts = [f"{party}: {len(found.agreed)} of their lines agree with ours."]
    for words, lines in (
        ("Different amounts", found.differ),
        ("Only on theirs", found.theirs),
        ("Only with us", found.ours),
    ):
        if lines:
            parts += ["", f"{words}:", *(f"  {clean(one)}" for one in lines)]
    return "\n".join(parts) + "\n"
