"""Deadlines of tickets: when an answer and a solution are due, in office time, and whether they were kept.

The promise counts from the moment the ticket came in. It stands still while the requester is waited for, and only
then: that a supplier or a part is late is the office's business. Whoever reopens a ticket finds the old deadline: its
age still counts. A day that somebody promised (``wanted_by``) goes before the usual deadline and is never moved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from botui.models import calendar
from botui.models.base import stamp
from botui.models.office import Context, Settings, Topic
from botui.models.tickets.shape import ACTIVE, ANSWERED, PROMISED, Ticket

SOON: Final = timedelta(hours=1)
"""What is due within this time shows as running late: time enough to still do something about it."""


@dataclass(frozen=True, slots=True)
class Met:
    """Whether deadlines were kept: yes, no, or None where nothing was promised or it is not decided yet."""

    first_response: bool | None
    resolution: bool | None


def due_after(settings: Settings, start: datetime, span: timedelta) -> datetime | None:
    """Return when so much office time has gone by; None for an office that never opens: it promises nothing."""
    return _after(settings.business_hours(), start, span)


def _after(hours: calendar.BusinessHours, start: datetime, span: timedelta) -> datetime | None:
    """Add office time; None for an office that never opens."""
    try:
        return hours.add(start, span)
    except ValueError:
        return None


def end_of(settings: Settings, day: date) -> datetime:
    """Return when the office closes on a day; on a day when it stays closed, the day's end."""
    first = datetime.combine(day, time(0), settings.tz).astimezone(UTC)
    last = datetime.combine(day + timedelta(days=1), time(0), settings.tz).astimezone(UTC)
    hours = settings.business_hours()
    open_time = hours.between(first, last)
    return hours.add(first, open_time) if open_time else last


def spans(settings: Settings, ticket: Ticket, topic: Topic | None) -> tuple[timedelta, timedelta]:
    """Return the office time for an answer and for a solution: the topic's own, else the priority's."""
    answer, solution = settings.deadlines(ticket.level)
    if topic and topic.first_response:
        answer = calendar.parse_duration(topic.first_response)
    if topic and topic.resolution:
        solution = calendar.parse_duration(topic.resolution)
    return answer, solution


def dues(ctx: Context, ticket: Ticket) -> dict[str, datetime | None]:
    """Return the deadlines of a ticket, reckoned from when it came in and how long it stood still."""
    hours = ctx.settings.business_hours()
    topic = ctx.data.get(Topic, ticket.topic) if ticket.topic else None
    answer, solution = spans(ctx.settings, ticket, topic)
    came, paused = ticket.created_at or ctx.now, timedelta(seconds=ticket.paused_for)
    first = _after(hours, came, answer + paused) if ticket.kind in ANSWERED else None
    last = _after(hours, came, solution + paused) if ticket.kind in PROMISED else None
    if ticket.wanted_by:
        last = end_of(ctx.settings, ticket.wanted_by)
    return {
        "first_response_due": ticket.first_response_due if ticket.first_response_at else first,
        "resolution_due": last,
    }


def stopped(ctx: Context, ticket: Ticket) -> dict[str, Any]:
    """Return the values that stop the deadlines now."""
    return {"paused_at": ticket.paused_at or ctx.now}


def started(ctx: Context, ticket: Ticket) -> dict[str, Any]:
    """Return the values that let the deadlines run again: they move by the office time they stood still."""
    if ticket.paused_at is None:
        return {}
    hours = ctx.settings.business_hours()
    gone = max(hours.between(ticket.paused_at, ctx.now), timedelta(0))
    values: dict[str, Any] = {"paused_at": None, "paused_for": ticket.paused_for + int(gone.total_seconds())}
    if ticket.first_response_due and ticket.first_response_at is None:
        values["first_response_due"] = _after(hours, ticket.first_response_due, gone)
    if ticket.resolution_due and ticket.wanted_by is None:
        values["resolution_due"] = _after(hours, ticket.resolution_due, gone)
    return values


def next_due(doc: Mapping[str, Any]) -> str | None:
    """Return the deadline of a stored ticket that breaks next, as text; None while none runs."""
    if doc.get("state", "new") not in ACTIVE or doc.get("paused_at"):
        return None
    running = [doc.get("resolution_due")]
    if not doc.get("first_response_at"):
        running.append(doc.get("first_response_due"))
    return min((due for due in running if due), default=None)


def row_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late``, ``soon``, ``done`` or nothing for a stored ticket, given the time as text."""
    if doc.get("state", "new") not in ACTIVE:
        return "done"
    due = next_due(doc)
    if due is None:
        return ""
    if due < now:
        return "late"
    return "soon" if due < stamp(datetime.fromisoformat(now) + SOON) else ""


def time_left(doc: Mapping[str, Any], settings: Settings, now: datetime) -> str:
    """Return how long there is, in at most 12 cells: ``2h10 left``, ``35m late``; ``stopped`` or nothing."""
    if doc.get("paused_at") and doc.get("state") in ACTIVE:
        return "stopped"
    due = next_due(doc)
    return calendar.until_short(datetime.fromisoformat(due), now, settings.business_hours()) if due else ""


def age(doc: Mapping[str, Any], now: datetime) -> str:
    """Return how long ago a stored ticket came in: ``3d``, ``5h``, ``20m``."""
    came = doc.get("created_at")
    if not came:
        return ""
    minutes = max(int((now - datetime.fromisoformat(came)).total_seconds()) // 60, 0)
    if minutes >= 2880:
        return f"{minutes // 1440}d"
    return f"{minutes // 60}h" if minutes >= 60 else f"{minutes}m"


def met(ticket: Ticket, now: datetime) -> Met:
    """Return whether the deadlines were kept; computed from the moments alone, so also for what was imported."""
    over = None if ticket.is_active else ticket.resolved_at or ticket.closed_at
    frozen = ticket.paused_at or now
    return Met(
        _kept(ticket.first_response_due, ticket.first_response_at or over, frozen),
        _kept(ticket.resolution_due, over, frozen),
    )


def _kept(due: datetime | None, done: datetime | None, now: datetime) -> bool | None:
    if due is None:
        return None
    if done is None:
        return False if now > due else None
    return done <= due
