"""Tickets that come back: made once for each date, and one for all dates missed while no desk was open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, ClassVar, Final

from pydantic import Field, field_validator

from botui.models import calendar
from botui.models.base import Change, Line, Prose, Record, Ui
from botui.models.office import Context, Priority
from botui.models.tickets.comments import say
from botui.models.tickets.filing import opened
from botui.models.tickets.shape import CommentKind, State, Ticket, TicketKind, steps

_DAY: Final = timedelta(days=1)


class Recurring(Record):
    """What comes back and when.

    Attributes:
        next_on: the next date in the office's calendar.
        last: the ticket made last.
    """

    COLLECTION: ClassVar[str] = "recurring"

    subject: Annotated[Line, Field(min_length=1), Ui(label="Subject", column=24)]
    rule: Annotated[
        Line,
        Ui(label="When", column=20, help="Such as daily, weekly on mon, monthly on 1, first monday."),
    ]
    topic: Annotated[int | None, Ui(label="Topic", column=14, wide=True, ref="topics", batch=True)] = None
    kind: Annotated[TicketKind, Ui(label="Kind", batch=True)] = TicketKind.TASK
    priority: Annotated[Priority | None, Ui(label="How soon", help="Empty = as the topic says.")] = None
    department: Annotated[int | None, Ui(label="Department", ref="departments", batch=True)] = None
    place: Annotated[int | None, Ui(label="Place", ref="places", batch=True)] = None
    owner: Annotated[int | None, Ui(label="Goes to", column=12, ref="people", batch=True)] = None
    requester: Annotated[int | None, Ui(label="Asked by", ref="people", batch=True)] = None
    body: Annotated[Prose, Ui(label="What it is about", rows=4)] = ""
    checklist: Annotated[Prose, Field(max_length=2000), Ui(label="Checklist", rows=4, help="One step a line.")] = ""
    active: Annotated[bool, Ui(label="Goes on", form=False)] = True
    next_on: Annotated[date | None, Ui(label="Next on", column=10, form=False)] = None
    last: Annotated[int | None, Ui(label="Last one", ref="tickets", form=False)] = None

    @field_validator("rule")
    @classmethod
    def _readable(cls, value: str) -> str:
        return str(calendar.Recurrence.parse(value))

    @field_validator("kind")
    @classmethod
    def _no_message(cls, value: TicketKind) -> TicketKind:
        if value is TicketKind.MESSAGE:
            raise ValueError("A message does not come back; a task does.")
        return value


def _next(rule: str, after: date) -> date:
    return calendar.Recurrence.parse(rule).next(after)


def create_recurring(ctx: Context, recurring: Recurring) -> Change:
    """File what comes back; where today is one of its dates, the first is made today."""
    first = _next(recurring.rule, ctx.today - _DAY)
    new = recurring.model_copy(update={"active": True, "next_on": first, "last": None})
    words = calendar.day_words(first, ctx.today)
    return Change("recurring.add", f"{new.ref} is filed: {new.rule}, first {words}.").add(new)


def revise_recurring(ctx: Context, before: Recurring, after: Recurring) -> Change:
    """Change what comes back; another rule begins tomorrow, because today's has been made where there was one."""
    values = {name: getattr(after, name) for name in Recurring.model_fields if name not in ("id", "active", "last")}
    if after.rule != before.rule:
        values["next_on"] = _next(after.rule, ctx.today)
    return Change("recurring.edit", f"{before.ref} is changed.").set(before, **values)


def pause(ctx: Context, recurring: Recurring, _: object) -> Change:
    """Stop it, or let it go on: what was missed in between is not made."""
    if recurring.active:
        return Change("recurring.pause", f"{recurring.ref} stands still.").set(recurring, active=False)
    next_on = recurring.next_on
    if next_on is None or next_on < ctx.today:
        next_on = _next(recurring.rule, ctx.today - _DAY)
    words = calendar.day_words(next_on, ctx.today)
    change = Change("recurring.pause", f"{recurring.ref} goes on; next {words}.")
    return change.set(recurring, active=True, next_on=next_on)


def run(ctx: Context, recurring: Recurring, _: object) -> Change:
    """Make one now, besides those of the calendar."""
    new = _ticket(ctx, recurring)
    change = Change("recurring.run", f"{new.ref} is filed: {new.subject}.")
    return change.add(new).set(recurring, last=new.id)


def _ticket(ctx: Context, recurring: Recurring) -> Ticket:
    new = Ticket(
        id=ctx.data.new_id(Ticket),
        subject=recurring.subject,
        body=recurring.body,
        kind=recurring.kind,
        topic=recurring.topic,
        priority=recurring.priority,
        department=recurring.department,
        place=recurring.place,
        requester=recurring.requester,
        owner=recurring.owner,
        state=State.OPEN if recurring.owner else State.NEW,
        checklist=steps(recurring.checklist),
        created_at=ctx.now,
        created_by=ctx.by,
    )
    return opened(ctx, new)


def due_tickets(ctx: Context, recurring: Recurring) -> Change | None:
    """Make the ticket that is due: one for all dates missed, dated the last of them; None if none is due."""
    if not recurring.active or recurring.next_on is None or recurring.next_on > ctx.today:
        return None
    rule = calendar.Recurrence.parse(recurring.rule)
    days = rule.due(recurring.next_on - _DAY, ctx.today) or [recurring.next_on]
    then = datetime.combine(days[-1], time(0), ctx.settings.tz).astimezone(UTC)
    dated = replace(ctx, now=then, by=None)
    new = _ticket(dated, recurring)
    change = Change("recurring.run", f"{new.ref} is filed: {new.subject}.").add(new)
    if len(days) > 1:
        say(dated, change, new, CommentKind.SYSTEM, f"This one stands for {len(days)} dates, the first {days[0]}.")
    return change.set(recurring, next_on=_next(recurring.rule, ctx.today), last=new.id)
