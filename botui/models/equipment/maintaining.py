"""Maintenance: what is due, done, skipped or stopped, and when it comes back.

Whatever is done counts for the date that is next, however late or early it is, and the plan then goes on with the
first date of its rule that is after both that and today: a late one does not come twice, an early one not again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Annotated, Final

from pydantic import Field

from botui.models import calendar
from botui.models.base import Arguments, Between, Change, Line, Refused, Ui, Waiting, and_more, plural
from botui.models.equipment.asset import Asset
from botui.models.equipment.fault import AmountSpent, WorkKind
from botui.models.equipment.plan import AHEAD_DAYS, DONE_MAX, Plan
from botui.models.equipment.planning import GONE, left, next_of, open_steps, steps, why_gone, words
from botui.models.equipment.register import Register
from botui.models.office import Context, Person
from botui.models.tickets.shape import MINUTES_MAX, STEPS_MAX

_DAY: Final = timedelta(days=1)
_NAMED: Final = 3
"""Things that a sentence names; of the others it says how many."""


class Done(Arguments):
    """What was done, and what it took."""

    asset: Annotated[
        int | None, Ui(label="Which one", ref="assets", help="Of a model: its tag; scan it. Else leave it empty.")
    ] = None
    minutes: Annotated[
        int | None, Field(ge=0, le=MINUTES_MAX), Ui(label="Minutes", help="Empty = as many as usual.")
    ] = None
    cost: AmountSpent = None
    vendor: Annotated[int | None, Ui(label="Vendor", ref="parties", help="Who came; empty = as planned.")] = None
    note: Annotated[Line, Ui(label="Note", help="What was found.")] = ""
    even_so: Annotated[bool | None, Ui(label="Even so", help="y = done, although steps are open.")] = None


class TickStep(Arguments):
    """Which step is done."""

    step: Annotated[
        int | None, Field(ge=1, le=STEPS_MAX), Ui(label="Step", help="Its number; empty = the next open one.")
    ] = None


class Skip(Arguments):
    """Why it is left out this time."""

    reason: Annotated[Line, Field(min_length=1, max_length=150), Ui(label="Why", help="It stands in the log.")]


class AssignPlan(Arguments):
    """Who sees to it from now on."""

    to: Annotated[int, Ui(label="Give to", ref="people")]


# --- what there is to do ----------------------------------------------------------------------------------------------


def due_here(ctx: Context, asset: int | None = None, place: int | None = None) -> list[Plan]:
    """Return what is due within a week with a scanned thing, or behind a scanned door; the first to be done first.

    What was done today, or with this very thing in this round, is not due again before its next day.
    """
    found: dict[int, Plan] = {}
    within = Between(high=(ctx.today + (AHEAD_DAYS + 1) * _DAY).isoformat())
    thing = ctx.data.get(Asset, asset) if asset else None
    if thing is not None and thing.status not in GONE:
        found |= {one.id: one for one in ctx.data.find(Plan, asset=asset, active=True, next_on=within)}
        if thing.model:
            of_model = ctx.data.find(Plan, model=thing.model, active=True, next_on=within)
            found |= {one.id: one for one in of_model if asset not in one.done}
    if place:
        found |= {one.id: one for one in ctx.data.find(Plan, place=place, active=True, next_on=within)}
    return sorted((one for one in found.values() if not _done_today(ctx, one)), key=_by_day)


def _by_day(plan: Plan) -> tuple[date, int]:
    return plan.next_on or date.max, plan.id


def _done_today(ctx: Context, plan: Plan) -> bool:
    """Return whether it was done today and is not due again today."""
    return plan.last_on == ctx.today and plan.next_on is not None and plan.next_on > ctx.today


# --- verbs ------------------------------------------------------------------------------------------------------------


def stands_still(_: Context, plan: Plan) -> str | None:
    """Guard of skip and tick: nothing is due of what was stopped."""
    return None if plan.active and plan.next_on else "It stands still: i lets it go on."


def cannot_be_done(ctx: Context, plan: Plan) -> str | None:
    """Guard of done: it stands still, or its thing is not there."""
    if reason := stands_still(ctx, plan):
        return reason
    gone = why_gone(ctx, plan)
    return f"{gone}: i stops this plan." if gone else None


def no_steps(ctx: Context, plan: Plan) -> str | None:
    """Guard of tick."""
    return stands_still(ctx, plan) or (None if steps(plan) else "It has no steps.")


def tick(_: Context, plan: Plan, args: TickStep) -> Change:
    """Tick a step off, or on again.

    Raises:
        Refused: there is no such step, or all are done.
    """
    all_, open_ = steps(plan), open_steps(plan)
    number = args.step or (open_[0][0] if open_ else 0)
    if not number:
        raise Refused("All steps are done: s says that it is.", {"step": "Which one is to be done again?"})
    if number > len(all_):
        raise Refused(f"There are {plural(len(all_), 'step')}.", {"step": "There is no such step."})
    again = number in plan.ticked
    ticked = {*plan.ticked} ^ {number}
    said = f"To do again: {all_[number - 1]}" if again else f"Done: {all_[number - 1]}"
    if not again and len(open_) == 1:
        said += " That was the last step: s says that it is done."
    return Change("plans.tick", said).set(plan, ticked=tuple(sorted(ticked)))


def done(ctx: Context, plan: Plan, args: Done) -> Change:
    """Say that it is done: it stands in the log of work, and the next date is set.

    Of a model each thing is done by itself; the round is over when all that are there are done.

    Raises:
        Refused: steps are open or it was done today already, unless it is done even so; or it is not said with which
            thing of the model.
    """
    _refuse_doubtful(ctx, plan, even_so=bool(args.even_so))
    others = _others(ctx, plan, args.asset)
    change = Change("plans.resolve", note=args.note)
    register = Register(ctx, change)
    asset = args.asset or plan.asset
    if args.asset or not plan.model:
        register.log(
            kind=WorkKind.SERVICE,
            text=args.note or plan.name,
            plan=plan.id,
            asset=asset,
            minutes=plan.minutes if args.minutes is None else args.minutes,
            amount=args.cost,
            party=args.vendor or plan.vendor,
            due_on=str(plan.next_on),
        )
    if others:
        done_of = (*plan.done, args.asset)[-DONE_MAX:]
        register.set(plan, done=done_of, ticked=())
        named = ctx.data.get(Asset, args.asset or 0)
        change.said = f"{plan.name}: {_tag(named) if named else ''} is done; {_left_words(others)}."
        return register.close()
    upcoming = _upcoming(ctx, plan)
    register.set(plan, next_on=upcoming, last_on=ctx.today, last_due=plan.next_on, ticked=(), done=())
    whole = " All of them are done;" if plan.model else ""
    change.said = f"{plan.name} is done.{whole} {'n' if whole else 'N'}ext {calendar.day_words(upcoming, ctx.today)}."
    return register.close()


def _upcoming(ctx: Context, plan: Plan) -> date:
    return next_of(plan.rule, max(ctx.today, plan.next_on or ctx.today))


def _refuse_doubtful(ctx: Context, plan: Plan, *, even_so: bool) -> None:
    if even_so:
        return
    if _done_today(ctx, plan):
        words_ = calendar.day_words(plan.next_on or ctx.today, ctx.today)
        raise Refused(f"It was done today already; it is due again {words_}.", {"even_so": "y = done once more."})
    if open_ := open_steps(plan):
        more = f" and {len(open_) - _NAMED} more" if len(open_) > _NAMED else ""
        named = "; ".join(f"{number} {text}" for number, text in open_[:_NAMED])
        raise Refused(f"Not ticked: {named}{more}.", {"even_so": "y = it is done all the same; k ticks a step."})


def _others(ctx: Context, plan: Plan, asset: int | None) -> list[Asset]:
    """Return which things of its model are still to be done after this one.

    Raises:
        Refused: it is not of this plan or done already, or it is not said which one was done.
    """
    if not plan.model:
        if asset and asset != plan.asset:
            raise Refused("This plan is about something else.", {"asset": "Leave this empty."})
        return []
    remaining = left(ctx, plan)
    if asset is None:
        if not remaining and plan.done:
            return []
        if not remaining:
            raise Refused(f"Nothing of the model {plan.model} is there: i stops this plan.")
        raise Refused(f"With which one? {_left_words(remaining)}.", {"asset": "Its tag; scan it."})
    if asset in plan.done:
        raise Refused(f"This one is done; {_left_words(remaining)}.", {"asset": "Another one."})
    if asset not in [one.id for one in remaining]:
        raise Refused(f"This is not one of {plan.model}, or is not there any more.", {"asset": "Another one."})
    return [one for one in remaining if one.id != asset]


def _tag(asset: Asset) -> str:
    return asset.tag or asset.ref


def _left_words(assets: Sequence[Asset]) -> str:
    if not assets:
        return "none is left"
    more = f" and {len(assets) - _NAMED:,} more" if len(assets) > _NAMED else ""
    return f"{len(assets):,} left: {', '.join(_tag(one) for one in assets[:_NAMED])}{more}"


def skip(ctx: Context, plan: Plan, args: Skip) -> Change:
    """Leave it out this time, and say why; it stands in the log, and the next date is set."""
    upcoming = _upcoming(ctx, plan)
    said = f"{plan.name} is left out this time; next {calendar.day_words(upcoming, ctx.today)}."
    change = Change("plans.skip", said, note=args.reason)
    register = Register(ctx, change)
    register.log(
        kind=WorkKind.NOTE,
        text=f"Maintenance left out: {args.reason}",
        plan=plan.id,
        asset=plan.asset,
        due_on=str(plan.next_on),
    )
    register.set(plan, next_on=upcoming, ticked=(), done=())
    return register.close()


def cannot_go_on(ctx: Context, plan: Plan) -> str | None:
    """Guard of stopping and going on: what is about a thing that is not there any more does not go on."""
    gone = "" if plan.active else why_gone(ctx, plan)
    return f"{gone}." if gone else None


def pause(ctx: Context, plan: Plan, _: object) -> Change:
    """Stop it, or let it go on: what was due in between is not made up for."""
    if plan.active:
        return Change("plans.pause", f"{plan.name} stands still.").set(plan, active=False)
    upcoming = plan.next_on
    if upcoming is None or upcoming < ctx.today:
        upcoming = next_of(plan.rule, ctx.today - _DAY)
    said = f"{plan.name} goes on; next {calendar.day_words(upcoming, ctx.today)}."
    return Change("plans.pause", said).set(plan, active=True, next_on=upcoming)


def assign(ctx: Context, plan: Plan, args: AssignPlan) -> Change:
    """Say who sees to it from now on."""
    person = ctx.data.get(Person, args.to)
    if person is None or not person.active:
        raise Refused("Nobody of that name works here.", {"to": "Somebody who works here, please."})
    return Change("plans.assign", f"{person.name} sees to {plan.name}.").set(plan, owner=person.id)


# --- on a person's desk -----------------------------------------------------------------------------------------------


def waiting_for(ctx: Context) -> Iterator[Waiting]:
    """Yield what is due by today for whoever sees to it; of what nobody sees to, for clerks, the most pressing."""
    by_today = Between(high=(ctx.today + _DAY).isoformat())
    for one in sorted(ctx.data.find(Plan, owner=ctx.by or 0, active=True, next_on=by_today), key=_by_day):
        yield _waits(ctx, one)
    if "clerk" not in ctx.roles:
        return
    due = ctx.data.find(Plan, active=True, next_on=by_today)
    nobodys = sorted((one for one in due if not _seen_to(ctx, one)), key=_by_day)
    for one in nobodys[:1]:
        yield _waits(ctx, one, and_more(nobodys))


def _seen_to(ctx: Context, plan: Plan) -> bool:
    """Return whether somebody who works here sees to it."""
    owner = ctx.data.get(Person, plan.owner) if plan.owner else None
    return owner is not None and owner.active


def _waits(ctx: Context, plan: Plan, others: str = "") -> Waiting:
    return Waiting(
        collection="plans",
        number=plan.id,
        what=plan.name,
        why=f"maintenance {words(ctx, plan)}{others}",
        due=ctx.end_of(plan.next_on or ctx.today),
        verb="pause" if why_gone(ctx, plan) else "resolve",
    )
