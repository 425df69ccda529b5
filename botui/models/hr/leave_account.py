"""The account of one person in one type of leave: what is granted when, what lapses, what goes into the next year.

Pure reckoning over the lines of the ledger. All that follows from the rules of a type has a key; what is booked under
a key is made up to what it has to be, so that it can be reckoned again at any time, also after a year was closed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NamedTuple

from botui.models import calendar
from botui.models.hr.leave import LeaveType, Per, Unit, Why

_DAY: Final = timedelta(days=1)
_MONTHS: Final = 12
_MIDDLE: Final = 15
"""A month counts in which somebody is employed on its 15th."""
FOLLOWS: Final = frozenset({Why.CARRIED, Why.EXPIRED})
"""What is reckoned from all other lines."""
_GOES: Final = frozenset({Why.USED, Why.BACK, Why.PAID_OUT})
"""What is taken first from what was carried over."""


class Line(NamedTuple):
    """One line of an account: the day from which it counts, how much, why, and under which key it was reckoned."""

    on: date
    amount: Decimal
    why: Why
    key: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What an account follows.

    Attributes:
        type: the rules of the type.
        starts, ends: the first and the last day of the employment; None = not known, and nothing is granted without
            a first day.
        scale: which part of the allowance they get, at most 1: less where they work on fewer days than the office.
    """

    type: LeaveType
    starts: date | None = None
    ends: date | None = None
    scale: Decimal = Decimal(1)


def balance_of(lines: Iterable[Line], on: date) -> Decimal:
    """Return what counts by a day."""
    return sum((one.amount for one in lines if one.on <= on), Decimal(0))


def due(terms: Terms, lines: Sequence[Line], today: date, since: int = 0) -> list[Line]:
    """Return what is to be booked by a day and is not yet: allowances, what lapses, what goes over a year's end.

    Args:
        terms: what the account follows.
        lines: what is in it.
        today: the day.
        since: the year from which what lapses and goes over is reckoned again: years before it stay as they were
            closed, whatever the rules of the type say now.
    """
    if not terms.type.counted:
        return []
    new = list(_grants(terms, lines, today))
    new += _closings(terms.type, [*lines, *new], today, since)
    return new


# --- allowances -------------------------------------------------------------------------------------------------------


def _grants(terms: Terms, lines: Sequence[Line], today: date) -> Iterator[Line]:
    """Yield the allowances that are due and not in the account; an opening balance has in it what was due before."""
    kind, starts = terms.type, terms.starts
    if starts is None or kind.per is Per.NEVER or not kind.allowance:
        return
    granted = {one.key for one in lines}
    opened = max((one.on for one in lines if one.why is Why.OPENING), default=date.min)
    begins = max(starts, kind.since or starts)
    last = today if terms.ends is None else min(today, terms.ends)
    months = range(_month(begins), _month(last) + 1)
    periods = dict.fromkeys(month // _MONTHS for month in months) if kind.per is Per.YEAR else months
    for period in periods:
        first = period * _MONTHS if kind.per is Per.YEAR else period
        day = max(_first(first), starts)
        key = f"allowance {period}" if kind.per is Per.YEAR else f"allowance {_first(first):%Y-%m}"
        amount = _share(terms, first, _MONTHS if kind.per is Per.YEAR else 1)
        if amount and key not in granted and opened < day <= last and (kind.since is None or day >= kind.since):
            yield Line(day, amount, Why.ALLOWANCE, key)


def _share(terms: Terms, first: int, many: int) -> Decimal:
    """Return the allowance of a period: of a year by its months, each of which counts or does not."""
    days = (_first(month).replace(day=_MIDDLE) for month in range(first, first + many))
    here = sum((terms.starts or date.max) <= day and (terms.ends is None or day <= terms.ends) for day in days)
    return rounded(terms.type.allowance * terms.scale * here / many, terms.type.unit)


def rounded(amount: Decimal, unit: Unit) -> Decimal:
    """Return an amount as it is granted: half days, or hours to a hundredth; halves of these up."""
    if unit is Unit.HOURS:
        return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return (amount * 2).quantize(Decimal(1), ROUND_HALF_UP) / 2


def _month(day: date) -> int:
    return day.year * _MONTHS + day.month - 1


def _first(month: int) -> date:
    return date(month // _MONTHS, month % _MONTHS + 1, 1)


# --- what lapses, and the end of a year -------------------------------------------------------------------------------


def _closings(kind: LeaveType, lines: Sequence[Line], today: date, since: int) -> Iterator[Line]:
    """Yield what lapses of what was carried over, and for each year that has ended what goes over and what is lost."""
    booked: defaultdict[str, Decimal] = defaultdict(Decimal)
    years: defaultdict[int, list[Line]] = defaultdict(list)
    for one in lines:
        if one.why in FOLLOWS:
            booked[one.key] += one.amount
        else:
            years[one.on.year].append(one)
    first = max(min(years, default=today.year), since)
    carried = booked[f"carried in {first}"]
    for year in range(first, today.year + 1):
        wanted: list[Line] = []
        lost = _lapsed(kind, years[year], carried, year, today)
        wanted.append(Line(min(lapses(kind, year) + _DAY, date(year, 12, 31)), -lost, Why.EXPIRED, f"lapsed {year}"))
        if year < today.year:
            rest = sum((one.amount for one in years[year]), carried) - lost
            carried = rest if kind.carry is None else min(rest, kind.carry)
            wanted.append(Line(date(year, 12, 31), carried - rest, Why.EXPIRED, f"lost {year}"))
            wanted.append(Line(date(year, 12, 31), -carried, Why.CARRIED, f"carried out {year}"))
            wanted.append(Line(date(year + 1, 1, 1), carried, Why.CARRIED, f"carried in {year + 1}"))
        for one in wanted:
            if more := one.amount - booked[one.key]:
                yield one._replace(amount=more)


def lapses(kind: LeaveType, year: int) -> date:
    """Return the last day of a year on which what was carried into it is there: its last one, if no other is said."""
    month, _, day = (kind.carry_until or "12-31").partition("-")
    return min(date(year, int(month), 1) + (int(day) - 1) * _DAY, calendar.month_end(date(year, int(month), 1)))


def _lapsed(kind: LeaveType, lines: Sequence[Line], carried: Decimal, year: int, today: date) -> Decimal:
    """Return what of the days that were carried into a year is lost because they were not used in time."""
    last = lapses(kind, year)
    if not kind.carry_until or today <= last or carried <= 0:
        return Decimal(0)
    early = [one for one in lines if one.on <= last]
    used = -sum((one.amount for one in early if one.why in _GOES), Decimal(0))
    there = carried + sum((one.amount for one in early), Decimal(0))
    return max(min(carried - used, there), Decimal(0))
