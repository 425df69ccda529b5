"""Reports on what people lack, and on who helps in an emergency."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from botui.models.base import fold, plural
from botui.models.hr.first_aid import first_aiders
from botui.models.hr.needing import gaps_of
from botui.models.hr.qualification import SOON_DAYS
from botui.models.office import Context, Department, Person, Place
from botui.models.office.reports import Cell, Report

GAPS_TELL: Final = ("certificates", "person_files", "acknowledgements")
FIRST_AID_TELLS: Final = ("courses",)
"""Collections of which each report tells; of documents the first names HR's own alone. Who gives first aid is for
everybody to know, what certificates they hold is not."""


def month_ahead(today: date) -> tuple[date, date]:
    """Return today and the day until which what ends is told of."""
    return today, today + timedelta(days=SOON_DAYS)


def gaps(ctx: Context, since: date, until: date) -> Report:
    """Tell what everybody lacks on a day or loses until another: courses, papers, policies not acknowledged."""
    found = []
    for person in ctx.data.find(Person, active=True):
        department = ctx.data.get(Department, person.department) if person.department else None
        for gap in gaps_of(ctx, person, since, until):
            where = department.name if department else ""
            found.append((person.name, where, gap.need.label, gap.what, gap.state(since), gap.ref))
    rows: list[tuple[Cell, ...]] = [*sorted(found, key=lambda row: [fold(one) for one in row])]
    if rows:
        rows.append(("All", "", "", "", plural(len(found), "gap"), ""))
    header = ("Person", "Department", "Of", "What", "How it stands", "See")
    return Report(f"Gaps in training and papers, {since} to {until}", header, tuple(rows))


def first_aid(ctx: Context, _since: date, _until: date) -> Report:
    """Tell who gives first aid, who is in before who is not: where they are and how they are called."""
    rows: list[tuple[Cell, ...]] = []
    for one in first_aiders(ctx):
        place = ctx.data.get(Place, one.place) if one.place else None
        rows.append((one.name, one.presence.label, place.name if place else "", one.extension, one.mobile))
    return Report(f"First-aiders on {ctx.today}", ("Name", "In or out", "Where", "Ext.", "Mobile"), tuple(rows))
