"""The access register: what was asked for is approved by somebody with a say, given, looked at again, taken away.

Nothing is taken away by itself: what has passed its last day is to be looked at, and somebody takes it away.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final

from pydantic import Field

from botui.models import calendar
from botui.models.base import Arguments, Asked, Between, Change, Line, Refused, Ui, Waiting, and_more
from botui.models.equipment.access import HAS, REVIEW_MONTHS, Access, State
from botui.models.equipment.asking import APPROVERS, OPEN, same, title
from botui.models.office import Context, Person

REFUSED_FOR: Final = timedelta(days=14)
"""How long whoever asked is told that it was refused."""
_DAY: Final = timedelta(days=1)


class RefuseAccess(Arguments):
    """Why not."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="Why not", help="Whoever asked sees it.")]


class Given(Arguments):
    """By when it is to be looked at again."""

    review_on: Annotated[date | None, Ui(label="Look again by", help="Empty = in a year, or at its end.")] = None


class TakenAway(Arguments):
    """Why."""

    reason: Annotated[Line, Ui(label="Why", help="Such as: left, other work, not used.")] = ""


class CancelAccess(Arguments):
    """Why it is not wanted any more."""

    reason: Annotated[Line, Ui(label="Why")] = ""


# --- saying yes or no -------------------------------------------------------------------------------------------------


def not_own(ctx: Context, access: Access) -> str | None:
    """Guard of approve and refuse: whose it is, or who asked, says neither; nor who has no say any more."""
    if ctx.by in (access.person, access.created_by):
        return "Nobody approves their own request."
    approver = ctx.data.get(Person, access.approver) if access.approver else None
    if approver is not None and APPROVERS.isdisjoint(approver.roles):
        return f"{approver.name} approves no access any more: a clerk says who does."
    return None


def approve(ctx: Context, access: Access, _: object) -> Change:
    """Say yes: it is to be given."""
    said = f"{access.ref} is approved: {title(access)} for {ctx.person(access.person)} is to be given."
    return Change("access.approve", said).set(access, state=State.APPROVED, **_decided(ctx, access))


def refuse(ctx: Context, access: Access, args: RefuseAccess) -> Change:
    """Say no, and why; whoever asked sees it."""
    change = Change("access.refuse", f"{access.ref} is refused: {args.reason}", note=args.reason)
    return change.set(access, state=State.REFUSED, reason=args.reason, **_decided(ctx, access))


def _decided(ctx: Context, access: Access) -> dict[str, Any]:
    stands_for = access.approver if access.approver != ctx.by else None
    return {"approved_by": ctx.by, "approved_for": stands_for, "approved_at": ctx.now}


# --- given, looked at, taken away -------------------------------------------------------------------------------------


def hand_out(ctx: Context, access: Access, args: Given) -> Change:
    """Say that it is given: they can use it; it is to be looked at again within the year.

    What they have of the same until an earlier day ends with it.

    Raises:
        Refused: whoever is to have it does not work here any more, its last day or that day has passed.
    """
    person = ctx.data.get(Person, access.person) if access.person else None
    if person is None or not person.active:
        raise Refused("They do not work here any more: cancel it (C).")
    if access.until is not None and access.until < ctx.today:
        raise Refused(
            f"Its last day was {calendar.day_words(access.until, ctx.today)}: cancel it (C), ask for it anew."
        )
    again = _review_on(ctx, access, args.review_on)
    said = f"{person.name} has {title(access)}; it is looked at again by {calendar.day_words(again, ctx.today)}."
    values = {"state": State.GIVEN, "given_at": ctx.now, "given_by": ctx.by, "review_on": again}
    change = Change("access.hand_out", said).set(access, **values)
    for one in same(ctx, access):
        if one.state in HAS:
            change.set(one, reason=f"Goes on as {access.ref}", **_removed(ctx))
    return change


def _review_on(ctx: Context, access: Access, said: date | None = None) -> date:
    """Return by when it is to be looked at again: as said, in a year, at the latest on its last day.

    Raises:
        Refused: the day that was said has passed.
    """
    if said is not None and said <= ctx.today:
        raise Refused("It is looked at again after today.", {"review_on": "A day after today, please."})
    again = said or calendar.add_months(ctx.today, REVIEW_MONTHS)
    return min(again, access.until) if access.until else again


