"""The report of absence: by department and month, how many working days people were away, and of how many."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from botui.models import calendar
from botui.models.base import fold
from botui.models.hr.leave import Leave, State
from botui.models.hr.leave_days import Workdays, of_a_day, workdays
from botui.models.hr.person_file import PersonFile
from botui.models.office import Context, Department, Person
from botui.models.office.reports import Cell, Report

TELLS: Final = ("leave", "person_files")
"""Collections that it tells of: it is for HR alone."""
_AWAY: Final = frozenset({State.APPROVED, State.TAKEN})
_TENTH: Final = Decimal("0.1")
_HUNDREDTH: Final = Decimal("0.01")
_NONE: Final = "(no department)"


def absence(ctx: Context, since: date, until: date) -> Report:
    """Tell by department and month how many working days people were away, with leave of whatever type.

    A working day is the person's own, without the office's holidays; half a day is a half, hours are what they are of
    the person's day. The share is of all working days of the department's people, from their first day to their last;
    of who has no file and works here no more neither is known, nor counted.
    """
    people = {one.id: one for one in ctx.data.find(Person)}
    files = {one.person: one for one in ctx.data.find(PersonFile)}
    people = {number: one for number, one in people.items() if one.active or number in files}
    weeks = {number: workdays(ctx, number, files.get(number)) for number in people}
    away = _away(ctx, people, weeks, since, until)
    names = {one.id: one.name for one in ctx.data.find(Department)}
    rows: list[tuple[Cell, ...]] = []
    total = worked = Decimal(0)
    for month, first, last in _months(since, until):
        possible: defaultdict[int | None, int] = defaultdict(int)
        heads: defaultdict[int | None, int] = defaultdict(int)
        for one in people.values():
            begin, end = _employed(files.get(one.id), first, last)
            if begin <= end:
                heads[one.department] += 1
                possible[one.department] += len(weeks[one.id].between(begin, end))
        for department in sorted(heads, key=lambda number: (number is None, fold(names.get(number or 0, "")))):
            days = away[department, month].quantize(_HUNDREDTH, ROUND_HALF_UP)
            total, worked = total + days, worked + possible[department]
            name = names.get(department or 0, _NONE)
            rows.append((month, name, heads[department], days, _share(days, Decimal(possible[department]))))
    if rows:
        rows.append(("All", "", "", total, _share(total, worked)))
    return Report(
        f"Absence by department and month, {since} to {until}",
        ("Month", "Department", "People", "Days away", "Share %"),
        tuple(rows),
    )


def _employed(file: PersonFile | None, first: date, last: date) -> tuple[date, date]:
    """Return the first and the last of some days on which somebody works here, as far as that is known."""
    if file is None:
        return first, last
    return max(first, file.starts or first), min(last, file.ends or last)


def _away(
    ctx: Context, people: dict[int, Person], weeks: dict[int, Workdays], since: date, until: date
) -> defaultdict[tuple[int | None, str], Decimal]:
    """Return the days away by department and month."""
    found: defaultdict[tuple[int | None, str], Decimal] = defaultdict(Decimal)
    for leave in ctx.data.find(Leave):
        person = people.get(leave.person or 0)
        if person is None or leave.state not in _AWAY:
            continue
        week = weeks[person.id]
        for day in week.between(max(leave.starts, since), min(leave.until, until)):
            found[person.department, f"{day:%Y-%m}"] += of_a_day(week, leave, day)
    return found


def _months(since: date, until: date) -> list[tuple[str, date, date]]:
    """Return the months of some days, with the first and the last of these days in each."""
    found = []
    while since <= until:
        last = min(calendar.month_end(since), until)
        found.append((f"{since:%Y-%m}", since, last))
        since = last + timedelta(days=1)
    return found


def _share(days: Decimal, of: Decimal) -> Cell:
    return (100 * days / of).quantize(_TENTH, ROUND_HALF_UP) if of else ""


def this_year(today: date) -> tuple[date, date]:
    """Return the days of the report where nobody says others: this year up to today."""
    return today.replace(month=1, day=1), today
