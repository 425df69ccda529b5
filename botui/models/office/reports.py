"""What reports of all areas are made of: a table of plain values with a title, for the screen, as text and as CSV."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from botui.models.office.context import Context
from botui.models.office.settings import Settings

_CENT: Final = Decimal("0.01")

Cell = str | int | Decimal
"""A value of a report: a percentage is a whole number, an amount is in the office's currency with its cents, and
nothing at all is an empty text."""


@dataclass(frozen=True, slots=True)
class Report:
    """A table with a title; the last row is the sum where there are rows at all."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class ReportKind:
    """One report of an area.

    Attributes:
        label: what the screens call it.
        tells: the collections it tells of; it is for whoever may read all of them.
        make: makes it of the records between two days, both included.
        days: gives the days it is of where nobody says others, by today; None = whoever reads it says which, or the
            last 30.
    """

    label: str
    tells: tuple[str, ...]
    make: Callable[[Context, date, date], Report]
    days: Callable[[date], tuple[date, date]] | None = None

    def usual(self, today: date) -> tuple[date, date]:
        """Return the days it is of where nobody says others."""
        return self.days(today) if self.days else (today - timedelta(days=29), today)


def span(settings: Settings, since: date, until: date) -> tuple[datetime, datetime]:
    """Return the first moment of a day and the first after another day, in the office's time."""
    start = datetime.combine(since, time(0), settings.tz).astimezone(UTC)
    return start, datetime.combine(until + timedelta(days=1), time(0), settings.tz).astimezone(UTC)


def cents(amount: Decimal) -> Decimal:
    """Return an amount in whole cents, halves up."""
    return amount.quantize(_CENT, ROUND_HALF_UP)
