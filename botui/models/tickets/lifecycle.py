"""The verbs that move a ticket through its life; the table that lists them is ``botui.models.tickets.rules``.

``new -> open -> waiting -> resolved -> closed``, besides ``rejected`` and ``merged``. New to resolved is one key. Time
alone ends a dated wait and closes what was resolved long enough ago (``timed``).
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Annotated, Any

from pydantic import Field

from botui.models import calendar
from botui.models.base import Arguments, Change, Line, Prose, Refused, Ui, When
from botui.models.office import Context, Department, Person, Presence
from botui.models.tickets.comments import actor, at_desk, say, short
from botui.models.tickets.deadlines import started, stopped
from botui.models.tickets.shape import (
    MINUTES_MAX,
    STEPS_MAX,
    Approval,
    CommentKind,
    State,
    Step,
    Ticket,
    TicketKind,
    WaitFor,
)

Minutes = Annotated[int, Field(ge=0, le=MINUTES_MAX), Ui(label="Minutes worked")]
"""Minutes that one entry took."""


class Assign(Arguments):
    """Who gets it."""

    to: Annotated[int, Ui(label="Give to", ref="people")]
    note: Annotated[Prose, Ui(label="Note", rows=3)] = ""


class Handover(Arguments):
    """Which department gets it."""

    department: Annotated[int, Ui(label="Hand over to", ref="departments")]
    note: Annotated[Prose, Ui(label="Note", rows=3)] = ""


class Wait(Arguments):
    """What it waits for and until when."""

    waiting_for: Annotated[WaitFor, Ui(label="Waiting for")] = WaitFor.REQUESTER
    until: Annotated[When | None, Ui(label="Until", help="Such as fri, +3d, tomorrow 9; then it comes back.")] = None
    note: Annotated[Prose, Ui(label="Note", rows=3)] = ""


class Resolve(Arguments):
    """How it was solved; nothing of it is needed."""

    resolution: Annotated[Prose, Ui(label="Solution", rows=4)] = ""
    minutes: Minutes = 0


class Reopen(Arguments):
    """Why it is not solved."""

    why: Annotated[Prose, Ui(label="Why", rows=3)] = ""


class Reject(Arguments):
    """Why nothing is done."""

    reason: Annotated[Prose, Field(min_length=1), Ui(label="Reason", rows=3, help="The one who asked sees it.")]


class Tick(Arguments):
    """Which step is done; or a step more or less."""

    step: Annotated[int | None, Field(ge=1), Ui(label="Step", help="Its number; empty = the next open one.")] = None
    add: Annotated[Line, Ui(label="New step")] = ""
    remove: Annotated[bool, Ui(label="Take this step off")] = False


class Rate(Arguments):
    """How it went."""

    satisfaction: Annotated[int, Field(ge=1, le=5), Ui(label="Satisfaction", help="1 very unhappy ... 5 very happy.")]
    comment: Annotated[Prose, Ui(label="In words", rows=3)] = ""


def awake(ctx: Context, ticket: Ticket) -> dict[str, Any]:
    """Return the values that end a wait now."""
    return {"waiting_for": None, "waiting_until": None, **started(ctx, ticket)}


def hands(ctx: Context, ticket: Ticket) -> dict[str, Any]:
    """Return the values that give a ticket nobody has to whoever works on it."""
    return {"owner": ctx.by} if ticket.owner is None and at_desk(ctx, ticket) else {}


def answered(ctx: Context, ticket: Ticket) -> dict[str, Any]:
    """Return the values that stop the first-response clock, unless it was stopped before."""
    return {"first_response_at": ctx.now} if ticket.first_response_at is None else {}


def shown(ctx: Context, moment: datetime) -> str:
    """Return a moment in the office's words: ``Fri 27 Nov 14:00``; a day alone for the beginning of one."""
    local = ctx.settings.local(moment)
    day = calendar.day_words(local.date(), ctx.today)
    return f"{day} {local:%H:%M}" if local.time() != time.min else day


def has_already(ctx: Context, ticket: Ticket) -> str | None:
    """Guard of take."""
    return "You have it already." if ticket.owner == ctx.by and ticket.state is State.OPEN else None


def take(ctx: Context, ticket: Ticket, _: object) -> Change:
    """Take a ticket; somebody else's too, and one that waits goes on."""
    me = actor(ctx)
    was = f" (was {short(ctx, ticket.owner)}'s)" if ticket.owner not in (None, me) else ""
    change = Change("tickets.take", f"{ticket.ref} is yours{was}.")
    return change.set(ticket, owner=me, state=State.OPEN, **awake(ctx, ticket))


