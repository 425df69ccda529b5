"""Bills that come again: filed on their dates, one for each date, also for those missed while no desk was open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Final

from botui.models import calendar
from botui.models.base import Arguments, Between, Change, Refused, Ui
from botui.models.office import Context
from botui.models.records.bill import Bill, Direction
from botui.models.records.billing import first_state, money, party_name, refuse_unfit, whose, with_dates
from botui.models.records.standing import Standing

_DAY: Final = timedelta(days=1)
_MOVED: Final = frozenset({"id", "active", "next_on", "last_on", "last", "created_at", "created_by"})


class Run(Arguments):
    """Of which day it is to be."""

    on: Annotated[date | None, Ui(label="Date on it", help="Empty = its next date.")] = None


def create(ctx: Context, standing: Standing) -> Change:
    """File a recurring bill; where today is one of its dates, the first is filed at once by the clock.

    Raises:
        Refused: none is to come, or it names what its bills cannot be for.
    """
    typed = {name: getattr(standing, name) for name in Standing.model_fields if name not in _MOVED}
    if standing.left == 0:
        raise Refused("How many are to come?", {"left": "One or more; empty = until somebody stops it."})
    first = _next(standing.rule, ctx.today - _DAY)
    typed["about"] = whose(ctx, standing.about)
    new = Standing(**typed, id=standing.id, next_on=first, created_at=ctx.now, created_by=ctx.by)
    _refuse_unfit(ctx, new)
    who = party_name(ctx, new.party)
    said = f"{new.ref} is filed: {new.name}, {who}, {money(ctx, new.amount)} {new.rule}, first {first}."
    return Change("standing.add", said).add(new)


def revise(ctx: Context, before: Standing, after: Standing) -> Change:
    """Change a recurring bill; those that were filed stay as they are.

    Raises:
        Refused: as when it is filed.
    """
    after = after.model_copy(update={"about": whose(ctx, after.about)})
    _refuse_unfit(ctx, after)
    changed = {name for name in Standing.model_fields if getattr(before, name) != getattr(after, name)} - _MOVED
    values: dict[str, Any] = {name: getattr(after, name) for name in changed}
    if "rule" in changed:
        values["next_on"] = _next(after.rule, max(ctx.today - _DAY, before.last_on or ctx.today - _DAY))
    if "left" in changed and after.left != 0 and before.next_on is None:
        values["next_on"] = _next(after.rule, max(ctx.today - _DAY, before.last_on or ctx.today - _DAY))
    next_on = values.get("next_on", before.next_on)
    return Change("standing.edit", f"{before.ref} is changed; next on {next_on}.").set(before, **values)


def _refuse_unfit(ctx: Context, one: Standing) -> None:
    day = one.next_on or ctx.today
    refuse_unfit(ctx, _bill(ctx, one, day, 0).model_copy(update={"dated": ctx.today, "due": None}), {"party", "about"})


def _next(rule: str, after: date) -> date:
    return calendar.Recurrence.parse(rule).next(after)


def _bill(ctx: Context, one: Standing, day: date, number: int) -> Bill:
    """Return the bill of one date."""
    bill = Bill(
        id=number,
        direction=one.direction,
        party=one.party,
        dated=day,
        due=None if one.days is None else day + timedelta(days=one.days),
        amount=one.amount,
        tax=one.tax,
        category=one.category,
        about=one.about,
        document=one.document,
        note=f"{one.name}\n{one.note}".strip(),
        standing=one.id,
        state=first_state(one.direction),
        created_at=ctx.now,
        created_by=ctx.by,
    )
    return with_dates(ctx, bill)


def file_one(ctx: Context, change: Change, one: Standing, day: date) -> Bill:
    """File the bill of one date, and let the recurring bill go on to its next."""
    bill = _bill(ctx, one, day, ctx.data.new_id(Bill))
    left = None if one.left is None else max(one.left - 1, 0)
    next_on = None if left == 0 else _next(one.rule, max(day, (one.next_on or day) - _DAY))
    change.add(bill).set(one, last=bill.id, last_on=max(day, one.last_on or day), left=left, next_on=next_on)
    return bill


def due(ctx: Context) -> Iterator[Change]:
    """Yield what is due by today, the bill of one date each."""
    by_today = Between(high=(ctx.today + _DAY).isoformat())
    for one in ctx.data.find(Standing, active=True, next_on=by_today):
        if one.next_on is None:
            continue
        then = datetime.combine(one.next_on, time(0), ctx.settings.tz).astimezone(UTC)
        change = Change("standing.run")
        bill = file_one(replace(ctx, now=min(then, ctx.now), by=None), change, one, one.next_on)
        what = "to check" if bill.direction is Direction.OWE else "to send"
        change.said = f"{bill.ref} is filed: {one.name}, {money(ctx, bill.amount)}, {what}."
        yield change


def at_its_end(ctx: Context, one: Standing) -> str | None:
    """Guard of run: none is still to come."""
    return "None is still to come: e says how many more." if one.left == 0 or one.next_on is None else None


def run(ctx: Context, one: Standing, args: Run) -> Change:
    """File its next bill now, before its time.

    Raises:
        Refused: the day lies far off, or before the last one.
    """
    day = args.on or one.next_on or ctx.today
    change = Change("standing.run")
    bill = file_one(ctx, change, one, day)
    refuse_unfit(ctx, bill, {"dated", "party"})
    if one.last_on is not None and day <= one.last_on:
        raise Refused(f"The last one is of {one.last_on}.", {"on": "Later than the last one, please."})
    change.said = f"{bill.ref} is filed: {one.name}, {money(ctx, bill.amount)}, of {day}."
    return change


def pause(ctx: Context, one: Standing, _: object) -> Change:
    """Stop it, or let it go on from today: what was missed meanwhile is not filed."""
    change = Change("standing.pause")
    if one.active:
        change.said = f"{one.ref} stands still: no bill of it is filed until it goes on (i)."
        return change.set(one, active=False)
    last = one.last_on or ctx.today - _DAY
    next_on = None if one.left == 0 else _next(one.rule, max(ctx.today - _DAY, last))
    change.said = f"{one.ref} goes on; next on {next_on}."
    return change.set(one, active=True, next_on=next_on)
