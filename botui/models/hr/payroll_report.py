"""The payroll sheet of a month as a report: on the screen, as text and as CSV."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from botui.models.hr.payroll import Line, Sheet, month_of, sheet
from botui.models.office import Context
from botui.models.office.reports import Cell, Report

TELLS: Final = ("person_files", "pay", "leave", "leavetypes", "punches")
"""Collections that it tells of."""
HEADER: Final = ("No.", "Person", "Not as before", "Unpaid", "Hours", "To pay", "Difference")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def days(today: date) -> tuple[date, date]:
    """Return the days it is of where nobody says others: this month."""
    return month_of(today)


def name_of(month: date) -> str:
    """Return a month in words: ``Nov 2026``."""
    return f"{_MONTHS[month.month - 1]} {month.year}"


def payroll(ctx: Context, since: date, until: date) -> Report:
    """Tell what everybody comes to in the month in which the first of two days lies, held against the month before."""
    found = sheet(ctx, since)
    rows: list[tuple[Cell, ...]] = [row(ctx, one) for one in found.lines]
    if found.lines:
        now, before = totals(found)
        hours = sum((one.now.worked for one in found.lines), Decimal(0))
        unpaid = sum((one.now.unpaid for one in found.lines), Decimal(0))
        rows.append(("", "All", f"{len(found.changed)} changed", unpaid, hours, now, now - before))
    currency = ctx.settings.currency
    return Report(f"Payroll, {name_of(found.first)}, {currency}, before tax", HEADER, tuple(rows))


def totals(found: Sheet) -> tuple[Decimal, Decimal]:
    """Return what all come to in a month, and in the one before."""
    now = sum((one.now.gross for one in found.lines), Decimal(0))
    return now, sum((one.before.gross for one in found.lines), Decimal(0))


def row(ctx: Context, line: Line) -> tuple[Cell, ...]:
    """Return the row of one person."""
    now = line.now
    return (line.number, ctx.person(line.person), line.what, now.unpaid, now.worked, now.gross, line.difference)
