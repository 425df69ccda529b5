"""Stand-ins: who acts for somebody who is away, from when until when, and up to which amount they may approve.

What is due to begin begins by the clock of the office lists: the person is away, and what they have is handed over if
they said so. It ends when they come back, and what is still open can come back with them. A stand-in's stand-in takes
over nothing: whoever is away stands in for nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, ClassVar, Final

from pydantic import Field

from botui import areas
from botui.models import calendar
from botui.models.base import Arguments, Between, Change, Line, Record, Refused, Ui, When, plural
from botui.models.office.choices import Approvals, Presence
from botui.models.office.context import Context
from botui.models.office.records import Department, Money, Person

HANDED_MAX: Final = 2_000
"""Things that are handed over at once."""
_ADMIN: Final = "admin"
_MANAGER: Final = "manager"


class StandIn(Record):
    """Somebody is away, and somebody else acts for them.

    Attributes:
        starts, ends: the first and the last day, in the office's zone.
        begun_at: when they were shown as away and their things were handed over; None = not yet.
        ended_at: when they were back.
        approves: whether the stand-in approves for them; ``approves_in``: only in these areas, empty = in all.
        acknowledged_at: when the stand-in saw it.
        handed: references of what was handed over.
    """

    COLLECTION: ClassVar[str] = "standins"

    person: Annotated[int, Ui(label="Who is away", column=16, ref="people")]
    starts: Annotated[date, Ui(label="From", column=10)]
    ends: Annotated[date, Ui(label="Until", column=10, help="The last day away.")]
    stand_in: Annotated[int, Ui(label="Stand-in", column=16, ref="people", help="Who acts for them.")]
    approves: Annotated[bool, Ui(label="Approves, too")] = True
    approves_in: Annotated[
        tuple[Approvals, ...], Ui(label="Only in", help="Such as: only tickets, supplies; empty = in all.")
    ] = ()
    up_to: Annotated[Money | None, Ui(label="Up to", help="Approves up to this amount; empty = any.")] = None
    hand_over: Annotated[
        bool, Ui(label="Hand over", help="Yes = what they have goes to the stand-in until they are back.")
    ] = False
    note: Annotated[Line, Ui(label="Note", column=20)] = ""
    begun_at: Annotated[When | None, Ui(label="Began", form=False)] = None
    ended_at: Annotated[When | None, Ui(label="Ended", form=False)] = None
    acknowledged_at: Annotated[When | None, Ui(label="Seen", form=False)] = None
    handed: Annotated[
        tuple[Annotated[str, Field(max_length=20)], ...],
        Field(max_length=HANDED_MAX),
        Ui(label="Handed over", form=False),
    ] = ()

    def runs(self, today: date) -> bool:
        """Return whether it is in force on a day of the office."""
        return self.ended_at is None and self.starts <= today <= self.ends

    def approves_of(self, collection: str) -> bool:
        """Return whether the stand-in approves what is in a collection, up to the amount that was said."""
        area = areas.collection(collection).area
        return self.approves and (not self.approves_in or area in self.approves_in)

    def over(self, first: date, last: date) -> bool:
        """Return whether any of these days is one of its own."""
        return self.ended_at is None and self.starts <= last and first <= self.ends


class ComeBack(Arguments):
    """What becomes of what was handed over."""

    take_back: Annotated[bool, Ui(label="Take back", help="What is still open comes back.")] = True


def create_standin(ctx: Context, standin: StandIn) -> Change:
    """File who stands in for somebody; what begins today begins at once."""
    new = standin.model_copy(update={"begun_at": None, "ended_at": None, "acknowledged_at": None, "handed": ()})
    _refuse_others(ctx, new.person)
    if new.ends < ctx.today:
        raise Refused("That time has passed.", {"ends": "This day has passed."})
    refuse_unfit(ctx, new)
    change = Change("standins.add", _said(ctx, new), note=new.note)
    if new.starts <= ctx.today:
        new = _begun(ctx, change, new)
    return change.add(new)


def revise_standin(ctx: Context, before: StandIn, after: StandIn) -> Change:
    """Change days, stand-in or limits; once it has begun, only until when and what may be approved."""
    _refuse_others(ctx, before.person)
    if before.ended_at is not None:
        raise Refused(f"{before.ref} has ended.")
    changed = {name for name in StandIn.model_fields if getattr(before, name) != getattr(after, name)}
    fixed = {"person"} | ({"starts", "stand_in", "hand_over"} if before.begun_at else set())
    if wrong := changed & fixed:
        raise Refused("It has begun: end it and file another.", dict.fromkeys(wrong, "This stays as it is."))
    if "ends" in changed and after.ends < ctx.today:
        raise Refused("That day has passed: end it instead.", {"ends": "This day has passed."})
    refuse_unfit(ctx, after)
    change = Change("standins.edit", _said(ctx, after))
    if before.begun_at and "ends" in changed and (person := ctx.data.get(Person, before.person)):
        change.set(person, back_at=back_at(ctx, after.ends))
    return change.set(before, **{name: getattr(after, name) for name in changed})


def _refuse_others(ctx: Context, person: int) -> None:
    if not in_charge(ctx, person):
        raise Refused("Only they themselves, their manager or an administrator may say so.", {"person": "Not yours."})


def in_charge(ctx: Context, person: int) -> bool:
    """Return whether the actor may say who stands in for somebody: they themselves, their manager, an administrator.

    To stand at the head of a department is not enough: who says as what somebody works says who is a manager.
    """
    if ctx.by == person or ctx.roles & {_ADMIN, "system"}:
        return True
    return ctx.by is not None and _MANAGER in ctx.roles and manager_of(ctx, person) == ctx.by


def manager_of(ctx: Context, person: int | None) -> int | None:
    """Return who manages somebody's department; nobody is their own manager."""
    found = ctx.data.get(Person, person) if person else None
    department = ctx.data.get(Department, found.department) if found and found.department else None
    return department.manager if department and department.manager != person else None


