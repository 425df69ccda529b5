"""Coming in and going out by badge, and putting right what was punched wrong or not at all.

Whoever punches is in or out in the directory from then on. Nobody puts their own hours right: HR does, or whoever
manages them. What was wrong is kept beside what is right, with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, Final

from pydantic import Field

from botui.models.base import Arguments, Between, Change, Line, Refused, Ui, When, stamp
from botui.models.hr.pairing import pair
from botui.models.hr.punch import LONGEST, Punch, Way
from botui.models.hr.reporting_lines import manager
from botui.models.office import Context, Person, Presence

TWICE: Final = timedelta(minutes=1)
"""A badge that is scanned again so soon was held to the scanner too long: nobody comes and goes in a minute."""
BACK: Final = timedelta(days=62)
"""How far back hours are put right: the month that is paid now and the one before."""


class CorrectPunch(Arguments):
    """What is right instead of what was punched; a time that is left as it is stays."""

    came: Annotated[When | None, Ui(label="Came", help="When they really came in, such as 8:05 or yesterday 8:05.")] = (
        None
    )
    went: Annotated[When | None, Ui(label="Went", help="When they really went, such as 17:30.")] = None
    reason: Annotated[Line, Field(max_length=120), Ui(label="Why", help="Needed; such as: forgot the badge.")] = ""
    never: Annotated[bool, Ui(label="Never was", help="y = nobody came or went then.")] = False


def last_of(ctx: Context, person: int) -> Punch | None:
    """Return what somebody punched last that counts, as long as it may be of the same stretch of work."""
    lately = Between(low=stamp(ctx.now - LONGEST))
    return max(
        ctx.data.find(Punch, person=person, corrected_at=None, at=lately),
        key=lambda one: (one.at, one.id),
        default=None,
    )


def punch(ctx: Context, person: int) -> Change:
    """Let somebody come in, or go out where they came in; what is said is no more than who, which way and when.

    Raises:
        Refused: it is not a minute since they did, or nobody of that number works here.
    """
    who = ctx.data.get(Person, person)
    if who is None or not who.active:
        raise Refused("Nobody of that badge works here.")
    before = last_of(ctx, person)
    if before is not None and ctx.now - before.at < TWICE:
        raise Refused(f"{who.name}: {before.way.label}, {_clock(ctx, before.at)}. That was just now: nothing changes.")
    way = Way.OUT if before is not None and before.way is Way.IN else Way.IN
    new = Punch(id=ctx.data.new_id(Punch), person=person, at=ctx.now, way=way)
    change = Change("punches.add", f"{who.name}: {way.label}, {_clock(ctx, ctx.now)}.").add(new)
    pair(ctx, change, person, ctx.now)
    return change.set(who, presence=Presence.IN if way is Way.IN else Presence.OUT, back_at=None)


def by_hand(ctx: Context, new: Punch) -> Change:
    """File what somebody did not punch, by whoever may put their hours right.

    Raises:
        Refused: it is not theirs to say, there is no reason, or the moment will not do.
    """
    if reason := _why_not(ctx, new.person):
        raise Refused(reason, {"person": "Not yours to say."})
    if not new.reason:
        raise Refused("Say why it is written by hand.", {"reason": "This is needed."})
    written = Punch(
        id=new.id, person=new.person, at=_possible(ctx, new.at, "at"), way=new.way, reason=new.reason, by=ctx.by
    )
    change = Change("punches.add", f"{written.ref}: {ctx.person(new.person)}, written by hand.").add(written)
    pair(ctx, change, new.person, new.at)
    return change


def not_to_correct(ctx: Context, one: Punch) -> str | None:
    """Guard of correct: it counts no more, or is not theirs to put right."""
    if one.corrected_at is not None:
        return "It was put right already."
    return _why_not(ctx, one.person)


def correct(ctx: Context, one: Punch, args: CorrectPunch) -> Change:
    """Put a punch right, or its other half: it is kept and counts no more, and what is right stands beside it.

    Raises:
        Refused: there is no reason, nothing would change, or a moment will not do.
    """
    if not args.reason:
        raise Refused("Say why it was not so.", {"reason": "This is needed."})
    change = Change("punches.correct", f"{one.ref} of {ctx.person(one.person)} is put right.")
    if args.never:
        change.set(one, corrected_at=ctx.now, pair=None)
        pair(ctx, change, one.person, one.at)
        return change
    other = ctx.data.get(Punch, one.pair) if one.pair else None
    came, went = (one, other) if one.way is Way.IN else (other, one)
    _refuse_backwards(args.came or (came.at if came else None), args.went or (went.at if went else None))
    moments = [
        *_half(ctx, change, one, came, Way.IN, args.came, args.reason),
        *_half(ctx, change, one, went, Way.OUT, args.went, args.reason),
    ]
    if not moments:
        raise Refused("Say when they came or went, or that it never was.", {"came": "When was it?"})
    for moment in moments:
        pair(ctx, change, one.person, moment)
    return change


def _half(
    ctx: Context, change: Change, one: Punch, was: Punch | None, way: Way, wanted: datetime | None, reason: str
) -> list[datetime]:
    """Write one half as it really was, where that is another moment; return the moments that it touches."""
    if wanted is None or (was is not None and was.at == wanted):
        return []
    moment = _possible(ctx, wanted, "came" if way is Way.IN else "went")
    if was is not None:
        change.set(was, corrected_at=ctx.now, pair=None)
    number, instead = ctx.data.new_id(Punch), was.id if was is not None else None
    change.add(Punch(id=number, person=one.person, at=moment, way=way, reason=reason, corrects=instead, by=ctx.by))
    return [moment] if was is None else [moment, was.at]


def _refuse_backwards(came: datetime | None, went: datetime | None) -> None:
    if came is None or went is None:
        return
    if went <= came:
        raise Refused("They went before they came: look at the day, too.", {"went": "This is the wrong way round."})
    if went - came > LONGEST:
        hours = int(LONGEST.total_seconds() // 3600)
        raise Refused(f"That is more than {hours} hours: look at the day, too.", {"went": "Too far apart."})


def _possible(ctx: Context, moment: datetime, field: str) -> datetime:
    """Return a moment at which somebody can have come or gone.

    Raises:
        Refused: it is to come, or too long ago.
    """
    if moment > ctx.now:
        raise Refused("That is still to come.", {field: "This is still to come."})
    if moment < ctx.now - BACK:
        raise Refused(f"That is more than {BACK.days} days ago, and paid.", {field: "Too long ago."})
    return moment


def _why_not(ctx: Context, person: int) -> str | None:
    """Return why whoever acts does not say when somebody came and went, or None if they do."""
    if "system" in ctx.roles:
        return None
    if ctx.by == person:
        return "Nobody puts their own hours right: ask HR, or your manager."
    if "hr" in ctx.roles or ("manager" in ctx.roles and manager(ctx, person) == ctx.by):
        return None
    return "HR puts this right, or whoever manages them."


def refuse_fixed(ctx: Context, one: Punch, values: Mapping[str, Any]) -> None:
    """Refuse to change by hand what was punched.

    Raises:
        Refused: what counts follows from the times alone.
    """
    if "at" in values or "way" in values or "person" in values:
        raise Refused("What was punched stays: X puts it right, with the reason.")


def _clock(ctx: Context, moment: datetime) -> str:
    return f"{ctx.settings.local(moment):%H:%M}"
