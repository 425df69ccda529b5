"""Changes of people's files: asked for, planned from a day on, approved by another of HR, made on their day.

What is made moves the file and the directory in one change, and the amendment keeps what it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Any, Final

from pydantic import Field

from botui.models import calendar
from botui.models.base import LINE_MAX, Arguments, Between, Change, Line, Refused, Ui, fit
from botui.models.hr.amendment import (
    IN_DIRECTORY,
    IN_FILE,
    OPEN,
    Amendment,
    NewDays,
    NewDepartment,
    NewEmployment,
    NewEnd,
    NewHours,
    NewJob,
    NewManager,
    NewPosition,
    State,
)
from botui.models.hr.person_file import PersonFile, Status
from botui.models.hr.person_filing import NOT_ONES_OWN, refuse_unfit_file
from botui.models.hr.reporting_lines import file_of
from botui.models.office import Context, Person, Role

_DAY: Final = timedelta(days=1)
_TYPED: Final = ("text", "on", *IN_FILE, *IN_DIRECTORY)


class Amend(Arguments):
    """From which day, and what is new then."""

    on: Annotated[date, Ui(label="From", help="Such as 1.3.")]
    position: NewPosition = None
    department: NewDepartment = None
    job: NewJob = ""
    manager: NewManager = None
    employment: NewEmployment = None
    week_hours: NewHours = None
    week_days: NewDays = ""
    fixed_until: NewEnd = None
    text: Annotated[Line, Ui(label="What it is about")] = ""


class Refusal(Arguments):
    """Why not."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="Why not", help="Whoever asked sees it.")]


# --- asked for, planned -----------------------------------------------------------------------------------------------


def create(ctx: Context, amendment: Amendment) -> Change:
    """Ask HR for a change of one's own file; HR plans one of somebody else's, which is made on its day.

    Raises:
        Refused: it is about somebody else, they have no file, it says nothing, or it does not fit.
    """
    person = amendment.person or ctx.by
    if person != ctx.by and not ctx.roles & {Role.HR, "system"}:
        raise Refused("Ask for a change of your own file only.", {"person": "Leave it empty."})
    typed = {name: getattr(amendment, name) for name in _TYPED}
    new = Amendment(id=amendment.id, person=person, created_at=ctx.now, created_by=ctx.by, **typed)
    return _filed(ctx, Change("amendments.add"), new)


def amend(ctx: Context, file: PersonFile, args: Amend) -> Change:
    """Plan a change of a file from a day on; of a day that has come it is made at once.

    Raises:
        Refused: it says nothing, or it does not fit.
    """
    typed = {name: getattr(args, name) for name in type(args).model_fields}
    if not any(value for name, value in typed.items() if name not in ("on", "text")):
        raise Refused("Say what is new from that day on.", {"position": "One of these, please."})
    number = ctx.data.new_id(Amendment)
    new = Amendment(id=number, person=file.person, created_at=ctx.now, created_by=ctx.by, **typed)
    return _filed(ctx, Change("person_files.amend"), new)


def _filed(ctx: Context, change: Change, new: Amendment) -> Change:
    file = _file(ctx, new)
    values = _values(new)
    if not values and not new.text:
        raise Refused("Say what is new or wrong.", {"text": "This is needed."})
    refuse_unfit_file(ctx, file.model_copy(update=_of_file(values)), _of_file(values).keys())
    if new.person == ctx.by or not values:
        change.said = f"{new.ref} is with HR."
        return change.add(new)
    return _settled(ctx, change, new.model_copy(update={"decided_by": ctx.by, "decided_at": ctx.now}), file)


def _settled(ctx: Context, change: Change, new: Amendment, file: PersonFile) -> Change:
    """Add a new amendment that is agreed: made now, or planned for its day."""
    if new.on is not None and new.on > ctx.today:
        day = calendar.day_words(new.on, ctx.today)
        change.said = f"{new.ref}: the file of {ctx.person(new.person)} changes {day}."
        return change.add(new.model_copy(update={"state": State.PLANNED}))
    change.add(new.model_copy(update={"state": State.DONE, "done_at": ctx.now}))
    change.said = f"{new.ref}: the file of {ctx.person(new.person)} is changed."
    return _made(ctx, change, new, file)


def revise(ctx: Context, before: Amendment, after: Amendment) -> Change:
    """Change what is not made yet.

    Raises:
        Refused: it is over, it is one's own, or it does not fit.
    """
    if before.state not in OPEN:
        raise Refused(f"It is {before.state.label}: plan another.")
    if reason := ones_own(ctx, before):
        raise Refused(reason)
    if before.person != after.person:
        raise Refused("It stays the change of its file.", {"person": "This stays as it is."})
    file, values = _file(ctx, after), _values(after)
    refuse_unfit_file(ctx, file.model_copy(update=_of_file(values)), _of_file(values).keys())
    if before.state is State.PLANNED and (not values or after.on is None or after.on <= ctx.today):
        raise Refused("From which day to come, and what is new then?", {"on": "A day to come, please."})
    changed = {name: getattr(after, name) for name in _TYPED}
    return Change("amendments.edit", f"{before.ref} is changed.").set(before, **changed, trouble="")


