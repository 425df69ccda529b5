"""The report of leave balances: what everybody had, got, used and lost of each type, and what is left."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Final

from botui.models.base import fold, plural
from botui.models.hr.leave import LeaveEntry, LeaveType, Why
from botui.models.office import Context
from botui.models.office.reports import Cell, Report

TELLS: Final = ("leavebook", "leavetypes")
"""Collections that it tells of: it is for HR alone."""
_USED: Final = frozenset({Why.USED, Why.BACK, Why.PAID_OUT})
_HEADER: Final = ("Person", "Type", "In", "Before", "Comes", "Used", "Lost", "Left")


def balances(ctx: Context, since: date, until: date) -> Report:
    """Tell by person and type what there was before a day, what came, was used or lost since, and what is left.

    What was carried over the end of a year within these days goes from one year into the next, and so tells nothing.
    """
    types = {one.id: one for one in ctx.data.find(LeaveType)}
    accounts: defaultdict[tuple[int, int], list[LeaveEntry]] = defaultdict(list)
    for entry in ctx.data.find(LeaveEntry):
        if entry.on is not None and entry.on <= until:
            accounts[entry.person, entry.type].append(entry)
    found = [
        (ctx.person(person), types[kind].name, types[kind].unit.label, *_sums(entries, since))
        for (person, kind), entries in accounts.items()
        if kind in types
    ]
    rows: list[tuple[Cell, ...]] = [*sorted(found, key=lambda row: (fold(row[0]), fold(row[1])))]
    if rows:
        rows.append(("All", plural(len(found), "account"), "", "", "", "", "", ""))
    return Report(f"Leave balances, {since} to {until}", _HEADER, tuple(rows))


def _sums(entries: list[LeaveEntry], since: date) -> tuple[Decimal, Decimal, Decimal, Decimal, Decimal]:
    """Return what there was before a day, and what came, was used, was lost since; and what all of it comes to."""
    before = came = used = lost = Decimal(0)
    for one in entries:
        if one.on is not None and one.on < since:
            before += one.amount
        elif one.why in _USED:
            used -= one.amount
        elif one.why is Why.EXPIRED:
            lost -= one.amount
        else:
            came += one.amount
    return before, came, used, lost, before + came - used - lost