def assign(ctx: Context, ticket: Ticket, args: Assign) -> Change:
    """Give a ticket to somebody."""
    person = ctx.data.get(Person, args.to)
    if person is None or not person.active:
        raise Refused("Nobody of that name works here.", {"to": "Somebody who works here, please."})
    away = f" {person.name} is {person.presence.label} now." if person.presence is not Presence.IN else ""
    if away and person.stand_in:
        away += f" {ctx.person(person.stand_in)} stands in."
    change = Change("tickets.assign", f"{person.name} has {ticket.ref}.{away}")
    change.set(ticket, owner=person.id, state=State.OPEN if ticket.state is State.NEW else ticket.state)
    return say(ctx, change, ticket, CommentKind.INTERNAL, args.note) if args.note else change


def handover(ctx: Context, ticket: Ticket, args: Handover) -> Change:
    """Hand a ticket over to a department, where somebody has to take it."""
    department = ctx.data.get(Department, args.department)
    if department is None or not department.active:
        raise Refused("There is no such department.", {"department": "A department in use, please."})
    if ticket.department == department.id and ticket.owner is None:
        raise Refused(f"{department.name} has it already.")
    change = Change("tickets.handover", f"{department.name} has {ticket.ref}; nobody in particular yet.")
    change.set(ticket, department=department.id, owner=None)
    return say(ctx, change, ticket, CommentKind.INTERNAL, args.note) if args.note else change


def wait(ctx: Context, ticket: Ticket, args: Wait) -> Change:
    """Let a ticket wait; only waiting for the requester stops the deadlines."""
    change = Change("tickets.wait", f"{ticket.ref} {wait_words(ctx, args.waiting_for, args.until)}.")
    change.set(ticket, **waiting(ctx, ticket, args), **hands(ctx, ticket))
    return say(ctx, change, ticket, CommentKind.INTERNAL, args.note) if args.note else change


def waiting(ctx: Context, ticket: Ticket, args: Wait) -> dict[str, Any]:
    """Return the values of a ticket that begins to wait, or waits for something else from now on.

    Raises:
        Refused: the day is missing or has passed.
    """
    if args.waiting_for is WaitFor.DATE and args.until is None:
        raise Refused("Until when?", {"until": "This is needed."})
    if args.until is not None and args.until <= ctx.now:
        raise Refused("That time has passed.", {"until": "This has passed."})
    clock = stopped(ctx, ticket) if args.waiting_for is WaitFor.REQUESTER else started(ctx, ticket)
    return {"state": State.WAITING, "waiting_for": args.waiting_for, "waiting_until": args.until, **clock}


def wait_words(ctx: Context, what: WaitFor, until: datetime | None) -> str:
    """Return in words what is waited for: ``waits for the supplier until Fri 27 Nov 14:00``."""
    words = ["waits"]
    if what is not WaitFor.DATE:
        words.append(f"for {what.label}")
    if until is not None:
        words.append(f"until {shown(ctx, until)}")
    return " ".join(words)


def unfinished(ctx: Context, ticket: Ticket) -> str | None:
    """Guard of resolve: open steps of the checklist, and parts that are not done."""
    if ticket.open_steps:
        many = f"{len(ticket.open_steps)} steps are" if len(ticket.open_steps) > 1 else "1 step is"
        return f"{many} open: {'; '.join(step.text for step in ticket.open_steps[:3])}."
    parts = [part for part in ctx.data.find(Ticket, parent=ticket.id) if part.is_active] if ticket.id else []
    return f"Not done yet: {', '.join(part.ref for part in parts[:5])}." if parts else None


def solved(ctx: Context, ticket: Ticket, resolution: str) -> dict[str, Any]:
    """Return the values of a ticket that is resolved now."""
    answer = answered(ctx, ticket) if at_desk(ctx, ticket) else {}
    done = {"state": State.RESOLVED, "resolved_at": ctx.now, "resolution": resolution}
    return {**awake(ctx, ticket), **answer, **hands(ctx, ticket), **done}


def unapproved(ctx: Context, ticket: Ticket) -> str:
    """Return a warning for whoever says that a ticket is done while its approval is asked for, else nothing."""
    return f" {ctx.person(ticket.approver)} had not approved it." if ticket.approval is Approval.ASKED else ""


def resolve(ctx: Context, ticket: Ticket, args: Resolve) -> Change:
    """Say that it is solved; with how, if somebody wants to say it."""
    change = Change("tickets.resolve", f"{ticket.ref} is resolved.{unapproved(ctx, ticket)}")
    change.set(ticket, **solved(ctx, ticket, args.resolution))
    if args.resolution:
        return say(ctx, change, ticket, CommentKind.PUBLIC, args.resolution, args.minutes)
    return say(ctx, change, ticket, CommentKind.SYSTEM, "Resolved.", args.minutes) if args.minutes else change


