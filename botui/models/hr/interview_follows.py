"""What follows for an interview when its meeting is moved or cancelled in the calendar: they stay in step."""

from __future__ import annotations

from typing import Any

from botui.models.base import Change
from botui.models.hr.candidate import Candidate
from botui.models.hr.interview import Interview, State
from botui.models.hr.interview_booking import show_cv
from botui.models.meetings.shape import Meeting
from botui.models.meetings.shape import State as MeetingState
from botui.models.office import Context
from botui.models.office.pending import ahead


def follow(ctx: Context, change: Change) -> None:
    """Let interviews be when, where and with whom their meetings are, whoever moves those."""
    for number in [number for name, number in change.puts if name == Meeting.COLLECTION]:
        for interview in ctx.data.find(Interview, meeting=number):
            if (interview.COLLECTION, interview.id) not in change.puts:
                _step(ctx, change, interview, ahead(ctx, change, Meeting, number))


def _step(ctx: Context, change: Change, interview: Interview, meeting: Meeting | None) -> None:
    if interview.state is not State.PLANNED:
        return
    values: dict[str, Any] = {}
    if meeting is None or meeting.state is MeetingState.CANCELLED:
        values["state"] = State.CANCELLED
    else:
        wanted = {"start": meeting.start, "end": meeting.ends, "until": meeting.until, "place": meeting.place}
        if meeting.attendees:
            wanted["attendees"] = meeting.attendees
        values = {name: value for name, value in wanted.items() if value != getattr(interview, name)}
    if not values:
        return
    change.set(interview, **values)
    candidate = ctx.data.get(Candidate, interview.candidate)
    if candidate is not None and not values.keys().isdisjoint({"state", "attendees"}):
        show_cv(ctx, change, candidate)
