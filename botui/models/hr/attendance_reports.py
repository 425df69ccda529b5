"""The report for payroll of who worked how long: by person and week, with what is missing in it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from botui import areas
from botui.models.base import fold
from botui.models.hr.attendance import as_hours, weeks
from botui.models.office import Context, Person
from botui.models.office.reports import Cell, Report

TELLS: Final = ("punches",)
"""Collections that it tells of."""


def hours(ctx: Context, since: date, until: date) -> Report:
    """Tell who worked how long in each week, of the days between two, and how often an in or an out is missing.

    A week stands by the date of its Monday, and is cut where the days begin or end; hours are in hundredths.
    """
    found = weeks(ctx, since, until)
    names = {number: ctx.person(number) for number, _ in found}
    rows: list[tuple[Cell, ...]] = [
        (
            areas.ref(Person.COLLECTION, number),
            names[number],
            str(monday),
            len(week.days),
            as_hours(week.worked),
            week.missing,
        )
        for (number, monday), week in sorted(found.items(), key=lambda one: (fold(names[one[0][0]]), *one[0]))
    ]
    if rows:
        every = found.values()
        total = as_hours(sum((one.worked for one in every), timedelta()))
        rows.append(("All", "", "", sum(len(one.days) for one in every), total, sum(one.missing for one in every)))
    return Report(
        f"Hours by person and week, {since} to {until}",
        ("No.", "Person", "Week from", "Days", "Hours", "Not punched"),
        tuple(rows),
    )


def last_month(today: date) -> tuple[date, date]:
    """Return the days of the hours where nobody says others: those of the month that ended last."""
    end = today.replace(day=1) - timedelta(days=1)
    return end.replace(day=1), end
