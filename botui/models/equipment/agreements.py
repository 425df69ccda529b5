"""What licences and contracts have in common: renewed and cancelled in time, their owner told, and what time does.

What follows from their dates is in ``terms``; what each has besides (seats, the signed copy) is in its own rules.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, Final, TypeVar

from botui.models import calendar
from botui.models.base import Arguments, Between, Change, Line, Refused, Ui
from botui.models.calendar.basics import YEARS
from botui.models.equipment.licence import TERMS_MAX, Agreement, State, Term
from botui.models.equipment.terms import cancel_by, deadline, notice_due, renewed_until, state_of, term_after
from botui.models.office import Context, Person

A = TypeVar("A", bound=Agreement)

_DAY: Final = timedelta(days=1)


class Cancel(Arguments):
    """Why, and until when it still holds."""

    reason: Annotated[Line, Ui(label="Why")] = ""
    until: Annotated[date | None, Ui(label="Usable until", help="Empty = until the end of what is paid.")] = None
    even_so: Annotated[bool | None, Ui(label="Even so", help="y = although it is too late for this term.")] = None


# --- its dates --------------------------------------------------------------------------------------------------------


def refuse_unfit(ctx: Context, one: Agreement, names: Collection[str]) -> None:
    """Do nothing if the dates go together, and whoever is named among the fields that changed works here.

    Raises:
        Refused: they do not.
    """
    began, ends = one.started_on, one.renews_on
    if began and ends and ends < began:
        raise Refused("It would end before it began.", {"renews_on": "This is before it began."})
    if ends and ends.year not in YEARS:
        raise Refused(f"The year {ends.year} is too far.", {"renews_on": "Leave it empty where it never ends."})
    if ends is None and (one.notice_days or one.auto_renew):
        field = "notice_days" if one.notice_days else "auto_renew"
        said = "When does it end or renew? Without that day nobody can be told in time."
        raise Refused(said, {"renews_on": "This is needed.", field: "This needs the day above."})
    owner = ctx.data.get(Person, one.owner) if one.owner and "owner" in names else None
    if owner is not None and not owner.active:
        raise Refused(f"{owner.name} does not work here any more.", {"owner": "Somebody who works here, please."})


def following(ctx: Context, one: Agreement) -> dict[str, Any]:
    """Return what follows from its dates today: terms that began by themselves, its state, its notice."""
    values: dict[str, Any] = {}
    if one.state is not State.CANCELLED and (ends := renewed_until(one, ctx.today)):
        began = [one.renews_on or ends[0], *ends[:-1]]
        seats = getattr(one, "seats", None)
        terms = [
            Term(until=end, at=ctx.end_of(last), cost=one.cost, seats=seats)
            for last, end in zip(began, ends, strict=True)
        ]
        values = {"renews_on": ends[-1], "renewed_at": terms[-1].at, "noticed": None, "seen_at": None}
        values["terms"] = (*one.terms, *terms)[-TERMS_MAX:]
    now = one.model_copy(update=values)
    values["cancel_by"] = cancel_by(now)
    if one.state is not State.CANCELLED:
        values["state"] = state_of(now, ctx.today)
    return values


def ends(ctx: Context, one: Agreement) -> str:
    """Return in words when it ends or renews, as the end of a sentence; nothing of what never ends or is cancelled."""
    if one.renews_on is None or one.state is State.CANCELLED:
        return ""
    day = calendar.day_words(one.renews_on, ctx.today)
    if one.state is State.EXPIRED:
        return f", ended {day}"
    last = one.cancel_by
    by = f", to be cancelled by {calendar.day_words(last, ctx.today)}" if last and last >= ctx.today else ""
    return f", {'renews by itself' if one.auto_renew else 'ends'} {day}{by}"


# --- verbs ------------------------------------------------------------------------------------------------------------


def never_ends(_: Context, one: Agreement) -> str | None:
    """Guard of renew."""
    return None if one.renews_on else "It never ends: e gives it a day."


def renew(
    ctx: Context, change: Change, one: Agreement, until: date | None, cost: Decimal | None, **more: Any
) -> Change:
    """Let it run for one term more or until a day; its owner is told of the new end in time.

    Args:
        ctx: what may be known.
        change: what it becomes part of, and says so.
        one: which.
        until: its last day; None = one term more.
        cost: what it costs from now on; None = as before.
        more: further fields that the term changes and remembers.

    Raises:
        Refused: the day is not after the end it has.
    """
    last = until or _one_more(ctx, one)
    if one.renews_on and last <= one.renews_on:
        said = f"It runs until {calendar.day_words(one.renews_on, ctx.today)} already."
        raise Refused(said, {"until": "A day after that, please."})
    if last < ctx.today or last.year not in YEARS:
        raise Refused("It cannot be renewed until then.", {"until": "Another day, please."})
    cost = one.cost if cost is None else cost
    term = Term(until=last, at=ctx.now, by=ctx.by, cost=cost, **more)
    values: dict[str, Any] = {"renews_on": last, "cost": cost, "renewed_at": ctx.now, **more}
    values |= {"noticed": None, "seen_at": None, "terms": (*one.terms, term)[-TERMS_MAX:]}
    values |= following(ctx, one.model_copy(update=values))
    change.said = f"{one.name} is renewed until {calendar.day_words(last, ctx.today)}."
    return change.set(one, **values)


def _one_more(ctx: Context, one: Agreement) -> date:
    """Return the last day of the next term that is not over.

    Raises:
        Refused: it has no next term, so that somebody has to say the day.
    """
    try:
        until = term_after(one, one.renews_on or ctx.today)
        while until < ctx.today:
            until = term_after(one, until)
    except ValueError as error:
        raise Refused("Until when is it renewed?", {"until": "Its last day."}) from error
    return until


def cancel(ctx: Context, change: Change, one: Agreement, args: Cancel) -> tuple[Change, date]:
    """Cancel it; it holds until the end of what is paid, which is returned, too.

    Raises:
        Refused: it is too late for this term, which says until when it is paid.
    """
    last, paid = one.cancel_by, one.renews_on
    if last is not None and paid is not None and last < ctx.today <= paid:
        if one.auto_renew and one.term_months:
            paid = term_after(one, paid)
        if not args.even_so:
            day = calendar.day_words(last, ctx.today)
            said = f"It was to be cancelled by {day}: now it is paid until {calendar.day_words(paid, ctx.today)}."
            raise Refused(said, {"even_so": "y = cancelled for the end of that."})
    until = args.until or paid or ctx.today
    if one.started_on and until < one.started_on:
        raise Refused("It began after that day.", {"until": "Another day, please."})
    values = {"state": State.CANCELLED, "cancelled_at": ctx.now, "until": until, "reason": args.reason}
    return change.set(one, **values), until


def reopen(ctx: Context, change: Change, one: Agreement) -> Change:
    """Take a cancelled one up again; where it renews by itself, it is in the term of today."""
    values: dict[str, Any] = {"state": State.ACTIVE, "cancelled_at": None, "until": None, "reason": ""}
    values |= following(ctx, one.model_copy(update=values))
    now = one.model_copy(update=values)
    change.said = f"{one.name} runs again{ends(ctx, now)}."
    return change.set(one, **values)


def nothing_told(_: Context, one: Agreement) -> str | None:
    """Guard of acknowledge."""
    if one.noticed is None and one.state is not State.EXPIRED:
        return "There is nothing to see yet: it does not end soon."
    return "It was seen; the next notice comes by itself." if one.seen_at else None


def acknowledge(ctx: Context, one: Agreement, _: object) -> Change:
    """Say that its owner knows that it ends or renews; the next notice is told anew."""
    return Change(f"{one.COLLECTION}.acknowledge", f"{one.name}: seen{ends(ctx, one)}.").set(one, seen_at=ctx.now)


# --- time -------------------------------------------------------------------------------------------------------------


def due(ctx: Context, kind: type[A]) -> Iterator[Change]:
    """Yield what time does with those of a kind: notices, terms that begin by themselves, ends.

    Of each only where it stands now, once: a desk that was closed gives the latest of the notices it missed. Terms
    that began by themselves are told one by one, each as of the day on which it began.
    """
    by_today = Between(high=(ctx.today + _DAY).isoformat())
    for one in ctx.data.find(kind, wakes=by_today):
        values = following(ctx, one)
        now = one.model_copy(update=values)
        what, note = "told", ""
        if now.state is State.EXPIRED:
            values["seen_at"], what = None, "ended"
        elif (days := notice_due(now, ctx.today)) is not None:
            values |= {"noticed": days, "seen_at": None}
            note = f"{days} days ahead"
        if "terms" in values:
            what = "renewed"
        who = ctx.person(one.owner) if seen_to(ctx, one) else "the back office"
        change = Change(f"{kind.COLLECTION}.{what}", f"{one.name}{ends(ctx, now)}: {who} is told.", note=note)
        if change.set(one, **values).puts:
            yield change


# --- on a person's desk -----------------------------------------------------------------------------------------------


def told(ctx: Context, kind: type[A]) -> list[A]:
    """Return those of a kind that end or renew soon, or have ended, and that nobody has seen yet."""
    return [
        one
        for state in (State.EXPIRING, State.EXPIRED)
        for one in ctx.data.find(kind, state=state.value)
        if nothing_told(ctx, one) is None
    ]


def seen_to(ctx: Context, one: Agreement) -> bool:
    """Return whether somebody who works here sees to it."""
    owner = ctx.data.get(Person, one.owner) if one.owner else None
    return owner is not None and owner.active


def pressing(one: Agreement) -> date:
    """Return the day by which somebody is to do something with it."""
    return (one.until if one.state is State.CANCELLED else deadline(one)) or date.max
