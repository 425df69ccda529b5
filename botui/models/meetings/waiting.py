"""What of meetings waits for a person: what they have not seen, what begins, what they have to do for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from botui.models import calendar
from botui.models.base import Between, stamp
from botui.models.meetings.shape import Meeting, State, Step
from botui.models.meetings.times import midnight, start_words, until_when
from botui.models.office import Context, Place


class Why(StrEnum):
    """Why a meeting waits for somebody."""

    BEGINS = "begins"
    ON = "going on"
    CANCELLED = "cancelled"
    UNSEEN = "not seen yet"
    STEP = "to do"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that waits for a person.

    Attributes:
        ref: the meeting's reference.
        why: why.
        what: the meeting and where, or the step and of which meeting.
        words: why and when, in a few words: ``not seen yet, Wed 25 Nov 10:00``.
        when: when it begins or is due, UTC.
    """

    ref: str
    why: Why
    what: str
    words: str
    when: datetime


def waiting_for(ctx: Context, person: int) -> Iterator[Notice]:
    """Give what waits for somebody now, meeting by meeting: one reason of each, and its steps that are due.

    A meeting waits until it was seen or declined, a cancelled one until it was seen; both no longer than to their
    end. One that was seen waits again from ``remind_before`` minutes before it begins until it is over. A step waits
    from the morning of its day until it is done, also after the meeting.
    """
    for meeting in ctx.data.find(Meeting, end=Between(low=stamp(ctx.now + timedelta(seconds=1)))):
        if person in meeting.coming and (found := _asked(ctx, meeting, person)):
            yield found
    for meeting in ctx.data.find(Meeting, next_step=Between(high=(ctx.today + timedelta(days=1)).isoformat())):
        yield from (_due(ctx, meeting, step, due) for step, due in due_steps(ctx, meeting, person))


def due_steps(ctx: Context, meeting: Meeting, person: int) -> Iterator[tuple[Step, date]]:
    """Give the steps of a meeting that somebody should do by today, each with its day."""
    for step in meeting.open_steps:
        if step.due is not None and step.due <= ctx.today and meeting.does(step) == person:
            yield step, step.due


def _asked(ctx: Context, meeting: Meeting, person: int) -> Notice | None:
    begins = start_words(ctx, meeting.start)
    if meeting.state is State.CANCELLED:
        words = f"{Why.CANCELLED}, {begins}: {meeting.reason}"
        why = Why.CANCELLED if person not in meeting.seen else None
    elif meeting.start <= ctx.now:
        why, words = Why.ON, f"{Why.ON} until {until_when(ctx, meeting.ends)}"
    elif meeting.remind_before and ctx.now >= meeting.start - timedelta(minutes=meeting.remind_before):
        why, words = Why.BEGINS, f"{Why.BEGINS} {begins}, {calendar.until(meeting.start, ctx.now)}"
    else:
        words = f"{Why.UNSEEN}, {begins}"
        why = Why.UNSEEN if person not in meeting.seen else None
    if why is None:
        return None
    place = ctx.data.get(Place, meeting.place) if meeting.place else None
    what = f"{meeting.subject}, {place.name}" if place else meeting.subject
    return Notice(meeting.ref, why, what, words, meeting.start)


def _due(ctx: Context, meeting: Meeting, step: Step, due: date) -> Notice:
    day = calendar.day_words(ctx.settings.local(meeting.start).date(), ctx.today)
    words = f"late since {calendar.day_words(due, ctx.today)}" if due < ctx.today else f"{Why.STEP} today"
    what = f"{step.text} ({meeting.subject}, {day})"
    return Notice(meeting.ref, Why.STEP, what, words, midnight(ctx.settings, due))