def close(ctx: Context, ticket: Ticket, _: object) -> Change:
    """Close what is resolved; after some working days that happens by itself."""
    return Change("tickets.close", f"{ticket.ref} is closed.").set(ticket, state=State.CLOSED, closed_at=ctx.now)


def too_late(ctx: Context, ticket: Ticket) -> str | None:
    """Guard of reopen."""
    done = ticket.closed_at or ticket.resolved_at
    if done is None or ctx.now - done <= timedelta(days=ctx.settings.reopen_within):
        return None
    return f"It was done more than {ctx.settings.reopen_within} days ago: file a new ticket and link it."


def reopen(ctx: Context, ticket: Ticket, args: Reopen) -> Change:
    """Open a ticket again; its age still counts, so its deadline may have passed."""
    change = Change("tickets.reopen", f"{ticket.ref} is open again.")
    change.set(
        ticket,
        state=State.OPEN,
        resolved_at=None,
        closed_at=None,
        resolution="",
        satisfaction=None,
        reopened=ticket.reopened + 1,
    )
    if ticket.resolution:
        say(ctx, change, ticket, CommentKind.SYSTEM, f"Opened again. The solution was: {ticket.resolution}")
    return say(ctx, change, ticket, CommentKind.PUBLIC, args.why) if args.why else change


def reject(ctx: Context, ticket: Ticket, args: Reject) -> Change:
    """Say that nothing will be done, and why."""
    change = Change("tickets.reject", f"{ticket.ref} is rejected.")
    end = {"state": State.REJECTED, "closed_at": ctx.now, "resolution": args.reason}
    change.set(ticket, **awake(ctx, ticket), **answered(ctx, ticket), **end)
    return say(ctx, change, ticket, CommentKind.PUBLIC, args.reason)


def no_message(ctx: Context, ticket: Ticket) -> str | None:
    """Guard of acknowledge."""
    if ticket.kind is not TicketKind.MESSAGE:
        return "Only a message is acknowledged."
    return f"It was seen {shown(ctx, ticket.acknowledged_at)}." if ticket.acknowledged_at else None


def acknowledge(ctx: Context, ticket: Ticket, _: object) -> Change:
    """Say that a message was seen; with nobody to call back, that is all there was to do."""
    actor(ctx)
    change = Change("tickets.acknowledge")
    if ticket.call_back:
        change.said = f"{ticket.ref} is seen; still to do: call {ticket.caller or ticket.number or 'back'}."
        return change.set(ticket, acknowledged_at=ctx.now, state=State.OPEN, **awake(ctx, ticket))
    change.said = f"{ticket.ref} is seen and done."
    end = {"state": State.CLOSED, "resolved_at": ctx.now, "closed_at": ctx.now}
    return change.set(ticket, acknowledged_at=ctx.now, **end, **awake(ctx, ticket))


def tick(ctx: Context, ticket: Ticket, args: Tick) -> Change:
    """Tick a step off (or on again), add one, or take one off."""
    steps = list(ticket.checklist)
    change = Change("tickets.tick")
    if args.add:
        if len(steps) >= STEPS_MAX:
            raise Refused(f"A checklist has at most {STEPS_MAX} steps.", {"add": "These are too many."})
        steps.append(Step(text=args.add))
        change.said = f"Step {len(steps)} added."
        return change.set(ticket, checklist=tuple(steps))
    place = _place(steps, args.step)
    step = steps[place]
    if args.remove:
        del steps[place]
        change.said = f"Taken off: {step.text}"
    elif step.done_at is None:
        steps[place] = step.model_copy(update={"done_at": ctx.now, "done_by": ctx.by})
        change.said = f"Done: {step.text}"
    else:
        steps[place] = Step(text=step.text)
        change.said = f"To do again: {step.text}"
    return change.set(ticket, checklist=tuple(steps))


def _place(steps: list[Step], number: int | None) -> int:
    if number is not None:
        if number > len(steps):
            raise Refused(f"There are {len(steps)} steps.", {"step": "There is no such step."})
        return number - 1
    for place, step in enumerate(steps):
        if step.done_at is None:
            return place
    raise Refused("No step is open." if steps else "There is no checklist.")


def rate(ctx: Context, ticket: Ticket, args: Rate) -> Change:
    """Keep how satisfied the one who asked is."""
    change = Change("tickets.rate", f"Thank you: {args.satisfaction} of 5 for {ticket.ref}.")
    change.set(ticket, satisfaction=args.satisfaction)
    return say(ctx, change, ticket, CommentKind.PUBLIC, args.comment) if args.comment else change
