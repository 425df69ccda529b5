"""What ends for somebody who leaves: the desk at once, and with the last of it what they may use and go through.

PINs, badges and SSH keys are no records: they go with the change that says that somebody works here no more
(``botui.leaving``), whoever makes it.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from botui.models.base import Between, Change, stamp
from botui.models.equipment.access import HAS
from botui.models.equipment.access import State as AccessState
from botui.models.equipment.loan import Booking, BookingState
from botui.models.hr.amendment import OPEN, Amendment
from botui.models.hr.amendment import State as AmendmentState
from botui.models.hr.benefit import Benefit
from botui.models.hr.holdings import access_of
from botui.models.hr.onboarding import task_of
from botui.models.hr.reporting_lines import file_of
from botui.models.hr.task import State, TaskKind
from botui.models.meetings.shape import Meeting
from botui.models.meetings.shape import State as MeetingState
from botui.models.office import Context, Person, Presence
from botui.models.office.standins import StandIn

LEFT: Final = "Does not work here any more"
"""What stands as the reason with what ends for who leaves."""


def shut_out(ctx: Context, change: Change, person: int) -> None:
    """Let somebody be in the directory as who works here no more, signed out at every desk, and expected nowhere.

    Their bookings and the meetings they called that are to come are called off, they are taken off the others, and
    nobody is represented by them, nor they by anybody.
    """
    found = ctx.data.get(Person, person)
    if found is not None and found.active:
        out: dict[str, Any] = {"presence": Presence.OUT, "back_at": None, "signed_out_at": ctx.now, "os_user": ""}
        change.set(found, active=False, stand_in=None, **out)
    for other in ctx.data.find(Person, active=True):
        if other.stand_in == person:
            change.set(other, stand_in=None)
    for field in ("person", "stand_in"):
        for standin in ctx.data.find(StandIn, **{field: person, "ended_at": None}):
            change.set(standin, ended_at=ctx.now)
    for booking in ctx.data.find(Booking, person=person, state=BookingState.BOOKED.value):
        change.set(booking, state=BookingState.CANCELLED)
    _meetings(ctx, change, person)


def _meetings(ctx: Context, change: Change, person: int) -> None:
    for meeting in ctx.data.find(Meeting, state=MeetingState.PLANNED.value, start=Between(low=stamp(ctx.now))):
        if meeting.organiser == person:
            change.set(meeting, state=MeetingState.CANCELLED, reason=LEFT, seen=())
        elif person in meeting.attendees:
            kept = {
                name: tuple(one for one in getattr(meeting, name) if one != person) for name in ("attendees", "seen")
            }
            declined = tuple(one for one in meeting.declined if one.person != person)
            change.set(meeting, **kept, declined=declined)


def take_access(ctx: Context, change: Change, person: int) -> int:
    """Take away what somebody may use or go through, and off what they asked for; return how many there were."""
    found = access_of(ctx, person)
    for one in found:
        if one.state in HAS:
            gone = {"state": AccessState.REMOVED, "removed_at": ctx.now, "removed_by": ctx.by, "review_on": None}
            change.set(one, reason=LEFT, **gone)
        else:
            change.set(one, reason=LEFT, state=AccessState.CANCELLED)
    return len(found)


def end_terms(ctx: Context, change: Change, person: int, last: date) -> None:
    """Let what somebody is enrolled in end with the last day, and call off what was asked or planned for their file."""
    for benefit in ctx.data.find(Benefit, person=person):
        if benefit.ends is None or benefit.ends > last:
            change.set(benefit, ends=max(last, benefit.starts))
    for amendment in ctx.data.find(Amendment, person=person):
        if amendment.state in OPEN:
            change.set(amendment, state=AmendmentState.CANCELLED)


def follow(ctx: Context, change: Change) -> None:
    """Let HR see as leaving whom somebody takes out of the directory, and as here again whom somebody brings back.

    Who is brought back before the last day that was said still leaves then.
    """
    for put in [one for one in change.puts.values() if one.collection == Person.COLLECTION and one.was]:
        file = file_of(ctx, put.id, change)
        if file is None or "active" not in put.fields:
            continue
        if put.fields["active"] is False and file.ends is None:
            change.set(file, ends=max(ctx.today, file.starts or ctx.today))
        elif put.fields["active"] is True and file.ends is not None and (file.left_at or file.ends < ctx.today):
            change.set(file, ends=None, left_at=None)
            task = task_of(ctx, put.id, TaskKind.OFFBOARDING)
            if task is not None:
                change.set(task, state=State.VOID, closed_at=ctx.now, reason="Not needed any more.")
