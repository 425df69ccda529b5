"""What must hold within each meeting, whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterator

from botui.models.meetings.shape import Meeting, State
from botui.models.soundness import Records


def check(records: Records) -> Iterator[str]:
    """Say what does not hold: ends before they begin, answers of people who were not asked, steps of nobody."""
    for meeting in records.all(Meeting):
        for words in (*_times(meeting), *_answers(meeting), *_steps(records, meeting)):
            yield f"{meeting.ref}: {words}"


def _times(meeting: Meeting) -> Iterator[str]:
    if meeting.end is None:
        yield "Ends: it is not said when."
    elif meeting.end <= meeting.start:
        yield "Ends: it ends before it begins."
    if (meeting.state is State.CANCELLED) != bool(meeting.reason):
        yield f"Why cancelled: it is {meeting.state.label}, and there is {'a' if meeting.reason else 'no'} reason."


def _answers(meeting: Meeting) -> Iterator[str]:
    if not meeting.attendees:
        yield "Who comes: nobody."
    gone = [one.person for one in meeting.declined]
    for label, people in (("Seen by", meeting.seen), ("Declined", gone)):
        for one in people:
            if one not in meeting.attendees:
                yield f"{label}: P-{one} is not asked to come."
    if len(set(gone)) < len(gone):
        yield "Declined: somebody did so twice."


def _steps(records: Records, meeting: Meeting) -> Iterator[str]:
    for place, step in enumerate(meeting.steps, 1):
        for one in (step.owner, step.done_by):
            if one is not None and not records.has(f"P-{one}"):
                yield f"Steps: there is no P-{one} (step {place})."
        if step.done_by is not None and step.done_at is None:
            yield f"Steps: it is said who did step {place}, and not when."
    if set(meeting.helpers) != {step.owner for step in meeting.steps if step.owner is not None}:
        yield "Does a step: these are not those of its steps."
