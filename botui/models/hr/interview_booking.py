"""Interviews: booked with a room and a panel, moved, called off; a private meeting keeps the time of the panel free."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final

from pydantic import Field

from botui import areas
from botui.models.base import Arguments, Between, Change, Line, Prose, Refused, Ui, When, plural, stamp
from botui.models.equipment.clashes import TAKEN
from botui.models.equipment.loan import Booking
from botui.models.hr.candidate import Candidate
from botui.models.hr.candidate import State as CandidateState
from botui.models.hr.interview import Interview, Panel, State
from botui.models.hr.leave import Absence
from botui.models.hr.opening import Opening
from botui.models.meetings import answers, filing
from botui.models.meetings.shape import Meeting
from botui.models.meetings.shape import State as MeetingState
from botui.models.meetings.times import span_words
from botui.models.office import Context, Role, StandIn
from botui.models.office.pending import ahead
from botui.models.records.document import Document

INVITES: Final = frozenset({CandidateState.SHORTLISTED, CandidateState.INTERVIEW, CandidateState.PASSED})
"""States in which a candidate can be asked to an interview; a second one does not take back that they passed."""
SUBJECT: Final = "Interview"
"""What the meeting is called: whom it is with stands in the interview alone."""
_SECOND: Final = timedelta(seconds=1)


class BookInterview(Arguments):
    """When and where a candidate is heard, and by whom."""

    start: Annotated[When, Ui(label="When", help="Such as fri 14:00, +2d 9.")]
    attendees: Annotated[Panel, Ui(label="Panel", ref="people", help="Who asks: initials, commas between.")]
    place: Annotated[int | None, Ui(label="Room", ref="places")] = None
    until: Annotated[Line, Field(max_length=40), Ui(label="Until", help="15:30 or 45m; empty = 1h.")] = ""
    note: Annotated[Prose, Field(max_length=4000), Ui(label="For the panel", rows=3, help="The panel reads it.")] = ""
    even_so: Annotated[bool | None, Ui(label="Even so", help="y books it although somebody or the room is taken.")] = (
        None
    )


class CallOff(Arguments):
    """Why it does not take place."""

    reason: Annotated[Line, Ui(label="Why", help="The panel reads it.")] = ""


# --- booked -----------------------------------------------------------------------------------------------------------


def book(ctx: Context, candidate: Candidate, args: BookInterview) -> Change:
    """Book an interview with a candidate.

    Raises:
        Refused: as ``create``.
    """
    typed = {name: getattr(args, name) for name in BookInterview.model_fields}
    change = create(ctx, Interview(id=ctx.data.new_id(Interview), candidate=candidate.id, **typed))
    change.action = "candidates.book"
    return change


def create(ctx: Context, interview: Interview) -> Change:
    """Book an interview; the panel sees it, and the CV.

    Raises:
        Refused: the candidate cannot be asked now, it has passed, or somebody or the room is taken then.
    """
    candidate = _candidate(ctx, interview)
    opening = ctx.data.get(Opening, candidate.opening)
    change = Change("interviews.add")
    meeting = Meeting(
        id=ctx.data.new_id(Meeting),
        subject=SUBJECT,
        start=interview.start,
        until=interview.until,
        place=interview.place,
        attendees=interview.attendees,
        even_so=interview.even_so,
        note=interview.ref,
        private=True,
    )
    filed = filing.create(ctx, meeting)
    change.join(filed)
    meeting = _as_filed(ctx, change, meeting)
    over = meeting.ends <= ctx.now
    if not interview.even_so and not over:
        refuse_elsewhere(ctx, interview.attendees, meeting.start, meeting.ends)
    new = Interview(
        id=interview.id,
        candidate=candidate.id,
        note=interview.note,
        who=candidate.name,
        job=opening.title if opening else "",
        meeting=meeting.id,
        created_at=ctx.now,
        created_by=ctx.by,
        **_times(meeting),
    )
    change.add(new)
    if candidate.state is CandidateState.SHORTLISTED:
        change.set(candidate, state=CandidateState.INTERVIEW)
    show_cv(ctx, change, candidate, new.attendees)
    when = span_words(ctx, meeting.start, meeting.ends)
    to_do = "it is over, the panel scores it" if over else "the panel finds it at its desk"
    change.said = f"{new.ref} with {candidate.ref}: {when}; {to_do}."
    return change


def _candidate(ctx: Context, interview: Interview) -> Candidate:
    """Return who is asked to come.

    Raises:
        Refused: they cannot be asked now.
    """
    found = ctx.data.get(Candidate, interview.candidate)
    if found is None:
        words = f"There is no {areas.ref(Candidate.COLLECTION, interview.candidate)}."
        raise Refused(words, {"candidate": words})
    if found.state not in INVITES:
        list_first = ": put them on the short list first (s)" if found.state is CandidateState.APPLIED else ""
        words = f"{found.ref} is {found.state.label}{list_first}."
        raise Refused(words, {"candidate": words})
    return found


def _as_filed(ctx: Context, change: Change, meeting: Meeting) -> Meeting:
    """Return a meeting as a change files or leaves it."""
    found = ahead(ctx, change, Meeting, meeting.id)
    return meeting if found is None else found


def _times(meeting: Meeting) -> dict[str, Any]:
    """Return what an interview has of its meeting."""
    return {
        "start": meeting.start,
        "end": meeting.ends,
        "until": meeting.until,
        "place": meeting.place,
        "attendees": meeting.attendees,
    }


def show_cv(ctx: Context, change: Change, candidate: Candidate, people: Collection[int] = ()) -> None:
    """Let the CV be seen by all who are to interview a candidate, or have: nobody else, and HR."""
    cv = ahead(ctx, change, Document, candidate.cv) if candidate.cv else None
    if cv is None:
        return
    numbers = set(ctx.data.numbers(Interview, candidate=candidate.id))
    numbers |= {number for name, number in change.puts if name == Interview.COLLECTION}
    found = (ahead(ctx, change, Interview, number) for number in sorted(numbers))
    live = [one for one in found if one and one.candidate == candidate.id and one.state is not State.CANCELLED]
    panel = tuple(dict.fromkeys((*people, *(person for one in live for person in one.attendees))))
    if panel != cv.panel:
        before = ctx.data.get(Document, cv.id)
        change.set(before or cv, panel=panel)


# --- whether all are free ---------------------------------------------------------------------------------------------


def refuse_elsewhere(ctx: Context, people: Collection[int], start: datetime, end: datetime) -> None:
    """Refuse a time at which one of the panel is away, or has booked something to be out with.

    That they, or the room, are in another meeting is what the meeting itself asks.

    Raises:
        Refused: one is; never why.
    """
    words = list(dict.fromkeys(_elsewhere(ctx, people, start, end)))
    if words:
        more = f" And {len(words) - 2} more." if len(words) > 2 else ""
        said = f"{' '.join(words[:2])}{more}"
        raise Refused(f"{said} y at Even so books it all the same.", {"attendees": said, "even_so": "y books it."})


def _elsewhere(ctx: Context, people: Collection[int], start: datetime, end: datetime) -> Iterator[str]:
    first, last = ctx.settings.local(start).date(), ctx.settings.local(end - _SECOND).date()
    for person in people:
        if _is_away(ctx, person, first, last):
            yield f"{ctx.person(person)} is away then."
        for state in TAKEN:
            booked = ctx.data.find(
                Booking, person=person, state=state.value, start=Between(high=stamp(end)), end=Between(low=stamp(start))
            )
            for one in booked:
                if one.end > start:
                    yield f"{ctx.person(person)} has booked {areas.ref('assets', one.asset)} then."


def _is_away(ctx: Context, person: int, first: date, last: date) -> bool:
    if any(one.starts <= last and first <= one.ends for one in ctx.data.find(Absence, person=person)):
        return True
    return any(one.over(first, last) for one in ctx.data.find(StandIn, person=person, ended_at=None))


# --- moved, called off ------------------------------------------------------------------------------------------------


def cannot_change(ctx: Context, interview: Interview) -> str | None:
    """Return why an interview cannot be moved or called off: it is over."""
    return "It is over." if interview.ends <= ctx.now else None


def revise(ctx: Context, before: Interview, after: Interview) -> Change:
    """Move an interview, or ask others to it; its meeting moves with it.

    Raises:
        Refused: it is over, or with somebody else; or somebody or the room is taken then.
    """
    change = Change("interviews.edit", f"{before.ref} is changed.")
    if after.candidate != before.candidate:
        words = "This stays: call it off (C) and book another one."
        raise Refused(f"{before.ref}: it is with {before.who}.", {"candidate": words})
    moved = {name for name in ("start", "until", "place", "attendees") if getattr(after, name) != getattr(before, name)}
    meeting = ctx.data.get(Meeting, before.meeting) if before.meeting else None
    values: dict[str, Any] = {"note": after.note} if after.note != before.note else {}
    if moved and meeting is not None:
        if before.state is not State.PLANNED or (reason := cannot_change(ctx, before)):
            raise Refused(f"{before.ref}: {reason if before.state is State.PLANNED else before.state.label}.")
        if after.start <= ctx.now:
            raise Refused("That time has passed.", {"start": "This has passed."})
        _move(ctx, change, meeting, after)
        meeting = _as_filed(ctx, change, meeting)
        values |= _times(meeting)
        change.said = f"{before.ref} is moved: {span_words(ctx, meeting.start, meeting.ends)}."
    change.set(before, **values)
    candidate = ctx.data.get(Candidate, before.candidate)
    if "attendees" in moved and candidate is not None:
        show_cv(ctx, change, candidate)
    return change


def _move(ctx: Context, change: Change, meeting: Meeting, after: Interview) -> None:
    typed = {name: getattr(after, name) for name in ("start", "until", "place", "attendees")}
    # who books interviews moves them, whoever of HR called the meeting
    allowed = replace(ctx, roles=ctx.roles | {Role.CLERK})
    part = filing.revise(allowed, meeting, meeting.model_copy(update={**typed, "even_so": after.even_so}))
    change.join(part)
    moved = _as_filed(ctx, change, meeting)
    if not after.even_so:
        fresh = moved.attendees if moved.start != meeting.start else set(moved.attendees) - set(meeting.attendees)
        refuse_elsewhere(ctx, sorted(fresh), moved.start, moved.ends)


def cancel(ctx: Context, interview: Interview, args: CallOff) -> Change:
    """Call an interview off: room and panel are free again."""
    change = Change("interviews.cancel", f"{interview.ref} is called off; the panel sees it at its desk.")
    _off(ctx, change, interview, args.reason)
    candidate = ctx.data.get(Candidate, interview.candidate)
    if candidate is not None:
        show_cv(ctx, change, candidate)
    return change


def decided(ctx: Context, change: Change, candidate: Candidate) -> str:
    """Let nobody of a panel be asked about a candidate any more, and call off the interviews that are still to come.

    Returns:
        How many were called off, in words; empty if none was.
    """
    off = 0
    for one in ctx.data.find(Interview, candidate=candidate.id):
        change.set(one, decided=True)
        if one.state is State.PLANNED and one.start > ctx.now:
            _off(ctx, change, one, "")
            off += 1
    return f" {plural(off, 'interview')} called off." if off else ""


def _off(ctx: Context, change: Change, interview: Interview, reason: str) -> None:
    change.set(interview, state=State.CANCELLED)
    meeting = ctx.data.get(Meeting, interview.meeting) if interview.meeting else None
    if meeting is not None and meeting.state is MeetingState.PLANNED and meeting.ends > ctx.now:
        change.join(answers.cancel(ctx, meeting, answers.Cancel(reason=reason or f"{SUBJECT} called off")))
