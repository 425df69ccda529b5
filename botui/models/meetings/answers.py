"""What people answer to a meeting: seen, declined, coming after all; that it is cancelled; what was decided in it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from botui.models.base import PROSE_MAX, Arguments, Change, Line, Prose, Refused, Ui
from botui.models.meetings.clashes import busy
from botui.models.meetings.filing import may_change
from botui.models.meetings.shape import Declined, Meeting, State
from botui.models.meetings.times import span_words
from botui.models.office import Context


class Decline(Arguments):
    """Why somebody does not come."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="Why", help="Whoever called the meeting sees it.")]


class Cancel(Arguments):
    """Why it does not take place."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="Why", help="All who were asked see it.")]


class Minutes(Arguments):
    """What was said and decided."""

    text: Annotated[Prose, Field(min_length=1), Ui(label="Minutes", rows=6)]


def _not_asked(ctx: Context, meeting: Meeting) -> str | None:
    return None if ctx.by in meeting.attendees else "You are not asked to come."


def not_to_see(ctx: Context, meeting: Meeting) -> str | None:
    """Guard of acknowledge."""
    return _not_asked(ctx, meeting) or ("You have seen it." if ctx.by in meeting.seen else None)


def acknowledge(ctx: Context, meeting: Meeting, _: object) -> Change:
    """Say that one has seen when and where it is, or that it is cancelled."""
    change = Change("meetings.acknowledge", f"{meeting.ref} is seen: {span_words(ctx, meeting.start, meeting.ends)}.")
    return change.set(meeting, seen=_with(ctx, meeting))


def over(ctx: Context, meeting: Meeting) -> str | None:
    """Return that a meeting is over, if it is."""
    return "It is over." if meeting.ends <= ctx.now else None


def cannot_decline(ctx: Context, meeting: Meeting) -> str | None:
    """Guard of decline."""
    gone = None if ctx.by in meeting.coming else "You have declined it already."
    return _not_asked(ctx, meeting) or over(ctx, meeting) or gone


def decline(ctx: Context, meeting: Meeting, args: Decline) -> Change:
    """Say that one does not come, and why."""
    answer = Declined(person=ctx.by or 0, text=args.reason)
    change = Change("meetings.decline", f"You do not come to {meeting.ref}.")
    return change.set(meeting, declined=(*meeting.declined, answer), seen=_with(ctx, meeting))


def not_declined(ctx: Context, meeting: Meeting) -> str | None:
    """Guard of accept."""
    gone = "You have not declined it." if ctx.by in meeting.coming else None
    return _not_asked(ctx, meeting) or over(ctx, meeting) or gone


def accept(ctx: Context, meeting: Meeting, _: object) -> Change:
    """Come after all."""
    left = tuple(one for one in meeting.declined if one.person != ctx.by)
    others = busy(ctx, ctx.by or 0, meeting.start, meeting.ends)
    besides = f" You also have {others[0].ref} {others[0].subject} then." if others else ""
    change = Change("meetings.accept", f"You come to {meeting.ref} after all.{besides}")
    return change.set(meeting, declined=left, seen=_with(ctx, meeting))


def cannot_cancel(ctx: Context, meeting: Meeting) -> str | None:
    """Guard of cancel."""
    return may_change(ctx, meeting) or over(ctx, meeting)


def cancel(ctx: Context, meeting: Meeting, args: Cancel) -> Change:
    """Cancel it: room and people are free again, and all who were to come have to see it."""
    knows = tuple(one for one in meeting.attendees if one == ctx.by)
    change = Change("meetings.cancel", f"{meeting.ref} is cancelled; those who were to come see it at their desk.")
    return change.set(meeting, state=State.CANCELLED, reason=args.reason, seen=knows)


def note(ctx: Context, meeting: Meeting, args: Minutes) -> Change:
    """Add to the minutes, under the name of whoever writes."""
    head = f"{ctx.person(ctx.by)}, {ctx.settings.local(ctx.now):%Y-%m-%d %H:%M}:"
    text = "\n\n".join(part for part in (meeting.minutes, f"{head}\n{args.text}") if part)
    if len(text) > PROSE_MAX:
        raise Refused("The minutes are full.", {"text": f"Together {len(text):,} characters; {PROSE_MAX:,} fit."})
    return Change("meetings.note", f"The minutes of {meeting.ref} are kept.").set(meeting, minutes=text)


def _with(ctx: Context, meeting: Meeting) -> tuple[int, ...]:
    return tuple(dict.fromkeys((*meeting.seen, *((ctx.by,) if ctx.by else ()))))