def not_to_amend(ctx: Context, file: PersonFile) -> str | None:
    """Guard of a change of a file: it is of somebody else who is here."""
    if file.person == ctx.by:
        return NOT_ONES_OWN
    return "They have left." if file.status is Status.LEFT else None


# --- yes or no --------------------------------------------------------------------------------------------------------


def ones_own(ctx: Context, amendment: Amendment) -> str | None:
    """Guard of approve and refuse: somebody else of HR says it."""
    return "Nobody approves their own request." if ctx.by == amendment.person else None


def approve(ctx: Context, amendment: Amendment, _: object) -> Change:
    """Agree: it is made now, or on its day; of one in words alone that it was seen to.

    Raises:
        Refused: it does not fit any more.
    """
    file, values = _file(ctx, amendment), _values(amendment)
    decided: dict[str, Any] = {"decided_by": ctx.by, "decided_at": ctx.now}
    change = Change("amendments.approve")
    if values and amendment.on is not None and amendment.on > ctx.today:
        change.said = f"{amendment.ref} is planned for {calendar.day_words(amendment.on, ctx.today)}."
        return change.set(amendment, state=State.PLANNED, **decided)
    change.said = f"{amendment.ref} is made." if values else f"{amendment.ref} is done."
    change.set(amendment, state=State.DONE, done_at=ctx.now, **decided)
    return _made(ctx, change, amendment, file)


def refuse(ctx: Context, amendment: Amendment, args: Refusal) -> Change:
    """Say no, and why."""
    decided = {"decided_by": ctx.by, "decided_at": ctx.now, "reason": args.reason}
    change = Change("amendments.refuse", f"{amendment.ref} is refused: {ctx.person(amendment.person)} sees why.")
    return change.set(amendment, state=State.REFUSED, **decided)


def not_to_cancel(ctx: Context, amendment: Amendment) -> str | None:
    """Guard of cancel: whoever asked takes back what was asked, HR what it planned."""
    if ctx.by == amendment.created_by and amendment.state is State.ASKED:
        return None
    if not ctx.roles & {Role.HR, "system"}:
        return "HR has agreed: ask them."
    return ones_own(ctx, amendment)


def cancel(ctx: Context, amendment: Amendment, _: object) -> Change:
    """Take it back before it is made."""
    return Change("amendments.cancel", f"{amendment.ref} is cancelled.").set(amendment, state=State.CANCELLED)


# --- made -------------------------------------------------------------------------------------------------------------


def due(ctx: Context) -> Iterator[Change]:
    """Yield the changes whose day has come; what does not fit any more is left to HR with the reason."""
    for one in ctx.data.find(Amendment, falls=Between(high=(ctx.today + _DAY).isoformat())):
        change = Change("amendments.make", f"{one.ref} is made: its day has come.")
        try:
            made = _made(ctx, change.set(one, state=State.DONE, done_at=ctx.now), one, _file(ctx, one))
        except Refused as error:
            made = Change("amendments.trouble", f"{one.ref} could not be made.")
            made.set(one, trouble=fit(str(error), LINE_MAX))
        yield made


def _made(ctx: Context, change: Change, amendment: Amendment, file: PersonFile) -> Change:
    """Move file and directory to what an amendment says.

    Raises:
        Refused: it does not fit any more.
    """
    values = _values(amendment)
    in_file = _of_file(values)
    refuse_unfit_file(ctx, file.model_copy(update=in_file), in_file.keys())
    if in_file:
        change.set(file, **in_file)
    person = ctx.data.get(Person, file.person)
    if person is not None and (in_directory := {n: values[n] for n in IN_DIRECTORY if n in values}):
        change.set(person, **in_directory)
    return change


def _values(amendment: Amendment) -> dict[str, Any]:
    """Return what is new by an amendment, by field."""
    named = {name: getattr(amendment, name) for name in (*IN_FILE, *IN_DIRECTORY)}
    return {name: value for name, value in named.items() if value not in (None, "")}


def _of_file(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in IN_FILE}


def _file(ctx: Context, amendment: Amendment) -> PersonFile:
    """Return the file that an amendment is of.

    Raises:
        Refused: there is none, or they have left.
    """
    file = file_of(ctx, amendment.person)
    if file is None:
        raise Refused(f"HR has no file of {ctx.person(amendment.person)} yet.", {"person": "They have no file yet."})
    if file.status is Status.LEFT:
        raise Refused(f"{ctx.person(file.person)} has left.", {"person": "They have left."})
    return file
