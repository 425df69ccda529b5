"""Reports of all areas: which there are, who may read them, and how one is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from botui import access, areas
from botui.data import Desk
from botui.models.base import NotAllowed, Refused
from botui.models.office.reports import Report, ReportKind


def reports(area: str = "") -> Mapping[str, ReportKind]:
    """Return the reports of an area, or of all, by their words."""
    found: dict[str, ReportKind] = {}
    for one in areas.AREAS:
        if one.reports and area in ("", one.name):
            found |= areas.load(one.reports)
    return found


def why_not(desk: Desk, name: str) -> str | None:
    """Return why this person may not read a report, or None: it tells of records that are not all theirs to see."""
    return _closed(desk, reports()[name].tells)


def refuse_closed(desk: Desk, tells: Sequence[str], action: str) -> None:
    """Do nothing if this person may read all of some collections; that they may not is written down.

    Args:
        desk: whose.
        tells: the collections.
        action: what they want of them.

    Raises:
        NotAllowed: they may not.
    """
    for collection in tells:
        desk.require(collection, "read")
    if reason := _closed(desk, tells):
        desk.log("desk.refuse", action)
        raise NotAllowed(reason)


def _closed(desk: Desk, tells: Sequence[str]) -> str | None:
    closed = [one for one in tells if not desk.reads_all(one)]
    if not closed:
        return None
    keeper = "HR" if access.KEEPERS.get(closed[0]) == "hr" else "a clerk"
    return f"A report tells of all {areas.kind(closed[0]).many.lower()}: ask {keeper} for it."


def report(desk: Desk, name: str, since: date | None = None, until: date | None = None) -> Report:
    """Make a report on some days, both included; a day that nobody says is the usual one of the report.

    Raises:
        Refused: there is none of this word, or the days are none.
        NotAllowed: it is not for this person; that is written down.
    """
    known = reports()
    if name not in known:
        raise Refused(f"There is no report '{name}'; there is: {', '.join(known)}.")
    refuse_closed(desk, known[name].tells, f"{known[name].tells[0]}.report")
    for collection in known[name].tells:
        if areas.kind(collection).watched:
            desk.log(f"{collection}.look", f"report {name}")
    usual = known[name].usual(desk.context().today)
    since, until = since or usual[0], until or usual[1]
    if until < since:
        raise Refused("The last day is before the first.")
    return known[name].make(desk.context(), since, until)