def not_to_review(ctx: Context, access: Access) -> str | None:
    """Guard of looking at it: not one's own, and not what has passed its last day."""
    if access.until is not None and access.until < ctx.today:
        return "Its last day has passed: take it away (R), or ask for it anew."
    return "Somebody else looks at this: it is yours." if access.person == ctx.by else None


def review(ctx: Context, access: Access, args: Given) -> Change:
    """Say that it was looked at and stays, until it is looked at again."""
    again = _review_on(ctx, access, args.review_on)
    said = f"{ctx.person(access.person)} keeps {title(access)}; again by {calendar.day_words(again, ctx.today)}."
    values = {"state": State.REVIEWED, "reviewed_at": ctx.now, "reviewed_by": ctx.by, "review_on": again}
    return Change("access.review", said).set(access, **values)


def take_away(ctx: Context, access: Access, args: TakenAway) -> Change:
    """Say that they do not have it any more."""
    said = f"{ctx.person(access.person)} does not have {title(access)} any more."
    return Change("access.give_back", said, note=args.reason).set(access, reason=args.reason, **_removed(ctx))


def _removed(ctx: Context) -> dict[str, Any]:
    return {"state": State.REMOVED, "removed_at": ctx.now, "removed_by": ctx.by, "review_on": None}


def not_theirs(ctx: Context, access: Access) -> str | None:
    """Guard of cancelling: it is for whom it is for, who asked, or a clerk."""
    if ctx.by in (access.person, access.created_by) or ctx.roles & {"clerk", "admin", "system"}:
        return None
    return f"Only {ctx.person(access.person)}, who asked for it, or a clerk cancels it."


def cancel(_: Context, access: Access, args: CancelAccess) -> Change:
    """Take off what was asked for, before it is given."""
    change = Change("access.cancel", f"{access.ref} is cancelled: {title(access)}.", note=args.reason)
    return change.set(access, state=State.CANCELLED, reason=args.reason)


# --- on a person's desk -----------------------------------------------------------------------------------------------


def waiting_for(ctx: Context) -> Iterator[Waiting]:
    """Yield what is to be approved by whoever acts; for clerks what is to be given, and the first to look at again."""
    for one in ctx.data.find(Access, state=State.ASKED.value, approver=ctx.by or 0):
        yield _waits(ctx, one, "access to approve", "approve", blocking=True)
    if "clerk" not in ctx.roles:
        return
    for one in ctx.data.find(Access, state=State.APPROVED.value):
        yield _waits(ctx, one, "access to give", "hand_out", blocking=True)
    yield from _to_look_at(ctx)


def _to_look_at(ctx: Context) -> Iterator[Waiting]:
    by_today = Between(high=(ctx.today + _DAY).isoformat())
    found = [
        (one.review_on or ctx.today, one.id, one)
        for state in HAS
        for one in ctx.data.find(Access, state=state.value, review_on=by_today)
    ]
    for day, _, one in sorted(found)[:1]:
        over = one.until is not None and one.until < ctx.today
        why = "access to take away: its time is over" if over else "access to look at again"
        verb = "give_back" if over else "review"
        yield _waits(ctx, one, f"{why}{and_more(found)}", verb, due=ctx.end_of(day))


def _waits(
    ctx: Context, access: Access, why: str, verb: str, *, blocking: bool = False, due: datetime | None = None
) -> Waiting:
    return Waiting(
        collection="access",
        number=access.id,
        what=f"{title(access)}: {ctx.person(access.person)}",
        why=why,
        due=due,
        since=access.created_at,
        verb=verb,
        blocking=blocking,
    )


def asked(ctx: Context) -> Iterator[Asked]:
    """Yield what whoever acts asked for, until it is given, and a while what was refused."""
    if ctx.by is None:
        return
    found: dict[int, Access] = {}
    for state in (*OPEN, State.REFUSED):
        for name in ("person", "created_by"):
            found |= {one.id: one for one in ctx.data.find(Access, state=state.value, **{name: ctx.by})}
    for one in found.values():
        if one.state is not State.REFUSED or _lately(ctx, one.approved_at):
            yield Asked(
                collection="access",
                number=one.id,
                what=title(one),
                state=f"refused: {one.reason}" if one.state is State.REFUSED else one.state.label,
                owner=one.approver if one.state is State.ASKED else one.approved_by,
                since=one.created_at,
            )


def _lately(ctx: Context, moment: datetime | None) -> bool:
    return moment is not None and ctx.now - moment < REFUSED_FOR