def may_approve_for(ctx: Context, person: int, collection: str) -> bool:
    """Return whether the actor would approve for somebody today what is in a collection, as their stand-in."""
    found = ctx.data.find(StandIn, person=person, stand_in=ctx.by, ended_at=None)
    return any(one.approves_of(collection) and one.runs(ctx.today) for one in found)


def refuse_unfit(ctx: Context, one: StandIn) -> None:
    """Refuse days and people that do not go together.

    Raises:
        Refused: the sentence says what does not.
    """
    if one.ends < one.starts:
        raise Refused("The last day is before the first.", {"ends": "This is before the first day."})
    if one.stand_in == one.person:
        raise Refused("Nobody stands in for themselves.", {"stand_in": "Somebody else, please."})
    for field in ("person", "stand_in"):
        found = ctx.data.get(Person, getattr(one, field))
        if found is None or not found.active:
            raise Refused("Nobody of that name works here.", {field: "Somebody who works here, please."})
    for other in ctx.data.find(StandIn, person=one.person, ended_at=None):
        if other.id != one.id and other.over(one.starts, one.ends):
            name = ctx.person(other.stand_in)
            said = f"{name} stands in then already, {_days(ctx, other)} ({other.ref}): change or end that one."
            raise Refused(said, {"starts": "These days are taken."})
    for other in ctx.data.find(StandIn, person=one.stand_in, ended_at=None):
        if other.over(one.starts, one.ends):
            said = f"{ctx.person(one.stand_in)} is away then, too, {_days(ctx, other)}: choose somebody else."
            raise Refused(said, {"stand_in": "They are away then, too."})


def _days(ctx: Context, one: StandIn) -> str:
    first, last = (calendar.day_words(day, ctx.today) for day in (one.starts, one.ends))
    return first if one.starts == one.ends else f"{first} to {last}"


def _said(ctx: Context, one: StandIn) -> str:
    said = f"{ctx.person(one.stand_in)} stands in for {ctx.person(one.person)}, {_days(ctx, one)}."
    left = [
        ctx.person(other.person)
        for other in ctx.data.find(StandIn, stand_in=one.person, ended_at=None)
        if other.id != one.id and other.over(one.starts, one.ends)
    ]
    return f"{said} Then nobody stands in for {', '.join(left)}." if left else said


