"""Payroll on the screen: on the task of a month what is not as in the month before; all of it with ``q``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from botui.actions.reports import report
from botui.data import Desk
from botui.models.hr.payroll import month_of, sheet
from botui.models.hr.payroll_report import TELLS, name_of, totals
from botui.models.hr.task import Task
from botui.screens.equipment_details import Link
from botui.text import aligned
from botui.widgets.columns import Column
from botui.widgets.detail import Grid, Section

_CHANGES: Final = (
    Column("person", "Person", 18),
    Column("what", "Not as the month before", 20, flex=True),
    Column("gross", "To pay", 11, right=True),
    Column("difference", "Difference", 11, right=True),
)


def reads(desk: Desk) -> bool:
    """Return whether somebody may read all that a payroll sheet tells of."""
    return all(desk.reads_all(one) for one in TELLS)


def month(task: Task) -> date:
    """Return a day of the month of a payroll task: of its day 0, else of its due date."""
    day = task.day or task.due
    assert day is not None, "a task has a day from when it was filed"
    return day


def sections(desk: Desk, task: Task) -> Sequence[Section]:
    """Return what is not as in the month before, and what all comes to; nothing for who may not read pay."""
    if not reads(desk):
        return []
    ctx = desk.context()
    found = sheet(ctx, month(task))
    rows = [
        (ctx.person(one.person), one.what, f"{one.now.gross:,.2f}", f"{one.difference:+,.2f}") for one in found.changed
    ]
    total, before = totals(found)
    rows.append((f"All {len(found.lines)}", "", f"{total:,.2f}", f"{total - before:+,.2f}"))
    heading = f"{name_of(found.first)}: {len(found.changed)} not as the month before (q shows everybody)"
    return [Section(heading, Grid(_CHANGES, rows))]


def links(desk: Desk, task: Task) -> Sequence[Link]:
    """Return the files of those who are not as in the month before."""
    if not reads(desk):
        return []
    found = sheet(desk.context(), month(task))
    return [
        (f"File: {desk.headline('person_files', one.file)}; {one.what}", ("person_files", one.file))
        for one in found.changed
    ]


def payroll_text(desk: Desk, task: Task, width: int) -> tuple[str, str]:
    """Return title and lines of the whole sheet of a payroll task.

    Raises:
        NotAllowed: it is not for this person.
    """
    found = report(desk, "payroll", *month_of(month(task)))
    return found.title, aligned((found.header, *found.rows), width)
