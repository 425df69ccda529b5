"""The rows of a bank's file, one by one: lines, and rows that say a balance or a sum."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, cast

from botui.actions.imports.bank_amounts import Amounts
from botui.actions.imports.bank_columns import TEXTS, side_of
from botui.actions.imports.columns import plain
from botui.actions.imports.rows import Cells
from botui.actions.imports.sheet import Sheet
from botui.actions.imports.values import filled, moment
from botui.models import calendar
from botui.models.base import Refused, clean
from botui.models.records.bank_lines import Said

_OPENING: Final = re.compile(
    r"(opening|starting|beginning|previous|start) balance|(balance )?brought forward|anfangssaldo|anfangsbestand|"
    r"(alter|letzter) (kontostand|saldo)|saldo vortrag|saldovortrag"
)
_CLOSING: Final = re.compile(
    r"(closing|ending|end|final|new|current|book|ledger) balance|(balance )?carried forward|balance|endsaldo|"
    r"endbestand|(neuer )?(kontostand|saldo)|schlusssaldo"
)
_TOTAL: Final = re.compile(r"(sub )?totals?( .*)?|summen?( .*)?|.*(number|anzahl) .*|(end of|ende).*")
_TEXT_MAX: Final = {"name": 200, "text": 1000, "reference": 80, "iban": 40}


def day_of(text: str, zone: str, order: str | None) -> date | None:
    """Return the day that a cell says; None where it says none in this order."""
    try:
        found = moment(text, zone, cast("calendar.Order | None", order))
    except ValueError:
        return None
    return None if found is None else found.astimezone(calendar.find_zone(zone)).date()


class RowReader:
    """Reads the rows of one file.

    Attributes:
        opening, closing: balances that stand in rows of their own.
        notes: what was left out.
    """

    def __init__(self, amounts: Amounts, zone: str, sheet: Sheet) -> None:
        self._amounts, self._zone, self._sheet = amounts, zone, sheet
        self.opening: Decimal | None = None
        self.closing: Decimal | None = None
        self.notes: list[str] = []

    def lines(self, rows: Sequence[Cells], order: calendar.Order | None) -> Iterator[Said]:
        """Yield the lines as the file has them.

        Raises:
            Refused: a row that has a date or an amount cannot be read.
        """
        for cells in self._sheet.before:
            self._balance_row(cells)
        empty = 0
        for one in rows:
            said = self._line(one, order)
            if said is not None and said.amount:
                yield said
            empty += said is not None and not said.amount
        for where, why in self._sheet.bad:
            odd = self._sheet.ragged.get(where)
            if odd is None or not (self._balance_row(odd) or _says_nothing(odd, self._zone)):
                raise Refused(f"{where.capitalize()}: {why}.")
        if empty:
            self.notes.append(f"Lines of 0.00 left out: {empty:,}.")

    def _line(self, one: Cells, order: calendar.Order | None) -> Said | None:
        """Return what a row says; None for one that is no line: a balance, a sum, a note."""
        where = one.row.where
        try:
            amount = self._amount(one)
            balance = self._amounts.read(one.text("balance"), "The balance")
            text = one.word("on")
            if amount is None and (self._balance_row(list(one.row.cells.values())) or not text):
                if balance is not None and not text and self.closing is None and self.opening is None:
                    raise Refused("it has a balance, and neither date nor amount")
                return None
            if amount is None:
                raise Refused("it has a date, and no amount")
            if _no_line(one.row.cells.values()) and day_of(text, self._zone, order) is None:
                return None
            on, value_on = self._date(text, order), self._date(one.word("value_on"), order)
            if on is None:
                raise Refused("it has an amount, and no date")
        except (Refused, ValueError) as error:
            raise Refused(f"{where.capitalize()}: {str(error).rstrip('.')}.") from None
        texts = {name: clean(one.text(name))[: _TEXT_MAX[name]] for name in TEXTS}
        return Said(where=where, on=on, value_on=value_on, amount=amount, balance=balance, **texts)

    def _date(self, text: str, order: calendar.Order | None) -> date | None:
        found = moment(text, self._zone, order)
        return None if found is None else found.astimezone(calendar.find_zone(self._zone)).date()

    def _amount(self, one: Cells) -> Decimal | None:
        """Return the amount of a row with its sign; None where it has none."""
        self._amounts.refuse_other_currency(one.word("currency"), "it")
        both = [self._amounts.read(one.text(name), f"The {name}") for name in ("debit", "credit")]
        paid = [value for value in both if value]
        if len(paid) > 1:
            raise Refused("it says a debit and a credit")
        if paid:
            return -abs(paid[0]) if both[0] else paid[0]
        amount = self._amounts.read(one.text("amount"), "The amount")
        if amount is None:
            return next((value for value in both if value is not None), None)
        side = side_of(one.text("side"))
        return side * abs(amount) if side else amount

    def _balance_row(self, cells: Sequence[str]) -> bool:
        """Take in a row that says a balance: a word for it, and the last amount behind that; else False."""
        for place, cell in enumerate(cells):
            label, _, behind = cell.partition(":")
            words = re.sub(r" (vom|am|as of|on|per|at) .*", "", plain(label))
            words = words if not re.search(r"\d", words) else re.sub(r"[\d ]+.*$", "", words)
            opening = bool(_OPENING.fullmatch(words))
            if not opening and not _CLOSING.fullmatch(words):
                continue
            value = self._first_amount([behind, *cells[place + 1 :]])
            if value is None:
                continue
            if opening:
                self.opening = value
            else:
                self.closing = value
            return True
        return False

    def _first_amount(self, cells: Sequence[str]) -> Decimal | None:
        for cell in cells:
            if (
                re.search(r"\d", cell)
                and day_of(cell, self._zone, "dmy") is None
                and day_of(cell, self._zone, "mdy") is None
            ):
                try:
                    return self._amounts.read(cell, "The balance")
                except Refused:
                    continue
        return None


def _no_line(cells: Iterable[str]) -> bool:
    """Return whether a row without a date is a sum or an end, by its first word."""
    first = next((plain(cell) for cell in cells if cell.strip()), "")
    return bool(_TOTAL.fullmatch(first))


def _says_nothing(cells: Sequence[str], zone: str) -> bool:
    """Return whether a row that does not fit is no line: it has no day, or it is a sum."""
    days = (day_of(cell, zone, order) for cell in cells if filled(cell) for order in ("dmy", "mdy"))
    return _no_line(cells) or not any(one is not None for one in days)
