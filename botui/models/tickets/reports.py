"""Reports on tickets: from records to a heading and rows of plain values, for the screen, as text and as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from botui.models.base import Between, stamp
from botui.models.office import Context, Priority, Settings, Topic
from botui.models.office.reports import Cell, Report, ReportKind, span
from botui.models.tickets.deadlines import met
from botui.models.tickets.shape import State, Ticket


def _done_at(ticket: Ticket) -> datetime | None:
    return None if ticket.is_active else ticket.resolved_at or ticket.closed_at


def _is_open(ticket: Ticket, at: datetime) -> bool:
    """Return whether there was something to do at a moment; what is done at an unknown time counts as done at once."""
    done = _done_at(ticket)
    return ticket.created_at is not None and ticket.created_at < at and (ticket.is_active or bool(done and done >= at))


def volume(
    tickets: Iterable[Ticket], topics: Mapping[int, str], settings: Settings, since: date, until: date
) -> Report:
    """Return for each topic what was open before, came in, was done and is left, and the age of the oldest in days.

    A merged ticket counts as done: the one that it was merged into goes on.
    """
    start, end = span(settings, since, until)
    groups: dict[str, list[Ticket]] = {}
    for ticket in tickets:
        groups.setdefault(topics.get(ticket.topic or 0, "(no topic)"), []).append(ticket)
    counted = {name: _volume_of(group, start, end) for name, group in sorted(groups.items())}
    rows: list[tuple[Cell, ...]] = [(name, *counts) for name, counts in counted.items() if any(counts)]
    if rows:
        rows.append(("All", *_volume_of([one for group in groups.values() for one in group], start, end)))
    header = ("Topic", "Open before", "Came in", "Done", "Open after", "Oldest, days")
    return Report(f"Tickets by topic, {since} to {until}", header, tuple(rows))


def _volume_of(tickets: list[Ticket], start: datetime, end: datetime) -> tuple[int, int, int, int, int]:
    came = [one.created_at for one in tickets if one.created_at and start <= one.created_at < end]
    done = [at for one in tickets if (at := _done_at(one)) and start <= at < end]
    left = [one.created_at for one in tickets if _is_open(one, end) and one.created_at]
    oldest = (end - min(left)).days if left else 0
    return sum(_is_open(one, start) for one in tickets), len(came), len(done), len(left), oldest


def deadlines_met(tickets: Iterable[Ticket], settings: Settings, since: date, until: date) -> Report:
    """Return for each priority how many tickets done in that time kept their deadlines.

    Rejected and merged tickets do not count: nothing was promised that could be kept.
    """
    start, end = span(settings, since, until)
    done = [
        one
        for one in tickets
        if one.state in (State.RESOLVED, State.CLOSED) and (at := _done_at(one)) and start <= at < end
    ]
    rows: list[tuple[Cell, ...]] = [
        (level.label, *_met_of([one for one in done if one.level is level], end)) for level in Priority
    ]
    rows.append(("All", *_met_of(done, end)))
    header = ("How soon", "Done", "Answered in time", "late", "%", "Done in time", "late", "%")
    return Report(f"Deadlines met by priority, {since} to {until}", header, tuple(rows))


def _met_of(tickets: list[Ticket], end: datetime) -> tuple[Cell, ...]:
    kept = [met(one, end) for one in tickets]
    first = [one.first_response for one in kept if one.first_response is not None]
    last = [one.resolution for one in kept if one.resolution is not None]
    return len(tickets), *_share(first), *_share(last)


def _share(kept: list[bool]) -> tuple[Cell, Cell, Cell]:
    return sum(kept), len(kept) - sum(kept), round(100 * sum(kept) / len(kept)) if kept else ""


def _volume(ctx: Context, since: date, until: date) -> Report:
    topics = {one.id: one.name for one in ctx.data.find(Topic)}
    return volume(_came_before(ctx, until), topics, ctx.settings, since, until)


def _deadlines(ctx: Context, since: date, until: date) -> Report:
    return deadlines_met(_came_before(ctx, until), ctx.settings, since, until)


def _came_before(ctx: Context, until: date) -> list[Ticket]:
    _, end = span(ctx.settings, until, until)
    return ctx.data.find(Ticket, created_at=Between(high=stamp(end)))


REPORTS: Final[Mapping[str, ReportKind]] = {
    "volume": ReportKind("Tickets by topic", ("tickets",), _volume),
    "deadlines": ReportKind("Deadlines met by priority", ("tickets",), _deadlines),
}
"""Each report by its word on the command line."""
