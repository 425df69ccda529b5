"""Licences and subscriptions: filed, renewed, cancelled; their owner is told in time, and time ends or renews them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Annotated, Any, Final

from pydantic import Field

from botui.models import calendar
from botui.models.base import Arguments, Between, Change, Line, Refused, Ui, Waiting, and_more
from botui.models.calendar.basics import YEARS
from botui.models.equipment.licence import TERMS_MAX, Licence, Seat, State, Term
from botui.models.equipment.terms import cancel_by, deadline, notice_due, renewed_until, state_of, term_after
from botui.models.office import Context, Money, Party, Person

_DAY: Final = timedelta(days=1)
_FOLLOWS: Final = frozenset(
    {"state", "used", "cancel_by", "noticed", "seen_at", "renewed_at", "cancelled_at", "terms", "until", "reason"}
)
"""What verbs and time move, and filing and editing leave."""
_FILED: Final = frozenset({"created_at", "imported"})
_DATES: Final = frozenset({"renews_on", "notice_days", "per"})
"""Fields with which its notices begin anew."""


class Renew(Arguments):
    """Until when, for how much, and for how many."""

    until: Annotated[date | None, Ui(label="Until", help="Its last day; empty = one term more.")] = None
    cost: Annotated[Money | None, Ui(label="Cost", help="From now on; empty = as before.")] = None
    seats: Annotated[
        int | None, Field(ge=1, le=1_000_000), Ui(label="Seats", help="From now on; empty = as before.")
    ] = None
    note: Annotated[Line, Ui(label="Note", help="It stands in the history.")] = ""


class CancelLicence(Arguments):
    """Why, and until when it can still be used."""

    reason: Annotated[Line, Ui(label="Why")] = ""
    until: Annotated[date | None, Ui(label="Usable until", help="Empty = until the end of what is paid.")] = None
    even_so: Annotated[bool | None, Ui(label="Even so", help="y = although it is too late for this term.")] = None


# --- filing -----------------------------------------------------------------------------------------------------------


def create(ctx: Context, licence: Licence) -> Change:
    """File a licence; one that renews by itself stands in the term of today.

    Raises:
        Refused: its dates do not go together, or who is named is not there any more.
    """
    _refuse_unfit(ctx, licence, ("owner", "vendor"))
    typed = {name: getattr(licence, name) for name in Licence.model_fields if name not in _FOLLOWS}
    new = Licence(**typed | {"created_at": ctx.now})
    new = new.model_copy(update=_following(ctx, new) | {"terms": (), "renewed_at": None})
    return Change("licences.add", f"{new.ref} is filed: {new.name}{_ends(ctx, new)}.").add(new)


def revise(ctx: Context, before: Licence, after: Licence) -> Change:
    """Change a licence; by other dates its owner is told anew.

    Raises:
        Refused: as when it is filed, or fewer seats than are given.
    """
    changed = {name for name in Licence.model_fields if getattr(before, name) != getattr(after, name)}
    changed -= _FOLLOWS | _FILED
    _refuse_unfit(ctx, after, changed)
    _refuse_too_few(before, after.seats)
    values = {name: getattr(after, name) for name in changed}
    if changed & _DATES:
        values |= {"noticed": None, "seen_at": None}
    new = before.model_copy(update=values)
    values |= _following(ctx, new)
    new = before.model_copy(update=values)
    change = Change("licences.edit", f"{new.name} is changed{_ends(ctx, new)}.")
    for seat in ctx.data.find(Seat, licence=before.id, back_at=None) if "name" in changed else ():
        change.set(seat, what=new.name)
    return change.set(before, **values)


def refuse_fixed(_: Context, licence: Licence, values: Mapping[str, Any]) -> None:
    """Do nothing unless fewer seats would be left, by an edit that is taken back, than are given.

    Raises:
        Refused: they would.
    """
    if "seats" in values and "used" not in values:
        _refuse_too_few(licence, values["seats"])


def _refuse_too_few(licence: Licence, seats: int | None) -> None:
    if seats is not None and seats < licence.used:
        said = f"{licence.used:,} seats of {licence.name} are given: take some back first (R)."
        raise Refused(said, {"seats": f"At least {licence.used:,}."})


def _refuse_unfit(ctx: Context, licence: Licence, names: Collection[str]) -> None:
    began, ends = licence.started_on, licence.renews_on
    if began and ends and ends < began:
        raise Refused("It would end before it began.", {"renews_on": "This is before it began."})
    if ends and ends.year not in YEARS:
        raise Refused(f"The year {ends.year} is too far.", {"renews_on": "Leave it empty where it never ends."})
    if ends is None and (licence.notice_days or licence.auto_renew):
        field = "notice_days" if licence.notice_days else "auto_renew"
        said = "When does it end or renew? Without that day nobody can be told in time."
        raise Refused(said, {"renews_on": "This is needed.", field: "This needs the day above."})
    owner = ctx.data.get(Person, licence.owner) if licence.owner and "owner" in names else None
    vendor = ctx.data.get(Party, licence.vendor) if licence.vendor and "vendor" in names else None
    if owner is not None and not owner.active:
        raise Refused(f"{owner.name} does not work here any more.", {"owner": "Somebody who works here, please."})
    if vendor is not None and not vendor.active:
        raise Refused(f"{vendor.name} is not in use any more.", {"vendor": "Somebody else, please."})


def _following(ctx: Context, licence: Licence) -> dict[str, Any]:
    """Return what follows from the dates of a licence today: terms that began by themselves, its state, its notice."""
    values: dict[str, Any] = {}
    if licence.state is not State.CANCELLED and (ends := renewed_until(licence, ctx.today)):
        began = [licence.renews_on or ends[0], *ends[:-1]]
        terms = [
            Term(until=end, at=ctx.end_of(last), cost=licence.cost, seats=licence.seats)
            for last, end in zip(began, ends, strict=True)
        ]
        values = {"renews_on": ends[-1], "renewed_at": terms[-1].at, "noticed": None, "seen_at": None}
        values["terms"] = (*licence.terms, *terms)[-TERMS_MAX:]
    now = licence.model_copy(update=values)
    values["cancel_by"] = cancel_by(now)
    if licence.state is not State.CANCELLED:
        values["state"] = state_of(now, ctx.today)
    return values


def _ends(ctx: Context, licence: Licence) -> str:
    if licence.renews_on is None or licence.state is State.CANCELLED:
        return ""
    day = calendar.day_words(licence.renews_on, ctx.today)
    if licence.state is State.EXPIRED:
        return f", ended {day}"
    last = licence.cancel_by
    by = f", to be cancelled by {calendar.day_words(last, ctx.today)}" if last and last >= ctx.today else ""
    return f", {'renews by itself' if licence.auto_renew else 'ends'} {day}{by}"


# --- verbs ------------------------------------------------------------------------------------------------------------


def never_ends(_: Context, licence: Licence) -> str | None:
    """Guard of renew."""
    return None if licence.renews_on else "It never ends: e gives it a day."


def renew(ctx: Context, licence: Licence, args: Renew) -> Change:
    """Renew it, for one term or until a day; its owner is told of the new end in time.

    Raises:
        Refused: the day is not after the end it has, or there are fewer seats than are given.
    """
    if args.seats is not None:
        _refuse_too_few(licence, args.seats)
    until = args.until or _one_more(ctx, licence)
    if licence.renews_on and until <= licence.renews_on:
        said = f"It runs until {calendar.day_words(licence.renews_on, ctx.today)} already."
        raise Refused(said, {"until": "A day after that, please."})
    if until < ctx.today or until.year not in YEARS:
        raise Refused("It cannot be renewed until then.", {"until": "Another day, please."})
    cost = licence.cost if args.cost is None else args.cost
    seats = licence.seats if args.seats is None else args.seats
    term = Term(until=until, at=ctx.now, by=ctx.by, cost=cost, seats=seats)
    values: dict[str, Any] = {"renews_on": until, "cost": cost, "seats": seats, "renewed_at": ctx.now}
    values |= {"noticed": None, "seen_at": None, "terms": (*licence.terms, term)[-TERMS_MAX:]}
    values |= _following(ctx, licence.model_copy(update=values))
    said = f"{licence.name} is renewed until {calendar.day_words(until, ctx.today)}."
    return Change("licences.renew", said, note=args.note).set(licence, **values)


def _one_more(ctx: Context, licence: Licence) -> date:
    """Return the last day of the next term that is not over.

    Raises:
        Refused: it is paid once, so that somebody has to say the day.
    """
    try:
        until = term_after(licence, licence.renews_on or ctx.today)
        while until < ctx.today:
            until = term_after(licence, until)
    except ValueError as error:
        raise Refused("Until when is it renewed?", {"until": "Its last day."}) from error
    return until


def cancel(ctx: Context, licence: Licence, args: CancelLicence) -> Change:
    """Cancel it; it can be used until the end of what is paid. Its seats stay given until they are taken back.

    Raises:
        Refused: it is too late for this term, which says until when it is paid.
    """
    last, paid = licence.cancel_by, licence.renews_on
    if last is not None and paid is not None and last < ctx.today <= paid:
        if licence.auto_renew and licence.per.months:
            paid = term_after(licence, paid)
        if not args.even_so:
            day = calendar.day_words(last, ctx.today)
            said = f"It was to be cancelled by {day}: now it is paid until {calendar.day_words(paid, ctx.today)}."
            raise Refused(said, {"even_so": "y = cancelled for the end of that."})
    until = args.until or paid or ctx.today
    if licence.started_on and until < licence.started_on:
        raise Refused("It began after that day.", {"until": "Another day, please."})
    usable = "could be used" if until < ctx.today else "can be used"
    seats = f" {licence.used:,} of its seats are still given." if licence.used else ""
    said = f"{licence.name} is cancelled; it {usable} until {calendar.day_words(until, ctx.today)}.{seats}"
    values = {"state": State.CANCELLED, "cancelled_at": ctx.now, "until": until, "reason": args.reason}
    return Change("licences.cancel", said, note=args.reason).set(licence, **values)


def reopen(ctx: Context, licence: Licence, _: object) -> Change:
    """Take a cancelled one up again; where it renews by itself, it is in the term of today."""
    values: dict[str, Any] = {"state": State.ACTIVE, "cancelled_at": None, "until": None, "reason": ""}
    values |= _following(ctx, licence.model_copy(update=values))
    now = licence.model_copy(update=values)
    return Change("licences.reopen", f"{licence.name} runs again{_ends(ctx, now)}.").set(licence, **values)


def nothing_told(_: Context, licence: Licence) -> str | None:
    """Guard of acknowledge."""
    if licence.noticed is None and licence.state is not State.EXPIRED:
        return "There is nothing to see yet: it does not end soon."
    return "It was seen; the next notice comes by itself." if licence.seen_at else None


def acknowledge(ctx: Context, licence: Licence, _: object) -> Change:
    """Say that its owner knows that it ends or renews; the next notice is told anew."""
    return Change("licences.acknowledge", f"{licence.name}: seen{_ends(ctx, licence)}.").set(licence, seen_at=ctx.now)


# --- time -------------------------------------------------------------------------------------------------------------


def due(ctx: Context) -> Iterator[Change]:
    """Yield what time does with licences: notices, terms that begin by themselves, ends.

    Of each only where it stands now, once: a desk that was closed gives the latest of the notices it missed. Terms
    that began by themselves are told one by one, each as of the day on which it began.
    """
    by_today = Between(high=(ctx.today + _DAY).isoformat())
    for licence in ctx.data.find(Licence, wakes=by_today):
        values = _following(ctx, licence)
        now = licence.model_copy(update=values)
        what, note = "told", ""
        if now.state is State.EXPIRED:
            values["seen_at"], what = None, "ended"
        elif (days := notice_due(now, ctx.today)) is not None:
            values |= {"noticed": days, "seen_at": None}
            note = f"{days} days ahead"
        if "terms" in values:
            what = "renewed"
        who = ctx.person(licence.owner) if _seen_to(ctx, licence) else "the back office"
        change = Change(f"licences.{what}", f"{licence.name}{_ends(ctx, now)}: {who} is told.", note=note)
        if change.set(licence, **values).puts:
            yield change


# --- on a person's desk -----------------------------------------------------------------------------------------------


def waiting_for(ctx: Context) -> Iterator[Waiting]:
    """Yield what ends or renews, until its owner has seen it, and what ended with seats that are still given.

    Of what nobody sees to clerks have the most pressing.
    """
    told = [
        one
        for state in (State.EXPIRING, State.EXPIRED)
        for one in ctx.data.find(Licence, state=state.value)
        if nothing_told(ctx, one) is None
    ]
    given = ctx.data.find(Licence, state=State.CANCELLED.value, used=Between(low=1))
    told += [one for one in given if one.until is not None and one.until < ctx.today]
    told.sort(key=lambda one: (_pressing(one), one.id))
    yield from (_waits(ctx, one) for one in told if one.owner == ctx.by)
    if "clerk" in ctx.roles:
        nobodys = [one for one in told if not _seen_to(ctx, one)]
        yield from (_waits(ctx, one, and_more(nobodys)) for one in nobodys[:1])


def _seen_to(ctx: Context, licence: Licence) -> bool:
    owner = ctx.data.get(Person, licence.owner) if licence.owner else None
    return owner is not None and owner.active


def _pressing(licence: Licence) -> date:
    return (licence.until if licence.state is State.CANCELLED else deadline(licence)) or date.max


def _waits(ctx: Context, licence: Licence, others: str = "") -> Waiting:
    over = licence.state is State.CANCELLED
    why = f"is over: take its seats back ({licence.used:,})" if over else _ends(ctx, licence).removeprefix(", ")
    return Waiting(
        collection="licences",
        number=licence.id,
        what=licence.name,
        why=f"{why}{others}",
        due=ctx.end_of(_pressing(licence)),
        verb="give_back" if over else "acknowledge" if licence.auto_renew else "renew",
    )
