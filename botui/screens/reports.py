"""Reports at the screen: which one, of which days, and its table."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from botui.actions.reports import report, reports, why_not
from botui.screens.dialogs import Choose, Tell
from botui.text import aligned

if TYPE_CHECKING:
    from botui.data import Desk
    from botui.models.office.reports import Report
    from botui.screens.frame import DeskScreen

_TIMES: Final = [("Today", 1), ("7 days", 7), ("30 days", 30), ("90 days", 90), ("365 days", 365)]
"""Choices of days for a report, today included."""


async def read_report(screen: DeskScreen, area: str) -> None:
    """Ask which report of an area and of which days, and show it; it is for who may read all that it tells of."""
    closed = {name: why_not(screen.desk, name) for name in reports(area)}
    entries = [(one.label, name) for name, one in reports(area).items() if not closed[name]]
    if not entries:
        screen.say(next(reason for reason in closed.values() if reason), "warn")
        return
    name = await screen.app.push_screen_wait(Choose("Reports", entries))
    if name is None:
        return
    # a report with days of its own (the next 12 months) is of those
    own = reports(area)[name].days is not None
    days = 0 if own else await screen.app.push_screen_wait(Choose("Of which days?", _TIMES))
    if days is None:
        return
    await show_report(screen, name, days)


async def show_report(screen: DeskScreen, name: str, days: int = 0) -> None:
    """Show a report of the last days, today included; of none where it has days of its own."""
    found = await screen.ask_store(_made, screen.desk, name, days)
    if found is not None:
        lines = aligned((found.header, *found.rows), screen.app.size.width)
        await screen.app.push_screen_wait(Tell(found.title, lines))


def _made(desk: Desk, name: str, days: int) -> Report:
    if not days:
        return report(desk, name)
    today = desk.context().today
    return report(desk, name, today - timedelta(days=days - 1), today)