# --- beginning and coming back ----------------------------------------------------------------------------------------


def clock(ctx: Context) -> Iterator[Change]:
    """Yield what begins by today, each as of the first moment of its day."""
    by_today = Between(high=(ctx.today + timedelta(days=1)).isoformat())
    for one in ctx.data.find(StandIn, begun_at=None, ended_at=None, starts=by_today):
        then = replace(ctx, now=min(_midnight(ctx, one.starts), ctx.now), by=None)
        change = Change("standins.begin", f"{one.ref} begins: {_said(ctx, one)}")
        begun = _begun(then, change, one)
        yield change.set(one, begun_at=begun.begun_at, handed=begun.handed)


def _begun(ctx: Context, change: Change, one: StandIn) -> StandIn:
    """Add to a change what begins with an absence; return the stand-in as it is then."""
    if person := ctx.data.get(Person, one.person):
        change.set(person, presence=Presence.AWAY, back_at=back_at(ctx, one.ends))
    handed: list[str] = []
    for area in areas.AREAS if one.hand_over else ():
        if area.hand_over:
            rule: Callable[[Context, int, int, str], Change] = areas.load(area.hand_over)
            part = rule(ctx, one.person, one.stand_in, _words(ctx, one))
            handed += (areas.ref(*key) for key, put in part.puts.items() if put.was is not None)
            change.join(part)
    return one.model_copy(update={"begun_at": ctx.now, "handed": tuple(handed[:HANDED_MAX])})


def _words(ctx: Context, one: StandIn) -> str:
    person = ctx.data.get(Person, one.person)
    who = (person.initials or person.name) if person else "nobody"
    return f"Handed over by {who} until {one.ends:%Y-%m-%d}{f': {one.note}' if one.note else '.'}"


def _midnight(ctx: Context, day: date) -> datetime:
    return datetime.combine(day, time(0), ctx.settings.tz).astimezone(UTC)


def back_at(ctx: Context, ends: date) -> datetime:
    """Return when somebody is back whose last day away is this one: when the office opens next after it."""
    after = _midnight(ctx, ends + timedelta(days=1))
    try:
        return ctx.settings.business_hours().next_opening(after)
    except ValueError:
        return after


def cannot_end(ctx: Context, one: StandIn) -> str | None:
    """Guard of ending: it has ended, or it is somebody else's."""
    if one.ended_at is not None:
        return "It has ended."
    return None if in_charge(ctx, one.person) else "This is for whoever is away, their manager or an administrator."


def come_back(ctx: Context, one: StandIn, args: ComeBack) -> Change:
    """End it: the person is in again, and what was handed over and is still open comes back."""
    change = Change("standins.cancel")
    back = 0
    if one.begun_at is not None:
        if person := ctx.data.get(Person, one.person):
            change.set(person, presence=Presence.IN, back_at=None)
        back = _take_back(ctx, change, one) if args.take_back else 0
    things = f" {plural(back, 'thing')} came back." if one.handed else ""
    change.said = f"{one.ref} has ended: {ctx.person(one.person)} is in.{things}"
    return change.set(one, ended_at=ctx.now)


def _take_back(ctx: Context, change: Change, one: StandIn) -> int:
    back = 0
    for area in areas.AREAS:
        if area.take_back and one.handed:
            rule: Callable[[Context, Sequence[str], int, int], Change] = areas.load(area.take_back)
            part = rule(ctx, one.handed, one.person, one.stand_in)
            back += sum(1 for put in part.puts.values() if put.was is not None)
            change.join(part)
    return back


def not_told(ctx: Context, one: StandIn) -> str | None:
    """Guard of acknowledge: it is for the stand-in to see, once."""
    if one.stand_in != ctx.by:
        return "Only the stand-in says that they have seen it."
    return "It was seen." if one.acknowledged_at else None


def acknowledge(ctx: Context, one: StandIn, _: object) -> Change:
    """Say that one knows that one stands in."""
    said = f"You stand in for {ctx.person(one.person)}, {_days(ctx, one)}."
    return Change("standins.acknowledge", said).set(one, acknowledged_at=ctx.now)
